package keysource

import (
	"sync/atomic"
	"time"
)

// Clock is what deadlines are held against. Both readings count: neither setting the wall clock back nor suspending the machine
// may give a key more time.
type Clock interface {
	// Now is the wall clock.
	Now() time.Time
	// Boot is the time since the machine was started, the time that it was suspended included (CLOCK_BOOTTIME, clock_gettime(2)).
	Boot() time.Duration
	// Read gives both at once: it is called for every value that is sealed or opened.
	Read() (wall time.Time, boot time.Duration)
}

// SystemClock gives the machine's clocks.
//
// Boot is read from the system every 10 ms of running time; in between it is the last reading and the monotonic time since then.
// So a reading costs a tenth of a system call, and after a suspension it is right again within 10 ms.
func SystemClock() Clock {
	c := &systemClock{}
	c.sample()
	return c
}

const bootSampleAge = 10 * time.Millisecond

type systemClock struct {
	last atomic.Pointer[bootSample]
}

// bootSample is one reading of CLOCK_BOOTTIME.
type bootSample struct {
	boot time.Duration
	at   time.Time // with its monotonic reading, which stands still while the machine is suspended
}

func (c *systemClock) Now() time.Time { return time.Now() }

func (c *systemClock) Boot() time.Duration {
	_, boot := c.Read()
	return boot
}

// Read makes do with one reading of the wall clock, which comes with a monotonic one.
func (c *systemClock) Read() (wall time.Time, boot time.Duration) {
	wall = time.Now()
	s := c.last.Load()
	if age := wall.Sub(s.at); age < bootSampleAge {
		return wall, s.boot + age
	}
	return wall, c.sample().boot
}

// sample takes the monotonic reading first, so that what is extrapolated from it is never too early.
func (c *systemClock) sample() *bootSample {
	s := &bootSample{at: time.Now()}
	s.boot = bootTime()
	c.last.Store(s)
	return s
}
