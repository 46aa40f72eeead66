package census

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/testenv/postgres"
)

var tag = crypto.StoreTag{0xa7, 0x3c}

// world is a database with sealed values, and what made them.
type world struct {
	t       *testing.T
	cluster *postgres.Cluster
	pool    *pgxpool.Pool // the control role's
	keys    []*crypto.Generation
}

// The tests share a cluster.
func TestTake(t *testing.T) {
	w := newWorld(t)
	t.Run("exact", w.exact)
	t.Run("not counted", w.notCounted)
	t.Run("sample", w.sample)
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, cluster: postgres.Start(t, postgres.Options{})}
	w.cluster.Exec(t, "postgres", "CREATE ROLE pgseal LOGIN; GRANT CREATE ON SCHEMA public TO pgseal")
	config, err := pgstore.PoolConfig(w.cluster.URL("postgres", "pgseal"))
	if err != nil {
		t.Fatal(err)
	}
	if w.pool, err = pgxpool.NewWithConfig(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.pool.Close)
	for range 3 {
		key, err := crypto.GenerateDataKey()
		if err != nil {
			t.Fatal(err)
		}
		g := crypto.NewGeneration(tag, crypto.NewTenantID(), crypto.NewKeyNumber(), key)
		t.Cleanup(g.Destroy)
		w.keys = append(w.keys, g)
	}
	return w
}

func (w *world) exec(sql string) {
	w.t.Helper()
	w.cluster.Exec(w.t, "postgres", sql)
}

func (w *world) number(i int) crypto.KeyNumber { return w.keys[i].Number() }

func (w *world) seal(generation int, m crypto.Mode) []byte {
	w.t.Helper()
	key, err := w.keys[generation].Column(crypto.Column{ID: crypto.NewColumnID("public", "t", "c"), Family: "text"})
	if err != nil {
		w.t.Fatal(err)
	}
	sealed, err := key.Seal(nil, m, []byte("canary"))
	if err != nil {
		w.t.Fatal(err)
	}
	return sealed
}

