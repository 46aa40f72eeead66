package bulk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// Errors of the job queue's tables.
var (
	// ErrNewerQueue: a newer pgseal has upgraded the tables.
	ErrNewerQueue = errors.New("bulk: the tables of the job queue (pgseal.river_*) were made by a newer version of pgseal")
	// ErrOlderQueue: the tables are of an earlier version, or their upgrade was interrupted.
	ErrOlderQueue = errors.New("bulk: the tables of the job queue (pgseal.river_*) are of an earlier version, or their upgrade was interrupted")
)

// Migrate makes or upgrades River's tables, each of its versions in a transaction of its own: one that was interrupted goes on.
// Errors: ErrNewerQueue.
func Migrate(ctx context.Context, pool *pgxpool.Pool) error {
	if err := CheckTables(ctx, pool); err != nil && !errors.Is(err, ErrOlderQueue) {
		return err
	}
	m, err := migrator(pool)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("bulk: the tables of the job queue: %w", err)
	}
	return nil
}

func migrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: schema, Logger: slog.New(slog.DiscardHandler)})
}

// CheckTables refuses River's tables of another version than this program's: River itself passes over versions that it does not know. That there are
// none at all is no error: they are missed by who needs them. Errors: ErrNewerQueue, ErrOlderQueue.
func CheckTables(ctx context.Context, pool *pgxpool.Pool) error {
	m, err := migrator(pool)
	if err != nil {
		return err
	}
	all := m.AllVersions()
	known := all[len(all)-1].Version
	var exists bool
	if err := pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", schema+".river_migration").Scan(&exists); err != nil || !exists {
		return err
	}
	var have, applied int
	if err := pool.QueryRow(ctx, "SELECT coalesce(max(version), 0), count(*) FROM "+schema+".river_migration").Scan(&have, &applied); err != nil {
		return err
	}
	switch {
	case have > known:
		return fmt.Errorf("%w (%d; this program knows %d); use the program that upgraded them, or a later one", ErrNewerQueue, have, known)
	case applied < len(all):
		return fmt.Errorf("%w (%d; this program works with %d); run: pgseal init", ErrOlderQueue, have, known)
	}
	return nil
}
