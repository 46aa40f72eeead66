package pgstore

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// What a row of the key history records.
const (
	ActionCreated   = "created"    // the tenant's first generation
	ActionRotated   = "rotated"    // a new generation
	ActionRewrapped = "re-wrapped" // the same generation, under new key material or another key
)

// HistoryEntry is one row of the key history: which key, of which material,
// when and who; never a wrapped key. Rows are never changed or deleted.
type HistoryEntry struct {
	At         time.Time
	Tenant     crypto.TenantID
	KeyNumber  crypto.KeyNumber
	Action     string
	KeyARN     string
	MaterialID string
	Actor      string
}

func (h *HistoryEntry) record(store storeID, id [16]byte) *record {
	return newRecord(store, "key_history").bytes(id[:]).time(h.At).bytes(h.Tenant[:]).number(int64(h.KeyNumber)).
		text(h.Action, h.KeyARN, h.MaterialID, h.Actor)
}

func historyOf(t *Tenant, action, actor string) HistoryEntry {
	return HistoryEntry{Tenant: t.ID, KeyNumber: t.Current.Number, Action: action, KeyARN: t.Current.Wrapped.KeyARN,
		MaterialID: t.Current.Wrapped.MaterialID, Actor: actor}
}

func (w writer) history(ctx context.Context, h HistoryEntry) error {
	id := newID()
	h.At = w.now
	_, err := w.tx.Exec(ctx, `INSERT INTO pgseal.key_history (id, at, tenant, key_number, action, key_arn, material_id, actor, mac)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, id, h.At, [16]byte(h.Tenant), int64(h.KeyNumber), h.Action, h.KeyARN, h.MaterialID,
		h.Actor, h.record(w.store, id).sign(w.key))
	return err
}

// History gives the key history of a tenant, oldest first. A row that does not
// verify is an error, KeyRecordInvalid.
func (s *Store) History(ctx context.Context, name string) ([]HistoryEntry, error) {
	var entries []HistoryEntry
	err := s.read(ctx, func(tx pgx.Tx, row storeRow) error {
		t, _, err := s.readTenant(ctx, tx, row, name, false)
		if err != nil {
			return err
		}
		entries, err = s.readHistory(ctx, tx, t.ID)
		return err
	})
	if err != nil {
		return nil, ofTenant(err, name)
	}
	return entries, nil
}

func (s *Store) readHistory(ctx context.Context, db querier, tenant crypto.TenantID) ([]HistoryEntry, error) {
	rows, err := db.Query(ctx, `SELECT id, at, key_number, action, key_arn, material_id, actor, mac
		FROM pgseal.key_history WHERE tenant = $1 ORDER BY at, id`, [16]byte(tenant))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (HistoryEntry, error) {
		h := HistoryEntry{Tenant: tenant}
		var id [16]byte
		var number int64
		var mac []byte
		if err := row.Scan(&id, &h.At, &number, &h.Action, &h.KeyARN, &h.MaterialID, &h.Actor, &mac); err != nil {
			return h, err
		}
		h.KeyNumber = crypto.KeyNumber(number)
		return h, h.record(s.id, id).verify(s.key, mac, "key_history "+h.At.UTC().Format(time.RFC3339))
	})
}

func sortKeys(keys []dataKey) {
	slices.SortFunc(keys, func(a, b dataKey) int { return cmp.Compare(a.number, b.number) })
}
