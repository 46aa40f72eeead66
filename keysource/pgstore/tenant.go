package pgstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Tenant is a tenant's record with what only people ask for.
type Tenant struct {
	keysource.TenantRecord
	CreatedAt time.Time
	KeySince  time.Time // when the current data key was made
}

// Errors about tenants' names.
var (
	ErrTenantExists = errors.New("pgstore: there is a tenant of this name already")
	ErrTenantName   = errors.New("pgstore: a tenant's name has 1 to 128 characters, none of them a control character, and no blank at its ends")
)

const maxTenantName = 128

// CheckTenantName is nil for a name that a tenant can have, else ErrTenantName.
func CheckTenantName(name string) error {
	if name == "" || strings.TrimSpace(name) != name || !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxTenantName {
		return ErrTenantName
	}
	for _, r := range name {
		if unicode.IsControl(r) {
			return ErrTenantName
		}
	}
	return nil
}

func checkCacheTime(d time.Duration) error {
	if d < keysource.MinCacheTime || d > keysource.MaxCacheTime {
		return fmt.Errorf("pgstore: a cache time of %s is outside of %s to %s", d, keysource.MinCacheTime, keysource.MaxCacheTime)
	}
	return nil
}

// record has the rows of the tenant's data keys in it, so that none of them can
// be taken away or put back by itself.
func (t *Tenant) record(store storeID, keys []dataKey) *record {
	r := newRecord(store, "tenant").bytes(t.ID[:]).text(t.Name, t.Spec.Provider, t.Spec.KeyARN, t.Spec.ResolvedARN, t.Spec.RoleARN,
		t.Spec.ExternalID, t.Spec.Endpoint).number(t.CacheTime.Milliseconds()).flag(t.Locked).time(t.LockedSince).text(t.LockedBy).
		flag(t.Retired)
	t.drillParts(r).number(t.Probes, int64(t.Current.Number)).time(t.CreatedAt).number(t.Version, int64(len(keys)))
	for _, k := range keys {
		r.number(int64(k.number), k.version).bytes(k.mac)
	}
	return r
}

// readTenant reads and verifies a tenant with its keys and pins, by name.
// forUpdate takes the row's lock. The error is a *keysource.Error where the
// record is missing or invalid.
func (s *Store) readTenant(ctx context.Context, db querier, row storeRow, name string, forUpdate bool) (*Tenant, []dataKey, error) {
	sql := tenantQuery + " WHERE name = $1"
	if forUpdate {
		sql += " FOR UPDATE"
	}
	rows, err := db.Query(ctx, sql, name)
	if err != nil {
		return nil, nil, err
	}
	read, err := pgx.CollectExactlyOneRow(rows, s.scanTenant)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil, &keysource.Error{Kind: keysource.TenantUnknown, Tenant: name, Op: keysource.OpRecord}
	}
	if err != nil {
		return nil, nil, err
	}
	attached, err := readAttached(ctx, db, read.ID)
	if err != nil {
		return nil, nil, err
	}
	t, keys := &read.Tenant, attached[read.ID].keys
	if err := s.completeTenant(row, t, read.mac, attached[read.ID]); err != nil {
		return nil, nil, ofTenant(err, name)
	}
	return t, keys, nil
}

// tenantQuery reads what scanTenant scans.
const tenantQuery = `SELECT name, id, provider, key_arn, resolved_arn, role_arn, external_id, endpoint, cache_ms, locked, locked_since, locked_by,
	retired, drill_id, drill_ordered, drill_until, drill_by, drill_proxies, probes, current_key, created_at, version, mac, clock_timestamp()
	FROM pgseal.tenant`

// tenantRow is a tenant's row as it was read, without what hangs on it.
type tenantRow struct {
	Tenant
	mac []byte
}

func (s *Store) scanTenant(row pgx.CollectableRow) (tenantRow, error) {
	t := tenantRow{}
	t.Tag = s.tag
	var cacheMS, current int64
	var lockedSince *time.Time
	var drill drillRow
	err := row.Scan(&t.Name, (*[16]byte)(&t.ID), &t.Spec.Provider, &t.Spec.KeyARN, &t.Spec.ResolvedARN, &t.Spec.RoleARN,
		&t.Spec.ExternalID, &t.Spec.Endpoint, &cacheMS, &t.Locked, &lockedSince, &t.LockedBy, &t.Retired,
		&drill.id, &drill.ordered, &drill.until, &drill.by, &drill.proxies, &t.Probes, &current, &t.CreatedAt, &t.Version, &t.mac, &t.ReadAt)
	if err != nil {
		return t, err
	}
	t.CacheTime = time.Duration(cacheMS) * time.Millisecond
	if lockedSince != nil {
		t.LockedSince = *lockedSince
	}
	t.Drill = drill.drill()
	t.Current.Number = crypto.KeyNumber(current)
	t.Spec.TenantID, t.Spec.TenantName, t.Spec.KeyNumber = t.ID, t.Name, t.Current.Number
	return t, nil
}

