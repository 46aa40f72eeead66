package plan

// Controls tells whether a text begins as those do that neither read nor write rows: the ends of transactions, SET and their like.
func Controls(sql []byte) bool {
	l := lexer{src: sql}
	t := l.next()
	if t.kind != tokWord {
		return false
	}
	for _, k := range [...]string{"begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "set", "show", "reset", "discard", "deallocate"} {
		if isWord(sql[t.start:t.end], k) {
			return true
		}
	}
	return false
}

// OverFresh refuses to run a prepared statement in a transaction that has changed what it uses: names are as Request.Fresh has them, anything as
// FreshAny.
func OverFresh(sql []byte, names []string, anything bool) *Refusal {
	if Controls(sql) {
		return nil
	}
	for _, name := range names {
		if mentionsName(sql, name) {
			return RefuseFresh(name)
		}
	}
	if anything {
		return refuseFreshAny()
	}
	return nil
}
