package bulk

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// row is one row as it was read. The slices belong to the batch.
type row struct {
	place, version string
	value          []byte // as it is stored
	tenant         string
	again          bool // written since the pass began: it may have been met before, at another place
}

// batch is what one transaction looks at.
type batch struct {
	rows  []row
	bytes int      // of values
	next  []string // the position behind the batch
	last  bool     // nothing is behind it
}

// limits of a batch. A batch ends early where its values are large.
const (
	batchRows   = 1000
	batchBlocks = 16 // by place, of batchRows; a block of 8 KiB has at most 291 rows
	batchBytes  = 4 << 20
	leastRows   = 10 // of a batch that was too much for the server
)

// extent is how a batch is read.
type extent struct {
	rows   int  // at most; about that where they are read by place
	ranges bool // the server can scan a range of places
}

// read gives the next batch of a table behind a position; nil is the beginning.
func (l *leaf) read(ctx context.Context, tx pgx.Tx, position []string, e extent) (*batch, error) {
	if len(l.key) == 0 {
		return l.readBlocks(ctx, tx, position, e)
	}
	args := []any{e.rows}
	for _, v := range position {
		args = append(args, v)
	}
	b := &batch{next: position}
	rows, err := tx.Query(ctx, l.readByKey(len(position) == 0), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	read := 0
	for ; b.bytes < batchBytes && rows.Next(); read++ {
		raw := rows.RawValues()
		b.add(raw)
		b.next = b.next[:0:0]
		for _, k := range raw[4:] {
			b.next = append(b.next, string(k))
		}
	}
	b.last = b.bytes < batchBytes && read < e.rows
	rows.Close()
	return b, rows.Err()
}

// blocks are what is left of a table that is read by place. What is written since the pass began may come behind the end, or again before it.
type blocks struct {
	next, end int64
	since     string // the first transaction that began later
}

func (b blocks) position() []string {
	return []string{strconv.FormatInt(b.next, 10), strconv.FormatInt(b.end, 10), b.since}
}

// readBlocks reads by place.
func (l *leaf) readBlocks(ctx context.Context, tx pgx.Tx, position []string, e extent) (*batch, error) {
	left, err := l.blocks(ctx, tx, position)
	if err != nil {
		return nil, err
	}
	from := left.next
	left.next = min(from+int64(max(1, batchBlocks*e.rows/batchRows)), left.end)
	b := &batch{last: left.next >= left.end, next: left.position()}
	rows, err := tx.Query(ctx, l.readByPlace(e.ranges), from, left.next, left.since)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		raw := rows.RawValues()
		b.add(raw)
		b.rows[len(b.rows)-1].again = string(raw[4]) == "true" // there are no rows without a value in it
	}
	return b, rows.Err()
}

func (l *leaf) blocks(ctx context.Context, tx pgx.Tx, position []string) (b blocks, err error) {
	if len(position) == 3 {
		var errN, errE error
		b.next, errN = strconv.ParseInt(position[0], 10, 64)
		b.end, errE = strconv.ParseInt(position[1], 10, 64)
		if b.since = position[2]; errN != nil || errE != nil {
			return b, fmt.Errorf("bulk: the position in table %d is none", l.relation)
		}
		return b, nil
	}
	err = tx.QueryRow(ctx, `SELECT pg_catalog.pg_relation_size($1::int8::oid) / pg_catalog.current_setting('block_size')::int8,
		(pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()) % 4294967296)::text`, int64(l.relation)).Scan(&b.end, &b.since)
	return b, err
}

// add takes over a row, unless it has no value.
func (b *batch) add(raw [][]byte) {
	if raw[2] == nil {
		return
	}
	r := row{place: string(raw[0]), version: string(raw[1]), value: append([]byte(nil), raw[2]...), tenant: string(raw[3])}
	b.bytes += len(r.value)
	b.rows = append(b.rows, r)
}

// sealedRows are the rows of a batch that are to be written.
type sealedRows struct{ places, versions, values []string }

func (s *sealedRows) add(r *row, sealed []byte) {
	s.places, s.versions, s.values = append(s.places, r.place), append(s.versions, r.version), append(s.values, string(sealed))
}

// keep leaves those whose place is in the list.
func (s *sealedRows) keep(places []string) {
	free := make(map[string]bool, len(places))
	for _, p := range places {
		free[p] = true
	}
	var out sealedRows
	for i, p := range s.places {
		if free[p] {
			out.places, out.versions, out.values = append(out.places, p), append(out.versions, s.versions[i]), append(out.values, s.values[i])
		}
	}
	*s = out
}

// put writes the rows that are as they were read, and tells how many. With care
// rows that somebody has locked are left alone, else they are waited for.
func (l *leaf) put(ctx context.Context, tx pgx.Tx, s sealedRows, care bool) (int64, error) {
	if care {
		rows, err := tx.Query(ctx, l.free(), s.places)
		if err != nil {
			return 0, err
		}
		free, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return 0, err
		}
		s.keep(free)
	}
	tag, err := tx.Exec(ctx, l.write(), s.places, s.versions, s.values)
	return tag.RowsAffected(), err
}
