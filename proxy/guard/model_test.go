package guard

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// worker is a proxy in the model: what it plans by is the last status that it has put in force.
type worker struct {
	*fakeProxy
	planned pgstore.ColumnState // empty: it has not served yet
}

// model is a column that goes to and fro, by the orders of operators who do not know of each other.
type model struct {
	*fixture
	rng     *rand.Rand
	workers []*worker
	history []string
}

func (m *model) start(t *testing.T, i int) {
	m.workers[i] = &worker{fakeProxy: m.proxy(t, fmt.Sprint("p", i), 1, columnOf("t", "v"))}
	if err := m.workers[i].heartbeat(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// step does something at random.
func (m *model) step(t *testing.T) {
	w := m.workers[m.rng.IntN(len(m.workers))]
	at := slices.Index(m.workers, w)
	what := ""
	switch n := m.rng.IntN(20); {
	case n < 7:
		w.look(t)
		w.clock.Advance(time.Second)
		what = fmt.Sprintf("p%d looks: %s", at, w.last.Columns[0].State())
	case n < 12:
		if w.last == nil {
			return
		}
		w.planned = w.last.Columns[0].State()
		w.Acknowledge(w.last)
		what = fmt.Sprintf("p%d plans by %s", at, w.planned)
	case n < 15:
		what = m.write(t, at, w)
	case n < 18:
		what = m.work(t)
	case n < 19:
		open := m.rng.IntN(2) == 0
		m.order(t, open)
		what = fmt.Sprintf("ordered: open %t", open)
	default:
		m.dead(t, w.fakeProxy)
		m.start(t, at)
		what = fmt.Sprintf("p%d was killed and is another one", at)
	}
	m.history = append(m.history, what)
}

// write is a client's, through a proxy: the guard may never refuse it.
func (m *model) write(t *testing.T, at int, w *worker) string {
	value := "'plain'"
	switch {
	case w.planned == "":
		return "nothing"
	case sealsWrites(w.planned):
		value = m.armour(crypto.Randomized, 5)
	}
	if err := m.try(t, "app", "INSERT INTO t VALUES ("+value+")"); err != nil {
		t.Errorf("p%d, which plans by %s, cannot write: %v", at, w.planned, err)
	}
	return fmt.Sprintf("p%d writes, by %s", at, w.planned)
}

// work is that on the rows, as the record asks for it.
func (m *model) work(t *testing.T) string {
	records, err := m.store.Columns(t.Context())
	if err != nil || len(records) == 0 {
		return "nothing"
	}
	switch r := records[0]; {
	case r.State == pgstore.ColumnUnsealing && opening(&r):
		m.as(t, "app", "UPDATE t SET v = 'opened' WHERE v LIKE 'pgs1%'")
	case r.State == pgstore.ColumnSealing && !opening(&r):
		m.as(t, "app", "UPDATE t SET v = "+m.armour(crypto.Randomized, 5)+" WHERE v NOT LIKE 'pgs1%'")
	}
	return "the work is done on every row, " + string(records[0].State)
}

// check demands that whatever a proxy may write, every other one can read as what it is.
func (m *model) check(t *testing.T) {
	seals, plains, native := false, false, false
	for _, w := range m.workers {
		seals = seals || sealsWrites(w.planned)
		plains = plains || w.planned != "" && !sealsWrites(w.planned)
		native = native || w.planned == pgstore.ColumnPlain
	}
	for at, w := range m.workers {
		if w.planned == pgstore.ColumnSealed && plains {
			t.Errorf("p%d refuses plaintext, and another proxy writes some", at)
		}
	}
	if native && seals {
		t.Error("a proxy opens nothing, and another one writes sealed values")
	}
	if native && m.get(t, "SELECT count(*) FROM t WHERE v LIKE 'pgs1%'") != "0\n" {
		t.Error("a proxy opens nothing, and there are sealed values")
	}
	if t.Failed() {
		t.Fatalf("%q", m.history)
	}
}

// TestToAndFro: three proxies that look, serve and die in any order, while operators have the column opened and sealed anew.
func TestToAndFro(t *testing.T) {
	for seed := range uint64(3) {
		m := &model{fixture: newFixture(t, "CREATE TABLE t (v text)"), rng: rand.New(rand.NewPCG(seed, 7)), workers: make([]*worker, 3)}
		for i := range m.workers {
			m.start(t, i)
		}
		m.workers[0].look(t)
		for range 150 {
			m.step(t)
			m.check(t)
		}
		// Left alone, it gets to where it is to be.
		for _, open := range []bool{true, false} {
			m.order(t, open)
			for deadline, arrived := time.Now().Add(time.Minute), 0; arrived < len(m.workers); {
				arrived = 0
				for _, w := range m.workers {
					s := w.serve(t)
					w.planned = s.Columns[0].State()
					w.clock.Advance(time.Second)
					if s.Columns[0].Arrived() {
						arrived++
					}
				}
				m.work(t)
				m.check(t)
				if time.Now().After(deadline) {
					t.Fatalf("seed %d: %+v", seed, m.workers[0].last.Columns[0])
				}
			}
		}
	}
}
