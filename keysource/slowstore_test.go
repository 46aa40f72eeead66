package keysource_test

import (
	"context"
	"sync/atomic"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// slowStore holds up what one read of a record has read already.
type slowStore struct {
	*keysourcetest.Store
	hold    atomic.Bool
	entered chan struct{}
	leave   chan struct{}
}

func (s *slowStore) Tenant(ctx context.Context, name string) (keysource.TenantRecord, error) {
	rec, err := s.Store.Tenant(ctx, name)
	if s.hold.CompareAndSwap(true, false) {
		close(s.entered)
		<-s.leave
	}
	return rec, err
}
