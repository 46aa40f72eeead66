package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/proxy"
)

// ringKeys are a keyring's handles, as the program gives them to sessions.
type ringKeys struct{ ring *keysource.Keyring }

func (k ringKeys) Acquire(ctx context.Context, tenant string) (proxy.Key, error) {
	h, err := k.ring.Acquire(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return h, nil
}

// vault is a proxy with a real keyring, whose clock stands still until it is moved.
type vault struct {
	*safe
	clock   *keysourcetest.Clock
	store   *keysourcetest.Store
	wrapper *keysourcetest.Wrapper
	ring    *keysource.Keyring
	release func() // of a KMS that hangs
}

const (
	vaultCache = time.Minute
	refreshAt  = vaultCache * 4 / 5 // without jitter
)

func startVault(t *testing.T) *vault {
	v := &vault{clock: keysourcetest.NewClock(), store: keysourcetest.NewStore(), wrapper: keysourcetest.NewWrapper()}
	v.store.Put(keysourcetest.NewTenant(t, v.wrapper, keysource.KeySpec{Provider: "fake", KeyARN: keysourcetest.FakeARN}, "acme", vaultCache))
	v.ring = keysource.NewKeyring(keysource.Options{Store: v.store, Wrappers: map[string]keysource.Wrapper{"fake": v.wrapper}, Clock: v.clock,
		Random: func() float64 { return 0 }, CallTimeout: 200 * time.Millisecond, Poll: 2 * time.Millisecond, Sweep: 2 * time.Millisecond})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { _ = v.ring.Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended; v.ring.Close() })
	v.safe = startSafe(t, func(c *proxy.Config) {
		for _, d := range c.Databases {
			d.Keys = ringKeys{v.ring}
		}
	})
	cluster.Exec(t, v.name, `CREATE FUNCTION step(class int, n int) RETURNS text LANGUAGE plpgsql AS
		'BEGIN RAISE NOTICE ''what was made before is sent now''; PERFORM pg_advisory_lock_shared(class, n); RETURN ''''; END'`)
	return v
}

// keyGoes is one way in which a key can go, as the keyring sees it.
type keyGoes struct {
	name   string
	code   string
	answer keysource.Kind // of the KMS; 0: take does something else
	asked  bool           // it shows when the KMS is next asked; else at once
	serves bool           // what is held is used until its deadline
	take   func(v *vault)
}

func waysToGo() []keyGoes {
	return []keyGoes{
		{name: "denied", code: "KU001", answer: keysource.AccessDenied, asked: true},
		{name: "disabled", code: "KU002", answer: keysource.KeyDisabled, asked: true},
		{name: "pending deletion", code: "KU003", answer: keysource.KeyInvalidState, asked: true},
		{name: "deleted", code: "KU004", answer: keysource.KeyNotFound, asked: true},
		{name: "refused to another proxy", code: "KU001", answer: keysource.AccessDenied, take: func(v *vault) {
			v.wrapper.Answer(keysource.AccessDenied)
			_ = v.store.Refused(context.Background(), "acme", 1, keysource.AccessDenied)
		}},
		{name: "locked", code: "KU009", take: func(v *vault) { v.store.Lock("acme", "officer", v.clock.Now()) }},
		{name: "retired", code: "KU010", take: func(v *vault) { v.store.Update("acme", func(r *keysource.TenantRecord) { r.Retired = true }) }},
		{name: "key store down", code: "KU005", answer: keysource.KeyStoreUnavailable, asked: true, serves: true},
		{name: "KMS unreachable", code: "KU006", answer: keysource.KMSUnreachable, asked: true, serves: true},
		{name: "KMS silent", code: "KU006", asked: true, serves: true, take: func(v *vault) { v.release = v.wrapper.Hang() }},
		{name: "throttled", code: "KU007", answer: keysource.KMSThrottled, asked: true, serves: true},
		{name: "no credentials", code: "KU008", answer: keysource.KMSCredentials, asked: true, serves: true},
		{name: "another key's wrapping", code: "KU011", answer: keysource.KeyMismatch, asked: true, serves: true},
		{name: "record changed", code: "KU012", asked: true, serves: true, take: func(v *vault) {
			v.store.Update("acme", func(r *keysource.TenantRecord) { r.CacheTime = 0 })
		}},
		{name: "store unreachable", code: "KU006", asked: true, serves: true, take: func(v *vault) { v.store.Fail(errors.New("no database")) }},
		{name: "nobody can be told until when", code: "KU006", asked: true, serves: true, take: func(v *vault) {
			v.store.Before(func(op string) {
				if op == keysourcetest.StoreHold {
					v.store.Fail(errors.New("read only"))
				}
			})
		}},
	}
}

