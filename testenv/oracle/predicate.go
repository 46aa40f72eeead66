package main

import (
	"fmt"
	"strings"
)

// predicate makes a condition over a scope.
func (g *generator) predicate(s scope, depth int) string {
	return g.choose(
		choice{4, func() string { return g.comparison(s, isNative) }},
		choice{9, func() string { return g.comparison(s, isSearchable) }},
		choice{2, func() string { return g.nullTest(s) }},
		choice{2, func() string {
			return "(" + g.predicate(s, depth) + pick(g, []string{" AND ", " OR "}) + g.predicate(s, depth) + ")"
		}},
		choice{1, func() string { return "NOT (" + g.predicate(s, depth) + ")" }},
		choice{1, func() string {
			return "(" + g.predicate(s, depth) + ")" + pick(g, []string{" IS TRUE", " IS NOT FALSE", " IS NOT NULL", ""})
		}},
		choice{1, func() string { return g.rowComparison(s) }},
		choice{1, func() string { return g.columnComparison(s) }},
		choice{2 * min(depth, 1), func() string { return g.membership(s, depth) }},
		choice{1 * min(depth, 1), func() string { return g.exists(s, depth) }},
		choice{1, func() string { return g.optional(s) }},
		choice{1, func() string { return g.hopeless(s) }},
	)
}

// comparison compares a column with values.
func (g *generator) comparison(s scope, of func(*column) bool) string {
	refs := s.refs(of)
	if len(refs) == 0 {
		return "true"
	}
	r := pick(g, refs)
	return g.choose(
		choice{8, func() string { return r.sql + " = " + g.value(r.column) }},
		choice{2, func() string { return g.value(r.column) + " = " + r.sql }},
		choice{3, func() string { return r.sql + pick(g, []string{" <> ", " != "}) + g.value(r.column) }},
		choice{3, func() string {
			return r.sql + pick(g, []string{" IN (", " NOT IN ("}) + g.list(1+g.IntN(3), func() string { return g.value(r.column) }) + ")"
		}},
		choice{2, func() string { return r.sql + " = ANY (" + g.array(r.column) + ")" }},
		choice{1, func() string { return r.sql + " <> ALL (" + g.array(r.column) + ")" }},
		choice{1, func() string {
			return r.sql + pick(g, []string{" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "}) + g.value(r.column)
		}},
		choice{1, func() string { return r.sql + " = NULL" }},
	)
}

// optional compares with a parameter unless it is NULL.
func (g *generator) optional(s scope) string {
	refs := s.refs(isComparable)
	if !g.extended || len(refs) == 0 {
		return g.nullTest(s)
	}
	r := pick(g, refs)
	g.params = append(g.params, param{c: r.column, kind: r.kind})
	place := fmt.Sprintf("$%d", len(g.params))
	return fmt.Sprintf("(%s::%s IS NULL OR %s = %[1]s)", place, r.kind.typeName(), r.sql)
}

func (g *generator) nullTest(s scope) string {
	refs := s.refs(anyColumn)
	return pick(g, refs).sql + pick(g, []string{" IS NULL", " IS NOT NULL"})
}

// rowComparison compares two columns at once.
func (g *generator) rowComparison(s scope) string {
	refs := s.refs(isComparable)
	if len(refs) == 0 {
		return "true"
	}
	a, b := pick(g, refs), pick(g, refs)
	row := func() string { return "(" + g.value(a.column) + ", " + g.value(b.column) + ")" }
	left := "(" + a.sql + ", " + b.sql + ")"
	if g.oneIn(2) {
		return left + " = " + row()
	}
	return left + " IN (" + g.list(1+g.IntN(2), row) + ")"
}

// columnComparison compares columns with each other.
func (g *generator) columnComparison(s scope) string {
	var pairs []string
	for _, a := range s.refs(isComparable) {
		for _, b := range s.refs(isComparable) {
			if a.sql != b.sql && a.alike(b.column) {
				pairs = append(pairs, a.sql+pick(g, []string{" = ", " <> ", " IS NOT DISTINCT FROM "})+b.sql)
			}
		}
	}
	if len(pairs) == 0 {
		return "true"
	}
	return pick(g, pairs)
}

// membership compares with a subquery.
func (g *generator) membership(s scope, depth int) string {
	inner, from := g.from(1, depth-1)
	for _, a := range s.refs(isComparable) {
		for _, b := range inner.refs(isComparable) {
			if !a.alike(b.column) || g.oneIn(2) {
				continue
			}
			sub := "(SELECT " + b.sql + " FROM " + from + " WHERE " + g.predicate(inner, depth-1)
			switch g.IntN(6) {
			case 0:
				return a.sql + " NOT IN " + sub + ")"
			case 1:
				return a.sql + " = ANY " + sub + ")"
			case 2:
				return a.sql + " <> ALL " + sub + ")"
			case 3:
				if order := g.order(inner); order != "" {
					return a.sql + " = " + sub + order + " LIMIT 1)"
				}
			}
			return a.sql + " IN " + sub + ")"
		}
	}
	return "true"
}

// exists correlates a subquery with the scope.
func (g *generator) exists(s scope, depth int) string {
	sql, inner := g.item(0)
	if len(s) == 1 {
		s = scope{s[0], {}} // outer columns with their alias
	}
	on := g.joinCondition(s, inner, depth-1)
	if on == "" {
		on = "true"
	}
	return pick(g, []string{"", "NOT "}) + "EXISTS (SELECT " + pick(g, []string{"1", "*", inner.alias + ".id"}) + " FROM " + sql + " WHERE " + on + ")"
}

// hopeless is a condition that cannot work on a sealed column.
func (g *generator) hopeless(s scope) string {
	refs := s.refs(isSealed)
	if len(refs) == 0 || g.IntN(3) > 0 {
		return g.comparison(s, isNative)
	}
	r := pick(g, refs)
	return g.choose(
		choice{2, func() string { return r.sql + " > " + g.value(r.column) }},
		choice{1, func() string { return r.sql + " BETWEEN " + g.value(r.column) + " AND " + g.value(r.column) }},
		choice{2, func() string { return fmt.Sprintf("%s::text LIKE '%s%%'", r.sql, canary) }},
		choice{1, func() string { return fmt.Sprintf("lower(%s::text) = '%s'", r.sql, canary) }},
		choice{1, func() string { return fmt.Sprintf("length(%s::text) > 3", r.sql) }},
		choice{2, func() string {
			if random := s.refs(isRandomized); len(random) > 0 {
				if r = pick(g, random); r.kind != jsonbKind || !strings.Contains(r.sql, "doc") {
					return r.sql + " = " + g.value(r.column)
				}
			}
			return "false"
		}},
	)
}
