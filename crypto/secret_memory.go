package crypto

import (
	"fmt"
	"runtime"
	"sync"
)

// secretMemory holds a few secret bytes outside the Go heap (where the platform can): not moved, not swapped where the system
// allows locking, not in a core dump. Its one lock makes sure that the bytes are never wiped under a reader: what is derived from
// a slice that was zeroed in the middle is a constant known to everybody.
type secretMemory struct {
	mu sync.RWMutex
	// pages gives the memory as it was allocated; nil once destroyed. It is a function so that nothing that prints by reflection
	// gets to the bytes, however far it follows pointers.
	pages   func() []byte
	size    int // of the secret, at the beginning of the pages
	cleanup runtime.Cleanup
}

// newSecretMemory gives n zero bytes.
func newSecretMemory(n int) (*secretMemory, error) {
	pages, err := allocateSecret(n)
	if err != nil {
		return nil, fmt.Errorf("crypto: memory for a key: %w", err)
	}
	m := &secretMemory{pages: func() []byte { return pages }, size: n}
	// A net for a key that was dropped without Destroy.
	m.cleanup = runtime.AddCleanup(m, wipeSecret, pages)
	return m, nil
}

// use hands the bytes to f, which must not keep them. Destroy waits until f is back.
func (m *secretMemory) use(f func(secret []byte) error) error {
	if m == nil {
		return ErrDestroyed
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.pages == nil {
		return ErrDestroyed
	}
	return f(m.pages()[:m.size:m.size])
}

// destroy wipes the bytes and gives the memory back. Idempotent.
func (m *secretMemory) destroy() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pages == nil {
		return
	}
	m.cleanup.Stop()
	wipeSecret(m.pages())
	m.pages = nil
}
