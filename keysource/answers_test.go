package keysource_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// refreshed brings a rig to 80 % of the cache time with a handle in use, and gives that handle.
func refreshed(b *rig) *keysource.Handle {
	b.t.Helper()
	h := b.acquire(acme)
	b.clock.Advance(cacheTime * 8 / 10)
	b.wantAsk(0)
	return h
}

// TestAnswersOfTheKMS is the table of answers, row by row, for what a driver says when a key that is held is refreshed.
func TestAnswersOfTheKMS(t *testing.T) {
	for _, c := range []struct {
		kind   keysource.Kind
		evicts bool
		alarms bool
		state  keysource.State
	}{
		{keysource.AccessDenied, true, false, keysource.StateWithdrawn},
		{keysource.KeyDisabled, true, false, keysource.StateWithdrawn},
		{keysource.KeyInvalidState, true, false, keysource.StateWithdrawn},
		{keysource.KeyNotFound, true, false, keysource.StateWithdrawn},
		{keysource.KeyStoreUnavailable, false, false, keysource.StateUnreachable},
		{keysource.KMSUnreachable, false, false, keysource.StateUnreachable},
		{keysource.KMSThrottled, false, false, keysource.StateUnreachable},
		{keysource.KMSCredentials, false, false, keysource.StateUnreachable},
		{keysource.KeyMismatch, false, true, keysource.StateInvalid},
	} {
		t.Run(c.kind.Code(), func(t *testing.T) {
			b := newRig(t)
			h := refreshed(b)
			value := sealed(t, h, 1, "title", "a secret")
			b.wrapper.Answer(c.kind)
			b.sweep()
			b.wantCalls(2)
			if c.evicts {
				wantCheck(t, h, c.kind)
				b.wantAsk(c.kind)
			} else {
				servedUntilDeadline(b, h, value, c.kind, cacheTime-cacheTime*8/10)
			}
			wantRefused(t, h, value, c.kind)
			if got := b.ring.Status(acme); got.State != c.state || got.Kind != c.kind || !got.ReadableUntil.IsZero() {
				t.Errorf("status %+v", got)
			}
			if got := b.heard.alarmed() > 0; got != c.alarms {
				t.Errorf("alarm: %v, want %v", got, c.alarms)
			}
			b.wrapper.Answer(0)
			b.clock.Advance(30 * time.Second)
			b.wantAsk(0) // by itself
			wantCheck(t, h, c.kind)
		})
	}
}

// servedUntilDeadline: everything works up to the last nanosecond, and nothing from the deadline on.
func servedUntilDeadline(b *rig, h *keysource.Handle, value []byte, kind keysource.Kind, left time.Duration) {
	b.t.Helper()
	b.clock.Advance(left - 1)
	b.wantAsk(0)
	wantOpen(b.t, h, "title", value, "a secret")
	if got := b.ring.Status(acme); got.Kind != kind || !got.ReadableUntil.Equal(b.clock.Now().Add(1)) {
		b.t.Errorf("status %+v", got)
	}
	b.clock.Advance(1)
	wantCheck(b.t, h, kind)
	b.wantAsk(kind)
}

func wantRefused(t *testing.T, h *keysource.Handle, value []byte, kind keysource.Kind) {
	t.Helper()
	if out, err := h.Open([]byte("x"), column("title"), value); keysource.KindOf(err) != kind || string(out) != "x" {
		t.Errorf("Open: %q, %v; want %v", out, err, kind)
	}
	for _, m := range []crypto.Mode{1, 2} {
		if out, err := h.Seal([]byte("x"), column("title"), m, []byte("y")); keysource.KindOf(err) != kind || string(out) != "x" {
			t.Errorf("Seal: %q, %v; want %v", out, err, kind)
		}
	}
}

