package pgstore

import (
	"context"
	"time"
)

// Retire takes a tenant out of use: no proxy seals or opens for it any more, within the 2 s of their poll. Its records stay, and it can be restored. Retiring
// a retired tenant changes nothing. Errors: *keysource.Error.
func (s *Store) Retire(ctx context.Context, name, actor string) (*Tenant, error) {
	return s.setRetired(ctx, name, Event{Kind: eventRetired, Actor: actor}, true)
}

// Restore takes a retired tenant into use again, with the data keys that it had. A lock stays.
func (s *Store) Restore(ctx context.Context, name, actor string) (*Tenant, error) {
	return s.setRetired(ctx, name, Event{Kind: eventRestored, Actor: actor}, false)
}

func (s *Store) setRetired(ctx context.Context, name string, event Event, retired bool) (*Tenant, error) {
	return s.change(ctx, name, event, func(t *Tenant, _ time.Time) bool {
		changes := t.Retired != retired
		t.Retired = retired
		return changes
	})
}
