package main

import "strings"

// list is the view matter_list as a table: what is written to it is written to matters.
func list() *table {
	t := &table{name: "matter_list", unique: []string{"id", "ref"}}
	for _, name := range []string{"id", "title", "client_email", "ref", "status", "n"} {
		t.columns = append(t.columns, schema[1].column(name))
	}
	return t
}

// toView writes through a view.
func (g *generator) toView() string {
	t := list()
	s := bare(t, t.name)
	switch g.IntN(3) {
	case 0:
		columns := g.target(t)
		rows := g.list(1+g.IntN(2), func() string { return strings.ReplaceAll(g.row(columns), "DEFAULT", "NULL") })
		return "INSERT INTO matter_list (" + names(columns) + ") VALUES " + rows + g.onConflict(t, t.name) + g.returning(s)
	case 1:
		return "UPDATE matter_list SET " + strings.ReplaceAll(g.sets(t, nil), "DEFAULT", "NULL") + " WHERE " + g.predicate(s, 1) + g.returning(s)
	}
	return "DELETE FROM matter_list WHERE " + g.predicate(s, 1) + " AND id > " + g.id() + g.returning(s)
}

// mergeTables merges rows of one protected table into another: at most one row of the source meets each of the target.
func (g *generator) mergeTables() string {
	clients, matters := schema[0], schema[1]
	m := bare(matters, "m")
	both := append(m, bare(clients, "c")...)
	on := pick(g, []string{"m.client_email = c.email", "m.client_email = c.email", "m.id = c.id"})
	sql := "MERGE INTO matters m USING clients c ON " + on
	if g.oneIn(2) {
		sql += " AND " + g.predicate(both, 0)
	}
	if g.IntN(4) > 0 {
		sql += " WHEN MATCHED"
		if g.oneIn(3) {
			sql += " AND " + g.predicate(both, 0)
		}
		sql += " THEN " + pick(g, []string{"UPDATE SET client_email = c.email, title = " + g.value(matters.column("title")), "UPDATE SET n = m.n + 1, fee = " + g.value(matters.column("fee")),
			"UPDATE SET kind = m.kind", "DELETE", "DO NOTHING"})
	}
	if g.oneIn(2) {
		return sql + " WHEN NOT MATCHED AND c.rank = 1 THEN INSERT (id, client_email, title) VALUES (c.id + 70, c.email, " + g.value(matters.column("title")) + ")"
	}
	return sql + " WHEN NOT MATCHED THEN DO NOTHING"
}
