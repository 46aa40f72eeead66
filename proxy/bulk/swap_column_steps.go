package bulk

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// What statements of this route keep others from.
const (
	lockInstant = "reads wait too, for an instant"
	lockBuild   = "none; DDL waits"
)

// Steps are the statements in their order.
func (b *Beside) Steps(ctx context.Context) ([]Step, error) {
	indexes, err := b.indexes(ctx, b.r.o.Pool)
	if err != nil {
		return nil, err
	}
	steps := []Step{{"-- every live proxy writes lists of all columns out, without the second column; what was planned before has ended", lockNone}}
	for _, sql := range b.second.add(b.table.name, b.column.column) {
		steps = append(steps, Step{sql, lockInstant})
	}
	steps = append(steps, Step{fmt.Sprintf("-- all values of %s are read, sealed, opened again and put beside, in batches", b.table.name), lockNone},
		Step{b.leaf.readByKeyOrPlace(b.column.ranges), lockNone}, Step{b.leaf.write(), "the rows of a batch"}, Step{b.restSQL(), lockBuild})
	for _, i := range indexes {
		steps = append(steps, Step{i.create, lockBuild})
	}
	check := b.checkSQL()
	steps = append(steps, Step{check[0], lockInstant}, Step{check[1], lockBuild},
		Step{"-- every live proxy reads both forms; what was planned before has ended, and no transaction sees the table as it was before it was filled", lockNone},
		Step{b.lock("ACCESS EXCLUSIVE"), lockAll}, Step{"-- values that were changed a moment ago are sealed", lockAll})
	notNull, comment, err := b.kept(ctx)
	if err != nil {
		return nil, err
	}
	for _, sql := range b.convert(indexes, notNull, comment) {
		steps = append(steps, Step{sql, lockAll})
	}
	return append(steps, Step{fmt.Sprintf("-- the guard's triggers on %s; the column is sealed", b.column.status.Column.String()), lockAll}), nil
}

func (l *leaf) readByKeyOrPlace(ranges bool) string {
	if len(l.key) == 0 {
		return l.readByPlace(ranges)
	}
	return l.readByKey(false)
}

// kept is what of the column is carried over beside its indexes.
func (b *Beside) kept(ctx context.Context) (notNull bool, comment string, err error) {
	err = b.r.o.Pool.QueryRow(ctx, `SELECT attnotnull, coalesce(pg_catalog.quote_literal(pg_catalog.col_description(attrelid, attnum)), '')
		FROM pg_catalog.pg_attribute WHERE attrelid = $1::int8::oid AND attnum = $2`, int64(b.record.Relation), b.record.Attnum).Scan(&notNull, &comment)
	return notNull, comment, err
}

// FillAs notes in the record of the work what the second column is filled with.
func FillAs(b *pgstore.Bulk, r *pgstore.Column) {
	s, _ := settingsOf(b.Settings) // made a moment ago
	s.Form = FormDigest(r)
	b.Settings = s.Text()
}

// FilledAs tells whether that is what the column's record says now.
func FilledAs(b *pgstore.Bulk, r *pgstore.Column) bool {
	s, err := settingsOf(b.Settings)
	return err == nil && s.Form == FormDigest(r)
}
