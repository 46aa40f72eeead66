package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/scram"
)

// roles finds the verifiers of the database's own roles, on connections of its own: log-ins must not keep keys from being read. It implements
// proxy.Verifiers. Nothing is kept, so that a new password counts at once.
type roles struct {
	pool  *pgxpool.Pool
	query string
}

const (
	roleQuery   = "SELECT rolpassword, rolvaliduntil FROM pg_catalog.pg_authid WHERE rolname OPERATOR(pg_catalog.=) $1"
	roleConns   = 4
	roleTimeout = 10 * time.Second
)

// openRoles connects, and proves that the query can be asked.
func openRoles(ctx context.Context, control, query string) (*roles, error) {
	config, err := pgstore.PoolConfig(control)
	if err != nil {
		return nil, err
	}
	config.MaxConns = roleConns
	r := &roles{query: query}
	if query == "" {
		r.query = roleQuery
	}
	if r.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, err
	}
	if _, err := r.Verifier(ctx, ""); err != nil && !errors.Is(err, proxy.ErrNoVerifier) {
		r.pool.Close()
		if query == "" {
			return nil, fmt.Errorf("auth.mode: scram-relay cannot read pg_authid: %w; name a SECURITY DEFINER function in auth.query (docs/logging-in.md has one), or make the control role a superuser", err)
		}
		return nil, fmt.Errorf("auth.query: %w", err)
	}
	return r, nil
}

// Verifier implements proxy.Verifiers.
func (r *roles) Verifier(ctx context.Context, role string) (v scram.Verifier, err error) {
	ctx, stop := context.WithTimeout(ctx, roleTimeout)
	defer stop()
	rows, err := r.pool.Query(ctx, r.query, role)
	if err != nil {
		return v, err
	}
	if err := checkQuery(rows.FieldDescriptions()); err != nil {
		if rows.Close(); rows.Err() != nil { // there was no answer to look at
			err = rows.Err()
		}
		return v, err
	}
	found, err := pgx.CollectRows(rows, scanVerifier)
	switch {
	case err != nil:
		return v, err
	case len(found) > 1:
		return v, errors.New("the query for a role's verifier returns several rows")
	case len(found) == 0 || !found[0].valid(time.Now()):
		return v, proxy.ErrNoVerifier
	}
	if v, err = scram.ParseVerifier(found[0].text.String); err != nil {
		return v, proxy.ErrNoVerifier // an MD5 hash: the role cannot log in by SCRAM at the server either
	}
	return v, nil
}

// foundRole is a row of the query.
type foundRole struct {
	text  pgtype.Text
	until pgtype.Timestamptz // null, or absent: for ever
}

// checkQuery refuses what no verifier could ever be read of, at the start, when there is no row yet.
func checkQuery(columns []pgconn.FieldDescription) error {
	switch {
	case len(columns) == 1 && columns[0].DataTypeOID == pgtype.RecordOID:
		return errors.New("the query for a role's verifier returns one record instead of its columns: write SELECT * FROM function($1), not SELECT function($1)")
	case len(columns) != 1 && len(columns) != 2:
		return errors.New("the query for a role's verifier must return the verifier, and may return until when it is valid")
	}
	return nil
}

func scanVerifier(row pgx.CollectableRow) (f foundRole, err error) {
	into := []any{&f.text}
	if len(row.FieldDescriptions()) == 2 {
		into = append(into, &f.until)
	}
	return f, row.Scan(into...)
}

func (f foundRole) valid(now time.Time) bool {
	switch {
	case !f.text.Valid:
		return false
	case !f.until.Valid || f.until.InfinityModifier == pgtype.Infinity:
		return true
	}
	return f.until.InfinityModifier == pgtype.Finite && now.Before(f.until.Time)
}

// reset lets go of connections to a server that is the primary no more.
func (r *roles) reset() {
	if r != nil {
		r.pool.Reset()
	}
}

func (r *roles) close() {
	if r != nil {
		r.pool.Close()
	}
}
