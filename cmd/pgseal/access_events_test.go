package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/localkey"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/postgres"
)

// openStores makes a store in each of two databases, with tenants.
func openStores(t *testing.T, tenants map[string][]string) map[string]*pgstore.Store {
	t.Helper()
	cluster, err := postgres.Open(t.Context(), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	master := filepath.Join(t.TempDir(), "master.key")
	if err := localkey.Create(master); err != nil {
		t.Fatal(err)
	}
	key, err := crypto.GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	stores := map[string]*pgstore.Store{}
	for database, names := range tenants {
		if _, err := cluster.Conn(t, "postgres", "").Exec(t.Context(), "CREATE DATABASE "+database+" ENCODING 'UTF8' TEMPLATE template0"); err != nil {
			t.Fatal(err)
		}
		if _, err := pgstore.Init(t.Context(), cluster.Conn(t, database, ""), key, time.Now()); err != nil {
			t.Fatal(err)
		}
		store, err := pgstore.Open(t.Context(), pgstore.Options{Conn: cluster.URL(database, ""), Key: key, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(store.Close)
		for _, name := range names {
			if _, err := store.AddTenant(t.Context(), pgstore.NewTenant{Name: name, Provider: keysource.ProviderLocal, Actor: "tester"}, localkey.New(master)); err != nil {
				t.Fatal(err)
			}
		}
		stores[database] = store
	}
	return stores
}

// TestAccessEvents: what happens at the door of the admin page is kept with the tenants that it concerns, in the databases that it concerns, and nowhere else.
func TestAccessEvents(t *testing.T) {
	t.Parallel()
	stores := openStores(t, map[string][]string{"app": {"acme", "other"}, "second": {"acme"}})
	var log strings.Builder
	a := newAccessEvents(stores, slog.New(slog.NewTextHandler(io.Writer(&log), nil)))
	for _, tenant := range []string{"acme", access.Tenant("app", "acme"), access.Tenant("second", "other"), "nobody"} {
		a.record(t.Context(), access.Event{Kind: access.EventDenied, User: "carol", Role: access.Officer, Via: access.ViaPassword, Address: "192.0.2.1", Tenant: tenant, Action: access.SetARN})
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := a.run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for database, want := range map[string]int{"app": 2, "second": 1} {
		events, err := stores[database].Events(t.Context(), pgstore.EventFilter{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, e := range events {
			if e.Kind != access.EventDenied {
				continue
			}
			found++
			if e.Name != "acme" || e.Actor != "carol (officer, password) from 192.0.2.1" || e.Detail != "set-arn" {
				t.Errorf("%s: %+v", database, e)
			}
		}
		if proof, err := stores[database].VerifyEvents(t.Context(), "", nil); found != want || err != nil || proof.Err() != nil {
			t.Errorf("%s: %d events, want %d; %v", database, found, want, err)
		}
	}
	for range accessQueue + 1 {
		a.record(t.Context(), access.Event{Kind: access.EventDenied, Tenant: "acme"})
	}
	if !strings.Contains(log.String(), "too many wait") {
		t.Error("a full queue is not told of")
	}
}

// TestAccessEventsEnd: a store that does not answer keeps a proxy from ending for the time of one event, not of all that wait; and what is lost is told of.
func TestAccessEventsEnd(t *testing.T) {
	t.Parallel()
	stores := openStores(t, map[string][]string{"app": {"acme"}})
	for range stores["app"].Pool().Config().MaxConns { // all of its connections are in use, and come back too late
		conn, err := stores["app"].Pool().Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(conn.Release)
	}
	var log strings.Builder
	a := newAccessEvents(stores, slog.New(slog.NewTextHandler(io.Writer(&log), nil)))
	a.within = 200 * time.Millisecond
	for range accessQueue {
		a.record(t.Context(), access.Event{Kind: access.EventDenied, Tenant: "acme"})
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	ended := make(chan struct{})
	go func() { defer close(ended); _ = a.run(ctx) }()
	select {
	case <-ended:
	case <-time.After(accessQueue * a.within / 4):
		t.Fatal("the proxy does not end")
	}
	if !strings.Contains(log.String(), "had to end") {
		t.Errorf("nothing is told: %.300s", log.String())
	}
}
