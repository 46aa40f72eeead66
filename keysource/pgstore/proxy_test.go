package pgstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

func TestHeartbeat(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	if _, err := f.store.Tenant(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	p := Proxy{ID: NewProxyID(), Name: "host/1", Started: time.Now(), Policy: PolicyHash{1, 2, 3}, Acks: map[string]ColumnState{"aa": ColumnSealing}}
	for range 3 {
		if err := f.store.Heartbeat(t.Context(), &p); err != nil {
			t.Fatal(err)
		}
	}
	// What was seen changes between two heartbeats.
	if _, err := f.store.Lock(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Tenant(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if err := f.store.Heartbeat(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	all, err := f.store.Proxies(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	got := all[0]
	if got.ID != p.ID || got.Policy != p.Policy || got.Acks["aa"] != ColumnSealing || !got.Live() || got.Age > 5*time.Second {
		t.Errorf("%+v", got)
	}
	if len(got.Seen.Versions) < 3 || got.Seen.Epoch == 0 {
		t.Errorf("seen: %+v", got.Seen)
	}
	stale := p
	if err := f.store.Heartbeat(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	if err := f.store.Heartbeat(t.Context(), &stale); !errors.Is(err, ErrConflict) {
		t.Errorf("two writers of one record: %v", err)
	}
	// A record that was forgotten comes back whole.
	if err := f.store.Unregister(t.Context(), p.ID); err != nil {
		t.Fatal(err)
	}
	if err := f.store.Heartbeat(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	if all, err := f.store.Proxies(t.Context()); err != nil || len(all) != 1 || len(all[0].Seen.Versions) < 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestDeadProxies(t *testing.T) {
	f := newFixture(t)
	p := Proxy{ID: NewProxyID(), Name: "p"}
	if err := f.store.Heartbeat(t.Context(), &p); err != nil {
		t.Fatal(err)
	}
	all, err := f.store.Proxies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dead := all[0]
	dead.Age = ProxyLifetime
	if !all[0].Live() || dead.Live() {
		t.Error("Live")
	}
	if err := f.store.ForgetProxies(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	if all, err := f.store.Proxies(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	if err := f.store.ForgetProxies(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if all, err := f.store.Proxies(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestKilledProxiesAreForgotten: records of proxies that were killed do not pile up, and what was seen is not forgotten with them.
func TestKilledProxiesAreForgotten(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	if _, err := f.store.LookUp(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	died := func(before time.Duration) {
		t.Helper()
		p := Proxy{ID: NewProxyID(), Name: "killed", Started: time.Unix(1e9, 0), Heartbeat: micro(time.Now().Add(-before)), version: 1}
		p.Seen, _ = f.store.memory.copy()
		text, err := p.encode()
		if err != nil {
			t.Fatal(err)
		}
		if done, err := f.store.register(t.Context(), &p, text, p.record(f.store.id, text).sign(f.store.key)); err != nil || !done {
			t.Fatal(done, err)
		}
	}
	died(2 * proxiesKept)
	died(proxiesKept + time.Minute)
	died(proxiesKept - time.Hour)
	live := Proxy{ID: NewProxyID(), Name: "live"}
	count := func() int {
		t.Helper()
		all, err := f.store.Proxies(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if n := count(); n != 3 {
		t.Fatal(n)
	}
	if err := f.store.Heartbeat(t.Context(), &live); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 2 {
		t.Errorf("%d records are left, want the live one's and that of the one that died lately", n)
	}
	died(2 * proxiesKept)
	for range forgetEvery - 1 {
		live.version++ // heartbeats
	}
	f.exec(t, fmt.Sprintf("UPDATE pgseal.proxy SET version = %d WHERE name = 'live'", live.version))
	if err := f.store.Heartbeat(t.Context(), &live); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 2 {
		t.Errorf("%d records are left an hour later", n)
	}
	if seen, err := remembers(t.Context(), f.store.pool, f.store, ""); err != nil || seen.Versions["name acme"] != live.Seen.Versions["name acme"] || len(seen.Versions) < 3 {
		t.Errorf("%+v, %v", seen, err)
	}
}

// TestTenantState: what an application's role reads in the view.
func TestTenantState(t *testing.T) {
	f := newFixture(t)
	for _, name := range []string{"held", "denied", "locked", "unused"} {
		f.addTenant(t, name)
	}
	if _, err := f.store.Lock(t.Context(), "locked", "officer"); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	good := Proxy{ID: NewProxyID(), Name: "good", Keys: []KeyReport{
		ReportStatus(keysource.Status{Tenant: "held", State: keysource.StateAvailable, Since: at, ReadableUntil: at.Add(time.Hour)}),
		ReportStatus(keysource.Status{Tenant: "denied", State: keysource.StateAvailable, Since: at}),
		ReportStatus(keysource.Status{Tenant: "locked", State: keysource.StateAvailable, Since: at, ReadableUntil: at}),
	}}
	bad := Proxy{ID: NewProxyID(), Name: "bad", Keys: []KeyReport{
		ReportStatus(keysource.Status{Tenant: "denied", State: keysource.StateWithdrawn, Kind: keysource.AccessDenied, Since: at})}}
	for _, p := range []*Proxy{&good, &bad} {
		if err := f.store.Heartbeat(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	// Until when a key is readable is what was registered before it was used, also by who is not heard of.
	for name, left := range map[string]time.Duration{"held": time.Hour, "locked": -1} {
		tenant, err := f.store.LookUp(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.store.Hold(t.Context(), tenant.ID, left); err != nil {
			t.Fatal(err)
		}
	}
	conn := server.Conn(t, f.database, "app")
	var lines []string
	rows, err := conn.Query(t.Context(), `SELECT concat_ws(' ', tenant, state, code, readable_until > now() + '50 min' AND readable_until < now() + '70 min', since IS NULL)
		FROM pgseal.tenant_state ORDER BY tenant`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	want := "denied withdrawn KU001 f\nheld available t f\nlocked locked KU009 f\nunused unused t"
	if got := strings.Join(lines, "\n"); got != want || rows.Err() != nil {
		t.Errorf("got\n%s\nwant\n%s\n%v", got, want, rows.Err())
	}
}

func TestAwaitHint(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	woken := make(chan error, 1)
	go func() { woken <- f.store.AwaitHint(t.Context()) }()
	deadline := time.After(20 * time.Second)
	for {
		if _, err := f.store.Lock(t.Context(), "acme", "tester"); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-woken:
			if err != nil {
				t.Error(err)
			}
			return
		case <-deadline:
			t.Fatal("no hint")
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// TestHeartbeatWritesWhatIsNews: a key's state is written with the next heartbeat; deadlines alone, which move with every refresh, not
// with each.
func TestHeartbeatWritesWhatIsNews(t *testing.T) {
	f := newFixture(t)
	p := Proxy{ID: NewProxyID(), Name: "host/1"}
	beat := func(state string, until time.Time) (written KeyReport) {
		t.Helper()
		p.Keys = []KeyReport{{Tenant: "acme", State: state, ReadableUntil: &until}}
		if err := f.store.Heartbeat(t.Context(), &p); err != nil {
			t.Fatal(err)
		}
		all, err := f.store.Proxies(t.Context())
		if err != nil || len(all) != 1 || len(all[0].Keys) != 1 {
			t.Fatalf("%+v, %v", all, err)
		}
		return all[0].Keys[0]
	}
	first, later := micro(time.Now()), micro(time.Now().Add(time.Minute))
	beat("available", first)
	if got := beat("available", later); !got.ReadableUntil.Equal(first) {
		t.Errorf("a deadline was written at once: %v", got.ReadableUntil)
	}
	if got := beat("withdrawn", later); got.State != "withdrawn" || !got.ReadableUntil.Equal(later) {
		t.Errorf("a state was not: %+v", got)
	}
	p.reportAt = p.reportAt.Add(-reportGap)
	if got := beat("withdrawn", first); !got.ReadableUntil.Equal(first) {
		t.Errorf("after a while the deadline is still %v", got.ReadableUntil)
	}
}
