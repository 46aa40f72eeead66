package soak

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin/access"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// canary begins every plaintext.
const canary = "Confidential-"

// Two tenants, each a role: the key of one is always to be had, that of the other comes and goes.
const (
	steady = "steady"
	moved  = "moved"
)

// soak is a deployment of two proxies.
type soak struct {
	t             *testing.T
	cluster       *postgres.Cluster
	database      string
	kms           *kmstest.Server
	first, second *program.Deployment
	token         string            // of the admin API
	keys          map[string]string // ARNs by tenant
	random        *rand.Rand        // of the disturbances

	mu   sync.Mutex
	done map[string]int // what was done how often
}

const schema = `
CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text, body text);
CREATE INDEX ON matters (email);
`

const policy = `version: 1
tables:
  public.matters: {columns: {title: {mode: randomized}, email: {mode: deterministic}, body: {mode: randomized}}}
`

// deploy starts a database, a KMS and two proxies, and writes each tenant's own row.
func deploy(t *testing.T, seed uint64) *soak {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	s := &soak{t: t, random: rand.New(rand.NewPCG(seed, 0)), keys: map[string]string{}, done: map[string]int{}}
	var err error
	if s.kms, err = kmstest.Start(kmstest.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.kms.Close() })
	s.cluster = postgres.Start(t, postgres.Options{Settings: map[string]string{"max_connections": "200"}})
	s.database = s.cluster.NewDatabase(t)
	s.cluster.Exec(t, s.database, schema)
	s.prepare(t.TempDir())
	for _, tenant := range []string{steady, moved} {
		s.cluster.Exec(t, s.database, fmt.Sprintf("CREATE ROLE %s LOGIN; GRANT ALL ON matters TO %[1]s", tenant))
		s.keys[tenant] = s.kms.CreateKey(kmstest.KeyOptions{})
		s.must("tenant", "add", tenant, "--provider", "aws-kms", "--key", s.keys[tenant], "--endpoint", s.kms.URL(), "--cache-time", "1m")
	}
	for _, d := range []*program.Deployment{s.first, s.second} {
		if err := d.Serve(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.stop(d) })
	}
	for n, tenant := range []string{steady, moved} {
		s.sow(-n-1, tenant)
	}
	return s
}

func (s *soak) prepare(dir string) {
	s.t.Helper()
	users := access.Users{Version: 1, Users: map[string]access.Entry{}}
	token, digest := access.NewToken()
	s.token, users.Users["poller"] = token, access.Entry{Role: access.Viewer, Tokens: []access.TokenEntry{{Name: "soak", SHA256: digest}}}
	if err := users.Write(filepath.Join(dir, "users.yaml")); err != nil {
		s.t.Fatal(err)
	}
	options := program.Options{Binary: binary, Dir: filepath.Join(dir, "first"), Upstream: s.cluster.Address(), Database: s.database, Policy: policy,
		Control: fmt.Sprintf("host=127.0.0.1 port=%d user=postgres", s.cluster.Port()), Rule: "{by: role}", Tenant: "unused", Users: filepath.Join(dir, "users.yaml")}
	var err error
	if s.first, err = program.Prepare(s.t.Context(), options); err != nil {
		s.t.Fatal(err)
	}
	options.Dir = filepath.Join(dir, "second")
	if s.second, err = s.first.Another(options); err != nil {
		s.t.Fatal(err)
	}
}

func (s *soak) stop(d *program.Deployment) {
	if s.t.Failed() {
		all := strings.Split(strings.TrimSpace(d.Log()), "\n")
		s.t.Logf("%s: %s", d.Address(), strings.Join(all[max(0, len(all)-40):], "\n"))
	}
	if d.Running() {
		if err := d.Stop(); err != nil {
			s.t.Error(err)
		}
	}
}

// sow writes a row that nobody changes, as soon as the proxies have agreed.
func (s *soak) sow(id int, tenant string) {
	s.t.Helper()
	conn, err := pgx.Connect(s.t.Context(), s.url(s.first, tenant))
	if err != nil {
		s.t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		_, err = conn.Exec(s.t.Context(), "INSERT INTO matters VALUES ($1, $2, $2, $2)", id, canary+tenant)
		if codeOf(err) != "KP002" || time.Now().After(deadline) {
			break
		}
	}
	if err := errors.Join(err, conn.Close(s.t.Context())); err != nil {
		s.t.Fatal(err)
	}
}

func (s *soak) url(d *program.Deployment, role string) string {
	url, err := d.URL(s.cluster.URL(s.database, role))
	if err != nil {
		panic(err)
	}
	return url
}

// must is a command of an operator's, by the configuration of the first proxy.
func (s *soak) must(args ...string) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), time.Minute)
	defer stop()
	if out, err := s.first.Command(ctx, args...).CombinedOutput(); err != nil {
		s.t.Errorf("pgseal %s: %v: %s", strings.Join(args, " "), err, out)
	}
}

// did counts.
func (s *soak) did(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done[what]++
}

func (s *soak) counts() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, what := range slices.Sorted(maps.Keys(s.done)) {
		all = append(all, fmt.Sprintf("%s %d", what, s.done[what]))
	}
	return strings.Join(all, ", ")
}

// codeOf is an error's SQLSTATE, or "net" for one that is none of the server's.
func codeOf(err error) string {
	var e interface{ SQLState() string }
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.SQLState()
	}
	return "net"
}
