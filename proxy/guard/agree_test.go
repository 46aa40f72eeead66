package guard

import (
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// fakeProxy is a serving process without its sockets: a coordinator on a store
// of its own, and what it has put in force.
type fakeProxy struct {
	*Coordinator
	store *pgstore.Store
	clock *keysourcetest.Clock
	last  *Status
}

func (f *fixture) proxy(t *testing.T, name string, policy byte, columns ...Column) *fakeProxy {
	t.Helper()
	p := &fakeProxy{store: f.open(t), clock: keysourcetest.NewClock()}
	p.Coordinator = New(Options{Store: p.store, Policy: pgstore.PolicyHash{policy}, Columns: columns, Name: name, Clock: p.clock})
	t.Cleanup(func() {
		if err := p.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	return p
}

// look ticks and does not yet put the result in force.
func (p *fakeProxy) look(t *testing.T) *Status {
	t.Helper()
	var err error
	if p.last, err = p.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p.last
}

// serve ticks and puts the result in force.
func (p *fakeProxy) serve(t *testing.T) *Status {
	t.Helper()
	s := p.look(t)
	p.Acknowledge(s)
	return s
}

// untilDone serves with all proxies in turn, a second of their clocks apart, until
// each calls every column done: the proof runs in the background.
func untilDone(t *testing.T, proxies ...*fakeProxy) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		done := true
		for _, p := range proxies {
			s := p.serve(t)
			p.clock.Advance(time.Second)
			for i := range s.Columns {
				done = done && s.Columns[i].Done()
			}
		}
		if done {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%+v", proxies[0].last.Columns)
		}
	}
}

func wantState(t *testing.T, s *Status, want pgstore.ColumnState) {
	t.Helper()
	if got := s.Columns[0].State(); got != want {
		t.Errorf("the column is %s, want %s (%s)", got, want, s.Columns[0].Note)
	}
}

// kill makes the proxy's heartbeat old, as if it had not been heard of since.
func (f *fixture) dead(t *testing.T, p *fakeProxy) {
	t.Helper()
	// Its record stays authentic only if it writes it itself: take it away, which
	// is what a heartbeat of long ago comes to.
	if err := f.store.Unregister(t.Context(), p.self.ID); err != nil {
		t.Fatal(err)
	}
}

// TestStepsWaitForAllProxies: two proxies with one policy. No step is taken
// before both have acknowledged the one before.
func TestStepsWaitForAllProxies(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v varchar(20)); INSERT INTO t VALUES ('old')")
	a, b := f.proxy(t, "a", 1, columnOf("t", "v")), f.proxy(t, "b", 1, columnOf("t", "v"))
	if err := b.heartbeat(t.Context()); err != nil { // b has started, and has not looked yet
		t.Fatal(err)
	}
	wantState(t, a.serve(t), pgstore.ColumnReadable)
	for range 3 { // a alone cannot go on
		s := a.serve(t)
		wantState(t, s, pgstore.ColumnReadable)
		if !strings.Contains(s.Columns[0].Note, "b") || !s.Again {
			t.Errorf("%q, again %v", s.Columns[0].Note, s.Again)
		}
	}
	wantState(t, b.look(t), pgstore.ColumnReadable) // seen, but not in force
	wantState(t, a.serve(t), pgstore.ColumnReadable)
	b.Acknowledge(b.last)
	s := b.look(t) // its heartbeat told it, both knew: statements planned before are waited for
	wantState(t, s, pgstore.ColumnReadable)
	if !strings.Contains(s.Columns[0].Note, "may take sealed values for plaintext") || !s.Again {
		t.Errorf("%q, again %v", s.Columns[0].Note, s.Again)
	}
	wantState(t, b.look(t), pgstore.ColumnSealing) // none is left: the step
	b.Acknowledge(b.last)
	if f.get(t, "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'v'") != "text\n" {
		t.Error("sealing without room for sealed values")
	}
	// b seals, a does not yet: plaintext that a writes now is still let in.
	s = b.serve(t)
	if s.Columns[0].Guard.Guarded() || !strings.Contains(s.Columns[0].Note, "a") {
		t.Errorf("%s, %q", &s.Columns[0].Guard, s.Columns[0].Note)
	}
	f.as(t, "app", "INSERT INTO t VALUES ('from a, which does not know yet')")
	a.serve(t)
	if s := a.serve(t); !s.Columns[0].Guard.Guarded() {
		t.Errorf("%s, %q", &s.Columns[0].Guard, s.Columns[0].Note)
	}
	wantRefused(t, f.try(t, "app", "INSERT INTO t VALUES ('x')"), "t", "v")
	f.as(t, "app", "DELETE FROM t")
	untilDone(t, a)
	if s := b.serve(t); !s.Columns[0].Done() || s.Again {
		t.Errorf("b: %+v", s.Columns[0])
	}
}

