package keysource

import (
	"sync/atomic"

	"github.com/legatics/pgseal/crypto"
)

// Usage is what was done with one tenant's key since it was last taken.
type Usage struct {
	Tenant  crypto.TenantID
	Name    string
	Sealed  int64 // values
	Opened  int64 // values
	Fetched int64 // calls of the KMS that gave the key
	Failed  int64 // calls of the KMS that did not
	Refused int64 // statements that ended because of the key; see Keyring.Refused
}

// tally is what is counted of one tenant. It only rises until it is taken.
type tally struct{ sealed, opened, fetched, failed, refused atomic.Int64 }

// countStride is after how many values a handle passes on what it has counted; the rest follows when it is released. A counter of
// the handle's own costs nothing beside sealing a value; one of the tenant's would be fought over by all processors.
const countStride = 1024

func count(own *atomic.Uint32, all *atomic.Int64) {
	if own.Add(1)%countStride == 0 {
		all.Add(countStride)
	}
}

// passOn is the rest, at the end of a handle.
func passOn(own *atomic.Uint32, all *atomic.Int64) {
	if rest := own.Load() % countStride; rest > 0 {
		all.Add(int64(rest))
	}
}

// Refused counts a statement of a tenant that ended because of its key. Names that are no tenant's are not counted.
func (k *Keyring) Refused(tenant string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e := k.entries[tenant]; e != nil {
		e.tally.refused.Add(1)
	}
}

// TakeUsage gives what was done since it was last called, for each tenant of which there is something, and begins anew. Of handles
// that are still held, up to 1023 values each are not in it yet.
func (k *Keyring) TakeUsage() []Usage {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []Usage
	for name, e := range k.entries {
		if e.version == 0 { // its record was never read: perhaps no tenant's
			continue
		}
		u := Usage{Tenant: e.spec.TenantID, Name: name, Sealed: e.tally.sealed.Swap(0), Opened: e.tally.opened.Swap(0),
			Fetched: e.tally.fetched.Swap(0), Failed: e.tally.failed.Swap(0), Refused: e.tally.refused.Swap(0)}
		if u.Sealed|u.Opened|u.Fetched|u.Failed|u.Refused != 0 {
			all = append(all, u)
		}
	}
	return all
}
