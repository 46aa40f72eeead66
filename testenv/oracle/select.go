package main

import (
	"fmt"
	"strings"
)

// selectRows selects columns and expressions.
func (g *generator) selectRows() string {
	s, from := g.from(1+g.IntN(3), 2)
	sql := "SELECT " + g.items(s, 2) + " FROM " + from
	if g.IntN(4) > 0 {
		sql += " WHERE " + g.predicate(s, 2)
	}
	return sql + g.ending(s)
}

// ending orders and cuts the rows at times.
func (g *generator) ending(s scope) string {
	order := g.order(s)
	if order == "" || g.oneIn(3) {
		if random := s.refs(isSealed); len(random) > 0 && g.oneIn(40) {
			return " ORDER BY " + pick(g, random).sql
		}
		return ""
	}
	g.ordered = true
	if g.oneIn(4) {
		order += pick(g, []string{" LIMIT 3", " LIMIT 2 OFFSET 1", " OFFSET 2", " FETCH FIRST 4 ROWS ONLY"})
	}
	if len(s) == 1 && g.oneIn(12) {
		order += pick(g, []string{" FOR UPDATE", " FOR SHARE"})
	}
	return order
}

// items writes a select list.
func (g *generator) items(s scope, depth int) string {
	if g.oneIn(5) {
		if g.oneIn(3) {
			return pick(g, s).alias + ".*"
		}
		return "*"
	}
	return g.list(1+g.IntN(5), func() string { return g.expression(s, depth) })
}

// expression makes an output expression.
func (g *generator) expression(s scope, depth int) string {
	all := s.refs(anyColumn)
	r := pick(g, all)
	switch g.IntN(26) {
	case 0:
		return r.sql + " AS " + fmt.Sprintf("o%d", g.IntN(100))
	case 1:
		if n := s.refs(isPlainNumber); len(n) > 0 {
			return pick(g, n).sql + " + 1"
		}
	case 2:
		return fmt.Sprintf("coalesce(%s, %s)", r.sql, g.value(r.column))
	case 3:
		return fmt.Sprintf("CASE WHEN %s THEN %s END", g.predicate(s, 0), r.sql)
	case 4:
		return fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", g.predicate(s, 0), r.sql, g.literal(r.column))
	case 5:
		return fmt.Sprintf("nullif(%s, %s)", r.sql, g.value(r.column))
	case 6:
		return r.sql + "::" + r.kind.name // without its modifier pgseal still shows it
	case 7:
		return "(" + r.sql + ")"
	case 8:
		return g.predicate(s, 0) + " AS p"
	case 9:
		if depth > 0 {
			return g.scalar(depth - 1)
		}
	case 10:
		return pick(g, []string{"1", "'x'", "NULL", "true", "now() IS NULL", "length('abc')", "current_database() IS NULL"})
	case 11:
		return r.sql + pick(g, []string{" IS NULL", " IS NOT NULL"})
	case 12:
		if g.oneIn(3) {
			return fmt.Sprintf(pick(g, []string{"length(%s::text)", "upper(%s::text)", "md5(%s::text)"}), r.sql)
		}
	}
	return r.sql
}

// scalar is a subquery that gives one value.
func (g *generator) scalar(depth int) string {
	s, from := g.from(1, depth)
	r := pick(g, s.refs(anyColumn))
	if order := g.order(s); order != "" && g.oneIn(2) {
		return "(SELECT " + r.sql + " FROM " + from + " WHERE " + g.predicate(s, depth) + order + " LIMIT 1)"
	}
	return "(SELECT count(" + r.sql + ") FROM " + from + ")"
}

// grouped groups rows.
func (g *generator) grouped() string {
	s, from := g.from(1+g.IntN(2), 1)
	keys := s.refs(isComparable)
	if len(keys) == 0 || g.oneIn(30) {
		keys = s.refs(anyColumn)
	}
	r := pick(g, keys)
	by := []ref{r}
	if other := pick(g, keys); g.oneIn(3) && other.sql != r.sql {
		by = append(by, other)
	}
	var items, group []string
	for i, k := range by {
		items = append(items, k.sql)
		group = append(group, map[bool]string{true: fmt.Sprint(i + 1), false: k.sql}[g.oneIn(5)])
	}
	items = append(items, g.aggregate(s))
	sql := "SELECT " + strings.Join(items, ", ") + " FROM " + from
	if g.oneIn(2) {
		sql += " WHERE " + g.predicate(s, 1)
	}
	sql += " GROUP BY " + strings.Join(group, ", ")
	if g.oneIn(4) {
		sql += " HAVING count(*) > 1"
	}
	return sql
}

func (g *generator) aggregate(s scope) string {
	r := pick(g, s.refs(anyColumn))
	switch g.IntN(8) {
	case 0:
		return "count(" + r.sql + ")"
	case 1:
		if c := s.refs(isComparable); len(c) > 0 {
			return "count(DISTINCT " + pick(g, c).sql + ")"
		}
	case 2:
		if n := s.refs(isPlainNumber); len(n) > 0 {
			n := pick(g, n).sql
			return fmt.Sprintf(pick(g, []string{"sum(%s)", "min(%s)", "max(%s)", "avg(%s)"}), n)
		}
	case 3:
		return "count(*) FILTER (WHERE " + g.predicate(s, 0) + ")"
	case 4:
		if g.oneIn(6) {
			return "max(" + r.sql + "::text)"
		}
	}
	return "count(*)"
}

