package pgstore

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Errors of making and upgrading the schema.
var (
	// ErrNewerSchema: a newer pgseal has made this store.
	ErrNewerSchema = errors.New("pgstore: the schema pgseal of this database was made by a newer version of pgseal")
	// ErrForeignSchema: there is a schema pgseal that this role does not own.
	ErrForeignSchema = errors.New("pgstore: the schema pgseal of this database belongs to a role that the control role is not a member of")
)

// migrationLock is the key of the advisory lock that one migration at a time
// holds: "pgseal" and a number for the purpose.
const migrationLock = 0x7067_7365_616c_01

// migration is one step of the schema, never changed after its release.
type migration struct {
	version int
	sql     string
}

// migrations lists all steps in order: files NNNN_name.sql, without gaps.
func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	for i, name := range names { // Glob sorts
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(path.Base(name), "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			return nil, fmt.Errorf("pgstore: migration %s: want number %d", name, i+1)
		}
		all = append(all, migration{i + 1, string(text)})
	}
	return all, nil
}

// migrate brings the schema to this program's version within tx.
func migrate(ctx context.Context, tx pgx.Tx) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(migrationLock)); err != nil {
		return err
	}
	if err := ensureSchema(ctx, tx); err != nil {
		return err
	}
	have, err := schemaVersion(ctx, tx)
	if err != nil {
		return err
	}
	if have > len(steps) {
		return newerSchema(have, len(steps))
	}
	for _, step := range steps[have:] {
		// The simple protocol takes a file of many statements.
		if _, err := tx.Conn().PgConn().Exec(ctx, step.sql).ReadAll(); err != nil {
			return fmt.Errorf("pgstore: migration %d: %w", step.version, err)
		}
		if _, err := tx.Exec(ctx, "INSERT INTO pgseal.migration (version) VALUES ($1)", step.version); err != nil {
			return err
		}
	}
	if have == len(steps) {
		return nil
	}
	return closeToOthers(ctx, tx)
}

func ensureSchema(ctx context.Context, tx pgx.Tx) error {
	var exists, ours bool
	err := tx.QueryRow(ctx, `SELECT count(*) > 0, coalesce(bool_and(pg_has_role(nspowner, 'USAGE')), false)
		FROM pg_namespace WHERE nspname = 'pgseal'`).Scan(&exists, &ours)
	if err != nil {
		return err
	}
	if exists && !ours {
		return ErrForeignSchema
	}
	if !exists {
		if _, err := tx.Exec(ctx, "CREATE SCHEMA pgseal"); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS pgseal.migration (
		version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`)
	return err
}

// CloseToOthers takes every right on what lies in the schema pgseal from
// everybody but its owner, whoever has made it, and gives PUBLIC the view
// tenant_state.
func (s *Store) CloseToOthers(ctx context.Context) error {
	return pgx.BeginFunc(ctx, s.Conns(ctx), func(tx pgx.Tx) error { return closeToOthers(ctx, tx) })
}

// closeToOthers takes every right from everybody but the owner, those included
// that default privileges have given, and gives PUBLIC the view tenant_state.
// USAGE of the schema is needed for that, and for owners of protected tables to
// create the guard's triggers.
func closeToOthers(ctx context.Context, tx pgx.Tx) error {
	const granted = `
		SELECT DISTINCT format('REVOKE ALL ON TABLE pgseal.%I FROM %s CASCADE', c.relname,
		       CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
		FROM pg_class c, aclexplode(c.relacl) a
		WHERE c.relnamespace = 'pgseal'::regnamespace AND c.relkind IN ('r', 'v') AND a.grantee <> c.relowner`
	rows, err := tx.Query(ctx, granted)
	if err != nil {
		return err
	}
	statements, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	statements = append(statements,
		"REVOKE ALL ON SCHEMA pgseal FROM PUBLIC",
		"GRANT USAGE ON SCHEMA pgseal TO PUBLIC",
		"GRANT SELECT ON pgseal.tenant_state TO PUBLIC")
	for _, s := range statements {
		if _, err := tx.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
