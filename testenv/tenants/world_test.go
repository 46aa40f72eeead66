package tenants

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

var (
	number  = flag.Int("tenants", 200, "how many tenants")
	rounds  = flag.Int("rounds", 2, "pairs of rounds, with tenants whose key is in trouble and without")
	seconds = flag.Int("seconds", 1, "length of a round")
	minutes = flag.Int("minutes", 0, "how long calls of the KMS are counted for, with tenants of the shortest cache time in use")
	writeTo = flag.String("write", "", "folder to write tenants.md to")
)

// patience is how long is waited for what should happen at once, on a machine that does other things.
const patience = time.Minute

var (
	regions    = []string{"eu-central-1", "eu-west-1", "us-east-1", "ap-southeast-2", "sa-east-1"}
	cacheTimes = []time.Duration{time.Minute, 5 * time.Minute, time.Hour, 24 * time.Hour}
)

// tenant is one customer.
type tenant struct {
	id        int
	name, key string
	role      string // or empty
	cacheTime time.Duration
}

// world is everything that runs.
type world struct {
	kms      *kmstest.Server
	cluster  *postgres.Cluster
	database string
	proxies  []*program.Deployment
	control  *wire // of the second proxy
	store    *pgstore.Store
	wrapper  *awskms.Wrapper
	tenants  []*tenant
}

func newWorld(t *testing.T) *world {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	w := &world{}
	var err error
	if w.kms, err = kmstest.Start(kmstest.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.kms.Close() })
	t.Setenv("AWS_ENDPOINT_URL_STS", w.kms.URL())
	w.cluster = postgres.Start(t, postgres.Options{Settings: map[string]string{"max_connections": "400"}})
	w.database = w.cluster.NewDatabase(t)
	w.cluster.Exec(t, w.database, "CREATE TABLE matters (id bigint PRIMARY KEY, tenant text, title text)")
	w.deploy(t)
	w.open(t)
	w.populate(t)
	return w
}

