package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Scrub is the record of the removal of what a column's old values have left
// behind, which may take several goes.
type Scrub struct {
	Column    [16]byte // id of the column's record
	OfVersion int64    // of that record: once it is another one, what is said here counts no more
	Files     []string // those that were made anew, as relation/file, and notes of what somebody else was asked for
	Until     string   // place in the WAL (LSN) before which it may hold old values; empty until it is finished
	Actor     string

	Started, Changed, Finished time.Time
	Version                    int64 // 0: not in the store yet
}

func (c *Scrub) what() string { return fmt.Sprintf("scrub %x", c.Column) }

func (c *Scrub) record(store storeID) *record {
	return newRecord(store, "scrub").bytes(c.Column[:]).number(c.OfVersion).texts(c.Files).text(c.Until, c.Actor).
		time(c.Started).time(c.Changed).time(c.Finished).number(c.Version)
}

// Scrubs gives all records of the removal of old values, verified.
func (s *Store) Scrubs(ctx context.Context) ([]Scrub, error) {
	return s.readScrubs(ctx, s.Conns(ctx), nil)
}

// Scrub gives the record of the column whose own record has the id; nil where
// there is none.
func (s *Store) Scrub(ctx context.Context, column [16]byte) (*Scrub, error) {
	all, err := s.readScrubs(ctx, s.Conns(ctx), &column)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

func (s *Store) readScrubs(ctx context.Context, db querier, column *[16]byte) ([]Scrub, error) {
	rows, err := db.Query(ctx, `SELECT column_state, of_version, files, until_lsn, actor, started_at, changed_at, finished_at, version, mac
		FROM pgseal.scrub WHERE $1::uuid IS NULL OR column_state = $1 ORDER BY started_at, column_state`, column)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Scrub, error) {
		var c Scrub
		var finished *time.Time
		var mac []byte
		if err := row.Scan(&c.Column, &c.OfVersion, &c.Files, &c.Until, &c.Actor, &c.Started, &c.Changed, &finished, &c.Version, &mac); err != nil {
			return c, err
		}
		if finished != nil {
			c.Finished = *finished
		}
		return c, c.record(s.id).verify(s.key, mac, c.what())
	})
}

// SaveScrub writes a record within the caller's transaction: a new one where
// c.Version is 0, else in place of the one with that version (ErrConflict where
// there is none any more). It gives c its new version and time of change.
func (s *Store) SaveScrub(ctx context.Context, tx pgx.Tx, c *Scrub) error {
	next := *c
	next.Version++
	next.Changed, next.Started, next.Finished = micro(s.now()), micro(c.Started), microOrZero(c.Finished)
	if next.Files == nil {
		next.Files = []string{}
	}
	sql := `UPDATE pgseal.scrub SET (of_version, files, until_lsn, actor, started_at, changed_at, finished_at, version, mac) =
			($2, $3, $4, $5, $6, $7, $8, $9, $10)
		WHERE column_state = $1 AND version = $9 - 1`
	if next.Version == 1 {
		sql = `INSERT INTO pgseal.scrub (column_state, of_version, files, until_lsn, actor, started_at, changed_at, finished_at, version, mac)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
	}
	tag, err := tx.Exec(ctx, sql, next.Column, next.OfVersion, next.Files, next.Until, next.Actor, next.Started, next.Changed,
		nullable(next.Finished), next.Version, next.record(s.id).sign(s.key))
	if err != nil {
		return err
	}
	if tag.RowsAffected() != 1 {
		return ErrConflict
	}
	*c = next
	return nil
}
