package main

import (
	"errors"
	"log/slog"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin"
)

// The console as people and programs use it: psql and pgx, every command, and nothing secret in what it shows.
func TestConsole(t *testing.T) {
	d := deploy(t)
	var log locked
	const secret = "hush-hush"
	s := d.serveLogged(slog.New(slog.NewTextHandler(&log, nil)), func(c *config) {
		c.Console.Roles = []string{"app"}
		db := c.Databases["dealroom"]
		db.Control += " password=" + secret
		c.Databases["dealroom"] = db
		c.Trace = traceConfig{OTLP: "http://user:" + secret + "@127.0.0.1:1/x?token=" + secret, Sample: 1}
	})
	session := d.connectTo(s)
	d.until(session, "")
	url := strings.Replace(d.cluster.URL("pgseal", ""), d.cluster.Address(), s.address().String(), 1)
	psql := func(command string) string {
		out, err := exec.CommandContext(t.Context(), "psql", "-X", "-A", "-F", ",", "-v", "VERBOSITY=verbose", "-d", url, "-c", command).CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return string(out)
	}
	for command, want := range map[string][]string{
		"SHOW SESSIONS":  {"id,database,user,tenant,client,state,", ",dealroom,app,acme,127.0.0.1,idle,"},
		"show stats;":    {"database,sessions,total_sessions,", "(other),0,", "dealroom,1,1,"},
		"SHOW KEYS":      {"dealroom,acme,available,20", ",aws-kms," + d.key},
		"SHOW POLICIES":  {"dealroom,public.matters.title,randomized,sealed,"},
		"SHOW TENANTS":   {"dealroom,acme,aws-kms," + d.key + ",1m0s,in use,"},
		"SHOW CONFIG":    {"console.roles.1,app", "databases.dealroom.control,(not shown)", "keys.default_cache_time,1m0s", "trace.otlp,http://127.0.0.1:1/x\n", "log.slow_statement,0s"},
		"SHOW VERSION":   {"pgseal "},
		"SHOW HELP":      {"LOCK tenant,refuse every use"},
		"RELOAD":         {"RELOAD"},
		"LOCK":           {"42601", "LOCK tenant"},
		"LOCK nobody":    {"42704", "SHOW TENANTS"},
		"SELECT 1":       {"42601", "SHOW HELP"},
		"SHOW LISTS all": {"42601"},
		"SHOW KEYS x":    {"42601"},
	} {
		out := psql(command)
		for _, part := range want {
			if !strings.Contains(out, part) {
				t.Errorf("%s: no %q in\n%s", command, part, out)
			}
		}
		if strings.Contains(out, secret) {
			t.Errorf("%s: a secret is shown:\n%s", command, out)
		}
	}
	if out := psql("LOCK 'acme'"); !strings.Contains(out, "LOCK") || !strings.Contains(out, "locked in dealroom") {
		t.Error(out)
	}
	d.until(session, "KU009")
	events := told[[]admin.Event](d, "key", "events", "acme")
	if !slices.ContainsFunc(events, func(e admin.Event) bool { // beside it: what the proxy says of the key that it let go
		return e.Kind == "locked" && strings.HasPrefix(e.Actor, "app on the console of "+proxyName()+" from 127.0.0.1")
	}) {
		t.Errorf("the event of the lock is not among %+v", events)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), "SHOW KEYS")
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToMap)
	if err != nil || len(all) != 1 || all[0]["state"] != "locked" || all[0]["code"] != "KU009" {
		t.Errorf("%v, %v", all, err)
	}
	if _, err := conn.Exec(t.Context(), "DRAIN"); err != nil {
		t.Error(err)
	}
	select {
	case <-s.ordered:
	default:
		t.Error("no drain was ordered")
	}
	if err := s.tracer.close(t.Context()); err != nil && strings.Contains(err.Error(), secret) {
		t.Errorf("a secret is in an error: %v", err)
	}
	if strings.Contains(log.String(), secret) {
		t.Error("a secret is in the log")
	}
}
