package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// sessionsBefore is how much later than its log-out a session may have begun: by another proxy's clock, where it is ahead.
const sessionsBefore = time.Minute

// endedSessions has a log-out end a session at every proxy: it is an event of each database, and every proxy looks for such events. Each database is written and
// read by itself: one that does not answer takes no time from the others.
type endedSessions struct {
	of      []*endedOf
	log     *slog.Logger
	longest time.Duration // that a session lives
	now     func() time.Time
	end     func(session string, then time.Time)
}

// endedOf is what was read of a database.
type endedOf struct {
	name   string
	store  *pgstore.Store
	known  map[pgstore.WriterID]int64 // the last event of each writer
	silent bool                       // it could not be read when it was looked at last
}

func newEndedSessions(stores map[string]*pgstore.Store, log *slog.Logger, longest time.Duration, now func() time.Time) *endedSessions {
	e := &endedSessions{log: log, longest: longest, now: now}
	for name, store := range stores {
		e.of = append(e.of, &endedOf{name: name, store: store, known: map[pgstore.WriterID]int64{}})
	}
	return e
}

// record is access.Config's Ended.
func (e *endedSessions) record(ctx context.Context, actor, session string) error {
	failed := make([]error, len(e.of))
	for i := range failed {
		failed[i] = errNotWritten // of what does not return
	}
	e.each(ctx, func(ctx context.Context, i int, one *endedOf) {
		failed[i] = one.store.Record(ctx, pgstore.Event{Kind: pgstore.EventSessionEnded, Actor: actor, Detail: session})
	})
	return errors.Join(failed...)
}

var errNotWritten = errors.New("the log-out was not written")

// each does it to all databases at once.
func (e *endedSessions) each(ctx context.Context, do func(ctx context.Context, i int, one *endedOf)) {
	var all sync.WaitGroup
	for i, one := range e.of {
		all.Go(func() { // where a panic would end the process
			_, _ = once(ctx, e.log, func(ctx context.Context) error { do(ctx, i, one); return nil })
		})
	}
	all.Wait()
}

// run looks every two seconds, as for locks.
func (e *endedSessions) run(ctx context.Context) error {
	var all errgroup.Group
	for _, one := range e.of {
		all.Go(func() error {
			return contained(ctx, e.log, tick, func(ctx context.Context) error {
				for {
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(2 * time.Second):
						e.lookAt(ctx, one)
					}
				}
			})
		})
	}
	return all.Wait()
}

// look reads what was ended and is not known yet.
func (e *endedSessions) look(ctx context.Context) {
	e.each(ctx, func(ctx context.Context, _ int, one *endedOf) { e.lookAt(ctx, one) })
}

// lookAt looks back by the longest life of a session: what was ended earlier than that began earlier, and is over by the clock of this proxy, right or wrong.
func (e *endedSessions) lookAt(ctx context.Context, one *endedOf) {
	ctx, stop := context.WithTimeout(ctx, accessTimeout)
	defer stop()
	events, err := one.store.SessionsEnded(ctx, e.now().Add(-e.longest-sessionsBefore), one.known)
	if err != nil {
		if !one.silent && !errors.Is(ctx.Err(), context.Canceled) {
			e.log.Error("log-outs at other proxies cannot be read; sessions that were ended there live here until their time is over", "database", one.name, "cause", err)
		}
		one.silent = true
		return
	}
	one.silent = false
	for i := range events {
		e.end(events[i].Detail, events[i].At)
		one.known[events[i].Writer] = max(one.known[events[i].Writer], events[i].Seq)
	}
}