// inUse is one way of having values in use. Each call of next brings one more, or the error. What it takes one from was begun before.
type inUse struct {
	name string
	next func() error
}

const large = 16 << 10

func (v *vault) uses(t *testing.T) []inUse {
	t.Helper()
	ctx := t.Context()
	for id, title := range map[int]string{1: "canary", 2: "canary" + strings.Repeat("x", large)} {
		if _, err := v.connect(t).Exec(ctx, "INSERT INTO matters (id, title, email) VALUES ($1, $2, $3)", id, title, fmt.Sprint(id, "@example.org")); err != nil {
			t.Fatal(err)
		}
	}
	one := func(c *pgx.Conn, sql string, args ...any) error {
		var title string
		if err := c.QueryRow(ctx, sql, args...).Scan(&title); err != nil {
			return err
		}
		return isCanary(title)
	}
	const byID = "SELECT title FROM matters WHERE id = 1"
	simple, prepared, search, writer := v.connect(t), v.connect(t), v.connect(t), v.connect(t)
	transaction := v.connect(t)
	must := func(c *pgx.Conn, sql string) {
		t.Helper()
		if _, err := c.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	must(transaction, "BEGIN")
	cursor := v.connect(t)
	must(cursor, "BEGIN")
	must(cursor, "DECLARE c CURSOR FOR SELECT m.title FROM matters m, generate_series(1, 1000) WHERE m.id = 1")
	return []inUse{
		{"statements", func() error { return one(simple, byID, pgx.QueryExecModeSimpleProtocol) }},
		{"prepared", func() error { return one(prepared, byID) }},
		{"transaction", func() error { return one(transaction, byID) }},
		{"equality search", func() error { return one(search, "SELECT title FROM matters WHERE email = $1", "1@example.org") }},
		{"a connection each", func() error {
			c, err := pgx.Connect(ctx, v.url(v.name))
			if err != nil {
				return err
			}
			defer c.Close(ctx)
			return one(c, byID)
		}},
		{"writes", func() error {
			_, err := writer.Exec(ctx, "UPDATE matters SET title = $1 WHERE id = 1", "canary again")
			return err
		}},
		{"cursor", func() error { return one(cursor, "FETCH c", pgx.QueryExecModeSimpleProtocol) }},
		{"portal", v.portal(t)},
		{"result in flight", v.inFlight(t, 1, false)},
		{"COPY out", v.inFlight(t, 2, true)},
		{"COPY in", v.copyIn(t)},
	}
}

func isCanary(title string) error {
	if !strings.HasPrefix(title, "canary") {
		return errors.New("a value that is not the one that was sealed")
	}
	return nil
}

// portal executes one portal, a row each time.
func (v *vault) portal(t *testing.T) func() error {
	f := v.connect(t).PgConn().Frontend()
	f.SendParse(&pgproto3.Parse{Query: "SELECT m.title FROM matters m, generate_series(1, 1000) WHERE m.id = 1"})
	f.SendBind(&pgproto3.Bind{})
	return func() error {
		f.SendExecute(&pgproto3.Execute{MaxRows: 1})
		f.Send(&pgproto3.Flush{})
		if err := f.Flush(); err != nil {
			return err
		}
		for {
			switch m, err := f.Receive(); m := m.(type) {
			case nil:
				return err
			case *pgproto3.DataRow:
				if err := isCanary(string(m.Values[0])); err != nil {
					return err
				}
			case *pgproto3.PortalSuspended:
				return nil
			case *pgproto3.ErrorResponse:
				return coded(m.Code)
			}
		}
	}
}

// coded is an error of the server's.
type coded string

func (c coded) Error() string    { return string(c) }
func (c coded) SQLState() string { return string(c) }

// inFlight takes one row after the other from a result, or a COPY, that the server makes row by row, each when it is let.
func (v *vault) inFlight(t *testing.T, class int, isCopy bool) func() error {
	gate := cluster.Conn(t, v.name, "")
	const steps = 12
	for n := range steps {
		if _, err := gate.Exec(t.Context(), "SELECT pg_advisory_lock($1, $2)", class, n+1); err != nil {
			t.Fatal(err)
		}
	}
	sql := fmt.Sprintf("SELECT m.title, step(%d, n) FROM matters m, generate_series(1, %d) n WHERE m.id = 2", class, steps)
	if isCopy {
		sql = "COPY (" + sql + ") TO STDOUT"
	}
	f := v.connect(t).PgConn().Frontend()
	f.SendQuery(&pgproto3.Query{String: sql})
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	n := 0
	return func() error {
		n++
		if _, err := gate.Exec(t.Context(), "SELECT pg_advisory_unlock($1, $2)", class, n); err != nil {
			return err
		}
		for {
			switch m, err := f.Receive(); m := m.(type) {
			case nil:
				return err
			case *pgproto3.DataRow:
				return isCanary(string(m.Values[0]))
			case *pgproto3.CopyData:
				return isCanary(string(m.Data))
			case *pgproto3.ErrorResponse:
				return coded(m.Code)
			}
		}
	}
}

// copyIn ends a COPY that was begun before, with one more row, and begins the next.
func (v *vault) copyIn(t *testing.T) func() error {
	f := v.connect(t).PgConn().Frontend()
	id := 1000
	row := func() {
		id++
		f.Send(&pgproto3.CopyData{Data: fmt.Appendf(nil, "%d\tcanary\n", id)})
	}
	begin := func() error {
		f.SendQuery(&pgproto3.Query{String: "COPY matters (id, title) FROM STDIN"})
		if err := f.Flush(); err != nil {
			return err
		}
		for {
			switch m, err := f.Receive(); m := m.(type) {
			case nil:
				return err
			case *pgproto3.CopyInResponse:
				row()
				return f.Flush()
			case *pgproto3.ErrorResponse:
				return coded(m.Code)
			}
		}
	}
	if err := begin(); err != nil {
		t.Fatal(err)
	}
	return func() error {
		row()
		f.Send(&pgproto3.CopyDone{})
		if err := f.Flush(); err != nil {
			return err
		}
		var failed error
		for {
			switch m, err := f.Receive(); m := m.(type) {
			case nil:
				return err
			case *pgproto3.ErrorResponse:
				failed = coded(m.Code)
			case *pgproto3.ReadyForQuery:
				if failed != nil {
					return failed
				}
				return begin()
			}
		}
	}
}

// TestWithdrawalTable holds for each way in which a key can go, and each way of having values in use, that they come until the very moment at which they may
// come no more, and not from then on.
func TestWithdrawalTable(t *testing.T) {
	for _, way := range waysToGo() {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			v := startVault(t)
			uses := v.uses(t)
			v.all(t, uses, "with the key", "")
			if way.take != nil {
				way.take(v)
			} else {
				v.wrapper.Answer(way.answer)
			}
			if way.asked {
				v.clock.Advance(refreshAt - 1)
				v.all(t, uses, "before the KMS is asked", "")
				v.clock.Advance(1)
			}
			v.until(t, way.code)
			if way.serves {
				v.clock.Advance(vaultCache - refreshAt - 1)
				v.all(t, uses, "a nanosecond before the deadline", "")
				v.clock.Advance(1)
			}
			v.all(t, uses, "without the key", way.code)
			if v.release != nil {
				v.release()
			}
			v.sealedAlone(t)
		})
	}
}

// sealedAlone: nothing lies open, and of COPYs there are the rows of those alone that came to their end, two of each.
func (v *vault) sealedAlone(t *testing.T) {
	t.Helper()
	for _, title := range v.stored(t, "title") {
		if !strings.HasPrefix(title, "pgs1_") {
			t.Errorf("stored: %.20q", title)
		}
	}
	if rows := len(v.stored(t, "title")) - 2; rows%2 != 0 || rows < 2 {
		t.Errorf("%d rows of COPYs", rows)
	}
}

// until waits until the keyring knows.
func (v *vault) until(t *testing.T, code string) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); v.ring.Status("acme").Kind.Code() != code; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the keyring does not notice: %+v", v.ring.Status("acme"))
		}
	}
}

// all takes one value in each way; code is what must come instead, empty for the value.
func (v *vault) all(t *testing.T, uses []inUse, when, code string) {
	t.Helper()
	for _, u := range uses {
		err := u.next()
		got := ""
		var state interface{ SQLState() string }
		if errors.As(err, &state) {
			got = state.SQLState()
		}
		if got != code || err != nil && got == "" {
			t.Errorf("%s, %s: %v instead of %q", when, u.name, err, code)
		}
	}
}
