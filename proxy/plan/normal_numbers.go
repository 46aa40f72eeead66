package plan

// keyword notes where numbers start and cease to be column numbers.
func (n *normaliser) keyword(i int) {
	switch text := n.text(i); {
	case isWord(text, "by"):
		if n.verbatim < 0 {
			n.verbatim = n.depth
		}
	case isWord(text, "on"):
		if n.verbatim < 0 && i > 0 && n.word(i-1, "distinct") {
			n.verbatim = n.depth + 1
		}
	case n.verbatim == n.depth && endsSorting(text):
		n.verbatim = -1
	}
}

func endsSorting(word []byte) bool {
	for _, k := range [...]string{"limit", "offset", "fetch", "for", "having", "window", "union", "intersect", "except", "returning"} {
		if isWord(word, k) {
			return true
		}
	}
	return false
}

// punctuation keeps count of parentheses, and of the numbers in those that may be type modifiers.
func (n *normaliser) punctuation(i int) {
	switch n.src[n.toks[i].start] {
	case '(', '[':
		n.depth++
		if i > 0 && (n.toks[i-1].kind == tokQuoted || n.toks[i-1].kind == tokWord && !n.word(i-1, "values") && !n.word(i-1, "in")) {
			n.typmods = max(n.typmods, n.numbersEnd(i+1))
		}
	case ')', ']':
		n.depth--
		if n.depth < n.verbatim {
			n.verbatim = -1
		}
	case ';':
		n.verbatim = -1
	}
}

// numbersEnd returns the position of the parenthesis that closes a list of integers alone, 0 where it is none.
func (n *normaliser) numbersEnd(i int) int {
	for ; i+1 < len(n.toks) && n.toks[i].kind == tokInt; i += 2 {
		if n.op(i+1, ')') {
			return i + 1
		}
		if !n.op(i+1, ',') {
			return 0
		}
	}
	return 0
}
