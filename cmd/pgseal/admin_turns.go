package main

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// readTurns bounds what is long to read for the admin page: events, reports. It is read over the connections that all requests of people share (pgstore.AsGuest),
// so that some of them must stay free for what is short, however slowly somebody takes what he has asked for.
type readTurns struct {
	all  chan struct{}
	mu   sync.Mutex
	mine map[string]chan struct{} // by user: one cannot keep others from theirs by asking often
}

const (
	readsAtOnce = 2
	readWait    = 15 * time.Second
)

func newReadTurns() *readTurns {
	return &readTurns{all: make(chan struct{}, readsAtOnce), mine: map[string]chan struct{}{}}
}

// begin waits for the user's turn. end is to be called behind it.
func (r *readTurns) begin(ctx context.Context) (end func(), err error) {
	name := ""
	if u, ok := access.FromContext(ctx); ok {
		name = strings.ToLower(u.Name) // it is one user, however he writes his name
	}
	late, stop := context.WithTimeout(ctx, readWait)
	defer stop()
	mine := r.of(name)
	for i, turn := range []chan struct{}{mine, r.all} {
		select {
		case turn <- struct{}{}:
		case <-late.Done():
			if i > 0 {
				<-mine
			}
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, &admin.Failure{Code: "busy", Message: "too much is being read at the moment", Hints: []string{"Try again in a minute."}}
		}
	}
	return func() { <-r.all; <-mine }, nil
}

// of is a user's own turn. Users are few: the users file has 5000 at most, and others log in by the issuer that is configured.
func (r *readTurns) of(name string) chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.mine[name] == nil {
		r.mine[name] = make(chan struct{}, 1)
	}
	return r.mine[name]
}
