package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/value"
	"github.com/legatics/pgseal/testenv/postgres"
)

// touchy is a key that panics with the value that it is to seal, if that holds a word.
type touchy struct {
	Key
	word string
}

func (k *touchy) SealIn(dst []byte, c crypto.Column, m crypto.Mode, round int, plain []byte) ([]byte, error) {
	if k.word != "" && bytes.Contains(plain, []byte(k.word)) {
		panic(errors.New("cannot deal with " + string(plain)))
	}
	return k.Key.SealIn(dst, c, m, round, plain)
}

// panicking is a store with columns to be sealed, and a runner that panics on the way.
type panicking struct {
	t       *testing.T
	cluster *postgres.Cluster
	name    string
	store   *pgstore.Store
	pool    *pgxpool.Pool
	ring    *keysource.Keyring
	log     journal

	mu      sync.Mutex
	columns map[[16]byte]*guard.ColumnStatus
	words   map[[16]byte]string // where the work on a column panics: "column", "settle", or a value
	word    string              // of the key
}

// journal is a log.
type journal struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all.Write(p)
}

func (j *journal) text() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all.String()
}

func newPanicking(t *testing.T) *panicking {
	t.Helper()
	p := &panicking{t: t, cluster: postgres.Start(t, postgres.Options{}), columns: map[[16]byte]*guard.ColumnStatus{}, words: map[[16]byte]string{}}
	p.name = p.cluster.NewDatabase(t)
	url := p.cluster.URL(p.name, "")
	key, err := crypto.GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	conn, err := pgstore.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pgstore.Init(t.Context(), conn, key, time.Now()); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close(t.Context())
	if p.store, err = pgstore.Open(t.Context(), pgstore.Options{Conn: url, Key: key}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.store.Close)
	if p.pool, err = pgxpool.New(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.pool.Close)
	if err := Migrate(t.Context(), p.pool); err != nil {
		t.Fatal(err)
	}
	tenants, wrapper := keysourcetest.NewStore(), keysourcetest.NewWrapper()
	tenants.Put(keysourcetest.NewTenant(t, wrapper, keysource.KeySpec{Provider: "fake", KeyARN: keysourcetest.FakeARN}, "acme", time.Hour))
	p.ring = keysource.NewKeyring(keysource.Options{Store: tenants, Wrappers: map[string]keysource.Wrapper{"fake": wrapper}, Log: slog.New(slog.DiscardHandler), CallTimeout: time.Minute})
	t.Cleanup(p.ring.Close)
	return p
}

// column orders that a new table's values be sealed, which panics at a place.
func (p *panicking) column(table, place string) (id [16]byte) {
	p.t.Helper()
	p.cluster.Exec(p.t, p.name, fmt.Sprintf("CREATE TABLE %s (id int PRIMARY KEY, title text); INSERT INTO %[1]s SELECT i, 'Confidential-' || i FROM generate_series(1, 3000) i", table))
	r := &pgstore.Column{Schema: "public", Table: table, Name: "title", Attnum: 2, Key: crypto.Column{ID: crypto.NewColumnID("public", table, "title"), Family: "text"},
		TypeOID: value.OIDText, Typmod: -1, Mode: crypto.Randomized, State: pgstore.ColumnSealing}
	var oid int64
	if err := p.pool.QueryRow(p.t.Context(), "SELECT $1::regclass::oid::int8", table).Scan(&oid); err != nil {
		p.t.Fatal(err)
	}
	r.Relation = uint32(oid)
	if err := p.store.Update(p.t.Context(), func(tx *pgstore.Tx) error { return tx.SaveColumn(p.t.Context(), r) }); err != nil {
		p.t.Fatal(err)
	}
	reports, err := guard.Verify(p.t.Context(), p.store.Pool(), p.store.Tag(), guard.Target{Schema: "public", Table: table, Column: "title", Armoured: true})
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	p.columns[r.ID] = &guard.ColumnStatus{Column: guard.Column{Schema: "public", Table: table, Name: "title", Mode: crypto.Randomized}, Record: r, Guard: reports[0]}
	p.words[r.ID] = place
	p.mu.Unlock()
	p.order(r.ID)
	return r.ID
}

