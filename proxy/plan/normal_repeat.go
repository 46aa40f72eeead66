package plan

import "bytes"

// rows writes the rows of VALUES, equal ones once.
func (n *normaliser) rows() {
	n.repeat(n.row)
}

// elements writes the single tokens that a list starts with, equal ones once. What follows them is left.
func (n *normaliser) elements() {
	n.repeat(n.element)
}

// repeat writes items with commas between them; an item that looks like the one before it is taken back and counted.
// item returns false where there is none, and has then written nothing.
func (n *normaliser) repeat(item func() bool) {
	last := run{}
	var previous []byte
	for {
		start, kept := len(n.out), n.kept
		if last.count > 0 {
			n.token() // the comma
		}
		from, first := len(n.out), n.kept
		if !item() {
			break
		}
		if last.count > 0 && bytes.Equal(previous, n.out[from:]) {
			last.count++
			n.out, n.kept = n.out[:start], kept
		} else {
			n.note(last)
			last = run{first: first, length: n.kept - first, count: 1}
			previous = n.out[from:]
		}
		if !n.op(n.next, ',') {
			break
		}
	}
	n.note(last)
}

func (n *normaliser) note(r run) {
	if r.count > 1 {
		n.runs = append(n.runs, r)
	}
}

// row writes one row of VALUES, from its opening parenthesis to the closing one.
func (n *normaliser) row() bool {
	if !n.op(n.next, '(') {
		return false
	}
	for outside := n.depth; ; {
		i := n.next
		if n.alike && n.depth == outside+1 && n.alone(i) && n.constant(i) {
			n.standIn("''")
		} else {
			n.token()
		}
		if n.depth == outside || n.next == len(n.toks) {
			return true
		}
	}
}

// element writes one literal or parameter that is alone in its place.
func (n *normaliser) element() bool {
	i := n.next
	if i >= len(n.toks) || !n.alone(i) || !n.constant(i) && n.toks[i].kind != tokParam {
		return false
	}
	n.token()
	return true
}

// alone tells whether token i is all there is between commas or parentheses.
func (n *normaliser) alone(i int) bool {
	return i > 0 && i+1 < len(n.toks) && n.toks[i-1].kind == tokOp && isListStart(n.src[n.toks[i-1].start]) &&
		n.toks[i+1].kind == tokOp && isListEnd(n.src[n.toks[i+1].start])
}

// constant tells whether token i is a constant.
func (n *normaliser) constant(i int) bool {
	switch n.toks[i].kind {
	case tokString, tokEscape, tokUString, tokDollar, tokInt, tokNumber:
		return true
	case tokWord:
		return n.word(i, "null") || n.word(i, "true") || n.word(i, "false")
	}
	return false
}
