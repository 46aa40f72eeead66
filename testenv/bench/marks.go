package main

import (
	"fmt"
	"io"
)

// mark is what a scenario is meant to reach.
type mark struct {
	scenario string
	loaded   bool   // at 8 and 32 clients without TLS only
	what     string // with its unit
	limit    float64
	most     bool // the limit must not be passed; otherwise it must be reached
	of       func(a about, r result) (got float64, measured bool)
}

var marks = []mark{
	{"passthrough", true, "throughput, of PgBouncer's", 0.85, false, throughput(pgseal, pgbouncer)},
	{"passthrough", true, "CPU per transaction, of PgBouncer's", 1.4, true, cpuRatio(pgseal, pgbouncer)},
	{"passthrough", true, "allocations per transaction, connecting included", 0.5, true, allocations(pgseal)},
	{"read", false, "throughput of a sealed column, of a native one's", 0.90, false, throughput(legSealed, legNative)},
	{"rows", false, "CPU of a sealed value beyond AES, in µs", 1, true, sealedValue},
	{"copyin", false, "throughput without sealed columns, of PgBouncer's", 1, false, throughput(legNative, pgbouncer)},
	{"copyin", false, "million sealed values for a second of one core", 1, false, valuesPerCore(legSealed)},
	{"copyout", false, "throughput without sealed columns, of PgBouncer's", 1, false, throughput(legNative, pgbouncer)},
	{"copyout", false, "million sealed values for a second of one core", 1, false, valuesPerCore(legSealed)},
}

func throughput(of, to string) func(about, result) (float64, bool) {
	return func(_ about, r result) (float64, bool) { q := r.ratio(of, to).Median; return q, q != 0 }
}

func cpuRatio(of, to string) func(about, result) (float64, bool) {
	return func(_ about, r result) (float64, bool) { q := r.ratio(of, to).CPU; return q, q != 0 }
}

func allocations(leg string) func(about, result) (float64, bool) {
	return func(_ about, r result) (float64, bool) {
		l, ok := r.leg(leg)
		return l.Median.Allocations, ok && l.Median.Allocations >= 0
	}
}

// valuesPerCore: a row of COPY has one sealed value.
func valuesPerCore(leg string) func(about, result) (float64, bool) {
	return func(_ about, r result) (float64, bool) {
		l, ok := r.leg(leg)
		if !ok || l.Median.CPUMicros <= 0 {
			return 0, false
		}
		return 1 / l.Median.CPUMicros, true
	}
}

// sealedValue compares the same rows with ten sealed columns and with none.
func sealedValue(a about, r result) (float64, bool) {
	none, ok0 := r.leg(legRows0)
	ten, ok10 := r.leg(legRows10)
	return (ten.Median.CPUMicros-none.Median.CPUMicros)/(10*resultSize) - a.AESMicros, ok0 && ok10
}

// verdict is a mark that was measured.
type verdict struct {
	text    string
	reached bool
}

func checkMarks(a about, results []result) (list []verdict) {
	for _, r := range results {
		for _, m := range marks {
			if r.Scenario != m.scenario || m.loaded && (r.TLS == "on" || r.Clients != 8 && r.Clients != 32) {
				continue
			}
			got, measured := m.of(a, r)
			if !measured {
				continue
			}
			v := verdict{reached: got >= m.limit}
			bound, verb := "at least", "missed"
			if m.most {
				v.reached, bound = got <= m.limit, "at most"
			}
			if v.reached {
				verb = "reached"
			}
			v.text = fmt.Sprintf("%s, %s: %s: %.2f, mark %s %.2f: %s", r.Scenario, r.setting, m.what, got, bound, m.limit, verb)
			list = append(list, v)
		}
	}
	return list
}

// printMarks writes a line for each and reports whether all were reached.
func printMarks(w io.Writer, list []verdict) bool {
	all := true
	for _, v := range list {
		fmt.Fprintln(w, v.text)
		all = all && v.reached
	}
	return all
}
