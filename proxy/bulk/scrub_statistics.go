package bulk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/proxy/guard"
)

const insufficientPrivilege = "42501"

// statistics sees to what ANALYZE leaves as it was: of empty tables, and of columns whose statistics target is 0. Rows of the catalogue that were
// written before this run are not its own ANALYZE's, and may be of plaintext.
func (s *Scrub) statistics(ctx context.Context, step *ScrubStep) error {
	var super bool
	if err := s.limited.QueryRow(ctx, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user").Scan(&super); err != nil {
		return err
	}
	if super {
		err := s.locked(ctx, step, fmt.Sprintf(`DELETE FROM pg_catalog.pg_statistic s USING pg_catalog.pg_class c, pg_catalog.pg_attribute a
			WHERE c.oid = ANY ('%s'::oid[]) AND a.attrelid = c.oid AND (a.attname = '%s' OR c.relkind = 'm') AND s.starelid = a.attrelid AND s.staattnum = a.attnum
			AND NOT pg_catalog.age(s.xmin) BETWEEN 0 AND pg_catalog.age('%s'::xid)`, s.oidList(), strings.ReplaceAll(s.column.Name, "'", "''"), xid(s.start)))
		if err != nil {
			return err
		}
	}
	plain, err := s.plainStatistics(ctx)
	if err != nil {
		return err
	}
	stale, err := s.staleExtended(ctx, super)
	if len(plain)+len(stale) > 0 {
		step.Outcome, s.unclean = StepOpen, true
		step.Note = strings.Join(append(plain, stale...), "; ")
	}
	return err
}

// plainStatistics says of which tables the server keeps values that are not sealed, or may.
func (s *Scrub) plainStatistics(ctx context.Context) (open []string, err error) {
	for _, h := range s.heaps {
		if h.kind == kindMaterial {
			var left bool
			if err := s.limited.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname WHERE c.oid = $1::int8::oid AND c.reltuples <= 0)`, h.relation).Scan(&left); err != nil {
				return nil, err
			}
			if left {
				open = append(open, fmt.Sprintf("the server keeps statistics of %s from when it was not empty. A superuser has to run: DELETE FROM pg_catalog.pg_statistic WHERE starelid = %d", h.name, h.relation))
			}
			continue
		}
		var hidden bool
		if err := s.limited.QueryRow(ctx, "SELECT pg_catalog.row_security_active($1::int8::oid)", h.relation).Scan(&hidden); err != nil {
			return nil, err
		}
		if hidden {
			open = append(open, fmt.Sprintf("row-level security hides the statistics of %s from the control role: give it BYPASSRLS", h.name))
			continue
		}
		n, err := guard.PlainStatistics(ctx, s.limited, s.o.Store.Tag(), s.column.Armoured(), uint32(h.relation), s.column.Name)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			open = append(open, fmt.Sprintf("the server keeps %d old values in its statistics of %s, which ANALYZE has left (it is empty, or its statistics target is 0). A superuser has to run: "+
				"DELETE FROM pg_catalog.pg_statistic WHERE starelid = %d AND staattnum = (SELECT attnum FROM pg_catalog.pg_attribute WHERE attrelid = starelid AND attname = '%s')",
				n, h.name, h.relation, strings.ReplaceAll(s.column.Name, "'", "''")))
		}
	}
	return open, nil
}

// staleExtended says which extended statistics may hold old values.
func (s *Scrub) staleExtended(ctx context.Context, super bool) (open []string, err error) {
	all, err := s.extended(ctx, s.limited)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		old := e.values
		if super && old {
			err := s.limited.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_statistic_ext_data WHERE stxoid = $1::int8::oid AND NOT pg_catalog.age(xmin) BETWEEN 0 AND pg_catalog.age($2::text::xid))`,
				e.OID, xid(s.start)).Scan(&old)
			if err != nil {
				return nil, err
			}
		}
		if old {
			open = append(open, "extended statistics may hold old values, and are of no use on sealed ones: DROP STATISTICS "+e.Name)
		}
	}
	return open, nil
}

func (s *Scrub) oidList() string {
	var all []string
	for _, h := range s.heaps {
		all = append(all, fmt.Sprint(h.relation))
	}
	return "{" + strings.Join(all, ",") + "}"
}

// extendedStatistics is a statistics object over the column.
type extendedStatistics struct {
	OID    int64
	Name   string // quoted
	values bool   // it keeps values, and not only counts
}

func (s *Scrub) extended(ctx context.Context, db guard.Querier) ([]extendedStatistics, error) {
	rows, err := db.Query(ctx, `
		SELECT DISTINCT s.oid::int8, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(s.stxname), s.stxkind::text[] && '{m,e}'
		FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_statistic_ext s ON s.oid = d.objid JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
		JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attname = $2 AND d.refobjsubid IN (0, a.attnum)
		WHERE d.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
		AND d.refobjid = ANY ($1::int8[]::oid[]) ORDER BY 2`, oids(s.column.Relations()), s.column.Name)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e extendedStatistics, err error) {
		return e, row.Scan(&e.OID, &e.Name, &e.values)
	})
}

// catalogue makes anew one in which dead rows hold former statistics. Where the control role may not, it is noted how the catalogue stands, and
// found at the next go whether somebody else has done it.
func (s *Scrub) catalogue(ctx context.Context, relation int64, step *ScrubStep) error {
	since, err := s.limited.transaction(ctx)
	if err != nil {
		return err
	}
	before, err := s.limited.standing(ctx, relation, since)
	if err != nil {
		return err
	}
	if a, ok := s.askedFor(relation); ok {
		now, err := s.limited.standing(ctx, relation, a.since)
		if err != nil {
			return err
		}
		if now.clean && now.file != a.file {
			step.Outcome = StepBefore
			return nil
		}
	}
	now, err := s.vacuumFull(ctx, step, relation, step.Object, since, true)
	if err != nil || now.file != before.file {
		return err
	}
	step.Outcome = StepOpen
	if s.unclean {
		step.Note = fmt.Sprintf("dead rows of %s hold former statistics, and the control role may not make it anew: see to what else is open, and run pgseal column scrub again, which then says who has to do what", step.Object)
		return nil
	}
	step.Note = fmt.Sprintf("dead rows of %s hold former statistics, and the control role may not make it anew. A superuser or the database's owner has to run: %s; then run pgseal column scrub again", step.Object, step.Statement)
	if _, ok := s.askedFor(relation); ok {
		return nil
	}
	return s.note(ctx, asked{relation, before.file, since}.String())
}

// checkpoint has the server write out its buffers. Old files were emptied when the steps before ended; without the right to it, one comes by itself.
func (s *Scrub) checkpoint(ctx context.Context, step *ScrubStep) error {
	_, err := s.limited.Exec(ctx, "CHECKPOINT")
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == insufficientPrivilege {
		step.Note = "the control role may not ask for one; the server makes one by itself within checkpoint_timeout, and then removes the old files, which are empty by now"
		return nil
	}
	return err
}
