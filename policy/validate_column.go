package policy

import (
	"slices"
	"strings"
)

// column checks one listed column in one relation of its table's tree.
func (v *validator) column(t *Table, c *Column, r *Relation) {
	live := r.Column(c.Name)
	if live == nil {
		var names []string
		for _, other := range r.Columns {
			names = append(names, other.Name)
		}
		v.report(SeverityError, t, c, "", "", "%s has no such column%s", r.Name, suggest(c.Name, names))
		return
	}
	if !c.Mode.Sealed() {
		return
	}
	if root := v.relations[t.Name]; r == root {
		v.fill(t, c, r, live)
		if logical, ok := v.physical(t, c, r, live); ok {
			v.logicalType(t, c, live, logical)
		}
	} else if above := root.Column(c.Name); above != nil && !above.HasDefault {
		v.fill(t, c, r, live) // the type is the root's in every descendant, a default may be its own
	}
	for _, index := range r.Indexes {
		v.index(t, c, r, &index)
	}
	for _, m := range r.Mentions {
		if slices.Contains(m.Columns, c.Name) {
			v.report(SeverityError, t, c, m.What, m.Drop, "%s computes with the column, and would compute with sealed values", m.What)
		}
	}
}

// fill refuses columns that the server fills by itself, with plaintext.
func (v *validator) fill(t *Table, c *Column, r *Relation, live *LiveColumn) {
	hint := "ALTER TABLE " + sqlTable(r.Name) + " ALTER COLUMN " + sqlName(c.Name)
	switch {
	case live.Generated:
		v.report(SeverityError, t, c, "column "+c.Name, "", "the column is generated: the server itself computes it, in plaintext")
	case live.Identity:
		v.report(SeverityError, t, c, "column "+c.Name, hint+" DROP IDENTITY", "the column is an identity: the server itself fills it, in plaintext")
	case live.HasDefault:
		v.report(SeverityError, t, c, "default of "+c.Name, hint+" DROP DEFAULT", "the column has a default: the server itself would fill it, in plaintext")
	}
}

// physical checks the type that the column has in the database and returns the one that the application sees.
func (v *validator) physical(t *Table, c *Column, r *Relation, live *LiveColumn) (Type, bool) {
	object := "type " + live.Type
	own, ok := v.ownType(t, c, live)
	if !ok {
		return Type{}, false
	}
	logical := own
	if c.Type != "" {
		var err error
		if logical, err = ParseType(c.Type); err != nil {
			v.report(SeverityError, t, c, object, "", "%v", err)
			return Type{}, false
		}
	}
	if !v.liveType(t, c, live, logical) {
		return Type{}, false
	}
	switch {
	case logical.Textual():
		return logical, v.textColumn(t, c, r, live, own, logical)
	case !own.bytes() && own.family() == logical.family() && own.Schema == logical.Schema && (own.Schema == "" || own == logical):
		v.report(SeverityWarning, t, c, object, "pgseal column encrypt does that; on an empty table pgseal init", "a sealed %s lives in a bytea column: this one, which is %s, has to become bytea before sealing can begin", logical, live.Type)
	case !own.bytes():
		v.report(SeverityError, t, c, object, "", "the policy says %s, but the column is %s; it must be %s or bytea", logical, live.Type, logical)
		return Type{}, false
	}
	return logical, true
}

// ownType is the type that the column has in the database, or that its domain stands for.
func (v *validator) ownType(t *Table, c *Column, live *LiveColumn) (Type, bool) {
	object, base := "type "+live.Type, live.Type
	switch d := live.Domain; {
	case live.Kind != 'd':
	case d == nil || len(d.Checks) > 0:
		checks := "checks"
		if d != nil {
			checks = strings.Join(d.Checks, " and ")
		}
		v.report(SeverityError, t, c, object, "give the column the type that the domain stands for, and check its values in the application",
			"its type is the domain %s, whose %s the server could not hold sealed values to", live.Type, checks)
		return Type{}, false
	default:
		base = d.Base
	}
	own, err := ParseType(base)
	if err != nil {
		v.report(SeverityError, t, c, object, "", "%v", err)
		return Type{}, false
	}
	return own, true
}

// liveType makes sure that a type without an OID of its own is there and is named by the policy: the column that has it now
// becomes text or bytea, and nothing else would say what its values are.
func (v *validator) liveType(t *Table, c *Column, live *LiveColumn, logical Type) bool {
	object := "type " + live.Type
	switch {
	case !logical.Live():
		return true
	case v.live.Type(logical) == nil:
		v.report(SeverityError, t, c, object, "", "the type %s is neither one that can be sealed nor an enum of this database", logical)
		return false
	case c.Type == "":
		v.report(SeverityError, t, c, object, "write type: "+logical.String(), "the policy has to name the type %s, which the column loses when it is sealed", logical)
		return false
	}
	return true
}

