package proxy_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// safe is a proxy in front of a database with sealed columns, with a key that the test can take away.
type safe struct {
	*running
	keys    *switchedKeys
	planner *plan.Planner
	name    string // of the database
}

const safeSchema = `
CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text UNIQUE, value bytea, closes bytea, note text);
CREATE TABLE plain (id bigint PRIMARY KEY, v text);
`

// startSafe starts a proxy that seals columns of matters: title randomized in armour, email deterministic in armour, value numeric and
// closes date in bytea.
func startSafe(t testing.TB, adjust ...func(*proxy.Config)) *safe {
	t.Helper()
	s := &safe{keys: newSwitchedKeys(t), name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}
	cluster.Exec(t, s.name, safeSchema)
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
	c := proxy.Config{Databases: map[string]*proxy.Database{
		s.name: {Planner: s.planner, Keys: s.keys, Tenant: fixedTenant("acme")}}}
	for _, f := range adjust {
		f(&c)
	}
	s.running = start(t, c)
	return s
}

func (s *safe) connect(t testing.TB) *pgx.Conn { return s.running.connect(t, s.name) }

// stored reads a column as it lies in the database, past the proxy.
func (s *safe) stored(t testing.TB, expression string) (out []string) {
	t.Helper()
	rows, err := cluster.Conn(t, s.name, "").Query(t.Context(), "SELECT "+expression+" FROM matters ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	out, err = pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type fixedTenant string

func (f fixedTenant) Tenant(string, string) string { return string(f) }

func safeCatalogue(t testing.TB, database string, state plan.ColumnState, epoch string) *plan.Catalogue {
	t.Helper()
	conn := cluster.Conn(t, database, "")
	rel := &plan.Relation{Schema: "public", Name: "matters", Kind: 'r', Sealed: true}
	if err := conn.QueryRow(t.Context(), "SELECT 'public.matters'::regclass::oid").Scan(&rel.OID); err != nil {
		t.Fatal(err)
	}
	sealed := map[string]*plan.Column{
		"title":  {Mode: crypto.Randomized, Type: value.Type{OID: 25, Typmod: -1}, Armoured: true},
		"email":  {Mode: crypto.Deterministic, Type: value.Type{OID: 25, Typmod: -1}, Armoured: true},
		"value":  {Mode: crypto.Randomized, Type: value.Type{OID: 1700, Typmod: -1}},
		"closes": {Mode: crypto.Randomized, Type: value.Type{OID: 1082, Typmod: -1}},
	}
	rows, err := conn.Query(t.Context(), `SELECT attname, attnum, atttypid, atttypmod FROM pg_attribute
		WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`, rel.OID)
	if err != nil {
		t.Fatal(err)
	}
	var a plan.Attribute
	if _, err := pgx.ForEachRow(rows, []any{&a.Name, &a.Attnum, &a.TypeOID, &a.Typmod}, func() error {
		next := a
		if c := sealed[a.Name]; c != nil {
			c.Schema, c.Table, c.Name, c.Relation, c.Attnum = "public", "matters", a.Name, rel.OID, a.Attnum
			c.Sealed, c.State = true, state
			c.Key = crypto.Column{ID: crypto.NewColumnID("public", "matters", a.Name), Family: c.Type.Family()}
			next.Protected = c
		}
		rel.Columns = append(rel.Columns, next)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	c := plan.NewCatalogue(1, []*plan.Relation{rel}, nil, nil)
	c.Epoch = epoch
	return c
}

// switchedKeys holds one tenant's key, until it is taken away.
type switchedKeys struct {
	generation *crypto.Generation
	mu         sync.Mutex
	gone       error
	held       int // handles not yet released
	opens      int // values that may be opened before the key goes; 0: no limit
	refused    int // that clients were told of
}

var storeTag = crypto.StoreTag{0x5e, 0xa1}

func newSwitchedKeys(t testing.TB) *switchedKeys {
	t.Helper()
	key, err := crypto.GenerateDataKey()
	if err != nil {
		t.Fatal(err)
	}
	k := &switchedKeys{generation: crypto.NewGeneration(storeTag, crypto.TenantID{1}, 7, key)}
	t.Cleanup(func() {
		k.generation.Destroy()
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.held != 0 {
			t.Errorf("%d key handles were not released", k.held)
		}
	})
	return k
}

// withdraw takes the key away; nil gives it back.
func (k *switchedKeys) withdraw(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.gone, k.opens = err, 0
}

// withdrawAfter takes the key away once that many values have been opened.
func (k *switchedKeys) withdrawAfter(opens int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.opens = opens
}

// Refused implements proxy.RefusedKeys.
func (k *switchedKeys) Refused(proxy.KeyError) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refused++
}

func (k *switchedKeys) Acquire(context.Context, string) (proxy.Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.gone != nil {
		return nil, k.gone
	}
	k.held++
	return &switchedKey{k}, nil
}

type switchedKey struct{ k *switchedKeys }

func (k *switchedKey) Check() error {
	k.k.mu.Lock()
	defer k.k.mu.Unlock()
	return k.k.gone
}

func (k *switchedKey) SealIn(dst []byte, c crypto.Column, m crypto.Mode, _ int, plaintext []byte) ([]byte, error) {
	if err := k.Check(); err != nil {
		return nil, err
	}
	column, err := k.k.generation.Column(c)
	if err != nil {
		return nil, err
	}
	return column.Seal(dst, m, plaintext)
}

func (k *switchedKey) Open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error) {
	if err := k.Check(); err != nil {
		return nil, err
	}
	k.k.mu.Lock()
	if k.k.opens > 0 {
		if k.k.opens--; k.k.opens == 0 {
			k.k.gone = denied
		}
	}
	k.k.mu.Unlock()
	column, err := k.k.generation.Column(c)
	if err != nil {
		return nil, err
	}
	return column.Open(dst, sealed)
}

func (k *switchedKey) Tag() crypto.StoreTag { return storeTag }

func (k *switchedKey) Release() {
	k.k.mu.Lock()
	defer k.k.mu.Unlock()
	k.k.held--
}

// deniedError is how key management says that access was denied.
type deniedError struct{ error }

var denied = deniedError{errors.New("the KMS said no")}

func (deniedError) SQLState() string    { return "KU001" }
func (deniedError) Name() string        { return "key_access_denied" }
func (deniedError) Retryable() bool     { return true }
func (deniedError) TenantName() string  { return "acme" }
func (deniedError) UserMessage() string { return "the key of tenant acme is not available" }
func (deniedError) UserDetail() string  { return "Access was denied." }
func (deniedError) UserHint() string    { return "Ask the owner of the key." }
