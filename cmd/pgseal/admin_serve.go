package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/proxy/admin/api"
	"github.com/legatics/pgseal/proxy/admin/page"
	"github.com/legatics/pgseal/proxy/contain"
)

// openPages makes what the admin address answers beside health and metrics: the page and the API, behind what says who may. Without a users file and single
// sign-on there is nobody who could log in, and nothing is made.
func (s *service) openPages(background context.Context) (err error) {
	if c := s.config.Admin; c.UsersFile == "" && c.OIDC == nil {
		s.log.Info("the admin page is closed: nobody may log in (pgseal admin user add)")
		return nil
	}
	if len(s.sites) == 0 {
		return errors.New("admin: there is no configured database")
	}
	stores := make(map[string]*pgstore.Store)
	for _, live := range s.sites {
		stores[live.name] = live.store
	}
	events := newAccessEvents(stores, s.log)
	config := s.config.access()
	config.Key, config.Log, config.Record, config.Public = s.sites[0].key, s.log, events.record, []string{page.StaticPath}
	ended := newEndedSessions(stores, s.log, config.Longest(), time.Now)
	config.Ended = ended.record
	var pages *page.Handler // made last, for it needs the guard
	config.LoginPage = func(w http.ResponseWriter, r *http.Request, status int, p access.LoginPage) {
		pages.LoginPage(w, r, status, p)
	}
	if s.guard, err = access.New(config); err != nil {
		return err
	}
	s.followed["admin.users_file"] = s.guard
	ended.end = s.guard.End
	ended.look(background) // before anybody comes with a session that was ended while this proxy was not there
	ops := newOperations(s.sites, s.log)
	region := os.Getenv("AWS_REGION")
	if region == "" {
		region = os.Getenv("AWS_DEFAULT_REGION")
	}
	pages, err = page.New(page.Config{Operations: ops, Authorise: s.guard.Authorise, Build: version, Region: region, DefaultCacheTime: s.config.Keys.DefaultCacheTime, Log: s.log})
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle(api.Prefix, api.New(api.Config{Operations: ops, Authorise: s.guard.Authorise, Log: s.log}))
	mux.Handle("/", pages)
	s.pages = s.guard.Wrap(asGuests(mux))
	s.tasks.Go(func() error { return contained(background, s.log, tick, events.run) })
	s.tasks.Go(func() error { return ended.run(background) })
	s.tasks.Go(func() error { // so that it is known whose tenants are where, should a store not be readable later on
		return contained(background, s.log, tick, func(ctx context.Context) error {
			_, _ = ops.Databases(ctx)
			return nil
		})
	})
	if !s.guard.Configured() {
		s.log.Warn("the admin page is closed: the users file names nobody (pgseal admin user add)", "file", config.UsersFile)
	}
	return nil
}

// contained runs a task of the admin page, and again after a pause where it panics: sessions of the database go on meanwhile.
func contained(ctx context.Context, log *slog.Logger, pause time.Duration, task func(context.Context) error) error {
	for {
		ended, err := once(ctx, log, task)
		if ended {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// once runs a task; ended is false where it panics.
func once(ctx context.Context, log *slog.Logger, task func(context.Context) error) (ended bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			contain.Log(log, "a task of the admin page panicked", p)
		}
	}()
	err = task(ctx)
	return true, err
}

// asGuests has requests be answered over connections apart: what people ask, however much, keeps no proxy from what it does by itself. Whoever locks a key, or
// unlocks it, must not wait behind them either.
func asGuests(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if what := path.Base(r.URL.Path); r.Method != http.MethodPost || what != "lock" && what != "unlock" {
			r = r.WithContext(pgstore.AsGuest(r.Context()))
		}
		next.ServeHTTP(w, r)
	})
}

// adminServer answers on the admin address.
func (s *service) adminServer(c admin.Config) (*admin.Server, error) {
	c.Pages, c.Log = s.pages, s.log
	if s.guard != nil {
		c.Internal = s.guard.Internal
	}
	t := s.config.Admin.TLS
	if t.Cert == "" {
		return admin.New(c), nil
	}
	certificates, err := proxy.LoadCertificates(proxy.CertificateFiles{Certificate: s.config.file(t.Cert), Key: s.config.file(t.Key)})
	if err != nil {
		return nil, fmt.Errorf("admin.tls: %w", err)
	}
	s.followed["admin.tls"] = certificates
	c.TLS = certificates.Serving("h2", "http/1.1")
	return admin.New(c), nil
}
