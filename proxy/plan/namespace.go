package plan

import "slices"

// field is one column of a source of rows, or of a result.
type field struct {
	name string
	lineage
	// rest stands for any number of native columns whose names are not known; unnamed for one such column.
	rest, unnamed bool
	from          *source // the source that a query takes it from; nil for what a join has made of two columns
	part          bool    // of such a rest: a join may have taken some of them
}

// source is a table, function, subquery or join that columns can be taken from by its name.
type source struct {
	name   string
	schema string // where the name was given with one, or the relation is known; "" elsewhere
	table  bool   // a table without an alias, which schema.table names too
	system bool   // it has ctid, xmin and the like
	fields []field
	// moved: the server has its columns in another order than the fields; unordered: in which is not known.
	moved, unordered bool
	item             fromTable // of a table in FROM whose columns are moved
	joined           []*source // of a join with a name: what it joins
}

// hasSealed returns a sealed column among the fields, or nil.
func hasSealed(fields []field) *Column {
	for _, f := range fields {
		if c := f.sealed(); c != nil {
			return c
		}
	}
	return nil
}

// hasUnknown tells whether the fields may hold one of any name.
func hasUnknown(fields []field) bool {
	for _, f := range fields {
		if f.rest || f.unnamed {
			return true
		}
	}
	return false
}

// namespace is what the names in one query can mean: its own sources, then those of the queries around it.
type namespace struct {
	parent  *namespace
	ctes    *cte
	sources []*source
	fields  []field // of all sources, as * shows them
}

// cte is a common table expression, in a list of those that are visible.
type cte struct {
	next    *cte
	name    string
	names   []string // of its columns, where they are given
	fields  []field
	pending bool // not analysed yet
}

// inner returns the namespace of a query inside of s that sees the names of s.
func (s *namespace) inner() *namespace { return &namespace{parent: s, ctes: s.ctes} }

// beside returns the namespace of a query in the FROM clause of s that does not see what stands beside it.
func (s *namespace) beside() *namespace { return &namespace{parent: s.parent, ctes: s.ctes} }

// with returns s with the sources of an item added; s stays as it is.
func (s *namespace) with(item fromItem) *namespace {
	return &namespace{parent: s.parent, ctes: s.ctes,
		sources: append(s.sources[:len(s.sources):len(s.sources)], item.sources...),
		fields:  append(s.fields[:len(s.fields):len(s.fields)], item.fields...)}
}

// fromItem is an item of a FROM clause: the sources that it makes known, and its columns as * shows them.
type fromItem struct {
	sources []*source
	fields  []field
}

func itemOf(s *source) fromItem {
	fields := slices.Clone(s.fields)
	for i := range fields {
		fields[i].from = s
	}
	return fromItem{sources: []*source{s}, fields: fields}
}

// lookupCTE returns the common table expression of that name, or nil.
func (s *namespace) lookupCTE(name string) *cte {
	for c := s.ctes; c != nil; c = c.next {
		if c.name == name {
			return c
		}
	}
	return nil
}

// find returns the fields of that name.
func find(fields []field, name string) (hits []field) {
	for _, f := range fields {
		if f.name == name && !f.rest && !f.unnamed {
			hits = append(hits, f)
		}
	}
	return hits
}

// sourceNamed returns the source that a qualified name starts with, nearest query first. schema may be empty.
func (s *namespace) sourceNamed(schema, name string) *source {
	for ; s != nil; s = s.parent {
		for _, src := range s.sources {
			switch {
			case src.name != name:
			case schema == "":
				return src
			case src.table && (src.schema == schema || src.schema == ""):
				return src
			}
		}
	}
	return nil
}

// isSystemColumn tells whether every table has a column of that name.
func isSystemColumn(name string) bool {
	switch name {
	case "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid":
		return true
	}
	return false
}