// completeTenant adds what hangs on the tenant's row and verifies the whole.
func (s *Store) completeTenant(row storeRow, t *Tenant, mac []byte, a *attached) error {
	if err := s.verifyDataKeys(a.keys, row.epoch); err != nil {
		return err
	}
	what := "tenant " + t.ID.String()
	if err := t.record(s.id, a.keys).verify(s.key, mac, what); err != nil {
		return err
	}
	if err := s.memory.note(row.epoch, what, t.Version); err != nil {
		return err
	}
	s.memory.raise(nameKey(t.Name), t.Version) // a keyring would in a moment, and the file would be written twice
	if err := generations(t, a.keys); err != nil {
		return err
	}
	var err error
	if t.Pins, err = s.verifyPins(a.pins); err != nil || a.refusal == nil {
		return err
	}
	if t.Refusal, err = s.verifyRefusal(a.refusal); isInvalid(err) { // it must keep nobody from locking the tenant, nor a no from being told: every proxy asks the key service anew
		s.log.Error("ALARM: somebody has written what proxies tell one another of a tenant's key", "tenant", t.Name, "error", err)
		t.Refusal.Kind, t.Refusal.Version, err = keysource.AccessDenied, t.Version, nil
	}
	return err
}

// insert writes the row of a new tenant, whose key is keys[0].
func (t *Tenant) insert(ctx context.Context, w writer, keys []dataKey) error {
	t.Version = 1
	_, err := w.tx.Exec(ctx, `INSERT INTO pgseal.tenant (id, name, provider, key_arn, resolved_arn, role_arn, external_id, endpoint,
		cache_ms, locked, locked_since, locked_by, retired, drill_by, drill_proxies, probes, current_key, created_at, version, mac)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '{}', 0, $14, $15, $16, $17)`,
		[16]byte(t.ID), t.Name, t.Spec.Provider, t.Spec.KeyARN, t.Spec.ResolvedARN, t.Spec.RoleARN, t.Spec.ExternalID, t.Spec.Endpoint,
		t.CacheTime.Milliseconds(), t.Locked, nullable(t.LockedSince), t.LockedBy, t.Retired, int64(t.Current.Number), t.CreatedAt,
		t.Version, t.record(w.store, keys).sign(w.key))
	if sqlState(err) == uniqueViolation {
		return ErrTenantExists
	}
	return err
}

// update writes what can change of a tenant, if its row still has the version
// that was read.
func (t *Tenant) update(ctx context.Context, w writer, keys []dataKey) error {
	t.Version++
	drill := drillRowOf(t.Drill)
	tag, err := w.tx.Exec(ctx, `UPDATE pgseal.tenant SET key_arn = $2, resolved_arn = $3, cache_ms = $4, locked = $5, locked_since = $6,
		locked_by = $7, retired = $8, current_key = $9, version = $10, mac = $11, provider = $12, role_arn = $13, external_id = $14, endpoint = $15,
		drill_id = $16, drill_ordered = $17, drill_until = $18, drill_by = $19, drill_proxies = $20, probes = $21
		WHERE id = $1 AND version = $10 - 1`,
		[16]byte(t.ID), t.Spec.KeyARN, t.Spec.ResolvedARN, t.CacheTime.Milliseconds(), t.Locked, nullable(t.LockedSince), t.LockedBy,
		t.Retired, int64(t.Current.Number), t.Version, t.record(w.store, keys).sign(w.key), t.Spec.Provider, t.Spec.RoleARN, t.Spec.ExternalID,
		t.Spec.Endpoint, drill.id, drill.ordered, drill.until, drill.by, drill.proxies, t.Probes)
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	w.wrote("tenant "+t.ID.String(), t.Version)
	w.wrote(nameKey(t.Name), t.Version)
	return err
}

// ofTenant names the tenant in an error of keysource that names none.
func ofTenant(err error, name string) error {
	var e *keysource.Error
	if errors.As(err, &e) && e.Tenant == "" {
		named := *e
		named.Tenant = name
		return &named
	}
	return err
}

func isInvalid(err error) bool { return keysource.KindOf(err) == keysource.KeyRecordInvalid }
