package crypto

import (
	"bytes"
	"sync"
	"testing"
)

func newArena() *secretArena { return &secretArena{pages: map[*secretPage]struct{}{}} }

// TestSecretArena: many keys share a page, none its bytes; a slot is wiped when its key is destroyed, and the page goes with the last.
func TestSecretArena(t *testing.T) {
	a := newArena()
	keys := make([]*DataKey, 10*secretSlots)
	for i := range keys {
		m, err := newSecretMemory(a)
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = &DataKey{m}
		if err := keys[i].use(func(secret []byte) error {
			equalBytes(t, "a new slot", secret, make([]byte, DataKeySize))
			copy(secret, bytes.Repeat([]byte{byte(i), byte(i >> 8)}, DataKeySize/2))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if u := a.usage(); u.Keys != len(keys) || len(a.pages) != 10 || u.Locked+u.Unlocked != 10*secretSlot*secretSlots {
		t.Errorf("%d pages for %d keys: %+v", len(a.pages), len(keys), u)
	}
	var destroyed []byte
	_ = keys[5].use(func(secret []byte) error { destroyed = secret; return nil })
	keys[5].Destroy()
	equalBytes(t, "the slot of a destroyed key", destroyed, make([]byte, DataKeySize))
	for i, k := range keys {
		if i == 5 {
			continue
		}
		if err := k.use(func(secret []byte) error {
			equalBytes(t, "a key beside it", secret, bytes.Repeat([]byte{byte(i), byte(i >> 8)}, DataKeySize/2))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, k := range keys {
		k.Destroy()
		k.Destroy()
	}
	if u := a.usage(); u != (SecretUsage{}) {
		t.Errorf("after the last key: %+v", u)
	}
}

func TestSecretArenaAtOnce(t *testing.T) {
	a := newArena()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			mine := bytes.Repeat([]byte{byte(i + 1)}, DataKeySize)
			for range 2000 {
				m, err := newSecretMemory(a)
				if err != nil {
					t.Error(err)
					return
				}
				_ = m.use(func(secret []byte) error { copy(secret, mine); return nil })
				_ = m.use(func(secret []byte) error { equalBytes(t, "a key", secret, mine); return nil })
				m.destroy()
			}
		})
	}
	wg.Wait()
	if u := a.usage(); u != (SecretUsage{}) {
		t.Errorf("after the last key: %+v", u)
	}
}
