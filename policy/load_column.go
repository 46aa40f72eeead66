package policy

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// Bounds of pad, in bytes.
const (
	minPad = 2
	maxPad = 1 << 16
)

// column reads one column and holds its keys against each other.
func (r *reader) column(e entry) *Column {
	c := &Column{Name: e.key, Where: r.at(e.keyNode)}
	given := make(map[string]entry)
	moded := false
	for _, f := range r.fields(e.value, "a column", "mode", "type", "normalize", "requires_key", "domain", "pad", "state") {
		given[f.key] = f
		switch f.key {
		case "mode":
			moded = true
			s, _ := r.word(f.value, "mode", string(Randomized), string(Deterministic), string(Plain))
			c.Mode = Mode(s)
		case "type":
			c.Type = r.logicalType(f.value)
		case "normalize":
			c.Normalize = r.list(f.value, "normalize", "[trim, lower]", func(v ast.Node) (string, bool) {
				return r.word(v, "a step of normalize", "trim", "lower", "nfc")
			})
		case "requires_key":
			c.RequiresKey = r.access(f.value)
		case "domain":
			c.Domain = r.domain(f.value)
		case "pad":
			c.Pad = r.pad(f.value)
		case "state":
			s, _ := r.word(f.value, "state", string(Observe))
			c.State = State(s)
		}
	}
	if _, isMapping := e.value.(ast.MapNode); isMapping && !moded {
		r.fail(e.keyNode, "the column %s has no mode: write mode: %s, %s or %s", c.Name, Randomized, Deterministic, Plain)
	}
	r.checkColumn(c, e, given)
	return c
}

// checkColumn finds keys that contradict the mode or one another. Faults of single keys have been noted before.
func (r *reader) checkColumn(c *Column, e entry, given map[string]entry) {
	if c.Mode == Plain {
		for _, key := range []string{"type", "normalize", "domain", "pad", "state"} {
			if f, ok := given[key]; ok {
				r.fail(f.keyNode, "%s has no meaning for a plain column, which is stored as it is", key)
			}
		}
		if _, ok := given["requires_key"]; !ok {
			r.fail(e.keyNode, "the plain column %s has no requires_key, so nothing would be protected: leave it out or write requires_key", c.Name)
		}
		return
	}
	if f, ok := given["domain"]; ok && c.Mode == Randomized {
		r.fail(f.keyNode, "domain has no meaning for a randomized column, whose equal values look different; did you mean mode: deterministic?")
	}
	if c.Type == "" {
		return
	}
	t, err := ParseType(c.Type)
	if err != nil {
		return
	}
	if why := t.Lossy(); why != "" && c.Mode == Deterministic {
		r.fail(given["type"].value, "the type %s cannot be deterministic: %s", t, why)
	}
	if f, ok := given["normalize"]; ok && !t.Normal() {
		r.fail(f.keyNode, "normalize has no meaning for the type %s: it is for text and varchar", t)
	}
}

func (r *reader) logicalType(n ast.Node) string {
	s, ok := r.text(n, "type")
	if !ok {
		return ""
	}
	t, err := ParseType(s)
	if err != nil {
		r.fail(n, "%v", err)
		return ""
	}
	return t.String()
}

func (r *reader) domain(n ast.Node) string {
	s, ok := r.text(n, "domain")
	if !ok {
		return ""
	}
	if err := checkIdentifier(s); err != nil {
		r.fail(n, "%v", err)
		return ""
	}
	return s
}

func (r *reader) pad(n ast.Node) int {
	i, ok := r.number(n, "pad")
	if ok && (i < minPad || i > maxPad) {
		r.fail(n, "pad must be between %d and %d bytes", minPad, maxPad)
	}
	return i
}

// checkDomains finds columns of one equality domain whose equal values would not have equal sealed forms.
func (r *reader) checkDomains(p *Policy) {
	first := make(map[string]*Column)
	of := make(map[string]TableName)
	for _, name := range p.Names() {
		t := p.Tables[name]
		for _, columnName := range t.ColumnNames() {
			c := t.Columns[columnName]
			if c.Domain == "" {
				continue
			}
			other := first[c.Domain]
			if other == nil {
				first[c.Domain], of[c.Domain] = c, name
				continue
			}
			if what := differs(c, other); what != "" {
				r.failAt(c.Where, "%s.%s and %s.%s share the domain %s, so their %s must be the same",
					name, c.Name, of[c.Domain], other.Name, c.Domain, what)
			}
		}
	}
}

// differs names the key by which two columns of one domain differ.
func differs(a, b *Column) string {
	switch {
	case !slices.Equal(a.Normalize, b.Normalize):
		return "normalize"
	case a.Pad != b.Pad:
		return "pad"
	case a.Type == "" || b.Type == "":
		return "" // the live catalogue knows
	}
	s, err1 := ParseType(a.Type)
	t, err2 := ParseType(b.Type)
	if err1 == nil && err2 == nil && !s.comparableTo(t) {
		return "type"
	}
	return ""
}
