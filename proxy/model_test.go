package proxy_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

var (
	modelSeed    = flag.Uint64("model.seed", 1, "seed of the model test; 0 draws one")
	modelScripts = flag.Int("model.scripts", 200, "scripts of the model test, for each configuration")
)

// Random legal messages, with errors, pipelines and COPY, get the same answers from the server directly and through the proxy, where columns are sealed
// too; after each script the proxy expects no answer any more.
func TestModel(t *testing.T) {
	seed := *modelSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Run("not protected", func(t *testing.T) {
		m := newModel(t, &nativeVocabulary)
		m.run(t, seed, start(t, proxy.Config{PassOthers: true}))
	})
	t.Run("empty policy", func(t *testing.T) {
		m := newModel(t, &nativeVocabulary)
		m.run(t, seed, m.protect(t, plan.NewCatalogue(1, nil, nil, nil)))
	})
	t.Run("other tables are protected", func(t *testing.T) {
		words := nativeVocabulary
		words.function = 0 // refused
		m := newModel(t, &words)
		m.run(t, seed, m.protect(t, otherCatalogue()))
	})
	t.Run("protected", func(t *testing.T) {
		m := newModel(t, &sealedVocabulary)
		m.run(t, seed, m.protect(t, safeCatalogue(t, m.behind, plan.StateSealed, "1")))
	})
}

// While the key goes at any moment and comes back, every script is answered to its end, or the session ends with a word about it; no answer is owed
// after it, no key handle is kept and no session is out of step.
func TestModelWithoutKeys(t *testing.T) {
	seed := *modelSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	m := newModel(t, &sealedVocabulary)
	keys := newSwitchedKeys(t)
	planner := plan.New(plan.Options{})
	planner.SetCatalogue(safeCatalogue(t, m.behind, plan.StateSealed, "1"))
	p := start(t, proxy.Config{Databases: map[string]*proxy.Database{m.behind: {Planner: planner, Keys: keys, Tenant: fixedTenant("acme")}}})
	g := newGenerator(seed, m.words)
	failed, ended := 0, 0
	var c *wireConn
	for i := range *modelScripts {
		keys.withdraw(nil)
		if c == nil || i%3 == 0 {
			if c != nil {
				_ = c.Close()
			}
			c = m.fill(t, p)
		}
		keys.withdrawAfter(1 + g.IntN(100))
		script := g.sequence()
		trace := <-play(t, c, script)
		failed += len(slices.DeleteFunc(slices.Clone(trace), func(line string) bool { return line != "E ERROR KU001" }))
		last := trace[len(trace)-1]
		if strings.HasPrefix(last, "*") {
			if len(trace) < 2 || !strings.HasPrefix(trace[len(trace)-2], "E FATAL") {
				t.Fatalf("-model.seed=%d, script %d: the session ends\n%s\n%s", seed, i, strings.Join(trace, "\n"), scriptString(script))
			}
			ended++
			_, c = c.Close(), nil
		} else if n := p.Queued(); n != 0 {
			t.Fatalf("-model.seed=%d, script %d: %d answers are still expected\n%s", seed, i, n, scriptString(script))
		}
	}
	t.Logf("%d statements failed without the key, %d sessions ended", failed, ended)
	if failed == 0 {
		t.Error("no statement has missed the key")
	}
}

