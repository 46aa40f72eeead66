package plan

import (
	"fmt"
	"slices"

	"github.com/legatics/pgseal/policy"
)

// viewBuilder makes relations of the views, those below others first.
type viewBuilder struct {
	catalogue *Catalogue // what the queries may name: everything protected, and the views that are done
	waiting   map[policy.TableName]bool
	parsed    map[uint32]*parsedView
}

// views returns a relation for each view over the relations. A view whose values cannot be followed is Opaque.
func (b *catalogueBuilder) views(relations []*Relation) []*Relation {
	v := &viewBuilder{catalogue: NewCatalogue(0, nil, nil, b.functions()), waiting: make(map[policy.TableName]bool), parsed: b.parsed}
	for _, r := range relations {
		v.catalogue.add(r)
	}
	reads := make(map[uint32][]*policy.Dependent)
	for _, d := range b.db.Dependents {
		reads[d.OID] = append(reads[d.OID], d)
	}
	var out []*Relation
	rest := slices.Clone(b.db.Views)
	for _, view := range rest {
		v.waiting[view.Name] = true
	}
	for len(rest) > 0 {
		var later []*policy.View
		for _, view := range rest {
			if slices.ContainsFunc(reads[view.OID], func(d *policy.Dependent) bool { return d.On != view.Name && v.waiting[d.On] }) {
				later = append(later, view)
				continue
			}
			delete(v.waiting, view.Name)
			r := v.relation(view, reads[view.OID])
			v.catalogue.add(r)
			out = append(out, r)
		}
		if len(later) == len(rest) {
			clear(v.waiting) // a function is called like a view: in whatever order, what is not known is Opaque
		}
		rest = later
	}
	return out
}

func (v *viewBuilder) relation(view *policy.View, reads []*policy.Dependent) *Relation {
	r := &Relation{OID: view.OID, Schema: view.Name.Schema, Name: view.Name.Name, Kind: view.Kind}
	if len(reads) > 0 {
		r.Columns = liveAttributes(reads[0].Columns)
	}
	if r.Opaque = v.fill(r, view); r.Opaque != "" {
		r.Opaque = fmt.Sprintf("Values cannot be followed through the %s: %s.", kindName(view.Kind), r.Opaque)
	}
	return r
}

// fill finds out what the columns of a view are. It returns why that is not possible.
func (v *viewBuilder) fill(r *Relation, view *policy.View) (why string) {
	switch {
	case view.Temporary:
		return "it is temporary, and seen by one session alone"
	case view.Definition == "":
		return "its query could not be read, because another session has locked what it reads"
	}
	if v.parsed[view.OID] == nil {
		v.parsed[view.OID] = parseView(view.Definition)
	}
	q := v.catalogue.viewQuery(v.parsed[view.OID])
	switch {
	case q.refused != "":
		return q.refused
	case len(q.fields) != len(r.Columns) || hasRest(q.fields):
		return "its query has other columns than the view"
	}
	for i, f := range q.fields {
		if f.column != nil {
			r.Columns[i].Protected = viewColumn(r, &r.Columns[i], f.column)
			r.Sealed = r.Sealed || f.column.Sealed
		}
	}
	r.RequiresRead = q.needsKey
	v.writes(r, view, q)
	return ""
}

// viewColumn is a protected column as a view shows it. The rows of a materialized view are as old as its last refresh, and may be older
// than the protection.
func viewColumn(r *Relation, at *Attribute, from *Column) *Column {
	c := *from
	c.Schema, c.Table, c.Name, c.Relation, c.Attnum = r.Schema, r.Name, at.Name, r.OID, at.Attnum
	if r.Kind == 'm' {
		c.State = min(c.State, StateSealing)
	}
	return &c
}

// writes finds out what becomes of rows that are written through a view.
func (v *viewBuilder) writes(r *Relation, view *policy.View, q viewQuery) {
	if view.Kind == 'm' {
		r.ReadOnly = "it is a materialized view"
		return
	}
	if len(view.Acts) > 0 {
		r.ReadOnly = view.Acts[0] + " of the view decides what is written, out of sight of the proxy"
		return
	}
	name, why := updatable(q.query)
	if why != "" {
		r.ReadOnly = why
		return
	}
	base := v.named(name.Schemaname, name.Relname)
	if base == nil {
		return // rows of a table that is native
	}
	r.ReadOnly, r.RequiresWrite = base.ReadOnly, base.RequiresWrite
	written := make(map[string]bool)
	for i := range r.Columns {
		column := plainColumn(q.query.TargetList[i])
		if at := base.attributeNamed(column); at != nil {
			written[column] = true
			view := &r.Columns[i]
			view.HasDefault = view.HasDefault || at.HasDefault
			view.Generated, view.Identity = at.Generated, at.Identity
		}
	}
	r.Hidden = slices.Clone(base.Hidden)
	for _, at := range base.Columns {
		if !written[at.Name] {
			r.Hidden = append(r.Hidden, at)
		}
	}
}

func (v *viewBuilder) named(schema, name string) *Relation {
	for _, r := range v.catalogue.Named(name) {
		if r.Schema == schema {
			return r
		}
	}
	return nil
}

func kindName(kind byte) string {
	if kind == 'm' {
		return "materialized view"
	}
	return "view"
}
