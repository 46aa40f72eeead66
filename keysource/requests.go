package keysource

import (
	"context"
	"slices"
	"sync"
)

// Requests collects the ids that key services gave to the calls made under one context, so that what is done here can be found
// again in the key owner's own log.
type Requests struct {
	mu  sync.Mutex
	ids []string
}

type requestsKey struct{}

// TraceRequests gives a context under which drivers note the ids of their calls.
func TraceRequests(ctx context.Context) (context.Context, *Requests) {
	r := &Requests{}
	return context.WithValue(ctx, requestsKey{}, r), r
}

// NoteRequest is called by a driver for each answer of its key service. It does nothing where nobody traces.
func NoteRequest(ctx context.Context, id string) {
	r, ok := ctx.Value(requestsKey{}).(*Requests)
	if !ok || id == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ids = append(r.ids, id)
}

// IDs are the ids noted so far, in their order.
func (r *Requests) IDs() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.ids)
}
