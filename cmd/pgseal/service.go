package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/proxy/value"
)

// service is a running proxy: its listeners, and for each configured database a keyring, a planner and what keeps them up to date.
type service struct {
	config    *config
	log       *slog.Logger
	server    *proxy.Server
	upstream  []*proxy.Upstream
	hosts     *hostWatch // nil: there is one, and nothing to choose
	dial      func(context.Context) (net.Conn, error)
	reached   *admin.Shared[struct{}] // whether there is a server
	clientTLS proxy.ClientTLS
	auth      proxy.Auth
	roles     *roles              // with auth.mode scram-relay
	followed  map[string]followed // files that are read again when they change, by the configuration's key
	listener  net.Listener
	admin     *admin.Server
	guard     *access.Guard // of the admin page; nil: it is closed
	pages     http.Handler
	adminLn   net.Listener
	sites     []*liveSite
	shared    bool // the sockets are open in other processes too, or will be
	draining  atomic.Bool
	reloads   prometheus.Counter
	reading   sync.Mutex    // of files: a signal, the console and the clock may ask for it at once
	ordered   chan struct{} // a drain, by the console
	tracer    *tracer       // nil without trace.otlp

	stop  context.CancelFunc // ends everything but the sessions, which close drains
	tasks *errgroup.Group
}

// startService opens everything, and returns once the proxy listens. The caller closes it.
func startService(ctx context.Context, config *config, log *slog.Logger) (s *service, err error) {
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	s = &service{config: config, log: log, stop: stop, followed: map[string]followed{}, ordered: make(chan struct{}, 1)}
	s.tasks, background = errgroup.WithContext(background)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close(ctx))
			s = nil
		}
	}()
	registry := prometheus.NewRegistry()
	s.reloads = prometheus.NewCounter(prometheus.CounterOpts{Name: "pgseal_reloads_total", Help: "SIGHUPs whose files and policies were read again, well or not: the log says."})
	registry.MustRegister(s.reloads)
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := s.readTLS(); err != nil {
		return s, err
	}
	if err := s.openSites(ctx, background, registry); err != nil {
		return s, err
	}
	if s.tracer, err = newTracer(ctx, config.Trace, log); err != nil {
		return s, fmt.Errorf("trace.otlp: %w", err)
	}
	if s.auth, err = s.authentication(ctx); err != nil {
		return s, err
	}
	if err := s.followHosts(ctx, background); err != nil {
		return s, fmt.Errorf("upstream: %w", err)
	}
	if err := s.openPages(background); err != nil {
		return s, err
	}
	s.reached = admin.NewShared(time.Now, admin.ReadyTimeout, s.dialOnce)
	answering, err := s.adminServer(admin.Config{Ready: s.ready, Metrics: registry})
	if err != nil {
		return s, err
	}
	if err := s.open(os.Getenv); err != nil {
		return s, err
	}
	log.Info("admin requests are answered", "address", s.adminLn.Addr().String())
	s.admin = answering
	s.serve(background, registry)
	return s, nil
}

// open opens what clients and admin requests connect to, or takes over what whoever started the program has opened.
func (s *service) open(env func(string) string) error {
	given, err := inheritedListeners(env)
	if err != nil {
		return err
	}
	defer given.close()
	s.shared = s.config.ReusePort || len(given) > 0
	if err := s.listen(given); err != nil {
		return err
	}
	admin := address{network: "tcp", dial: s.config.Admin.Listen}
	if s.adminLn = given.take(admin); s.adminLn == nil {
		if s.adminLn, err = admin.listen(s.config.ReusePort); err != nil {
			return fmt.Errorf("admin.listen: %w", err)
		}
	}
	return given.unused()
}

// listen opens every address of the configuration that was not given.
func (s *service) listen(given inherited) (err error) {
	var all []net.Listener
	defer func() {
		if err != nil {
			for _, l := range all {
				_ = l.Close()
			}
		}
	}()
	for _, val := range s.config.Listen {
		a, err := parseAddress(val)
		if err != nil {
			return err // validated
		}
		l := given.take(a)
		if l == nil {
			if l, err = a.listen(s.config.ReusePort); err != nil {
				return fmt.Errorf("listen: %w", err)
			}
		}
		if all = append(all, l); s.config.ReusePort && a.unix() {
			s.log.Warn("reuse_port shares TCP addresses alone: a new program cannot start beside this one while listen names this Unix socket", "address", l.Addr().String())
		}
		s.log.Info("listening", "address", l.Addr().String(), "version", version)
	}
	s.listener = join(all)
	return nil
}

