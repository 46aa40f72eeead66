package main

import "strings"

// cursor declares a cursor, or goes on with one that may be there.
func (g *generator) cursor(u *unit) {
	g.several = true // its literals may be those of a Parse
	defer func() { g.several = false }()
	name := pick(g, []string{"c1", "c2"})
	if g.session.status == 'T' && g.oneIn(2) {
		g.useCursor(u, name)
		return
	}
	hold := g.oneIn(6)
	if g.session.status == 'I' && !hold {
		g.plainStatement(u, "transaction", "BEGIN", true)
	}
	query := "SELECT * FROM matters ORDER BY id FOR UPDATE"
	if hold || g.IntN(4) > 0 {
		query = g.orderedSelect(false).sql
	}
	sql := "DECLARE " + name + pick(g, []string{"", "", " NO SCROLL", " BINARY", " INSENSITIVE"}) + " CURSOR" + map[bool]string{true: " WITH HOLD"}[hold] + " FOR " + query
	g.plainStatement(u, "declare", sql, true)
	for range g.IntN(4) {
		g.useCursor(u, name)
	}
}

// useCursor reads, moves, writes through or closes a cursor.
func (g *generator) useCursor(u *unit, name string) {
	switch n := g.IntN(12); {
	case n < 9:
		g.plainStatement(u, "fetch", pick(g, []string{"FETCH ", "FETCH 2 FROM ", "FETCH NEXT IN ", "FETCH FORWARD 3 FROM ", "FETCH ALL FROM ", "MOVE 1 IN "})+name, true)
	case n < 11:
		g.of("where current of", false, func(g *generator) string { return "" })
		set := pick(g, []string{"n = n + 1", "title = " + g.literal(schema[1].column("title")), "kind = " + g.literal(schema[1].column("kind"))})
		g.plainStatement(u, "where current of", pick(g, []string{"UPDATE matters SET " + set, "DELETE FROM matters"})+" WHERE CURRENT OF "+name+pick(g, []string{"", " RETURNING id, title, n"}), true)
	default:
		g.plainStatement(u, "close", pick(g, []string{"CLOSE ALL", "CLOSE " + name}), true)
	}
}

// sqlPrepare prepares, executes or forgets a statement by SQL.
func (g *generator) sqlPrepare(u *unit) {
	name := pick(g, []string{"p1", "p2", "p3"})
	if known := g.session.prepared["sql "+name]; known != nil && g.IntN(4) > 0 {
		for range 1 + g.IntN(2) {
			g.sqlExecute(u, name, known)
		}
		return
	} else if known != nil {
		g.plainStatement(u, "deallocate", "DEALLOCATE "+name, true)
	}
	st := g.statement(true)
	for st.blind || st.form == "native" || st.form == "utility" || strings.HasPrefix(st.form, "merge") {
		st = g.statement(true)
	}
	types := ""
	if len(st.params) > 0 && g.oneIn(2) {
		types = " (" + st.typeNames() + ")"
	}
	g.session.prepared["sql "+name], u.prepares = st, []string{"sql " + name}
	g.plainStatement(u, "prepare", "PREPARE "+name+types+" AS "+st.sql, true)
}

func (g *generator) sqlExecute(u *unit, name string, st *statement) {
	args := ""
	if len(st.params) > 0 {
		var list []string
		g.spoiled = st.tame
		for _, p := range st.params {
			list = append(list, g.argument(p))
		}
		args = " (" + strings.Join(list, ", ") + ")"
	}
	g.plainStatement(u, "execute", "EXECUTE "+name+args, st.ordered)
}
