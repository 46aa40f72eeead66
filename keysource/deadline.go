package keysource

import "time"

// moment is a reading of both clocks.
type moment struct {
	wall time.Time // without a monotonic reading: it is the wall clock that is compared
	boot time.Duration
}

func now(c Clock) moment {
	wall, boot := c.Read()
	return moment{wall: wall.Round(0), boot: boot}
}

// add is the moment at which d has passed on both clocks.
func (m moment) add(d time.Duration) moment { return moment{wall: m.wall.Add(d), boot: m.boot + d} }

// reached tells whether either clock has come to m.
func (m moment) reached(c Clock) bool { return m.reachedAt(now(c)) }

func (m moment) reachedAt(at moment) bool { return at.boot >= m.boot || !at.wall.Before(m.wall) }

// wallTime is when m will be reached by what the clocks say now.
func (m moment) wallTime(c Clock) time.Time {
	at := now(c)
	if byBoot := at.wall.Add(m.boot - at.boot); byBoot.Before(m.wall) {
		return byBoot
	}
	return m.wall
}

// left is how long it is until m at the latest. The wall clock may come to it before, but may also be set back by then.
func (m moment) left(c Clock) time.Duration { return m.boot - c.Boot() }

// earlier takes the earlier reading of each clock.
func (m moment) earlier(o moment) moment {
	if o.wall.Before(m.wall) {
		m.wall = o.wall
	}
	m.boot = min(m.boot, o.boot)
	return m
}
