package keysource

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// waits is an Observer that hears who had to wait.
type waits struct {
	silent
	heard chan time.Duration
}

func (w waits) Queued(wait time.Duration) { w.heard <- wait }

// TestGate: as many as it is wide go through at once, the next one when somebody has left.
func TestGate(t *testing.T) {
	w := waits{heard: make(chan time.Duration, 10)}
	g := newGate(2, time.Hour, w)
	var leave [2]func()
	for i := range leave {
		var err error
		if leave[i], err = g.enter(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.enter(ended(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("a third, whose time is over: %v", err)
	}
	through := make(chan func())
	var third sync.WaitGroup
	third.Go(func() {
		leave, err := g.enter(t.Context())
		if err != nil {
			t.Error(err)
		}
		through <- leave
	})
	select {
	case <-through:
		t.Fatal("a third went through")
	case <-time.After(20 * time.Millisecond):
	}
	leave[0]()
	leave[0]() // once is enough
	(<-through)()
	third.Wait()
	leave[1]()
	if len(w.heard) != 1 || len(g.places) != 0 {
		t.Errorf("%d waits were heard, %d are inside", len(w.heard), len(g.places))
	}
}

// TestGateGrowsOld: whoever is inside for long is in nobody's way, and does not give back another's place.
func TestGateGrowsOld(t *testing.T) {
	g := newGate(1, time.Millisecond, silent{})
	var inside []func()
	for range 5 {
		leave, err := g.enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		inside = append(inside, leave)
	}
	for _, leave := range inside {
		leave()
	}
	g.places <- struct{}{} // there is room for one, and for no more
	select {
	case g.places <- struct{}{}:
		t.Error("there is room for two")
	default:
	}
}

func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
