//go:build !linux

package keysource

import (
	"time"

	"golang.org/x/sys/unix"
)

// bootTime is the monotonic clock where there is no CLOCK_BOOTTIME; on Darwin it goes on while the machine sleeps.
func bootTime() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		panic("keysource: CLOCK_MONOTONIC: " + err.Error())
	}
	return time.Duration(ts.Nano())
}
