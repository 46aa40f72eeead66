package main

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/backup"
)

// watchedColumns are the columns whose values are to be sealed in a backup: those of the records, by the names that they have there, and those that the policy lists
// and that have no record yet.
func watchedColumns(records []pgstore.Column, pol *policy.Policy, keys *backupKeys) ([]backup.Watched, error) {
	var all []backup.Watched
	listed, err := guardColumns(pol)
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	for _, c := range listed {
		in[crypto.NewColumnID(c.Schema, c.Table, c.Name).String()] = true
	}
	recorded := map[string]bool{}
	for i := range records {
		c := &records[i]
		w := backup.Watched{Schema: c.Schema, Table: c.Table, Column: c.Name, Open: keys.opens(c)}
		// On the way back, or not begun and not listed: then plaintext is what is wanted.
		w.Plain = c.Wanted == pgstore.ColumnPlain || c.State == pgstore.ColumnPlain && !in[w.Name()]
		recorded[w.Name()] = true
		if !c.Retired {
			all = append(all, w)
		}
	}
	for _, c := range listed {
		w := backup.Watched{Schema: c.Schema, Table: c.Table, Column: c.Name}
		if !recorded[w.Name()] {
			all = append(all, w)
		}
	}
	return all, nil
}

// unwatched are columns that were sealed, or being sealed, when the backup was made, and that have another name there than those that were looked into.
func unwatched(dumped *pgstore.Dumped, watched []backup.Watched, keys *backupKeys) []backup.Watched {
	known := map[string]bool{}
	for i := range watched {
		known[watched[i].Name()] = true
	}
	var all []backup.Watched
	for i := range dumped.Columns {
		c := &dumped.Columns[i]
		w := backup.Watched{Schema: c.Schema, Table: c.Table, Column: c.Name, Open: keys.opens(c)}
		if !known[w.Name()] && !c.Retired && c.Wanted != pgstore.ColumnPlain && c.State != pgstore.ColumnPlain {
			all = append(all, w)
		}
	}
	return all
}

// partsOfTables are the partitions and children of all tables as the database has them now, for dumps that do not say whose part a table is.
func partsOfTables(ctx context.Context, s *site) (map[string]string, error) {
	rows, err := s.store.Conns(ctx).Query(ctx, `SELECT cn.nspname::text, c.relname::text, pn.nspname::text, p.relname::text FROM pg_inherits i
		JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
		JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE c.relkind IN ('r', 'p', 'f')`)
	if err != nil {
		return nil, err
	}
	parts := map[string]string{}
	var child, parent policy.TableName
	_, err = pgx.ForEachRow(rows, []any{&child.Schema, &child.Name, &parent.Schema, &parent.Name}, func() error {
		parts[child.String()] = parent.String()
		return nil
	})
	return parts, err
}
