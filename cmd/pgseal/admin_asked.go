package main

import (
	"context"
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// askedTime is how long a key service is given to answer somebody who waits for it at the admin page.
const askedTime = time.Minute

// asked is what key services are asked about tenants' keys: of each once a second at the most, and once at a time, however many want to know. The requests that a
// service grants are pgseal's, and so all tenants'.
type asked[T any] struct {
	now func() time.Time
	mu  sync.Mutex
	of  map[admin.TenantRef]*admin.Shared[T]
}

func newAsked[T any](now func() time.Time) *asked[T] {
	return &asked[T]{now: now, of: map[admin.TenantRef]*admin.Shared[T]{}}
}

// get is the answer of a moment ago, or a new one. There is such a tenant: what is remembered is not more than there are.
func (a *asked[T]) get(ctx context.Context, ref admin.TenantRef, ask func(context.Context) (T, error)) (T, error) {
	a.mu.Lock()
	shared := a.of[ref]
	if shared == nil {
		shared = admin.NewShared[T](a.now, askedTime, nil)
		a.of[ref] = shared
	}
	a.mu.Unlock()
	return shared.By(ctx, ask)
}

// forget: the next one is to ask anew.
func (a *asked[T]) forget(ref admin.TenantRef) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.of, ref)
}
