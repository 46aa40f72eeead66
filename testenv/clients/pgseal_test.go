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
	plain, sealed := cluster.NewDatabase(t), cluster.NewDatabase(t)
	cluster.Exec(t, plain, Schema(Logical))
	cluster.Exec(t, sealed, Schema(Sealed))

	binary, err := program.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	behind, _ := decode.Between(t, cluster.URL(sealed, ""))
	pgseal, err := program.Prepare(t.Context(), program.Options{
		Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: behind.Addr(),
		Database: sealed, Control: "user=postgres password=secret", Policy: Policy,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := pgseal.Serve(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the end of pgseal's log:\n%s", pgseal.Log())
		}
		if err := pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	proxyURL, err := pgseal.URL(cluster.URL(sealed, ""))
	if err != nil {
		t.Fatal(err)
	}
	_, through := decode.Between(t, proxyURL)

	t.Run("compare", func(t *testing.T) { Compare(t, cluster.URL(plain, ""), through) })
	t.Run("refusals", func(t *testing.T) { Refusals(t, through, "KP") })
	t.Run("no plaintext", func(t *testing.T) {
		for _, marker := range []string{Marker, MailMarker} {
			if behind.Carried([]byte(marker)) {
				t.Errorf("%q went to PostgreSQL", marker)
			}
			if bytes.Contains([]byte(pgseal.Log()), []byte(marker)) {
				t.Errorf("%q is in pgseal's log", marker)
			}
		}
		dump, err := exec.Command("pg_dump", "-d", cluster.URL(sealed, "")).Output()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(dump, []byte(Marker)) || !bytes.Contains(dump, []byte("pgs1_")) {
			t.Error("the dump of the database does not look sealed")
		}
	})
}
