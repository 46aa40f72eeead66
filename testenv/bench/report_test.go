package main

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/performance.md anew")

func scenarioOf(t *testing.T, name string) scenario {
	t.Helper()
	all := allScenarios()
	i := slices.IndexFunc(all, func(s scenario) bool { return s.name == name })
	if i < 0 {
		t.Fatalf("no scenario %s", name)
	}
	return all[i]
}

// run of a proxy, and one without.
func proxied(perSecond, cpu float64) sample {
	return sample{PerSecond: perSecond, Units: 1000, percentiles: percentiles{0.1, 0.25, 1.5}, perUnit: perUnit{cpu, -1, 0.51, -1}}
}

func plain(perSecond float64) sample {
	return sample{PerSecond: perSecond, Units: 1000, percentiles: percentiles{0.1, 0.2, 1}}
}

func passthroughRuns() map[string][]sample {
	return map[string][]sample{
		direct:    {plain(100), plain(300), plain(200)},
		pgbouncer: {proxied(50, 10), proxied(100, 30), proxied(100, 20)},
		pgseal:    {proxied(45, 12), proxied(70, 45), proxied(95, 20)},
	}
}

func TestSummary(t *testing.T) {
	r := summarize(scenarioOf(t, "passthrough"), setting{"prepared", "off", 8}, passthroughRuns())
	if got := r.ratio(pgseal, pgbouncer); got.Median != 0.9 || got.Min != 0.7 || got.Max != 0.95 || got.CPU != 1.2 {
		t.Errorf("%+v, want the medians of 0.9, 0.7, 0.95 and of 1.2, 1.5, 1", got)
	}
	if got := r.ratio(pgseal, direct); got.CPU != 0 {
		t.Errorf("CPU compared to a way without a proxy: %+v", got)
	}
	if r.Legs[0].Median.PerSecond != 200 || r.Legs[1].Median.CPUMicros != 20 || r.Legs[1].Median.Syscalls != -1 || r.Legs[0].Min != 100 || r.Legs[0].Max != 300 {
		t.Errorf("%+v", r.Legs)
	}
	if median([]float64{4, 1, 3, 2}) != 2.5 || median(nil) != 0 {
		t.Error("median of an even number of values, or of none")
	}
}

func TestMarks(t *testing.T) {
	s := scenarioOf(t, "passthrough")
	failed := func(set setting, runs map[string][]sample) (failed, all int) {
		for _, v := range checkMarks(about{}, []result{summarize(s, set, runs)}) {
			if all++; !v.reached {
				failed++
			}
		}
		return failed, all
	}
	if n, all := failed(setting{"prepared", "off", 8}, passthroughRuns()); n != 0 || all != 2 {
		t.Errorf("%d of %d marks missed, want none of 2", n, all)
	}
	for _, set := range []setting{{"prepared", "off", 1}, {"prepared", "on", 8}} {
		if _, all := failed(set, passthroughRuns()); all != 0 {
			t.Errorf("marks for %s", set)
		}
	}
	slow := passthroughRuns()
	slow[pgseal] = []sample{proxied(40, 14), proxied(80, 43), proxied(81, 29)}
	if n, _ := failed(setting{"prepared", "off", 32}, slow); n != 2 {
		t.Errorf("%d marks missed by 0.80 of the throughput and 1.43 of the CPU, want both", n)
	}
	list := checkMarks(about{AESMicros: 0.2}, []result{rowsResult(t), copyResult(t)})
	var text bytes.Buffer
	if printMarks(&text, list) {
		t.Error("a missed mark is not noticed")
	}
	for _, want := range []string{
		"rows, prepared, 1 client: CPU of a sealed value beyond AES, in µs: 0.60, mark at most 1.00: reached",
		"copyin, 1 client: throughput without sealed columns, of PgBouncer's: 1.10, mark at least 1.00: reached",
		"copyin, 1 client: million sealed values for a second of one core: 0.80, mark at least 1.00: missed",
	} {
		if !strings.Contains(text.String(), want+"\n") {
			t.Errorf("no %q in:\n%s", want, text.String())
		}
	}
}

func rowsResult(t *testing.T) result {
	return summarize(scenarioOf(t, "rows"), setting{"prepared", "off", 1}, map[string][]sample{
		direct: {plain(50)}, pgbouncer: {proxied(40, 11000)}, legRows0: {proxied(39, 12000)}, legRows1: {proxied(30, 20000)}, legRows10: {proxied(10, 92000)},
	})
}

func copyResult(t *testing.T) result {
	runs := map[string][]sample{direct: {plain(1e6)}, pgbouncer: {proxied(1e6, 0.11)}, legNative: {proxied(1.1e6, 0.12)}, legSealed: {proxied(4e5, 1.25)}}
	for _, list := range runs {
		list[0].percentiles = percentiles{}
	}
	return summarize(scenarioOf(t, "copyin"), setting{"", "off", 1}, runs)
}

// TestDocument: the text is that of testdata, and the chart is XML with a bar for each figure.
func TestDocument(t *testing.T) {
	a := about{Rounds: 3, Seconds: 2, Scale: 10, CopyRows: 2000000, Cores: 4, Arch: "amd64", Go: "1.26.0", Postgres: "17.2", PgBouncer: "1.24.0", AESMicros: 0.17}
	s := scenarioOf(t, "passthrough")
	results := []result{summarize(s, setting{"simple", "off", 8}, passthroughRuns()), summarize(s, setting{"prepared", "on", 8}, passthroughRuns()), rowsResult(t), copyResult(t)}
	dir := t.TempDir()
	if err := writeDocument(dir, a, results); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "performance.md"))
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "performance.md")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v; -update writes it anew:\n%s", err, got)
	}
	chart, err := os.ReadFile(filepath.Join(dir, "performance.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(chart)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("the chart: %v", err)
		}
	}
	for _, text := range []string{"passthrough", "copyin", "8, TLS", "PgBouncer", "pgseal, all sealed"} {
		if !bytes.Contains(chart, []byte(text)) {
			t.Errorf("no %q in the chart", text)
		}
	}
	if bytes.Contains(chart, []byte("NaN")) {
		t.Error("the chart has figures that are none")
	}
}
