package guard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// Condition is how one part of a guard stands.
type Condition string

// The conditions, from good to bad.
const (
	Whole    Condition = "whole"     // there, enabled, and as it was made
	NotValid Condition = "not valid" // of the CHECK: not yet proved for the rows that are there
	Disabled Condition = "disabled"  // of a trigger: not ENABLE ALWAYS
	Altered  Condition = "altered"   // there, but not as it was made
	Missing  Condition = "missing"
)

func (c Condition) rank() int {
	return slices.Index([]Condition{Whole, NotValid, Disabled, Altered, Missing}, c)
}

// Report says how a column's guard stands on its table and on every partition
// and inheritance child: the worst that was found.
type Report struct {
	Before Condition // the triggers that answer first
	After  Condition // the constraint triggers
	Check  Condition
	// Earlier are other BEFORE ROW triggers whose names sort before the guard's,
	// as table.trigger: they see a plaintext before it is refused.
	Earlier []string
	parts   map[uint32][]Condition // relation -> condition of each part
	tree    []*liveColumn          // the column of each relation, the root first
}

// Guarded tells whether no plaintext can be written: all triggers are whole.
func (r *Report) Guarded() bool { return r.Before == Whole && r.After == Whole }

// Whole tells whether the CHECK proves, besides, that none is left.
func (r *Report) Whole() bool { return r.Guarded() && r.Check == Whole }

// String is for people.
func (r *Report) String() string {
	return fmt.Sprintf("before trigger %s, after trigger %s, check %s", r.Before, r.After, r.Check)
}

// Target is a column whose guard is to be looked at.
type Target struct {
	Schema, Table, Column string
	Armoured              bool // the physical type is text with armour, else bytea
}

// Verify says how the guards of columns stand, in the order of the targets. No
// rows of the tables are read. search_path of db should be pg_catalog, as it is
// on the store's connections.
func Verify(ctx context.Context, db Querier, tag crypto.StoreTag, targets ...Target) ([]Report, error) {
	trees, err := readTrees(ctx, db, targets)
	if err != nil {
		return nil, err
	}
	found, err := readObjects(ctx, db, trees)
	if err != nil {
		return nil, err
	}
	whole, err := functionWhole(ctx, db)
	if err != nil {
		return nil, err
	}
	reports := make([]Report, len(targets))
	for i, t := range targets {
		r := &reports[i]
		*r = absent()
		if len(trees[i]) == 0 {
			continue
		}
		*r = Report{Before: Whole, After: Whole, Check: Whole, parts: make(map[uint32][]Condition), tree: trees[i]}
		for _, l := range r.tree {
			r.judge(tag, l, t.Armoured, whole, found[l.relation])
		}
	}
	return reports, nil
}

// verifyOne is Verify for a column that was looked up.
func verifyOne(ctx context.Context, db Querier, tag crypto.StoreTag, l *liveColumn, armoured bool) (Report, error) {
	reports, err := Verify(ctx, db, tag, Target{l.Schema, l.Table, l.Name, armoured})
	if err != nil {
		return absent(), err
	}
	return reports[0], nil
}

func absent() Report { return Report{Before: Missing, After: Missing, Check: Missing} }

// readTrees finds each target's table with all partitions and inheritance
// children, parents first.
func readTrees(ctx context.Context, db Querier, targets []Target) ([][]*liveColumn, error) {
	var schemas, tables, columns []string
	for _, t := range targets {
		schemas, tables, columns = append(schemas, t.Schema), append(tables, t.Table), append(columns, t.Column)
	}
	rows, err := db.Query(ctx, `
		WITH RECURSIVE w (ord, s, t, c) AS (
			SELECT ord, s, t, c FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY u (s, t, c, ord)),
		tree (ord, relation, depth) AS (
			SELECT w.ord, c.oid, 0 FROM w JOIN pg_catalog.pg_namespace n ON n.nspname = w.s
			JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.t AND c.relkind IN ('r', 'p', 'f')
			UNION SELECT tree.ord, i.inhrelid, tree.depth + 1 FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.relation)
		SELECT tree.ord, tree.relation::int8, max(tree.depth), max(w.c) FROM tree JOIN w USING (ord)
		GROUP BY tree.ord, tree.relation ORDER BY 1, 3, 2`, schemas, tables, columns)
	if err != nil {
		return nil, err
	}
	type node struct {
		Ord, Relation int64
		Depth         int32
		Column        string
	}
	nodes, err := pgx.CollectRows(rows, pgx.RowToStructByPos[node])
	if err != nil {
		return nil, err
	}
	var relations []int64
	for _, n := range nodes {
		relations = append(relations, n.Relation)
	}
	all, err := readLive(ctx, db, "WHERE c.oid = ANY ($1::int8[]::oid[]) AND a.attname::text = ANY ($2)", relations, columns)
	if err != nil {
		return nil, err
	}
	trees := make([][]*liveColumn, len(targets))
	for _, n := range nodes {
		at := slices.IndexFunc(all, func(l *liveColumn) bool { return l.relation == uint32(n.Relation) && l.Name == n.Column })
		if at >= 0 {
			trees[n.Ord-1] = append(trees[n.Ord-1], all[at])
		}
	}
	return trees, nil
}

