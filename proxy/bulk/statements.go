package bulk

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// Statement is one that work in place sends, for people who want to know before.
type Statement struct {
	When string // in which part of the work
	SQL  string
	Lock string // what it locks, and for how long
}

const rowLock = "ROW EXCLUSIVE and the rows that are written, to the end of the batch; no lock is waited for longer than 0.4 s, and then the locked rows are left to the next pass"

// Sealing are all statements that sealing in place sends: the batches', with the places of their parameters, and the guard's.
func Sealing(ctx context.Context, db guard.Querier, c *guard.ColumnStatus, tenantColumn, triggers string, tag crypto.StoreTag) ([]Statement, error) {
	all, err := batches(ctx, db, c, tenantColumn, triggers)
	for _, s := range c.ProofStatements(tag) {
		all = append(all, Statement{"at the end, by the guard", s.SQL, s.Lock})
	}
	return all, err
}

// Opening are all statements that opening in place sends.
func Opening(ctx context.Context, db guard.Querier, c *guard.ColumnStatus, tenantColumn, triggers string) (all []Statement, err error) {
	for _, s := range c.RemovalStatements() {
		all = append(all, Statement{"when every proxy reads both forms, by the guard", s.SQL, s.Lock})
	}
	rows, err := batches(ctx, db, c, tenantColumn, triggers)
	return append(all, rows...), err
}

// Resealing are all statements that sealing anew in place sends.
func Resealing(ctx context.Context, db guard.Querier, c *guard.ColumnStatus, tenantColumn, triggers string) ([]Statement, error) {
	all, err := batches(ctx, db, c, tenantColumn, triggers)
	table, column := c.Quoted()
	return append(all, Statement{"at the end, in one snapshot", fmt.Sprintf("-- a count of the values of %s.%s by the data key that their heads name; none is opened", table, column),
		"ACCESS SHARE of each table, while it is read"}), err
}

// batches are the statements of the work itself.
func batches(ctx context.Context, db guard.Querier, c *guard.ColumnStatus, tenantColumn, triggers string) (all []Statement, err error) {
	parts, err := leaves(ctx, db, c, tenantColumn)
	if err != nil {
		return nil, err
	}
	ranges, err := scansRanges(ctx, db)
	if err != nil {
		return nil, err
	}
	add := func(when, sql, lock string) { all = append(all, Statement{when, sql, lock}) }
	for _, l := range parts {
		const readLock = "ACCESS SHARE, to the end of the batch"
		read := func(when string) {
			if len(l.key) == 0 {
				add(when, l.readByPlace(ranges), readLock)
				return
			}
			add(when+", the first one", l.readByKey(true), readLock)
			add(when+", the others", l.readByKey(false), readLock)
		}
		batch := "each batch of at most " + strconv.Itoa(batchRows) + " rows of " + l.name
		add(batch, beginBatch+"; "+patience, "")
		read(batch)
		if triggers == TriggersSkip {
			add("batches with values to write", skipTriggers, "")
		}
		add("batches with values to write", l.write(), rowLock)
		add("batches in which a lock was not to be had", l.free(), "ROW SHARE, and rows that nobody else has locked")
		add("the end of each batch", pgstore.UpdateBulk, "the record of the work")
		add("the end of each batch", "COMMIT", "")
		read("when every row is done, each batch of at most " + strconv.Itoa(batchRows) + " rows of " + l.name + " once more")
	}
	return all, nil
}

// scansRanges tells whether the server can scan a range of places.
func scansRanges(ctx context.Context, db guard.Querier) (bool, error) {
	rows, err := db.Query(ctx, "SELECT pg_catalog.current_setting('server_version_num')::int4 >= 140000")
	if err != nil {
		return false, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool])
}
