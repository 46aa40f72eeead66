package plan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/legatics/pgseal/policy"
)

// expressionColumns returns the columns of the relation that a stored expression (a pg_node_tree in its text form)
// computes with. A whole-row reference means all of them, and so does a text that is not read to the end: a form of
// another server version must not hide a column. With nullTests, a column that is only compared with NULL does not
// count, for NULL stays NULL when it is sealed.
func expressionColumns(r *policy.Relation, tree string, nullTests bool) []string {
	const variable, ofRelation, nullTest = "{VAR ", ":varno 1 :varattno ", "{NULLTEST :arg "
	var names []string
	for at := 0; ; {
		i := strings.Index(tree[at:], variable)
		if i < 0 {
			break
		}
		at += i + len(variable)
		number, ok := strings.CutPrefix(tree[at:], ofRelation)
		number, _, _ = strings.Cut(number, " ")
		attnum, err := strconv.ParseInt(number, 10, 16)
		if !ok || err != nil || attnum == 0 {
			return allColumns(r)
		}
		if !nullTests || !strings.HasSuffix(tree[:at-len(variable)], nullTest) {
			names = append(names, columnsNumbered(r, []int16{int16(attnum)})...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// allColumns are all columns of a relation.
func allColumns(r *policy.Relation) []string {
	names := make([]string, len(r.Columns))
	for i := range r.Columns {
		names[i] = r.Columns[i].Name
	}
	return names
}

// columnsNumbered are the columns with the numbers; numbers of no live column are left out (0 stands for an expression in a key).
func columnsNumbered(r *policy.Relation, attnums []int16) []string {
	var names []string
	for _, n := range attnums {
		if i := slices.IndexFunc(r.Columns, func(c policy.LiveColumn) bool { return c.Attnum == n }); i >= 0 {
			names = append(names, r.Columns[i].Name)
		}
	}
	return names
}

// noteMention adds an object that computes with the columns, unless there are none. drop is the statement that takes it away.
func noteMention(r *policy.Relation, what, drop string, columns []string) {
	if len(columns) > 0 {
		r.Mentions = append(r.Mentions, policy.Mention{What: what, Columns: columns, Drop: drop})
	}
}
