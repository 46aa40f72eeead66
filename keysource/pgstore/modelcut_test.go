package pgstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// scissors cut the connection to the database at one of the messages that a change sends.
type scissors struct {
	mu    sync.Mutex
	armed bool
	after bool // the server still gets the message, and nobody hears what it says
	left  int  // messages until then
	open  bool // a transaction is under way
	cut   bool
}

var errSevered = errors.New("the connection was cut")

// arm begins to count: the message of that number is the last.
func (s *scissors) arm(at int, after bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed, s.after, s.left, s.open, s.cut = true, after, at, false, false
}

// disarm tells whether the change has sent so many messages, and whether the connection was cut.
func (s *scissors) disarm() (reached, cut bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = false
	return s.left <= 0, s.cut
}

// here tells whether a message is where to cut. What the server gets in a transaction, the commit aside, comes to nothing as what it does not get. The
// caller holds mu.
func (s *scissors) here(message []byte) bool {
	if !s.armed {
		return false
	}
	begins, commits := bytes.Contains(message, []byte("begin")), bytes.Contains(message, []byte("commit"))
	open := s.open
	s.open = (open || begins) && !commits
	s.left--
	s.cut = s.cut || s.left == 0 && (!s.after || commits || !open && !begins)
	return s.left == 0 && s.cut
}

// dial opens a connection that can be cut.
func (s *scissors) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &cutConn{Conn: c, scissors: s}, nil
}

type cutConn struct {
	net.Conn
	scissors *scissors
	cut      bool
}

// Write implements net.Conn.
func (c *cutConn) Write(b []byte) (int, error) {
	s := c.scissors
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.cut {
		return 0, errSevered
	}
	if !s.here(b) {
		return c.Conn.Write(b)
	}
	c.cut = true
	if s.after {
		if _, err := c.Conn.Write(b); err != nil {
			return 0, err
		}
		// Until the server has it, and has done it.
		if err := c.Conn.(*net.TCPConn).CloseWrite(); err != nil {
			return 0, err
		}
		buf := make([]byte, 4096)
		for {
			if _, err := c.Conn.Read(buf); err != nil {
				break
			}
		}
	}
	_ = c.Conn.Close()
	return 0, errSevered
}

// cuttable is a store whose connections the scissors can cut.
func (f *fixture) cuttable(t *testing.T, s *scissors) *Store {
	t.Helper()
	store := f.open(t, Options{})
	f.repool(t, store, func(c *pgxpool.Config) { c.ConnConfig.DialFunc = s.dial })
	return store
}

// repool gives a store other connections.
func (f *fixture) repool(t *testing.T, s *Store, change func(*pgxpool.Config)) {
	t.Helper()
	config := s.pool.Config()
	change(config)
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	s.pool.Close()
	s.pool = pool
}

// crashing is one kind of change of a store.
type crashing struct {
	name string
	do   func(ctx context.Context, s *Store, f *fixture, tenant string) error
}

func crashings() []crashing {
	column := crypto.NewDomainID("email")
	of := func(_ any, err error) error { return err }
	return []crashing{
		{"lock", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			return of(s.Lock(ctx, tenant, "tester"))
		}},
		{"unlock", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			return of(s.Unlock(ctx, tenant, "tester"))
		}},
		{"cache time", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			return of(s.SetCacheTime(ctx, tenant, 7*time.Minute, "tester"))
		}},
		{"rotate", func(ctx context.Context, s *Store, f *fixture, tenant string) error {
			return of(s.Rotate(ctx, tenant, "tester", f.wrapper))
		}},
		{"another key", func(ctx context.Context, s *Store, f *fixture, tenant string) error {
			return of(s.Rewrap(ctx, tenant, "tester", MasterKey{Provider: keysource.ProviderLocal, KeyARN: otherARN}, f.wrapper))
		}},
		{"another provider", func(ctx context.Context, s *Store, f *fixture, tenant string) error {
			return of(s.SetProvider(ctx, tenant, "tester", MasterKey{Provider: keysource.ProviderAWS, KeyARN: otherARN}, f.wrapper, f.wrapper))
		}},
		{"pin", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			t, err := s.LookUp(ctx, tenant)
			if err != nil {
				return err
			}
			return of(s.Pin(ctx, t.ID, column, t.Current.Number))
		}},
		{"a refusal", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			return s.Refused(ctx, tenant, 1, keysource.AccessDenied)
		}},
		{"a hold", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			t, err := s.LookUp(ctx, tenant)
			if err != nil {
				return err
			}
			return s.Hold(ctx, t.ID, time.Minute)
		}},
		{"a column", func(ctx context.Context, s *Store, _ *fixture, tenant string) error {
			return s.Update(ctx, func(tx *Tx) error {
				c := sampleColumn(tenant)
				return errors.Join(tx.SaveColumn(ctx, c), tx.SetPolicy(ctx, PolicyHash{byte(tx.row.version)}), tx.Event(ctx, Event{Kind: "column", Actor: "tester"}))
			})
		}},
		{"a heartbeat", func(ctx context.Context, s *Store, _ *fixture, _ string) error {
			return s.Heartbeat(ctx, &Proxy{ID: NewProxyID(), Name: "p"})
		}},
	}
}

