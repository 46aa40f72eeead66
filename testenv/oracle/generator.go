package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// statement is a generated one.
type statement struct {
	form    string
	sql     string
	params  []param // of the extended protocol
	ordered bool    // the statement puts its rows into an order
	blind   bool    // its rows are not compared (EXPLAIN)
	tame    bool    // no Bind may bring a value that its column does not take
}

// param is a parameter of the extended protocol. Every Bind draws a value anew.
type param struct {
	oid   uint32 // that Parse declares; 0: left to the server
	array bool
	c     *column
	kind  *kind
}

// generator makes statements and, of them, units.
type generator struct {
	*rand.Rand
	session sessionState
	// of the statement that is being made
	extended bool // it may have parameters
	params   []param
	aliases  int
	ordered  bool
	blind    bool
	several  bool // it is one of several in a Query, or stands in another statement: then its values are right
	spoiled  bool // it has a value that its type does not take, or must not have one
}

func newGenerator(seed uint64) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 7)), session: sessionState{prepared: map[string]*statement{}}}
}

func pick[T any](g *generator, from []T) T { return from[g.IntN(len(from))] }

// oneIn is true once in n times.
func (g *generator) oneIn(n int) bool { return g.IntN(n) == 0 }

// choice is one of several ways to go on, by weight.
type choice struct {
	weight int
	make   func() string
}

func (g *generator) choose(choices ...choice) string {
	sum := 0
	for _, c := range choices {
		sum += c.weight
	}
	at := g.IntN(sum)
	for _, c := range choices {
		if at -= c.weight; at < 0 {
			return c.make()
		}
	}
	return ""
}

func (g *generator) alias() string {
	g.aliases++
	return fmt.Sprintf("%c%d", "tuvw"[g.IntN(4)], g.aliases)
}

// maxID bounds the keys, so that tables stay small and rows meet.
const maxID = 60

func (g *generator) id() string { return fmt.Sprint(1 + g.IntN(maxID)) }

// reference is a key that there mostly is.
func (g *generator) reference() string {
	if g.oneIn(8) {
		return g.id()
	}
	return fmt.Sprint(firstKey(g.IntN(firstRows)))
}

// text draws a value of a column; now and then one that its type does not take.
func (g *generator) text(c *column) string {
	switch {
	case c.name == "id":
		return g.id()
	case strings.HasSuffix(c.name, "_id"):
		return g.reference()
	}
	if c.sealed() && len(c.kind.wrong) > 0 && !g.spoiled && g.oneIn(300) {
		g.spoiled = true // one is enough: which of two the server meets first is its affair
		return pick(g, c.kind.wrong)
	}
	return g.right(c)
}

// right draws a value that the column takes. What is indexed is short: an index entry has a limit, which sealed values reach earlier.
func (g *generator) right(c *column) string {
	if c.sealed() && c.comparable() && c.kind.numbered != "" && g.oneIn(2) {
		return fmt.Sprintf(c.kind.numbered, g.IntN(40))
	}
	for {
		if text := pick(g, c.values()); len(text) < 1000 || !c.comparable() {
			return text
		}
	}
}

// literal writes a value of a column.
func (g *generator) literal(c *column) string {
	text := g.text(c)
	if (g.extended || g.several) && !c.kind.takes(text) { // pgseal looks at the literals of a Parse when values are bound, at those of a Query all at once
		text = g.right(c)
	}
	if c.kind.bare && g.IntN(4) > 0 && c.kind.takes(text) {
		return text
	}
	if c.kind == timestamptzKind && g.oneIn(4) && len(text) > 19 {
		text = text[:19] // the session's zone counts
	}
	switch g.IntN(14) {
	case 0:
		return g.quote(text) + "::" + g.castName(c)
	case 1:
		return "CAST(" + g.quote(text) + " AS " + g.castName(c) + ")"
	case 2:
		if c.kind != codeKind && c.kind != textsKind {
			return c.kind.typeName() + " " + g.quote(text)
		}
	}
	return g.quote(text)
}

// takes tells whether a text is a value of the type.
func (k *kind) takes(text string) bool { return !slices.Contains(k.wrong, text) }

// typeName is the name of the type without its modifier.
func (k *kind) typeName() string {
	name, _, _ := strings.Cut(k.name, "(")
	return name
}

// castName is a type that a value of the column may be cast to without being another one.
func (g *generator) castName(c *column) string {
	if c.kind == codeKind && g.oneIn(2) {
		return "text"
	}
	return c.kind.typeName()
}

// parameter adds a parameter and writes its place; the type is declared, cast to, or left to the server.
func (g *generator) parameter(c *column, array bool) string {
	p := param{c: c, kind: c.kind, array: array}
	oid := c.kind.oid
	if array {
		oid = c.kind.array
	}
	if g.oneIn(3) {
		p.oid = oid
	}
	g.params = append(g.params, p)
	place := fmt.Sprintf("$%d", len(g.params))
	if g.oneIn(6) {
		place += "::" + c.kind.typeName() + map[bool]string{true: "[]", false: ""}[array]
	}
	return place
}

// value writes a value that is never NULL, as a literal or a parameter.
func (g *generator) value(c *column) string {
	if g.extended && g.IntN(3) > 0 {
		return g.parameter(c, false)
	}
	return g.literal(c)
}

// stored writes what is stored in a column: a value, NULL or, at times, DEFAULT.
func (g *generator) stored(c *column) string {
	switch {
	case c.name == "id":
		return g.value(c)
	case g.oneIn(9) && !strings.Contains(c.clause, "NOT NULL"), g.oneIn(150):
		return pick(g, []string{"NULL", "NULL", "NULL", "NULL::" + c.kind.typeName()})
	case !c.sealed() && g.oneIn(9):
		return "DEFAULT"
	}
	return g.value(c)
}

// array writes an array of values for = ANY.
func (g *generator) array(c *column) string {
	if g.extended && g.oneIn(2) {
		return g.parameter(c, true)
	}
	if g.oneIn(2) {
		var elements []*string
		for range g.IntN(4) {
			text := g.right(c)
			elements = append(elements, &text)
			if g.oneIn(8) {
				elements = append(elements, nil)
			}
		}
		cast := ""
		if g.oneIn(2) {
			cast = "::" + c.kind.typeName() + "[]"
		}
		return g.quote(arrayText(elements)) + cast
	}
	return "ARRAY[" + g.list(1+g.IntN(3), func() string { return g.literalOf(c) }) + "]::" + c.kind.typeName() + "[]"
}

// literalOf is a literal without a cast of its own.
func (g *generator) literalOf(c *column) string { return g.quote(g.right(c)) }

func (g *generator) list(n int, one func() string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = one()
	}
	return strings.Join(parts, ", ")
}

// columnsOf draws columns of a table, in any order.
func (g *generator) columnsOf(t *table, atLeast int) []*column {
	n := atLeast + g.IntN(len(t.columns)-atLeast+1)
	out := make([]*column, n)
	for i, at := range g.Perm(len(t.columns))[:n] {
		out[i] = t.columns[at]
	}
	return out
}

func names(columns []*column) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c.name
	}
	return strings.Join(parts, ", ")
}

// protectedTable is a table with sealed columns; anyTable mostly is.
func (g *generator) protectedTable() *table { return schema[g.IntN(3)] }

func (g *generator) anyTable() *table {
	if g.oneIn(8) {
		return schema[3]
	}
	return g.protectedTable()
}
