package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// remainder is what a protected table still has of a tenant.
type remainder struct {
	Table string `json:"table"`
	Rows  *int64 `json:"rows,omitempty"`
	Note  string `json:"note,omitempty"` // why they were not counted
}

func (r *remainder) String() string {
	if r.Rows == nil {
		return "not counted: " + r.Note
	}
	return fmt.Sprint(*r.Rows)
}

// countLimit is how long the rows of one table are counted.
const countLimit = 10 * time.Second

// remaining counts the rows of a tenant in the protected tables: by the policy's tenant_column, or all of them where the database is the tenant's alone.
func (s *site) remaining(ctx context.Context, tenant string) ([]remainder, error) {
	pol, err := s.policy()
	if err != nil {
		return nil, err
	}
	all := []remainder{}
	for _, name := range pol.Names() {
		t := pol.Table(name)
		r := remainder{Table: name.String()}
		from := "FROM " + pgx.Identifier{name.Schema, name.Name}.Sanitize()
		switch {
		case !t.Sealed():
			continue
		case t.TenantColumn != "":
			r.count(ctx, s, from+" WHERE "+pgx.Identifier{t.TenantColumn}.Sanitize()+"::text = $1", tenant)
		case s.database.Tenant.several():
			r.Note = "the policy names no tenant_column for the table"
		case s.database.Tenant.Tenant("", s.name) != tenant:
			r.Note = "the configuration gives the table to another tenant"
		default:
			r.count(ctx, s, from)
		}
		all = append(all, r)
	}
	return all, nil
}

// count counts rows, or says why that cannot be done. A row that a policy of the table's would hide is not left out silently.
func (r *remainder) count(ctx context.Context, s *site, from string, args ...any) {
	ctx, stop := context.WithTimeout(ctx, countLimit)
	defer stop()
	var n int64
	err := pgx.BeginTxFunc(ctx, s.store.Conns(ctx), pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SET LOCAL row_security = off"); err != nil {
			return err
		}
		return tx.QueryRow(ctx, "SELECT count(*) "+from, args...).Scan(&n)
	})
	var pg *pgconn.PgError
	switch {
	case err == nil:
		r.Rows = &n
	case errors.As(err, &pg):
		r.Note = pg.Message
	case ctx.Err() != nil:
		r.Note = fmt.Sprintf("it takes longer than %s", countLimit)
	default:
		r.Note = "the database could not be asked"
	}
}
