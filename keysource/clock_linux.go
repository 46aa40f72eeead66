//go:build linux

package keysource

import (
	"time"

	"golang.org/x/sys/unix"
)

// bootTime never fails on Linux 2.6.39 and newer; Go needs a newer one.
func bootTime() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		panic("keysource: CLOCK_BOOTTIME: " + err.Error())
	}
	return time.Duration(ts.Nano())
}
