package main

import (
	"fmt"
	"strings"
)

// returning asks for what was written.
func (g *generator) returning(s scope) string {
	switch g.IntN(4) {
	case 0:
		return ""
	case 1:
		return " RETURNING *"
	}
	return " RETURNING " + g.list(1+g.IntN(4), func() string {
		if g.oneIn(12) {
			return g.expression(s, 0)
		}
		return pick(g, s.refs(anyColumn)).sql
	})
}

// bare is the scope of a table that a statement writes to.
func bare(t *table, alias string) scope {
	s := &source{alias: alias, key: true}
	for _, c := range t.columns {
		s.columns = append(s.columns, &member{c.name, c})
	}
	return scope{s}
}

// target draws the columns of an INSERT: always the key and what may not be NULL.
func (g *generator) target(t *table) []*column {
	columns := g.columnsOf(t, 1)
	for _, c := range t.columns {
		must := c.name == "id" || strings.Contains(c.clause, "NOT NULL") && !strings.Contains(c.clause, "DEFAULT")
		if must && !strings.Contains(", "+names(columns)+", ", ", "+c.name+", ") && !g.oneIn(40) {
			columns = append(columns, c)
		}
	}
	return columns
}

func (g *generator) row(columns []*column) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = g.stored(c)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// insertRows inserts one row or several.
func (g *generator) insertRows() string {
	t := g.anyTable()
	columns := g.target(t)
	list := " (" + names(columns) + ")"
	if g.oneIn(8) {
		columns, list = t.columns, ""
	}
	rows := 1
	if g.oneIn(3) {
		rows += g.IntN(5)
	}
	alias := pick(g, []string{"", " AS ins"})
	sql := "INSERT INTO " + t.name + alias + list + " VALUES " + g.list(rows, func() string { return g.row(columns) })
	name := t.name
	if alias != "" {
		name = "ins"
	}
	if g.IntN(3) > 0 {
		sql += g.onConflict(t, name)
	}
	return sql + g.returning(bare(t, name))
}

// onConflict says what becomes of rows that are there.
func (g *generator) onConflict(t *table, name string) string {
	if g.oneIn(3) {
		return " ON CONFLICT DO NOTHING"
	}
	target := "(" + pick(g, t.unique) + ")"
	if u := t.unique[0]; g.oneIn(6) && u == "id" {
		target = "ON CONSTRAINT " + t.name + "_pkey"
	}
	if g.oneIn(4) {
		return " ON CONFLICT " + target + " DO NOTHING"
	}
	var sets []string
	for _, c := range g.columnsOf(t, 1) {
		if c.name == "id" || len(sets) == 3 {
			continue
		}
		switch g.IntN(5) {
		case 0, 1:
			sets = append(sets, c.name+" = excluded."+c.name)
		case 2:
			sets = append(sets, c.name+" = "+name+"."+c.name)
		default:
			sets = append(sets, c.name+" = "+g.stored(c))
		}
	}
	if len(sets) == 0 {
		return " ON CONFLICT " + target + " DO NOTHING"
	}
	sql := " ON CONFLICT " + target + " DO UPDATE SET " + strings.Join(sets, ", ")
	if g.oneIn(4) {
		sql += " WHERE " + g.predicate(append(bare(t, name), &source{}), 0)
	}
	return sql
}

