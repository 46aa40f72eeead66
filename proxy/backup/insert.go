package backup

import "strings"

// insert judges the rows of an INSERT statement, as pg_dump --inserts writes them. What cannot be read of a table that matters is a problem.
func (c *checker) insert(text string) {
	t := newTokens(text)
	t.next()
	if !t.next().is("into") || c.elsewhere {
		return
	}
	schema, table, ok := t.qualified()
	if !ok {
		return
	}
	name := full(c.schema(schema), table)
	matters := c.table(c.schema(schema), table) != nil || c.schema(schema) == ownSchema
	columns, known := c.defined[name]
	tok := t.next()
	if tok.is("(") {
		columns, known = t.names()
		tok = t.next()
	}
	for tok.is("overriding") || tok.is("system") || tok.is("user") || tok.is("value") {
		tok = t.next()
	}
	switch {
	case !matters:
		return // sealed values of other tables are not looked for in statements
	case !known || !tok.is("values") || c.script.cut:
		c.problem("%s: there is an INSERT that is not understood, or too long: take the dump without --inserts", name)
		return
	}
	target := c.target(schema, table, columns)
	for {
		if !t.next().is("(") || !c.inserted(t, target) {
			c.problem("%s: there is an INSERT that is not understood: take the dump without --inserts", name)
			return
		}
		if !t.next().is(",") {
			return
		}
	}
}

// inserted judges one row of VALUES, whose opening parenthesis has been read.
func (c *checker) inserted(t *tokens, to *target) bool {
	row := c.rows[to.name] + 1
	var record Row
	if to.keep {
		record = Row{}
	}
	n := 0
	for ; ; n++ {
		val, end, ok := expression(t)
		if !ok || n >= len(to.columns) {
			return false
		}
		switch w := to.watched[n]; {
		case val.is("null"):
			if w != nil {
				w.Null++
			}
		case val.is("default"): // of a generated column
		case val.kind == tokenString:
			c.judge(to, n, row, []byte(val.text), false)
			fallthrough
		default:
			if record != nil {
				record[to.columns[n]] = val.text
			}
			if w != nil && val.kind != tokenString {
				w.plain(to.name, row)
			}
		}
		if end {
			break
		}
	}
	c.counted(to, row)
	c.kept(to, record)
	return n+1 == len(to.columns)
}

// expression reads one value of VALUES and the comma or parenthesis behind it. One of several tokens is no literal: it is given as its text.
func expression(t *tokens) (val token, end, ok bool) {
	var parts []token
	for depth := 0; ; {
		tok := t.next()
		switch {
		case tok.kind == tokenEnd:
			return token{}, false, false
		case depth == 0 && (tok.is(",") || tok.is(")")):
			return joined(parts), tok.is(")"), len(parts) > 0
		case tok.is("("):
			depth++
		case tok.is(")"):
			depth--
		}
		parts = append(parts, tok)
	}
}

func joined(parts []token) token {
	if len(parts) == 1 {
		return parts[0]
	}
	var text strings.Builder
	for _, p := range parts {
		text.WriteString(p.text)
	}
	return token{tokenOther, text.String()}
}
