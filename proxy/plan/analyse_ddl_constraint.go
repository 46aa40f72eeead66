package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// constraint judges a constraint of a table; column is the one that it is written with, empty where it stands by itself.
func (a *analysis) constraint(r *Relation, column string, c *pg_query.Constraint) {
	if isGuards(c.GetConname()) {
		a.refuse(refuseGuard(r.Name))
	}
	switch c.GetContype() {
	case pg_query.ConstrType_CONSTR_NULL, pg_query.ConstrType_CONSTR_NOTNULL, pg_query.ConstrType_CONSTR_IDENTITY,
		pg_query.ConstrType_CONSTR_ATTR_DEFERRABLE, pg_query.ConstrType_CONSTR_ATTR_NOT_DEFERRABLE,
		pg_query.ConstrType_CONSTR_ATTR_DEFERRED, pg_query.ConstrType_CONSTR_ATTR_IMMEDIATE:
	case pg_query.ConstrType_CONSTR_DEFAULT:
		a.overColumns(r, c.RawExpr, "DEFAULT", false)
	case pg_query.ConstrType_CONSTR_GENERATED:
		a.overColumns(r, c.RawExpr, "GENERATED", false)
	case pg_query.ConstrType_CONSTR_CHECK:
		a.overColumns(r, c.RawExpr, "CHECK", true)
	case pg_query.ConstrType_CONSTR_PRIMARY, pg_query.ConstrType_CONSTR_UNIQUE:
		clause := "UNIQUE"
		if c.Contype == pg_query.ConstrType_CONSTR_PRIMARY {
			clause = "PRIMARY KEY"
		}
		for _, key := range texts(c.Keys) {
			a.indexed(r, key, clause, true)
		}
	case pg_query.ConstrType_CONSTR_EXCLUSION:
		for _, pair := range c.Exclusions {
			for _, n := range pair.GetList().GetItems() {
				elem := n.GetIndexElem()
				if p := r.sealedNamed(elem.GetName()); p != nil {
					a.refuse(refuseDefinition(p, "EXCLUDE", "The server would compare sealed values.", hintCompute))
				}
				a.overColumns(r, elem.GetExpr(), "EXCLUDE", false)
			}
		}
		a.overColumns(r, c.WhereClause, "WHERE of a constraint", true)
	case pg_query.ConstrType_CONSTR_FOREIGN:
		a.foreignKey(r, column, c)
	default:
		a.refuse(refuseDDL(r.Name))
	}
}

// foreignKey checks that each pair of columns holds equal values alike: both unsealed, or both sealed in one domain.
func (a *analysis) foreignKey(r *Relation, column string, c *pg_query.Constraint) {
	from, to := texts(c.FkAttrs), texts(c.PkAttrs)
	if len(c.FkAttrs) == 0 {
		from = []string{column}
	}
	target := a.altered(c.Pktable)
	if len(c.PkAttrs) == 0 {
		to = target.Key
	}
	for i, name := range from {
		own := r.sealedNamed(name)
		var other *Column
		switch {
		case i < len(to):
			other = target.sealedNamed(to[i])
		case target.Sealed:
			a.refuse(refuseUnclear("The primary key that a foreign key refers to is not known.", "Write the columns behind REFERENCES."))
		}
		if own == nil && other == nil || own != nil && other != nil && own.Mode == other.Mode && own.searchableOnce() && own.comparable(other) {
			continue
		}
		a.refuse(refuseDefinition(cmpColumn(own, other), "FOREIGN KEY", "Only columns of one domain hold equal values alike.",
			"Give both columns one domain, in deterministic mode."))
	}
}

// indexed checks that a column can be a key of an index.
func (a *analysis) indexed(r *Relation, name, clause string, unique bool) {
	c := r.sealedNamed(name)
	switch {
	case c == nil:
	case !c.searchableOnce():
		a.refuse(refuseDefinition(c, clause, "Equal values look different in a randomized column.", hintMode))
	case unique && a.catalogue.SeveralTenants:
		a.refuse(refuseDefinition(c, clause, "Equal values of two tenants look different, so that it could not hold.", "Give each tenant a database of its own."))
	}
}