// insertSelect inserts what a query gives, where the columns are alike.
func (g *generator) insertSelect() string {
	g.spoiled = true // no value that its column does not take: PostgreSQL looks at it for each row, of which there may be none
	to := g.anyTable()
	s, from := g.from(1, 1)
	columns, items := []*column{to.columns[0]}, []string{}
	key := s[0].alias + ".id"
	if !s[0].key {
		return g.insertRows()
	}
	items = append(items, fmt.Sprintf("%s + %d", key, g.IntN(maxID)))
	for _, c := range to.columns[1:] {
		var fits []string
		for _, r := range s.refs(anyColumn) {
			if r.alike(c) && !(r.name == "id") {
				fits = append(fits, r.sql)
			}
		}
		switch must := strings.Contains(c.clause, "NOT NULL") && !strings.Contains(c.clause, "DEFAULT"); {
		case strings.HasSuffix(c.name, "_id"):
		case len(fits) > 0 && g.IntN(3) > 0:
			columns, items = append(columns, c), append(items, pick(g, fits))
		case must || g.oneIn(4):
			v := g.value(c)
			if !strings.Contains(v, "::") {
				v += "::" + c.kind.typeName()
			}
			columns, items = append(columns, c), append(items, v)
		}
	}
	sql := "INSERT INTO " + to.name + " (" + names(columns) + ") SELECT " + strings.Join(items, ", ") + " FROM " + from + " WHERE " + g.predicate(s, 1)
	if order := g.order(s); order != "" {
		sql += order + pick(g, []string{"", " LIMIT 2"})
	}
	return sql + " ON CONFLICT DO NOTHING" + g.returning(bare(to, to.name))
}

// sets writes the assignments of an UPDATE.
func (g *generator) sets(t *table, others scope) string {
	var sets []string
	for _, c := range g.columnsOf(t, 1) {
		if c.name == "id" || len(sets) >= 4 || (c.name == "email" || c.name == "ref" || c.name == "hash" || c.name == "code") && g.IntN(5) > 0 {
			continue
		}
		value := ""
		for _, r := range others.refs(anyColumn) {
			if r.alike(c) && r.name != "id" && g.oneIn(2) {
				value = r.sql
			}
		}
		switch {
		case value != "":
		case !g.oneIn(25):
			value = g.stored(c)
		default:
			value = fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", g.predicate(append(bare(t, t.name), &source{}), 0), c.name, g.literal(c))
		}
		sets = append(sets, c.name+" = "+value)
	}
	if len(sets) == 0 {
		c := t.columns[len(t.columns)-1]
		return c.name + " = " + c.name
	}
	if g.oneIn(8) && len(sets) > 1 {
		var left, right []string
		for _, s := range sets {
			name, value, _ := strings.Cut(s, " = ")
			left, right = append(left, name), append(right, value)
		}
		return "(" + strings.Join(left, ", ") + ") = " + pick(g, []string{"", "ROW"}) + "(" + strings.Join(right, ", ") + ")"
	}
	return strings.Join(sets, ", ")
}

// updateRows updates a table, at times from another.
func (g *generator) updateRows() string {
	g.spoiled = true // see insertSelect
	t := g.anyTable()
	if g.oneIn(4) {
		// each row meets one row of the other table at most
		switch t.name {
		case "matters":
			c := bare(schema[0], "c")
			return "UPDATE matters SET " + g.sets(t, c) + " FROM clients c WHERE " +
				pick(g, []string{"c.id = matters.client_id", "c.email = matters.client_email"}) + " AND " + g.predicate(append(c, &source{}), 0) + g.returning(append(bare(t, "matters"), c...))
		case "documents":
			m := bare(schema[1], "m")
			return "UPDATE documents SET " + g.sets(t, m) + " FROM matters AS m WHERE " +
				pick(g, []string{"m.id = documents.matter_id", "m.ref = documents.matter_ref"}) + " AND " + g.predicate(append(m, &source{}), 0) + g.returning(append(bare(t, "documents"), m...))
		}
	}
	s := bare(t, t.name)
	sql := "UPDATE " + t.name
	if g.oneIn(4) {
		s[0].alias = "u"
		sql += " u"
		return sql + " SET " + strings.ReplaceAll(g.sets(t, nil), t.name+".", "u.") + " WHERE " + g.predicate(s, 1) + g.returning(s)
	}
	return sql + " SET " + g.sets(t, nil) + " WHERE " + g.predicate(s, 2) + g.returning(s)
}

