package main

import (
	"sync"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// newDataKeyPause is how long after a new data key the page and the API make no other one for the tenant.
const newDataKeyPause = time.Minute

// rotations bounds what people have rotated by the admin page: one tenant's key once at a time, and with a new data key once a minute. A data key is kept for ever, and
// opened with the tenant's others whenever its key is fetched, in memory that all tenants share.
type rotations struct {
	now   func() time.Time
	mu    sync.Mutex
	under map[admin.TenantRef]bool
	made  map[admin.TenantRef]time.Time // when the last new data key was made here
}

func newRotations(now func() time.Time) *rotations {
	return &rotations{now: now, under: map[admin.TenantRef]bool{}, made: map[admin.TenantRef]time.Time{}}
}

// begin is for a tenant that there is. end is to be called behind it, and told whether a new data key was made.
func (r *rotations) begin(ref admin.TenantRef, newDataKey bool) (end func(made bool), err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if r.under[ref] {
		return nil, &admin.Failure{Code: "busy", Message: "the key is being rotated already; nothing was changed here", Hints: []string{"Look in a moment at how it stands."}}
	}
	if made, known := r.made[ref]; newDataKey && known && now.Sub(made) < newDataKeyPause && !now.Before(made) {
		return nil, &admin.Failure{Code: "busy", Message: "a new data key was made less than a minute ago; nothing was changed", Hints: []string{"Try again in a minute, if another one is wanted: data keys are kept for ever."}}
	}
	r.under[ref] = true
	return func(made bool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.under, ref)
		if made {
			r.made[ref] = r.now()
		}
	}, nil
}