// TestDifferentPolicies: while two live proxies hold different policies, the one
// in force stays, the proxy with the other serves nothing protected, and no
// column moves.
func TestDifferentPolicies(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text, y text)")
	x, y := columnOf("t", "x"), columnOf("t", "y")
	a, b := f.proxy(t, "a", 1, x), f.proxy(t, "b", 1, x)
	untilDone(t, a, b)
	wantState(t, a.last, pgstore.ColumnSealed)
	if a.last.Stale+b.last.Stale != "" {
		t.Fatal(a.last.Stale, b.last.Stale)
	}

	a.SetPolicy(pgstore.PolicyHash{2}, []Column{y, x})
	for range 3 {
		s := a.serve(t)
		if !strings.Contains(s.Stale, "b holds 01") {
			t.Errorf("a, with the new policy: stale %q", s.Stale)
		}
		wantState(t, s, pgstore.ColumnPlain)
		if s := b.serve(t); s.Stale != "" {
			t.Errorf("b, with the policy in force: stale %q", s.Stale)
		}
	}
	if n := f.get(t, "SELECT count(*) FROM pgseal.column_state"); n != "1\n" {
		t.Errorf("%s records", n)
	}
	f.as(t, "app", "INSERT INTO t (y) VALUES ('plain still')")
	f.as(t, "app", "DELETE FROM t")

	b.SetPolicy(pgstore.PolicyHash{2}, []Column{y, x})
	if s := b.serve(t); s.Stale != "" { // now every live proxy holds it
		t.Errorf("b: stale %q", s.Stale)
	}
	untilDone(t, a, b)
	for i := range a.last.Columns {
		if c := &a.last.Columns[i]; !c.Done() || a.last.Stale != "" {
			t.Errorf("%s: %s, %q, stale %q", c.Column.String(), c.State(), c.Note, a.last.Stale)
		}
	}
	if policy, err := f.store.Policy(t.Context()); err != nil || policy != (pgstore.PolicyHash{2}) {
		t.Errorf("%s, %v", policy, err)
	}
}

// TestLateAcknowledgement: what was planned under the former policy is no word
// about the present one.
func TestLateAcknowledgement(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text)")
	a := f.proxy(t, "a", 1, columnOf("t", "x"))
	wantState(t, a.look(t), pgstore.ColumnReadable)
	a.SetPolicy(pgstore.PolicyHash{2}, []Column{columnOf("t", "x")})
	a.Acknowledge(a.last)
	wantState(t, a.look(t), pgstore.ColumnReadable)
	wantState(t, a.serve(t), pgstore.ColumnReadable)
	wantState(t, a.serve(t), pgstore.ColumnSealing)
}

// TestDeadProxyIsNotWaitedFor, and knows it: one that has not got through for as
// long as the others wait takes itself for dead.
func TestDeadProxyIsNotWaitedFor(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text, y text)")
	a, b := f.proxy(t, "a", 1, columnOf("t", "x")), f.proxy(t, "b", 9)
	if b.Silent() == "" {
		t.Error("a proxy that has not registered is not silent")
	}
	b.serve(t)
	if s := a.serve(t); s.Stale == "" {
		t.Error("a is not waiting for b")
	}
	f.dead(t, b)
	if s := a.serve(t); s.Stale != "" {
		t.Error(s.Stale)
	}
	b.clock.Advance(pgstore.ProxyLifetime - time.Millisecond)
	if why := b.Silent(); why != "" {
		t.Error(why)
	}
	b.clock.Suspend(time.Millisecond) // also while the machine sleeps
	if b.Silent() == "" {
		t.Error("b does not notice")
	}
	if a.Silent() != "" {
		t.Error(a.Silent())
	}
	b.serve(t)
	if b.Silent() != "" || b.last.Stale == "" {
		t.Errorf("b is back: silent %q, stale %q", b.Silent(), b.last.Stale)
	}
}

// TestTermOfAFrozenProxy: what a proxy learns while it is waited for belongs to one
// term, which ends by itself when the others stop waiting. A heartbeat that gets
// through too late, as that of a process that was frozen, does not bring it back.
func TestTermOfAFrozenProxy(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text)")
	a := f.proxy(t, "a", 1, columnOf("t", "x"))
	first := a.serve(t)
	for range 3 {
		a.clock.Advance(pgstore.ProxyLifetime - time.Second)
		a.self.Heartbeat = time.Now() // this is not about the database's clock
		if s := a.serve(t); s.Term != first.Term || s.Term.Over() {
			t.Fatal("the term does not go on")
		}
	}
	a.clock.Suspend(pgstore.ProxyLifetime - 1)
	if first.Term.Over() {
		t.Error("the term is over too early")
	}
	a.clock.Suspend(1)
	if !first.Term.Over() {
		t.Error("the term goes on")
	}
	s := a.look(t)
	if s.Term == first.Term || s.Term.Over() || !first.Term.Over() {
		t.Error("what was known before the proxy was frozen holds again")
	}
	if a.Silent() != "" {
		t.Error(a.Silent())
	}
	if s := f.settle(t, columnOf("t", "x")); s.Term != nil {
		t.Error("a process that does not serve has a term")
	}
}