func (w *world) copyIn(table string, rows [][]any) {
	w.t.Helper()
	conn := w.cluster.Conn(w.t, "postgres", "")
	if _, err := conn.CopyFrom(context.Background(), pgx.Identifier{table}, []string{"a", "b"}, pgx.CopyFromRows(rows)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) take(o Options, columns ...string) map[string]Column {
	w.t.Helper()
	o.DB, o.Tag = w.pool, tag
	if o.Time == 0 {
		o.Time = time.Minute
	}
	var records []pgstore.Column
	for _, c := range columns {
		table, name, _ := strings.Cut(c, ".")
		records = append(records, pgstore.Column{Schema: "public", Table: table, Name: name, State: pgstore.ColumnSealed})
	}
	found, err := Take(w.t.Context(), o, records)
	if err != nil {
		w.t.Fatal(err)
	}
	all := make(map[string]Column)
	for _, c := range found {
		all[c.Table+"."+c.Name] = c
	}
	if len(all) != len(columns) {
		w.t.Fatalf("%d columns of %d: %+v", len(all), len(columns), all)
	}
	return all
}

// armour is the text form.
func armour(sealed []byte) string { return string(crypto.AppendArmour(nil, sealed)) }

// Every value is counted once, by the data key in its head, in both forms; so is what is not sealed.
func (w *world) exact(t *testing.T) {
	w.exec(`CREATE TABLE "T" (a text, b bytea) PARTITION BY HASH (a); CREATE TABLE p0 PARTITION OF "T" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
		CREATE TABLE p1 PARTITION OF "T" FOR VALUES WITH (MODULUS 2, REMAINDER 1); ALTER TABLE "T" OWNER TO pgseal; ALTER TABLE p0 OWNER TO pgseal; ALTER TABLE p1 OWNER TO pgseal`)
	var rows [][]any
	for i := range 600 {
		g := i % 3 // 200 of each
		m := crypto.Randomized
		if i%2 == 1 {
			m = crypto.Deterministic
		}
		row := []any{armour(w.seal(g, m)), w.seal((g+i/300)%3, m)}
		if i%10 == 0 {
			row[1] = nil // 60
		}
		rows = append(rows, row)
	}
	other := crypto.StoreTag{1, 2}
	stranger := crypto.NewGeneration(other, crypto.NewTenantID(), w.number(0), mustKey(t))
	defer stranger.Destroy()
	key, _ := stranger.Column(crypto.Column{ID: crypto.NewColumnID("a", "b", "c"), Family: "text"})
	foreign, _ := key.Seal(nil, crypto.Randomized, []byte("x"))
	spoilt := armour(w.seal(0, crypto.Randomized))
	spoilt = spoilt[:11] + "!" + spoilt[12:]
	rows = append(rows, []any{"Frankfurt", []byte("plain")}, []any{"", foreign}, []any{armour(foreign), nil}, []any{spoilt, nil}, []any{"pgs1_AQ", nil})
	w.copyIn("T", rows)
	got := w.take(Options{Exact: true}, "T.a", "T.b")
	a, b := got["T.a"], got["T.b"]
	want := map[crypto.KeyNumber]int64{w.number(0): 200, w.number(1): 200, w.number(2): 200}
	for n, count := range want {
		if a.Sealed[n] != (Count{N: count}) {
			t.Errorf("armour: %v of %d, want %d", a.Sealed[n], n, count)
		}
	}
	if len(a.Sealed) != 3 || a.Plain.N != 4 || a.Spoilt.N != 1 || a.Percent != 100 || a.NotCounted != "" {
		t.Errorf("armour: %+v", a)
	}
	var sum int64
	for _, c := range b.Sealed {
		sum += c.N
	}
	if sum != 540 || len(b.Sealed) != 3 || b.Plain.N != 2 || b.Unseen != 0 {
		t.Errorf("bytea: %+v", b)
	}
}

func mustKey(t *testing.T) *crypto.DataKey {
	t.Helper()
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// What cannot be counted is said, with the reason, and hides nothing else.
func (w *world) notCounted(t *testing.T) {
	w.exec(`CREATE TABLE mine (a text, b bytea); ALTER TABLE mine OWNER TO pgseal;
		CREATE TABLE others (a text, b bytea);
		CREATE TABLE hidden (a text, b bytea); ALTER TABLE hidden ENABLE ROW LEVEL SECURITY; CREATE POLICY none_of_them ON hidden USING (false); GRANT SELECT ON hidden TO pgseal;
		CREATE TABLE numbers (a int, b bytea); ALTER TABLE numbers OWNER TO pgseal;
		CREATE VIEW slow AS SELECT 1`)
	w.copyIn("mine", [][]any{{armour(w.seal(0, crypto.Randomized)), w.seal(1, crypto.Randomized)}})
	got := w.take(Options{}, "mine.a", "others.a", "hidden.a", "numbers.a", "numbers.b", "gone.a", "slow.a")
	for name, reason := range map[string]string{
		"others.a": "may not read", "hidden.a": "may not read", "numbers.a": "its type", "gone.a": "no such column", "slow.a": "no such column", "mine.a": "", "numbers.b": "",
	} {
		if c := got[name]; (reason == "") != (c.NotCounted == "") || !strings.Contains(c.NotCounted, reason) {
			t.Errorf("%s: %q, want %q", name, c.NotCounted, reason)
		}
	}
	if got["mine.a"].Sealed[w.number(0)].N != 1 {
		t.Errorf("%+v", got["mine.a"])
	}
	conn := w.cluster.Conn(t, "postgres", "")
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "LOCK TABLE mine"); err != nil {
		t.Fatal(err)
	}
	if c := w.take(Options{Time: 300 * time.Millisecond}, "mine.a", "numbers.b"); !strings.Contains(c["mine.a"].NotCounted, "longer than what was left") ||
		!strings.Contains(c["numbers.b"].NotCounted, "time for counting") {
		t.Errorf("%+v", c)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A sample of a table whose data keys lie in runs, as they do after a rotation: the truth is within the error that is stated.
func (w *world) sample(t *testing.T) {
	w.exec("CREATE TABLE big (a text, b bytea); ALTER TABLE big OWNER TO pgseal")
	want := []int64{20000, 6000, 0}
	var rows [][]any
	for g, n := range want {
		val := armour(w.seal(g, crypto.Randomized))
		for range n {
			rows = append(rows, []any{val, nil})
		}
	}
	w.copyIn("big", rows)
	w.exec("VACUUM ANALYZE big")
	missed, rounds := 0, 10
	var widest int64
	for range rounds {
		c := w.take(Options{Budget: 512 << 10}, "big.a")["big.a"]
		if c.Percent >= 50 || c.NotCounted != "" {
			t.Fatalf("%+v", c)
		}
		for g, n := range want {
			got, seen := c.Sealed[w.number(g)]
			if widest = max(widest, got.Error); !seen {
				got.Error = c.Unseen
			}
			if n < got.N-got.Error || n > got.N+got.Error {
				missed++
			}
		}
	}
	// Each misses once in twenty on the average.
	if missed > rounds/2 {
		t.Errorf("the truth was outside of the error %d times of %d", missed, 2*rounds)
	}
	if widest < 100 || widest > 15000 {
		t.Errorf("the largest error was %d", widest)
	}
	if exact := w.take(Options{Budget: 512 << 10, Exact: true}, "big.a")["big.a"]; fmt.Sprint(exact.Sealed[w.number(0)], exact.Sealed[w.number(1)]) != "{20000 0} {6000 0}" {
		t.Errorf("exact: %+v", exact)
	}
}
