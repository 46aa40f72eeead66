package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// accessEvents keeps with the tenants' events what happens at the door of the admin page: log-ins and log-outs of their officers, and what was refused.
type accessEvents struct {
	stores map[string]*pgstore.Store // by database
	queue  chan access.Event
	within time.Duration // what one event may take, and at the end all that wait
	log    *slog.Logger
}

const (
	accessQueue   = 1000
	accessTimeout = 10 * time.Second
)

func newAccessEvents(stores map[string]*pgstore.Store, log *slog.Logger) *accessEvents {
	return &accessEvents{stores: stores, queue: make(chan access.Event, accessQueue), within: accessTimeout, log: log}
}

// record is access.Config's Record. It never waits; the log has the event in any case.
func (a *accessEvents) record(_ context.Context, e access.Event) {
	select {
	case a.queue <- e:
	default:
		a.log.Error("an event of the admin page was not kept: too many wait", "kind", e.Kind, "user", e.User, "tenant", e.Tenant)
	}
}

// run writes what is recorded, until ctx ends, and then what waits.
func (a *accessEvents) run(ctx context.Context) error {
	for {
		select {
		case e := <-a.queue:
			a.keep(context.WithoutCancel(ctx), e)
		case <-ctx.Done():
			a.rest(ctx)
			return ctx.Err()
		}
	}
}

// rest keeps what waits when the proxy ends: for as long as one event may take, or a store that does not answer would keep it from ending.
func (a *accessEvents) rest(ctx context.Context) {
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), a.within)
	defer stop()
	for last.Err() == nil {
		select {
		case e := <-a.queue:
			a.keep(last, e)
		default:
			return
		}
	}
	if n := len(a.queue); n > 0 {
		a.log.Error("events of the admin page were not kept: the store did not answer before the proxy had to end", "events", n)
	}
}

// keep writes an event in each database that has the tenant.
func (a *accessEvents) keep(ctx context.Context, e access.Event) {
	ctx, stop := context.WithTimeout(ctx, a.within)
	defer stop()
	database, name := access.SplitTenant(e.Tenant)
	for of, store := range a.stores {
		if database != "" && database != of {
			continue
		}
		t, err := store.LookUp(ctx, name)
		if err != nil {
			if keysource.KindOf(err) != keysource.TenantUnknown { // else it is another database's, or nobody's
				a.log.Error("an event of the admin page was not kept", "kind", e.Kind, "user", e.User, "tenant", e.Tenant, "cause", err)
			}
			continue
		}
		detail := strings.TrimSpace(string(e.Action) + " " + e.Detail)
		if err := store.Record(ctx, pgstore.Event{Tenant: t.ID, Kind: e.Kind, Actor: e.Actor(), Detail: detail}); err != nil {
			a.log.Error("an event of the admin page was not kept", "kind", e.Kind, "user", e.User, "tenant", e.Tenant, "cause", err)
		}
	}
}
