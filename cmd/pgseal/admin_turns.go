package main

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// readTurns bounds what is long to read for the admin page: events, reports. It is read over the connections that all requests of people share (pgstore.AsGuest),
// so that some of them must stay free for what is short, however slowly somebody takes what he has asked for.
type readTurns struct {
	all     chan struct{}
	exports chan struct{} // of those, what somebody takes as it is read: people who take theirs slowly keep others from exports alone
	mu      sync.Mutex
	mine    map[string]chan struct{} // by user: one cannot keep others from theirs by asking often
}

const (
	readsAtOnce   = 2
	exportsAtOnce = 1
	readWait      = 15 * time.Second
)

func newReadTurns() *readTurns {
	return &readTurns{all: make(chan struct{}, readsAtOnce), exports: make(chan struct{}, exportsAtOnce), mine: map[string]chan struct{}{}}
}

// begin waits for the user's turn. end is to be called behind it.
func (r *readTurns) begin(ctx context.Context, export bool) (end func(), err error) {
	name := ""
	if u, ok := access.FromContext(ctx); ok {
		name = strings.ToLower(u.Name) // it is one user, however he writes his name
	}
	late, stop := context.WithTimeout(ctx, readWait)
	defer stop()
	turns := []chan struct{}{r.of(name), r.all}
	if export {
		turns = slices.Insert(turns, 1, r.exports)
	}
	for i, turn := range turns {
		select {
		case turn <- struct{}{}:
		case <-late.Done():
			giveBack(turns[:i])
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, &admin.Failure{Code: "busy", Message: "too much is being read at the moment", Hints: []string{"Try again in a minute."}}
		}
	}
	return func() { giveBack(turns) }, nil
}

func giveBack(turns []chan struct{}) {
	for _, turn := range slices.Backward(turns) {
		<-turn
	}
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
