package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

// liveSite is a configured database as a running proxy serves it.
type liveSite struct {
	*site
	ring    *keysource.Keyring
	planner *plan.Planner
	watcher *plan.Watcher
	columns *columnKeeper
	work    *columnWork
	usage   *usageKeeper
	keys    *keyWatch
	events  *pgstore.Recorder
	bulk    *bulkMetrics
	times   proxy.Times // of statements

	planned   *guard.Status // what the last catalogue was made by; belongs to the watcher
	inForce   atomic.Pointer[policy.Policy]
	wasSilent bool // belongs to keepUp
	file      policyFile
	newPolicy chan struct{} // holds one token at most: keepUp is to tell the others at once
}

const (
	tick         = time.Second      // between two heartbeats, with a look at the columns' states and at the policy file
	tickTimeout  = 5 * time.Second  // of one of them
	startTimeout = 30 * time.Second // for everything that must be there before the first session
)

// openLive opens a database's store and makes its parts. Nothing runs yet.
func openLive(ctx context.Context, s *site, wrappers map[string]keysource.Wrapper, metrics *siteMetrics) (*liveSite, error) {
	pol, err := s.policy()
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	l := &liveSite{site: s, newPolicy: make(chan struct{}, 1), bulk: metrics.bulk, planner: plan.New(plan.Options{Observe: newObserver(s.log, metrics.observed).saw})}
	l.events = s.store.NewRecorder(pgstore.RecorderOptions{Actor: proxyName(), After: metrics.events.of(s.name, s.log)})
	l.inForce.Store(pol)
	l.file.read = modified(s.policyFile())
	l.ring = keysource.NewKeyring(keysource.Options{Store: s.store, Wrappers: wrappers, Log: s.log, Observer: metrics.keys.of(s.name), Journal: l.events, Versions: s.store.Versions(), Name: proxyName()})
	if l.columns, err = newColumnKeeper(s, pol, l.ring); err != nil {
		s.close()
		return nil, err
	}
	l.usage = &usageKeeper{ring: l.ring, to: s.store.NewUsageLog(proxyName()), log: s.log}
	l.keys = &keyWatch{store: s.store, ring: l.ring, wrappers: wrappers, actor: "proxy " + proxyName(), interval: s.config.Keys.RotationCheck,
		limits: s.config.Keys.NewDataKey, log: s.log,
		metrics: metrics.rotations, database: s.name}
	if l.work, err = openColumnWork(ctx, s, l.ring, l.inForce.Load); err != nil {
		s.close()
		return nil, err
	}
	l.watcher = plan.NewWatcher(plan.WatcherOptions{
		Conn:    s.store.Pool(),
		Source:  l.source,
		Publish: l.publish,
		Report:  func(err error) { s.log.Warn("the catalogue could not be read", "cause", err) },
		Now:     time.Now, After: time.After,
	})
	return l, nil
}

// source is what the planner's catalogue is made of, beside the live one.
func (l *liveSite) source(context.Context) (*policy.Policy, []plan.FrozenColumn, error) {
	l.planned = l.columns.current()
	return l.inForce.Load(), frozenColumns(l.planned), nil
}

// publish puts a new catalogue in force.
func (l *liveSite) publish(c *plan.Catalogue, problems []policy.Problem) {
	c.Term = l.planned.Term
	for _, reason := range []string{l.planned.Stale, l.columns.silent()} {
		if c.Stale == "" {
			c.Stale = reason
		}
	}
	l.planner.SetCatalogue(c)
	if c.Stale == "" && !c.Term.Over() {
		l.columns.inForce(l.planned)
	}
	for _, p := range problems {
		level := slog.LevelWarn
		switch p.Severity {
		case policy.SeverityError:
			level = slog.LevelError
		case policy.SeverityNote:
			continue
		}
		l.log.Log(context.Background(), level, "policy and database do not fit", "problem", p.String())
	}
}

