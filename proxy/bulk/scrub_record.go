package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// made tells whether the table's present file was made anew by a former step. Once a scrub was finished, any later file of the table is as clean.
func (s *Scrub) made(h *heap) bool {
	if s.record == nil {
		return false
	}
	return slices.ContainsFunc(s.record.Files, func(file string) bool {
		return file == fileName(h.relation, h.file) || !s.record.Finished.IsZero() && strings.HasPrefix(file, fmt.Sprintf("%d/", h.relation))
	})
}

// Complete tells that a scrub was finished, and that no table has come to the column since: a partition that is attached may bring dead rows of its own.
func (s *Scrub) Complete() bool {
	return s.record != nil && !s.record.Finished.IsZero() && !slices.ContainsFunc(s.heaps, func(h *heap) bool { return h.kind == kindTable && !s.made(h) })
}

func fileName(relation, file int64) string { return fmt.Sprintf("%d/%d", relation, file) }

// note writes down that a file was made anew.
func (s *Scrub) note(ctx context.Context, entry string) error {
	s.record.Files = append(s.record.Files, entry)
	return s.save(ctx)
}

// asked is what a catalogue's file was, and the transaction before which old statistics were dead, when somebody else was asked to make it anew.
type asked struct{ relation, file, since int64 }

const askedFormat = "asked %d/%d since %d"

func (a asked) String() string { return fmt.Sprintf(askedFormat, a.relation, a.file, a.since) }

func (s *Scrub) askedFor(relation int64) (a asked, ok bool) {
	for _, entry := range s.record.Files {
		if _, err := fmt.Sscanf(entry, askedFormat, &a.relation, &a.file, &a.since); err == nil && a.relation == relation {
			return a, true
		}
	}
	return a, false
}

func (s *Scrub) save(ctx context.Context) error {
	s.record.Actor = s.o.Actor
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error { return s.o.Store.SaveScrub(ctx, tx, s.record) })
	if errors.Is(err, pgstore.ErrConflict) {
		return ErrBeingWorkedOn
	}
	return err
}

// finish calls the column scrubbed, if it is still as it was when it began.
func (s *Scrub) finish(ctx context.Context) error {
	err := s.o.Store.Update(ctx, func(tx *pgstore.Tx) error { return s.finishIn(ctx, tx) })
	for range int(s.o.Patience / busyPause) {
		if !errors.Is(err, pgstore.ErrBusy) {
			break
		}
		if err := pause(ctx, busyPause); err != nil {
			return err
		}
		err = s.o.Store.Update(ctx, func(tx *pgstore.Tx) error { return s.finishIn(ctx, tx) })
	}
	return err
}

// busyPause is before a try to change the column's record again, which another process is about to do.
const busyPause = 200 * time.Millisecond

func (s *Scrub) finishIn(ctx context.Context, tx *pgstore.Tx) error {
	columns, err := tx.Columns(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(columns, func(c pgstore.Column) bool { return c.ID == s.record.Column })
	if at < 0 || columns[at].Version != s.record.OfVersion || columns[at].State != pgstore.ColumnSealed || columns[at].Wanted != "" {
		return errors.New("the column's record has changed meanwhile: see pgseal column status, and scrub it again")
	}
	next, done := columns[at], *s.record
	next.Scrubbed = time.Now()
	if err := tx.SaveColumn(ctx, &next); err != nil {
		return err
	}
	done.OfVersion, done.Finished = next.Version, next.Scrubbed
	if err := tx.Conn().QueryRow(ctx, "SELECT pg_catalog.pg_current_wal_insert_lsn()::text").Scan(&done.Until); err != nil {
		return err
	}
	if err := s.o.Store.SaveScrub(ctx, tx.Conn(), &done); err != nil {
		return err
	}
	name := crypto.NewColumnID(next.Schema, next.Table, next.Name).String()
	if err := tx.Event(ctx, pgstore.Event{Kind: "column scrubbed", Actor: s.o.Actor, Detail: name}); err != nil {
		return err
	}
	*s.record, *s.column.Record = done, next
	return nil
}

// Record is the record of the work, nil before it has begun.
func (s *Scrub) Record() *pgstore.Scrub { return s.record }
