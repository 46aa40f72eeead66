package pgstore

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

func happening(f *fixture, t *Tenant, what keysource.What) keysource.Happening {
	return keysource.Happening{What: what, At: time.Now(), Tenant: t.ID, Name: t.Name, Key: "arn", Requests: []string{"r"}}
}

// TestRecorder: what a proxy's keyring tells is written in the background; more
// than fits, while the database cannot be written, is counted and told of.
func TestRecorder(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	var reports []RecorderReport
	r := f.store.NewRecorder(RecorderOptions{Actor: "proxy:1", After: func(p RecorderReport) { reports = append(reports, p) }})
	f.exec(t, "ALTER TABLE pgseal.event RENAME TO gone")
	const more = 7
	began := time.Now()
	for range recorderQueue + more {
		r.Happened(happening(f, acme, keysource.Fetched))
	}
	if took := time.Since(began); took > 5*time.Second { // some µs each; on a loaded machine, too
		t.Errorf("%d events took %s to take", recorderQueue, took)
	}
	r.lived = time.Now()
	r.round(t.Context())
	r.round(t.Context())
	if len(reports) != 1 || reports[0].Dropped != more || reports[0].Written != 0 {
		t.Errorf("%+v", reports)
	}
	f.exec(t, "ALTER TABLE pgseal.gone RENAME TO event")
	began = time.Now()
	r.round(t.Context())
	t.Logf("%d events written in %s", recorderQueue, time.Since(began))
	r.Close(t.Context())
	last := reports[len(reports)-1]
	if last.Dropped != more || last.Written != recorderQueue+1 || last.Head.Seq != recorderQueue+2 {
		t.Errorf("%+v", last)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Kinds: []string{EventDropped}})
	if err != nil || len(events) != 1 || !strings.HasPrefix(events[0].Detail, fmt.Sprint(more, " events from ")) {
		t.Errorf("%+v, %v", events, err)
	}
	began = time.Now()
	proof := f.prove(t, last.Head)
	t.Logf("%d events verified in %s", proof.Events, time.Since(began))
	if len(proof.Problems) != 0 || proof.Events != recorderQueue+2 {
		t.Errorf("%+v", proof)
	}
}

// TestCheckpoints: a proxy that has nothing to say witnesses what a command has
// written, once; two proxies do not witness each other's checkpoints for ever.
func TestCheckpoints(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	now := time.Now()
	recorder := func() *Recorder {
		r := f.open(t, Options{}).NewRecorder(RecorderOptions{Actor: "proxy", Now: func() time.Time { return now }})
		r.round(t.Context())
		return r
	}
	one, two := recorder(), recorder()
	rounds := func() (written int64) {
		before := f.prove(t).Events
		for range 3 {
			now = now.Add(askEvery)
			one.round(t.Context())
			two.round(t.Context())
		}
		return f.prove(t).Events - before
	}
	if n := rounds(); n != 0 {
		t.Errorf("%d checkpoints with nothing to witness", n)
	}
	command := f.open(t, Options{})
	if _, err := command.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	if n := rounds(); n != 2 {
		t.Errorf("%d checkpoints after a command", n)
	}
	f.exec(t, `ALTER TABLE pgseal.event DISABLE TRIGGER ALL; ALTER TABLE pgseal.event_head DISABLE TRIGGER ALL;
		DELETE FROM pgseal.event WHERE kind = 'locked'; DELETE FROM pgseal.event_head WHERE writer = '`+f.writer(t, command).String()+`'`)
	if text := f.prove(t).text(); !strings.Contains(text, "all its events, 1, are missing: event") {
		t.Errorf("a command's chain deleted: %q", text)
	}
	now = now.Add(checkpointEvery)
	one.round(t.Context())
	events, err := f.store.Events(t.Context(), EventFilter{Kinds: []string{EventCheckpoint}, Limit: 1})
	if err != nil || len(events) != 1 || !events[0].At.Equal(micro(now)) {
		t.Errorf("a sign of life: %+v, %v", events, err)
	}
}

// TestKeyringsEvents joins a keyring to the log.
func TestKeyringsEvents(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	r := f.store.NewRecorder(RecorderOptions{Actor: "proxy:1"})
	ring := keysource.NewKeyring(keysource.Options{Store: f.store, Journal: r,
		Wrappers: map[string]keysource.Wrapper{keysource.ProviderLocal: f.wrapper}})
	ask := func() {
		if h, err := ring.Acquire(t.Context(), "acme"); err == nil {
			h.Release()
		}
	}
	ask()
	if _, err := f.store.Lock(t.Context(), "acme", "officer"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error)
	go func() { ran <- ring.Run(ctx) }()
	want := "key fetched arn:fake:key/1 [fake-request] held until, key evicted arn:fake:key/1 [] KU009 key_locked since"
	deadline := time.Now().Add(30 * time.Second)
	for {
		r.Close(t.Context())
		events, err := f.store.Events(t.Context(), EventFilter{Tenant: "acme", Kinds: []string{EventFetched, EventEvicted}})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for i := len(events) - 1; i >= 0; i-- {
			e := events[i]
			detail, _, _ := strings.Cut(e.Detail, " 2")
			all = append(all, fmt.Sprint(e.Kind, " ", e.Key, " ", e.Requests, " ", detail))
		}
		if got := strings.Join(all, ", "); got == want {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	if err := <-ran; err != nil {
		t.Error(err)
	}
	ring.Close()
	f.wantWhole(t)
}

// TestLogBlocked: somebody holds a lock on the event table for as long as he
// likes. Keys are fetched as ever, and the events are written when he lets go.
func TestLogBlocked(t *testing.T) {
	f := newFixture(t)
	const tenants = 8
	for n := range tenants {
		f.addTenant(t, fmt.Sprint("tenant", n))
	}
	tx, err := server.Conn(t, f.database, "").Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "LOCK TABLE pgseal.event IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	r := f.store.NewRecorder(RecorderOptions{Actor: "proxy:1"})
	ring := keysource.NewKeyring(keysource.Options{Store: f.store, Journal: r, CallTimeout: 20 * time.Second,
		Wrappers: map[string]keysource.Wrapper{keysource.ProviderLocal: f.wrapper}})
	defer ring.Close()
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan error)
	go func() { ran <- r.Run(ctx) }()
	waiting := func() (n int) {
		if err := f.store.pool.QueryRow(t.Context(), "SELECT count(*) FROM pg_locks WHERE NOT granted").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for deadline := time.Now().Add(30 * time.Second); waiting() == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nobody waits for the lock")
		}
	}
	for n := range tenants {
		h, err := ring.Acquire(t.Context(), fmt.Sprint("tenant", n))
		if err != nil {
			t.Fatal(err)
		}
		h.Release()
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop()
	<-ran
	r.Close(t.Context())
	events, err := f.store.Events(t.Context(), EventFilter{Kinds: []string{EventFetched}})
	if err != nil || len(events) != tenants {
		t.Errorf("%d events, %v", len(events), err)
	}
	f.wantWhole(t)
}
