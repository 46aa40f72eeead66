package bulk

import (
	"fmt"
	"strings"
)

// Step is a statement of the transaction that converts columns, with what it keeps others from.
type Step struct {
	SQL  string `json:"sql"`
	Lock string `json:"lock"`
}

// The locks, as people are told them.
const (
	lockWrites = "writes wait, reads go on"
	lockAll    = "reads wait too"
	lockNone   = "none"
)

// Steps are the statements in their order.
func (s *Swap) Steps() []Step {
	steps := []Step{{s.lock("SHARE ROW EXCLUSIVE"), lockWrites}}
	for _, t := range s.tables {
		steps = append(steps, Step{t.create(), lockNone}, Step{fmt.Sprintf("-- all values of %s are read, %s and put into %s", t.name, s.done(), t.fill), lockWrites})
	}
	for _, sql := range s.convert() {
		steps = append(steps, Step{sql, lockAll})
	}
	switch {
	case s.anew:
		return s.renewalSteps(steps)
	case s.opening:
		return s.openingSteps(steps)
	}
	for _, c := range s.columns() {
		steps = append(steps, Step{fmt.Sprintf("-- the guard's triggers and its CHECK, which is proved at once, on %s; the column is sealed", c.status.Column.String()), lockAll})
	}
	return steps
}

func (s *Swap) lock(mode string) string {
	var names []string
	for _, t := range s.tables {
		names = append(names, t.name)
	}
	return "LOCK TABLE " + strings.Join(names, ", ") + " IN " + mode + " MODE"
}

// create makes the table of sealed values.
func (t *swapTable) create() string {
	columns := ""
	for _, c := range t.columns {
		columns += fmt.Sprintf(", %s %s", c.place, c.physical())
	}
	return fmt.Sprintf("CREATE TEMP TABLE pgseal_fill_%d (relation int8, place tid%s, PRIMARY KEY (relation, place)) ON COMMIT DROP", t.number, columns)
}

func (c *swapColumn) physical() string { return c.lies }

// insert puts sealed values into it: $1 is the table that they are of, $2 their places, $3 they themselves.
func (t *swapTable) insert(c *swapColumn) string {
	return fmt.Sprintf(`INSERT INTO %s AS f (relation, place, %s) SELECT $1, v.place::tid, v.sealed::%s FROM unnest($2::text[], $3::text[]) AS v (place, sealed)
		ON CONFLICT (relation, place) DO UPDATE SET %[2]s = excluded.%[2]s`, t.fill, c.place, c.physical())
}

// convert are the statements behind the sealing: they are the server's own work.
func (s *Swap) convert() []string {
	sql := []string{s.lock("ACCESS EXCLUSIVE")}
	for _, k := range s.foreign {
		sql = append(sql, k.drop())
	}
	for _, t := range s.tables {
		sql = append(sql, "ANALYZE "+t.fill)
		if t.rewritten() {
			sql = append(sql, t.rewrite()...)
		} else {
			sql = append(sql, t.update(s.triggers == TriggersSkip)...)
		}
	}
	for _, k := range s.foreign {
		sql = append(sql, k.add()...)
	}
	return sql
}

// rewrite gives the columns their new type; the server writes the rows anew, and no trigger fires.
func (t *swapTable) rewrite() []string {
	var sql, columns []string
	for _, c := range t.columns {
		function := fmt.Sprintf("pg_temp.pgseal_sealed_%d_%s", t.number, c.place)
		sql = append(sql, fmt.Sprintf(`CREATE FUNCTION %s(oid, tid) RETURNS %s LANGUAGE plpgsql SET search_path = pg_catalog AS $pgseal$
DECLARE sealed %[2]s; BEGIN SELECT %s INTO STRICT sealed FROM %s WHERE relation = $1::int8 AND place = $2 AND %[3]s IS NOT NULL; RETURN sealed; END $pgseal$`,
			function, c.physical(), c.place, t.fill))
		columns = append(columns, fmt.Sprintf("ALTER COLUMN %s TYPE %s USING CASE WHEN %[1]s IS NOT NULL THEN %[3]s(tableoid, ctid) END", c.column, c.physical(), function))
	}
	sql = append(sql, fmt.Sprintf("ALTER TABLE %s %s", t.name, strings.Join(columns, ", ")))
	for _, c := range t.columns {
		sql = append(sql, fmt.Sprintf("DROP FUNCTION pg_temp.pgseal_sealed_%d_%s(oid, tid)", t.number, c.place))
	}
	return sql
}

// update writes the sealed values into the rows.
func (t *swapTable) update(skipTriggers bool) (sql []string) {
	var set []string
	for _, c := range t.columns {
		if c.how.Change != "" {
			sql = append(sql, c.how.Change)
		}
		set = append(set, fmt.Sprintf("%s = coalesce(f.%s, t.%[1]s)", c.column, c.place))
	}
	if skipTriggers {
		sql = append(sql, "SET LOCAL session_replication_role = replica")
	}
	for _, l := range t.columns[0].leaves {
		sql = append(sql, fmt.Sprintf("UPDATE ONLY %s AS t SET %s FROM %s AS f WHERE f.relation = %d AND t.ctid = f.place", l.name, strings.Join(set, ", "), t.fill, l.relation))
	}
	if skipTriggers {
		sql = append(sql, "SET LOCAL session_replication_role = origin")
	}
	return append(sql, "SET CONSTRAINTS ALL IMMEDIATE") // what is deferred must be done before the guard can be made
}
