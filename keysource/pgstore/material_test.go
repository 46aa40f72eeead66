package pgstore

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// described is a KMS that says what it is told to say.
type described struct {
	keysource.Material
	err   error
	asked *sync.Map
}

func (d described) Describe(_ context.Context, spec keysource.KeySpec, _ keysource.Wrapped) (keysource.Material, error) {
	if d.asked != nil {
		d.asked.Store(time.Now(), spec.TenantName)
	}
	if d.KeyARN == "" {
		d.Material = keysource.Material{KeyARN: spec.KeyARN, MaterialID: "other", How: keysource.RotatedOnDemand, RotatedAt: time.Now()}
	}
	return d.Material, d.err
}

// TestCheckMaterial: a rotation at the KMS is noticed once, stays pending until the data key is wrapped anew, and whoever may not ask is told no error.
func TestCheckMaterial(t *testing.T) {
	now := time.Now()
	f := newFixture(t)
	f.addTenant(t, "acme")
	s := f.open(t, Options{Now: func() time.Time { return now }})
	check := func(d described) MaterialCheck {
		t.Helper()
		c, err := s.CheckMaterial(t.Context(), "acme", "proxy", time.Hour, d)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	want := func(what string, c MaterialCheck, asked, news, pending bool) {
		t.Helper()
		if c.Asked != asked || c.News != news || c.Pending(c.Tenant) != pending {
			t.Errorf("%s: asked %v, news %v, pending %v, of %+v", what, c.Asked, c.News, c.Pending(c.Tenant), c.KeyMaterial)
		}
	}
	tenant, err := s.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	same := described{Material: keysource.Material{KeyARN: keysourcetest.FakeARN, MaterialID: tenant.Current.Wrapped.MaterialID}}
	rotated := described{Material: keysource.Material{KeyARN: keysourcetest.FakeARN, MaterialID: "2", RotatedAt: now.Add(-time.Minute), How: keysource.RotatedAutomatically}}
	elsewhere := described{Material: keysource.Material{KeyARN: otherARN, MaterialID: "3", How: keysource.RotatedManually}}
	denied := described{err: &keysource.Error{Kind: keysource.AccessDenied, Refused: "kms:DescribeKey"}}

	want("the same", check(same), true, false, false)
	want("within the interval", check(rotated), false, false, false)
	now = now.Add(time.Hour)
	want("not allowed", check(denied), true, false, false)
	if m, err := s.Material(t.Context(), tenant); err != nil || m.Problem == "" {
		t.Errorf("%+v, %v", m, err)
	}
	now = now.Add(time.Hour)
	noticed := micro(now)
	want("rotated", check(rotated), true, true, true)
	now = now.Add(time.Hour)
	want("rotated, again", check(rotated), true, false, true)
	if m, err := s.Material(t.Context(), tenant); err != nil || m.Problem != "" || !m.NoticedAt.Equal(noticed) || m.How != keysource.RotatedAutomatically || m.RotatedAt.IsZero() {
		t.Errorf("%+v, %v", m, err)
	}
	now = now.Add(time.Hour)
	want("unreachable", check(described{err: &keysource.Error{Kind: keysource.KMSUnreachable}}), true, false, true)
	now = now.Add(time.Hour)
	want("an alias moved", check(elsewhere), true, true, true)
	events, err := s.Events(t.Context(), EventFilter{Tenant: "acme", Limit: 10})
	if err != nil || len(events) != 3 || events[0].Kind != EventMaterial {
		t.Errorf("events: %+v, %v", events, err)
	}

	f.wrapper.AddKey(otherARN)
	to := MasterKeyOf(tenant.Spec)
	to.KeyARN = otherARN
	if _, err := s.Rewrap(t.Context(), "acme", "tester", to, f.wrapper); err != nil {
		t.Fatal(err)
	}
	c := check(elsewhere) // another key is configured: at once
	want("wrapped anew", c, true, true, true)
	if c.Key != otherARN {
		t.Errorf("%+v", c.KeyMaterial)
	}
}

// TestOneProxyAsks: of many that find at the same moment that it is time one asks the KMS.
func TestOneProxyAsks(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	for round := range 3 {
		d := described{asked: &sync.Map{}}
		var all sync.WaitGroup
		for range 6 {
			s := f.open(t, Options{Now: func() time.Time { return time.Now().Add(time.Duration(round) * 2 * time.Hour) }})
			all.Go(func() {
				if _, err := s.CheckMaterial(t.Context(), "acme", "proxy", time.Hour, d); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		n := 0
		d.asked.Range(func(any, any) bool { n++; return true })
		if n != 1 {
			t.Errorf("round %d: asked %d times", round, n)
		}
	}
}

// TestMaterialIsDue: a proxy that has waited for another, or whose clock is a little behind, takes what that one has just written for what it is.
func TestMaterialIsDue(t *testing.T) {
	tenant := &Tenant{}
	tenant.Spec.KeyARN = "arn"
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for ago, due := range map[time.Duration]bool{time.Hour: true, time.Minute: false, 0: false, -time.Millisecond: false, -clockSlack: false, -time.Hour: true} {
		m := &KeyMaterial{Key: "arn", CheckedAt: now.Add(-ago)}
		if m.due(tenant, now, time.Hour) != due {
			t.Errorf("asked %s ago: due is %t", ago, !due)
		}
		if m.Key = "another"; !m.due(tenant, now, time.Hour) {
			t.Errorf("another key, asked %s ago, is not due", ago)
		}
	}
}
