package admin

import (
	"context"
	"errors"
	"sync"
	"time"
)

// SharedAge is how old the answer of Shared may be.
const SharedAge = time.Second

// Shared asks once a second at the most, and once at a time, however many want to know: strangers may ask for health, and must not make work for the database by it.
// Whoever comes while it is asked waits for that answer. ask is given readyTimeout, whether or not the first who wanted to know is still there.
func Shared(now func() time.Time, ask func(context.Context) error) func(context.Context) error {
	s := &shared{now: now, ask: ask}
	return s.answer
}

type shared struct {
	now func() time.Time
	ask func(context.Context) error

	mu    sync.Mutex
	given *given // the last answer, or the one that is waited for; nil: there was none
}

var errNoAnswer = errors.New("there was no answer")

// given is one answer.
type given struct {
	done chan struct{} // closed when it is there
	err  error
	at   time.Time // when it was there; belongs to shared.mu
}

func (s *shared) answer(ctx context.Context) error {
	s.mu.Lock()
	g := s.given
	if g != nil && (g.at.IsZero() || s.now().Sub(g.at) < SharedAge && !s.now().Before(g.at)) {
		s.mu.Unlock()
		select {
		case <-g.done:
			return g.err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	g = &given{done: make(chan struct{})}
	s.given = g
	s.mu.Unlock()
	s.fetch(ctx, g)
	return g.err
}

func (s *shared) fetch(ctx context.Context, g *given) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), readyTimeout)
	defer stop()
	g.err = errNoAnswer // of an ask that does not return
	defer func() {
		s.mu.Lock()
		g.at = s.now()
		s.mu.Unlock()
		close(g.done)
	}()
	g.err = s.ask(ctx)
}