func (s *service) openSites(ctx, background context.Context, registry *prometheus.Registry) error {
	wrappers, err := s.config.wrappers()
	if err != nil {
		return err
	}
	metrics := &siteMetrics{newKeyMetrics(registry), newObservedMetrics(registry), newEventMetrics(registry), newRotationMetrics(registry), newBulkMetrics(registry)}
	for name, database := range s.config.Databases {
		live, err := openLive(ctx, &site{config: s.config, name: name, database: database, log: s.log.With("database", name)}, wrappers, metrics)
		if err != nil {
			return fmt.Errorf("database %s: %w", name, err)
		}
		s.sites = append(s.sites, live)
		if err := live.start(ctx, background, s.tasks); err != nil {
			return fmt.Errorf("database %s: %w", name, err)
		}
	}
	return nil
}

// serve starts to accept sessions and admin requests.
func (s *service) serve(background context.Context, registry *prometheus.Registry) {
	counters := &proxy.Counters{}
	registry.MustRegister(proxy.NewCollector(counters))
	databases, rings := map[string]*proxy.Database{}, []*keysource.Keyring{}
	for _, live := range s.sites {
		databases[live.name] = live.forProxy()
		rings = append(rings, live.ring)
	}
	registry.MustRegister(newDrillMetrics(rings))
	registry.MustRegister(proxy.NewPlanCollector(databases))
	balancers, _ := s.config.ProxyProtocol.networks() // validated
	c := proxy.Config{
		ClientTLS: s.clientTLS, Balancers: balancers, Auth: s.auth, Databases: databases, PassOthers: s.config.OtherDatabases == "pass",
		Limits:   s.config.Limits.forProxy(),
		Zones:    &value.Zones{},
		Log:      s.log,
		Counters: counters,
		Console:  s.console(),
		Watch:    s.watcher(), Slow: s.config.Log.SlowStatement,
	}
	s.reach(&c)
	s.dial, s.server = c.Dial, proxy.New(c)
	registry.MustRegister(proxy.NewTrafficCollector(s.server), newSiteCollector(s.sites))
	s.tasks.Go(func() error { return s.server.Serve(background, s.listener) })
	s.tasks.Go(func() error { return s.followFiles(background) })
	s.tasks.Go(func() error { return (&lockedMemory{log: s.log, usage: crypto.SecretMemory}).watch(background) })
	s.tasks.Go(func() error { return s.admin.Serve(s.adminLn) })
}

const dialTimeout = 10 * time.Second

// ready tells whether new sessions are taken: not while the proxy drains, and not without a server. The state of keys is no part of it.
func (s *service) ready(ctx context.Context) error {
	if s.draining.Load() {
		return errors.New("pgseal is shutting down")
	}
	_, err := s.reached.Get(ctx)
	return err
}

// dialOnce tells whether there is a server, by a connection to it.
func (s *service) dialOnce(ctx context.Context) (none struct{}, err error) {
	conn, err := s.dial(ctx)
	if err != nil {
		return none, errors.New("the database server cannot be reached")
	}
	return none, conn.Close()
}

func (s *service) address() net.Addr      { return s.listener.Addr() }
func (s *service) adminAddress() net.Addr { return s.adminLn.Addr() }

// reload reads every policy, the certificates and auth.users_file again. A bad file changes nothing.
func (s *service) reload(ctx context.Context) {
	s.reading.Lock()
	defer s.reading.Unlock()
	s.readFiles(func(f followed) (bool, error) { return true, f.Reload() })
	for _, live := range s.sites {
		if err := live.reload(ctx); err != nil {
			s.log.Error("the policy was not reloaded; the old one stays in force", "database", live.name, "cause", err)
		}
	}
	s.reloads.Inc()
}

// wait returns when the service has ended by itself, which is a failure.
func (s *service) wait() error { return s.tasks.Wait() }

// leave is the beginning of the end: /ready says no, so that balancers send nobody more. Who comes all the same is still let in for a while, unless
// somebody else has the sockets too: then they are left to it at once, and the while is for those who have come just before.
func (s *service) leave(ctx context.Context, delay time.Duration) {
	s.draining.Store(true)
	if s.shared {
		_ = s.listener.Close()
		_ = s.admin.Close(ctx)
		delay = max(delay, handOver)
	}
	time.Sleep(delay)
}

// handOver is how long who has come just before the sockets were left to another process has for logging in and a transaction.
const handOver = time.Second

// close drains the sessions until ctx is done, and ends everything.
func (s *service) close(ctx context.Context) error {
	s.draining.Store(true)
	if s.server != nil {
		if err := s.server.Drain(ctx, s.listener); err != nil {
			s.log.Warn("sessions were ended before they were idle", "cause", err)
		}
	} else if s.listener != nil {
		_ = s.listener.Close()
	}
	if s.admin != nil {
		_ = s.admin.Close(ctx)
	} else if s.adminLn != nil {
		_ = s.adminLn.Close()
	}
	s.stop()
	err := s.tasks.Wait()
	if traceErr := s.tracer.close(ctx); traceErr != nil {
		s.log.Warn("the last traces could not be sent", "cause", traceErr)
	}
	s.roles.close()
	if s.guard != nil {
		s.guard.Close()
	}
	for _, live := range slices.Backward(s.sites) {
		live.close()
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
