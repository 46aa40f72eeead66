package pgstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
// when and who; never a wrapped key. Rows are never changed or deleted; their
// positions show where one is missing all the same.
type HistoryEntry struct {
	Position   int64 // 1, 2, 3 .. for each tenant
	At         time.Time
	Tenant     crypto.TenantID
	KeyNumber  crypto.KeyNumber
	Action     string
	Provider   string
	Configured string // the key as it was named: an alias, perhaps
	RoleARN    string
	KeyARN     string // the key's own, as the key service answered
	MaterialID string
	Actor      string
}

func (h *HistoryEntry) record(store storeID, id [16]byte) *record {
	return newRecord(store, "key_history").bytes(id[:]).time(h.At).bytes(h.Tenant[:]).number(h.Position, int64(h.KeyNumber)).
		text(h.Action, h.Provider, h.Configured, h.RoleARN, h.KeyARN, h.MaterialID, h.Actor)
}

func historyOf(t *Tenant, action, actor string) HistoryEntry {
	return HistoryEntry{Tenant: t.ID, KeyNumber: t.Current.Number, Action: action, Provider: t.Spec.Provider,
		Configured: t.Spec.KeyARN, RoleARN: t.Spec.RoleARN, KeyARN: t.Current.Wrapped.KeyARN, MaterialID: t.Current.Wrapped.MaterialID, Actor: actor}
}

func (w writer) history(ctx context.Context, h HistoryEntry) error {
	id := newID()
	h.At = w.now
	// The tenant's row is locked: nobody else draws the same position.
	err := w.tx.QueryRow(ctx, "SELECT coalesce(max(position), 0) + 1 FROM pgseal.key_history WHERE tenant = $1", [16]byte(h.Tenant)).Scan(&h.Position)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, `INSERT INTO pgseal.key_history (id, at, tenant, position, key_number, action, provider, configured, role_arn, key_arn, material_id,
		actor, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, id, h.At, [16]byte(h.Tenant), h.Position, int64(h.KeyNumber), h.Action, h.Provider,
		h.Configured, h.RoleARN, h.KeyARN, h.MaterialID, h.Actor, h.record(w.store, id).sign(w.key))
	return err
}

// History gives the key history of a tenant, oldest first. A row that does not
// verify is an error, KeyRecordInvalid.
func (s *Store) History(ctx context.Context, name string) ([]HistoryEntry, error) {
	entries, problems, err := s.HistoryAsFound(ctx, name)
	if err == nil && len(problems) > 0 && isInvalid(problems[0]) {
		err = ofTenant(problems[0], name)
	}
	return entries, err
}

// HistoryAsFound is History for whoever wants to see what can be seen: a row that
// does not verify is left out and told in problems, as is what the history must have
// and has not, behind those.
func (s *Store) HistoryAsFound(ctx context.Context, name string) (entries []HistoryEntry, problems []error, err error) {
	err = s.read(ctx, func(tx pgx.Tx, row storeRow) error {
		t, _, err := s.readTenant(ctx, tx, row, name, false)
		if err != nil {
			return err
		}
		if entries, problems, err = s.readHistory(ctx, tx, t.ID); err != nil {
			return err
		}
		problems = append(problems, missing(t, entries, len(problems))...)
		return nil
	})
	return entries, problems, ofTenant(err, name)
}

// ErrHistoryIncomplete: a row of the key history is not there any more, although
// none is ever deleted.
var ErrHistoryIncomplete = errors.New("pgstore: the key history is not complete")

// missing says what was taken out of the history: positions leave gaps, and what
// comes last must be about the present wrapping. Rows that were found and do not
// verify are not counted again.
func missing(t *Tenant, entries []HistoryEntry, invalid int) (problems []error) {
	gap := func(from, to int64) {
		if n := to - from - 1 - int64(invalid); n > 0 {
			problems = append(problems, fmt.Errorf("%w: %d of the rows between %d and %d are not there", ErrHistoryIncomplete, n, from, to))
		}
	}
	last := int64(0)
	for _, h := range entries {
		gap(last, h.Position)
		last = h.Position
	}
	now := historyOf(t, "", "")
	if n := len(entries); invalid == 0 && (n == 0 || entries[n-1].KeyARN != now.KeyARN || entries[n-1].MaterialID != now.MaterialID || entries[n-1].KeyNumber != now.KeyNumber) {
		problems = append(problems, fmt.Errorf("%w: the last row is not about the present data key under the present key", ErrHistoryIncomplete))
	}
	return problems
}

func (s *Store) readHistory(ctx context.Context, db querier, tenant crypto.TenantID) (entries []HistoryEntry, invalid []error, err error) {
	rows, err := db.Query(ctx, `SELECT id, at, position, key_number, action, provider, configured, role_arn, key_arn, material_id, actor, mac
		FROM pgseal.key_history WHERE tenant = $1 ORDER BY position`, [16]byte(tenant))
	if err != nil {
		return nil, nil, err
	}
	h := HistoryEntry{Tenant: tenant}
	var id [16]byte
	var number int64
	var mac []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &h.At, &h.Position, &number, &h.Action, &h.Provider, &h.Configured, &h.RoleARN, &h.KeyARN, &h.MaterialID, &h.Actor, &mac}, func() error {
		h.KeyNumber = crypto.KeyNumber(number)
		if err := h.record(s.id, id).verify(s.key, mac, "key_history "+h.At.UTC().Format(time.RFC3339)); err != nil {
			invalid = append(invalid, err)
			return nil
		}
		entries = append(entries, h)
		return nil
	})
	return entries, invalid, err
}

// wholeHistory demands that every row that is there verifies.
func (s *Store) wholeHistory(ctx context.Context, db querier, tenant crypto.TenantID) error {
	_, invalid, err := s.readHistory(ctx, db, tenant)
	if err == nil && len(invalid) > 0 {
		return invalid[0]
	}
	return err
}

func sortKeys(keys []dataKey) {
	slices.SortFunc(keys, func(a, b dataKey) int { return cmp.Compare(a.number, b.number) })
}
