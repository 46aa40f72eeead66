package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// dataKey is one row of pgseal.data_key: a generation of a tenant's data key,
// wrapped by the customer master key or by the tenant's current generation.
type dataKey struct {
	number     crypto.KeyNumber
	tenant     crypto.TenantID
	wrappedBy  crypto.KeyNumber // 0: the customer master key
	wrapped    []byte
	keyARN     string
	materialID string
	created    time.Time
	version    int64
	mac        []byte
}

func (k *dataKey) record(store storeID) *record {
	return newRecord(store, "data_key").number(int64(k.number)).bytes(k.tenant[:]).number(int64(k.wrappedBy)).
		bytes(k.wrapped).text(k.keyARN, k.materialID).time(k.created).number(k.version)
}

func (k *dataKey) what() string { return fmt.Sprintf("data_key %d", k.number) }

// verifyDataKeys verifies all generations of a tenant: their MACs, and that none of them is older than one that was seen before.
func (s *Store) verifyDataKeys(keys []dataKey, epoch int64) error {
	for i := range keys {
		k := &keys[i]
		if err := k.record(s.id).verify(s.key, k.mac, k.what()); err != nil {
			return err
		}
		if err := s.memory.note(epoch, k.what(), k.version); err != nil {
			return err
		}
	}
	return nil
}

// scanDataKeys reads the generations of tenants, in the order of their numbers. Nothing of it is verified.
func scanDataKeys(ctx context.Context, db querier, tenants ...crypto.TenantID) ([]dataKey, error) {
	rows, err := db.Query(ctx, `SELECT tenant, key_number, coalesce(wrapped_by, 0), wrapped, key_arn, material_id, created_at, version, mac
		FROM pgseal.data_key WHERE tenant = ANY ($1) ORDER BY key_number`, rawIDs(tenants))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (dataKey, error) {
		var k dataKey
		var number, by int64
		err := row.Scan((*[16]byte)(&k.tenant), &number, &by, &k.wrapped, &k.keyARN, &k.materialID, &k.created, &k.version, &k.mac)
		k.number, k.wrappedBy = crypto.KeyNumber(number), crypto.KeyNumber(by)
		return k, err
	})
}

// save inserts a new row (version 0) or replaces one that still has the version
// that was read.
func (k *dataKey) save(ctx context.Context, w writer) error {
	k.version++
	k.mac = k.record(w.store).sign(w.key)
	if k.version == 1 {
		return k.insertAs(ctx, w.tx)
	}
	sql := `UPDATE pgseal.data_key SET wrapped_by = $3, wrapped = $4, key_arn = $5, material_id = $6, created_at = $7, version = $8, mac = $9
		WHERE key_number = $1 AND tenant = $2 AND version = $8 - 1`
	tag, err := w.tx.Exec(ctx, sql, k.values()...)
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	return err
}

// insertAs writes the row as it is.
func (k *dataKey) insertAs(ctx context.Context, db querier) error {
	_, err := db.Exec(ctx, `INSERT INTO pgseal.data_key (key_number, tenant, wrapped_by, wrapped, key_arn, material_id, created_at, version, mac)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, k.values()...)
	return err
}

// values are the row's, in the table's order.
func (k *dataKey) values() []any {
	var by *int64
	if k.wrappedBy != 0 {
		n := int64(k.wrappedBy)
		by = &n
	}
	return []any{int64(k.number), [16]byte(k.tenant), by, k.wrapped, k.keyARN, k.materialID, k.created, k.version, k.mac}
}

// drawKeyNumber draws a number that was never used in the store. Two writers
// that draw the same one at the same moment meet at the primary key.
func drawKeyNumber(ctx context.Context, db querier) (crypto.KeyNumber, error) {
	for {
		n := crypto.NewKeyNumber()
		var used bool
		err := db.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pgseal.data_key WHERE key_number = $1)
			OR EXISTS (SELECT 1 FROM pgseal.key_history WHERE key_number = $1)`, int64(n)).Scan(&used)
		if err != nil || !used {
			return n, err
		}
	}
}

// generations sorts a tenant's rows into the current generation and its elders.
func generations(t *Tenant, keys []dataKey) error {
	found := false
	for _, k := range keys {
		switch {
		case k.number == t.Current.Number && k.wrappedBy == 0:
			found, t.KeySince = true, k.created
			t.Current.Wrapped = keysource.Wrapped{Ciphertext: k.wrapped, KeyARN: k.keyARN, MaterialID: k.materialID}
		case k.number != t.Current.Number && k.wrappedBy == t.Current.Number:
			t.Elders = append(t.Elders, keysource.WrappedElder{Number: k.number, Wrapped: k.wrapped})
		default:
			return invalid(k.what(), fmt.Errorf("pgstore: %s is not wrapped as its place demands", k.what()))
		}
	}
	if !found {
		return invalid("tenant "+t.Name, fmt.Errorf("pgstore: the current generation of tenant %q is missing", t.Name))
	}
	return nil
}
