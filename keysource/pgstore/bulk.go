package pgstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// BulkStatus is how work on all rows of a column stands.
type BulkStatus string

// The statuses.
const (
	BulkRunning   BulkStatus = "running"   // or waiting for a worker
	BulkWaiting   BulkStatus = "waiting"   // for what Code and Reason say; it goes on by itself
	BulkPaused    BulkStatus = "paused"    // somebody asked for it
	BulkFailed    BulkStatus = "failed"    // somebody has to see to what Reason says
	BulkCancelled BulkStatus = "cancelled" // rows that were done stay done
	BulkDone      BulkStatus = "done"
)

// What can be done to all rows of a column.
const (
	BulkEncrypt = "encrypt"
	BulkDecrypt = "decrypt"
	BulkReseal  = "reseal"
	BulkFill    = "fill" // a second column with sealed values, beside one that stays as it is
)

// Ended tells that nothing more is done unless somebody asks for it.
func (s BulkStatus) Ended() bool { return s == BulkDone || s == BulkCancelled || s == BulkFailed }

// Bulk is the record of work on all rows of a column. What is to be done follows
// from the column's own record; this one says how far it has come.
type Bulk struct {
	Column   [16]byte // id of the column's record
	Status   BulkStatus
	Code     string   // SQLSTATE of what it waits for or has failed at; may be empty
	Reason   string   // for people
	Kind     string   // what is done: BulkEncrypt ...
	Phase    string   // what is being done to the rows
	Round    int      // of the column, that its values are sealed anew for
	Pass     int      // how often the rows have been gone through in this phase, from 1
	Relation uint32   // the part of the table that is being gone through; 0: the first
	Position []string // of the last row that was looked at there: its key's values, or its place
	Triggers string   // what becomes of the application's triggers
	Settings string   // of pace and route, a JSON object; may be empty
	Actor    string

	Total    int64 // rows with a value, as estimated when it began
	Seen     int64 // values that were looked at in this pass
	Written  int64 // values that were sealed, opened for good or sealed anew
	Skipped  int64 // rows of this pass that somebody else had changed or locked: the next pass sees to them
	Verified int64 // values that were opened again from the table

	Count, CountAfter int64  // values of the pass that wrote, and of the one that looked once more
	Sum, SumAfter     []byte // their keyed checksums; empty while there are none

	Started, Changed, Finished time.Time
	Version                    int64 // 0: not in the store yet
}

func (b *Bulk) what() string { return fmt.Sprintf("bulk %x", b.Column) }

func (b *Bulk) record(store storeID) *record {
	return newRecord(store, "bulk").bytes(b.Column[:]).text(string(b.Status), b.Code, b.Reason, b.Kind, b.Phase).number(int64(b.Round), int64(b.Pass), int64(b.Relation)).
		texts(b.Position).text(b.Triggers, b.Settings, b.Actor).number(b.Total, b.Seen, b.Written, b.Skipped, b.Verified, b.Count, b.CountAfter).
		bytes(b.Sum).bytes(b.SumAfter).time(b.Started).time(b.Changed).time(b.Finished).number(b.Version)
}

// Bulks gives all records of work on columns, verified.
func (s *Store) Bulks(ctx context.Context) ([]Bulk, error) {
	return s.readBulks(ctx, s.Conns(ctx), nil)
}

