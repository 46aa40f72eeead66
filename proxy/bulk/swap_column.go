package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

// Beside seals a held column by way of a second one: that is filled while applications go on with the first (filling), and takes its place in one short
// transaction. Each step may be taken again by another process, until that transaction is done, or nothing of it is left.
type Beside struct {
	*Swap
	table  *swapTable
	column *swapColumn
	leaf   *leaf
	second *second
	record *pgstore.Column
}

// NewBeside looks at the column. The error says why it cannot be by this route. The caller ends it with Close.
func NewBeside(ctx context.Context, r *Runner, policy pgstore.PolicyHash, columns []*guard.ColumnStatus) (*Beside, error) {
	if len(columns) != 1 {
		return nil, &OtherRouteError{"it is in one equality domain with other columns that have to be converted in the same moment"}
	}
	s, err := NewSwap(ctx, r, policy, columns)
	if err != nil {
		return nil, err
	}
	t := s.tables[0]
	c := t.columns[0]
	if len(c.leaves) != 1 || len(c.status.Relations()) != 1 || c.leaves[0].kind != 'r' {
		s.Close()
		return nil, &OtherRouteError{"its table has partitions or children, or is none of this server's"}
	}
	b := &Beside{Swap: s, table: t, column: c, leaf: c.leaves[0], second: secondOf(c.form, r.o.Store.Tag()), record: c.status.Record}
	b.leaf.second, c.kind = b.second, &filling{r: r}
	return b, nil
}

// OtherRouteError says why a column cannot be sealed by way of a second one.
type OtherRouteError struct{ why string }

func (e *OtherRouteError) Error() string {
	return "it cannot be sealed by way of a second column (--route column): " + e.why + "; --route pause may do"
}

// Estimate says how long reads and writes wait while the second column takes the first one's place: the server reads the table once where the column must not
// be NULL.
func (b *Beside) Estimate(ctx context.Context) (time.Duration, error) {
	var bytes int64
	err := b.r.o.Pool.QueryRow(ctx, `SELECT CASE WHEN a.attnotnull THEN pg_catalog.pg_relation_size(a.attrelid) ELSE 0 END FROM pg_catalog.pg_attribute a
		WHERE a.attrelid = $1::int8::oid AND a.attnum = $2`, int64(b.record.Relation), b.record.Attnum).Scan(&bytes)
	return fixedSwap + time.Duration(bytes/readRate)*time.Millisecond, err
}

// fixedSwap is what the server takes for locks, the catalogue and the guard.
const fixedSwap = 500 * time.Millisecond

// readRate is how much of a table the server is taken to read in a millisecond.
const readRate = 300 << 10

// Announced tells whether the second column is there already: then it is gone on with.
func (b *Beside) Announced(ctx context.Context) (bool, error) {
	return HasSecond(ctx, b.r.o.Pool, b.record)
}

// Prepare makes the second column, once every live proxy knows of it and nothing that was planned before is under way.
func (b *Beside) Prepare(ctx context.Context, actor string) error {
	give, err := b.takeTurns(ctx)
	if err != nil {
		return err
	}
	defer give()
	there, err := b.Announced(ctx)
	if err != nil || there {
		return err
	}
	before, err := b.stands(ctx)
	if err != nil {
		return err
	}
	if err := b.announce(ctx, before, actor); err != nil {
		return err
	}
	if err := b.outlived(ctx); err != nil {
		return err
	}
	return b.alter(ctx, b.second.add(b.table.name, b.column.column))
}

// announce waits until every live proxy knows where the column stands.
func (b *Beside) announce(ctx context.Context, before []string, actor string) error {
	for end := time.Now().Add(openLimit); ; {
		names, err := guard.Announce(ctx, b.r.o.Store, b.policy, b.record.ID, before, actor)
		switch {
		case err == nil && names == "":
			return nil
		case err != nil && !errors.Is(err, pgstore.ErrBusy) && !errors.Is(err, pgstore.ErrConflict):
			return err
		case time.Now().After(end):
			return fmt.Errorf("not every live proxy knows of the second column yet: %s; try again, or pgseal column cancel", names)
		}
		if err := sleep(ctx, openEvery); err != nil {
			return err
		}
	}
}

// stands are the columns that the application sees behind the column, and at last itself.
func (b *Beside) stands(ctx context.Context) ([]string, error) {
	lie, before, err := b.order(ctx)
	if err != nil {
		return nil, err
	}
	order := plan.Order(lie, before)
	at := slices.Index(order, b.record.Name)
	if at < 0 {
		return nil, pgstore.ErrConflict
	}
	return append(slices.Clone(order[at+1:]), b.record.Name), nil
}

