package backup

import "strings"

// The kinds of tokens that a statement is made of.
const (
	tokenEnd    = iota
	tokenWord   // keyword or identifier, folded to lower case
	tokenQuoted // identifier in double quotes
	tokenString // a literal in quotes of any form
	tokenOther  // one character, or a number
)

type token struct {
	kind int
	text string
}

// name tells whether the token can be an identifier.
func (t token) name() bool { return t.kind == tokenWord || t.kind == tokenQuoted }

func (t token) is(word string) bool {
	return (t.kind == tokenWord || t.kind == tokenOther) && t.text == word
}

// tokens takes a statement apart that Script has found: its quotes are closed, unless it was cut off.
type tokens struct {
	text string
	prev token // given back
	has  bool
}

func newTokens(text string) *tokens { return &tokens{text: text} }

func (t *tokens) back(tok token) { t.prev, t.has = tok, true }

func (t *tokens) next() token {
	if t.has {
		t.has = false
		return t.prev
	}
	t.text = strings.TrimLeft(t.text, " \t\r\n\f\v")
	if t.text == "" {
		return token{}
	}
	switch c := t.text[0]; {
	case c == '"':
		return token{tokenQuoted, t.quoted('"', false)}
	case c == '\'':
		return token{tokenString, t.quoted('\'', false)}
	case c == '$':
		if tag := dollarTag(t.text); tag != "" {
			body, rest, _ := strings.Cut(t.text[len(tag):], tag)
			t.text = rest
			return token{tokenString, body}
		}
	case identifierStart(c):
		return t.word()
	case c >= '0' && c <= '9':
		n := 1
		for n < len(t.text) && (identifierPart(t.text[n]) || t.text[n] == '.') {
			n++
		}
		return t.take(tokenOther, n)
	}
	return t.take(tokenOther, 1)
}

func (t *tokens) take(kind, n int) token {
	tok := token{kind, t.text[:n]}
	t.text = t.text[n:]
	return tok
}

func (t *tokens) word() token {
	n := 1
	for n < len(t.text) && identifierPart(t.text[n]) {
		n++
	}
	if n == 1 && len(t.text) > 1 && t.text[1] == '\'' { // E'..', B'..', X'..', N'..'
		escapes := t.text[0] == 'E' || t.text[0] == 'e'
		t.text = t.text[1:]
		return token{tokenString, t.quoted('\'', escapes)}
	}
	tok := t.take(tokenWord, n)
	tok.text = strings.ToLower(tok.text)
	return tok
}

// quoted reads up to the closing quote; a doubled one is one of the text.
func (t *tokens) quoted(quote byte, escapes bool) string {
	var b strings.Builder
	i := 1
	for ; i < len(t.text); i++ {
		c := t.text[i]
		if c == '\\' && escapes && i+1 < len(t.text) {
			i++
			b.WriteString(unescaped(t.text[i]))
			continue
		}
		if c == quote {
			if i+1 >= len(t.text) || t.text[i+1] != quote {
				i++
				break
			}
			i++
		}
		b.WriteByte(c)
	}
	t.text = t.text[i:]
	return b.String()
}

// unescaped is what a letter behind a backslash stands for. Numbers are left as they are: no sealed value has one.
func unescaped(c byte) string {
	if i := strings.IndexByte("bfnrtv", c); i >= 0 {
		return "\b\f\n\r\t\v"[i : i+1]
	}
	return string([]byte{c})
}

func identifierStart(c byte) bool {
	return c == '_' || c >= 0x80 || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func identifierPart(c byte) bool { return identifierStart(c) || c >= '0' && c <= '9' || c == '$' }

// dollarTag is the opening of a dollar-quoted text that begins here, or "".
func dollarTag(text string) string {
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '$':
			return text[:i+1]
		case !identifierPart(c) || i == 1 && !identifierStart(c):
			return ""
		}
	}
	return ""
}

// qualified reads a name with its schema; the schema is empty where none is named. ok is false where there is no name.
func (t *tokens) qualified() (schema, name string, ok bool) {
	first := t.next()
	if !first.name() {
		t.back(first)
		return "", "", false
	}
	dot := t.next()
	if !dot.is(".") {
		t.back(dot)
		return "", first.text, true
	}
	second := t.next()
	return first.text, second.text, second.name()
}

// names reads a list of names in parentheses, whose opening one has been read. ok is false where it is none.
func (t *tokens) names() (all []string, ok bool) {
	for {
		tok := t.next()
		if tok.is(")") && len(all) == 0 {
			return nil, true
		}
		if !tok.name() {
			return nil, false
		}
		all = append(all, tok.text)
		switch sep := t.next(); {
		case sep.is(")"):
			return all, true
		case !sep.is(","):
			return nil, false
		}
	}
}
