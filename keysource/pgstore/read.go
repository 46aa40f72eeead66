package pgstore

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

var _ keysource.Store = (*Store)(nil)

// Tenant implements keysource.Store: the verified record in one snapshot.
func (s *Store) Tenant(ctx context.Context, name string) (keysource.TenantRecord, error) {
	t, err := s.LookUp(ctx, name)
	if err != nil {
		return keysource.TenantRecord{}, err
	}
	return t.TenantRecord, nil
}

// LookUp is Tenant with what only people ask for.
func (s *Store) LookUp(ctx context.Context, name string) (*Tenant, error) {
	var t *Tenant
	err := s.read(ctx, func(tx pgx.Tx, row storeRow) (err error) {
		t, _, err = s.readTenant(ctx, tx, row, name, false)
		return err
	})
	if err != nil {
		return nil, ofTenant(err, name)
	}
	return t, nil
}

// Listed is one entry of Tenants: the tenant, or why its record is not to be
// believed.
type Listed struct {
	Name   string
	Tenant *Tenant // nil with Err
	Err    error
}

// Tenants lists all tenants by name. An invalid record is an entry's error, so
// that it hides no other.
func (s *Store) Tenants(ctx context.Context) ([]Listed, error) {
	var list []Listed
	err := s.read(ctx, func(tx pgx.Tx, row storeRow) error {
		rows, err := tx.Query(ctx, tenantQuery+" ORDER BY name")
		if err != nil {
			return err
		}
		read, err := pgx.CollectRows(rows, s.scanTenant)
		if err != nil {
			return err
		}
		ids := make([]crypto.TenantID, len(read))
		for i := range read {
			ids[i] = read[i].ID
		}
		attached, err := readAttached(ctx, tx, ids...)
		if err != nil {
			return err
		}
		list = make([]Listed, 0, len(read))
		for i := range read {
			t := &read[i].Tenant
			err := s.completeTenant(row, t, read[i].mac, attached[t.ID])
			if err != nil && !isInvalid(err) {
				return err
			}
			if err != nil {
				list = append(list, Listed{t.Name, nil, ofTenant(err, t.Name)})
				continue
			}
			list = append(list, Listed{t.Name, t, nil})
		}
		return nil
	})
	return list, err
}

// versionsQuery lists what polling compares.
const versionsQuery = "SELECT t.name, t.version, coalesce(r.version, 0) FROM pgseal.tenant t LEFT JOIN pgseal.key_refusal r ON r.tenant = t.id"

// versions are what the last poll found, and their digest.
type versions struct {
	mu     sync.Mutex
	digest string
	list   []keysource.TenantVersion
}

// Changed implements keysource.Store. The versions are not verified. With many tenants the list is long and seldom another one: the
// database is asked for a digest of it, and for the list where that has changed. The digest is none that withstands an attacker;
// whoever can make two lists of one digest could as well put the rows back.
func (s *Store) Changed(ctx context.Context) ([]keysource.TenantVersion, error) {
	var digest string
	err := s.Conns(ctx).QueryRow(ctx, "SELECT concat(count(*), ' ', sum(hashtextextended(v::text, 0))) FROM ("+versionsQuery+") v").Scan(&digest)
	if err != nil {
		return nil, err
	}
	s.versions.mu.Lock()
	defer s.versions.mu.Unlock()
	if digest == s.versions.digest {
		return s.versions.list, nil
	}
	rows, err := s.Conns(ctx).Query(ctx, versionsQuery)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[keysource.TenantVersion])
	if err != nil {
		return nil, err
	}
	// The list may be newer than the digest; then the next digest is another one, and the list is read once more.
	s.versions.digest, s.versions.list = digest, list
	return list, nil
}

// Knows implements keysource.Store.
func (s *Store) Knows(ctx context.Context, n crypto.KeyNumber) (known bool, err error) {
	err = s.Conns(ctx).QueryRow(ctx, "SELECT EXISTS (SELECT FROM pgseal.data_key WHERE key_number = $1)", int64(n)).Scan(&known)
	return known, err
}

// names gives the names of the tenants, for people's eyes.
func names(ctx context.Context, db querier) (map[crypto.TenantID]string, error) {
	rows, err := db.Query(ctx, "SELECT id, name FROM pgseal.tenant")
	if err != nil {
		return nil, err
	}
	all := make(map[crypto.TenantID]string)
	var id [16]byte
	var name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error { all[id] = name; return nil })
	return all, err
}
