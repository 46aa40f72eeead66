package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// limitedConn is a connection that waits for no lock longer than it may.
type limitedConn struct{ *pgxpool.Conn }

func limit(ctx context.Context, pool *pgxpool.Pool, maxLock time.Duration) (*limitedConn, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	c := &limitedConn{conn}
	if _, err := conn.Exec(ctx, fmt.Sprintf("SET lock_timeout = %d; SET statement_timeout = 0", max(maxLock.Milliseconds(), 1))); err != nil {
		c.release()
		return nil, err
	}
	return c, nil
}

// release closes the connection: its settings are nobody else's.
func (c *limitedConn) release() {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	_ = c.Conn.Conn().Close(ctx)
	c.Release()
}

// transaction gives the number of a transaction that begins now, in 64 bits.
func (c *limitedConn) transaction(ctx context.Context) (n int64, err error) {
	err = c.QueryRow(ctx, "SELECT pg_catalog.txid_current()").Scan(&n)
	return n, err
}

// xid is the number as catalogues have it.
func xid(transaction int64) string { return strconv.FormatInt(transaction&0xffff_ffff, 10) }

// standing is how a relation stands: its file, and whether nothing in it is of a transaction before a certain one.
type standing struct {
	file  int64
	clean bool
}

func (c *limitedConn) standing(ctx context.Context, relation, since int64) (s standing, err error) {
	err = c.QueryRow(ctx, `SELECT coalesce(pg_catalog.pg_relation_filenode(oid)::int8, 0), pg_catalog.age(relfrozenxid) <= pg_catalog.age($2::text::xid)
		FROM pg_catalog.pg_class WHERE oid = $1::int8::oid`, relation, xid(since)).Scan(&s.file, &s.clean)
	return s, err
}

// lockPause is between two tries to get a lock, and between two looks for old transactions.
const lockPause = time.Second

// locked runs a statement, and tries again while it does not get its lock.
func (s *Scrub) locked(ctx context.Context, step *ScrubStep, sql string) error {
	for end := time.Now().Add(s.o.Patience); ; {
		_, err := s.limited.Exec(ctx, sql)
		var server *pgconn.PgError
		if !errors.As(err, &server) || !busy(server.Code) {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("no lock was to be had within %s: run it again when the table is in less use (%w)", s.o.Patience, err)
		}
		s.o.Tell(step, "the table is in use; it is tried again")
		if err := pause(ctx, lockPause); err != nil {
			return err
		}
	}
}

// oldReaders are what may still read row versions that were dead before a transaction: $1 its number, $2 whether rows of catalogues are meant.
const oldReaders = `
	SELECT pg_catalog.format('session %s of %s, %s since %s', pid, coalesce(usename, backend_type), coalesce(state, 'at work'),
		pg_catalog.to_char(coalesce(xact_start, backend_start), 'YYYY-MM-DD HH24:MI:SS'))
	FROM pg_catalog.pg_stat_activity WHERE pid <> pg_catalog.pg_backend_pid() AND (datname = pg_catalog.current_database() OR datname IS NULL)
		AND (pg_catalog.age(backend_xmin) > pg_catalog.age($1::text::xid) OR pg_catalog.age(backend_xid) > pg_catalog.age($1::text::xid))
	UNION ALL
	SELECT pg_catalog.format('prepared transaction %L', gid) FROM pg_catalog.pg_prepared_xacts
	WHERE database = pg_catalog.current_database() AND pg_catalog.age(transaction) > pg_catalog.age($1::text::xid)
	UNION ALL
	SELECT pg_catalog.format('replication slot %I', slot_name) FROM pg_catalog.pg_replication_slots
	WHERE pg_catalog.age(xmin) > pg_catalog.age($1::text::xid) OR $2 AND pg_catalog.age(catalog_xmin) > pg_catalog.age($1::text::xid)
	ORDER BY 1`

// awaitOld waits until nothing that can be seen may still read what was dead before a transaction.
func (s *Scrub) awaitOld(ctx context.Context, step *ScrubStep, since int64, catalogue bool) error {
	for end := time.Now().Add(s.o.Patience); ; {
		rows, err := s.limited.Query(ctx, oldReaders, xid(since), catalogue)
		if err != nil {
			return err
		}
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil || len(found) == 0 {
			return err
		}
		found = slices.Compact(found)
		if time.Now().After(end) {
			return fmt.Errorf("old row versions cannot go yet, for something may still read them: %s. End it, or wait for it, and run this again", strings.Join(found, "; "))
		}
		s.o.Tell(step, "waiting for what may still read old row versions: "+strings.Join(found, "; "))
		if err := pause(ctx, lockPause); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
