package keysourcetest

import (
	"sync"
	"time"
)

// Clock is a keysource.Clock that stands still until it is moved. Its wall clock and the time since the machine's start move
// together or apart. Safe for concurrent use.
type Clock struct {
	mu   sync.Mutex
	wall time.Time
	boot time.Duration
}

// NewClock starts at noon of 2 January 2030 (UTC), an hour after the machine's start.
func NewClock() *Clock {
	return &Clock{wall: time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC), boot: time.Hour}
}

// Now is the wall clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wall
}

// Boot is the time since the machine's start.
func (c *Clock) Boot() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.boot
}

// Read gives both.
func (c *Clock) Read() (wall time.Time, boot time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wall, c.boot
}

// Advance lets time pass: both readings move.
func (c *Clock) Advance(d time.Duration) { c.move(d, d) }

// SetWall moves the wall clock alone, as an operator or a time server does; d may be negative.
func (c *Clock) SetWall(d time.Duration) { c.move(d, 0) }

// Suspend lets the machine sleep with a wall clock that does not notice.
func (c *Clock) Suspend(d time.Duration) { c.move(0, d) }

func (c *Clock) move(wall, boot time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall = c.wall.Add(wall)
	c.boot += boot
}
