package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// alterTable judges ALTER TABLE and ALTER VIEW, command by command.
func (a *analysis) alterTable(s *pg_query.AlterTableStmt) {
	r := a.altered(s.Relation)
	for _, n := range s.Cmds {
		a.alter(r, n.GetAlterTableCmd())
	}
}

func (a *analysis) alter(r *Relation, c *pg_query.AlterTableCmd) {
	switch c.GetSubtype() {
	case pg_query.AlterTableType_AT_AddColumn:
		a.newColumn(r, c.Def.GetColumnDef())
		if r.Moved { // lists of all columns are written out without it
			a.current.Creates, a.current.Above = r.Name, closure(a.catalogue.children, r.Name)
		}
	case pg_query.AlterTableType_AT_AddConstraint:
		a.constraint(r, "", c.Def.GetConstraint())
	case pg_query.AlterTableType_AT_DropConstraint, pg_query.AlterTableType_AT_AlterConstraint,
		pg_query.AlterTableType_AT_EnableTrig, pg_query.AlterTableType_AT_EnableAlwaysTrig, pg_query.AlterTableType_AT_EnableReplicaTrig,
		pg_query.AlterTableType_AT_DisableTrig:
		if isGuards(c.Name) || isGuards(c.Def.GetConstraint().GetConname()) {
			a.refuse(refuseGuard(r.Name))
		}
	case pg_query.AlterTableType_AT_ColumnDefault:
		if p := r.protectedNamed(c.Name); p != nil && c.Def != nil {
			a.refuse(refuseDefinition(p, "SET DEFAULT", "The server would store the default unsealed.", "Write a value for the column in each INSERT."))
		}
		a.overColumns(r, c.Def, "DEFAULT", false)
	case pg_query.AlterTableType_AT_DropColumn:
		a.protectedStays(r, c.Name, "DROP COLUMN", "The policy lists the column, and its values would be lost.")
		if len(r.Columns) > 0 { // the places of the columns behind it change
			a.current.Creates, a.current.Above = r.Name, closure(a.catalogue.children, r.Name)
		}
	case pg_query.AlterTableType_AT_AlterColumnType:
		a.protectedStays(r, c.Name, "ALTER COLUMN TYPE", "What lies in the column are sealed values, which the server cannot convert.")
		def := c.Def.GetColumnDef()
		a.typeName(def.GetTypeName())
		a.overColumns(r, def.GetRawDefault(), "USING", false)
	case pg_query.AlterTableType_AT_AddIdentity, pg_query.AlterTableType_AT_SetIdentity, pg_query.AlterTableType_AT_DropIdentity,
		pg_query.AlterTableType_AT_SetExpression, pg_query.AlterTableType_AT_DropExpression:
		a.protectedStays(r, c.Name, "a value that the server makes", "The server would store it unsealed.")
		if c.Subtype == pg_query.AlterTableType_AT_SetExpression {
			a.overColumns(r, c.Def, "GENERATED", false)
		}
	default:
		if !harmlessAlter[c.GetSubtype()] {
			a.refuse(refuseDDL(r.Name))
		}
	}
}

// harmlessAlter are the commands that neither read nor change values, nor the guard.
var harmlessAlter = map[pg_query.AlterTableType]bool{
	pg_query.AlterTableType_AT_SetNotNull: true, pg_query.AlterTableType_AT_DropNotNull: true, pg_query.AlterTableType_AT_ValidateConstraint: true,
	pg_query.AlterTableType_AT_SetStatistics: true, pg_query.AlterTableType_AT_SetOptions: true, pg_query.AlterTableType_AT_ResetOptions: true,
	pg_query.AlterTableType_AT_SetStorage: true, pg_query.AlterTableType_AT_SetCompression: true, pg_query.AlterTableType_AT_ChangeOwner: true,
	pg_query.AlterTableType_AT_ClusterOn: true, pg_query.AlterTableType_AT_DropCluster: true, pg_query.AlterTableType_AT_SetLogged: true,
	pg_query.AlterTableType_AT_SetUnLogged: true, pg_query.AlterTableType_AT_SetAccessMethod: true, pg_query.AlterTableType_AT_SetTableSpace: true,
	pg_query.AlterTableType_AT_SetRelOptions: true, pg_query.AlterTableType_AT_ResetRelOptions: true, pg_query.AlterTableType_AT_ReplaceRelOptions: true,
	pg_query.AlterTableType_AT_ReplicaIdentity: true, pg_query.AlterTableType_AT_EnableRowSecurity: true, pg_query.AlterTableType_AT_DisableRowSecurity: true,
	pg_query.AlterTableType_AT_ForceRowSecurity: true, pg_query.AlterTableType_AT_NoForceRowSecurity: true,
}

// protectedStays refuses to change a column that is protected.
func (a *analysis) protectedStays(r *Relation, name, clause, why string) {
	if c := r.protectedNamed(name); c != nil {
		a.refuse(refuseDefinition(c, clause, why, hintOwner))
	}
	if r.owns(name) {
		a.refuse(refuseOwnColumn(r))
	}
}

// newColumn judges a column that is added to a table. By itself it is native.
func (a *analysis) newColumn(r *Relation, def *pg_query.ColumnDef) {
	a.typeName(def.GetTypeName())
	for _, n := range def.GetConstraints() {
		a.constraint(r, def.Colname, n.GetConstraint())
	}
	a.overColumns(r, def.GetRawDefault(), "DEFAULT", false)
}

// createTable judges CREATE TABLE of a table with a free name that refers to protected ones.
func (a *analysis) createTable(s *pg_query.CreateStmt) {
	for _, parent := range s.InhRelations {
		if p := a.relation(parent.GetRangeVar()); p != nil {
			a.refuse(refuseRelation(p, "a partition or child of", "Its rows would be rows of the protected table, without the guard."))
		}
	}
	if s.OfTypename != nil {
		a.typeName(s.OfTypename)
	}
	r := &Relation{Schema: s.Relation.GetSchemaname(), Name: s.Relation.GetRelname()}
	for _, n := range append(s.TableElts, s.Constraints...) {
		switch x := n.GetNode().(type) {
		case *pg_query.Node_ColumnDef:
			a.newColumn(r, x.ColumnDef)
		case *pg_query.Node_Constraint:
			a.constraint(r, "", x.Constraint)
		case *pg_query.Node_TableLikeClause:
			if p := a.relation(x.TableLikeClause.Relation); p != nil {
				a.refuse(refuseRelation(p, "LIKE", "The new table would have its columns without their protection."))
			}
		default:
			a.refuse(refuseDDL(r.Name))
		}
	}
	for _, n := range s.Partspec.GetPartParams() {
		a.overColumns(r, n.GetPartitionElem().GetExpr(), "PARTITION BY", false)
	}
}