// order has the work done, or gone on with.
func (p *panicking) order(id [16]byte) {
	p.t.Helper()
	ctx := p.t.Context()
	err := p.store.Update(ctx, func(tx *pgstore.Tx) error {
		now, err := p.store.Bulk(ctx, id)
		if err != nil {
			return err
		}
		next, err := Begin(now, id, pgstore.BulkEncrypt, 3000, TriggersNone, "tester")
		if err != nil {
			return err
		}
		if err := p.store.SaveBulk(ctx, tx.Conn(), next); err != nil {
			return err
		}
		return Order(ctx, p.pool, tx.Conn(), id)
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *panicking) at(id [16]byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.words[id]
}

func (p *panicking) runner() *Runner {
	return NewRunner(Options{Store: p.store, Pool: p.pool, Log: slog.New(slog.NewTextHandler(&p.log, nil)),
		Tenant: func(string, string) (string, string) { return "acme", "" },
		Column: func(_ context.Context, id [16]byte) (*guard.ColumnStatus, error) {
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.words[id] == "column" {
				panic("Confidential")
			}
			p.word = p.words[id]
			return p.columns[id], nil
		},
		Acquire: func(ctx context.Context, tenant string) (Key, error) {
			handle, err := p.ring.Acquire(ctx, tenant)
			if err != nil {
				return nil, err
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			return &touchy{handle, p.word}, nil
		},
		Settle: func(_ context.Context, id [16]byte) (string, error) {
			if p.at(id) == "settle" {
				panic("Confidential")
			}
			return "", nil
		},
	})
}

// ends waits until the work on a column ends in a status.
func (p *panicking) ends(id [16]byte, want pgstore.BulkStatus) *pgstore.Bulk {
	p.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		b, err := p.store.Bulk(p.t.Context(), id)
		if err != nil {
			p.t.Fatal(err)
		}
		if b.Status == want {
			return b
		}
		if b.Status.Ended() || time.Now().After(deadline) {
			p.t.Fatalf("%+v; want %s", b, want)
		}
	}
}

// TestPanics: a panic in the work on a column ends that work alone, with a reason and no word of what it says in the log, the record or the job queue; what
// was ordered behind it is done, and the work itself goes on where it was, once the fault is mended.
func TestPanics(t *testing.T) {
	p := newPanicking(t)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, p.pool, p.runner()) }()
	defer func() {
		stop()
		if err := <-served; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}()
	ordered := map[string][16]byte{}
	for table, place := range map[string]string{"a": "column", "b": "Confidential-1", "c": "Confidential-2500", "d": "settle"} { // 2500 is treated beside
		ordered[place] = p.column(table, place)
	}
	for place, id := range ordered {
		if b := p.ends(id, pgstore.BulkFailed); b.Code != "XX000" || !strings.Contains(b.Reason, "a fault in pgseal") {
			t.Errorf("%s: %+v", place, b)
		}
	}
	for _, id := range ordered {
		p.mu.Lock()
		p.words[id] = ""
		p.mu.Unlock()
		p.order(id)
	}
	for _, id := range ordered {
		p.ends(id, pgstore.BulkDone)
	}
	if log := p.log.text(); strings.Contains(log, "Confidential") || strings.Count(log, "work on a column panicked") != 4 || !strings.Contains(log, "touchy).SealIn") {
		t.Errorf("the log of four panics: %s", log)
	}
	var told string
	if err := p.pool.QueryRow(t.Context(), "SELECT coalesce(string_agg(j::text, ' '), '') FROM pgseal.river_job j WHERE j::text ~ 'Confidential|goroutine'").Scan(&told); err != nil || told != "" {
		t.Errorf("in the job queue: %s, %v", told, err)
	}
}
