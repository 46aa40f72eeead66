package pgstore

import (
	"context"
	"errors"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// refusal is one row of pgseal.key_refusal: the key service's last no about a tenant's key. Its version counts them.
type refusal struct {
	tenant crypto.TenantID
	code   string
	keysource.Refusal
	mac []byte
}

func (r *refusal) record(store storeID) *record {
	return newRecord(store, "key_refusal").bytes(r.tenant[:]).text(r.code).number(r.Version).time(r.At).number(r.Count)
}

func (r *refusal) what() string { return "key_refusal " + r.tenant.String() }

// readRefusal reads and verifies a tenant's row; the zero Refusal where there is none.
func (s *Store) readRefusal(ctx context.Context, db querier, tenant crypto.TenantID) (keysource.Refusal, error) {
	rows, err := scanRefusals(ctx, db, tenant)
	if err != nil || len(rows) == 0 {
		return keysource.Refusal{}, err
	}
	return s.verifyRefusal(&rows[0])
}

// scanRefusals reads the rows of tenants, one of each at most. Nothing of it is verified.
func scanRefusals(ctx context.Context, db querier, tenants ...crypto.TenantID) ([]refusal, error) {
	rows, err := db.Query(ctx, "SELECT tenant, code, tenant_version, at, version, mac FROM pgseal.key_refusal WHERE tenant = ANY ($1)", rawIDs(tenants))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (refusal, error) {
		var r refusal
		err := row.Scan((*[16]byte)(&r.tenant), &r.code, &r.Version, &r.At, &r.Count, &r.mac)
		return r, err
	})
}

// verifyRefusal: an older row is not noticed: exports of keys have none, and whoever puts one back only has the others find out for themselves. One that
// does not verify is KeyRecordInvalid, which a tenant's reader takes for a no.
func (s *Store) verifyRefusal(r *refusal) (keysource.Refusal, error) {
	for _, k := range keysource.Kinds() {
		if k.Code() == r.code {
			r.Kind = k
		}
	}
	return r.Refusal, r.record(s.id).verify(s.key, r.mac, r.what())
}

// Refused implements keysource.Store.
func (s *Store) Refused(ctx context.Context, name string, version int64, kind keysource.Kind) error {
	err := ErrConflict
	for range casAttempts {
		err = s.write(ctx, func(w writer, row storeRow) error {
			t, _, err := s.readTenant(ctx, w.tx, row, name, true) // else a rotation may come between its statements
			if err != nil {
				return err
			}
			first := t.Refusal.Count == 0
			if _, err := s.readRefusal(ctx, w.tx, t.ID); isInvalid(err) {
				if _, err := w.tx.Exec(ctx, "DELETE FROM pgseal.key_refusal WHERE tenant = $1", [16]byte(t.ID)); err != nil {
					return err
				}
				first = true
				if t.Refusal.Count < 0 || t.Refusal.Count > math.MaxInt64/2 {
					t.Refusal.Count = 0
				}
			}
			r := refusal{tenant: t.ID, code: kind.Code(), Refusal: keysource.Refusal{Count: t.Refusal.Count + 1, Kind: kind, Version: version, At: w.now}}
			return r.save(ctx, w, first)
		})
		if !errors.Is(err, ErrConflict) {
			break
		}
	}
	return ofTenant(err, name)
}

// save inserts the row of a first no or replaces that of the one before.
func (r *refusal) save(ctx context.Context, w writer, first bool) error {
	sql := "UPDATE pgseal.key_refusal SET code = $2, tenant_version = $3, at = $4, version = $5, mac = $6 WHERE tenant = $1 AND version = $5 - 1"
	if first {
		sql = "INSERT INTO pgseal.key_refusal (tenant, code, tenant_version, at, version, mac) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
	}
	tag, err := w.tx.Exec(ctx, sql, [16]byte(r.tenant), r.code, r.Version, r.At, r.Count, r.record(w.store).sign(w.key))
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	return err
}
