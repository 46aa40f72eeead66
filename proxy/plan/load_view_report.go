package plan

import (
	"fmt"
	"maps"
	"strings"

	"github.com/legatics/pgseal/policy"
)

// viewProblems says of each view whether it can be used once everything that is listed is sealed, which is what a policy is judged by:
// today a column may hold plaintext yet, and expressions over it work.
func (b *catalogueBuilder) viewProblems() []policy.Problem {
	if len(b.db.Views) == 0 {
		return nil
	}
	sealed := make([]*Relation, len(b.result))
	for i, r := range b.result {
		sealed[i] = r.allSealed()
		if _, listed := b.listed[policy.TableName{Schema: r.Schema, Name: r.Name}]; listed {
			sealed[i].Opaque = "" // an error of the table has been told
		}
	}
	owner := b.owners()
	var all []policy.Problem
	for _, r := range b.views(sealed) {
		object := kindName(r.Kind) + " " + policy.TableName{Schema: r.Schema, Name: r.Name}.String()
		p := policy.Problem{Severity: policy.SeverityNote, Object: object}
		if t := b.pol.Table(owner[r.OID]); t != nil {
			p.Table, p.Where = t.Name, t.Where
		}
		switch {
		case r.Opaque != "":
			p.Severity = policy.SeverityWarning
			p.Message = fmt.Sprintf("statements that name the %s are refused. %s", object, strings.TrimSuffix(r.Opaque, "."))
			p.Hint = "show the columns themselves in the view, and compute in the application"
		case converted(r) != nil:
			c := converted(r)
			p.Severity = policy.SeverityWarning
			p.Message = fmt.Sprintf("the %s shows the column %s, whose type changes when sealing begins; PostgreSQL refuses that while there is the view", object, c.Name)
			p.Hint = "drop the view, run pgseal init, and make the view again"
		case r.Kind == 'm' && r.Sealed:
			p.Message = fmt.Sprintf("the %s can be read, but not searched by its sealed columns: its rows may be older than the protection", object)
			p.Hint = "refresh it when its tables have been sealed"
		case r.ReadOnly != "":
			p.Message = fmt.Sprintf("the %s can be read; writes through it are refused: %s", object, r.ReadOnly)
		default:
			p.Message = fmt.Sprintf("the %s can be read and written", object)
		}
		all = append(all, p)
	}
	return all
}

// converted is a column of a view that is to be sealed and has not the type yet in which sealed values lie; nil where there is none.
func converted(r *Relation) *Attribute {
	for i := range r.Columns {
		at := &r.Columns[i]
		if c := at.Protected; c != nil && c.Sealed && at.TypeOID != (&Slot{Column: c}).PhysicalOID() {
			return at
		}
	}
	return nil
}

// allSealed is the relation as it will be when each column that is to be sealed is.
func (r *Relation) allSealed() *Relation {
	out := *r
	out.Columns = make([]Attribute, len(r.Columns))
	copy(out.Columns, r.Columns)
	for i := range out.Columns {
		if c := out.Columns[i].Protected; c != nil && c.Sealed {
			sealed := *c
			sealed.State = StateSealed
			out.Columns[i].Protected = &sealed
		}
	}
	return &out
}

// owners are the listed tables that the views lead to: the first one, where there are several.
func (b *catalogueBuilder) owners() map[uint32]policy.TableName {
	byName := maps.Clone(b.listed)
	owner := make(map[uint32]policy.TableName)
	for more := true; more; {
		more = false
		for _, d := range b.db.Dependents {
			if listed, ok := byName[d.On]; ok && owner[d.OID] == (policy.TableName{}) {
				owner[d.OID], byName[d.Name], more = listed, listed, true
			}
		}
	}
	return owner
}
