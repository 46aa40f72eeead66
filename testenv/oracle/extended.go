package main

import (
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5/pgproto3"
)

// sessionState is what the generator knows of its session.
type sessionState struct {
	status   byte // of the transaction: I, T, E
	prepared map[string]*statement
}

// extendedOne runs one statement by Parse, Bind and Execute.
func (g *generator) extendedOne(u *unit) {
	st := g.statement(true)
	if g.oneIn(8) {
		st = g.orderedSelect(true)
		g.parse(u, "", st)
		g.bind(u, "", "", st)
		for range 1 + g.IntN(3) { // rows a few at a time
			u.add(&pgproto3.Execute{MaxRows: uint32(1 + g.IntN(4))})
			u.completes(st)
		}
		return
	}
	g.run(u, "", st)
}

// run parses a statement, and executes it once.
func (g *generator) run(u *unit, name string, st *statement) {
	g.parse(u, name, st)
	g.execute(u, name, st)
}

func (g *generator) parse(u *unit, name string, st *statement) {
	m := &pgproto3.Parse{Name: name, Query: st.sql}
	for i, p := range st.params {
		if p.oid != 0 {
			for len(m.ParameterOIDs) <= i {
				m.ParameterOIDs = append(m.ParameterOIDs, 0)
			}
			m.ParameterOIDs[i] = p.oid
		}
	}
	u.add(m)
	if g.oneIn(3) {
		u.add(&pgproto3.Describe{ObjectType: 'S', Name: name})
	}
}

func (g *generator) execute(u *unit, name string, st *statement) {
	portal := pick(g, []string{"", "", "", "po"})
	if portal != "" {
		u.add(&pgproto3.Close{ObjectType: 'P', Name: portal})
	}
	g.bind(u, portal, name, st)
	if g.oneIn(2) {
		u.add(&pgproto3.Describe{ObjectType: 'P', Name: portal})
	}
	u.add(&pgproto3.Execute{Portal: portal})
	u.completes(st)
}

// bind gives a statement's parameters values, as text, as binary, or mixed.
func (g *generator) bind(u *unit, portal, name string, st *statement) {
	m := &pgproto3.Bind{DestinationPortal: portal, PreparedStatement: name, ResultFormatCodes: pick(g, [][]int16{nil, {0}, {1}})}
	way := g.IntN(3)
	g.spoiled = st.tame
	for _, p := range st.params {
		value, binary := g.bound(p)
		format := int16(0)
		if binary != nil && (way == 1 || way == 2 && g.oneIn(2)) { // a wrong value has no binary form
			value, format = binary, 1
		}
		m.Parameters = append(m.Parameters, value)
		m.ParameterFormatCodes = append(m.ParameterFormatCodes, format)
	}
	if way == 0 {
		m.ParameterFormatCodes = nil
	} else if n := len(m.ParameterFormatCodes); n > 1 && !slices.ContainsFunc(m.ParameterFormatCodes, func(f int16) bool { return f != m.ParameterFormatCodes[0] }) {
		m.ParameterFormatCodes = m.ParameterFormatCodes[:1]
	}
	u.add(m)
}

// bound draws a parameter's value in both forms; nil is NULL.
func (g *generator) bound(p param) (text, binary []byte) {
	if g.oneIn(14) && p.c.name != "id" {
		return nil, nil
	}
	if p.array {
		var elements []*string
		for range g.IntN(4) {
			e := g.right(p.c)
			elements = append(elements, &e)
			if g.oneIn(8) {
				elements = append(elements, nil)
			}
		}
		binary, _ = p.kind.arrayBinary(elements)
		return []byte(arrayText(elements)), binary
	}
	v := g.text(p.c)
	binary, ok := p.kind.binaryOf(v)
	if !ok {
		return []byte(v), nil
	}
	if binary == nil {
		binary = []byte{}
	}
	return []byte(v), binary
}

// prepare gives a statement a name, and executes it at times.
func (g *generator) prepare(u *unit) {
	name := fmt.Sprintf("s%d", g.IntN(6))
	u.add(&pgproto3.Close{ObjectType: 'S', Name: name})
	st := g.statement(true)
	g.session.prepared[name], u.prepares = st, append(u.prepares, name)
	g.parse(u, name, st)
	for range g.IntN(3) {
		g.execute(u, name, st)
	}
}

// again executes what was prepared, more often than the server plans anew.
func (g *generator) again(u *unit) {
	name := fmt.Sprintf("s%d", g.IntN(6))
	st := g.session.prepared[name]
	if st == nil {
		g.prepare(u)
		return
	}
	for range 1 + g.IntN(3) {
		g.execute(u, name, st)
	}
}

// pipeline sends several requests before it hears of the first, with one Sync or several.
func (g *generator) pipeline(u *unit) {
	for range 2 + g.IntN(5) {
		switch n := g.IntN(10); {
		case n < 6:
			g.extendedOne(u)
		case n < 8:
			g.again(u)
		case n < 9:
			g.prepare(u)
		default:
			sql := pick(g, []string{"BEGIN", "COMMIT", "SAVEPOINT a", "ROLLBACK TO a", "ROLLBACK"})
			g.run(u, "", &statement{form: "transaction", sql: sql})
		}
		if g.oneIn(3) {
			u.add(&pgproto3.Sync{})
		} else if g.oneIn(8) {
			u.add(&pgproto3.Flush{})
		}
	}
	u.add(&pgproto3.Sync{})
}
