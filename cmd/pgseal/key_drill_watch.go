package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// drillWatch follows a drill by what the store says of it, and by what the proxies report there.
type drillWatch struct {
	s       *site
	name    string          // of the tenant
	tenant  *pgstore.Tenant // as last read
	readAt  time.Time       // when that was
	drill   keysource.Drill // as ordered, with its end as last read
	planned time.Time
	early   bool
	locked  bool
	proxies []string // that were live when it began, of those that it is about
	heard   map[string]heardProxy
}

// heardProxy is the last that was heard of a proxy.
type heardProxy struct {
	pgstore.Proxy
	key       pgstore.KeyReport
	rehearsed *keysource.Rehearsed // nil: it has not noticed
}

const (
	drillLook   = 500 * time.Millisecond // between two looks
	drillSettle = 15 * time.Second       // for the proxies to report how the drill has ended
	drillKeep   = 30 * time.Second       // for the report to be kept, where the database does not answer
	drillCall   = 5 * time.Second        // of one look
	drillTold   = 9 * time.Minute        // for which proxies tell what a drill has done; they do a little longer
)

// end ends a drill that is under way. One that has ended lately, and that nobody has reported, is there to be reported.
func (w *drillWatch) end(ctx context.Context, t *pgstore.Tenant) (*pgstore.Tenant, error) {
	if t.Left(t.ReadAt) == 0 {
		reports, err := w.s.store.DrillReports(ctx, t.Name)
		if err != nil {
			return nil, forPeople(err)
		}
		if d := t.Drill; d == nil || t.ReadAt.Sub(d.Until) > drillTold || slices.ContainsFunc(reports, func(e pgstore.Event) bool { return strings.Contains(e.Detail, drillID(d)) }) {
			return nil, fmt.Errorf("no drill of %q is under way, and none is to be reported", t.Name)
		}
		w.planned = t.Drill.Until
		return t, nil
	}
	w.planned, w.early = t.Drill.Until, true
	ended, err := w.s.store.EndDrill(ctx, t.Name, actor())
	if err != nil {
		return nil, forPeople(err)
	}
	return ended, nil
}

func (w *drillWatch) begin(t *pgstore.Tenant, proxies []string, out io.Writer) {
	w.drill, w.proxies = *t.Drill, proxies
	w.read(t)
	if w.planned.IsZero() {
		w.planned = w.drill.Until
		fmt.Fprintf(out, "the drill of %q goes on until %s, in %s; Ctrl-C ends it now\n", t.Name, w.drill.Until.Format(time.RFC3339), plural(len(proxies), "1 proxy", "%d proxies"))
	}
}

func (w *drillWatch) read(t *pgstore.Tenant) {
	w.tenant, w.readAt = t, time.Now()
	switch d := t.Drill; {
	case d == nil || d.ID != w.drill.ID: // another one has followed: this one is over
	case d.Until.Before(w.drill.Until):
		w.drill.Until, w.early = d.Until, true
	}
	w.locked = w.locked || t.Locked
}

// left is how long the drill goes on, by the database's clock.
func (w *drillWatch) left() time.Duration {
	if w.tenant.Drill == nil || w.tenant.Drill.ID != w.drill.ID {
		return 0
	}
	return w.drill.Until.Sub(w.tenant.ReadAt.Add(time.Since(w.readAt)))
}

// drillID is how reports name a drill.
func drillID(d *keysource.Drill) string { return hex.EncodeToString(d.ID[:]) }

// follow looks until the drill is over, or ends it where asking ends. What goes wrong meanwhile does not matter: the drill ends by itself.
func (w *drillWatch) follow(asking, lasting context.Context) error {
	for {
		_ = w.look(lasting)
		left := w.left()
		if left <= 0 {
			return nil
		}
		select {
		case <-time.After(min(left, drillLook)):
		case <-asking.Done():
			return w.stop(lasting)
		}
	}
}

// stop ends the drill before its time.
func (w *drillWatch) stop(ctx context.Context) error {
	for deadline := time.Now().Add(drillKeep); w.left() > 0; time.Sleep(drillLook) {
		calling, done := context.WithTimeout(ctx, drillCall)
		t, err := w.s.store.EndDrill(calling, w.name, actor())
		done()
		if err == nil {
			w.read(t)
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the drill could not be ended now, and ends by itself at %s; pgseal key drill %s --end reports it: %w", w.drill.Until.Format(time.RFC3339), w.name, err)
		}
	}
	return nil
}

// settle waits until every proxy has said how the drill has ended there.
func (w *drillWatch) settle(ctx context.Context) {
	for deadline := time.Now().Add(drillSettle); time.Now().Before(deadline); time.Sleep(drillLook) {
		if err := w.look(ctx); err == nil && w.settled() {
			return
		}
	}
}

func (w *drillWatch) settled() bool {
	for _, p := range w.heard {
		r := p.rehearsed
		switch {
		case !p.Live():
		case r == nil && p.Heartbeat.Before(w.drill.Until.Add(drillBound)): // it may still say that it has noticed
			return false
		case r == nil: // not used there
		case r.Over == nil || r.Left > 0:
			return false
		case r.FirstValue == nil && len(r.Refused) > 0 && !w.locked: // who was refused asks again
			return false
		}
	}
	return true
}

// look reads the tenant's record and the proxies'.
func (w *drillWatch) look(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, drillCall)
	defer stop()
	t, err := w.s.store.LookUp(ctx, w.name)
	if err == nil {
		w.read(t)
	}
	all, errP := w.s.store.Proxies(ctx)
	for _, p := range all {
		w.hear(p)
	}
	return errors.Join(err, errP)
}

// hear takes what a proxy reports, if the drill is about it.
func (w *drillWatch) hear(p pgstore.Proxy) {
	if len(w.drill.Proxies) > 0 && !slices.Contains(w.drill.Proxies, p.Name) {
		return
	}
	if w.heard[p.Name].Heartbeat.After(p.Heartbeat) { // a proxy whose heartbeat failed goes on under a new id, and leaves the former record behind
		return
	}
	h := heardProxy{Proxy: p}
	for _, k := range p.Keys {
		if k.Tenant == w.name {
			h.key = k
		}
	}
	if r := h.key.Rehearsed; r != nil && r.Drill == drillID(&w.drill) {
		h.rehearsed = r
	}
	if h.rehearsed == nil && (w.heard[p.Name].rehearsed != nil || !p.Live()) {
		return // of an earlier life, or dead before the drill
	}
	w.heard[p.Name] = h
}
