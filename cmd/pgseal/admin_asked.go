package main

import (
	"context"
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// askedTime is how long a key service is given to answer somebody who waits for it at the admin page.
const askedTime = time.Minute

// asked is what key services are asked about tenants' keys: of each once a second at the most, and once more where something was changed, however many want to know.
// The requests that a service grants are pgseal's, and so all tenants'.
type asked[T any] struct {
	now func() time.Time
	mu  sync.Mutex
	of  map[admin.TenantRef]*askedOf[T]
}

// askedOf is what is asked of one key.
type askedOf[T any] struct {
	*admin.Shared[T]
	early time.Time // when an answer was last given up before its time
}

func newAsked[T any](now func() time.Time) *asked[T] {
	return &asked[T]{now: now, of: map[admin.TenantRef]*askedOf[T]{}}
}

// get is the answer of a moment ago, or a new one. There is such a tenant: what is remembered is not more than there are.
func (a *asked[T]) get(ctx context.Context, ref admin.TenantRef, ask func(context.Context) (T, error)) (T, error) {
	a.mu.Lock()
	one := a.of[ref]
	if one == nil {
		one = &askedOf[T]{Shared: admin.NewShared[T](a.now, askedTime, nil)}
		a.of[ref] = one
	}
	a.mu.Unlock()
	return one.By(ctx, ask)
}

// forget: the next one is to ask anew, but once a second at the most: whoever changes something again and again, or only tries to, must not have the service asked as often.
func (a *asked[T]) forget(ref admin.TenantRef) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one, now := a.of[ref], a.now()
	if one == nil || now.Sub(one.early) < admin.SharedAge && !now.Before(one.early) {
		return
	}
	one.early = now
	one.Forget()
}
