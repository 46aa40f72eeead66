package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// maxErrors is how many faults of a file are collected before reading stops.
const maxErrors = 20

// reader walks the tree of one file and collects its faults.
type reader struct {
	name   string
	errors Errors
}

// entry is one key of a mapping with its value.
type entry struct {
	key     string
	keyNode ast.Node
	value   ast.Node
}

// fail notes a fault at the node.
func (r *reader) fail(n ast.Node, format string, args ...any) {
	r.failAt(r.at(n), format, args...)
}

func (r *reader) failAt(at Position, format string, args ...any) {
	if len(r.errors) < maxErrors {
		r.errors = append(r.errors, &Error{at, fmt.Sprintf(format, args...)})
	}
}

// at is the place of a node's first character.
func (r *reader) at(n ast.Node) Position {
	if m, ok := n.(*ast.MappingNode); ok && m.Start != nil && m.Start.Value != "{" && len(m.Values) > 0 {
		return r.at(m.Values[0].Key)
	}
	if n == nil {
		return Position{File: r.name}
	}
	return position(r.name, n.GetToken())
}

// entries returns the keys of a mapping in their order; what names the mapping in messages. A key that is given twice is
// a fault and left out the second time.
func (r *reader) entries(n ast.Node, what string) []entry {
	m, ok := n.(ast.MapNode)
	if !ok {
		r.fail(n, "%s must be a mapping (key: value), this is %s", what, describe(n))
		return nil
	}
	var all []entry
	first := make(map[string]Position)
	for it := m.MapRange(); it.Next(); {
		key, ok := keyText(it.Key())
		if !ok {
			r.fail(it.Key(), "a key of %s must be a plain word or a quoted string", what)
			continue
		}
		if at, twice := first[key]; twice {
			r.fail(it.Key(), "the key %q of %s stands already in line %d", key, what, at.Line)
			continue
		}
		first[key] = r.at(it.Key())
		all = append(all, entry{key: key, keyNode: it.Key(), value: it.Value()})
	}
	return all
}

// fields is entries for a mapping whose keys are a closed set; unknown ones are faults.
func (r *reader) fields(n ast.Node, what string, known ...string) []entry {
	return slices.DeleteFunc(r.entries(n, what), func(e entry) bool {
		if slices.Contains(known, e.key) {
			return false
		}
		hint := suggest(e.key, known)
		if hint == "" {
			hint = "; it has " + strings.Join(known, ", ")
		}
		r.fail(e.keyNode, "%s has no key %q%s", what, e.key, hint)
		return true
	})
}

// text reads a string. ok is false after a fault.
func (r *reader) text(n ast.Node, what string) (s string, ok bool) {
	v, ok := n.(*ast.StringNode)
	if !ok {
		r.fail(n, "%s must be a string, this is %s", what, describe(n))
		return "", false
	}
	return v.Value, true
}

// word reads a string out of a closed set.
func (r *reader) word(n ast.Node, what string, known ...string) (s string, ok bool) {
	s, ok = r.text(n, what)
	if !ok {
		return "", false
	}
	if !slices.Contains(known, s) {
		hint := suggest(s, known)
		if hint == "" {
			hint = "; it can be " + strings.Join(known, ", ")
		}
		r.fail(n, "%s cannot be %q%s", what, s, hint)
		return "", false
	}
	return s, true
}

// number reads a whole number in plain decimal digits.
func (r *reader) number(n ast.Node, what string) (i int, ok bool) {
	if _, isInteger := n.(*ast.IntegerNode); isInteger {
		if i, err := strconv.Atoi(n.GetToken().Value); err == nil {
			return i, true
		}
	}
	r.fail(n, "%s must be a whole number, this is %s", what, describe(n))
	return 0, false
}

// truth reads true or false.
func (r *reader) truth(n ast.Node, what string) bool {
	if b, ok := n.(*ast.BoolNode); ok {
		return b.Value
	}
	r.fail(n, "%s must be true or false, this is %s", what, describe(n))
	return false
}

// list reads a list of one or more strings, each at most once; each reads one of them.
func (r *reader) list(n ast.Node, what, example string, each func(ast.Node) (string, bool)) []string {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fail(n, "%s must be a list such as %s, this is %s", what, example, describe(n))
		return nil
	}
	if len(s.Values) == 0 {
		r.fail(n, "%s is an empty list: leave the key out", what)
	}
	var all []string
	for _, v := range s.Values {
		item, ok := each(v)
		switch {
		case !ok:
		case slices.Contains(all, item):
			r.fail(v, "%s names %s twice", what, item)
		default:
			all = append(all, item)
		}
	}
	return all
}

// keyText is the text of a key. Numbers, true and null may be names of columns; they are taken as they are written.
func keyText(n ast.MapKeyNode) (string, bool) {
	switch k := n.(type) {
	case *ast.StringNode:
		return k.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// describe says what a node is, for somebody who expected something else.
func describe(n ast.Node) string {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return "empty"
	case *ast.StringNode:
		return strconv.Quote(shorten(n.Value))
	case *ast.IntegerNode, *ast.FloatNode:
		return "the number " + shorten(n.GetToken().Value)
	case *ast.BoolNode:
		return "the truth value " + n.GetToken().Value
	case ast.MapNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	}
	return "something else"
}

// shorten keeps a message readable whatever the file holds.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
