package pgstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// MinEventAge is the least age at which events may be deleted.
const MinEventAge = 24 * time.Hour

// Errors of ForgetEvents.
var (
	// ErrEventsTooYoung: events of the last day may not be deleted.
	ErrEventsTooYoung = errors.New("pgstore: events of the last 24 hours are kept")
	// ErrNothingToForget: no event is older.
	ErrNothingToForget = errors.New("pgstore: no event is older")
)

// Forgotten is what ForgetEvents has deleted.
type Forgotten struct {
	Events  int64
	Writers int
}

// ForgetEvents deletes the events from before a time: of each chain its oldest
// part, up to the first event that is younger. One signed event, which is never
// deleted, says for each chain where it begins now, so that what is left can
// still be proved. A log that is not whole is left as it is: the proof's Err.
func (s *Store) ForgetEvents(ctx context.Context, before time.Time, actor string) (Forgotten, error) {
	var done Forgotten
	if s.now().Sub(before) < MinEventAge {
		return done, ErrEventsTooYoung
	}
	proof, err := s.VerifyEvents(ctx, "", nil)
	if err == nil {
		err = proof.Err()
	}
	if err != nil {
		return done, err
	}
	err = s.transact(ctx, false, func(w writer, _ storeRow) error {
		cuts, err := oldParts(ctx, w, before)
		if err != nil {
			return err
		}
		if len(cuts) == 0 {
			return ErrNothingToForget
		}
		if done.Events, err = deleteUpTo(ctx, w, cuts); err != nil {
			return err
		}
		done.Writers = len(cuts)
		return w.event(ctx, Event{Kind: EventForgotten, Actor: actor, heads: cuts,
			Detail: fmt.Sprintf("from before %s: %d events of %d writers", before.UTC().Format(time.RFC3339), done.Events, done.Writers)})
	})
	return done, err
}

// oldParts gives the last event to go of each chain that has one. Records of
// retention and of restores stay, with what follows on them.
func oldParts(ctx context.Context, w writer, before time.Time) ([]Head, error) {
	rows, err := w.tx.Query(ctx, `SELECT e.writer, e.seq, e.mac FROM pgseal.event e JOIN (
			SELECT writer, coalesce(min(seq) FILTER (WHERE at >= $1 OR kind IN ($2, $3)), max(seq) + 1) - 1 AS cut FROM pgseal.event GROUP BY writer
		) c ON c.writer = e.writer AND c.cut = e.seq ORDER BY e.writer`, before, EventForgotten, EventRestored)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Head, error) {
		var h Head
		var mac []byte
		err := row.Scan((*[16]byte)(&h.Writer), &h.Seq, &mac)
		h.Hash = shortHash(mac)
		return h, err
	})
}

func deleteUpTo(ctx context.Context, w writer, cuts []Head) (int64, error) {
	if _, err := w.tx.Exec(ctx, "SELECT set_config('pgseal.forgetting', 'on', true)"); err != nil {
		return 0, err
	}
	writers, seqs := make([][16]byte, len(cuts)), make([]int64, len(cuts))
	for i, h := range cuts {
		writers[i], seqs[i] = h.Writer, h.Seq
	}
	tag, err := w.tx.Exec(ctx, `DELETE FROM pgseal.event e USING unnest($1::uuid[], $2::bigint[]) AS c(writer, seq)
		WHERE e.writer = c.writer AND e.seq <= c.seq`, writers, seqs)
	if err != nil {
		return 0, err
	}
	_, err = w.tx.Exec(ctx, "SELECT set_config('pgseal.forgetting', 'off', true)")
	return tag.RowsAffected(), err
}
