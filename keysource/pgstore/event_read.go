package pgstore

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// EventFilter says which events are wanted.
type EventFilter struct {
	Tenant string    // only those about this tenant; empty: all
	Kinds  []string  // only of these; empty: all
	Since  time.Time // not before; zero: from the beginning
	Until  time.Time // before; zero: to the end
	Limit  int       // at most so many, the latest; 0: all
}

// Events gives events, newest first. A row that does not verify is an error,
// KeyRecordInvalid. That rows are missing VerifyEvents tells.
func (s *Store) Events(ctx context.Context, filter EventFilter) ([]Event, error) {
	var events []Event
	err := s.EachEvent(ctx, filter, func(e Event) error {
		events = append(events, e)
		return nil
	})
	return events, err
}

// EachEvent is Events one by one. An error of f ends it.
func (s *Store) EachEvent(ctx context.Context, filter EventFilter, f func(Event) error) error {
	return s.readOnce(ctx, func(tx pgx.Tx, _ storeRow) error {
		var tenants map[crypto.TenantID]string
		if filter.Tenant == "" { // else it is known whose they are, and who asks must not wait longer for there being many
			var err error
			if tenants, err = names(ctx, tx); err != nil {
				return err
			}
		}
		kinds := filter.Kinds
		if kinds == nil {
			kinds = []string{}
		}
		rows, err := tx.Query(ctx, "SELECT "+eventColumns+` FROM pgseal.event e
			WHERE ($1 = '' OR e.tenant = (SELECT id FROM pgseal.tenant WHERE name = $1)) AND (cardinality($2::text[]) = 0 OR e.kind = ANY ($2))
			AND e.at >= $3 AND ($4::timestamptz IS NULL OR e.at < $4)
			ORDER BY e.at DESC, e.writer, e.seq DESC LIMIT NULLIF($5, 0)`,
			filter.Tenant, kinds, filter.Since, nullable(filter.Until), filter.Limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEvent(rows)
			if err != nil {
				return err
			}
			if e.Name = filter.Tenant; e.Name == "" {
				e.Name = tenants[e.Tenant]
			}
			if err := e.record(s.id).verify(s.key, e.mac, e.what()); err != nil {
				return err
			}
			if err := f(e.Event); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// EventKinds are the kinds of events that can be about a tenant.
func EventKinds() []string {
	return []string{EventTenantAdded, EventLocked, EventUnlocked, EventCacheTime, EventRewrapped, EventKeyChanged, EventNewDataKey, EventProviderChanged, EventTenantRetired,
		EventTenantRestored, EventExported, EventImported, EventProbed, EventMaterial, EventProposed, EventApproved, EventRejected, EventWithdrawn, EventProposalDone,
		EventProposalFailed, EventFetched, EventDenied, EventUnreachable, EventEvicted, EventBack, EventAlarm, EventDrillBegun, EventDrillEnded, EventDrill}
}
