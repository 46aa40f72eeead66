package crypto

import (
	"fmt"
	"runtime"
	"sync"
)

// secretMemory holds a few secret bytes outside the Go heap (where the platform can): not moved, not swapped where the system
// allows locking (SecretMemory tells), not in a core dump. Its one lock makes sure that the bytes are never wiped under a reader: what is derived from
// a slice that was zeroed in the middle is a constant known to everybody.
type secretMemory struct {
	mu sync.RWMutex
	// bytes gives the secret; nil once destroyed. It is a function so that nothing that prints by reflection gets to the bytes,
	// however far it follows pointers. So is give, which wipes them and gives the memory back.
	bytes   func() []byte
	give    func()
	cleanup runtime.Cleanup
}

// newSecretMemory gives DataKeySize zero bytes.
func newSecretMemory(arena *secretArena) (*secretMemory, error) {
	page, slot, err := arena.take()
	if err != nil {
		return nil, fmt.Errorf("crypto: memory for a key: %w", err)
	}
	secret := page.bytes(slot)[:DataKeySize:DataKeySize]
	m := &secretMemory{bytes: func() []byte { return secret }, give: func() { arena.give(page, slot) }}
	// A net for a key that was dropped without Destroy.
	m.cleanup = runtime.AddCleanup(m, func(give func()) { give() }, m.give)
	return m, nil
}

// use hands the bytes to f, which must not keep them. Destroy waits until f is back.
func (m *secretMemory) use(f func(secret []byte) error) error {
	if m == nil {
		return ErrDestroyed
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.bytes == nil {
		return ErrDestroyed
	}
	return f(m.bytes())
}

// destroy wipes the bytes and gives the memory back. Idempotent.
func (m *secretMemory) destroy() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.bytes == nil {
		return
	}
	m.cleanup.Stop()
	m.give()
	m.bytes = nil
}