// deploy prepares two proxies of one deployment; the second's control connection can be listened to.
func (w *world) deploy(t *testing.T) {
	dir := t.TempDir()
	binary, err := program.Build(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if w.control, err = tap(w.cluster.Address()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.control.Close() })
	options := program.Options{Binary: binary, Upstream: w.cluster.Address(), Database: w.database, Control: "user=postgres", Rule: "{by: setting}",
		Policy: "version: 1\ntables: {public.matters: {tenant_column: tenant, columns: {title: {mode: randomized}}}}\n"}
	options.Dir = filepath.Join(dir, "proxy-0")
	first, err := program.Prepare(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	options.Dir, options.Control = filepath.Join(dir, "proxy-1"), "user=postgres host=127.0.0.1 port="+w.control.Port()
	second, err := first.Another(options)
	if err != nil {
		t.Fatal(err)
	}
	w.proxies = []*program.Deployment{first, second}
}

// open opens the store beside the proxies, as commands do.
func (w *world) open(t *testing.T) {
	key, err := pgstore.ReadControlKey(w.proxies[0].File("control.key"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	if w.store, err = pgstore.Open(t.Context(), pgstore.Options{Conn: w.cluster.URL(w.database, ""), Key: key, MaxConns: 8}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.store.Close)
	if w.wrapper, err = awskms.New(awskms.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.wrapper.Close)
}

// populate adds all tenants.
func (w *world) populate(t *testing.T) {
	w.tenants = make([]*tenant, *number)
	began := time.Now()
	w.each(t, *number, func(i int) error {
		w.tenants[i] = w.newTenant(i)
		return w.add(t.Context(), w.tenants[i])
	})
	t.Logf("%d tenants added in %.1f s", *number, time.Since(began).Seconds())
}

func (w *world) newTenant(i int) *tenant {
	c := &tenant{id: i, name: fmt.Sprintf("tenant-%04d", i), cacheTime: cacheTimes[i%len(cacheTimes)]}
	c.key = w.kms.CreateKey(kmstest.KeyOptions{Region: regions[i%len(regions)], Account: fmt.Sprintf("%012d", 100+i)})
	if i%2 == 1 {
		c.role = fmt.Sprintf("arn:aws:iam::%012d:role/pgseal", 100+i)
		w.kms.AddRole(kmstest.Role{ARN: c.role, ExternalID: c.name})
	}
	return c
}

func (w *world) add(ctx context.Context, c *tenant) error {
	n := pgstore.NewTenant{Name: c.name, Provider: keysource.ProviderAWS, KeyARN: c.key, Endpoint: w.kms.URL(), CacheTime: c.cacheTime, Actor: "test"}
	if c.role != "" {
		n.RoleARN, n.ExternalID = c.role, c.name
	}
	_, err := w.store.AddTenant(ctx, n, w.wrapper)
	return err
}

// each does f for 0 to n-1, some at once.
func (w *world) each(t *testing.T, n int, f func(i int) error) {
	t.Helper()
	var g errgroup.Group
	g.SetLimit(8)
	for i := range n {
		g.Go(func() error { return f(i) })
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

func (w *world) serve(t *testing.T) {
	for _, p := range w.proxies {
		if err := p.Serve(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// session is a connection through a proxy that asks for one tenant after another. It is for one goroutine.
type session struct{ conn *pgx.Conn }

func (w *world) connect(ctx context.Context, proxy int) (*session, error) {
	url, err := w.proxies[proxy].URL(w.cluster.URL(w.database, ""))
	if err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, url)
	return &session{conn}, err
}

func (s *session) close() { _ = s.conn.Close(context.Background()) }

// as makes the session one of the tenant.
func (s *session) as(ctx context.Context, c *tenant) error {
	_, err := s.conn.Exec(ctx, "SET pgseal.tenant = '"+c.name+"'")
	return err
}

// write stores the tenant's one value.
func (s *session) write(ctx context.Context, c *tenant) error {
	if err := s.as(ctx, c); err != nil {
		return err
	}
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		_, err := s.conn.Exec(ctx, "INSERT INTO matters VALUES ($1, $2, $3)", c.id, c.name, secretOf(c))
		if code(err) != slow || time.Since(began) > patience {
			return err
		}
	}
}

// read asks for it, and tells how long the statement took.
func (s *session) read(ctx context.Context, c *tenant) (time.Duration, error) {
	if err := s.as(ctx, c); err != nil {
		return 0, err
	}
	var title string
	began := time.Now()
	err := s.conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", c.id).Scan(&title)
	if err == nil && title != secretOf(c) {
		err = fmt.Errorf("%s reads %q", c.name, title)
	}
	return time.Since(began), err
}

// slow is the code of a key whose KMS did not answer in time, which on a machine that does other things any may.
const slow = "KU006"

// served is read, again while the KMS is not heard in time. took is the statement's own time where that was not needed.
func (s *session) served(ctx context.Context, c *tenant) (took time.Duration, again int, err error) {
	began := time.Now()
	took, err = s.read(ctx, c)
	for ; code(err) == slow && time.Since(began) < patience; again++ {
		time.Sleep(50 * time.Millisecond)
		_, err = s.read(ctx, c)
		took = time.Since(began)
	}
	return took, again, err
}

func secretOf(c *tenant) string { return "Confidential-" + c.name }

// sessions runs f with n sessions at once.
func (w *world) sessions(t *testing.T, proxy, n int, f func(i int, s *session) error) {
	t.Helper()
	var g sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		g.Go(func() {
			s, err := w.connect(t.Context(), proxy)
			if err == nil {
				defer s.close()
				err = f(i, s)
			}
			errs[i] = err
		})
	}
	g.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
}

// code is the SQLSTATE of an error, or "".
func code(err error) string {
	var e interface{ SQLState() string }
	if errors.As(err, &e) {
		return e.SQLState()
	}
	return ""
}
