package pgstore

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
)

// storeID is the random identity of a store. It goes into every MAC, so that no
// record can be carried into another store of the same deployment.
type storeID [16]byte

// storeRow is the one row of pgseal.store.
type storeRow struct {
	id      storeID
	tag     crypto.StoreTag
	family  storeID // the id of the store that the first of those was which were joined; its own where none was
	epoch   int64
	policy  []byte // 32 bytes, or nil: none in force yet
	created time.Time
	version int64

	written map[string]int64 // see writer, of the transaction in which this was read: no version of that is seen before the commit
}

// querier is what a pool, a connection and a transaction have in common.
type querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// ErrNoStore: there is no pgseal schema in the database, or it is empty.
var ErrNoStore = errors.New("pgstore: this database has no pgseal store; run: pgseal init")

// ErrConflict: the record has changed since it was read.
var ErrConflict = errors.New("pgstore: the record was changed by somebody else in the meantime")

func (r *storeRow) record() *record {
	return newRecord(r.id, "store").bytes(r.tag[:], r.family[:]).number(r.epoch).flag(r.policy != nil).bytes(r.policy).
		time(r.created).number(r.version)
}

// readStoreRow reads and verifies the row. ErrNoStore where there is none.
func readStoreRow(ctx context.Context, db querier, key *crypto.ControlKey) (storeRow, error) {
	var r storeRow
	var tag, mac []byte
	err := db.QueryRow(ctx, "SELECT id, tag, family, epoch, policy, created_at, version, mac FROM pgseal.store").
		Scan((*[16]byte)(&r.id), &tag, (*[16]byte)(&r.family), &r.epoch, &r.policy, &r.created, &r.version, &mac)
	if code := sqlState(err); errors.Is(err, pgx.ErrNoRows) || code == undefinedTable || code == undefinedSchema {
		return storeRow{}, ErrNoStore
	}
	if err != nil {
		return storeRow{}, err
	}
	copy(r.tag[:], tag)
	if err := r.record().verify(key, mac, "store"); err != nil {
		return storeRow{}, err
	}
	return r, nil
}

// insert writes the row of a new store.
func (r *storeRow) insert(ctx context.Context, db querier, key *crypto.ControlKey) error {
	r.version = 1
	_, err := db.Exec(ctx, "INSERT INTO pgseal.store (id, tag, family, epoch, policy, created_at, version, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		[16]byte(r.id), r.tag[:], [16]byte(r.family), r.epoch, r.policy, r.created, r.version, r.record().sign(key))
	return err
}

// update writes a changed row if it still has the version that was read.
func (r *storeRow) update(ctx context.Context, db querier, key *crypto.ControlKey) error {
	r.version++
	tag, err := db.Exec(ctx, "UPDATE pgseal.store SET epoch = $1, policy = $2, version = $3, mac = $4 WHERE version = $3::bigint - 1",
		r.epoch, r.policy, r.version, r.record().sign(key))
	if err == nil && tag.RowsAffected() != 1 {
		return ErrConflict
	}
	return err
}

// SQLSTATEs that mean something here.
const (
	undefinedTable  = "42P01"
	undefinedSchema = "3F000"
	uniqueViolation = "23505"
	noSuchDatabase  = "3D000"
)

// sqlState is the SQLSTATE of a server's error, or "".
func sqlState(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

// Policy is the policy in force; the zero hash before there is one.
func (s *Store) Policy(ctx context.Context) (PolicyHash, error) {
	var hash PolicyHash
	err := s.read(ctx, func(_ pgx.Tx, row storeRow) error {
		hash = policyHash(row.policy)
		return nil
	})
	return hash, err
}