// state is what a change leaves behind, in one line.
func (f *fixture) state(t *testing.T, s *Store, tenant string) string {
	t.Helper()
	got, err := s.LookUp(t.Context(), tenant)
	if err != nil {
		t.Fatalf("the record is not whole: %v", err)
	}
	all, err := s.openGenerations(t.Context(), got, f.wrapper)
	if err != nil {
		t.Fatalf("a generation does not open: %v", err)
	}
	destroyAll(all)
	history, errH := s.History(t.Context(), tenant)
	events, errE := s.Events(t.Context(), EventFilter{Tenant: tenant, Limit: 1000})
	until, errU := s.HeldUntil(t.Context(), got.ID)
	columns, errC := s.Columns(t.Context())
	if err := errors.Join(errH, errE, errU, errC); err != nil {
		t.Fatal(err)
	}
	listed := 0
	for _, c := range columns {
		if c.Name == tenant {
			listed++
		}
	}
	return fmt.Sprint("version ", got.Version, " locked ", got.Locked, " cache ", got.CacheTime, " key ", got.Spec.KeyARN, got.Spec.Provider, " generations ", len(all),
		" pins ", len(got.Pins), " history ", len(history), " events ", len(events), " refusals ", got.Refusal.Count, " held ", !until.IsZero(), " columns ", listed)
}

// TestEveryCrashPoint cuts the connection at each message of each change, before the server gets it and after: the store is whole, before or after the
// change, and the change can be made again.
func TestEveryCrashPoint(t *testing.T) {
	f := newFixture(t)
	f.wrapper.AddKey(otherARN)
	s := &scissors{}
	for _, c := range crashings() {
		t.Run(c.name, func(t *testing.T) {
			store := f.cuttable(t, s)
			defer store.Close()
			f.crash(t, c, s, store, c.name+" first", 1000, false) // from now on each statement is one message
			undone, done := 0, 0
			for at, more := 1, true; more; at++ {
				for _, after := range []bool{false, true} {
					var cut, changed bool
					more, cut, changed = f.crash(t, c, s, store, fmt.Sprintf("%s %d %v", c.name, at, after), at, after)
					switch {
					case !cut:
					case changed:
						done++
					default:
						undone++
					}
				}
			}
			t.Logf("cut at %d points; %d times it was done, %d times it was not", done+undone, done, undone)
			if c.name != "a heartbeat" && (done == 0 || undone == 0) {
				t.Error("not every kind of end was met")
			}
		})
	}
}

// crash makes a change of a new tenant and cuts it at one point.
func (f *fixture) crash(t *testing.T, c crashing, s *scissors, store *Store, tenant string, at int, after bool) (reached, cut, changed bool) {
	t.Helper()
	f.addTenant(t, tenant)
	if c.name == "unlock" {
		if _, err := f.store.Lock(t.Context(), tenant, "tester"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.LookUp(t.Context(), tenant); err != nil { // so that there is a connection
		t.Fatal(err)
	}
	before := f.state(t, f.store, tenant)
	s.arm(at, after)
	err := c.do(t.Context(), store, f, tenant)
	reached, cut = s.disarm()
	now := f.state(t, f.store, tenant)
	changed = now != before
	switch {
	case !cut && err != nil:
		t.Errorf("at %d: not cut, and %v", at, err)
	case err == nil && !changed && c.name != "a heartbeat":
		t.Errorf("at %d: it says that it is done, and it is not", at)
	}
	if !cut {
		return reached, cut, changed
	}
	err = c.do(t.Context(), store, f, tenant)
	for deadline := time.Now().Add(30 * time.Second); errors.Is(err, ErrBusy) && time.Now().Before(deadline); err = c.do(t.Context(), store, f, tenant) {
		time.Sleep(5 * time.Millisecond) // the server has not noticed yet that the other connection is gone
	}
	if err != nil {
		t.Errorf("at %d, after %v: once more: %v", at, after, err)
	}
	if again := f.state(t, f.store, tenant); again == before && c.name != "a heartbeat" {
		t.Errorf("at %d, after %v: once more: nothing has changed: %s", at, after, again)
	}
	return reached, cut, changed
}

// TestAddCrash is the same for a tenant that is not there yet.
func TestAddCrash(t *testing.T) {
	f := newFixture(t)
	s := &scissors{}
	store := f.cuttable(t, s)
	add := func(name string) error {
		_, err := store.AddTenant(t.Context(), NewTenant{Name: name, Provider: keysource.ProviderLocal, KeyARN: keysourcetest.FakeARN, Actor: "tester"}, f.wrapper)
		return err
	}
	for at, more := 1, true; more; at++ {
		for _, after := range []bool{false, true} {
			name := fmt.Sprint("tenant ", at, after)
			if err := store.pool.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.arm(at, after)
			err := add(name)
			reached, cut := s.disarm()
			more = reached
			if !cut && err != nil {
				t.Fatal(err)
			}
			switch _, missing := f.store.LookUp(t.Context(), name); {
			case missing == nil:
				f.state(t, f.store, name)
			case keysource.KindOf(missing) != keysource.TenantUnknown || err == nil:
				t.Errorf("at %d, after %v: %v, %v", at, after, err, missing)
			default:
				if err := add(name); err != nil {
					t.Errorf("at %d, after %v: once more: %v", at, after, err)
				}
			}
		}
	}
}
