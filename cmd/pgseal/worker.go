package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/admin"
)

func workerCommand() *cli.Command {
	return &cli.Command{
		Name: "worker", Usage: "work on the rows of columns, and serve nobody",
		Description: `Does what pgseal column encrypt and its kin have ordered, in all databases of the configuration, until SIGTERM or SIGINT; it ends behind the
batch under way. Running proxies share this work unless their configuration says work_on_columns: false. A worker takes no
sessions, so that nobody waits for it when the policy changes; the keys that it holds are recorded like a proxy's.`,
		Flags: []cli.Flag{configFlag(), &cli.StringFlag{Name: "admin", Usage: "answer /live, /ready and /metrics on this `HOST:PORT`; without it there is no listener"}},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			if at := c.String("admin"); at != "" {
				if err := hostPort("--admin", at); err != nil {
					return usagef(c, "%s", err)
				}
			}
			config, err := loadConfig(c.String("config"))
			if err != nil {
				return err
			}
			log := config.logger(c.App.ErrWriter)
			config.protectMemory(log)
			return runWorker(c.Context, config, c.String("admin"), log)
		},
	}
}

// workerSite is a configured database as a worker works on it.
type workerSite struct {
	*site
	ring    *keysource.Keyring
	work    *columnWork
	events  *pgstore.Recorder
	usage   *usageKeeper
	inForce atomic.Pointer[policy.Policy]
}

// runWorker works until ctx ends.
func runWorker(ctx context.Context, config *config, adminAt string, log *slog.Logger) (err error) {
	wrappers, err := config.wrappers()
	if err != nil {
		return err
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	metrics := &siteMetrics{keys: newKeyMetrics(registry), events: newEventMetrics(registry), bulk: newBulkMetrics(registry)}
	tasks, running := errgroup.WithContext(ctx)
	var sites []*workerSite
	defer func() {
		for _, w := range sites {
			w.close()
		}
	}()
	for name, database := range config.Databases {
		w, err := openWorker(ctx, &site{config: config, name: name, database: database, log: log.With("database", name)}, wrappers, metrics)
		if err != nil {
			return fmt.Errorf("database %s: %w", name, err)
		}
		sites = append(sites, w)
	}
	if adminAt != "" {
		end, err := serveWorkerAdmin(tasks, adminAt, registry, sites, log)
		if err != nil {
			return err
		}
		tasks.Go(func() error { <-running.Done(); return end(context.WithoutCancel(running)) })
	}
	for _, w := range sites {
		w.start(running, tasks, metrics)
	}
	log.Info("working on columns", "version", version)
	if err := tasks.Wait(); ctx.Err() == nil {
		return err
	}
	return nil
}

// serveWorkerAdmin answers as a proxy does.
func serveWorkerAdmin(tasks *errgroup.Group, at string, registry *prometheus.Registry, sites []*workerSite, log *slog.Logger) (end func(context.Context) error, err error) {
	ln, err := address{network: "tcp", dial: at}.listen(false)
	if err != nil {
		return nil, fmt.Errorf("--admin: %w", err)
	}
	reached := admin.NewShared(time.Now, admin.ReadyTimeout, func(ctx context.Context) (none struct{}, err error) {
		for _, w := range sites {
			if err := w.work.pool.Ping(ctx); err != nil {
				return none, fmt.Errorf("the database %s cannot be reached", w.name)
			}
		}
		return none, nil
	})
	server := admin.New(admin.Config{Metrics: registry, Log: log, Ready: func(ctx context.Context) error {
		_, err := reached.Get(ctx)
		return err
	}})
	log.Info("admin requests are answered", "address", ln.Addr().String())
	tasks.Go(func() error { return server.Serve(ln) })
	return server.Close, nil
}

// openWorker opens a database's store and makes the parts. Nothing runs yet.
func openWorker(ctx context.Context, s *site, wrappers map[string]keysource.Wrapper, metrics *siteMetrics) (*workerSite, error) {
	pol, err := s.policy()
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	w := &workerSite{site: s, events: s.store.NewRecorder(pgstore.RecorderOptions{Actor: proxyName(), After: metrics.events.of(s.name, s.log)})}
	w.inForce.Store(pol)
	w.ring = keysource.NewKeyring(keysource.Options{Store: s.store, Wrappers: wrappers, Log: s.log, Observer: metrics.keys.of(s.name), Journal: w.events,
		Versions: s.store.Versions(), Name: proxyName()})
	w.usage = &usageKeeper{ring: w.ring, to: s.store.NewUsageLog(proxyName()), log: s.log}
	if w.work, err = openColumnWork(ctx, s, w.ring, w.inForce.Load); err != nil {
		w.ring.Close()
		s.close()
		return nil, err
	}
	return w, nil
}

func (w *workerSite) start(ctx context.Context, tasks *errgroup.Group, metrics *siteMetrics) {
	// Keys are kept up, and events written, until the batch under way has ended.
	behind, ended := context.WithCancel(context.WithoutCancel(ctx))
	tasks.Go(func() error { return sayUnlessEnded(behind, w.ring.Run(behind)) })
	tasks.Go(func() error { return sayUnlessEnded(behind, w.events.Run(behind)) })
	tasks.Go(func() error { return sayUnlessEnded(behind, w.usage.run(behind)) })
	tasks.Go(func() error { return sayUnlessEnded(behind, hearHints(behind, w.site, w.ring)) })
	tasks.Go(func() error { return w.follow(ctx) })
	tasks.Go(func() error { return metrics.bulk.follow(ctx, w.site, w.inForce.Load) })
	tasks.Go(func() error {
		defer ended()
		return w.work.serve(ctx, nil)
	})
}

// sayUnlessEnded is nil for the end of what was told to end.
func sayUnlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// follow reads the policy again when its file changes. What does not fit the database is named where the work stops at it.
func (w *workerSite) follow(ctx context.Context) error {
	written := modified(w.policyFile())
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tick):
		}
		at := modified(w.policyFile())
		if at.Equal(written) {
			continue
		}
		written = at
		pol, err := w.policy()
		if err != nil {
			w.log.Error("the policy was not reloaded; the old one stays in force", "cause", err)
			continue
		}
		w.inForce.Store(pol)
		w.log.Info("policy reloaded")
	}
}

// close ends the use of every key and the store. What start has begun has ended before.
func (w *workerSite) close() {
	w.work.close()
	w.ring.Close()
	ctx, stop := context.WithTimeout(context.Background(), ringTimeout)
	defer stop()
	w.usage.save(ctx)
	w.events.Close(ctx)
	if err := w.store.HoldNothing(ctx); err != nil {
		w.log.Debug("the keys that the worker held are still registered", "cause", err)
	}
	w.site.close()
}

// hearHints takes the store's notifications as hints to look now. Without them, polling finds the same a second or two later.
func hearHints(ctx context.Context, s *site, ring *keysource.Keyring) error {
	for {
		err := s.store.AwaitHint(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			ring.Hint()
		} else {
			s.log.Debug("notifications are not heard", "cause", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(hintPause):
		}
	}
}
