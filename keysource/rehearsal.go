package keysource

import (
	"encoding/hex"
	"maps"
	"sync/atomic"
	"time"
)

// keepRehearsal is how long after a drill what it did is still told.
const keepRehearsal = 10 * time.Minute

// rehearsal is what a drill does to one tenant here. Moments are boot times, and 0 is never. It is guarded by the keyring's mu, but for
// what is atomic.
type rehearsal struct {
	drill  *Drill
	end    moment
	zero   time.Duration // at which the store's clock said
	zeroAt time.Time
	blur   time.Duration // by how much that may be wrong

	noticed, over     time.Duration
	held              int          // leases
	left              atomic.Int64 // of them, not destroyed yet
	destroyed         atomic.Int64 // when the last was
	before, after     *uses
	refused           map[string]int64 // by SQLSTATE
	firstNo, latestNo time.Duration
}

// released: one of the leases that were held has been destroyed.
func (r *rehearsal) released(boot time.Duration) {
	if r.left.Add(-1) == 0 {
		r.destroyed.Store(int64(boot))
	}
}

func (r *rehearsal) refuse(code string, boot time.Duration) {
	if r.firstNo == 0 {
		r.firstNo = boot
	}
	r.latestNo = boot
	r.refused[code]++
}

func (r *rehearsal) total() (n int64) {
	for _, count := range r.refused {
		n += count
	}
	return n
}

// at is a boot time by the store's clock; nil for never.
func (r *rehearsal) at(boot time.Duration) *time.Time {
	if boot == 0 {
		return nil
	}
	t := r.zeroAt.Add(boot - r.zero).UTC().Round(time.Microsecond)
	return &t
}

// Rehearsed is what a drill did to a tenant's key in one proxy. All times are by the store's clock, as good as Blur says; nil is never.
type Rehearsed struct {
	Drill        string           `json:"drill"` // its id in hex
	Until        time.Time        `json:"until"`
	Noticed      *time.Time       `json:"noticed"`
	Over         *time.Time       `json:"over"`
	Held         int              `json:"held"`      // plaintext copies of the key when it was noticed: one for each fetch that is still in use
	Left         int              `json:"left"`      // of them, not yet destroyed
	Destroyed    *time.Time       `json:"destroyed"` // when the last of them was
	LastValue    *time.Time       `json:"last_value"`
	FirstRefusal *time.Time       `json:"first_refusal"`
	LastRefusal  *time.Time       `json:"last_refusal"`
	FirstValue   *time.Time       `json:"first_value"` // after it was over
	Refused      map[string]int64 `json:"refused"`     // statements, by SQLSTATE
	Blur         time.Duration    `json:"blur_ns"`
}

// told is the rehearsal for others. The caller holds mu.
func (r *rehearsal) told() *Rehearsed {
	return &Rehearsed{
		Drill: hex.EncodeToString(r.drill.ID[:]), Until: r.drill.Until, Noticed: r.at(r.noticed), Over: r.at(r.over), Held: r.held,
		Left: int(r.left.Load()), Destroyed: r.at(time.Duration(r.destroyed.Load())),
		LastValue: r.at(r.before.latest()), FirstRefusal: r.at(r.firstNo), LastRefusal: r.at(r.latestNo), FirstValue: r.at(r.after.earliest()),
		Refused: maps.Clone(r.refused), Blur: r.blur,
	}
}
