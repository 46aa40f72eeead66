package main

import (
	"fmt"
	"strings"
)

// source is what FROM has under one alias.
type source struct {
	alias   string
	columns []*member
	key     bool // its id tells rows apart
}

// member is a column of a source: its name there, and what its values are.
type member struct {
	name string
	*column
}

// ref is a column as an expression names it.
type ref struct {
	sql string
	*column
}

type scope []*source

// of is the scope's columns that a condition holds for.
func (s scope) refs(keep func(*column) bool) (out []ref) {
	for _, src := range s {
		for _, c := range src.columns {
			if !keep(c.column) {
				continue
			}
			sql := src.alias + "." + c.name
			if len(s) == 1 && len(c.name)%2 == 0 {
				sql = c.name
			}
			out = append(out, ref{sql, c.column})
		}
	}
	return out
}

func anyColumn(*column) bool       { return true }
func isNative(c *column) bool      { return c.mode == native }
func isSealed(c *column) bool      { return c.sealed() }
func isComparable(c *column) bool  { return c.comparable() }
func isRandomized(c *column) bool  { return c.mode == randomized }
func isSearchable(c *column) bool  { return c.mode == deterministic }
func isPlainNumber(c *column) bool { return c.mode == native && c.kind == int4Kind }

// sourceOf is a table under an alias.
func (g *generator) sourceOf(t *table) *source {
	s := &source{alias: g.alias(), key: true}
	for _, c := range t.columns {
		s.columns = append(s.columns, &member{c.name, c})
	}
	return s
}

// item makes one item of FROM: a table, a subquery or VALUES.
func (g *generator) item(depth int) (sql string, s *source) {
	if depth > 0 && g.oneIn(6) {
		return g.derived(depth - 1)
	}
	if g.oneIn(25) {
		return g.valuesItem()
	}
	t := g.anyTable()
	s = g.sourceOf(t)
	name := t.name
	if g.oneIn(10) {
		name = "public." + name
	}
	if g.oneIn(15) {
		name = "ONLY " + name
	}
	return name + pick(g, []string{" AS ", " "}) + s.alias, s
}

// derived is a subquery in FROM, with columns renamed at times.
func (g *generator) derived(depth int) (string, *source) {
	inner, from := g.from(1, depth)
	s := &source{alias: g.alias()}
	var items []string
	for i, r := range inner.refs(anyColumn) {
		if i > 0 && g.oneIn(3) {
			continue
		}
		name := r.name
		if g.oneIn(3) {
			name = fmt.Sprintf("x%d", i)
			items = append(items, r.sql+" AS "+name)
		} else {
			items = append(items, r.sql)
		}
		s.columns = append(s.columns, &member{name, r.column})
	}
	s.key = len(inner) == 1 && inner[0].key && s.columns[0].name == "id"
	sql := "SELECT " + strings.Join(items, ", ") + " FROM " + from
	if g.oneIn(2) {
		sql += " WHERE " + g.predicate(inner, depth)
	}
	return "(" + sql + ") " + s.alias, s
}

// valuesItem is VALUES in FROM, of native values.
func (g *generator) valuesItem() (string, *source) {
	s := &source{alias: g.alias()}
	id, n := schema[3].columns[0], schema[3].columns[2]
	s.columns = []*member{{"id", id}, {"n", n}}
	rows := g.list(1+g.IntN(3), func() string { return "(" + g.id() + ", " + pick(g, n.kind.plain) + ")" })
	return "(VALUES " + rows + ") AS " + s.alias + " (id, n)", s
}

// from makes a FROM clause of up to max items.
func (g *generator) from(max, depth int) (scope, string) {
	sql, s := g.item(depth)
	sc := scope{s}
	for range max - 1 {
		if g.IntN(2) == 0 {
			break
		}
		next, t := g.item(depth)
		joined := append(sc[:len(sc):len(sc)], t)
		switch on := g.joinCondition(sc, t, depth); {
		case g.oneIn(6):
			sql += ", " + next
		case on == "":
			sql += " CROSS JOIN " + next
		default:
			sql += pick(g, []string{" JOIN ", " JOIN ", " LEFT JOIN ", " INNER JOIN ", " RIGHT JOIN "}) + next + " ON " + on
		}
		sc = joined
	}
	return sc, sql
}

// joinCondition compares columns of the same values; empty if there are none.
func (g *generator) joinCondition(left scope, right *source, depth int) string {
	var pairs []string
	for _, a := range left.refs(isComparable) {
		for _, b := range (scope{right, {}}).refs(isComparable) {
			if a.alike(b.column) && !strings.Contains(a.sql, "status") {
				sql := a.sql
				if !strings.Contains(sql, ".") {
					sql = left[0].alias + "." + sql
				}
				pairs = append(pairs, sql+" = "+b.sql)
			}
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	on := pick(g, pairs)
	if g.oneIn(6) {
		on += " AND " + g.predicate(append(left[:len(left):len(left)], right), 0)
	}
	return on
}

// order writes an ORDER BY that leaves no choice, if the scope has one.
func (g *generator) order(s scope) string {
	var keys []string
	for _, src := range s {
		if !src.key {
			return ""
		}
		keys = append(keys, src.alias+".id"+pick(g, []string{"", "", " DESC", " NULLS FIRST"}))
	}
	return " ORDER BY " + strings.Join(keys, ", ")
}
