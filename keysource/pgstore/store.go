package pgstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
)

// Options of a store. Conn and Key are required.
type Options struct {
	Conn     string             // connection string (URL or keywords) of the control role, straight to the primary
	Key      *crypto.ControlKey // borrowed: the caller destroys it after Close
	Now      func() time.Time   // nil: time.Now; stamps records, decides nothing
	Log      *slog.Logger       // nil: none
	StateDir string             // where the versions seen are kept across restarts; empty: nowhere
	MaxConns int32              // 0: 4
}

// Store is one database's pgseal schema. It is safe for concurrent use and
// implements keysource.Store.
type Store struct {
	pool   *pgxpool.Pool
	guests *pgxpool.Pool // AsGuest
	key    *crypto.ControlKey
	now    func() time.Time
	log    *slog.Logger
	id     storeID
	tag    crypto.StoreTag
	joined bool
	memory memory
	holds  holds
	file   *seenFile // nil: not kept
	chain  *chain    // of this process's events

	versions versions
}

// PoolConfig is the configuration of connections for the pgseal schema: names
// resolve in pg_catalog alone, so that no object of the application can stand
// in for PostgreSQL's own, and a value is written in one form only. They are to
// the primary: ErrStandby.
func PoolConfig(conn string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(conn)
	if err != nil {
		return nil, fmt.Errorf("pgstore: the control connection: %w", err)
	}
	maps.Copy(config.ConnConfig.RuntimeParams, map[string]string{
		"application_name": "pgseal", "search_path": "pg_catalog", "client_encoding": "UTF8", "timezone": "UTC", "datestyle": "ISO, YMD",
		"bytea_output": "hex", "standard_conforming_strings": "on", "default_transaction_isolation": "read committed",
		"default_transaction_read_only": "off",
		"quote_all_identifiers":         "off",
		"synchronous_commit":            "on", // a lock must not be lost in a crash, whatever the database's default is
	})
	config.ConnConfig.ValidateConnect = primaryOnly
	return config, nil
}

// Open connects to a store that Init has made and verifies its row. Versions
// that this proxy has kept, or that live proxies have registered, count as seen.
// Errors: ErrNoStore; ErrNewerSchema, ErrOlderSchema; KeyRecordInvalid where the control key is not the
// store's; the connection's.
func Open(ctx context.Context, options Options) (*Store, error) {
	config, err := PoolConfig(options.Conn)
	if err != nil {
		return nil, err
	}
	config.MaxConns = 4
	if options.MaxConns > 0 {
		config.MaxConns = options.MaxConns
	}
	s := &Store{key: options.Key, now: options.Now, log: options.Log, holds: holds{holder: newID(), versions: make(map[crypto.TenantID]int64)}}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.chain = newChain(&s.memory, s.log)
	if s.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, err
	}
	if s.guests, err = newGuests(ctx, config); err == nil {
		err = s.begin(ctx, options.StateDir)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) begin(ctx context.Context, stateDir string) error {
	if err := checkSchema(ctx, s.pool); err != nil {
		return err
	}
	row, err := readStoreRow(ctx, s.pool, s.key)
	if err != nil {
		return err
	}
	s.id, s.tag, s.joined = row.id, row.tag, row.family != row.id
	if stateDir != "" {
		s.file = newSeenFile(stateDir, s.id, s.key)
	}
	seen, err := remembers(ctx, s.pool, s, stateDir)
	if err != nil {
		return err
	}
	if seen.Versions != nil {
		s.memory.merge(seen)
	}
	// Read again behind what proxies have seen: it may have changed in between.
	if _, err := s.storeRow(ctx, s.pool); err != nil {
		return err
	}
	return s.saveSeen()
}

// Close closes the connections.
func (s *Store) Close() {
	s.pool.Close()
	if s.guests != nil {
		s.guests.Close()
	}
}

// Tag is the store's tag: what its sealed values carry.
func (s *Store) Tag() crypto.StoreTag { return s.tag }

// Joined tells that the store was made to open what another store seals, and the other way round (ImportOptions.Join).
func (s *Store) Joined() bool { return s.joined }

// Pool is for statements of the caller's own on the control connection; Conns where they may be a guest's.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// saveSeen keeps the versions seen, where they are to be kept.
func (s *Store) saveSeen() error {
	if s.file == nil || !s.memory.unsaved() {
		return nil
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	seen, changed := s.memory.copy()
	if !changed {
		return nil
	}
	if err := s.file.save(seen); err != nil {
		return err
	}
	s.memory.saved(seen)
	return nil
}

// noted ends a read: what it has seen is kept. A failure to keep it is an
// error, else a restart would forget it.
func (s *Store) noted(err error) error {
	return errors.Join(err, s.saveSeen())
}

// readAttempts bounds how often a read begins anew because of others.
const readAttempts = 6

// read runs f in one snapshot, read only. A record that looks older than one
// seen before may only mean that a concurrent read with a younger snapshot has
// ended first: f then runs once more, and where many change the record at once,
// a few times more.
func (s *Store) read(ctx context.Context, f func(tx pgx.Tx, row storeRow) error) error {
	err := s.snapshot(ctx, f)
	for n := 1; n < readAttempts && isInvalid(err); n++ {
		err = s.snapshot(ctx, f)
	}
	return s.noted(err)
}

// readOnce is read for what cannot be done a second time.
func (s *Store) readOnce(ctx context.Context, f func(tx pgx.Tx, row storeRow) error) error {
	return s.noted(s.snapshot(ctx, f))
}

func (s *Store) snapshot(ctx context.Context, f func(tx pgx.Tx, row storeRow) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, s.Conns(ctx), options, func(tx pgx.Tx) error {
		row, err := s.storeRow(ctx, tx)
		if err != nil {
			return err
		}
		return f(tx, row)
	})
}

// storeRow reads the store's row, which must still be the same store.
func (s *Store) storeRow(ctx context.Context, db querier) (storeRow, error) {
	row, err := readStoreRow(ctx, db, s.key)
	if err != nil {
		return storeRow{}, err
	}
	if row.id != s.id || row.tag != s.tag {
		return storeRow{}, invalid("store", errors.New("pgstore: another store has taken the place of the one that was opened"))
	}
	return row, s.memory.note(row.epoch, "store", row.version)
}