// deleteRows deletes from a table, at times using another.
func (g *generator) deleteRows() string {
	t := g.anyTable()
	s := bare(t, t.name)
	if g.oneIn(5) && t.name == "matters" {
		c := bare(schema[0], "c")
		return "DELETE FROM matters USING clients c WHERE " + pick(g, []string{"c.id = matters.client_id", "c.email = matters.client_email"}) +
			" AND " + g.predicate(append(c, &source{}), 0) + " AND matters.id > " + g.id()
	}
	return "DELETE FROM " + t.name + " WHERE " + g.predicate(s, 1) + " AND " + t.name + ".id > " + g.id() + g.returning(s)
}

// writingWith writes in a WITH query.
func (g *generator) writingWith() string {
	g.spoiled = true // see insertSelect
	t := g.protectedTable()
	s := bare(t, t.name)
	returned := g.columnsOf(t, 1)
	q := scope{{alias: "q"}}
	for _, c := range returned {
		q[0].columns = append(q[0].columns, &member{c.name, c})
	}
	var inner string
	switch g.IntN(3) {
	case 0:
		columns := g.target(t)
		inner = "INSERT INTO " + t.name + " (" + names(columns) + ") VALUES " + g.list(1+g.IntN(2), func() string { return g.row(columns) }) + " ON CONFLICT DO NOTHING"
	case 1:
		inner = "UPDATE " + t.name + " SET " + g.sets(t, nil) + " WHERE " + g.predicate(s, 0)
	default:
		inner = "DELETE FROM " + t.name + " WHERE " + g.predicate(s, 0) + " AND id > " + g.id()
	}
	inner += " RETURNING " + names(returned)
	if g.oneIn(4) {
		return "WITH q AS (" + inner + ") INSERT INTO notes (id, n) SELECT count(*) + 50, count(*) FROM q ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING id, n"
	}
	return "WITH q AS (" + inner + ") SELECT " + g.items(q, 0) + " FROM q"
}

// merge joins two tables and writes what follows.
func (g *generator) merge() string {
	g.spoiled = true // see insertSelect
	t := g.protectedTable()
	s := bare(t, "m")
	columns := g.target(t)
	var using string
	var row func(c *column) string
	if g.oneIn(2) {
		using = "(SELECT " + g.id() + " AS k) x"
		row = func(c *column) string { return g.stored(c) }
	} else {
		using = "(SELECT id AS k, v, n FROM notes WHERE " + g.predicate(bare(schema[3], "notes"), 0) + ") x"
		row = func(c *column) string {
			if !c.sealed() && c.kind == int4Kind && !strings.HasSuffix(c.name, "id") {
				return "x.n"
			}
			return g.stored(c)
		}
	}
	var values []string
	for _, c := range columns {
		if c.name == "id" {
			values = append(values, "x.k")
			continue
		}
		values = append(values, row(c))
	}
	var sets []string
	for _, c := range columns {
		if c.name != "id" && len(sets) < 3 && !strings.Contains(c.clause, "UNIQUE") {
			sets = append(sets, c.name+" = "+row(c))
		}
	}
	matched := "DELETE"
	if len(sets) > 0 && g.IntN(4) > 0 {
		matched = "UPDATE SET " + strings.Join(sets, ", ")
	}
	sql := "MERGE INTO " + t.name + " AS m USING " + using + " ON m.id = x.k"
	if g.IntN(4) > 0 {
		sql += " WHEN MATCHED"
		if g.oneIn(3) {
			sql += " AND " + g.predicate(append(s, &source{}), 0)
		}
		sql += " THEN " + matched
	}
	return sql + " WHEN NOT MATCHED THEN INSERT (" + names(columns) + ") VALUES (" + strings.Join(values, ", ") + ")"
}

// truncate empties a table, seldom.
func (g *generator) truncate() string {
	return pick(g, []string{"TRUNCATE notes", "TRUNCATE documents", "DELETE FROM documents", "LOCK TABLE matters IN SHARE MODE", "TRUNCATE matters CASCADE", "ANALYZE clients"})
}
