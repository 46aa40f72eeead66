package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// stalled is a client that takes nothing of what it has asked for.
type stalled struct{ begun, released chan struct{} }

func (s stalled) Write(p []byte) (int, error) {
	select {
	case s.begun <- struct{}{}:
	default:
	}
	<-s.released
	return 0, errors.New("it has gone")
}

// TestSlowReaders: whoever has events exported and does not take them keeps nobody's key from being locked, however many do so; nor other users from reading.
func TestSlowReaders(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.until(conn, "")
	live := d.service.sites[0]
	acme, err := live.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	for range 20 { // more than an export gathers before it sends
		if err := live.store.Record(t.Context(), pgstore.Event{Tenant: acme.ID, Kind: access.EventDenied, Actor: "somebody", Detail: strings.Repeat("x", 400)}); err != nil {
			t.Fatal(err)
		}
	}
	ops := newOperations(d.service.sites, d.service.log)
	ref := admin.TenantRef{Database: "dealroom", Name: "acme"}
	client := stalled{make(chan struct{}, 1), make(chan struct{})}
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	as := func(name string) context.Context {
		return access.NewContext(ctx, &access.User{Name: name, Role: access.Officer, Tenants: []string{"acme"}})
	}
	for range 8 {
		readers.Go(func() {
			if err := ops.WriteEvents(as("mallory"), client, admin.EventQuery{TenantRef: ref}, "csv"); err == nil {
				t.Error("an export to nobody has succeeded")
			}
		})
	}
	defer func() { stop(); close(client.released); readers.Wait() }()
	select {
	case <-client.begun:
	case <-time.After(time.Minute):
		t.Fatal("no export has begun")
	}
	soon, enough := context.WithTimeout(as("carol"), time.Minute)
	defer enough()
	if _, err := ops.Events(soon, admin.EventQuery{TenantRef: ref}); err != nil {
		t.Errorf("another user: %v", err)
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		readers.Go(func() { _ = ops.WriteEvents(as(name), client, admin.EventQuery{TenantRef: ref}, "csv") })
	}
	d.run("key", "lock", "acme")
	d.until(conn, "KU009")
	if _, err := ops.Events(soon, admin.EventQuery{TenantRef: ref}); err != nil {
		t.Errorf("beside five users who take nothing: %v", err)
	}
	if n := live.store.Conns(pgstore.AsGuest(t.Context())).Stat().MaxConns() - readsAtOnce; n < 2 {
		t.Errorf("%d connections are left for what is short", n)
	}
}

// TestStoreTroubleIsNotTold: what the database says is for the log, not for whoever asks the page or the API.
func TestStoreTroubleIsNotTold(t *testing.T) {
	a := startAPI(t)
	control := a.d.cluster.Conn(t, "dealroom", "")
	if _, err := control.Exec(t.Context(), "ALTER TABLE pgseal.event RENAME TO another; ALTER TABLE pgseal.proxy RENAME TO further"); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"events", "events.csv", "key", "report"} {
		v := a.acme("carol", "GET", what, "", http.StatusBadGateway)
		if text, _ := v["detail"].(string); v["code"] != "store" || strings.Contains(text, "SQLSTATE") || strings.Contains(text, "pgseal.") {
			t.Errorf("%s: %v", what, v)
		}
	}
	var text string
	for end := time.Now().Add(time.Minute); text == "" && time.Now().Before(end); time.Sleep(100 * time.Millisecond) { // a look of before is shown for a second
		v, _ := a.ask("vera", "GET", "/api/v1/databases", "", 200)
		text, _ = v[""].([]any)[0].(map[string]any)["problem"].(string)
	}
	if text == "" || strings.Contains(text, "SQLSTATE") {
		t.Errorf("the database that cannot be read: %q", text)
	}
}
