package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// eventSessionEnded is the event by which proxies learn of one another's log-outs. Its detail is what the session is called, and not what its cookie says.
const eventSessionEnded = "session ended"

// sessionsBack is how far behind what was read last is read again: the clocks of proxies differ, and an event has the time at which its writing began.
const sessionsBack = 5 * time.Minute

// endedSessions has a log-out end a session at every proxy: it is an event of each database, and every proxy looks for such events.
type endedSessions struct {
	stores map[string]*pgstore.Store // by database
	log    *slog.Logger
	now    func() time.Time
	end    func(session string, then time.Time)
	since  map[string]time.Time // by database
	silent map[string]bool      // databases that could not be read when they were looked at last
}

// newEndedSessions begins with what was ended within the longest life of a session.
func newEndedSessions(stores map[string]*pgstore.Store, log *slog.Logger, longest time.Duration, now func() time.Time) *endedSessions {
	e := &endedSessions{stores: stores, log: log, now: now, since: map[string]time.Time{}, silent: map[string]bool{}}
	for name := range stores {
		e.since[name] = now().Add(-longest - sessionsBack)
	}
	return e
}

// record is access.Config's Ended.
func (e *endedSessions) record(ctx context.Context, actor, session string) error {
	var all []error
	for _, store := range e.stores {
		all = append(all, store.Record(ctx, pgstore.Event{Kind: eventSessionEnded, Actor: actor, Detail: session}))
	}
	return errors.Join(all...)
}

// run looks every two seconds, as for locks.
func (e *endedSessions) run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
			e.look(ctx)
		}
	}
}

// look reads what was ended since it was looked at last.
func (e *endedSessions) look(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, accessTimeout)
	defer stop()
	for name, store := range e.stores {
		began := e.now()
		events, err := store.Events(ctx, pgstore.EventFilter{Kinds: []string{eventSessionEnded}, Since: e.since[name]})
		if err != nil {
			if !e.silent[name] && ctx.Err() == nil {
				e.log.Error("log-outs at other proxies cannot be read; sessions that were ended there live here until their time is over", "database", name, "cause", err)
			}
			e.silent[name] = true
			continue
		}
		e.silent[name] = false
		for _, one := range events {
			e.end(one.Detail, one.At)
		}
		e.since[name] = began.Add(-sessionsBack)
	}
}
