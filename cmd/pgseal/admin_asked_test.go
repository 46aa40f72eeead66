package main

import (
	"context"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
)

// TestAskingWithoutEnd: one user whose requests are not answered gets no more of them under way than a few; they keep no proxy from its heartbeat, and nobody, himself
// included, from locking a key.
func TestAskingWithoutEnd(t *testing.T) {
	a := startAPI(t)
	control := a.d.cluster.Conn(t, "dealroom", "")
	held, err := control.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := held.Exec(t.Context(), "LOCK TABLE pgseal.proposal"); err != nil { // whoever asks for proposals waits
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	defer func() { stop(); _ = held.Rollback(context.Background()); asking.Wait() }()
	get := func(ctx context.Context) int {
		r, err := http.NewRequestWithContext(ctx, "GET", a.base+apiPrefix+"tenants/acme/proposals", nil)
		if err != nil {
			t.Error(err)
			return 0
		}
		r.Header.Set("Authorization", "Bearer "+a.tokens["carol"])
		answer, err := http.DefaultClient.Do(r)
		if err != nil { // nobody waits for it any more
			return 0
		}
		defer answer.Body.Close()
		_, _ = io.Copy(io.Discard, answer.Body)
		return answer.StatusCode
	}
	for range 8 {
		asking.Go(func() {
			for get(ctx) == http.StatusTooManyRequests { // one of those below
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	for end, more := time.Now().Add(time.Minute), 0; more != http.StatusTooManyRequests; {
		if time.Now().After(end) {
			t.Fatalf("the ninth request: %d", more)
		}
		soon, enough := context.WithTimeout(ctx, time.Second)
		more = get(soon)
		enough()
	}
	watch := a.d.cluster.Conn(t, "dealroom", "")
	for end, since := time.Now().Add(time.Minute), time.Now().Add(3*time.Second); ; time.Sleep(100 * time.Millisecond) {
		var beats bool
		if err := watch.QueryRow(t.Context(), "SELECT min(heartbeat_at) > $1 FROM pgseal.proxy", since).Scan(&beats); err != nil {
			t.Fatal(err)
		}
		if beats {
			break
		} else if time.Now().After(end) {
			t.Fatal("a proxy's heart does not beat any more")
		}
	}
	locked, enough := context.WithTimeout(ctx, time.Minute)
	defer enough()
	r, err := http.NewRequestWithContext(locked, "POST", a.base+apiPrefix+"tenants/acme/lock", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+a.tokens["carol"])
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatalf("the key cannot be locked: %v", err)
	}
	answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		t.Errorf("lock: %s", answer.Status)
	}
	if _, err := a.d.service.sites[0].store.LookUp(t.Context(), "acme"); err != nil {
		t.Error(err)
	}
}

// TestProbesAreShared: the key service is asked about a tenant's key once a second, whoever asks and however often, and once more where something was changed.
func TestProbesAreShared(t *testing.T) {
	d := deploy(t)
	now := time.Now()
	ops := newOperations(d.service.sites, d.service.log)
	ops.probes = newAsked[*admin.Probe](func() time.Time { return now })
	ref := admin.TenantRef{Database: "dealroom", Name: "acme"}
	probe := func(want int) {
		t.Helper()
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if p, err := ops.Probe(t.Context(), "olga", ref); err != nil || !p.Usable {
					t.Errorf("%+v, %v", p, err)
				}
			})
		}
		all.Wait()
		n := 0
		for _, e := range d.events(pgstore.EventProbed) {
			if e.Kind == pgstore.EventProbed {
				n++
			}
		}
		if n != want {
			t.Errorf("%d probes, want %d", n, want)
		}
	}
	probe(1)
	now = now.Add(999 * time.Millisecond)
	probe(1)
	now = now.Add(time.Millisecond)
	probe(2)
	if err := ops.Lock(t.Context(), "olga", ref); err != nil {
		t.Fatal(err)
	}
	if err := ops.Unlock(t.Context(), "olga", ref); err != nil {
		t.Fatal(err)
	}
	probe(3)
	if err := ops.EndDrill(t.Context(), "olga", ref); err == nil {
		t.Error("a drill that there is not was ended")
	}
	if err := ops.Unlock(t.Context(), "olga", ref); err != nil { // it is not locked
		t.Fatal(err)
	}
	probe(3) // or whoever does such things could have it asked as often as he likes
	now = now.Add(time.Second)
	probe(4)
	if err := ops.Lock(t.Context(), "olga", ref); err != nil {
		t.Fatal(err)
	}
	probe(5)
	if _, err := ops.Probe(t.Context(), "olga", admin.TenantRef{Database: "dealroom", Name: "nobody"}); err != admin.ErrUnknown || len(ops.probes.of) != 1 {
		t.Errorf("%v, %d are remembered", err, len(ops.probes.of))
	}
}
