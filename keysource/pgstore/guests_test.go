package pgstore

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestGuests: whatever guests hold, the proxy's own work finds connections.
func TestGuests(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	guest := AsGuest(t.Context())
	for range guestConns {
		conn, err := f.store.Conns(guest).Acquire(guest)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Release()
	}
	soon, stop := context.WithTimeout(guest, 100*time.Millisecond)
	defer stop()
	if _, err := f.store.LookUp(soon, "acme"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("one guest more: %v", err)
	}
	if _, err := f.store.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Error(err)
	}
	if l, err := f.store.LookUp(t.Context(), "acme"); err != nil || !l.Locked {
		t.Errorf("%+v, %v", l, err)
	}
	if err := f.store.Heartbeat(t.Context(), &Proxy{ID: NewProxyID(), Name: "p"}); err != nil {
		t.Error(err)
	}
}
