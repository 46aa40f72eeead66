package keysource_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// TestStatus: what is told about a tenant follows what happened, without asking anybody.
func TestStatus(t *testing.T) {
	b := newRig(t)
	if got := b.ring.Status(acme); got != (keysource.Status{Tenant: acme}) {
		t.Errorf("before anything: %+v", got)
	}
	began := b.clock.Now()
	b.wantAsk(0)
	want := keysource.Status{Tenant: acme, Provider: "fake", Key: "arn:fake:key/1", State: keysource.StateAvailable, Since: began,
		ReadableUntil: began.Add(cacheTime), Version: 1}
	if got := b.ring.Status(acme); got != want {
		t.Errorf("held: %+v", got)
	}
	b.clock.Advance(cacheTime * 8 / 10)
	b.wantAsk(0)
	b.wrapper.Answer(keysource.KMSCredentials)
	outage := b.clock.Now()
	b.sweep()
	got := b.ring.Status(acme)
	if got.State != keysource.StateUnreachable || got.Kind != keysource.KMSCredentials || got.Failure.Kind != got.Kind ||
		!got.Since.Equal(outage) || !got.ReadableUntil.Equal(began.Add(cacheTime)) {
		t.Errorf("outage: %+v", got)
	}
	b.wrapper.Answer(0)
	b.clock.Advance(time.Second)
	b.wantAsk(0)
	back := b.clock.Now()
	b.sweep()
	if got := b.ring.Status(acme); got.State != keysource.StateAvailable || !got.Since.Equal(back) || got.Kind != 0 {
		t.Errorf("back: %+v", got)
	}
	b.clock.Advance(cacheTime)
	b.wantAsk(0)
	if got := b.ring.Status(acme); !got.Since.Equal(back) {
		t.Errorf("still available since %v, want %v", got.Since, back)
	}
	b.add("beta")
	b.acquire("beta")
	if all := b.ring.Statuses(); len(all) != 2 || all[0].Tenant != acme || all[1].Tenant != "beta" {
		t.Errorf("all: %+v", all)
	}
}

// TestStates: every kind has its state, every state its name.
func TestStates(t *testing.T) {
	names := make(map[string]bool)
	for s := keysource.StateUnknown; s <= keysource.StateInvalid; s++ {
		names[s.String()] = true
	}
	for _, want := range []string{"unknown", "available", "withdrawn", "unreachable", "locked", "invalid"} {
		if !names[want] {
			t.Errorf("no state %q", want)
		}
	}
}

// TestUnknownTenants: a name that is no tenant's is refused, remembered for a while, and known as soon as there is such a tenant.
func TestUnknownTenants(t *testing.T) {
	b := newRig(t)
	for _, name := range []string{"", "nobody", strings.Repeat("x", 1<<20)} {
		_, err := b.ring.Acquire(t.Context(), name)
		if keysource.KindOf(err) != keysource.TenantUnknown {
			t.Errorf("%.10q: %v", name, err)
		}
		if len(err.Error()) > 1000 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	}
	reads := b.store.Reads()
	for range 100 {
		if _, err := b.ring.Acquire(t.Context(), "nobody"); kindOf(t, err) != keysource.TenantUnknown {
			t.Errorf("%v", err)
		}
	}
	if got := b.store.Reads() - reads; got != 0 {
		t.Errorf("%d reads", got)
	}
	b.add("nobody")
	b.poll()
	b.acquire("nobody")
}

// TestNamesAreBounded: sessions may name what they like, and fill no memory with it.
func TestNamesAreBounded(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	for i := range 10000 {
		if _, err := b.ring.Acquire(t.Context(), fmt.Sprint("name", i)); keysource.KindOf(err) != keysource.TenantUnknown {
			t.Fatal(err)
		}
	}
	if n := b.ring.Entries(); n > 5000 {
		t.Errorf("%d names are remembered", n)
	}
	b.clock.Advance(2 * time.Minute)
	b.wantAsk(0)
	b.sweep()
	if n := b.ring.Entries(); n != 1 {
		t.Errorf("%d names are remembered after two minutes", n)
	}
	b.wantCalls(1)
}

// TestObserver: what metrics are made of.
func TestObserver(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	b.wantAsk(0)
	b.clock.Advance(cacheTime * 8 / 10)
	b.wrapper.Answer(keysource.KMSThrottled)
	b.sweep()
	b.clock.Advance(time.Second)
	b.wrapper.Answer(keysource.KeyDisabled)
	b.wantAsk(0)
	b.sweep()
	b.wantAsk(keysource.KeyDisabled)
	if got := fmt.Sprint(b.heard.called); got != fmt.Sprint([]keysource.Kind{0, keysource.KMSThrottled, keysource.KeyDisabled}) {
		t.Errorf("calls heard of: %v", got)
	}
	if b.heard.hits != 2 || b.heard.misses != 2 {
		t.Errorf("%d hits, %d misses", b.heard.hits, b.heard.misses)
	}
	if got := fmt.Sprint(b.heard.evicted); got != fmt.Sprint([]keysource.Kind{keysource.KeyDisabled}) {
		t.Errorf("evictions heard of: %v", got)
	}
}

// TestAlarmOnce: an alarm is one event, however often somebody asks, and a new one after the record was in order.
func TestAlarmOnce(t *testing.T) {
	b := newRig(t)
	b.wantAsk(0)
	for range 2 {
		setVersion(b.store, 0)
		for range 10 {
			b.poll()
			b.clock.Advance(time.Second)
		}
		setVersion(b.store, 1)
		b.poll()
		if got := b.ring.Status(acme); got.State != keysource.StateAvailable {
			t.Errorf("status %+v", got)
		}
	}
	if b.heard.alarmed() != 2 {
		t.Errorf("%d alarms, want 2", b.heard.alarmed())
	}
	var e *keysource.Error
	if !errors.As(b.heard.alarms[0], &e) || e.Kind != keysource.KeyRecordInvalid || e.Tenant != acme {
		t.Errorf("alarm %v", e)
	}
}
