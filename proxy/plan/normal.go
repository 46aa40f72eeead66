package plan

import (
	"bytes"
	"encoding/binary"
	"strconv"
)

// A text's normal form is what its plan depends on: its tokens, one blank between them, with a stand-in for each literal,
// and only the first of equal rows of VALUES and of equal elements of lists. The planner analyses the normal form and
// never the text itself, so that a plan cannot depend on a literal. What does decide about the meaning stays as it is:
// numbers behind ORDER BY and GROUP BY (they are column numbers), type modifiers, and strings that UESCAPE goes with.
//
// Parameters are numbered in the order of their first use nearly always, so that $1 stands for the number behind the
// last one and $n+1 for any other number n: rows of parameters then look alike as well.

// run is a row of VALUES or an element of a list that comes several times.
type run struct {
	first  int // its first token in the normal form
	length int // its tokens
	count  int
}

// normaliser writes the normal form of one text.
type normaliser struct {
	src  []byte
	toks []token
	// alike is set where constants alone in a row of VALUES look alike, NULL and booleans too.
	alike bool

	out   []byte
	runs  []run
	next  int // token to be written next
	kept  int // tokens in out
	param int // number of the last parameter

	depth    int // open parentheses and brackets
	verbatim int // depth at which numbers are kept, -1 where they are not
	typmods  int // numbers before this token are kept
}

// normalise writes the normal form; the slices of room are used again.
func normalise(src []byte, toks []token, alike bool, room normaliser) normaliser {
	n := normaliser{src: src, toks: toks, alike: alike, out: room.out[:0], runs: room.runs[:0], verbatim: -1}
	for n.next < len(toks) {
		i := n.next
		n.token()
		switch {
		case n.word(i, "values") && n.op(i+1, '('):
			n.rows()
		case n.word(i, "in") && n.op(i+1, '('), n.word(i, "array") && n.op(i+1, '['):
			n.token()
			n.elements()
		}
	}
	return n
}

// appendKey appends what distinguishes texts of one normal form: how often each row or element comes, and facts.
func (n *normaliser) appendKey(facts ...uint64) (text, key []byte) {
	length := len(n.out)
	n.out = append(n.out, 0)
	for _, f := range facts {
		n.out = binary.AppendUvarint(n.out, f)
	}
	for _, r := range n.runs {
		n.out = binary.AppendUvarint(n.out, uint64(r.first))
		n.out = binary.AppendUvarint(n.out, uint64(r.count))
	}
	return n.out[:length], n.out
}

func (n *normaliser) word(i int, keyword string) bool {
	return n.toks[i].kind == tokWord && isWord(n.text(i), keyword)
}

func (n *normaliser) op(i int, c byte) bool {
	return i < len(n.toks) && n.toks[i].kind == tokOp && n.src[n.toks[i].start] == c
}

func (n *normaliser) text(i int) []byte { return n.src[n.toks[i].start:n.toks[i].end] }

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

// token writes the next token.
func (n *normaliser) token() {
	i := n.next
	switch t := n.toks[i]; t.kind {
	case tokWord:
		n.keyword(i)
		n.blank()
		for _, c := range n.text(i) {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			n.out = append(n.out, c)
		}
		n.next++
		return
	case tokOp:
		n.punctuation(i)
	case tokString, tokEscape, tokDollar:
		if i == 0 || !n.word(i-1, "uescape") {
			n.standIn("''")
			return
		}
	case tokUString:
		if i+1 == len(n.toks) || !n.word(i+1, "uescape") {
			n.standIn("''")
			return
		}
	case tokNString:
		n.standIn("N''")
		return
	case tokBits:
		n.standIn("B'0'")
		return
	case tokInt, tokNumber:
		if n.verbatim < 0 && i >= n.typmods {
			n.standIn(numberStandIn(t.kind, n.src[t.start] == '-'))
			return
		}
	case tokParam:
		n.parameter(i)
		return
	}
	n.blank()
	n.out = append(n.out, n.text(i)...)
	n.next++
}

func numberStandIn(kind tokenKind, negative bool) string {
	switch {
	case kind == tokInt && negative:
		return "-1"
	case kind == tokInt:
		return "0" // no column has this number
	case negative:
		return "-1.5"
	}
	return "1.5"
}

// blank starts a token.
func (n *normaliser) blank() {
	if n.kept > 0 {
		n.out = append(n.out, ' ')
	}
	n.kept++
}

// standIn writes text in place of the next token.
func (n *normaliser) standIn(text string) {
	n.blank()
	n.out = append(n.out, text...)
	n.next++
}

func (n *normaliser) parameter(i int) {
	number, err := strconv.Atoi(string(n.text(i)[1:]))
	if err != nil || number > maxParams {
		number = maxParams + 1
	}
	shown := number + 1
	if number == n.param+1 {
		shown = 1
	}
	n.param = number
	n.blank()
	n.out = append(n.out, '$')
	n.out = strconv.AppendInt(n.out, int64(shown), 10)
	n.next++
}

// maxParams is the number of parameters that a statement can have: their count is a 16-bit number in Bind.
const maxParams = 65535

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
