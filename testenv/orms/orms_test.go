package orms

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/clients"
	"github.com/legatics/pgseal/testenv/decode"
	"github.com/legatics/pgseal/testenv/postgres"
)

var (
	all   = flag.Bool("all", false, "the frameworks that take long too")
	only  = flag.String("only", "", "one framework, by name")
	write = flag.Bool("write", false, "write docs/compatibility.md")
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestFrameworks has each framework work with plain columns and with sealed ones, and holds the document against what was seen.
func TestFrameworks(t *testing.T) {
	w := newWorld(t)
	var results []result
	for _, f := range frameworks() {
		if *only == f.name || *only == "" && (*all || !f.long) {
			t.Run(f.name, func(t *testing.T) { results = append(results, w.judge(t, f)) })
		}
	}
	if t.Failed() {
		return // the document would only repeat it
	}
	text, err := os.ReadFile(documentFile)
	if err != nil && !*write {
		t.Fatal(err)
	}
	committed := string(text)
	if *write {
		if err := os.WriteFile(documentFile, []byte(document(results, committed)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	results = slices.DeleteFunc(results, func(r result) bool {
		if other := !r.sameSeries(committed); other {
			t.Logf("%s is another version than the document's: its part is not compared", r.version)
			return true
		}
		return false
	})
	if made := document(results, committed); withoutVersions(made) != withoutVersions(committed) {
		t.Errorf("docs/compatibility.md is not what the run gives; `make orms ORMSFLAGS=-write` writes it anew:\n%s", cmp.Diff(withoutVersions(committed), withoutVersions(made)))
	}
}

// world is a server for plain columns and one for sealed ones.
type world struct {
	plain, sealed *postgres.Cluster
	binary        string // pgseal
	place         place
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{place: place{t.TempDir()}}
	w.plain = postgres.Start(t, postgres.Options{Auth: "scram-sha-256"})
	w.sealed = postgres.Start(t, postgres.Options{Auth: "scram-sha-256", Settings: map[string]string{"log_statement": "all"}})
	var err error
	if w.binary, err = program.Build(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	return w
}

// judge runs a framework's program both ways, and looks for what it has written.
func (w *world) judge(t *testing.T, f framework) result {
	plain, sealed := w.plain.URL(w.plain.NewDatabase(t), ""), w.sealed.NewDatabase(t)
	behind, _ := decode.Between(t, w.sealed.URL(sealed, ""))
	var directly, through report
	var seal *program.Deployment
	var front *decode.Relay
	if err := f.schema(t.Context(), w.place, plain); err != nil { // what the program needs is built here
		t.Fatal(err)
	}
	var group errgroup.Group
	group.Go(func() (err error) { directly, err = f.work(t.Context(), w.place, plain); return err })
	if err := f.schema(t.Context(), w.place, w.sealed.URL(sealed, "")); err != nil {
		t.Error(err)
	} else {
		seal = w.serve(t, behind.Addr(), sealed)
		proxied, err := seal.URL(w.sealed.URL(sealed, ""))
		if err == nil {
			front, proxied = decode.Between(t, proxied)
			through, err = f.work(t.Context(), w.place, proxied)
		}
		if err != nil {
			t.Error(err)
		}
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	if t.Failed() {
		t.FailNow()
	}
	outcomes, problems := compare(f.name, directly, through)
	for _, p := range problems {
		t.Error(p)
	}
	w.wantNoPlaintext(t, behind, seal)
	r := result{f, through.version, outcomes, refusals(front.Failures())}
	if testing.Verbose() {
		t.Logf("\n%s%s", r.row(), r.section())
	}
	return r
}

// schema has a program make its tables.
func (f framework) schema(ctx context.Context, p place, url string) error {
	ctx, cancel := context.WithTimeout(ctx, perRun)
	defer cancel()
	cmd, err := f.command(ctx, p, "schema", url)
	if err != nil {
		return err
	}
	_, err = clients.Run(cmd)
	return err
}

// work takes a program's steps.
func (f framework) work(ctx context.Context, p place, url string) (report, error) {
	ctx, cancel := context.WithTimeout(ctx, perRun)
	defer cancel()
	cmd, err := f.command(ctx, p, "work", url)
	if err != nil {
		return report{}, err
	}
	lines, err := clients.Run(cmd)
	if err != nil {
		return report{}, err
	}
	return read(lines)
}

// serve sets pgseal up in front of a database.
func (w *world) serve(t *testing.T, upstream, database string) *program.Deployment {
	t.Helper()
	d, err := program.Prepare(t.Context(), program.Options{
		Binary: w.binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: upstream,
		Database: database, Control: "user=postgres password=secret", Policy: policy,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of pgseal's log:\n%s", d.Log())
		}
		if err := d.Stop(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// wantNoPlaintext looks for the canaries where no plaintext may be: on the way to the server, in pgseal's log, in the server's log (which has every
// statement) and in its files.
func (w *world) wantNoPlaintext(t *testing.T, behind *decode.Relay, seal *program.Deployment) {
	t.Helper()
	for _, canary := range canaries {
		if behind.Carried([]byte(canary)) {
			t.Errorf("%q went to PostgreSQL", canary)
		}
		if bytes.Contains([]byte(seal.Log()), []byte(canary)) {
			t.Errorf("%q is in pgseal's log", canary)
		}
		if bytes.Contains([]byte(w.sealed.Log(t)), []byte(canary)) {
			t.Errorf("%q is in the server's log, first in: %s", canary, lineWith(w.sealed.Log(t), canary))
		}
	}
	if found := w.sealed.FilesWith(t, canaries...); len(found) > 0 {
		t.Errorf("plaintext is in the server's files %q", found)
	}
}

// lineWith is the first line of a log that has a text, and the one before it.
func lineWith(log, text string) string {
	before := ""
	for line := range strings.Lines(log) {
		if strings.Contains(line, text) {
			return before + line
		}
		before = line
	}
	return ""
}
