package plan

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
)

// Conn is what the loader needs of a connection to the database; *pgx.Conn and *pgxpool.Pool have it.
type Conn interface {
	BeginTx(ctx context.Context, options pgx.TxOptions) (pgx.Tx, error)
}

// FrozenColumn is what the store has agreed upon for one column: how its values are sealed, for good, and how far its
// protection has come.
type FrozenColumn struct {
	Schema, Table, Column string        // where it is now, as the catalogue spells it; of a partition, the root's
	Key                   crypto.Column // identity and type family that its values are bound to
	Mode                  crypto.Mode
	NextMode              crypto.Mode // what all values are being sealed anew as; 0: they are not
	Round                 int         // in which they were sealed last
	Turned                bool        // with NextMode: what is written is sealed in it, in the next round
	State                 ColumnState
	Opening               bool       // with StateSealing: it is about to be opened all at once, and then holds values of its own type
	Type                  value.Type // what the application sees
	Normalize             []string
	Pad                   int // bytes; 0: none
	// Before are the columns that it stands before in lists of all columns, the nearest first, where that is not, or will not be for much longer,
	// where it lies: see Order. One that stands before no other can name itself, so that it is known all the same.
	Before []string
}

func (f *FrozenColumn) table() policy.TableName {
	return policy.TableName{Schema: f.Schema, Name: f.Table}
}

// LoadDatabase reads from the live catalogue what policy.Validate has to know about the named relations and everything
// that hangs on them. It reads pg_catalog alone, in one read-only transaction of one snapshot, and takes no lock on the
// relations themselves, apart from what views read, while their definitions are read. A name that does not exist is no error: it is missing from the result.
func LoadDatabase(ctx context.Context, conn Conn, names []policy.TableName) (*policy.Database, error) {
	db, _, err := loadDatabase(ctx, conn, names)
	return db, err
}

// LoadCatalogue reads the live catalogue and makes the planner's snapshot of the policy out of it. frozen are the column
// states of the store; a listed column that is not among them has StatePlain.
//
// The problems are those of policy.Validate and those between policy and frozen states. An error among them does not
// keep the catalogue from being made: the table that it is about is then Opaque, so that every statement on it is
// refused until the error is gone; an error about the whole database makes the catalogue Stale. The error result is for
// a database that could not be read.
func LoadCatalogue(ctx context.Context, conn Conn, pol *policy.Policy, frozen []FrozenColumn, version uint64) (*Catalogue, []policy.Problem, error) {
	c, problems, _, err := loadSnapshot(ctx, conn, pol, frozen, version)
	return c, problems, err
}

// loadNames are the tables to look at: the listed ones, and those that hold sealed values although they are not listed.
func loadNames(pol *policy.Policy, frozen []FrozenColumn) []policy.TableName {
	names := pol.Names()
	for i := range frozen {
		if name := frozen[i].table(); frozen[i].State != StatePlain && pol.Table(name) == nil {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, policy.TableName.Compare)
	return slices.Compact(names)
}

// loadDatabase is LoadDatabase with the scope of what it found.
func loadDatabase(ctx context.Context, conn Conn, names []policy.TableName) (*policy.Database, *catalogueScope, error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	defer func() { _ = tx.Rollback(ctx) }() // nothing was written; a connection that broke says so at its next use
	l := &loader{tx: tx, db: &policy.Database{}, names: names, byOID: make(map[uint32]*policy.Relation)}
	for _, step := range []func(context.Context) error{
		l.settings, l.relations, l.parents, l.columns, l.domains, l.types,
		l.indexes, l.checks, l.foreignKeys, l.rowPolicies, l.generated, l.partitionKeys, l.publications, l.triggers, l.rules,
		l.views, l.functions, l.settingFunctions, l.viewsOverFunctions, l.unknownFunctions, l.dependentColumns, l.viewDefinitions, l.homonyms, l.candidates, l.noteScope,
	} {
		if err := step(ctx); err != nil {
			return nil, nil, fmt.Errorf("reading the catalogue: %w", err)
		}
	}
	return l.db, l.scope, nil
}

// loader fills a policy.Database, one kind of object after the other, inside one transaction.
type loader struct {
	tx    pgx.Tx
	names []policy.TableName

	db           *policy.Database
	byOID        map[uint32]*policy.Relation
	oids         []uint32 // of db.Relations
	functionOIDs []uint32 // of the functions that name one of them
	domainOIDs   []uint32 // of the domains of their columns
	scope        *catalogueScope
	again        bool // something could not be read, so that the next look has to load once more
}

// each runs a query and calls f for each row after scanning it into the targets.
func (l *loader) each(ctx context.Context, sql string, args []any, targets []any, f func() error) error {
	rows, err := l.tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	_, err = pgx.ForEachRow(rows, targets, f)
	return err
}

// settings makes names in the queries mean pg_catalog's objects alone, whatever the role's search path, and reads the encoding.
func (l *loader) settings(ctx context.Context) error {
	return l.each(ctx, `SELECT pg_catalog.set_config('search_path', 'pg_catalog', true), pg_catalog.current_setting('server_encoding')`,
		nil, []any{nil, &l.db.Encoding}, func() error { return nil })
}
