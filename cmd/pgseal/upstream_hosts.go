package main

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy"
)

// sessionAttrs are what a host may have to be, with the words of libpq
// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-TARGET-SESSION-ATTRS).
var sessionAttrs = []string{"any", "read-write", "read-only", "primary", "standby", "prefer-standby"}

func (u upstreamConfig) attrs() string {
	if u.TargetSessionAttrs == "" {
		return "any"
	}
	return u.TargetSessionAttrs
}

// addresses are the hosts, in their order.
func (u upstreamConfig) addresses() (all []address, err error) {
	for _, one := range strings.Split(u.Address, ",") {
		a, err := parseAddress(strings.TrimSpace(one))
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// hostState is what a host was when it was last asked.
type hostState int32

const (
	hostAway hostState = iota // or does not take the control role
	hostPrimary
	hostReadOnlyPrimary
	hostStandby
)

func (s hostState) String() string {
	return [...]string{"not reached", "primary", "primary, read-only", "standby"}[s]
}

// fits tells whether a session may go there.
func (s hostState) fits(attrs string) bool {
	switch attrs {
	case "read-write":
		return s == hostPrimary
	case "primary":
		return s == hostPrimary || s == hostReadOnlyPrimary
	case "read-only":
		return s == hostStandby || s == hostReadOnlyPrimary
	case "standby":
		return s == hostStandby
	}
	return s != hostAway
}

// hostWatch asks every host of the upstream what it is, once a second: a session is passed on before anybody has logged in, so that it cannot be asked
// through that, as libpq does.
type hostWatch struct {
	attrs string
	log   *slog.Logger
	hosts []*watchedHost
	moved func() // another host is the primary: called by run
	last  int    // the last that was the primary; -1: none yet; belongs to look
}

type watchedHost struct {
	name    string
	control *pgx.ConnConfig
	state   atomic.Int32
	conn    *pgx.Conn // belongs to look
}

const (
	hostLook        = time.Second // between two looks
	hostLookTimeout = 2 * time.Second
)

// watchHosts is nil where there is nothing to choose. control is the connection string of a database's control connection.
func (c *config) watchHosts(control string, log *slog.Logger) (*hostWatch, error) {
	all, err := c.Upstream.addresses()
	if err != nil || len(all) == 1 && c.Upstream.attrs() == "any" {
		return nil, err
	}
	w := &hostWatch{attrs: c.Upstream.attrs(), log: log, last: -1}
	for _, a := range all {
		config, err := pgx.ParseConfig(control)
		if err != nil {
			return nil, err
		}
		host, port := a.connection()
		one, err := pgx.ParseConfig("host=" + quoteValue(host) + " port=" + quoteValue(port))
		if err != nil {
			return nil, err
		}
		config.Host, config.Port, config.Fallbacks, config.ValidateConnect = one.Host, one.Port, nil, nil
		if config.TLSConfig != nil {
			config.TLSConfig = config.TLSConfig.Clone()
			config.TLSConfig.ServerName = c.Upstream.serverName(a)
		}
		config.RuntimeParams["application_name"] = "pgseal"
		w.hosts = append(w.hosts, &watchedHost{name: a.dial, control: config})
	}
	return w, nil
}

// order is proxy.Hosts.Order. A host that does not take the control role may take others: it comes last where any kind will do.
func (w *hostWatch) order() (fit []int) {
	var others, away []int
	for i, h := range w.hosts {
		switch s := hostState(h.state.Load()); {
		case s == hostAway && (w.attrs == "any" || w.attrs == "prefer-standby"):
			away = append(away, i)
		case w.attrs == "prefer-standby" && s != hostStandby && s != hostAway:
			others = append(others, i)
		case s.fits(w.attrs):
			fit = append(fit, i)
		}
	}
	return slices.Concat(fit, others, away)
}

// run looks until ctx is done.
func (w *hostWatch) run(ctx context.Context) error {
	defer func() {
		for _, h := range w.hosts {
			h.close()
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(hostLook):
		}
		w.look(ctx)
	}
}

// look asks every host once.
func (w *hostWatch) look(ctx context.Context) {
	asked := make(chan struct{}, len(w.hosts))
	for _, h := range w.hosts {
		go func() { h.look(ctx, w.log); asked <- struct{}{} }()
	}
	for range w.hosts {
		<-asked
	}
	now := slices.IndexFunc(w.hosts, func(h *watchedHost) bool { return hostState(h.state.Load()).fits("primary") })
	if now < 0 {
		return
	}
	if w.last >= 0 && w.last != now && w.moved != nil {
		w.moved()
	}
	w.last = now
}

func (h *watchedHost) look(ctx context.Context, log *slog.Logger) {
	state, err := h.ask(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		h.close()
	}
	if before := hostState(h.state.Swap(int32(state))); before != state {
		log.Info("host of the upstream", "host", h.name, "is", state.String(), "was", before.String(), "cause", err)
	}
}

func (h *watchedHost) ask(ctx context.Context) (s hostState, err error) {
	ctx, stop := context.WithTimeout(ctx, hostLookTimeout)
	defer stop()
	if h.conn == nil {
		if h.conn, err = pgx.ConnectConfig(ctx, h.control); err != nil {
			return hostAway, err
		}
	}
	var standby, readOnly bool
	err = h.conn.QueryRow(ctx, "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')::bool").Scan(&standby, &readOnly)
	switch {
	case err != nil:
		return hostAway, err
	case standby:
		return hostStandby, nil
	case readOnly:
		return hostReadOnlyPrimary, nil
	}
	return hostPrimary, nil
}

func (h *watchedHost) close() {
	if h.conn == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	_ = h.conn.Close(ctx) // it is gone one way or the other
	h.conn = nil
}

// reach says how sessions and cancel requests reach the upstream.
func (s *service) reach(c *proxy.Config) {
	if s.hosts == nil {
		c.Dial = s.upstream[0].Dial
		return
	}
	c.Hosts = &proxy.Hosts{All: s.upstream, Order: s.hosts.order, Wait: dialTimeout}
	c.Dial = c.Hosts.Dial
}

// followHosts begins to look at the hosts. Where another one is the primary, no connection to the former one is used any more.
func (s *service) followHosts(ctx, background context.Context) (err error) {
	if s.hosts, err = s.config.watchHosts(s.sites[0].control(), s.log); err != nil || s.hosts == nil {
		return err
	}
	s.hosts.moved = func() {
		s.log.Warn("another host is the primary now")
		for _, live := range s.sites {
			live.store.Reset()
			live.work.pool.Reset()
		}
		s.roles.reset()
	}
	s.hosts.look(ctx)
	s.tasks.Go(func() error { return s.hosts.run(background) })
	return nil
}
