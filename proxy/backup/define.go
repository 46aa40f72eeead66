package backup

// create follows which columns tables have, for INSERT statements that name none, and which tables are parts of others.
func (c *checker) create(text string) {
	t := newTokens(text)
	t.next()
	what := t.next()
	for what.is("unlogged") || what.is("foreign") || what.is("global") || what.is("local") || what.is("temporary") || what.is("temp") {
		what = t.next()
	}
	if !what.is("table") || c.elsewhere {
		return
	}
	schema, table, ok := t.qualified()
	if !ok || !t.next().is("(") {
		return
	}
	name := full(c.schema(schema), table)
	columns := definedColumns(t)
	if c.script.cut || len(c.defined) >= maxTables {
		return
	}
	c.defined[name] = columns
	if t.next().is("inherits") && t.next().is("(") {
		if schema, parent, ok := t.qualified(); ok {
			c.parents[name] = full(c.schema(schema), parent)
		}
	}
}

// maxTables bounds what is kept of definitions. No database has as many.
const maxTables = 1 << 20

// definedColumns reads the parentheses of CREATE TABLE, whose opening one has been read.
func definedColumns(t *tokens) (columns []string) {
	first, depth := true, 1
	for {
		tok := t.next()
		switch {
		case tok.kind == tokenEnd:
			return columns
		case tok.is("(") || tok.is("["):
			depth++
		case tok.is(")") || tok.is("]"):
			if depth--; depth == 0 {
				return columns
			}
		case tok.is(",") && depth == 1:
			first = true
			continue
		case first && tok.name() && !tableConstraint(tok):
			columns = append(columns, tok.text)
		}
		first = false
	}
}

// tableConstraint tells that an entry of CREATE TABLE is no column: pg_dump puts a column of such a name in quotes.
func tableConstraint(tok token) bool {
	for _, word := range []string{"constraint", "check", "unique", "primary", "foreign", "exclude", "like"} {
		if tok.kind == tokenWord && tok.text == word {
			return true
		}
	}
	return false
}

// attach follows ALTER TABLE parent ATTACH PARTITION child.
func (c *checker) attach(text string) {
	t := newTokens(text)
	t.next()
	if !t.next().is("table") || c.elsewhere {
		return
	}
	if only := t.next(); !only.is("only") {
		t.back(only)
	}
	schema, parent, ok := t.qualified()
	if !ok || !t.next().is("attach") || !t.next().is("partition") {
		return
	}
	if childSchema, child, ok := t.qualified(); ok && len(c.parents) < maxTables {
		c.parents[full(c.schema(childSchema), child)] = full(c.schema(schema), parent)
	}
}
