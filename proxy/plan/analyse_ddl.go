package plan

import (
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// guardPrefixes are what the names of the guard's objects begin with (package guard), and those of triggers that keep second columns right (package bulk).
var guardPrefixes = [...]string{"  pgseal ", "pgseal_sealed_", "~pgseal_"}

// definition judges DDL that names a protected relation, or takes the name of one in any schema. What changes neither what is sealed
// nor what the guard stands for passes as it is; whatever it holds is kept by the database in plaintext.
func (a *analysis) definition(n *node) {
	name := a.takesName(n)
	if name == "" {
		name = a.firstName(n)
	}
	if name == "" {
		return
	}
	a.named = true
	if schemaUsed(n) {
		a.refuse(refuseOwnSchema())
	}
	if a.catalogue.Stale != "" {
		a.refuse(refuseStale(a.catalogue.Stale))
	}
	if taken := a.takesName(n); taken != "" {
		a.refuse(refuseDDL(taken))
		return
	}
	claims := len(a.claims)
	switch x := n.GetNode().(type) {
	case *pg_query.Node_AlterTableStmt:
		a.alterTable(x.AlterTableStmt)
	case *pg_query.Node_RenameStmt:
		a.renameObject(x.RenameStmt, name)
	case *pg_query.Node_IndexStmt:
		a.createIndex(x.IndexStmt)
	case *pg_query.Node_CreateStmt:
		a.createTable(x.CreateStmt)
	case *pg_query.Node_ViewStmt:
		a.createView(x.ViewStmt)
	case *pg_query.Node_CreateTableAsStmt:
		a.createMaterialized(x.CreateTableAsStmt, name)
	case *pg_query.Node_DropStmt:
		a.drop(x.DropStmt, name)
	default:
		a.refuse(refuseDDL(name))
	}
	a.unclaim(claims)
}

// unclaim takes back the claims from the first on: nothing of a definition is rewritten but for lists of columns. What would have to be sealed would
// lie in the database as plaintext for as long as the definition does.
func (a *analysis) unclaim(first int) {
	kept := a.claims[:first]
	for _, c := range a.claims[first:] {
		if c.spells() {
			kept = append(kept, c)
			continue
		}
		if c.kind != claimNULL && c.kind != claimBytesNULL && c.kind != claimNeutral {
			a.refuse(refuseStoredClaim(&c))
		}
	}
	a.claims = kept
	clear(a.claimed)
	for i := range kept {
		a.claimed[kept[i].first] = i
	}
}

// isGuards tells whether an object of the name may be the guard's.
func isGuards(name string) bool {
	for _, prefix := range guardPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// altered is the relation that a definition changes. One that is not protected has no columns here.
func (a *analysis) altered(rv *pg_query.RangeVar) *Relation {
	if r := a.relation(rv); r != nil {
		return r
	}
	return &Relation{Schema: rv.GetSchemaname(), Name: rv.GetRelname()}
}

// sealedNamed is the relation's column of that name, where the policy wants it sealed, else nil: whether it holds sealed values yet makes
// no difference to what may be defined over it.
func (r *Relation) sealedNamed(name string) *Column {
	if at := r.attributeNamed(name); at != nil && at.Protected != nil && at.Protected.Sealed {
		return at.Protected
	}
	return nil
}

// protectedNamed is the relation's column of that name, where it is protected in any way, else nil.
func (r *Relation) protectedNamed(name string) *Column {
	if at := r.attributeNamed(name); at != nil {
		return at.Protected
	}
	return nil
}

// renameObject judges ALTER ... RENAME.
func (a *analysis) renameObject(s *pg_query.RenameStmt, name string) {
	switch s.RenameType {
	case pg_query.ObjectType_OBJECT_COLUMN:
		r := a.altered(s.Relation)
		if c := r.protectedNamed(s.Subname); c != nil && !r.isView() {
			a.refuse(refuseDefinition(c, "RENAME COLUMN", "Store and policy know the column by its name.", hintOwner))
		}
		if r.owns(s.Subname) {
			a.refuse(refuseOwnColumn(r))
		}
		if r.isView() {
			a.current.Creates = r.Name
		}
	case pg_query.ObjectType_OBJECT_TABCONSTRAINT:
		if isGuards(s.Subname) || isGuards(s.Newname) {
			a.refuse(refuseGuard(s.Relation.GetRelname()))
		}
	default:
		a.refuse(refuseDDL(name))
	}
}

func (r *Relation) isView() bool { return r.Kind == 'v' || r.Kind == 'm' }

// drop judges DROP: a view over protected tables may go, and so may what only hangs on such a table, apart from the guard.
func (a *analysis) drop(s *pg_query.DropStmt, name string) {
	switch s.RemoveType {
	case pg_query.ObjectType_OBJECT_VIEW, pg_query.ObjectType_OBJECT_MATVIEW:
		for _, object := range s.Objects {
			schema, view := lastText(object.GetList().GetItems())
			if r := a.relation(&pg_query.RangeVar{Schemaname: schema, Relname: view}); r != nil && !r.isView() {
				a.refuse(refuseDDL(view))
			}
		}
	case pg_query.ObjectType_OBJECT_TRIGGER, pg_query.ObjectType_OBJECT_RULE, pg_query.ObjectType_OBJECT_POLICY:
		for _, object := range s.Objects {
			if table, dropped := lastText(object.GetList().GetItems()); isGuards(dropped) {
				a.refuse(refuseGuard(table))
			}
		}
	default:
		a.refuse(refuseDDL(name))
	}
}
