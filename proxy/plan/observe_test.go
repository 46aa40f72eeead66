package plan

import (
	"fmt"
	"slices"
	"testing"
)

// TestObserve: with columns in state observe alone every text is native, whatever it does, and what would become of it is told.
func TestObserve(t *testing.T) {
	var told []string
	p := New(Options{Observe: func(o Observation) {
		fate := "planned"
		if o.Refusal != nil {
			fate = string(o.Refusal.Code)
		}
		told = append(told, fate+" "+string(o.SQL))
	}})
	c := NewCatalogue(1, nil, nil, nil)
	c.Observed = samplePlanner(t).Catalogue()
	p.SetCatalogue(c)
	if c.Empty() || c.Protects() {
		t.Errorf("empty %v, protects %v", c.Empty(), c.Protects())
	}
	var want []string
	for _, one := range []struct{ sql, fate string }{
		{"SELECT 1", ""},
		{"SELECT id FROM matters ORDER BY title", "KP001"},
		{"INSERT INTO matters (title) VALUES ('x')", "planned"},
		{"UPDATE matters SET title = lower(title)", "KP001"},
		{"SELECT * FROM pgseal.tenant", "KP004"},
		{"SELECT nothing FROM other", ""},
		{"SELECT 'unfinished", ""},
	} {
		for _, extended := range []bool{false, true} {
			plan, r := p.Plan(Request{SQL: []byte(one.sql), Extended: extended})
			if r != nil || plan != nil && !plan.Native() {
				t.Errorf("%s: %v, %v", one.sql, plan, r)
			}
			if one.fate != "" {
				want = append(want, fmt.Sprintf("%s %s", one.fate, one.sql))
			}
		}
	}
	if !slices.Equal(told, want) {
		t.Errorf("told %q\nwant %q", told, want)
	}
	sql := []byte("SELECT 1 FROM nothing WHERE id = 5")
	if n := testing.AllocsPerRun(100, func() { p.Plan(Request{SQL: sql}) }); n > 0 {
		t.Errorf("a text that names nothing allocates %v times", n)
	}
}
