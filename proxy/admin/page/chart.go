package page

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// chart is bars by day, with places and sizes in the units of its view box. The table below it says the same in numbers.
type chart struct {
	Title         string
	Width, Height int
	Series        []series
	Bars          []bar
	Lines         []mark // of the scale
	Days          []mark
}

type series struct{ Name, Class string }

type bar struct {
	X, Y, W, H float64
	Class      string
	Says       string // for whoever points at it
}

type mark struct {
	At   float64
	Text string
}

const (
	chartWidth, chartHeight       = 900, 260
	chartLeft, chartTop, chartLow = 70, 14, 230 // where the bars begin, and where they stand
)

func valuesChart(days []admin.UsageDay) chart {
	return draw("Values sealed and opened, by day", days, []series{{"values sealed", "a"}, {"values opened", "b"}}, func(d admin.UsageDay) []int64 { return []int64{d.Sealed, d.Opened} })
}

func refusalsChart(days []admin.UsageDay) chart {
	return draw("Statements and key fetches refused, by day", days, []series{{"statements refused", "c"}, {"key fetches refused", "a"}},
		func(d admin.UsageDay) []int64 { return []int64{d.Refused, d.Failed} })
}

// draw makes the chart of days, oldest first.
func draw(title string, days []admin.UsageDay, of []series, values func(admin.UsageDay) []int64) chart {
	c := chart{Title: title, Width: chartWidth, Height: chartHeight, Series: of}
	var most int64
	for _, d := range days {
		for _, v := range values(d) {
			most = max(most, v)
		}
	}
	top, step := scale(most)
	height := func(v int64) float64 { return float64(v) / float64(top) * (chartLow - chartTop) }
	for v := int64(0); v <= top; v += step {
		c.Lines = append(c.Lines, mark{chartLow - height(v), short(v)})
	}
	if len(days) == 0 {
		return c
	}
	slot := float64(chartWidth-chartLeft-10) / float64(len(days))
	wide := min(slot*.8/float64(len(of)), 26)
	for i, d := range days {
		left := chartLeft + slot*float64(i) + (slot-wide*float64(len(of)))/2
		for j, v := range values(d) {
			if v > 0 {
				tall := max(height(v), 1)
				c.Bars = append(c.Bars, bar{round(left + wide*float64(j)), round(chartLow - tall), round(wide * .94), round(tall), of[j].Class, fmt.Sprintf("%s: %s %s", d.Day, count(v), of[j].Name)})
			}
		}
		if every := (len(days) + 9) / 10; i%every == 0 {
			c.Days = append(c.Days, mark{round(chartLeft + slot*(float64(i)+.5)), dayLabel(d.Day)})
		}
	}
	return c
}

// scale is a round number that is not less than the most, and the steps to it.
func scale(most int64) (top, step int64) {
	if most <= 4 {
		return 4, 1
	}
	ten := int64(math.Pow10(int(math.Log10(float64(most)/4) + 1e-9)))
	for _, m := range []int64{1, 2, 5, 10, 20} {
		if step = ten * m; step*4 >= most {
			break
		}
	}
	return (most + step - 1) / step * step, step
}

func round(f float64) float64 { return math.Round(f*10) / 10 }

// short writes a number in few letters.
func short(v int64) string {
	for _, u := range []struct {
		is   int64
		name string
	}{{1e9, " bn"}, {1e6, " m"}, {1e3, " k"}} {
		if v >= u.is {
			return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(v)/float64(u.is)), ".0") + u.name
		}
	}
	return fmt.Sprint(v)
}

func dayLabel(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2 Jan")
}
