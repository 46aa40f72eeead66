package doctor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// statistics reports sealed columns whose most common values and histogram, which the server keeps for its planner, are
// still those from before: whoever may read the table reads them in pg_stats, and a copy of the data directory holds them.
func (e *examination) statistics(ctx context.Context) error {
	var first error
	e.tables(func(r *plan.Relation) {
		for i := range r.Columns {
			a := &r.Columns[i]
			if first != nil || a.Protected == nil || !a.Protected.Sealed || a.Protected.State < plan.StateSealing {
				continue
			}
			n, err := e.plainStatistics(ctx, r, a)
			if first = err; n == 0 {
				continue
			}
			mend := fmt.Sprintf("ANALYZE %s (%s);", quoted(r.Schema, r.Name), quoted(a.Name))
			if empty, err := e.empty(ctx, r); err != nil || empty {
				first = err
				mend = fmt.Sprintf("DELETE FROM pg_catalog.pg_statistic WHERE starelid = %d AND staattnum = %d; -- as a superuser: ANALYZE leaves those of an empty table", r.OID, a.Attnum)
			}
			e.note(Finding{Severity: Warning, Kind: "statistics", Object: a.Protected.String(), Evidence: fmt.Sprintf("%d values in pg_stats are not sealed", n),
				Message: "the server's statistics hold values of the column from before it was sealed",
				Mend:    mend})
		}
	})
	return first
}

func (e *examination) empty(ctx context.Context, r *plan.Relation) (empty bool, err error) {
	err = e.each(ctx, "SELECT NOT EXISTS (SELECT FROM "+quoted(r.Schema, r.Name)+")", nil, []any{&empty}, func() error { return nil })
	return empty, err
}

// plainStatistics counts the values in the statistics of a column that are not sealed.
func (e *examination) plainStatistics(ctx context.Context, r *plan.Relation, a *plan.Attribute) (int64, error) {
	if !holdsSealed(a) {
		return 0, nil // no type that holds sealed values; the columns' own part says so
	}
	return guard.PlainStatistics(ctx, e.DB, e.Tag, a.Protected.Armoured, r.OID, a.Name)
}

// holdsSealed tells whether a protected column is of the type that its sealed values are stored as.
func holdsSealed(a *plan.Attribute) bool {
	if a.Protected.Armoured {
		return a.TypeOID == value.OIDText
	}
	return a.TypeOID == value.OIDBytea
}

// extendedStatistics reports statistics objects over sealed columns. Their values were plain before, and are of no use now.
func (e *examination) extendedStatistics(ctx context.Context) error {
	oids, names := e.tableNames()
	var schema, name string
	var relation uint32
	var attnum int16
	columns := map[[2]string][]string{}
	tables := map[[2]string]string{}
	var order [][2]string
	err := e.each(ctx, `
SELECT n.nspname::text, s.stxname::text, d.refobjid, d.refobjsubid::int2
FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_statistic_ext s ON s.oid = d.objid JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
WHERE d.classid = 'pg_statistic_ext'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY($1) AND d.refobjsubid > 0 ORDER BY 1, 2, 4`,
		[]any{oids}, []any{&schema, &name, &relation, &attnum}, func() error {
			c := e.catalogue.SealedAt(relation, attnum)
			if c == nil {
				return nil
			}
			key := [2]string{schema, name}
			if columns[key] == nil {
				order = append(order, key)
			}
			columns[key], tables[key] = append(columns[key], c.Name), names[relation]
			return nil
		})
	for _, key := range order {
		e.note(Finding{Severity: Warning, Kind: "statistics", Object: "statistics " + key[0] + "." + key[1],
			Message:  "extended statistics over sealed columns hold values from before they were sealed until the next ANALYZE, and are of no use after it",
			Evidence: "of " + tables[key] + ": " + strings.Join(slices.Compact(columns[key]), ", "), Mend: "DROP STATISTICS " + quoted(key[0], key[1]) + ";"})
	}
	return err
}
