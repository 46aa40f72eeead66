package policy

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds of a policy file. The YAML parser recurses, and its time grows with the square of a mapping's or list's length
// (350,000 keys: 100 s; 50,000: 2 s), so the bounds are checked on the tokens before it runs.
const (
	maxFile    = 1 << 20 // bytes
	maxEntries = 50_000  // keys and list items together; some 12,000 columns of two keys each
	maxDepth   = 16      // brackets inside one another; a policy needs 4
	maxPerLine = 4       // "- - - -": lists inside lists on one line; a policy needs 1
)

// parse turns the file into the tree of its one document, nil for a file without content.
func parse(name string, data []byte) (root ast.Node, err error) {
	file := Position{File: name}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case len(data) > maxFile:
		return nil, &Error{file, fmt.Sprintf("the file has %d bytes, a policy may have %d", len(data), maxFile)}
	case !utf8.Valid(data):
		return nil, &Error{file, "the file is not valid UTF-8"}
	case bytes.IndexByte(data, 0) >= 0:
		return nil, &Error{file, "the file holds a NUL byte"}
	}
	// The parser is another's code on bytes from outside: a fault of its own must not end the program.
	defer func() {
		if recover() != nil {
			root, err = nil, &Error{file, "the file is not valid YAML"}
		}
	}()
	tokens := lexer.Tokenize(string(data))
	if err := checkTokens(name, tokens); err != nil {
		return nil, err
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, syntaxError(name, err)
	}
	if len(tree.Docs) == 0 {
		return nil, nil
	}
	return tree.Docs[0].Body, nil
}

// checkTokens refuses what the format does not have and what the parser would choke on.
func checkTokens(name string, tokens token.Tokens) error {
	var b bounds
	for i, t := range tokens {
		message := foreign(t, i == 0)
		if message == "" {
			message = b.exceeded(t)
		}
		if message != "" {
			return &Error{position(name, t), message}
		}
	}
	return nil
}

// foreign says which part of YAML a token begins that the format does not have.
func foreign(t *token.Token, first bool) string {
	switch t.Type {
	case token.AnchorType, token.AliasType, token.MergeKeyType:
		return "anchors and aliases are not part of a policy: write the value out"
	case token.TagType, token.DirectiveType:
		return "tags and directives are not part of a policy"
	case token.MappingKeyType:
		return "a key written with ? is not part of a policy: write key: value"
	case token.DocumentHeaderType, token.DocumentEndType:
		if t.Type == token.DocumentHeaderType && !first || t.Type == token.DocumentEndType && t.Next != nil {
			return "a policy is one document: remove what follows"
		}
	}
	return ""
}

// bounds counts what the tokens so far have opened.
type bounds struct{ depth, entries, line, inLine int }

// exceeded says which bound the token breaks.
func (b *bounds) exceeded(t *token.Token) string {
	if t.Position.Line != b.line {
		b.line, b.inLine = t.Position.Line, 0
	}
	switch t.Type {
	case token.MappingStartType, token.SequenceStartType:
		if b.depth++; b.depth > maxDepth {
			return "brackets are nested too deeply"
		}
	case token.MappingEndType, token.SequenceEndType:
		b.depth--
	case token.SequenceEntryType:
		if b.inLine++; b.inLine > maxPerLine {
			return "lists are nested too deeply"
		}
		b.entries++
	case token.MappingValueType, token.CollectEntryType:
		b.entries++
	}
	if b.entries > maxEntries {
		return fmt.Sprintf("the file has more than %d keys and list items", maxEntries)
	}
	return ""
}

func syntaxError(name string, err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return &Error{position(name, at.GetToken()), "not valid YAML: " + at.GetMessage()}
	}
	return &Error{Position{File: name}, "the file is not valid YAML"}
}

func position(name string, t *token.Token) Position {
	if t == nil || t.Position == nil {
		return Position{File: name}
	}
	return Position{File: name, Line: t.Position.Line, Column: t.Position.Column}
}