// aggregated has one row.
func (g *generator) aggregated() string {
	s, from := g.from(1+g.IntN(2), 2)
	return "SELECT " + g.list(1+g.IntN(3), func() string { return g.aggregate(s) }) + " FROM " + from + " WHERE " + g.predicate(s, 2)
}

// distinct drops equal rows.
func (g *generator) distinct() string {
	s, from := g.from(1, 1)
	refs := s.refs(isComparable)
	if len(refs) == 0 || g.oneIn(40) {
		refs = s.refs(anyColumn)
	}
	return "SELECT DISTINCT " + g.list(1+g.IntN(2), func() string { return pick(g, refs).sql }) + " FROM " + from + " WHERE " + g.predicate(s, 1)
}

// union joins the rows of two queries over columns that are alike.
func (g *generator) union() string {
	left, fromLeft := g.from(1, 1)
	right, fromRight := g.from(1, 1)
	operators := []string{" UNION ALL ", " UNION ALL ", " UNION ", " EXCEPT ", " INTERSECT "}
	for range 20 {
		a, b := pick(g, left.refs(anyColumn)), pick(g, right.refs(anyColumn))
		if !a.alike(b.column) || a.mode == randomized && g.oneIn(2) {
			continue
		}
		operator := pick(g, operators)
		if a.mode == randomized {
			operator = " UNION ALL "
		}
		return fmt.Sprintf("SELECT %s FROM %s WHERE %s%sSELECT %s FROM %s WHERE %s", a.sql, fromLeft, g.predicate(left, 1), operator, b.sql, fromRight, g.predicate(right, 1))
	}
	return "SELECT " + left[0].alias + ".id FROM " + fromLeft + pick(g, operators) + "SELECT " + right[0].alias + ".id FROM " + fromRight
}

// with names subqueries first.
func (g *generator) with() string {
	inner, from := g.from(1, 1)
	var columns []*member
	var items []string
	for i, r := range inner.refs(anyColumn) {
		if i == 0 || g.oneIn(2) {
			columns, items = append(columns, &member{r.name, r.column}), append(items, r.sql)
		}
	}
	s := scope{{alias: "q", columns: columns, key: inner[0].key && columns[0].name == "id"}}
	sql := "WITH q AS " + pick(g, []string{"", "", "MATERIALIZED ", "NOT MATERIALIZED "}) + "(SELECT " + strings.Join(items, ", ") + " FROM " + from +
		" WHERE " + g.predicate(inner, 1) + ") SELECT " + g.items(s, 1) + " FROM q"
	if g.oneIn(2) {
		sql += " WHERE " + g.predicate(s, 1)
	}
	return sql + g.ending(s)
}

// window numbers rows within groups.
func (g *generator) window() string {
	s, from := g.from(1, 0)
	keys := append(s.refs(isComparable), s.refs(anyColumn)[0])
	r := pick(g, keys)
	return fmt.Sprintf("SELECT %s, row_number() OVER (PARTITION BY %s ORDER BY %s.id) FROM %s", g.expression(s, 0), r.sql, s[0].alias, from)
}

// fromView reads a view over protected tables.
func (g *generator) fromView() string {
	if g.oneIn(2) {
		s := scope{{alias: "l", key: true}}
		for _, name := range []string{"id", "title", "client_email", "ref", "status", "n"} {
			s[0].columns = append(s[0].columns, &member{name, schema[1].column(name)})
		}
		return "SELECT " + g.items(s, 1) + " FROM matter_list l WHERE " + g.predicate(s, 1) + g.ending(s)
	}
	s := scope{{alias: "o", key: true}}
	s[0].columns = []*member{{"id", schema[1].column("id")}, {"title", schema[1].column("title")}, {"name", schema[0].column("name")}, {"client_email", schema[1].column("client_email")}}
	return "SELECT " + g.items(s, 1) + " FROM open_matters o WHERE " + g.predicate(s, 1) + g.ending(s)
}

// explain compares nothing but that it answers.
func (g *generator) explain() string {
	g.blind = true
	sql := pick(g, []func() string{g.selectRows, g.deleteRows, g.updateRows})()
	return "EXPLAIN " + sql
}

// nativeStatement names nothing protected.
func (g *generator) nativeStatement() string {
	return pick(g, []string{"SELECT 1", "SHOW search_path", "SELECT count(*) FROM notes", "SELECT * FROM notes ORDER BY id", "DELETE FROM notes WHERE n = 3",
		"INSERT INTO notes (id, v) VALUES (" + g.id() + ", 'v') ON CONFLICT (id) DO UPDATE SET n = 3", "SELECT 1/0", "SELECT no_such_column FROM notes", "LOCK TABLE notes", "TABLE notes ORDER BY id"})
}