// fill puts rows with sealed values into the model's database, and returns a session on it.
func (m *model) fill(t *testing.T, p *running) *wireConn {
	t.Helper()
	m.awaitServer(t) // see connect
	// The session before may still hold locks.
	cluster.Exec(t, m.behind, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	cluster.Exec(t, m.behind, m.words.contents)
	c := dialWire(t, p.url(m.behind))
	for i := range 50 {
		c.send(t, query(fmt.Sprintf("INSERT INTO matters (id, title, note) VALUES (%d, 'title', repeat('n', 2000))", 100+i)))
	}
	for range 50 {
		if _, err := c.readUntil(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// otherCatalogue protects a table that no script names.
func otherCatalogue() *plan.Catalogue {
	c := &plan.Column{Schema: "public", Table: "other", Name: "v", Relation: 1, Attnum: 1, Sealed: true, State: plan.StateSealed,
		Key:  crypto.Column{ID: crypto.NewColumnID("public", "other", "v"), Family: "text"},
		Mode: crypto.Randomized, Type: value.Type{OID: 25, Typmod: -1}, Armoured: true}
	return plan.NewCatalogue(1, []*plan.Relation{{OID: 1, Schema: "public", Name: "other", Kind: 'r', Sealed: true,
		Columns: []plan.Attribute{{Name: "v", Attnum: 1, TypeOID: 25, Typmod: -1, Protected: c}}}}, nil, nil)
}

// model is a pair of databases that hold the same.
type model struct {
	words          *vocabulary
	direct, behind string
}

func newModel(t *testing.T, words *vocabulary) *model {
	m := &model{words: words, direct: cluster.NewDatabase(t), behind: cluster.NewDatabase(t)}
	for _, db := range []string{m.direct, m.behind} {
		cluster.Exec(t, db, words.tables)
	}
	return m
}

func (m *model) protect(t *testing.T, c *plan.Catalogue) *running {
	planner := plan.New(plan.Options{})
	planner.SetCatalogue(c)
	return start(t, proxy.Config{Databases: map[string]*proxy.Database{
		m.behind: {Planner: planner, Keys: newSwitchedKeys(t), Tenant: fixedTenant("acme")}}})
}

// scriptsPerSession is how many scripts run on one connection, so that what one leaves behind meets the next.
const scriptsPerSession = 10

func (m *model) run(t *testing.T, seed uint64, p *running) {
	var s *sessions
	var g *generator
	ended := true
	for i := range *modelScripts {
		if ended || i%scriptsPerSession == 0 {
			s, g = m.connect(t, p, s), newGenerator(seed+uint64(i), m.words)
		}
		script := g.sequence()
		wantTrace, gotTrace := play(t, s.direct, m.words.natively(script)), play(t, s.proxied, script)
		var want, got []string
		want, got, ended = untilFatal(m.words.refused(<-wantTrace), <-gotTrace)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-model.seed=%d, script %d: the answers differ (- direct, + through the proxy)\n%s\n%s", seed, i, diff, scriptString(script))
		}
		if n := p.Queued(); n != 0 && !ended {
			t.Fatalf("-model.seed=%d, script %d: %d answers are still expected\n%s", seed, i, n, scriptString(script))
		}
	}
	m.connect(t, p, s).close() // the next test finds the server up
}

// sessions are a session on each of a model's databases.
type sessions struct{ direct, proxied *wireConn }

func (s *sessions) close() { _, _ = s.direct.Close(), s.proxied.Close() }

// connect begins new sessions, on tables as they were at first. A script may have met a bug of the server and have ended it: it comes back by itself.
func (m *model) connect(t *testing.T, p *running, old *sessions) *sessions {
	t.Helper()
	if old != nil {
		old.close()
	}
	m.awaitServer(t)
	for _, db := range []string{m.direct, m.behind} {
		cluster.Exec(t, db, m.words.contents)
	}
	return &sessions{dialWire(t, cluster.URL(m.direct, "")), dialWire(t, p.url(m.behind))}
}

// awaitServer waits until the server takes connections.
func (m *model) awaitServer(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		conn, err := pgx.Connect(t.Context(), cluster.URL(m.direct, ""))
		if err == nil {
			_ = conn.Close(t.Context())
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// untilFatal cuts traces in which the server ends the session: how much of the end arrives is chance, since the script goes on.
func untilFatal(want, got []string) (wantUntil, gotUntil []string, ended bool) {
	i := slices.IndexFunc(want, func(line string) bool {
		return strings.HasPrefix(line, "E FATAL") || strings.Contains(line, " 57P02") || strings.HasPrefix(line, "*")
	})
	if i < 0 {
		return want, got, false
	}
	i = min(i, max(0, len(got)-1))
	return want[:i], got[:i], true
}

// cancelSleeper waits until the session sleeps, and cancels it.
func (c *wireConn) cancelSleeper(ctx context.Context) error {
	admin, err := pgx.Connect(ctx, cluster.URL("postgres", ""))
	if err != nil {
		return err
	}
	defer func() { _ = admin.Close(context.Background()) }()
	for sleeps := false; !sleeps; {
		if err := admin.QueryRow(ctx, "SELECT coalesce(wait_event = 'PgSleep', false) FROM pg_stat_activity WHERE pid = $1", c.pid).Scan(&sleeps); err != nil {
			return err // the session is gone
		}
	}
	conn, err := net.Dial("tcp", c.RemoteAddr().String())
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.Write(encode(&pgproto3.CancelRequest{ProcessID: c.pid, SecretKey: c.key})); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, conn) // until the signal has been sent
	return err
}

// play writes a script and collects the answers.
func play(t *testing.T, c *wireConn, script []step) <-chan []string {
	out := make(chan []string, 2)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	go func() {
		defer stop()
		trace, err := c.readUntil(ctx, describeMessage('D', append([]byte{0, 1, 0, 0, 0, byte(len(endOfScript))}, endOfScript...)))
		if err != nil {
			trace = append(trace, fmt.Sprintf("%T", err))
		}
		out <- trace
	}()
	go func() {
		for _, s := range script {
			time.Sleep(s.pause)
			if s.cancel && c.cancelSleeper(ctx) != nil {
				return
			}
			if _, err := c.Write(encode(s.messages...)); err != nil {
				return
			}
		}
	}()
	return out
}
