package main

import (
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// barWidth is that of one way's bar; the three of a setting stand side by side.
const barWidth = 4 * vg.Millimeter

// colours of the ways, in the order of allWays.
var colours = []color.Color{color.RGBA{0xa0, 0xa0, 0xa0, 0xff}, color.RGBA{0xe0, 0x9f, 0x3e, 0xff}, color.RGBA{0x1f, 0x6f, 0xb2, 0xff}}

// drawChart writes an SVG of two panels: throughput as a share of PgBouncer's,
// and CPU per transaction. It shows pgbench's own scripts in the prepared mode,
// and everything else in the first setting that was measured of it.
func drawChart(w io.Writer, results []result) error {
	shown := charted(results)
	share, err := panel(shown, "throughput, PgBouncer = 1", allWays, func(r result, l legResult) float64 {
		if base, ok := r.leg(pgbouncer); ok && base.Median.PerSecond > 0 {
			return l.Median.PerSecond / base.Median.PerSecond
		}
		return 0
	})
	if err != nil {
		return err
	}
	cpu, err := panel(inMicros(shown), "CPU of the proxy per transaction or row, µs", allWays[1:], func(_ result, l legResult) float64 { return l.Median.CPUMicros })
	if err != nil {
		return err
	}
	width := vg.Length(max(len(shown), 4))*barWidth*4.5 + 4*vg.Centimeter
	canvas := vgsvg.New(width, 20*vg.Centimeter)
	tiles := draw.Tiles{Rows: 2, Cols: 1, PadTop: 2 * vg.Millimeter, PadBottom: 2 * vg.Millimeter, PadRight: 4 * vg.Millimeter, PadLeft: 2 * vg.Millimeter, PadY: 5 * vg.Millimeter}
	c := draw.New(canvas)
	share.Draw(tiles.At(c, 0, 0))
	cpu.Draw(tiles.At(c, 0, 1))
	_, err = canvas.WriteTo(w)
	return err
}

// charted chooses what is worth a group of bars.
func charted(results []result) (list []result) {
	for _, r := range results {
		if r.Mode != "prepared" && r.Mode != "" && severalModes(results, r.Scenario) {
			continue
		}
		list = append(list, r)
	}
	return list
}

func severalModes(results []result, scenario string) bool {
	modes := make(map[string]bool)
	for _, r := range results {
		if r.Scenario == scenario {
			modes[r.Mode] = true
		}
	}
	return len(modes) > 1 && modes["prepared"]
}

// inMicros leaves out the large results, next to which nothing else could be
// seen.
func inMicros(results []result) (list []result) {
	for _, r := range results {
		if r.Scenario != "rows" {
			list = append(list, r)
		}
	}
	return list
}

// panel has a group of bars for each result; a way's bar is that of its last
// leg, which is the one with the sealed columns where there is one.
func panel(results []result, title string, ways []string, value func(result, legResult) float64) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text = title
	p.Y.Min = 0
	p.Legend.Top = true
	names := make([]string, len(results))
	for i, r := range results {
		names[i] = label(r)
	}
	for n, way := range ways {
		values := make(plotter.Values, len(results))
		for i, r := range results {
			for _, l := range r.Legs {
				if l.Way == way {
					values[i] = value(r, l)
				}
			}
		}
		if len(values) == 0 {
			continue
		}
		bars, err := plotter.NewBarChart(values, barWidth)
		if err != nil {
			return nil, err
		}
		bars.LineStyle.Width = 0
		bars.Color = colours[len(allWays)-len(ways)+n]
		bars.Offset = (vg.Length(n) - vg.Length(len(ways)-1)/2) * barWidth
		p.Add(bars)
		p.Legend.Add(way, bars)
	}
	p.NominalX(names...)
	p.X.Tick.Label.Font.Size = vg.Points(8)
	p.X.Padding = 6 * vg.Millimeter
	return p, nil
}

// label is short: the scenario, and the number of clients where it varies.
func label(r result) string {
	text := r.Scenario
	if r.Unit != "row" {
		text += "\n" + r.setting.Short()
	}
	return text
}
