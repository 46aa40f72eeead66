package bulk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// resealing seals values anew: under the newest data key of their tenant, and in another mode where that was ordered.
type resealing struct {
	r     *Runner
	round int // of the column, that values are sealed for: known once it is ready
}

// roundOf is the round that the values of a column are sealed for.
func roundOf(r *pgstore.Column) int {
	if r.NextMode != 0 {
		return r.Round + 1
	}
	return r.Round
}

func (*resealing) phase() string { return "sealing anew" }

// errPlaintext is about a value that the guard should have refused.
var errPlaintext = errors.New("a value of the sealed column is not sealed: look with pgseal doctor how it came there")

// movement is what a Runner remembers of columns that it seals, for the first time or anew.
type movement struct {
	drains     *guard.Drains // before a round ends
	statements *guard.Drains // before plaintext is sealed in place
	turned     sync.Map      // id of a column's record -> the round in which it was found that rows may be written
}

func (k *resealing) ready(ctx context.Context, c *guard.ColumnStatus) (behind bool, err error) {
	if c.State() != pgstore.ColumnSealed {
		return false, notNow(c)
	}
	k.round = roundOf(c.Record)
	if c.Record.NextMode == 0 {
		return false, nil
	}
	if err := k.holds(ctx, c); err != nil {
		return false, err
	}
	round, known := k.r.moved.turned.Load(c.Record.ID)
	if !c.Record.Turned || !known || round != c.Record.Round {
		note, err := k.r.o.Turn(ctx, c.Record.ID)
		if err == nil && note != "" {
			err = &halt{waits: true, reason: note}
		}
		if err != nil {
			return false, err
		}
	}
	now, err := k.r.o.Column(ctx, c.Record.ID) // as it is since
	if err == nil && (now == nil || now.Record == nil || !now.Record.Turned || roundOf(now.Record) != k.round) {
		err = errors.New("its record has just changed")
	}
	if err != nil {
		return false, &halt{waits: true, reason: err.Error()}
	}
	*c = *now
	k.r.moved.turned.Store(c.Record.ID, c.Record.Round)
	return false, nil
}

// holds tells what would not hold while values of two ways lie side by side: somebody may have made it since the order.
func (k *resealing) holds(ctx context.Context, c *guard.ColumnStatus) error {
	in, err := Inspect(ctx, k.r.o.Pool, c)
	if err == nil && len(in.Blocking) > 0 {
		err = &halt{reason: strings.Join(in.Blocking, "; ")}
	}
	return err
}

// beginFor has the rows gone through from the beginning where it was for another round.
func (s *stretch) beginFor(ctx context.Context, round int) error {
	if s.bulk.Round == round {
		return nil
	}
	s.bulk.Round, s.bulk.Count, s.bulk.Sum = round, 0, nil
	return s.restart(ctx, s.kind.phase(), 1)
}

func (*resealing) treat(f form, key Key, stored []byte) (plain, next []byte, err error) {
	if plain, err = f.opened(key, stored); err != nil {
		return nil, nil, err
	}
	if plain == nil {
		return nil, nil, errPlaintext
	}
	raw, _ := f.unarmoured(key, stored)
	header, err := crypto.ParseHeader(raw)
	if err != nil {
		return nil, nil, err
	}
	mode, round := f.way()
	want := key.Newest()
	if mode == crypto.Deterministic {
		if want, err = key.Pinned(f.record.Key.ID, round); err != nil {
			return nil, nil, err
		}
	}
	if header.Mode == mode && header.Number == want {
		return plain, nil, nil
	}
	next, err = f.seal(key, plain)
	return plain, next, err
}

// settle proves by a count of the stored values that no elder data key is needed for any, and records that the work is done. Where there is a newer
// data key by now than the one that deterministic values were sealed under, they are sealed anew once more.
func (k *resealing) settle(ctx context.Context, column [16]byte) (string, error) {
	c, err := k.r.o.Column(ctx, column)
	switch {
	case err != nil:
		return "", &halt{waits: true, reason: err.Error()}
	case c == nil || c.Record == nil:
		return "", &halt{reason: "the policy does not list the column any more"}
	case roundOf(c.Record) != k.round: // what was gone through was for another order
		return "", &halt{waits: true, reason: "it was ordered anew meanwhile"}
	case c.Record.NextMode != 0 && c.Mode != c.Record.NextMode:
		return "", &halt{waits: true, reason: fmt.Sprintf("every value is sealed in mode %s; list the column with mode: %[1]s in the policy, and have every proxy load it", c.Record.NextMode)}
	}
	what := fmt.Sprintf("%x after round %d in mode %s", column, c.Record.Round, c.Record.NextMode)
	if err := k.r.ended(ctx, k.r.moved.drains, what, "every value is done; waiting for transactions that began before that, and may look for values of before: "); err != nil {
		return "", err
	}
	elder, note, err := k.count(ctx, c.Record)
	if err != nil || note != "" {
		k.r.moved.drains.Forget(what)
		return note, err
	}
	mode := wayOf(c.Record)
	again := ""
	if elder > 0 {
		again = fmt.Sprintf("%d values are not sealed under the newest data key of their tenant, which has come since", elder)
	}
	if c.Record.NextMode == 0 || again != "" && mode == crypto.Randomized {
		k.r.moved.drains.Forget(what)
		if mode == crypto.Deterministic { // its move has ended already
			again = ""
		}
		return again, nil
	}
	err = guard.EndMove(ctx, k.r.o.Store, column, c.Record.Version, again != "")
	if errors.Is(err, pgstore.ErrBusy) || errors.Is(err, pgstore.ErrConflict) {
		return "", &halt{waits: true, reason: "every value is done; somebody else is changing columns just now"}
	}
	return again, err
}

// ended waits a while for transactions that were under way when it was first asked about what. The halt says what for, and names some.
func (r *Runner) ended(ctx context.Context, drains *guard.Drains, what, reason string) error {
	for end := time.Now().Add(endLimit); ; {
		left, err := drains.Ended(ctx, r.o.Pool, what)
		switch {
		case err != nil:
			return err
		case left == "":
			return nil
		case time.Now().After(end):
			return &halt{waits: true, reason: reason + left}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(endEvery):
		}
	}
}

// endLimit bounds one wait, endEvery is between two looks.
const (
	endLimit = 10 * time.Second
	endEvery = 100 * time.Millisecond
)
