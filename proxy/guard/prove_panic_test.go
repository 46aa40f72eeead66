package guard

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource/keysourcetest"
)

// TestProofPanics: a look through a column that panics, here for want of a store, has proved nothing, and the next one is made.
func TestProofPanics(t *testing.T) {
	var log bytes.Buffer
	p := newProver(nil, keysourcetest.NewClock(), slog.New(slog.NewTextHandler(&log, nil)))
	for _, j := range []job{{}, {open: true}} {
		j.record.ID[0] = 1
		if !p.ask(j).running {
			t.Error("no look was begun")
		}
		p.jobs.Wait()
		if got := p.ask(j); got.running || got.plaintext || !errors.Is(got.err, errPanicked) || got.next == 0 {
			t.Errorf("%+v", got)
		}
		p.clock.(*keysourcetest.Clock).Advance(maxWait)
	}
	p.close()
	if said := log.String(); strings.Count(said, "a look through a column panicked") != 2 || !strings.Contains(said, "prover).prove") {
		t.Error(said)
	}
}

// TestPanicHoldsUpOneColumn: the look at the others goes on.
func TestPanicHoldsUpOneColumn(t *testing.T) {
	var c ColumnStatus
	if o, err := (&walk{}).excuse(t.Context(), nil, &c, preparation{}, fmt.Errorf("looking: %w", errPanicked)); o != stuck || err != nil || c.Note == "" {
		t.Errorf("%v, %v, %q", o, err, c.Note)
	}
}
