package policy

import (
	"slices"
	"strings"
)

// domains finds columns of one equality domain whose live types differ.
func (v *validator) domains() {
	type member struct {
		t *Table
		c *Column
	}
	first := make(map[string]member)
	for _, name := range v.policy.Names() {
		t := v.policy.Tables[name]
		for _, columnName := range t.ColumnNames() {
			c := t.Columns[columnName]
			logical, sound := v.logical[c]
			if c.Domain == "" || !sound {
				continue
			}
			other, ok := first[c.Domain]
			if !ok {
				first[c.Domain] = member{t, c}
				continue
			}
			if o := v.logical[other.c]; !logical.comparableTo(o) {
				v.report(SeverityError, t, c, "domain "+c.Domain, "", "it is %s, and %s.%s of the same domain %s is %s: their equal values would have different sealed forms",
					logical, other.t.Name, other.c.Name, c.Domain, o)
			}
		}
	}
}

// foreignKeys refuses those that lead from or to a sealed column and whose two sides are not one equality domain.
func (v *validator) foreignKeys() {
	for _, fk := range v.live.ForeignKeys {
		for i := range fk.FromColumns {
			v.reference(fk, i)
		}
	}
}

// reference checks one pair of columns of a foreign key.
func (v *validator) reference(fk ForeignKey, i int) {
	fromTable, from := v.sealed(fk.From, fk.FromColumns[i])
	toTable, to := v.sealed(fk.To, fk.ToColumns[i])
	if from == nil && to == nil {
		return
	}
	if from != nil && to != nil && from.Mode == Deterministic && to.Mode == Deterministic && sameDomain(from, to) {
		return // with several tenants too: a key that is referred to is unique, which is refused then
	}
	t, c, hint := fromTable, from, ""
	if c == nil {
		t, c = toTable, to
	}
	if from != nil && to != nil && from != to {
		hint = "make both deterministic and give both the same domain"
	}
	object := "foreign key " + fk.Name
	v.report(SeverityError, t, c, object, hint, "the %s from %s.%s to %s.%s could not hold: %s",
		object, fk.From, fk.FromColumns[i], fk.To, fk.ToColumns[i], whyUnequal(from, to))
}

// sealed returns the listed table and the sealed column that a live column belongs to, or nils.
func (v *validator) sealed(relation TableName, column string) (*Table, *Column) {
	t := v.owner[relation]
	if t == nil {
		return nil, nil
	}
	c := t.Columns[column]
	if c == nil || !c.Mode.Sealed() {
		return nil, nil
	}
	return t, c
}

// sameDomain tells whether equal values of the two columns have equal sealed forms.
func sameDomain(a, b *Column) bool {
	return a == b || a.Domain != "" && a.Domain == b.Domain && slices.Equal(a.Normalize, b.Normalize) && a.Pad == b.Pad
}

func whyUnequal(from, to *Column) string {
	switch {
	case from == nil:
		return "the column that refers is not sealed"
	case to == nil:
		return "the column that is referred to is not sealed"
	case from.Mode == Randomized || to.Mode == Randomized:
		return "equal values look different in a randomized column"
	}
	return "the two are not one equality domain"
}

// sqlName quotes an identifier for statements in hints.
func sqlName(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == "" && s[0] > '9' {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

func sqlTable(n TableName) string { return sqlName(n.Schema) + "." + sqlName(n.Name) }
