package withdrawal

import (
	"context"
	"errors"
	"flag"
	"fmt"
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

var (
	writeTo = flag.String("write", "", "folder to write withdrawal.md to")
	every   = flag.Duration("every", 250*time.Millisecond, "time between two values of one use")
	only    = flag.String("way", "denied,role,silent,mismatch", "ways in which keys go, separated by commas; all for every one")
)

const (
	canary    = "Confidential-"
	cacheTime = time.Minute
	// busy is how late, on a machine that does other things, a value that came through may be seen, or a refusal.
	busy = 10 * time.Second
)

// trial is one tenant whose key goes in one way.
type trial struct {
	way
	kms  *kms
	uses []*outcome

	taken   time.Time     // when the key was taken
	yes, no time.Time     // the KMS's last yes, and its first answer that is none
	back    time.Duration // from when the key was given back until a value came through
}

// outcome is what became of one use.
type outcome struct {
	use
	session
	ended time.Time
	err   error
}

// TestWithdrawal takes every key away while it is in use.
func TestWithdrawal(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	var trials []*trial
	for _, w := range ways() {
		if *only == "all" || *writeTo != "" || strings.Contains(","+*only+",", ","+w.name+",") {
			tr := &trial{way: w, kms: startKMS(t, w)}
			trials = append(trials, tr)
			if w.role {
				t.Setenv("AWS_ENDPOINT_URL_STS", tr.kms.URL())
			}
		}
	}
	pgseal, cluster, database := deploy(t, trials)
	work(t, trials, func(tr *trial) string {
		url, err := pgseal.URL(cluster.URL(database, tr.name))
		if err != nil {
			t.Fatal(err)
		}
		return url
	})
	for _, tr := range trials {
		tr.look()
		tr.check(t)
	}
	var stored int
	if err := cluster.Conn(t, database, "").QueryRow(t.Context(), "SELECT count(*) FROM matters WHERE id % $1 > $2", perTenant, large).Scan(&stored); err != nil || stored != 0 {
		t.Errorf("%d rows of COPYs that had to end were stored (%v)", stored, err)
	}
	if n := cluster.FilesWith(t, canary); len(n) > 0 {
		t.Errorf("plaintext in %v", n)
	}
	if *writeTo != "" {
		if err := os.WriteFile(*writeTo+"/withdrawal.md", document(trials), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func startKMS(t *testing.T, w way) *kms {
	server, err := kmstest.Start(kmstest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	k := &kms{Server: server, key: server.CreateKey(kmstest.KeyOptions{})}
	if w.role {
		err = k.trust()
	} else if w.name == "revoked" {
		err = k.permit()
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// deploy starts the database, with the rows of all tenants, and pgseal.
func deploy(t *testing.T, trials []*trial) (*program.Deployment, *postgres.Cluster, string) {
	cluster := postgres.Start(t, postgres.Options{})
	database := cluster.NewDatabase(t)
	cluster.Exec(t, database, "CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text)")
	for _, tr := range trials {
		cluster.Exec(t, database, fmt.Sprintf("CREATE ROLE %q LOGIN; GRANT ALL ON matters TO %[1]q", tr.name))
	}
	dir := t.TempDir()
	binary, err := program.Build(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	pgseal, err := program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(dir, "deployment"), Upstream: cluster.Address(), Database: database,
		Control: "user=postgres", Rule: "{by: role}",
		Policy: "version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}, email: {mode: deterministic}}}}\n"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tr := range trials {
		args := []string{"tenant", "add", tr.name, "--provider", "aws-kms", "--key", tr.kms.key, "--endpoint", tr.kms.URL(), "--cache-time", cacheTime.String()}
		if tr.role {
			args = append(args, "--role-arn", roleARN, "--external-id", externalID)
		}
		if out, err := pgseal.Command(t.Context(), args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
	if err := pgseal.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	return pgseal, cluster, database
}

// work puts everything to use, takes the keys, waits until nothing works any more, and gives the keys back.
func work(t *testing.T, trials []*trial, url func(*trial) string) {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	var began, ended sync.WaitGroup
	for i, tr := range trials {
		base := (i + 1) * perTenant
		fill(t, url(tr), base)
		for _, u := range uses() {
			o := &outcome{use: u, session: session{url: url(tr), base: base, every: *every}}
			began.Add(1)
			once := sync.OnceFunc(began.Done)
			o.began = once
			tr.uses = append(tr.uses, o)
			ended.Go(func() {
				defer once()
				o.err = o.run(ctx, &o.session)
				o.ended = time.Now()
			})
		}
	}
	began.Wait()
	for _, tr := range trials {
		tr.taken = time.Now()
		if err := tr.take(tr.kms); err != nil {
			t.Fatal(err)
		}
	}
	ended.Wait()
	for _, tr := range trials {
		if tr.give != nil {
			tr.back = recovered(ctx, t, tr, url(tr))
		}
	}
}

// fill writes a tenant's rows.
func fill(t *testing.T, url string, base int) {
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for id, title := range map[int]string{small: canary, large: canary + strings.Repeat("x", largeSize)} {
		if _, err := conn.Exec(t.Context(), "INSERT INTO matters VALUES ($1, $2, 'somebody@example.org')", base+id, title); err != nil {
			t.Fatal(err)
		}
	}
}

// recovered gives the key back and waits until a value comes through, by itself.
func recovered(ctx context.Context, t *testing.T, tr *trial, url string) time.Duration {
	began := time.Now()
	if err := tr.give(tr.kms); err != nil {
		t.Fatal(err)
	}
	s := &session{url: url, base: tr.uses[0].base, began: func() {}}
	for {
		err := s.connected(ctx, func(conn *pgx.Conn) error { return s.one(ctx, conn, byID, s.base+small) })
		if err == nil {
			return time.Since(began)
		}
		if ctx.Err() != nil {
			t.Fatalf("%s: the key is back and the data are not: %v", tr.name, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// look finds out when the KMS said what.
func (tr *trial) look() {
	for _, c := range tr.answers() {
		switch {
		case c.Answer == "" && !c.Time.After(tr.taken):
			tr.yes = c.Time
		case c.Answer != "" && tr.no.IsZero():
			tr.no = c.Time
		}
	}
}

// limit is when the last value may have come through.
func (tr *trial) limit() time.Time {
	if tr.denied {
		return tr.no
	}
	return tr.yes.Add(cacheTime)
}

func (tr *trial) check(t *testing.T) {
	if tr.yes.IsZero() || tr.no.IsZero() {
		t.Errorf("%s: the KMS said yes at %v, no at %v", tr.name, tr.yes, tr.no)
		return
	}
	for _, o := range tr.uses {
		var e interface{ SQLState() string }
		if !errors.As(o.err, &e) || e.SQLState() != tr.code {
			t.Errorf("%s, %s: ended in %v", tr.way, o.name, o.err)
		}
		if late := o.last.Sub(tr.limit()); late > busy {
			t.Errorf("%s, %s: a value came through %v after the limit", tr.way, o.name, late)
		}
		if early := tr.limit().Sub(o.last); !tr.denied && early > busy+10*time.Second {
			t.Errorf("%s, %s: the last value came %v before the deadline", tr.way, o.name, early)
		}
	}
}
