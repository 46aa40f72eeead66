package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// A data key that is over its limit is said to be, once, where nobody wants it made by itself; where that is configured the proxies make one, each time one
// of them, while statements go on.
func TestNewDataKeyIsDue(t *testing.T) {
	d := deployProviders(t)
	var log lines
	limits := func(automatic bool) func(*config) {
		return func(c *config) {
			c.Keys.RotationCheck = 100 * time.Millisecond
			c.Keys.NewDataKey = newDataKeyConfig{After: age(2 * time.Second), Automatic: automatic}
		}
	}
	d.add()
	s := d.serveLogged(slog.New(slog.NewTextHandler(&log, nil)), limits(false))
	conn := d.connectTo(s)
	d.await(conn, "")
	const gauge = `pgseal_data_keys_due{database="dealroom"}`
	eventuallyTrue(t, "due", func() bool { return d.metric(s, gauge) == "1" })
	time.Sleep(500 * time.Millisecond)
	if n := log.count("a new data key is due"); n != 1 {
		t.Errorf("said %d times", n)
	}
	config, err := loadConfig(d.config)
	if err != nil {
		t.Fatal(err)
	}
	limits(false)(config)
	command := &site{config: config, name: "dealroom", database: config.Databases["dealroom"], log: slog.New(slog.DiscardHandler)}
	if err := command.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer command.close()
	tenant, err := command.store.LookUp(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := command.dueView(t.Context(), tenant); err != nil || v == nil || !v.Since.Equal(tenant.KeySince.Add(2*time.Second)) || v.Automatic || v.Why == "" {
		t.Errorf("the status says %+v, %v", v, err)
	}
	d.run("key", "rotate", "acme", "--new-data-key")
	eventuallyTrue(t, "not due", func() bool { return d.metric(s, gauge) == "0" })

	for range 2 {
		s := d.serve(limits(true))
		d.conns = append(d.conns, d.connectTo(s))
		d.await(d.conns[len(d.conns)-1], "")
	}
	stop := d.load()
	defer stop()
	generations := 0
	eventuallyTrue(t, "four generations", func() bool {
		d.add()
		generations = told[admin.Tenant](d.deployment, "tenant", "show", "acme").Generations
		return generations >= 4
	})
	stop()
	d.holds("after many data keys")
	var last time.Time
	for _, h := range told[[]historyView](d.deployment, "key", "history", "acme") {
		if strings.HasPrefix(h.Actor, "proxy ") && h.At.Sub(last) < 2*time.Second {
			t.Errorf("two data keys within %s", h.At.Sub(last))
		}
		last = h.At
	}
}

// The configuration takes ages in days and powers of two, and refuses what cannot be meant.
func TestNewDataKeyConfig(t *testing.T) {
	for text, want := range map[string]string{
		"{after: 365d, values: 2^41, automatic: true}": "{8760h0m0s 2199023255552 true}",
		"{after: 48h, values: 5000000}":                "{48h0m0s 5000000 false}",
		"{after: 0, values: 0}":                        "{0s 0 false}",
		"{after: 30d}":                                 "{720h0m0s 1099511627776 false}",
		"{after: 1h}":                                  "less than a day",
		"{values: 1000}":                               "within 2^20..2^45",
		"{values: 2^50}":                               "within 2^20..2^45",
		"{values: many}":                               "is no number",
		"{after: soon}":                                "is no age",
		"{after: 0, values: 0, automatic: true}":       "no limit that would ever ask",
		"{when: 1d}":                                   "when",
	} {
		path := t.TempDir() + "/pgseal.yaml"
		(&deployment{t: t}).write(path, "upstream: {address: \"127.0.0.1:5432\"}\ndatabases: {app: {control: user=app, tenant: {fixed: acme}, policy: p.yaml}}\nkeys: {new_data_key: "+text+"}\n")
		got := ""
		if c, err := loadConfig(path); err != nil {
			got = err.Error()
		} else {
			n := c.Keys.NewDataKey
			got = fmt.Sprint(struct {
				After     time.Duration
				Values    int64
				Automatic bool
			}{time.Duration(n.After), int64(n.Values), n.Automatic})
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