// TestAnswersOfTheRecord: the same table for what the record says, noticed by polling and without any call of the KMS.
func TestAnswersOfTheRecord(t *testing.T) {
	invalid := &keysource.Error{Kind: keysource.KeyRecordInvalid, Op: keysource.OpRecord, Cause: errors.New("the MAC does not verify")}
	for _, c := range []struct {
		name   string
		change func(b *rig)
		mend   func(b *rig)
		kind   keysource.Kind
		evicts bool
	}{
		{"locked",
			func(b *rig) { b.store.Lock(acme, "officer", b.clock.Now().Add(-time.Hour)) },
			func(b *rig) { b.store.Unlock(acme) },
			keysource.KeyLocked, true},
		{"retired",
			func(b *rig) { b.store.Update(acme, func(r *keysource.TenantRecord) { r.Retired = true }) },
			func(b *rig) { b.store.Update(acme, func(r *keysource.TenantRecord) { r.Retired = false }) },
			keysource.TenantUnknown, true},
		{"forged",
			func(b *rig) { forge(b.store, invalid) },
			func(b *rig) { b.store.Before(nil); b.store.Fail(nil) },
			keysource.KeyRecordInvalid, false},
		{"older",
			func(b *rig) { setVersion(b.store, 4) },
			func(b *rig) { setVersion(b.store, 5) },
			keysource.KeyRecordInvalid, false},
		{"gone",
			func(b *rig) { b.store.Remove(acme) },
			nil,
			keysource.KeyRecordInvalid, false},
		{"another's",
			func(b *rig) { b.store.Update(acme, func(r *keysource.TenantRecord) { r.Name = "mallory" }) },
			func(b *rig) { b.store.Update(acme, func(r *keysource.TenantRecord) { r.Name = acme }) },
			keysource.KeyRecordInvalid, false},
		{"without a number",
			func(b *rig) { b.store.Update(acme, func(r *keysource.TenantRecord) { r.Current.Number = 0 }) },
			nil,
			keysource.KeyRecordInvalid, false},
		{"cache time stretched",
			func(b *rig) { setCacheTime(b.store, keysource.MaxCacheTime+1) },
			func(b *rig) { setCacheTime(b.store, cacheTime) },
			keysource.KeyRecordInvalid, false},
		{"cache time too short",
			func(b *rig) { setCacheTime(b.store, keysource.MinCacheTime-1) },
			func(b *rig) { setCacheTime(b.store, cacheTime) },
			keysource.KeyRecordInvalid, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newRig(t)
			setVersion(b.store, 5)
			h := b.acquire(acme)
			value := sealed(t, h, 1, "title", "a secret")
			c.change(b)
			b.poll()
			if c.evicts {
				wantCheck(t, h, c.kind)
				b.wantAsk(c.kind)
			} else {
				servedUntilDeadline(b, h, value, c.kind, cacheTime)
			}
			wantRefused(t, h, value, c.kind)
			b.wantCalls(1)
			if c.mend != nil {
				c.mend(b)
				b.poll()
				b.wantAsk(0)
				b.wantCalls(2)
			}
			if want := !c.evicts; (b.heard.alarmed() == 1) != want {
				t.Errorf("%d alarms, want one: %v", b.heard.alarmed(), want)
			}
		})
	}
}

// forge lets the versions look changed and every read of a record fail with err.
func forge(s *keysourcetest.Store, err error) {
	setVersion(s, 6)
	s.Before(func(op string) {
		if op == keysourcetest.StoreTenant {
			s.Fail(err)
		} else {
			s.Fail(nil)
		}
	})
}

func setVersion(s *keysourcetest.Store, v int64) {
	r := s.Record(acme)
	r.Version = v
	s.Put(r)
}

func setCacheTime(s *keysourcetest.Store, d time.Duration) {
	s.Update(acme, func(r *keysource.TenantRecord) { r.CacheTime = d })
}

// TestStoreUnreachable: what is held is used until its deadline, nothing new is taken, and the return is noticed.
func TestStoreUnreachable(t *testing.T) {
	b := newRig(t)
	b.add("beta")
	h := refreshed(b)
	value := sealed(t, h, 1, "title", "a secret")
	b.store.Fail(errors.New("connection refused"))
	b.poll()
	b.sweep()
	if _, err := b.ring.Acquire(t.Context(), "beta"); keysource.KindOf(err) != keysource.KMSUnreachable {
		t.Errorf("a key that was not held: %v", err)
	}
	servedUntilDeadline(b, h, value, keysource.KMSUnreachable, cacheTime-cacheTime*8/10)
	b.wantCalls(1)
	b.store.Fail(nil)
	b.clock.Advance(30 * time.Second)
	b.wantAsk(0)
}

// mute is a driver that breaks its contract: neither a key nor an error.
type mute struct{ keysource.Wrapper }

func (mute) Unwrap(context.Context, keysource.KeySpec, keysource.Wrapped) (*crypto.DataKey, string, error) {
	return nil, "", nil
}

// TestMuteDriver: no key is no yes.
func TestMuteDriver(t *testing.T) {
	b := newRig(t, func(o *keysource.Options) { o.Wrappers["fake"] = mute{} })
	b.wantAsk(keysource.KMSUnreachable)
}

// TestUnusualDrivers: what a driver may not say, and a provider that is not configured, is no word of the key's owner.
func TestUnusualDrivers(t *testing.T) {
	b := newRig(t)
	for _, k := range []keysource.Kind{keysource.KeyLocked, keysource.TenantUnknown, keysource.KeyRecordInvalid, keysource.ValueKeyUnknown} {
		b.wrapper.Answer(k)
		b.wantAsk(keysource.KMSUnreachable)
		b.clock.Advance(time.Minute)
	}
	b.wrapper.Answer(0)
	b.store.Update(acme, func(r *keysource.TenantRecord) { r.Spec.Provider = "nobody" })
	b.wantAsk(keysource.KeyStoreUnavailable)
}
