package admin

import (
	"context"
	"errors"
	"sync"
	"time"
)

// SharedAge is how old an answer of Shared may be.
const SharedAge = time.Second

// Shared asks once a second at the most, and once at a time, however many want to know: what many look at every moment, or strangers may ask for, makes no more work for
// the database by it.
type Shared[T any] struct {
	now    func() time.Time
	within time.Duration
	ask    func(context.Context) (T, error)

	mu    sync.Mutex
	given *given[T] // the last answer, or the one that is waited for; nil: there is none
}

// given is one answer.
type given[T any] struct {
	done chan struct{} // closed when it is there
	val  T
	err  error
	at   time.Time // when it was there; belongs to Shared.mu
}

var errNoAnswer = errors.New("there was no answer")

// NewShared has ask given so much time, whether or not whoever wanted to know first is still there.
func NewShared[T any](now func() time.Time, within time.Duration, ask func(context.Context) (T, error)) *Shared[T] {
	return &Shared[T]{now: now, within: within, ask: ask}
}

// Get is the answer of a moment ago, or a new one. Whoever comes while it is asked waits for that answer, and all share what it holds.
func (s *Shared[T]) Get(ctx context.Context) (val T, err error) { return s.By(ctx, s.ask) }

// By is Get with another way to ask than NewShared was told.
func (s *Shared[T]) By(ctx context.Context, ask func(context.Context) (T, error)) (val T, err error) {
	s.mu.Lock()
	g := s.given
	if g != nil && (g.at.IsZero() || s.now().Sub(g.at) < SharedAge && !s.now().Before(g.at)) {
		s.mu.Unlock()
		select {
		case <-g.done:
			return g.val, g.err
		case <-ctx.Done():
			return val, ctx.Err()
		}
	}
	g = &given[T]{done: make(chan struct{})}
	s.given = g
	s.mu.Unlock()
	s.fetch(ctx, g, ask)
	return g.val, g.err
}

// Forget: something has changed. Who asks from now on is told nothing of before.
func (s *Shared[T]) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given = nil
}

func (s *Shared[T]) fetch(ctx context.Context, g *given[T], ask func(context.Context) (T, error)) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), s.within)
	defer stop()
	g.err = errNoAnswer // of an ask that does not return
	defer func() {
		s.mu.Lock()
		g.at = s.now()
		s.mu.Unlock()
		close(g.done)
	}()
	g.val, g.err = ask(ctx)
}
