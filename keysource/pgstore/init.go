package pgstore

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// Exists tells whether the database has a store: then its control key exists
// too and must be brought along (EnsureControlKey).
func Exists(ctx context.Context, conn *pgx.Conn) (bool, error) {
	var table bool
	if err := conn.QueryRow(ctx, "SELECT to_regclass('pgseal.store') IS NOT NULL").Scan(&table); err != nil || !table {
		return false, err
	}
	var row bool
	err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pgseal.store)").Scan(&row)
	return row, err
}

// Initialised says what Init has found or made.
type Initialised struct {
	Created bool // the store is new
	Tag     crypto.StoreTag
}

// Connect opens a connection with the settings of PoolConfig.
func Connect(ctx context.Context, conn string) (*pgx.Conn, error) {
	config, err := PoolConfig(conn)
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config.ConnConfig)
}

// Init creates the schema pgseal and the store, or brings them to this
// program's version; a second run changes nothing. It is one transaction, and
// runs of several proxies at once follow one another. conn comes from Connect.
// Errors: ErrNewerSchema, ErrForeignSchema, KeyRecordInvalid where the control
// key is not the store's.
func Init(ctx context.Context, conn *pgx.Conn, key *crypto.ControlKey, now time.Time) (Initialised, error) {
	var done Initialised
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := migrate(ctx, tx); err != nil {
			return err
		}
		row, err := readStoreRow(ctx, tx, key)
		if errors.Is(err, ErrNoStore) {
			row = storeRow{tag: crypto.NewStoreTag(), epoch: 1, created: micro(now)}
			_, _ = rand.Read(row.id[:]) // never fails
			row.family = row.id
			err = row.insert(ctx, tx, key)
			done.Created = true
		}
		done.Tag = row.tag
		return err
	})
	return done, err
}

// AcceptRestore begins a new epoch: what any proxy has seen before does not
// count any more. It is an operator's word that an older state of the records
// is meant, after a point-in-time restore. conn comes from Connect.
func AcceptRestore(ctx context.Context, conn *pgx.Conn, key *crypto.ControlKey, actor string, now time.Time) error {
	t := &turn{c: newChain(nil, slog.New(slog.DiscardHandler))}
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		row, err := readStoreRow(ctx, tx, key)
		if err != nil {
			return err
		}
		row.epoch = max(row.epoch+1, now.UnixMicro())
		if err := row.update(ctx, tx, key); err != nil {
			return err
		}
		w := writer{tx, key, row.id, micro(now), new([]Event), nil}
		heads, err := verifiedHeads(ctx, w)
		if err != nil {
			return err
		}
		if err := w.event(ctx, Event{Kind: EventRestored, Actor: actor, heads: heads}); err != nil {
			return err
		}
		return t.append(ctx, w, row.epoch)
	})
	t.end(err)
	return err
}
