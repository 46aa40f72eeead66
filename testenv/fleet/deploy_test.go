package fleet

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// canary begins every plaintext, open those that are written into columns that the policy does not list yet.
const (
	canary = "Confidential-"
	open   = "Open-"
)

// binary is pgseal, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "pgseal-fleet-")
		if err == nil {
			defer os.RemoveAll(dir)
			binary, err = program.Build(context.Background(), dir)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

// fleet is a deployment of several proxies.
type fleet struct {
	t        *testing.T
	cluster  *postgres.Cluster // the first primary
	primary  *postgres.Cluster // the present one; of the test's own goroutine
	database string
	kms      *kmstest.Server
	proxies  []*member
	tenants  []*tenant
	weather  weather
	random   *rand.Rand // of the disturbances
	began    time.Time
	straight *pgx.Conn // to the database; of the test's own goroutine, as what follows

	listed     int                  // columns that are in every policy by now, one after the other
	sealedFrom map[string]time.Time // when each was known to be sealed
	measured   map[string][]time.Duration
}

// tenant is one, with the master keys that it ever had; the last is the present one.
type tenant struct {
	name string
	keys []string

	mu        sync.Mutex
	rewrapped int // commands that said that they have done it
	renewed   int
	unsure    int // commands that were killed
}

// member is one proxy.
type member struct {
	*program.Deployment
	n       int
	name    string
	network *relay
	control *relay

	mu sync.Mutex
	up bool
}

func (m *member) setUp(up bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.up = up
}

func (m *member) isUp() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.up
}

const schema = `
CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text, n1 text, n2 text, n3 text, n4 text);
CREATE INDEX ON matters (email);
CREATE TABLE noise (id bigint PRIMARY KEY, title text, email text);
`

// policyWith lists the first n of the columns that are listed one after the other.
func policyWith(n int) string {
	extra := ""
	for i := range n {
		extra += fmt.Sprintf(", n%d: {mode: randomized}", i+1)
	}
	return "version: 1\ntables:\n  public.matters: {columns: {title: {mode: randomized}, email: {mode: deterministic}" + extra + "}}\n" +
		"  public.noise: {columns: {title: {mode: randomized}, email: {mode: deterministic}}}\n"
}

// deploy starts a database, a KMS, and so many proxies and tenants.
func deploy(t *testing.T, seed uint64, proxies, tenants int) *fleet {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	f := &fleet{t: t, random: rand.New(rand.NewPCG(seed, 0)), began: time.Now(),
		sealedFrom: make(map[string]time.Time), measured: make(map[string][]time.Duration)}
	var err error
	if f.kms, err = kmstest.Start(kmstest.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.kms.Close() })
	f.cluster = postgres.Start(t, clusterOptions())
	f.primary = f.cluster
	f.database = f.cluster.NewDatabase(t)
	f.cluster.Exec(t, f.database, schema)
	dir := t.TempDir()
	for n := range proxies {
		f.join(filepath.Join(dir, fmt.Sprintf("proxy%d", n+1)), n)
	}
	for n := range tenants {
		f.addTenant(fmt.Sprintf("tenant%d", n+1))
	}
	var starting sync.WaitGroup
	for _, m := range f.proxies {
		starting.Go(func() {
			if err := m.Serve(); err != nil {
				t.Error(err)
				return
			}
			m.setUp(true)
		})
	}
	starting.Wait()
	if t.Failed() {
		t.FailNow()
	}
	t.Cleanup(func() {
		for _, m := range f.proxies {
			if t.Failed() {
				t.Logf("%s: %s", m.name, tail(m.Log(), 60))
			}
			if m.isUp() {
				if err := m.Stop(); err != nil {
					t.Error(err)
				}
			}
		}
	})
	return f
}

// clusterOptions have what is acknowledged survive the server; the machine does not die.
func clusterOptions() postgres.Options {
	return postgres.Options{Durable: true, Settings: map[string]string{"fsync": "off"}}
}

