package plan

// tokenise cuts a text into all its tokens and appends them to list. A negative number that stands alone in a list is
// one token, so that lists of numbers have as many tokens whatever the signs. ok is false where a token cannot be read.
func tokenise(src []byte, list []token) (all []token, ok bool) {
	l := lexer{src: src}
	for {
		t := l.next()
		switch t.kind {
		case tokEOF:
			return list, true
		case tokBad:
			return list, false
		case tokOp:
			if isListEnd(src[t.start]) {
				list = mergeSign(src, list)
			}
		}
		list = append(list, t)
	}
}

func isListEnd(c byte) bool   { return c == ',' || c == ')' || c == ']' }
func isListStart(c byte) bool { return c == ',' || c == '(' || c == '[' }

// mergeSign joins the last two tokens where they are the sign and the digits of a number that is alone in its place.
func mergeSign(src []byte, list []token) []token {
	n := len(list)
	if n < 3 {
		return list
	}
	before, sign, number := list[n-3], list[n-2], list[n-1]
	if number.kind != tokInt && number.kind != tokNumber || sign.end != number.start ||
		sign.kind != tokOp || sign.end-sign.start != 1 || src[sign.start] != '-' ||
		before.kind != tokOp || !isListStart(src[before.start]) {
		return list
	}
	list[n-2] = token{sign.start, number.end, number.kind}
	return list[:n-1]
}
