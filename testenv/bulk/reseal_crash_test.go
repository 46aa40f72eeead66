package bulk

import (
	"encoding/base64"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// store opens the deployment's store as a command does.
func (w *world) store(t *testing.T) *pgstore.Store {
	t.Helper()
	text, err := os.ReadFile(w.pgseal.File("control.key"))
	if err != nil {
		t.Fatal(err)
	}
	_, encoded, _ := strings.Cut(strings.TrimSpace(string(text)), ":")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	key, err := crypto.NewControlKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(key.Destroy)
	s, err := pgstore.Open(t.Context(), pgstore.Options{Conn: w.server.URL(database, "postgres"), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestResealGoesByTheOrder: the process dies between the record of a new order and the work's own, which says that every value was looked at: that was
// for the order before, and the rows are gone through again. Died between the order and the queue, the same command goes on.
func TestResealGoesByTheOrder(t *testing.T) {
	t.Parallel()
	w := startResealed(t)
	c := &client{url: w.url, from: 1, to: 1_000, rng: rand.New(rand.NewPCG(9, 9))}
	if err := c.fill(t.Context(), 300); err != nil {
		t.Fatal(err)
	}
	w.column(t, true, "reseal", "public.people.email")
	s := w.store(t)
	columns, err := s.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var id [16]byte
	for _, c := range columns {
		if c.Name == "email" {
			id = c.ID
		}
	}
	w.key(t, "rotate", "acme", "--new-data-key")
	if err := guard.OrderMove(t.Context(), s, id, crypto.Deterministic, "tester"); err != nil {
		t.Fatal(err)
	}
	if out := w.column(t, true, "status", "public.people.email"); !strings.Contains(out, "sealed anew") {
		t.Errorf("an order without work is not told:\n%s", out)
	}
	err = s.ChangeBulk(t.Context(), id, func(b *pgstore.Bulk) (*pgstore.Bulk, error) {
		b.Status = pgstore.BulkFailed // as if it were to go on behind the last row
		return b, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w.column(t, true, "resume", "public.people.email")
	w.await(t, "public.people.email", "done, verifying")
	w.column(t, true, "reseal", "--all")
	w.needsNewestAlone(t)
	if out := w.column(t, true, "status", "public.people.email"); strings.Contains(out, "sealed anew") {
		t.Errorf("it is done:\n%s", out)
	}
}
