package clients

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/decode"
	"github.com/legatics/pgseal/testenv/postgres"
)

// TestThroughPgseal has every client work through the real program. A relay on
// either side of it decodes what is said: the one in front holds the proxy to
// the protocol, the one behind looks for plaintext.
//
//	clients -> relay -> pgseal -> relay -> PostgreSQL
func TestThroughPgseal(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{Auth: "scram-sha-256"})
	w := newWorld(t, cluster, build(t))
	t.Run("compare", func(t *testing.T) { Compare(t, w.plain, w.through) })
	t.Run("refusals", func(t *testing.T) { Refusals(t, w.through, "KP") })
	t.Run("no plaintext", func(t *testing.T) {
		w.wantNoPlaintext(t)
		dump, err := exec.Command("pg_dump", "-d", w.sealed).Output()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(dump, []byte(Marker)) || !bytes.Contains(dump, []byte("pgs1_")) {
			t.Error("the dump of the database does not look sealed")
		}
	})
}

func build(t *testing.T) string {
	t.Helper()
	binary, err := program.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// world is a server with two databases and pgseal in front of one of them, with relays around it.
type world struct {
	plain, sealed, through string // URLs: a database without sealed columns, one with them, and that one through pgseal
	behind                 *decode.Relay
	pgseal                 *program.Deployment
}

func newWorld(t *testing.T, cluster *postgres.Cluster, binary string) *world {
	t.Helper()
	plain, sealed := cluster.NewDatabase(t), cluster.NewDatabase(t)
	cluster.Exec(t, plain, Schema(Logical))
	cluster.Exec(t, sealed, Schema(Sealed))
	w := &world{plain: cluster.URL(plain, ""), sealed: cluster.URL(sealed, "")}
	w.behind, _ = decode.Between(t, w.sealed)
	var err error
	if w.pgseal, err = program.Prepare(t.Context(), program.Options{
		Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: w.behind.Addr(),
		Database: sealed, Control: "user=postgres password=secret", Policy: Policy,
	}); err != nil {
		t.Fatal(err)
	}
	if err := w.pgseal.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of pgseal's log:\n%s", w.pgseal.Log())
		}
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	proxyURL, err := w.pgseal.URL(w.sealed)
	if err != nil {
		t.Fatal(err)
	}
	_, w.through = decode.Between(t, proxyURL)
	return w
}

// wantNoPlaintext looks for values of the clients where they must not be.
func (w *world) wantNoPlaintext(t *testing.T) {
	t.Helper()
	for _, marker := range []string{Marker, MailMarker} {
		if w.behind.Carried([]byte(marker)) {
			t.Errorf("%q went to PostgreSQL", marker)
		}
		if bytes.Contains([]byte(w.pgseal.Log()), []byte(marker)) {
			t.Errorf("%q is in pgseal's log", marker)
		}
	}
}
