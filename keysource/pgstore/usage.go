package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// Usage is what one serving process did with a tenant's key on one day, by UTC.
type Usage struct {
	Tenant  crypto.TenantID
	Day     time.Time // midnight, UTC
	Proxy   ProxyID   // drawn by the process for this alone
	Name    string    // of the process, for people
	Sealed  int64     // values
	Opened  int64
	Fetched int64 // calls of the KMS that gave the key
	Failed  int64 // calls of the KMS that did not
	Refused int64 // statements that ended because of the key
	Updated time.Time
	version int64
}

func (u *Usage) record(store storeID) *record {
	return newRecord(store, "usage").bytes(u.Tenant[:]).time(u.Day).bytes(u.Proxy[:]).text(u.Name).
		number(u.Sealed, u.Opened, u.Fetched, u.Failed, u.Refused).time(u.Updated).number(u.version)
}

func (u *Usage) what() string {
	return fmt.Sprintf("usage of %s by %s", u.Day.Format(time.DateOnly), u.Name)
}

// usageColumns are the table's columns in the order of scan.
const usageColumns = "tenant, day, proxy, proxy_name, sealed, opened, fetched, failed, refused, updated_at, version, mac"

func (u *Usage) scan(mac *[]byte) []any {
	return []any{(*[16]byte)(&u.Tenant), &u.Day, (*[16]byte)(&u.Proxy), &u.Name, &u.Sealed, &u.Opened, &u.Fetched, &u.Failed, &u.Refused, &u.Updated,
		&u.version, mac}
}

// Usage gives the usage of a tenant's key from one day up to and including
// another, by day; zero times are no bounds. A row that does not verify is left
// out and told in invalid.
func (s *Store) Usage(ctx context.Context, tenant crypto.TenantID, since, until time.Time) (rows []Usage, invalid []error, err error) {
	err = s.read(ctx, func(tx pgx.Tx, _ storeRow) error {
		rows, invalid = nil, nil
		found, err := tx.Query(ctx, "SELECT "+usageColumns+` FROM pgseal.usage
			WHERE tenant = $1 AND day BETWEEN coalesce($2, '-infinity'::date) AND coalesce($3, 'infinity'::date) ORDER BY day, updated_at, proxy`,
			[16]byte(tenant), nullable(since), nullable(until))
		if err != nil {
			return err
		}
		var u Usage
		var mac []byte
		_, err = pgx.ForEachRow(found, u.scan(&mac), func() error {
			if err := u.record(s.id).verify(s.key, mac, u.what()); err != nil {
				invalid = append(invalid, err)
				return nil
			}
			rows = append(rows, u)
			return nil
		})
		return err
	})
	return rows, invalid, err
}

// usageWrite is a row to be written over one that should have at least that version.
type usageWrite struct {
	Usage
	least int64
}

// spoilt is in place of the version of a row that does not verify.
const spoilt = -1

func (u *Usage) key() string {
	return string(u.Tenant[:]) + string(u.Proxy[:]) + u.Day.Format(time.DateOnly)
}

// saveUsage writes rows. Where there is one already that does not verify, somebody
// else has written it: it stays, and the row's index is in foreign. One that somebody
// has put back as it was earlier is put right.
func (s *Store) saveUsage(ctx context.Context, rows []usageWrite) (foreign []int, err error) {
	err = pgx.BeginFunc(ctx, s.Conns(ctx), func(tx pgx.Tx) error {
		if _, err := s.storeRow(ctx, tx); err != nil {
			return err
		}
		present, err := s.ownUsage(ctx, tx, rows)
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		for i := range rows {
			u := &rows[i]
			version, there := present[u.key()]
			if there && version == spoilt {
				foreign = append(foreign, i)
				continue
			}
			if u.least > 0 && version < u.least {
				s.log.Error("ALARM: a usage record in the database was deleted or put back by somebody; it is written again", "record", u.what())
			}
			batch.Queue("INSERT INTO pgseal.usage ("+usageColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
				ON CONFLICT (tenant, day, proxy) DO UPDATE SET (sealed, opened, fetched, failed, refused, updated_at, version, mac) = ($5, $6, $7, $8, $9, $10, $11, $12)`,
				[16]byte(u.Tenant), u.Day, [16]byte(u.Proxy), u.Name, u.Sealed, u.Opened, u.Fetched, u.Failed, u.Refused, u.Updated, u.version,
				u.record(s.id).sign(s.key))
		}
		return tx.SendBatch(ctx, batch).Close()
	})
	return foreign, err
}

// ownUsage gives the versions of the rows that are there, locked; spoilt for one
// that does not verify.
func (s *Store) ownUsage(ctx context.Context, tx pgx.Tx, rows []usageWrite) (map[string]int64, error) {
	tenants, days, proxies := make([][16]byte, len(rows)), make([]time.Time, len(rows)), make([][16]byte, len(rows))
	for i := range rows {
		tenants[i], days[i], proxies[i] = [16]byte(rows[i].Tenant), rows[i].Day, [16]byte(rows[i].Proxy)
	}
	found, err := tx.Query(ctx, "SELECT "+usageColumns+` FROM pgseal.usage
		WHERE (tenant, day, proxy) IN (SELECT * FROM unnest($1::uuid[], $2::date[], $3::uuid[])) FOR UPDATE`, tenants, days, proxies)
	if err != nil {
		return nil, err
	}
	versions := make(map[string]int64)
	var u Usage
	var mac []byte
	_, err = pgx.ForEachRow(found, u.scan(&mac), func() error {
		versions[u.key()] = u.version
		if !s.key.Verify(mac, u.record(s.id).parts...) {
			versions[u.key()] = spoilt
		}
		return nil
	})
	return versions, err
}
