package pgstore

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// hold is one row of pgseal.key_hold: until when a process may use a tenant's key.
type hold struct {
	holder  [16]byte
	tenant  crypto.TenantID
	until   time.Time // by the clock of the database
	version int64
}

func (h *hold) record(store storeID) *record {
	return newRecord(store, "key_hold").bytes(h.holder[:], h.tenant[:]).time(h.until).number(h.version)
}

// holds are the versions of this process's own rows. Nobody else writes them.
type holds struct {
	holder   [16]byte
	mu       sync.Mutex
	versions map[crypto.TenantID]int64
}

// next is the version that the tenant's row gets.
func (h *holds) next(tenant crypto.TenantID) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.versions[tenant]++
	return h.versions[tenant]
}

// holdsKept is how long after their end rows of processes that were killed are kept.
const holdsKept = 24 * time.Hour

// Hold implements keysource.Store. The caller does not call it twice at once for one tenant.
func (s *Store) Hold(ctx context.Context, tenant crypto.TenantID, left time.Duration) error {
	if left <= 0 {
		_, err := s.Conns(ctx).Exec(ctx, "DELETE FROM pgseal.key_hold WHERE holder = $1 AND tenant = $2", s.holds.holder, [16]byte(tenant))
		return err
	}
	h := hold{holder: s.holds.holder, tenant: tenant, version: s.holds.next(tenant)}
	if h.version == 1 {
		if _, err := s.Conns(ctx).Exec(ctx, "DELETE FROM pgseal.key_hold WHERE until < clock_timestamp() - $1::interval", holdsKept); err != nil {
			return err
		}
	}
	var now time.Time
	if err := s.Conns(ctx).QueryRow(ctx, "SELECT clock_timestamp()").Scan(&now); err != nil { // read later than what is left was: the row never says too little
		return err
	}
	h.until = micro(now.Add(left + time.Microsecond))
	_, err := s.Conns(ctx).Exec(ctx, `INSERT INTO pgseal.key_hold (holder, tenant, until, version, mac) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (holder, tenant) DO UPDATE SET until = excluded.until, version = excluded.version, mac = excluded.mac`,
		h.holder, [16]byte(h.tenant), h.until, h.version, h.record(s.id).sign(s.key))
	return err
}

// HeldUntil is when the last process ends that may use the tenant's key, living or not, by the clock of the database: nobody seals or opens anything later
// with a yes of the key service that was had by now. The zero time: nobody may use it.
func (s *Store) HeldUntil(ctx context.Context, tenant crypto.TenantID) (time.Time, error) {
	all, bad, err := s.HeldUntilOf(ctx, tenant)
	if err == nil {
		err = bad[tenant]
	}
	return all[tenant], err
}

// HeldUntilOf is HeldUntil of several tenants at once. bad has those of whom a record is not to be believed.
func (s *Store) HeldUntilOf(ctx context.Context, tenants ...crypto.TenantID) (all map[crypto.TenantID]time.Time, bad map[crypto.TenantID]error, err error) {
	all, bad = make(map[crypto.TenantID]time.Time), make(map[crypto.TenantID]error)
	rows, err := s.Conns(ctx).Query(ctx, "SELECT tenant, holder, until, version, mac, until > clock_timestamp() FROM pgseal.key_hold WHERE tenant = ANY ($1)", rawIDs(tenants))
	if err != nil {
		return nil, nil, err
	}
	var h hold
	var mac []byte
	var ahead bool
	_, err = pgx.ForEachRow(rows, []any{(*[16]byte)(&h.tenant), &h.holder, &h.until, &h.version, &mac, &ahead}, func() error {
		if ahead && h.until.After(all[h.tenant]) {
			all[h.tenant] = h.until
		}
		if err := h.record(s.id).verify(s.key, mac, "key_hold "+h.tenant.String()); err != nil {
			bad[h.tenant] = err
		}
		return nil
	})
	return all, bad, err
}

func rawIDs(tenants []crypto.TenantID) [][16]byte {
	raw := make([][16]byte, len(tenants))
	for i, id := range tenants {
		raw[i] = id
	}
	return raw
}

// HoldNothing takes back everything that Hold has registered: the process uses no key any more.
func (s *Store) HoldNothing(ctx context.Context) error {
	_, err := s.Conns(ctx).Exec(ctx, "DELETE FROM pgseal.key_hold WHERE holder = $1", s.holds.holder)
	return err
}
