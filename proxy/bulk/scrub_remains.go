package bulk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// Remainder is a place beyond the database's own files in which old values may be, and what ends that.
type Remainder struct {
	Where  string    `json:"where"`
	What   string    `json:"what"`
	Before time.Time `json:"before"`               // what was written there before may hold old values
	LSN    string    `json:"before_lsn,omitempty"` // the same, as a place in the WAL
	Ends   string    `json:"ends"`
}

// Remains says where old values of a column may be besides. sealed is when the last one was sealed, scrubbed when dead rows were gone too: until
// then pages went to the WAL with the dead rows that were in them.
func Remains(ctx context.Context, db interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}, r *pgstore.Scrub, sealed time.Time) ([]Remainder, error) {
	var server struct {
		recycle, hidden                   bool
		segments                          int64
		oldest                            *time.Time
		archive, segment, slots, standbys string
	}
	err := db.QueryRow(ctx, `SELECT coalesce(pg_catalog.current_setting('wal_recycle', true), 'on') = 'on', pg_catalog.current_setting('archive_mode'), pg_catalog.pg_walfile_name($1::text::pg_lsn),
		coalesce((SELECT pg_catalog.string_agg(pg_catalog.format('%I (from %s)', slot_name, restart_lsn), ', ') FROM pg_catalog.pg_replication_slots WHERE restart_lsn < $1::text::pg_lsn), ''),
		coalesce((SELECT pg_catalog.string_agg(DISTINCT pg_catalog.format('%s %s (%s)', application_name, coalesce(client_addr::text, 'local'), coalesce(replay_lsn::text, 'unknown')), ', ')
			FROM pg_catalog.pg_stat_replication), '')`, r.Until).Scan(&server.recycle, &server.archive, &server.segment, &server.slots, &server.standbys)
	if err != nil {
		return nil, err
	}
	err = db.QueryRow(ctx, "SELECT count(*), min(modification) FROM pg_catalog.pg_ls_waldir() WHERE name <= pg_catalog.pg_walfile_name($1::text::pg_lsn) AND name ~ '^[0-9A-F]{24}$'", r.Until).
		Scan(&server.segments, &server.oldest)
	var refused *pgconn.PgError
	if server.hidden = errors.As(err, &refused) && refused.Code == insufficientPrivilege; err != nil && !server.hidden {
		return nil, err
	}
	until := r.Finished.UTC()
	wal := Remainder{Where: "WAL", What: fmt.Sprintf("segments up to %s, of which there are %d", server.segment, server.segments), Before: until, LSN: r.Until,
		Ends: "their removal by the server's checkpoints, as wal_keep_size, slots and max_wal_size let it"}
	switch {
	case server.hidden:
		wal.What = "segments up to " + server.segment
	case server.oldest != nil:
		wal.What += ", the oldest of " + server.oldest.UTC().Format(time.RFC3339)
	}
	if server.recycle {
		wal.Ends += ". A segment that is taken into use again (wal_recycle = on) keeps its old bytes under a new name until they are written over"
	}
	all := []Remainder{wal}
	if server.archive != "off" {
		all = append(all, Remainder{Where: "archived WAL", What: "segments up to " + server.segment, Before: until, LSN: r.Until,
			Ends: "deleting them, and the base backups that cannot be restored without them"})
	}
	if server.slots != "" {
		all = append(all, Remainder{Where: "replication slots", What: "they keep WAL, and files below pg_replslot, of before: " + server.slots, Before: until, LSN: r.Until,
			Ends: "their readers getting past the place, or dropping them"})
	}
	standbys := "none is connected now; those that are away have it before them"
	if server.standbys != "" {
		standbys = "connected, each with the place up to which it has replayed: " + server.standbys
	}
	return append(all,
		Remainder{Where: "standbys", What: standbys, Before: until, LSN: r.Until,
			Ends: "replaying the WAL up to the place, by which their table files are made anew too; their own WAL ends like this server's"},
		Remainder{Where: "base backups and snapshots of volumes", What: "those that were begun before", Before: until, Ends: "deleting them"},
		Remainder{Where: "dumps", What: "those by pg_dump that were begun before, and those that were taken through pgseal by a client who reads values", Before: sealed.UTC(), Ends: "deleting them"},
		Remainder{Where: "server logs and pg_stat_statements", What: "statements with values in them, if they were logged or kept; pgseal doctor names the settings and extensions",
			Before: until, Ends: "deleting the log files; pg_stat_statements_reset()"},
		Remainder{Where: "disks", What: "free blocks of the file system, spare blocks of SSDs, swap", Before: until,
			Ends: "overwriting or trimming them; full-disk encryption and its key's destruction"},
	), nil
}

// String is the remainder on one line.
func (r *Remainder) String() string {
	at := []string{"before " + r.Before.Format(time.RFC3339)}
	if r.LSN != "" {
		at = append(at, "LSN "+r.LSN)
	}
	return fmt.Sprintf("%s: %s (%s). Ends with: %s", r.Where, r.What, strings.Join(at, ", "), r.Ends)
}
