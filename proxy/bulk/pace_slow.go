package bulk

import (
	"math"
	"time"
)

// slowness compares how long statements of applications take while the work is at work with how long they take while it rests. For that it has the work
// rest now and then, and listens.
type slowness struct {
	base, now time.Duration // p99 while it rests, and beside the work; 0: not known
	tooSlow   bool          // said once of each measurement
	near      bool          // the bound is near

	listens bool
	from    []int64   // the times when the present window began
	since   time.Time // it did
	again   time.Time // when to listen next
}

// Windows. A p99 of fewer than listenCount statements says little, and of fewer than fewCount nothing.
const (
	listenCount = 300
	fewCount    = 50
	listenTime  = 2 * time.Second
	windowTime  = 3 * time.Second
	listenEvery = 30 * time.Second
	fewEvery    = 5 * time.Second // before listening again where hardly anything was heard
)

// defaultSlower is by how much the p99 of statements may rise where nothing else was said.
const defaultSlower = 2

// aim is the share of what is allowed that the work stays below: what it does shows only afterwards.
const aim = 0.75

func (p Pace) factor() float64 {
	if p.MaxSlow > 0 {
		return p.MaxSlow
	}
	return defaultSlower
}

// listening tells why the work has to rest: to hear how long statements take without it.
func (s *slowness) listening(r reading, factor float64, limit func(int) time.Duration) string {
	if r.times == nil || !r.others {
		*s = slowness{base: s.base, again: s.again}
		return ""
	}
	if s.from == nil || len(s.from) != len(r.times) {
		s.window(r)
	}
	p99, n := quantile(r.times, s.from, limit)
	age := r.at.Sub(s.since)
	switch {
	case s.listens && n < listenCount && age < listenTime:
		return listeningNote
	case s.listens:
		s.heard(r, p99, n)
	case !r.at.Before(s.again):
		s.listens = true
		s.window(r)
		return listeningNote
	case n >= listenCount || age >= windowTime:
		s.compare(p99, n, factor)
		s.window(r)
	}
	return ""
}

const listeningNote = "resting for a moment, to see how long statements take without the work"

func (s *slowness) window(r reading) { s.from, s.since = r.times, r.at }

// heard ends listening.
func (s *slowness) heard(r reading, p99 time.Duration, n int64) {
	s.listens, s.again = false, r.at.Add(listenEvery)
	switch {
	case n < fewCount:
		s.base, s.now, s.again = 0, 0, r.at.Add(fewEvery)
	case s.base == 0:
		s.base = p99
	default: // what the work leaves behind for a while (dirty pages, dead rows) must not become the measure
		s.base = (s.base + min(p99, s.base*3/2)) / 2
	}
	s.window(r)
}

func (s *slowness) compare(p99 time.Duration, n int64, factor float64) {
	if n < fewCount || s.base == 0 {
		s.now, s.tooSlow, s.near = 0, false, false
		return
	}
	// Of a factor of 2, what is added is at most the base once more.
	bound := time.Duration(float64(s.base) * (1 + (factor-1)*aim))
	s.now, s.tooSlow, s.near = p99, p99 > bound, p99 > s.base+(bound-s.base)/2
}

// quantile is the p99 of what was counted since.
func quantile(now, from []int64, limit func(int) time.Duration) (p99 time.Duration, n int64) {
	for i := range now {
		n += now[i] - from[i]
	}
	left := int64(math.Ceil(0.99 * float64(n)))
	for i := range now {
		if left -= now[i] - from[i]; left <= 0 && n > 0 {
			return limit(i), n
		}
	}
	return 0, n
}