// start runs the parts in the background, and returns when the first catalogue is in force.
func (l *liveSite) start(ctx, background context.Context, tasks *errgroup.Group) error {
	ctx, stop := context.WithTimeout(ctx, startTimeout)
	defer stop()
	if err := l.columns.tick(ctx, l.inForce.Load()); err != nil {
		return fmt.Errorf("the columns' states: %w", err)
	}
	l.missTenant(ctx)
	tasks.Go(func() error { return l.ring.Run(background) })
	tasks.Go(func() error { return l.events.Run(background) })
	tasks.Go(func() error { return l.watcher.Run(background) })
	tasks.Go(func() error { return l.keepUp(background) })
	tasks.Go(func() error { return l.followPolicy(background) })
	tasks.Go(func() error { return hearHints(background, l.site, l.ring) })
	tasks.Go(func() error { return l.usage.run(background) })
	tasks.Go(func() error { return l.keys.run(background) })
	tasks.Go(func() error { return l.bulk.follow(background, l.site, l.inForce.Load) })
	if l.config.WorkOnColumns {
		tasks.Go(func() error { return l.work.serve(background, &l.times) })
	}
	return l.watcher.Refresh(ctx)
}

// missTenant warns that the one tenant of the database is not there. That is no reason not to start: it may be added at any time.
func (l *liveSite) missTenant(ctx context.Context) {
	if l.database.Tenant.several() {
		return
	}
	name := l.database.Tenant.Tenant("", l.name)
	if _, err := l.store.LookUp(ctx, name); keysource.KindOf(err) == keysource.TenantUnknown {
		l.log.Warn("there is no such tenant yet, and statements that need its key are refused; add it with: pgseal tenant add", "tenant", name)
	}
}

// keepUp renews the proxy's registration and moves columns on. Nothing else is done between two heartbeats.
func (l *liveSite) keepUp(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.newPolicy:
		case <-time.After(tick):
		}
		l.renew(ctx)
	}
}

// renew is one heartbeat. A proxy that has not been heard of for too long refuses protected tables: the others do not wait for it any more. It does so
// by the catalogue's term, at the moment itself; here it is said, and served again.
func (l *liveSite) renew(ctx context.Context) {
	limited, stop := context.WithTimeout(ctx, tickTimeout)
	defer stop()
	if err := l.columns.tick(limited, l.inForce.Load()); err != nil && ctx.Err() == nil {
		l.log.Warn("the columns' states could not be kept up", "cause", err)
	}
	silent := l.columns.silent()
	if now := l.planner.Catalogue(); silent != "" && now.Stale == "" {
		l.planner.SetCatalogue(now.WithStale(silent))
		l.log.Error("protected tables are refused", "reason", silent)
	}
	if back := silent == "" && l.wasSilent; back || l.columns.changed() {
		l.watcher.Reload()
	}
	l.wasSilent = silent != ""
}

// hintPause bounds how often notifications, which anybody may send, make the proxy look.
const hintPause = 250 * time.Millisecond

// checkLive holds a policy against the live database, and against what has been sealed by the present one.
func (l *liveSite) checkLive(ctx context.Context, pol *policy.Policy) ([]policy.Problem, error) {
	_, problems, err := plan.LoadCatalogue(ctx, l.store.Pool(), pol, frozenColumns(l.columns.current()), 0)
	return problems, err
}

func (l *liveSite) forProxy() *proxy.Database {
	return &proxy.Database{Planner: l.planner, Keys: keys{l.ring}, Tenant: l.database.Tenant, Changed: l.catchUp, Times: &l.times,
		TenantByCertificate: l.database.Tenant.byCertificate(), TenantSetting: l.database.Tenant.setting(),
		Raw:    func(user string) bool { return l.inForce.Load().Raw(user) },
		MayUse: func(user, tenant string) bool { return l.inForce.Load().MayUse(user, tenant) }}
}

// catchUpTimeout bounds how long a client waits, behind a definition, for the planner to know of it.
const catchUpTimeout = 2 * time.Second

// catchUp waits until the planner has a catalogue with what has been committed by now. What goes wrong the watcher reports.
func (l *liveSite) catchUp() {
	ctx, stop := context.WithTimeout(context.Background(), catchUpTimeout)
	defer stop()
	_ = l.watcher.Refresh(ctx) // the watcher goes on by itself
}

// close ends the use of every key and the store. What start has begun has ended before.
func (l *liveSite) close() {
	l.work.close()
	l.ring.Close()
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	l.usage.save(ctx)
	l.events.Close(ctx)
	if err := l.columns.leave(ctx); err != nil {
		l.log.Debug("the proxy's registration was not taken away", "cause", err)
	}
	if err := l.store.HoldNothing(ctx); err != nil {
		l.log.Debug("the keys that the proxy held are still registered", "cause", err)
	}
	l.site.close()
}
