package crypto

import (
	"math/bits"
	"sync"
)

const (
	secretSlot  = 64 // bytes: two keys never share a cache line
	secretSlots = 64 // of a page: the bits of secretPage.used
)

// secretArena packs secrets into pages of their own. A page for each would reach RLIMIT_MEMLOCK, 8 MiB on most systems and 64 KiB in
// some containers, with 2,048 or 16 keys; packed, 64 times as many stay locked.
type secretArena struct {
	mu    sync.Mutex
	pages map[*secretPage]struct{}
	open  *secretPage // one with room, if any is known
}

// secretPage is one allocation with its slots.
type secretPage struct {
	memory []byte
	locked bool
	used   uint64
}

// secrets are the process's, as its limit on locked memory is.
var secrets = &secretArena{pages: map[*secretPage]struct{}{}}

// SecretUsage is what keys take up outside of the Go heap.
type SecretUsage struct {
	Keys     int
	Locked   int // bytes of pages that are never swapped
	Unlocked int // bytes of pages that the system did not let the process lock: RLIMIT_MEMLOCK is reached
}

// SecretMemory tells what the keys of this process take up.
func SecretMemory() SecretUsage { return secrets.usage() }

func (a *secretArena) usage() (u SecretUsage) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for p := range a.pages {
		u.Keys += bits.OnesCount64(p.used)
		if p.locked {
			u.Locked += len(p.memory)
		} else {
			u.Unlocked += len(p.memory)
		}
	}
	return u
}

// take gives a slot of zeros.
func (a *secretArena) take() (*secretPage, int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p, err := a.room()
	if err != nil {
		return nil, 0, err
	}
	slot := bits.TrailingZeros64(^p.used)
	p.used |= 1 << slot
	a.open = p
	return p, slot, nil
}

// room finds or makes a page with a free slot: one that is locked, where there is a choice. The caller holds mu.
func (a *secretArena) room() (*secretPage, error) {
	if a.open != nil && a.open.hasRoom() && a.open.locked {
		return a.open, nil
	}
	var found *secretPage
	for p := range a.pages {
		if p.hasRoom() && (found == nil || p.locked && !found.locked) {
			found = p
		}
	}
	if found != nil {
		return found, nil
	}
	memory, locked, err := allocateSecret(secretSlot * secretSlots)
	if err != nil {
		return nil, err
	}
	p := &secretPage{memory: memory, locked: locked}
	a.pages[p] = struct{}{}
	return p, nil
}

// give wipes a slot, and gives the page back with its last one.
func (a *secretArena) give(p *secretPage, slot int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(p.bytes(slot))
	if p.used &^= 1 << slot; p.used != 0 {
		return
	}
	delete(a.pages, p)
	if a.open == p {
		a.open = nil
	}
	wipeSecret(p.memory)
}

func (p *secretPage) hasRoom() bool { return p.used != 1<<secretSlots-1 }

func (p *secretPage) bytes(slot int) []byte {
	return p.memory[slot*secretSlot : (slot+1)*secretSlot : (slot+1)*secretSlot]
}
