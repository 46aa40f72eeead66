//go:build linux

package keysource_test

import (
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/legatics/pgseal/keysource"
)

// TestSystemClock: both readings are the machine's, and Boot never goes back.
func TestSystemClock(t *testing.T) {
	c := keysource.SystemClock()
	var last time.Duration
	for end := time.Now().Add(50 * time.Millisecond); time.Now().Before(end); {
		var before, after unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &before); err != nil {
			t.Fatal(err)
		}
		got := c.Boot()
		if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &after); err != nil {
			t.Fatal(err)
		}
		const slack = 20 * time.Millisecond // the two clocks' rates, and a pause between their readings
		if got < time.Duration(before.Nano())-slack || got > time.Duration(after.Nano())+slack {
			t.Fatalf("Boot %v, not from %v to %v", got, before.Nano(), after.Nano())
		}
		if got < last-slack {
			t.Fatalf("Boot went back from %v to %v", last, got)
		}
		last = got
	}
	keysource.SkewBoot(c, -time.Hour) // as after an hour's suspension
	time.Sleep(20 * time.Millisecond)
	if got := c.Boot(); got < last {
		t.Errorf("the suspension was not noticed: %v after %v", got, last)
	}
	if d := time.Since(c.Now()); d < 0 || d > time.Second {
		t.Errorf("Now is %v off", d)
	}
}
