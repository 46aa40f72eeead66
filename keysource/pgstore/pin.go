package pgstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// pin is one row of pgseal.column_pin: the generation that a deterministic
// column, or equality domain, of one tenant keeps. It never changes.
type pin struct {
	tenant  crypto.TenantID
	column  []byte // canonical bytes of crypto.ColumnID
	number  crypto.KeyNumber
	created time.Time
	version int64
	mac     []byte
}

func (p *pin) record(store storeID) *record {
	return newRecord(store, "column_pin").bytes(p.tenant[:], p.column).number(int64(p.number)).time(p.created).number(p.version)
}

// readPins reads and verifies the pins of a tenant.
func (s *Store) readPins(ctx context.Context, db querier, tenant crypto.TenantID) (map[crypto.ColumnID]crypto.KeyNumber, error) {
	pins, err := scanPins(ctx, db, tenant)
	if err != nil {
		return nil, err
	}
	return s.verifyPins(pins)
}

// scanPins reads the pins of tenants. Nothing of it is verified.
func scanPins(ctx context.Context, db querier, tenants ...crypto.TenantID) ([]pin, error) {
	rows, err := db.Query(ctx, "SELECT tenant, column_id, key_number, created_at, version, mac FROM pgseal.column_pin WHERE tenant = ANY ($1)", rawIDs(tenants))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (pin, error) {
		var p pin
		var number int64
		err := row.Scan((*[16]byte)(&p.tenant), &p.column, &number, &p.created, &p.version, &p.mac)
		p.number = crypto.KeyNumber(number)
		return p, err
	})
}

func (s *Store) verifyPins(pins []pin) (map[crypto.ColumnID]crypto.KeyNumber, error) {
	verified := make(map[crypto.ColumnID]crypto.KeyNumber)
	for i := range pins {
		id, err := s.verifyPin(&pins[i], pins[i].mac)
		if err != nil {
			return verified, err
		}
		verified[id] = pins[i].number
	}
	return verified, nil
}

func (s *Store) verifyPin(p *pin, mac []byte) (crypto.ColumnID, error) {
	what := fmt.Sprintf("column_pin %x", p.column)
	if err := p.record(s.id).verify(s.key, mac, what); err != nil {
		return crypto.ColumnID{}, err
	}
	id, err := crypto.ParseColumnID(p.column)
	if err != nil {
		return id, invalid(what, err)
	}
	return id, nil
}

// pin writes a pin, if the tenant has the data key and the column is not pinned yet.
func (w writer) pin(ctx context.Context, p *pin) error {
	_, err := w.tx.Exec(ctx, `INSERT INTO pgseal.column_pin (tenant, column_id, key_number, created_at, version, mac)
		SELECT tenant, $2, key_number, $4, $5, $6 FROM pgseal.data_key WHERE tenant = $1 AND key_number = $3
		ON CONFLICT DO NOTHING`,
		[16]byte(p.tenant), p.column, int64(p.number), p.created, p.version, p.record(w.store).sign(w.key))
	return err
}

// Pin implements keysource.Store: the first generation that is named for a
// column stays. want must be a generation of the tenant.
func (s *Store) Pin(ctx context.Context, tenant crypto.TenantID, column crypto.ColumnID, want crypto.KeyNumber) (crypto.KeyNumber, error) {
	encoded, err := column.MarshalBinary()
	if err != nil {
		return 0, err
	}
	p := pin{tenant: tenant, column: encoded, number: want, created: micro(s.now()), version: 1}
	err = pgx.BeginFunc(ctx, s.Conns(ctx), func(tx pgx.Tx) error {
		if _, err := s.storeRow(ctx, tx); err != nil {
			return err
		}
		if err := (writer{tx: tx, key: s.key, store: s.id}).pin(ctx, &p); err != nil {
			return err
		}
		pins, err := s.readPins(ctx, tx, tenant)
		if err != nil {
			return err
		}
		number, ok := pins[column]
		if !ok {
			return invalid("column_pin", fmt.Errorf("pgstore: data key %d, to be pinned, is not the tenant's", want))
		}
		p.number = number
		return nil
	})
	return p.number, s.noted(err)
}
