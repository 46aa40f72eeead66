package orms

import (
	"bytes"
	"context"
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/clients"
	"github.com/legatics/pgseal/testenv/decode"
	"github.com/legatics/pgseal/testenv/postgres"
)

var (
	all  = flag.Bool("all", false, "the frameworks that take long too")
	only = flag.String("only", "", "one framework, by name")
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestFrameworks has each framework work with plain columns and with sealed ones.
func TestFrameworks(t *testing.T) {
	w := newWorld(t)
	for _, f := range frameworks() {
		if *only == f.name || *only == "" && (*all || !f.long) {
			t.Run(f.name, func(t *testing.T) { w.judge(t, f) })
		}
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
func (w *world) judge(t *testing.T, f framework) {
	plain, sealed := w.plain.NewDatabase(t), w.sealed.NewDatabase(t)
	w.run(t, f, "schema", w.plain.URL(plain, ""))
	w.run(t, f, "schema", w.sealed.URL(sealed, ""))
	behind, behindURL := decode.Between(t, w.sealed.URL(sealed, ""))
	_ = behindURL
	seal := w.serve(t, behind.Addr(), sealed)
	proxyURL, err := seal.URL(w.sealed.URL(sealed, ""))
	if err != nil {
		t.Fatal(err)
	}
	front, through := decode.Between(t, proxyURL)

	var reports [2]report
	var group errgroup.Group
	for i, url := range []string{w.plain.URL(plain, ""), through} {
		group.Go(func() (err error) { reports[i], err = f.work(t.Context(), w.place, url); return err })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	outcomes, problems := compare(f.name, reports[0], reports[1])
	for _, p := range problems {
		t.Error(p)
	}
	for _, failure := range front.Failures() {
		t.Logf("%s %s (%s)\n\t%s", failure.Code, failure.Message, failure.Hint, form(failure.SQL))
	}
	t.Logf("%s: %d steps, %d as without pgseal", reports[1].version, len(outcomes), len(outcomes)-len(slices.DeleteFunc(slices.Clone(outcomes), func(o outcome) bool { return o.expected == nil })))
	w.wantNoPlaintext(t, behind, seal)
}

// run has a program do something whose report does not count.
func (w *world) run(t *testing.T, f framework, what, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), perRun)
	defer cancel()
	cmd, err := f.command(ctx, w.place, what, url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := clients.Run(cmd); err != nil {
		t.Fatal(err)
	}
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
