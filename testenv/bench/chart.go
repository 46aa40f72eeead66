package main

import (
	"image/color"
	"io"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// barWidth is that of one bar; those of a setting stand side by side.
const barWidth = 3.5 * vg.Millimeter

// series are the bars that a setting can have.
type series struct {
	name   string
	colour color.Color
	leg    func(result) (legResult, bool)
}

var (
	seriesDirect  = series{"direct", color.RGBA{0xa0, 0xa0, 0xa0, 0xff}, func(r result) (legResult, bool) { return r.leg(direct) }}
	seriesBouncer = series{"PgBouncer", color.RGBA{0xe0, 0x9f, 0x3e, 0xff}, func(r result) (legResult, bool) { return r.leg(pgbouncer) }}
	seriesPgseal  = series{"pgseal", color.RGBA{0x1f, 0x6f, 0xb2, 0xff}, func(r result) (legResult, bool) { return ours(r, false) }}
	seriesSealed  = series{"pgseal, all sealed", color.RGBA{0x12, 0x3c, 0x69, 0xff}, func(r result) (legResult, bool) { return ours(r, true) }}
)

// ours is the leg of pgseal without sealed columns, or with as many as the scenario has.
func ours(r result, sealed bool) (leg legResult, ok bool) {
	var legs []legResult
	for _, l := range r.Legs {
		if l.Way == pgseal {
			legs = append(legs, l)
		}
	}
	switch {
	case sealed && len(legs) > 1:
		return legs[len(legs)-1], true
	case !sealed && len(legs) > 0:
		return legs[0], true
	}
	return leg, false
}

// drawChart writes an SVG of two panels, throughput and CPU, both as a share of PgBouncer's. It shows pgbench's own scripts in the prepared
// mode, and everything else in the first setting that was measured of it.
func drawChart(w io.Writer, results []result) error {
	shown := charted(results)
	canvas := vgsvg.New(chartWidth(shown), 20*vg.Centimeter)
	if err := drawOn(draw.New(canvas), shown); err != nil {
		return err
	}
	_, err := canvas.WriteTo(w)
	return err
}

// chartWidth leaves room for the bars of each result, and for the axes.
func chartWidth(shown []result) vg.Length {
	return vg.Length(max(len(shown), 4))*barWidth*5 + 4*vg.Centimeter
}

func drawOn(c draw.Canvas, shown []result) error {
	throughput, err := panel(shown, "throughput, PgBouncer = 1", []series{seriesDirect, seriesBouncer, seriesPgseal, seriesSealed},
		func(s sample) float64 { return s.PerSecond })
	if err != nil {
		return err
	}
	cpu, err := panel(shown, "CPU of the proxy without sealed columns, PgBouncer = 1", []series{seriesBouncer, seriesPgseal},
		func(s sample) float64 { return s.CPUMicros })
	if err != nil {
		return err
	}
	tiles := draw.Tiles{Rows: 2, Cols: 1, PadTop: 2 * vg.Millimeter, PadBottom: 2 * vg.Millimeter, PadRight: 4 * vg.Millimeter, PadLeft: 2 * vg.Millimeter, PadY: 5 * vg.Millimeter}
	throughput.Draw(tiles.At(c, 0, 0))
	cpu.Draw(tiles.At(c, 0, 1))
	return nil
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

// panel has a group of bars for each result.
func panel(results []result, title string, list []series, figure func(sample) float64) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text = title
	p.Legend.Top = true
	names := make([]string, len(results))
	for i, r := range results {
		names[i] = label(r)
	}
	most := 1.0
	for n, s := range list {
		values := shares(results, s, figure)
		if len(values) == 0 {
			continue
		}
		most = max(most, slices.Max(values))
		bars, err := plotter.NewBarChart(values, barWidth)
		if err != nil {
			return nil, err
		}
		bars.LineStyle.Width = 0
		bars.Color = s.colour
		bars.Offset = (vg.Length(n) - vg.Length(len(list)-1)/2) * barWidth
		p.Add(bars)
		p.Legend.Add(s.name, bars)
	}
	p.NominalX(names...)
	p.X.Tick.Label.Font.Size = vg.Points(8)
	p.X.Padding = 7 * vg.Millimeter
	p.Y.Min, p.Y.Max = 0, most*1.35 // the legend stands above the bars
	return p, nil
}

// shares are a series' figures as shares of PgBouncer's; 0 where either was not measured.
func shares(results []result, s series, figure func(sample) float64) plotter.Values {
	values := make(plotter.Values, len(results))
	for i, r := range results {
		base, measured := r.leg(pgbouncer)
		l, ok := s.leg(r)
		if measured && ok && figure(base.Median) > 0 {
			values[i] = figure(l.Median) / figure(base.Median)
		}
	}
	return values
}

// label is short: the scenario, and the number of clients where it varies.
func label(r result) string {
	text := r.Scenario
	if r.Unit != "row" {
		text += "\n" + r.setting.Short()
	}
	return text
}
