package plan

// sighting is what the first look at a text has found. A zero sighting means that the text goes to the server as it is.
type sighting struct {
	signs sign
	kinds kind
	// unclear: a token could not be read, or is an escaped identifier, so that a protected name may hide in it.
	unclear bool
}

// kind is what sort of statement a text holds, as far as it concerns the session whatever the statement names. A set.
type kind uint8

const (
	kindSetting    kind = 1 << iota // SET, RESET, DISCARD
	kindHandle                      // EXECUTE, DEALLOCATE, PREPARE, what may hold an EXECUTE, and what names a cursor
	kindDefinition                  // CREATE, ALTER, DROP, IMPORT
	kindCode                        // DO, CALL
)

// scan looks at each token once and allocates nothing.
func (p *probe) scan(src []byte) sighting {
	var s sighting
	l := lexer{src: src}
	first := true
	for {
		t := l.next()
		switch t.kind {
		case tokEOF:
			return s
		case tokWord:
			word := src[t.start:t.end]
			if first {
				s.kinds |= statementKind(word)
				first = false
			}
			s.signs |= p.word(word)
			continue
		case tokQuoted:
			s.signs |= p.quoted(src[t.start:t.end])
		case tokUQuoted, tokBad:
			s.unclear = true
		case tokOp:
			if c := src[t.start]; c == ';' {
				first = true
				continue
			} else if c == '(' {
				continue // (SELECT ...)
			}
		}
		first = false
	}
}

// statementKind classifies a statement by its first word.
func statementKind(word []byte) kind {
	var buf [maxName + 1]byte
	if len(word) > len("deallocate") {
		return 0
	}
	switch string(foldWord(&buf, word)) {
	case "set", "reset", "discard":
		return kindSetting
	case "execute", "deallocate", "explain", "prepare", "declare", "fetch", "move", "close":
		return kindHandle
	case "create":
		return kindDefinition | kindHandle
	case "alter", "drop", "import":
		return kindDefinition
	case "do", "call":
		return kindCode
	}
	return 0
}
