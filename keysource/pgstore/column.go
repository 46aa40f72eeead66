package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// ColumnState is how far the protection of a listed column has come.
type ColumnState string

// The states in the order in which a column passes through them.
const (
	ColumnPlain    ColumnState = "plain"    // listed, but nothing is sealed: not yet, or not any more
	ColumnReadable ColumnState = "readable" // reads accept both forms, writes go as they are
	ColumnSealing  ColumnState = "sealing"  // every write is sealed, reads accept both forms
	ColumnSealed   ColumnState = "sealed"   // plaintext is refused everywhere

	// On the way back, from sealing to plain.
	ColumnUnsealing ColumnState = "unsealing" // reads accept both forms, writes go as they are, sealed values are being opened for good
)

// Column is the record of a listed column: where it is now, the identity that
// was frozen when it was first listed, and its state.
type Column struct {
	ID                  [16]byte // of the record
	Schema, Table, Name string   // as last seen
	Origin              string   // the database in which Relation and Attnum mean what they say
	Relation            uint32
	Attnum              int16

	Key       crypto.Column // frozen: column id and type family
	TypeOID   uint32        // logical type, as the application sees it
	Typmod    int32
	Mode      crypto.Mode
	Domain    string
	Normalize []string
	Unicode   string // version of the Unicode tables that Normalize works by; empty without it
	Pad       int    // bytes; 0: none

	State    ColumnState
	Wanted   ColumnState // what it is to become by an operator's order: ColumnPlain; empty: what the policy asks for
	NextMode crypto.Mode // what all values are being sealed anew as; 0: they are not
	Round    int         // how often all values were sealed anew in another way: each round has pins of its own (keysource.PinOf)
	Turned   bool        // with NextMode: what is written is sealed in it, and in the next round
	Before   []string    // the columns it stands before in lists of all columns, the nearest first, if it does not lie there or is about to lie elsewhere; itself, if none
	Scrubbed time.Time   // when what its old values had left behind was removed; zero: not, or not needed to be
	Retired  bool        // the column is gone; its identity stays taken
	Changed  time.Time
	Version  int64 // 0: not in the store yet
}

func (c *Column) what() string { return fmt.Sprintf("column %x", c.ID) }

func (c *Column) record(store storeID) (*record, error) {
	id, err := c.Key.ID.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return newRecord(store, "column_state").bytes(c.ID[:]).text(c.Schema, c.Table, c.Name, c.Origin).
		number(int64(c.Relation), int64(c.Attnum)).bytes(id).text(c.Key.Family).number(int64(c.TypeOID), int64(c.Typmod), int64(c.Mode)).
		text(c.Domain).texts(c.Normalize).text(c.Unicode).number(int64(c.Pad)).text(string(c.State), string(c.Wanted)).number(int64(c.NextMode), int64(c.Round)).flag(c.Turned).
		texts(c.Before).time(c.Scrubbed).flag(c.Retired).
		time(c.Changed).number(c.Version), nil
}

// Columns gives all records, retired ones too, verified, in one snapshot.
func (s *Store) Columns(ctx context.Context) ([]Column, error) {
	var columns []Column
	err := s.read(ctx, func(tx pgx.Tx, row storeRow) (err error) {
		columns, err = s.readColumns(ctx, tx, row)
		return err
	})
	return columns, err
}

func (s *Store) readColumns(ctx context.Context, db querier, store storeRow) ([]Column, error) {
	return s.queryColumns(ctx, db, store, "")
}

