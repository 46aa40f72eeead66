package bulk

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/guard"
)

// heap is a relation that holds values of the column: its table, a partition or child, or a materialized view over one of them.
type heap struct {
	relation, file int64 // OIDs; file is 0 where there is none
	kind           string
	name           string // quoted
	bytes          int64  // with TOAST and indexes
	indexes        int
	owned          bool // the control role may do what its owner may
}

const (
	kindTable    = "r"
	kindParent   = "p" // partitioned: has statistics, and no file
	kindForeign  = "f"
	kindMaterial = "m"
)

// refused says why the heap cannot be made anew.
func (h *heap) refused() error {
	switch {
	case h.kind == kindForeign:
		return fmt.Errorf("%s lies on another server: what old values have left behind there is beyond this database's reach", h.name)
	case !h.owned:
		return fmt.Errorf("the control role may not make %s anew: make it a member of the role that owns it", h.name)
	}
	return nil
}

// viewsOver finds views that show a column, and views over those. A rule of the relation itself is none.
const viewsOver = `over (relation) AS (
	SELECT r.ev_class FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
		JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attname = $2
		WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
		AND d.refobjid = ANY ($1::int8[]::oid[]) AND d.refobjsubid IN (0, a.attnum) AND r.ev_class <> d.refobjid
	UNION
	SELECT r.ev_class FROM over JOIN pg_catalog.pg_depend d ON d.refobjid = over.relation JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
		WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND r.ev_class <> d.refobjid)`

// findHeaps finds them, and whether old rows have a value of the column by a default that pg_attribute keeps.
func findHeaps(ctx context.Context, db guard.Querier, c *guard.ColumnStatus) (all []*heap, missing bool, err error) {
	rows, err := db.Query(ctx, `WITH RECURSIVE `+viewsOver+`
		SELECT c.oid::int8, coalesce(pg_catalog.pg_relation_filenode(c.oid)::int8, 0), c.relkind::text, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
		       coalesce(pg_catalog.pg_total_relation_size(c.oid), 0), (SELECT count(*) FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid), pg_catalog.pg_has_role(c.relowner, 'USAGE'),
		       EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $2 AND (a.atthasmissing OR a.atthasdef))
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.oid = ANY ($1::int8[]::oid[]) OR c.relkind = 'm' AND c.oid IN (SELECT relation FROM over) ORDER BY c.relkind = 'm', c.oid`, oids(c.Relations()), c.Name)
	if err != nil {
		return nil, false, err
	}
	all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (*heap, error) {
		h, kept := &heap{}, false
		err := row.Scan(&h.relation, &h.file, &h.kind, &h.name, &h.bytes, &h.indexes, &h.owned, &kept)
		missing = missing || kept
		return h, err
	})
	return all, missing, err
}

// rewrite makes a heap anew.
func (s *Scrub) rewrite(ctx context.Context, h *heap, step *ScrubStep) error {
	now, err := s.limited.standing(ctx, h.relation, s.start)
	if err != nil {
		return err
	}
	if h.file = now.file; s.made(h) {
		step.Outcome = StepBefore
		return nil
	}
	if step.Name == ScrubRepack { // which carries over what is alive, and nothing else
		if err := s.o.Repack(ctx, h.name); err != nil {
			return err
		}
		now, err = s.limited.standing(ctx, h.relation, s.start)
	} else {
		now, err = s.vacuumFull(ctx, step, h.relation, h.name, s.start, false)
	}
	switch {
	case err != nil:
		return err
	case now.file == h.file:
		return fmt.Errorf("the server has left %s as it was: the control role may not make it anew", h.name)
	case h.kind == kindMaterial:
		return nil // the next refresh may leave dead rows
	}
	return s.note(ctx, fileName(h.relation, now.file))
}

// vacuumFull makes a relation anew, and proves that no row version from before since was carried over. Where the server left the relation as it was,
// because the role may not, its file is the same.
func (s *Scrub) vacuumFull(ctx context.Context, step *ScrubStep, relation int64, name string, since int64, catalogue bool) (standing, error) {
	before, err := s.limited.standing(ctx, relation, since)
	if err != nil {
		return before, err
	}
	for end := time.Now().Add(s.o.Patience); ; {
		if err := s.awaitOld(ctx, step, since, catalogue); err != nil {
			return before, err
		}
		if err := s.locked(ctx, step, "VACUUM (FULL, FREEZE) "+name); err != nil {
			return before, err
		}
		now, err := s.limited.standing(ctx, relation, since)
		if err != nil || now.clean || now.file == before.file {
			return now, err
		}
		if time.Now().After(end) {
			return now, fmt.Errorf("the server carries over dead rows of %s that something may still read (an old transaction, a replication slot, a standby, vacuum_defer_cleanup_age)", name)
		}
		s.o.Tell(step, "the server has carried over dead rows that something may still read")
		if err := pause(ctx, lockPause); err != nil {
			return now, err
		}
	}
}