func tail(text string, lines int) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// join adds one more proxy, which is not started.
func (f *fleet) join(dir string, n int) {
	f.t.Helper()
	m := &member{n: n, name: fmt.Sprintf("proxy %d", n+1), network: newRelay(f.t, f.cluster.Address()), control: newRelay(f.t, f.cluster.Address())}
	options := program.Options{Binary: binary, Dir: dir, Upstream: m.network.listener.Addr().String(), Database: f.database, Policy: policyWith(0),
		Control: "user=postgres host=127.0.0.1 port=" + m.control.port(), Rule: "{by: role}", Tenant: "unused"}
	var err error
	if n == 0 {
		m.Deployment, err = program.Prepare(f.t.Context(), options)
	} else {
		m.Deployment, err = f.proxies[0].Another(options)
	}
	if err != nil {
		f.t.Fatal(err)
	}
	f.proxies = append(f.proxies, m)
}

func (f *fleet) addTenant(name string) {
	f.t.Helper()
	f.cluster.Exec(f.t, f.database, fmt.Sprintf("CREATE ROLE %q LOGIN; GRANT ALL ON matters, noise TO %[1]q", name))
	tn := &tenant{name: name, keys: []string{f.kms.CreateKey(kmstest.KeyOptions{})}}
	if out, err := f.run("tenant", "add", name, "--provider", "aws-kms", "--key", tn.keys[0], "--endpoint", f.kms.URL(), "--cache-time", "1m"); err != nil {
		f.t.Fatalf("%v: %s", err, out)
	}
	f.tenants = append(f.tenants, tn)
}

// run is a command of an operator's, by the configuration of the first proxy.
func (f *fleet) run(args ...string) (string, error) {
	ctx, stop := context.WithTimeout(f.t.Context(), time.Minute)
	defer stop()
	out, err := f.proxies[0].Command(ctx, args...).CombinedOutput()
	return string(out), err
}

// must is run of what may not fail.
func (f *fleet) must(args ...string) string {
	out, err := f.run(args...)
	if err != nil {
		f.t.Errorf("pgseal %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return out
}

func (f *fleet) url(m *member, tenant string) string {
	url, err := m.URL(f.cluster.URL(f.database, tenant))
	if err != nil {
		panic(err)
	}
	return url
}

// live are the proxies that run.
func (f *fleet) live() (all []*member) {
	for _, m := range f.proxies {
		if m.isUp() {
			all = append(all, m)
		}
	}
	return all
}

// look is what a tenant's client gets from a proxy on a connection of its own: "" for the value, or a code.
func (f *fleet) look(ctx context.Context, m *member, tenant string) string {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	conn, err := pgx.Connect(ctx, f.url(m, tenant))
	if err != nil {
		return codeOf(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var title string
	if err := conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", f.ownRow(tenant)).Scan(&title); err != nil {
		return codeOf(err)
	}
	if title != canary+tenant {
		return "wrong value"
	}
	return ""
}

// ownRow is the id of a row that a tenant has from the beginning, and that nobody changes.
func (f *fleet) ownRow(tenant string) int {
	for i, tn := range f.tenants {
		if tn.name == tenant {
			return -i - 1
		}
	}
	panic(tenant)
}

// settle waits until every proxy gives what is wanted, and says how long it took.
func (f *fleet) settle(tenant, want string, limit time.Duration) time.Duration {
	f.t.Helper()
	began := time.Now()
	waiting := f.live()
	for len(waiting) > 0 {
		m := waiting[0]
		got := f.look(f.t.Context(), m, tenant)
		if got == want {
			waiting = waiting[1:]
			continue
		}
		if time.Since(began) > limit {
			f.t.Errorf("%s, %s: after %v %q instead of %q", m.name, tenant, limit, got, want)
			return limit
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began)
}

// codeOf is an error's SQLSTATE, or "net" for one that is none of the server's.
func codeOf(err error) string {
	var e interface{ SQLState() string }
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.SQLState()
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	return "net"
}

func (f *fleet) kill(m *member) {
	m.setUp(false)
	m.Kill()
}

func (f *fleet) start(m *member) {
	if err := m.Serve(); err != nil {
		f.t.Error(err)
		return
	}
	m.setUp(true)
}

// write gives a proxy a policy, in one step, as an editor does.
func (m *member) write(policy string) error {
	file := m.File("policy.yaml")
	if err := os.WriteFile(file+".new", []byte(policy), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
