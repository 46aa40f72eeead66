package keysource

import (
	"context"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// The rounds of Run, one at a time.
func (k *Keyring) Sweep(ctx context.Context) { k.sweep(ctx) }
func (k *Keyring) Poll(ctx context.Context)  { k.poll(ctx) }
func (k *Keyring) Watch(ctx context.Context) { k.watch(ctx) }

// Settle waits until nothing is under way. Nothing may be started meanwhile.
func (k *Keyring) Settle() { k.calls.Wait() }

// SkewBoot makes the system clock's last reading wrong by d.
func SkewBoot(c Clock, d time.Duration) {
	s := *c.(*systemClock).sample()
	s.boot += d
	c.(*systemClock).last.Store(&s)
}

// Entries is how many names are remembered.
func (k *Keyring) Entries() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.entries)
}

// Current is the current generation behind a handle, also after its release.
func (h *Handle) Current() *crypto.Generation { return h.lease.current }

// Evicts tells whether a kind ends the use of what is held at once.
func (k Kind) Evicts() bool { return k.answer() == evict }

// Looking tells whether a tenant's record is being read.
func (k *Keyring) Looking(tenant string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.entries[tenant].look != nil
}
