package keysource

import (
	"sync/atomic"
	"time"
)

// useGrain is how exactly uses are remembered: a key in heavy use is written down a thousand times a second, and no more, so that
// the many who use it at once do not fight for one word of memory.
const useGrain = time.Millisecond

// uses is when a tenant's keys sealed or opened a value, by boot time. A drill begins it anew.
type uses struct{ first, last atomic.Int64 }

// note is called for every value.
func (u *uses) note(boot time.Duration) {
	if int64(boot)-u.last.Load() < int64(useGrain) {
		return
	}
	u.last.Store(int64(boot))
	u.first.CompareAndSwap(0, int64(boot))
}

// earliest and latest are 0 for never.
func (u *uses) earliest() time.Duration { return time.Duration(u.first.Load()) }
func (u *uses) latest() time.Duration   { return time.Duration(u.last.Load()) }
