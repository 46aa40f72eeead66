package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// merged returns the columns that JOIN ... USING and NATURAL JOIN make of two each. The server compares them, and takes the value from the
// left side, from the right one in a right join, and from either in a full one.
func (a *analysis) merged(left, right []field, names []string, kind pg_query.JoinType) []field {
	var shared []field
	for _, name := range names {
		l, r := find(left, name), find(right, name)
		for _, f := range slices.Concat(l, r) {
			a.read(f.column)
		}
		f := field{name: name}
		if len(l) == 1 && len(r) == 1 {
			f.lineage = a.mergedColumn(l[0].lineage, r[0].lineage, kind)
		} else { // unknown, or ambiguous
			for _, other := range slices.Concat(l, r) {
				if c := other.sealed(); c != nil {
					a.refuse(refuseUse(c, "JOIN ... USING with columns that are not known", "Write JOIN ... ON with the columns' tables in front."))
				}
				a.asNative(other.lineage)
			}
		}
		shared = append(shared, f)
	}
	return shared
}

// mergedColumn is the lineage of one such column.
func (a *analysis) mergedColumn(l, r lineage, kind pg_query.JoinType) lineage {
	lc, rc := l.sealed(), r.sealed()
	if lc == nil && rc == nil {
		a.asNative(l)
		a.asNative(r)
		return lineage{}
	}
	a.compare(nil, side{lineage: l, known: true}, side{lineage: r, known: true}, comparison{op: "=", words: "JOIN ... USING"})
	value := lc
	if kind == pg_query.JoinType_JOIN_RIGHT || lc == nil {
		value = rc
	}
	switch {
	case lc == nil || rc == nil: // literals or parameters on the other side
		if kind != pg_query.JoinType_JOIN_INNER {
			a.refuse(refuseUse(cmpColumn(lc, rc), "an outer JOIN ... USING with literals or parameters", "Write JOIN ... ON with the columns' tables in front."))
		}
	case kind == pg_query.JoinType_JOIN_FULL && !lc.storable(rc):
		a.refuse(refuseUse(lc, "a FULL JOIN ... USING with a column of another type", "Write JOIN ... ON with the columns' tables in front."))
	}
	return lineage{column: value, loose: l.loose || r.loose}
}
