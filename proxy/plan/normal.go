package plan

import (
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

// normalise writes the normal form of a text into the memory of n.
func (n *normaliser) normalise(src []byte, toks []token, alike bool) {
	n.src, n.toks, n.alike = src, toks, alike
	n.out, n.runs = n.out[:0], n.runs[:0]
	n.next, n.kept, n.param, n.depth, n.verbatim, n.typmods = 0, 0, 0, 0, -1, 0
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

// token writes the next token: a literal's stand-in, a word in lower case, anything else as it is.
func (n *normaliser) token() {
	i := n.next
	switch n.toks[i].kind {
	case tokWord:
		n.keyword(i)
		n.standIn("")
		for _, c := range n.text(i) {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			n.out = append(n.out, c)
		}
		return
	case tokOp:
		n.punctuation(i)
	case tokParam:
		n.parameter(i)
		return
	default:
		if text := n.literal(i); text != "" {
			n.standIn(text)
			return
		}
	}
	n.standIn("")
	n.out = append(n.out, n.text(i)...)
}

// literal is the stand-in of a literal; empty where token i is none, or is one that stays.
func (n *normaliser) literal(i int) string {
	switch t := n.toks[i]; t.kind {
	case tokString, tokEscape, tokDollar:
		if i == 0 || !n.word(i-1, "uescape") {
			return "''"
		}
	case tokUString:
		if i+1 == len(n.toks) || !n.word(i+1, "uescape") {
			return "''"
		}
	case tokNString:
		return "N''"
	case tokBits:
		return "B'0'"
	case tokInt, tokNumber:
		if n.verbatim < 0 && i >= n.typmods {
			return numberStandIn(t.kind, n.src[t.start] == '-')
		}
	}
	return ""
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

// standIn writes text in place of the next token, or the start of what stands in its place.
func (n *normaliser) standIn(text string) {
	if n.kept > 0 {
		n.out = append(n.out, ' ')
	}
	n.kept++
	n.next++
	n.out = append(n.out, text...)
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
	n.standIn("$")
	n.out = strconv.AppendInt(n.out, int64(shown), 10)
}

// maxParams is the number of parameters that a statement can have: their count is a 16-bit number in Bind.
const maxParams = 65535
