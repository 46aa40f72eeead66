package plan

import (
	"slices"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// relation finds out which protected relation a name means; nil where it means none.
func (a *analysis) relation(rv *pg_query.RangeVar) *Relation {
	if rv.Schemaname == ownSchema {
		a.named = true
		if rv.Relname != tenantState {
			a.refuse(refuseOwnSchema())
		}
		return nil
	}
	if a.closedStatistics(rv.Relname) {
		a.named = true
		a.refuse(refuseStatistics(rv.Relname))
	}
	if a.stored && rv.Schemaname == "" {
		return nil
	}
	all := a.catalogue.Named(rv.Relname)
	if rv.Schemaname != "" {
		for _, r := range all {
			if r.Schema == rv.Schemaname {
				return r
			}
		}
		return nil
	}
	homonyms := a.catalogue.Homonyms[rv.Relname]
	if len(all) == 0 {
		return nil
	}
	if len(all)+len(homonyms) > 1 {
		a.named = true
		schemas := slices.Clone(homonyms)
		for _, r := range all {
			schemas = append(schemas, r.Schema)
		}
		slices.Sort(schemas)
		a.refuse(refuseHomonym(rv.Relname, slices.Compact(schemas)))
	}
	return all[0]
}

// table makes a source of a table, under its alias where it has one.
func (a *analysis) table(rv *pg_query.RangeVar, r *Relation) *source {
	s := &source{name: rv.Relname, schema: rv.Schemaname, table: true, system: true, fields: []field{{rest: true}}}
	if r != nil {
		s.schema = r.Schema
		s.fields = relationFields(r.Columns)
		s.moved, s.unordered = r.Moved, r.Unordered
	}
	if a.stored && s.moved { // the database keeps queries by the columns as they lie
		s.fields = relationFields(r.asTheyLie())
	}
	a.alias(s, rv.Alias)
	if s.moved && !a.stored {
		a.spellAlias(rv, r, s.fields)
	}
	return s
}

func relationFields(columns []Attribute) []field {
	fields := make([]field, len(columns))
	for i, c := range columns {
		fields[i] = field{name: c.Name, lineage: ofColumn(c.Protected)}
	}
	return fields
}

// alias gives a source another name, and other names to its first columns.
func (a *analysis) alias(s *source, alias *pg_query.Alias) {
	if alias == nil {
		return
	}
	s.name, s.schema, s.table = alias.Aliasname, "", false
	s.fields = a.rename(s.fields, texts(alias.Colnames))
}

// rename gives names to the first columns. Where it is not known how many columns there are, the names that are left
// belong to native columns.
func (a *analysis) rename(fields []field, names []string) []field {
	if len(names) == 0 {
		return fields
	}
	out := slices.Clone(fields)
	for i, f := range out {
		switch {
		case i == len(names):
			return out
		case f.rest:
			if c := hasSealed(out[i:]); c != nil {
				a.refuse(refuseAmbiguous(c, names[i]))
			}
			out = out[:i]
			for _, name := range names[i:] {
				out = append(out, field{name: name})
			}
			return append(out, field{rest: true})
		}
		out[i].name, out[i].unnamed = names[i], false
	}
	return out
}

// column finds out what a column reference means.
func (a *analysis) column(ns *namespace, ref *pg_query.ColumnRef) operand {
	last := ref.Fields[len(ref.Fields)-1]
	if _, star := last.GetNode().(*pg_query.Node_AStar); star {
		for _, s := range a.starSources(ns, ref) {
			a.wholeRow(s)
		}
		return operand{}
	}
	names := texts(ref.Fields)
	switch len(names) {
	case 1:
		return a.unqualified(ns, names[0])
	case 2:
		return a.qualified(ns, "", names[0], names[1])
	case 3:
		return a.qualified(ns, names[0], names[1], names[2])
	case 4:
		return a.qualified(ns, names[1], names[2], names[3])
	}
	a.refuse(refuseUnclear("A column reference has a form that is not known.", hintSimpler))
	return operand{}
}

// unqualified finds a column by its name alone, in the nearest query that has it.
func (a *analysis) unqualified(ns *namespace, name string) operand {
	unclear := false // a nearer query may have a column of that name
	for level := ns; level != nil; level = level.parent {
		if f, found := a.local(level, name); found {
			if f.column != nil && unclear {
				a.refuse(refuseAmbiguous(f.column, name))
			}
			if unclear {
				a.asNative(f.lineage)
				return operand{name: name}
			}
			a.read(f.column)
			return operand{lineage: f.lineage, name: name}
		}
		unclear = unclear || hasUnknown(level.fields)
	}
	if s := ns.sourceNamed("", name); s != nil {
		a.wholeRow(s)
	} else if !unclear {
		a.refuse(refuseUnknownColumn(name))
	}
	return operand{name: name}
}

// local finds a column of one query's own sources.
func (a *analysis) local(level *namespace, name string) (f field, found bool) {
	hits := find(level.fields, name)
	if len(hits) > 0 {
		for _, h := range hits[1:] { // the server will not know either
			if h.column != nil || hits[0].column != nil {
				a.refuse(refuseAmbiguous(cmpColumn(hits[0].column, h.column), name))
			}
		}
		if len(hits) > 1 {
			a.asNatives(hits)
			return field{name: name}, true
		}
		return hits[0], true
	}
	if isSystemColumn(name) {
		for _, s := range level.sources {
			if s.system {
				return field{name: name}, true
			}
		}
	}
	return field{}, false
}

func cmpColumn(a, b *Column) *Column {
	if a != nil {
		return a
	}
	return b
}

// qualified finds a column of a named source.
func (a *analysis) qualified(ns *namespace, schema, table, name string) operand {
	s := ns.sourceNamed(schema, table)
	if s == nil {
		a.refuse(refuseUnclear("A column is taken from "+quoteIdent(table)+", which is no table of the statement.", hintSimpler))
		return operand{name: name}
	}
	hits := find(s.fields, name)
	switch {
	case len(hits) == 1:
		a.read(hits[0].column)
		return operand{lineage: hits[0].lineage, name: name}
	case len(hits) > 1 && hasSealed(hits) != nil:
		a.refuse(refuseAmbiguous(hasSealed(hits), name))
	case len(hits) > 1:
		a.asNatives(hits)
	case s.system && isSystemColumn(name), hasUnknown(s.fields):
	default: // name may be a function that takes the row
		a.refuse(refuseUnknownColumn(table + "." + name))
	}
	return operand{name: name}
}

// wholeRow notes that all columns of a source are used as one value.
func (a *analysis) wholeRow(s *source) {
	if c := hasSealed(s.fields); c != nil {
		a.refuse(refuseWholeRow(c, s.name))
	}
	if s.moved {
		a.refuse(refuseMovedRow(s.name))
	}
	a.asNatives(s.fields)
	for _, f := range s.fields {
		a.read(f.column)
	}
}

// starSources are the sources whose columns a star stands for.
func (a *analysis) starSources(ns *namespace, ref *pg_query.ColumnRef) []*source {
	names := texts(ref.Fields[:len(ref.Fields)-1])
	var s *source
	switch len(names) {
	case 0:
		return ns.sources
	case 1:
		s = ns.sourceNamed("", names[0])
	default:
		s = ns.sourceNamed(names[len(names)-2], names[len(names)-1])
	}
	if s == nil {
		a.refuse(refuseUnclear("A star is taken from what is no table of the statement.", hintSimpler))
		return nil
	}
	return []*source{s}
}

// star returns the columns that a star in a list of results stands for.
func (a *analysis) star(ns *namespace, ref *pg_query.ColumnRef) []field {
	fields := ns.fields
	if len(ref.Fields) > 1 {
		fields = nil
		for _, s := range a.starSources(ns, ref) {
			fields = s.fields
		}
	}
	if a.tooWide(len(fields)) {
		return nil
	}
	for _, f := range fields {
		a.read(f.column)
	}
	return fields
}
