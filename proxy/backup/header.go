package backup

// CopyHeader reads the statement that begins COPY data in a dump: COPY schema.table (a, b) FROM stdin, with or without its semicolon. ok is false for any other
// text. The schema is empty where the statement names none.
func CopyHeader(text string) (schema, table string, columns []string, ok bool) {
	t := newTokens(text)
	if !t.next().is("copy") {
		return "", "", nil, false
	}
	if schema, table, ok = t.qualified(); !ok || !t.next().is("(") {
		return "", "", nil, false
	}
	if columns, ok = t.names(); !ok {
		return "", "", nil, false
	}
	if !t.next().is("from") || !t.next().is("stdin") {
		return "", "", nil, false
	}
	if end := t.next(); end.kind != tokenEnd && !end.is(";") {
		return "", "", nil, false
	}
	return schema, table, columns, true
}

// copiesIn tells that rows follow the statement, whether or not its form is known.
func copiesIn(text string) bool {
	t := newTokens(text)
	if !t.next().is("copy") {
		return false
	}
	for tok := t.next(); tok.kind != tokenEnd; tok = t.next() {
		if tok.is("from") {
			return t.next().is("stdin")
		}
	}
	return false
}
