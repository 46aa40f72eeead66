package plan

// Split cuts a text, such as a file of SQL, into its statements, without their semicolons. Those inside of parentheses and of the
// bodies of functions (BEGIN ATOMIC ... END) do not end one. Lines that begin with a backslash between statements, psql's own
// commands, are left out. The results are parts of src.
func Split(src []byte) [][]byte {
	var all [][]byte
	l := lexer{src: src}
	s := splitter{src: src}
	for {
		t := l.next()
		switch {
		case t.kind == tokEOF:
			return s.end(all)
		case s.count == 0 && src[t.start] == '\\':
			for l.pos < len(src) && src[l.pos] != '\n' {
				l.pos++
			}
		case t.kind == tokOp && src[t.start] == ';' && s.parens <= 0 && s.blocks <= 0:
			all = s.end(all)
		default:
			s.token(t)
		}
	}
}

// splitter follows what is open in one statement.
type splitter struct {
	src            []byte
	start, last    int // of the statement's tokens so far
	count          int // of its tokens
	create, body   bool
	parens, blocks int
}

func (s *splitter) end(all [][]byte) [][]byte {
	if s.count > 0 {
		all = append(all, s.src[s.start:s.last])
	}
	*s = splitter{src: s.src}
	return all
}

func (s *splitter) token(t token) {
	text := s.src[t.start:t.end]
	if s.count == 0 {
		s.start = int(t.start)
		s.create = t.kind == tokWord && isWord(text, "create")
	}
	s.count++
	s.last = int(t.end)
	switch t.kind {
	case tokOp:
		switch text[0] {
		case '(':
			s.parens++
		case ')':
			s.parens--
		}
	case tokWord:
		s.word(text)
	}
}

// word follows the blocks in the body of a function.
func (s *splitter) word(text []byte) {
	switch {
	case s.create && (isWord(text, "function") || isWord(text, "procedure")):
		s.body = true
	case !s.body:
	case isWord(text, "begin"):
		s.blocks++
	case isWord(text, "case") && s.blocks > 0:
		s.blocks++
	case isWord(text, "end"):
		s.blocks--
	}
}