// Bulk gives the record of work on the column whose record has the id; nil where
// there is none.
func (s *Store) Bulk(ctx context.Context, column [16]byte) (*Bulk, error) {
	all, err := s.readBulks(ctx, s.Conns(ctx), &column)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

func (s *Store) readBulks(ctx context.Context, db querier, column *[16]byte) ([]Bulk, error) {
	rows, err := db.Query(ctx, `SELECT column_state, status, code, reason, kind, phase, round, pass, relation, position, triggers, settings, actor,
		total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac
		FROM pgseal.bulk WHERE $1::uuid IS NULL OR column_state = $1 ORDER BY started_at, column_state`, column)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Bulk, error) {
		var b Bulk
		var relation int64
		var finished *time.Time
		var mac []byte
		err := row.Scan(&b.Column, &b.Status, &b.Code, &b.Reason, &b.Kind, &b.Phase, &b.Round, &b.Pass, &relation, &b.Position, &b.Triggers, &b.Settings, &b.Actor,
			&b.Total, &b.Seen, &b.Written, &b.Skipped, &b.Verified, &b.Count, &b.CountAfter, &b.Sum, &b.SumAfter, &b.Started, &b.Changed, &finished, &b.Version, &mac)
		if err != nil {
			return b, err
		}
		b.Relation = uint32(relation)
		if finished != nil {
			b.Finished = *finished
		}
		return b, b.record(s.id).verify(s.key, mac, b.what())
	})
}

// LockBulk is Bulk within the caller's transaction, until whose end nobody else changes the record.
func (s *Store) LockBulk(ctx context.Context, tx pgx.Tx, column [16]byte) (*Bulk, error) {
	if _, err := tx.Exec(ctx, "SELECT FROM pgseal.bulk WHERE column_state = $1 FOR UPDATE", column); err != nil {
		return nil, err
	}
	all, err := s.readBulks(ctx, tx, &column)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// UpdateBulk is the statement that SaveBulk sends for a record that is there.
const UpdateBulk = `UPDATE pgseal.bulk SET (status, code, reason, kind, phase, round, pass, relation, position, triggers, settings, actor,
		total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac) =
		($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
	WHERE column_state = $1 AND version = $26 - 1`

// SaveBulk writes a record within the caller's transaction: a new one where
// b.Version is 0, else in place of the one with that version (ErrConflict where
// there is none any more). It gives b its new version and time of change.
func (s *Store) SaveBulk(ctx context.Context, tx pgx.Tx, b *Bulk) error {
	next := *b
	next.Version++
	next.Changed, next.Started, next.Finished = micro(s.now()), micro(b.Started), microOrZero(b.Finished)
	if next.Position == nil {
		next.Position = []string{}
	}
	if next.Sum == nil {
		next.Sum = []byte{}
	}
	if next.SumAfter == nil {
		next.SumAfter = []byte{}
	}
	sql := UpdateBulk
	if next.Version == 1 {
		sql = `INSERT INTO pgseal.bulk (column_state, status, code, reason, kind, phase, round, pass, relation, position, triggers, settings, actor,
			total, seen, written, skipped, verified, count, count_after, sum, sum_after, started_at, changed_at, finished_at, version, mac)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27) ON CONFLICT DO NOTHING`
	}
	tag, err := tx.Exec(ctx, sql, next.Column, string(next.Status), next.Code, next.Reason, next.Kind, next.Phase, next.Round, next.Pass, int64(next.Relation), next.Position,
		next.Triggers, next.Settings, next.Actor, next.Total, next.Seen, next.Written, next.Skipped, next.Verified,
		next.Count, next.CountAfter, next.Sum, next.SumAfter, next.Started, next.Changed, nullable(next.Finished),
		next.Version, next.record(s.id).sign(s.key))
	if err != nil {
		return err
	}
	if tag.RowsAffected() != 1 {
		return ErrConflict
	}
	*b = next
	return nil
}

// ChangeBulk reads the record of work on a column, has f change it and writes it
// back. It is repeated where a worker writes in the same moment. f gets nil where
// there is no record; what it returns is written, nil is nothing.
func (s *Store) ChangeBulk(ctx context.Context, column [16]byte, f func(*Bulk) (*Bulk, error)) error {
	for {
		err := pgx.BeginFunc(ctx, s.Conns(ctx), func(tx pgx.Tx) error {
			all, err := s.readBulks(ctx, tx, &column)
			if err != nil {
				return err
			}
			var now *Bulk
			if len(all) > 0 {
				now = &all[0]
			}
			next, err := f(now)
			if err != nil || next == nil {
				return err
			}
			return s.SaveBulk(ctx, tx, next)
		})
		if !errors.Is(err, ErrConflict) {
			return err
		}
	}
}
