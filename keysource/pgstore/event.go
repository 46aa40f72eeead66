package pgstore

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// Event is something that was done to the store, for people to read.
type Event struct {
	At     time.Time
	Tenant crypto.TenantID // zero: not about one tenant
	Name   string          // the tenant's present name; filled by Events
	Kind   string
	Actor  string
	Detail string // never a value, a key or a statement
}

func (e *Event) record(store storeID, id [16]byte) *record {
	return newRecord(store, "event").bytes(id[:]).time(e.At).bytes(e.Tenant[:]).text(e.Kind, e.Actor, e.Detail)
}

func (w writer) event(ctx context.Context, e Event) error {
	id := newID()
	e.At = micro(w.now)
	var tenant *[16]byte
	if e.Tenant != (crypto.TenantID{}) {
		tenant = (*[16]byte)(&e.Tenant)
	}
	_, err := w.tx.Exec(ctx, "INSERT INTO pgseal.event (id, at, tenant, kind, actor, detail, mac) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		id, e.At, tenant, e.Kind, e.Actor, e.Detail, e.record(w.store, id).sign(w.key))
	return err
}

// EventFilter says which events are wanted.
type EventFilter struct {
	Tenant string // only those about this tenant; empty: all
	Limit  int    // at most so many, the latest
}

// Events gives the latest events, newest first. A row that does not verify is an
// error, KeyRecordInvalid.
func (s *Store) Events(ctx context.Context, filter EventFilter) ([]Event, error) {
	var events []Event
	err := s.read(ctx, func(tx pgx.Tx, _ storeRow) error {
		tenants, err := names(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `SELECT id, at, tenant, kind, actor, detail, mac FROM pgseal.event
			WHERE $1 = '' OR tenant = (SELECT id FROM pgseal.tenant WHERE name = $1) ORDER BY at DESC, id LIMIT $2`, filter.Tenant, filter.Limit)
		if err != nil {
			return err
		}
		events, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (Event, error) {
			var e Event
			var id [16]byte
			var tenant *[16]byte
			var mac []byte
			if err := row.Scan(&id, &e.At, &tenant, &e.Kind, &e.Actor, &e.Detail, &mac); err != nil {
				return e, err
			}
			if tenant != nil {
				e.Tenant = *tenant
			}
			e.Name = tenants[e.Tenant]
			return e, e.record(s.id, id).verify(s.key, mac, "event "+e.At.UTC().Format(time.RFC3339))
		})
		return err
	})
	return events, err
}