// object is a trigger or check constraint that is there.
type object struct {
	name, condition string
	tgtype          int16
	enabled         bool
	ours            bool   // runs the guard's function, with the column's name
	argument        string // of a trigger
	valid           bool   // of a check
}

// readObjects reads the row triggers and the check constraints of the guard, of
// all relations.
func readObjects(ctx context.Context, db Querier, trees [][]*liveColumn) (map[uint32][]object, error) {
	var oids []int64
	for _, l := range slices.Concat(trees...) {
		oids = append(oids, int64(l.relation))
	}
	rows, err := db.Query(ctx, `
		SELECT tgrelid::int8, tgname::text, coalesce(pg_catalog.pg_get_triggerdef(oid), ''), tgtype, tgenabled = 'A',
		       tgfoid = pg_catalog.to_regprocedure($2) AND tgnargs = 1 AND tgattr = '' AND NOT tgdeferrable AND NOT tginitdeferred,
		       CASE WHEN tgnargs = 1 THEN pg_catalog.convert_from(pg_catalog.substr(tgargs, 1, pg_catalog.octet_length(tgargs) - 1), 'UTF8') ELSE '' END,
		       false
		FROM pg_catalog.pg_trigger WHERE tgrelid = ANY ($1::int8[]::oid[]) AND NOT tgisinternal AND tgtype & 1 = 1
		UNION ALL
		SELECT conrelid::int8, conname::text, coalesce(pg_catalog.pg_get_constraintdef(oid), ''), 0, true, NOT connoinherit, '', convalidated
		FROM pg_catalog.pg_constraint WHERE conrelid = ANY ($1::int8[]::oid[]) AND contype = 'c'`, oids, functionName+"()")
	if err != nil {
		return nil, err
	}
	found := make(map[uint32][]object)
	var relation int64
	var ours *bool
	var o object
	var definition string
	_, err = pgx.ForEachRow(rows, []any{&relation, &o.name, &definition, &o.tgtype, &o.enabled, &ours, &o.argument, &o.valid}, func() error {
		o.ours = ours != nil && *ours
		o.condition = conditionOf(definition)
		found[uint32(relation)] = append(found[uint32(relation)], o)
		return nil
	})
	return found, err
}

// conditionOf cuts the condition out of what pg_get_triggerdef and
// pg_get_constraintdef print.
func conditionOf(definition string) string {
	if _, rest, ok := strings.Cut(definition, " FOR EACH ROW WHEN ("); ok {
		if at := strings.LastIndex(rest, ") EXECUTE FUNCTION "); at >= 0 {
			return rest[:at]
		}
		return ""
	}
	rest, ok := strings.CutPrefix(definition, "CHECK (")
	if !ok {
		return ""
	}
	rest = strings.TrimSuffix(rest, " NOT VALID")
	rest, ok = strings.CutSuffix(rest, ")")
	if !ok {
		return ""
	}
	return rest
}

// judge holds the objects of one relation against what should be there.
func (r *Report) judge(tag crypto.StoreTag, l *liveColumn, armoured, functionWhole bool, found []object) {
	byName := make(map[string]object, len(found))
	first := beforeInsert.name(l.Name)
	for _, o := range found {
		byName[o.name] = o
		if o.tgtype&2 != 0 && !o.ours && o.name < first {
			r.Earlier = append(r.Earlier, l.quotedRelation+"."+quoteName(o.name))
		}
	}
	conditions := make([]Condition, check+1)
	for p := beforeInsert; p <= check; p++ {
		o, there := byName[p.name(l.Name)]
		conditions[p] = p.judge(o, there, p.condition(tag, armoured, l.quotedName), l.Name)
		if p != check && conditions[p] == Whole && !functionWhole {
			conditions[p] = Altered
		}
	}
	r.parts[l.relation] = conditions
	r.Before = worst(r.Before, conditions[beforeInsert], conditions[beforeUpdate])
	r.After = worst(r.After, conditions[afterInsert], conditions[afterUpdate])
	r.Check = worst(r.Check, conditions[check])
}

func (p part) judge(o object, there bool, want, column string) Condition {
	switch {
	case !there:
		return Missing
	case !o.ours || o.condition != want:
		return Altered
	case p == check && o.tgtype == 0 && o.valid:
		return Whole
	case p == check && o.tgtype == 0:
		return NotValid
	case p == check || o.tgtype != p.tgtype() || o.argument != column:
		return Altered
	case !o.enabled:
		return Disabled
	}
	return Whole
}

func worst(conditions ...Condition) Condition {
	w := Whole
	for _, c := range conditions {
		if c.rank() > w.rank() {
			w = c
		}
	}
	return w
}