// TestTermByTheClockOfTheOthers: they go by the database's clock, as do terms: the own clock stands still in a machine that is paused, and the database's may
// jump.
func TestTermByTheClockOfTheOthers(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text)")
	a := f.proxy(t, "a", 1, columnOf("t", "x"))
	first := a.serve(t)
	a.self.Heartbeat = a.self.Heartbeat.Add(-pgstore.ProxyLifetime)
	if s := a.look(t); s.Term == first.Term || s.Term.Over() || !first.Term.Over() {
		t.Error("what was known while the others did not wait holds on")
	}
	second := a.last
	a.self.Heartbeat = time.Now().Add(time.Hour) // set back since
	if s := a.look(t); s.Term != second.Term || s.Term.Over() {
		t.Error("the term does not go on")
	}
}

// TestInitBesideProxies: init is no proxy. It waits for those that are there,
// and its policy does not replace theirs.
func TestInitBesideProxies(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text)")
	a := f.proxy(t, "a", 2)
	a.serve(t)
	s := f.settle(t, columnOf("t", "x")) // with policy 1
	if !strings.Contains(s.Stale, "a holds 02") || s.Columns[0].State() != pgstore.ColumnPlain {
		t.Errorf("%q, %s", s.Stale, s.Columns[0].State())
	}
	if proxies, err := f.store.Proxies(t.Context()); err != nil || len(proxies) != 1 {
		t.Errorf("%d proxies, %v", len(proxies), err)
	}
	if err := a.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.sealed(t, columnOf("t", "x"))
}

// TestProduction: a sealed column whose guard is gone is not served in
// production, elsewhere it is, and is not called sealed.
func TestProduction(t *testing.T) {
	f := newFixture(t, "SELECT 1")
	f.as(t, "stranger", "CREATE TABLE t (x text)")
	f.as(t, "", "ALTER TABLE t OWNER TO owner")
	f.sealed(t, columnOf("t", "x"))
	f.as(t, "", "ALTER TABLE t OWNER TO stranger") // nobody mends it now
	f.as(t, "stranger", "ALTER TABLE t DISABLE TRIGGER ALL")
	for _, production := range []bool{false, true} {
		c := New(Options{Store: f.store, Policy: pgstore.PolicyHash{1}, Columns: []Column{columnOf("t", "x")}, Production: production})
		s, err := c.Settle(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if (s.Stale != "") != production || s.Columns[0].Called() != pgstore.ColumnSealing || s.Columns[0].SQL == "" {
			t.Errorf("production %v: stale %q, called %s", production, s.Stale, s.Columns[0].Called())
		}
		if err := c.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

// TestTwoListAColumnAtOnce: proxies that find a column unlisted in the same moment give it one record between them.
func TestTwoListAColumnAtOnce(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (v text)")
	a, b := f.proxy(t, "a", 1, columnOf("t", "v")), f.proxy(t, "b", 1, columnOf("t", "v"))
	for _, p := range []*fakeProxy{a, b} {
		if err := p.heartbeat(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	records, err := b.store.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.look(t)
	// b has read the records before a wrote.
	w := &walk{store: b.store, prover: b.prover, log: b.log, policy: b.policy, mayChange: true}
	live, err := loadLive(t.Context(), b.store.Pool(), b.columns, records)
	if err != nil {
		t.Fatal(err)
	}
	listed := match(b.columns, live, records)
	if problem := settleAll(listed, live, records); problem != "" {
		t.Fatal(problem)
	}
	if err := w.saveAll(t.Context(), listed); err != nil || !w.busy || listed[0].record != nil {
		t.Errorf("%v, busy %v, %+v", err, w.busy, listed[0].record)
	}
	if records, err := f.store.Columns(t.Context()); err != nil || len(records) != 1 {
		t.Fatalf("%+v, %v", records, err)
	}
	untilDone(t, a, b)
}

// TestPolicyThatIsNotInForceYet: a proxy serves by its policy only once it is in force, also where it cannot find out whether it may be, for somebody else is
// changing columns.
func TestPolicyThatIsNotInForceYet(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (x text, y text)")
	a, b := f.proxy(t, "a", 1, columnOf("t", "x")), f.proxy(t, "b", 2, columnOf("t", "x"), columnOf("t", "y"))
	a.serve(t)
	begun, end, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- f.store.Update(t.Context(), func(*pgstore.Tx) error {
			close(begun)
			<-end
			return nil
		})
	}()
	select {
	case <-begun:
	case err := <-ended:
		t.Fatal(err)
	}
	if s := b.serve(t); s.Stale == "" || !s.Again {
		t.Errorf("while columns are changed: %q", s.Stale)
	}
	if s := a.serve(t); s.Stale != "" {
		t.Errorf("the one in force: %q", s.Stale)
	}
	close(end)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	f.dead(t, a)
	if s := b.serve(t); s.Stale != "" {
		t.Errorf("once nobody holds the other: %q", s.Stale)
	}
}
