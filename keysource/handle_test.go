package keysource_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// TestRelease: the keys live as long as somebody holds them, and not longer.
func TestRelease(t *testing.T) {
	b := newRig(t)
	h1, h2 := b.acquire(acme), b.acquire(acme)
	g := h1.Current()
	derives := func(col string) bool { _, err := g.Column(column(col)); return err == nil }
	b.wrapper.Answer(keysource.AccessDenied)
	b.clock.Advance(cacheTime * 8 / 10)
	b.sweep()
	wantCheck(t, h1, keysource.AccessDenied)
	if !derives("a") {
		t.Error("destroyed under two users")
	}
	h1.Release()
	h1.Release() // counts once
	if !derives("b") {
		t.Error("destroyed under one user")
	}
	h2.Release()
	if derives("c") {
		t.Error("the key is still there after the last release")
	}
}

// TestReleasedHandle: nothing is done with a handle that was given back, though the key is there for others.
func TestReleasedHandle(t *testing.T) {
	b := newRig(t)
	h := b.acquire(acme)
	value := sealed(t, h, crypto.Randomized, "title", "a secret")
	h.Release()
	_, sealErr := h.Seal(nil, column("title"), crypto.Randomized, []byte("x"))
	_, openErr := h.Open(nil, column("title"), value)
	for _, err := range []error{h.Check(), sealErr, openErr} {
		if kindOf(t, err) != keysource.KMSUnreachable || !errors.Is(err, keysource.ErrReleased) {
			t.Errorf("%v", err)
		}
	}
	wantOpen(t, b.acquire(acme), "title", value, "a secret")
}

// TestBadColumn: what crypto refuses comes through.
func TestBadColumn(t *testing.T) {
	h := newRig(t).acquire(acme)
	if _, err := h.Seal(nil, crypto.Column{}, crypto.Randomized, nil); !errors.Is(err, crypto.ErrMalformed) {
		t.Errorf("%v", err)
	}
	if _, err := h.Seal(nil, column("title"), crypto.Mode(9), nil); !errors.Is(err, crypto.ErrMalformed) {
		t.Errorf("%v", err)
	}
}

// TestEvictionUnderUse: while many seal and open, keys come and go. Every value that comes out is right; everything else is a typed
// error. For the race detector.
func TestEvictionUnderUse(t *testing.T) {
	b := newRig(t)
	reference := sealed(t, b.acquire(acme), crypto.Deterministic, "email", "a@example.org")
	stop := make(chan struct{})
	var users sync.WaitGroup
	var done [4]atomic.Int64
	for i := range done {
		users.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				switch err := useOnce(b, reference); keysource.KindOf(err) {
				case 0:
					if err != nil {
						t.Errorf("%v", err)
						return
					}
					done[i].Add(1)
				case keysource.KeyLocked:
				case keysource.KMSUnreachable: // the record changed under each of the fetch's rounds
				default:
					t.Errorf("%v", err)
				}
			}
		})
	}
	for range 200 {
		b.store.Lock(acme, "officer", b.clock.Now())
		b.ring.Poll(t.Context())
		b.store.Unlock(acme)
		b.ring.Poll(t.Context())
		b.clock.Advance(cacheTime)
		b.ring.Sweep(t.Context())
	}
	for i := range done {
		n := done[i].Load()
		waitFor(t, "every user's success", func() bool { b.clock.Advance(time.Second); return done[i].Load() > n })
	}
	close(stop)
	users.Wait()
}

// useOnce acquires, seals and opens.
func useOnce(b *rig, reference []byte) error {
	h, err := b.ring.Acquire(b.t.Context(), acme)
	if err != nil {
		return err
	}
	defer h.Release()
	for range 20 {
		value, err := h.Seal(nil, column("email"), crypto.Deterministic, []byte("a@example.org"))
		if err != nil {
			return ended(h, err)
		}
		if string(value) != string(reference) {
			return errors.New("sealed under another key")
		}
		if _, err := h.Open(nil, column("email"), value); err != nil {
			return ended(h, err)
		}
	}
	return nil
}

// ended accepts that the clock, which the test moves by whole cache times, ended the handle in the middle.
func ended(h *keysource.Handle, err error) error {
	if keysource.KindOf(err) == keysource.KMSUnreachable && h.Check() != nil {
		return nil
	}
	return fmt.Errorf("in the middle of use: %w", err)
}