// order is how the columns lie, the product's own apart, and which of them stand elsewhere.
func (b *Beside) order(ctx context.Context) (lie []string, before map[string][]string, err error) {
	rows, err := b.r.o.Pool.Query(ctx, `SELECT attname::text FROM pg_catalog.pg_attribute WHERE attrelid = $1::int8::oid AND attnum > 0 AND NOT attisdropped
		AND pg_catalog.left(attname, 7) <> 'pgseal_' ORDER BY attnum`, int64(b.record.Relation))
	if err != nil {
		return nil, nil, err
	}
	if lie, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		return nil, nil, err
	}
	all, err := b.r.o.Store.Columns(ctx)
	before = make(map[string][]string)
	for i := range all {
		if c := &all[i]; !c.Retired && c.Origin == b.record.Origin && c.Relation == b.record.Relation && len(c.Before) > 0 {
			before[c.Name] = c.Before
		}
	}
	return lie, before, err
}

// alter changes the table in one transaction, and tries that again while others hold it.
func (b *Beside) alter(ctx context.Context, statements []string) error {
	for try := 1; ; try++ {
		err := pgx.BeginFunc(ctx, b.r.o.Pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '400ms'"); err != nil {
				return err
			}
			for _, sql := range statements {
				if _, err := tx.Exec(ctx, sql); err != nil {
					return err
				}
			}
			return nil
		})
		var server *pgconn.PgError
		if err == nil || !errors.As(err, &server) || !busy(server.Code) || try == swapTries {
			return swapError(err)
		}
		if err := sleep(ctx, swapEvery); err != nil {
			return err
		}
	}
}

// Cancel takes the second column away. The first is as it was.
func (b *Beside) Cancel(ctx context.Context, actor string) error {
	give, err := b.takeTurns(ctx)
	if err != nil {
		return err
	}
	defer give()
	if err := b.alter(ctx, b.second.drop(b.table.name)); err != nil {
		return err
	}
	lie, before, err := b.order(ctx)
	if err != nil {
		return err
	}
	stands := before[b.record.Name]
	now := plan.Order(lie, before)
	delete(before, b.record.Name)
	if slices.Equal(now, plan.Order(lie, before)) { // it lies where it stands
		stands = nil
	}
	return guard.Withdraw(ctx, b.r.o.Store, b.record.ID, stands, actor)
}

// indexOn is an index on the column, and its twin on the second one.
type indexOn struct {
	name, schema string // as they are
	twin         string
	create       string // the twin, CONCURRENTLY
	constraint   string // PRIMARY KEY or UNIQUE; empty: none
	deferral     string
	comment      string // of the index, or of the constraint, as a literal; empty: none
	blocking     string // why it cannot have a twin; empty: it can
}

func quoted(names ...string) string { return pgx.Identifier(names).Sanitize() }

// convert are the statements of the transaction behind its lock and the last values.
func (b *Beside) convert(indexes []indexOn, notNull bool, comment string) []string {
	sql := append([]string{"SET CONSTRAINTS ALL IMMEDIATE"}, b.second.dropTrigger(b.table.name)...)
	add := func(format string, args ...any) { sql = append(sql, fmt.Sprintf(format, args...)) }
	add("DROP INDEX IF EXISTS %s", quoted(b.column.status.Schema, b.second.restIndex()))
	for _, i := range indexes {
		if i.constraint != "" {
			add("ALTER TABLE %s DROP CONSTRAINT %s", b.table.name, quoted(i.name))
		} else {
			add("DROP INDEX %s", quoted(i.schema, i.name))
		}
	}
	add("ALTER TABLE %s DROP COLUMN %s", b.table.name, b.column.column)
	add("ALTER TABLE %s RENAME COLUMN %s TO %s", b.table.name, b.second.name, b.column.column)
	if notNull {
		add("ALTER TABLE %s ALTER COLUMN %s SET NOT NULL", b.table.name, b.column.column)
	}
	add("ALTER TABLE %s RENAME CONSTRAINT %s TO %s", b.table.name, quoted(b.second.check()), quoted(guard.CheckName(b.record.Name)))
	if comment != "" {
		add("COMMENT ON COLUMN %s.%s IS %s", b.table.name, b.column.column, comment)
	}
	for _, i := range indexes {
		of := "INDEX " + quoted(i.schema, i.name)
		if i.constraint != "" {
			add("%s", strings.TrimSpace(fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s %s", b.table.name, quoted(i.name), i.constraint, quoted(i.twin), i.deferral)))
			of = "CONSTRAINT " + quoted(i.name) + " ON " + b.table.name
		} else {
			add("ALTER INDEX %s RENAME TO %s", quoted(i.schema, i.twin), quoted(i.name))
		}
		if i.comment != "" {
			add("COMMENT ON %s IS %s", of, i.comment)
		}
	}
	return sql
}
