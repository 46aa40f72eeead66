package plan

import "syscall"

// The parser's functions call each other for each level of the tree that it makes, in C, on a stack that Go does not
// grow: a text of about 24,300 chained operators ends the whole process where the stack has its usual 8 MiB, one of
// 2,000 to 3,000 where it has 1 MiB. Commas, AND and OR make lists, not levels; everything else may be one level. So
// the depth of a text is taken as the largest number of tokens between separators, added up over the parentheses that
// are open; joins and set operations, which chain across separators, are counted for themselves. That is never less
// than the depth of the tree.

// defaultDepth is the depth that a text may have: 1,500 tokens in a row are 750 chained operators. stackPerLevel is what a
// level takes of the stack at most, twice: 533 bytes were measured for nested subqueries, 355 for NOT, 177 for operators.
const (
	defaultDepth  = 1500
	stackPerLevel = 1100
)

// depthOnStack is the depth that a text may have where threads have a stack of that size.
func depthOnStack(bytes uint64) int { return int(min(defaultDepth, bytes/stackPerLevel)) }

// threadStack is the size of the stack of a thread that calls the parser: the process's limit.
func threadStack() uint64 {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_STACK, &limit); err != nil {
		return 0
	}
	return limit.Cur
}

// chainWeight is what a join or set operation counts: its own node, and the lists around it.
const chainWeight = 3

// level is what is known of one pair of parentheses, or of the statement itself.
type level struct {
	deepest uint32 // the deepest item so far
	item    uint32 // depth of the item that is being read
	chain   uint32 // joins and set operations
	between uint32 // BETWEENs whose AND is still to come
	cases   []caseFrame
}

// caseFrame is a CASE that is being read: its arms are items on top of what stands in front of it.
type caseFrame struct{ base, deepest, between uint32 }

func (l *level) depth() uint32 {
	for len(l.cases) > 0 {
		l.endCase()
	}
	return max(l.deepest, l.item) + l.chain
}

// separate starts a new item: of the innermost CASE, or of the level.
func (l *level) separate() {
	if n := len(l.cases); n > 0 {
		c := &l.cases[n-1]
		c.deepest = max(c.deepest, l.item)
		l.item = c.base
		return
	}
	l.deepest = max(l.deepest, l.item)
	l.item = 0
}

func (l *level) beginCase() {
	l.item++
	l.cases = append(l.cases, caseFrame{base: l.item, deepest: l.item, between: l.between})
	l.between = 0
}

func (l *level) endCase() {
	n := len(l.cases) - 1
	if n < 0 {
		l.item++
		return
	}
	c := l.cases[n]
	l.cases = l.cases[:n]
	l.item, l.between = max(c.deepest, l.item)+1, c.between
}

// comma ends an item of the level for certain: there is none between CASE and END outside of parentheses.
func (l *level) comma() {
	for len(l.cases) > 0 {
		l.endCase()
	}
	l.between = 0
	l.separate()
}

// depth returns the bound of the depth of the tree that the parser would make of the tokens.
func depth(src []byte, toks []token) int {
	var d depthGauge
	d.levels = append(d.levels, level{})
	member := false // behind a dot every word is a name
	for _, t := range toks {
		switch text := src[t.start:t.end]; {
		case t.kind == tokOp:
			d.punctuation(text[0])
			member = text[0] == '.'
			continue
		case t.kind == tokWord && !member:
			d.top().keyword(text)
		default:
			d.top().item++
		}
		member = false
	}
	d.end()
	return int(d.deepest)
}

type depthGauge struct {
	levels  []level
	deepest uint32
}

func (d *depthGauge) top() *level { return &d.levels[len(d.levels)-1] }

func (d *depthGauge) punctuation(c byte) {
	switch c {
	case '(', '[':
		d.levels = append(d.levels, level{})
	case ')', ']':
		d.close()
	case ',':
		d.top().comma()
	case ';':
		d.end()
	default:
		d.top().item++
	}
}

// close ends the innermost level: its depth is part of the item that it stands in.
func (d *depthGauge) close() {
	if n := len(d.levels) - 1; n > 0 {
		inner := d.top().depth()
		d.levels = d.levels[:n]
		d.top().item += inner + 1
	}
}

// end ends the statement.
func (d *depthGauge) end() {
	for len(d.levels) > 1 {
		d.close()
	}
	d.deepest = max(d.deepest, d.top().depth())
	d.levels[0] = level{}
}

func (l *level) keyword(word []byte) {
	switch {
	case isWord(word, "and"):
		if l.between > 0 {
			l.between--
			l.item++
			return
		}
		l.separate()
	case isWord(word, "or"):
		l.separate()
	case len(l.cases) > 0 && (isWord(word, "when") || isWord(word, "then") || isWord(word, "else")):
		l.between = 0
		l.separate()
	case isWord(word, "case"):
		l.beginCase()
	case isWord(word, "end"):
		l.endCase()
	case isWord(word, "join"), isWord(word, "union"), isWord(word, "intersect"), isWord(word, "except"):
		l.chain += chainWeight
	case isWord(word, "between"):
		l.between++
		l.item++
	default:
		l.item++
	}
}
