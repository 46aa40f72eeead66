package pgstore

import (
	"context"
	"errors"
	"fmt"
)

// ErrOlderSchema: Init of this program has not run on this store, or an earlier program's has.
var ErrOlderSchema = errors.New("pgstore: the schema pgseal of this database is of an earlier version")

// SchemaVersion is the version of the schema that this program makes: the number of its last migration.
func SchemaVersion() (int, error) {
	steps, err := migrations()
	return len(steps), err
}

// checkSchema refuses a store of another version than this program's, before any record of it is read: what a record's MAC
// covers may differ. Errors: ErrNoStore, ErrNewerSchema, ErrOlderSchema.
func checkSchema(ctx context.Context, db querier) error {
	known, err := SchemaVersion()
	if err != nil {
		return err
	}
	have, err := schemaVersion(ctx, db)
	if code := sqlState(err); code == undefinedTable || code == undefinedSchema {
		have = 0
		var store bool
		if err := db.QueryRow(ctx, "SELECT to_regclass('pgseal.store') IS NOT NULL").Scan(&store); err != nil {
			return err
		}
		if !store {
			return ErrNoStore
		}
	} else if err != nil {
		return err
	}
	switch {
	case have > known:
		return newerSchema(have, known)
	case have < known:
		return fmt.Errorf("%w (%d; this program works with %d); run: pgseal init", ErrOlderSchema, have, known)
	}
	return nil
}

// schemaVersion is the number of the last migration that was applied; 0 before the first.
func schemaVersion(ctx context.Context, db querier) (have int, err error) {
	err = db.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM pgseal.migration").Scan(&have)
	return have, err
}

func newerSchema(have, known int) error {
	return fmt.Errorf("%w (%d; this program knows %d). Nothing was read or written: use the program that upgraded it, or a later one; there is no way back to an earlier one "+
		"but a backup from before the upgrade", ErrNewerSchema, have, known)
}