// queryColumns reads and verifies those of which a condition is true.
func (s *Store) queryColumns(ctx context.Context, db querier, store storeRow, where string, args ...any) ([]Column, error) {
	rows, err := db.Query(ctx, `SELECT id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod,
		mode, domain, normalize, unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac
		FROM pgseal.column_state `+where+` ORDER BY schema_name, table_name, column_name, id`, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Column, error) {
		var c Column
		var relation, typeOID int64
		var mode, nextMode int16
		var scrubbed *time.Time
		var columnID, mac []byte
		err := row.Scan(&c.ID, &c.Schema, &c.Table, &c.Name, &c.Origin, &relation, &c.Attnum, &columnID, &c.Key.Family, &typeOID, &c.Typmod,
			&mode, &c.Domain, &c.Normalize, &c.Unicode, &c.Pad, &c.State, &c.Wanted, &nextMode, &c.Round, &c.Turned, &c.Before, &scrubbed, &c.Retired, &c.Changed, &c.Version, &mac)
		if err != nil {
			return c, err
		}
		c.Relation, c.TypeOID, c.Mode, c.NextMode = uint32(relation), uint32(typeOID), crypto.Mode(mode), crypto.Mode(nextMode)
		if scrubbed != nil {
			c.Scrubbed = *scrubbed
		}
		if c.Key.ID, err = crypto.ParseColumnID(columnID); err != nil {
			return c, invalid(c.what(), err)
		}
		return c, s.verifyColumn(&c, store, mac)
	})
}

func (s *Store) verifyColumn(c *Column, store storeRow, mac []byte) error {
	r, err := c.record(s.id)
	if err != nil {
		return invalid(c.what(), err)
	}
	if err := r.verify(s.key, mac, c.what()); err != nil {
		return err
	}
	if !c.State.known() {
		return fmt.Errorf("%w: %s is in the state %q, which this program does not know", ErrNewerSchema, c.what(), c.State)
	}
	if store.written[c.what()] == c.Version {
		return nil // it may be undone yet: to remember it would be to take the record for an older one then
	}
	return s.memory.note(store.epoch, c.what(), c.Version)
}

// known tells a state of this version from one that a later version has written.
func (s ColumnState) known() bool {
	switch s {
	case ColumnPlain, ColumnReadable, ColumnSealing, ColumnSealed, ColumnUnsealing:
		return true
	}
	return false
}

// SaveColumn writes a record: a new one where c.Version is 0, else in place of
// the one with that version (ErrConflict where there is none any more). It gives
// c its new version, time of change and, if new, its id.
func (t *Tx) SaveColumn(ctx context.Context, c *Column) error {
	next := *c
	next.Version++
	next.Changed = t.w.now
	if next.Version == 1 {
		next.ID = newID()
	}
	if next.Normalize == nil {
		next.Normalize = []string{}
	}
	if next.Before == nil {
		next.Before = []string{}
	}
	if next.Scrubbed = microOrZero(next.Scrubbed); next.State != ColumnSealed || next.Retired {
		next.Scrubbed = time.Time{} // the one place where that ends
	}
	r, err := next.record(t.w.store)
	if err != nil {
		return err
	}
	columnID, err := next.Key.ID.MarshalBinary()
	if err != nil {
		return err
	}
	sql := `UPDATE pgseal.column_state SET (schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid, typmod,
			mode, domain, normalize, unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac) =
			($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
		WHERE id = $1 AND version = $26 - 1`
	if next.Version == 1 {
		sql = `INSERT INTO pgseal.column_state (id, schema_name, table_name, column_name, origin, relation, attnum, column_id, family, type_oid,
			typmod, mode, domain, normalize, unicode, pad, state, wanted, next_mode, round, turned, before, scrubbed_at, retired, changed_at, version, mac)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)`
	}
	tag, err := t.w.tx.Exec(ctx, sql, next.ID, next.Schema, next.Table, next.Name, next.Origin, int64(next.Relation), next.Attnum, columnID,
		next.Key.Family, int64(next.TypeOID), next.Typmod, int16(next.Mode), next.Domain, next.Normalize, next.Unicode, next.Pad,
		string(next.State), string(next.Wanted), int16(next.NextMode), next.Round, next.Turned, next.Before, nullable(next.Scrubbed), next.Retired, next.Changed, next.Version, r.sign(t.w.key))
	if err != nil {
		return err
	}
	if tag.RowsAffected() != 1 {
		return ErrConflict
	}
	t.w.wrote(next.what(), next.Version)
	*c = next
	return nil
}