// textColumn checks the physical type of a column that the application sees as text, varchar or char.
func (v *validator) textColumn(t *Table, c *Column, r *Relation, live *LiveColumn, own, logical Type) bool {
	switch {
	case !own.Textual():
		v.report(SeverityError, t, c, "type "+live.Type, "", "the policy says %s, which is sealed in a text, varchar or char column; this one is %s", logical, live.Type)
		return false
	case own.Name == citext:
		v.report(SeverityWarning, t, c, "type "+live.Type, "", "a sealed citext lives in a text column: the column becomes text when sealing begins, and the application goes on seeing citext")
	case own.family() == "char":
		v.report(SeverityWarning, t, c, "type "+live.Type, "pgseal column encrypt does that; on an empty table pgseal init",
			"a sealed %s lives in a text column: this one, which is %s, has to become text before sealing can begin, and the proxy keeps its length", logical, live.Type)
	case own.Args > 0:
		v.report(SeverityWarning, t, c, "type "+live.Type, "ALTER TABLE "+sqlTable(r.Name)+" ALTER COLUMN "+sqlName(c.Name)+" TYPE text",
			"a sealed value is longer than %s: the column becomes text when sealing begins, and the proxy keeps its length", own)
	}
	return true
}

// logicalType holds the type against the column's other keys.
func (v *validator) logicalType(t *Table, c *Column, live *LiveColumn, logical Type) {
	if c.Type != "" || !logical.bytes() {
		v.logical[c] = logical // a bytea column of which the policy says nothing may hold sealed values of another type
	}
	if len(c.Normalize) > 0 && !logical.Normal() {
		v.report(SeverityError, t, c, "type "+live.Type, "", "normalize has no meaning for the type %s: it is for text and varchar", logical)
	}
	if c.Mode != Deterministic {
		return
	}
	if why := logical.Lossy(); why != "" {
		v.report(SeverityError, t, c, "type "+live.Type, "", "the type %s cannot be deterministic: %s", logical, why)
	}
	if live.LooseCollation {
		v.report(SeverityError, t, c, "collation of "+c.Name, `give the column the collation "C"`,
			"its collation is not deterministic: the server would take sealed values of different texts for equal")
	}
}

// index checks one index against one sealed column.
func (v *validator) index(t *Table, c *Column, r *Relation, index *Index) {
	what := "index"
	switch {
	case index.Exclusion:
		what = "exclusion constraint"
	case index.Primary:
		what = "primary key"
	case index.Unique:
		what = "unique index"
	}
	object := what + " " + index.Name
	switch isKey := slices.Contains(index.Keys, c.Name); {
	case slices.Contains(index.Expressions, c.Name) && !index.Exclusion:
		v.report(SeverityError, t, c, object, "DROP INDEX "+sqlTable(TableName{r.Name.Schema, index.Name})+";", "the %s of %s computes with the column, and would compute with sealed values", object, r.Name)
	case slices.Contains(index.Expressions, c.Name):
		v.report(SeverityError, t, c, object, dropConstraint(r, index), "the %s of %s computes with the column, and would compute with sealed values", object, r.Name)
	case isKey && index.Exclusion:
		v.report(SeverityError, t, c, object, dropConstraint(r, index), "the %s of %s compares sealed values", object, r.Name)
	case isKey && c.Mode == Randomized && (index.Unique || index.Primary):
		v.report(SeverityError, t, c, object, "drop it, or choose mode: deterministic", "the %s of %s could not hold: equal values look different in a randomized column", object, r.Name)
	case isKey && c.Mode == Randomized:
		v.report(SeverityError, t, c, object, "drop it, or choose mode: deterministic", "the %s of %s finds nothing: equal values look different in a randomized column", object, r.Name)
	case isKey && index.Method != "btree" && index.Method != "hash":
		v.report(SeverityError, t, c, object, "use btree or hash", "the %s of %s has the method %s, which looks into values and would find sealed ones", object, r.Name, index.Method)
	case isKey && slices.Contains(index.LooseCollation, c.Name):
		v.report(SeverityError, t, c, object, `give the index the collation "C"`,
			"the %s of %s compares under a collation that is not deterministic and would take sealed values of different texts for equal", object, r.Name)
	case isKey && (index.Unique || index.Primary) && v.policy.SeveralTenants:
		v.report(SeverityError, t, c, object, "drop it, or give each tenant a database", "the %s of %s could not hold: equal values of two tenants look different", object, r.Name)
	}
}

// dropConstraint is the statement that takes the constraint of an index away.
func dropConstraint(r *Relation, index *Index) string {
	return "ALTER TABLE " + sqlTable(r.Name) + " DROP CONSTRAINT " + sqlName(index.Name) + ";"
}
