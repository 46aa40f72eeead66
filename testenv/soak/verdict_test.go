package soak

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
)

// verdicts catches what flat complains of.
type verdicts struct {
	testing.TB
	failed int
}

func (v *verdicts) Errorf(string, ...any) { v.failed++ }
func (v *verdicts) Helper()               {}

// What grows slowly is seen, what only goes up and down is not: the soak's own judgement.
func TestFlat(t *testing.T) {
	for name, row := range map[string]struct {
		at   func(n int) reading
		want int
	}{
		"even": {func(int) reading { return reading{memory: 100 << 20, goroutines: 100, descriptors: 60} }, 0},
		"up and down": {func(n int) reading {
			return reading{memory: 100 << 20, goroutines: 100 + float64(n%40), descriptors: 60 + float64(n%20)}
		}, 0},
		"finds its size": {func(n int) reading {
			return reading{memory: float64(min(n, 40)) * (3 << 20), goroutines: 100, descriptors: 60}
		}, 0},
		"memory leaks": {func(n int) reading {
			return reading{memory: 100<<20 + float64(n)*(256<<10), goroutines: 100, descriptors: 60}
		}, 1},
		"goroutines leak": {func(n int) reading { return reading{memory: 100 << 20, goroutines: 100 + float64(n), descriptors: 60} }, 1},
		"everything leaks": {func(n int) reading {
			return reading{memory: 100<<20 + float64(n)*(1<<20), goroutines: 100 + float64(n), descriptors: 60 + float64(n)}
		}, 3},
	} {
		var taken []reading
		for n := range 200 {
			taken = append(taken, row.at(n))
		}
		if program.RaceDetector && (strings.HasPrefix(name, "memory") || strings.HasPrefix(name, "everything")) { // which has a memory of its own, so that none is judged
			row.want--
		}
		v := &verdicts{}
		if flat(v, taken, held(false)); v.failed != row.want {
			t.Errorf("%s: %d complaints, want %d", name, v.failed, row.want)
		}
	}
}
