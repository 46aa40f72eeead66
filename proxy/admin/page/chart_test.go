package page

import (
	"testing"

	"github.com/legatics/pgseal/proxy/admin"
)

// TestChart: bars stand within the scale, on its ground, and are as tall as their values are large.
func TestChart(t *testing.T) {
	for _, most := range []int64{0, 1, 4, 5, 9, 10, 99, 1000, 12345, 999999, 1 << 40} {
		top, step := scale(most)
		if top < most || step < 1 || top%step != 0 || top/step > 5 {
			t.Errorf("the scale for %d goes to %d in steps of %d", most, top, step)
		}
	}
	days := []admin.UsageDay{{Day: "2026-01-01", UsageSum: admin.UsageSum{Sealed: 10, Opened: 1000}}, {Day: "2026-01-02"}, {Day: "2026-01-03", UsageSum: admin.UsageSum{Sealed: 500}}}
	c := valuesChart(days)
	if len(c.Bars) != 3 {
		t.Fatalf("%d bars for 3 values", len(c.Bars))
	}
	for _, b := range c.Bars {
		if b.X < chartLeft || b.X+b.W > chartWidth || b.Y < chartTop-.1 || b.Y+b.H > chartLow+.1 || b.H < 1 {
			t.Errorf("a bar stands outside: %+v", b)
		}
	}
	if c.Bars[1].H < 1.9*c.Bars[2].H || c.Bars[0].H > c.Bars[2].H {
		t.Errorf("bars are not as tall as what they stand for: %+v", c.Bars)
	}
	if empty := valuesChart(nil); len(empty.Bars) != 0 {
		t.Error("there are bars for nothing")
	}
}
