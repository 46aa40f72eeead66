package proxy

import (
	"math"
	"sync/atomic"
	"time"
)

// Times tells how long statements take, from the first message of a Query or of a segment up to its ReadyForQuery. It is only measured while somebody
// asks for it. It may be used concurrently.
type Times struct {
	asking atomic.Int32
	slots  [timeSlots]atomic.Int64
}

// The slots of Times grow by a fifth each: from 10 µs to beyond a minute.
const (
	timeSlots = 96
	timeFirst = 10 * time.Microsecond
	timeWidth = 1.2
)

// Ask has statements measured until the answer is called.
func (t *Times) Ask() (enough func()) {
	t.asking.Add(1)
	return func() { t.asking.Add(-1) }
}

// on tells whether somebody asks.
func (t *Times) on() bool { return t != nil && t.asking.Load() > 0 }

func (t *Times) took(d time.Duration) {
	slot := 0
	if d > timeFirst {
		slot = min(timeSlots-1, 1+int(math.Log(float64(d)/float64(timeFirst))/math.Log(timeWidth)))
	}
	t.slots[slot].Add(1)
}

// Read gives how many statements took how long, ever: one number for each slot.
func (t *Times) Read() []int64 {
	all := make([]int64, timeSlots)
	for i := range all {
		all[i] = t.slots[i].Load()
	}
	return all
}

// Limit is how long statements of a slot took at most.
func (t *Times) Limit(slot int) time.Duration {
	return time.Duration(float64(timeFirst) * math.Pow(timeWidth, float64(slot)))
}
