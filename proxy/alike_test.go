package proxy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// alike is one conversation held three times: with the server directly, through a proxy without a policy, and through one that seals columns of
// matters. What is said must be the same, message by message. The databases hold the same, at first.
type alike struct {
	legs  []*wireConn
	names []string // of the legs
	dbs   []string
	urls  []string
}

const alikeTables = `
CREATE TABLE t (id int PRIMARY KEY, v text);
CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text UNIQUE, note text);
INSERT INTO t VALUES (1, 'one'), (2, NULL), (3, 'three')`

// matterRows are inserted through the proxy, so that they are sealed there.
const matterRows = "INSERT INTO matters VALUES (1, 'first', 'a@x', 'n'), (2, NULL, NULL, NULL), (3, 'third', 'c@x', '')"

func startAlike(t testing.TB, adjust ...func(*proxy.Config)) *alike {
	t.Helper()
	a := &alike{names: []string{"direct", "without a policy", "sealed"}}
	for range a.names {
		db := cluster.NewDatabase(t)
		cluster.Exec(t, db, alikeTables)
		a.dbs = append(a.dbs, db)
	}
	planner := plan.New(plan.Options{})
	planner.SetCatalogue(safeCatalogue(t, a.dbs[2], plan.StateSealed, "1"))
	c := proxy.Config{PassOthers: true, Databases: map[string]*proxy.Database{a.dbs[2]: {Planner: planner, Keys: newSwitchedKeys(t), Tenant: fixedTenant("acme")}}}
	for _, f := range adjust {
		f(&c)
	}
	p := start(t, c)
	a.urls = []string{cluster.URL(a.dbs[0], ""), p.url(a.dbs[1]), p.url(a.dbs[2])}
	a.dial(t)
	a.say(t, "C I", query(matterRows))
	return a
}

// dial begins new sessions.
func (a *alike) dial(t testing.TB) {
	t.Helper()
	a.legs = nil
	for _, url := range a.urls {
		a.legs = append(a.legs, dialWire(t, url))
	}
}

// say sends the messages on every leg and compares the answers. want has a word for each message: its type, of errors and notices the code, of
// ReadyForQuery the status.
func (a *alike) say(t testing.TB, want string, messages ...pgproto3.FrontendMessage) {
	t.Helper()
	a.exchange(t, want, func(c *wireConn) []string {
		c.send(t, messages...)
		return c.next(t, len(strings.Fields(want)))
	})
}

// exchange holds one part of the conversation on every leg.
func (a *alike) exchange(t testing.TB, want string, hold func(*wireConn) []string) {
	t.Helper()
	var direct []string
	for i, c := range a.legs {
		trace := hold(c)
		if i == 0 {
			direct = trace
			if got := summary(trace); got != want {
				t.Fatalf("the server itself says %s, want %s\n%s", got, want, strings.Join(trace, "\n"))
			}
			continue
		}
		if diff := cmp.Diff(direct, trace); diff != "" {
			t.Fatalf("%s (- direct, + through the proxy)\n%s", a.names[i], diff)
		}
	}
}

// next reads so many messages.
func (c *wireConn) next(t testing.TB, messages int) (trace []string) {
	t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
	defer func() { _ = c.SetReadDeadline(time.Time{}) }()
	for range messages {
		typ, body, err := c.read()
		if err != nil {
			return append(trace, fmt.Sprintf("! %v", err))
		}
		trace = append(trace, describeMessage(typ, body))
	}
	return trace
}

// summary tells a trace in a word for each message.
func summary(trace []string) string {
	var out []string
	for _, line := range trace {
		fields := strings.Fields(line)
		switch fields[0] {
		case "E", "N":
			out = append(out, fields[2])
		case "Z":
			out = append(out, strings.Trim(fields[1], `"`))
		default:
			out = append(out, fields[0])
		}
	}
	return strings.Join(out, " ")
}

// behind carries SQL out in every database, past the proxies.
func (a *alike) behind(t testing.TB, sql string) {
	t.Helper()
	for _, db := range a.dbs {
		cluster.Exec(t, db, sql)
	}
}

// end reads what is said without having been asked, up to the connection's end.
func (a *alike) end(t testing.TB, want string) {
	t.Helper()
	a.exchange(t, want, func(c *wireConn) []string {
		ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
		defer stop()
		trace, err := c.readUntil(ctx, "")
		if err == nil {
			trace = append(trace, "! goes on")
		} else if !strings.Contains(err.Error(), "EOF") && !strings.Contains(err.Error(), "reset") {
			trace = append(trace, "! "+err.Error())
		}
		return trace
	})
}

func describe(kind byte, name string) *pgproto3.Describe {
	return &pgproto3.Describe{ObjectType: kind, Name: name}
}
