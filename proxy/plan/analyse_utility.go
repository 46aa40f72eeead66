package plan

import (
	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// utility judges a statement that is no query. What is harmless whatever it names passes; the rest is refused where
// it names something protected.
func (a *analysis) utility(n *node) {
	switch x := n.GetNode().(type) {
	case *pg_query.Node_TruncateStmt:
		a.truncate(x.TruncateStmt)
	case *pg_query.Node_LockStmt, *pg_query.Node_VacuumStmt, *pg_query.Node_ClusterStmt, *pg_query.Node_ReindexStmt, *pg_query.Node_RefreshMatViewStmt,
		*pg_query.Node_GrantStmt, *pg_query.Node_CommentStmt:
		a.pass(n)
	case *pg_query.Node_TransactionStmt, *pg_query.Node_VariableSetStmt, *pg_query.Node_VariableShowStmt, *pg_query.Node_DiscardStmt,
		*pg_query.Node_CheckPointStmt, *pg_query.Node_ConstraintsSetStmt, *pg_query.Node_ListenStmt, *pg_query.Node_UnlistenStmt, *pg_query.Node_NotifyStmt,
		*pg_query.Node_DeallocateStmt, *pg_query.Node_GrantRoleStmt, *pg_query.Node_LoadStmt:
	case *pg_query.Node_DeclareCursorStmt:
		a.declare(x.DeclareCursorStmt)
	case *pg_query.Node_FetchStmt:
		a.fetch(x.FetchStmt)
	case *pg_query.Node_ClosePortalStmt:
		a.cursor(Closes, x.ClosePortalStmt.Portalname)
	case *pg_query.Node_CopyStmt:
		a.copyStatement(n, x.CopyStmt)
	case *pg_query.Node_ExplainStmt:
		a.explain(x.ExplainStmt)
	case *pg_query.Node_PrepareStmt:
		a.refuseIfUsed(n, refuseStatement("PREPARE among other statements", "Send it by itself."))
		a.current.Prepare = &Prepare{Name: x.PrepareStmt.Name}
	case *pg_query.Node_ExecuteStmt:
		a.execute(n, x.ExecuteStmt)
	case *pg_query.Node_CallStmt:
		a.children(&namespace{}, n, "CALL")
	case *pg_query.Node_DoStmt:
		a.refuseIfUsed(n, refuseHiddenSQL("a DO block"))
	default:
		a.definition(n)
	}
}

// explain analyses the statement that is explained. The answer shows sealed values as they are, in conditions, and no rows.
func (a *analysis) explain(s *pg_query.ExplainStmt) {
	top := &namespace{}
	switch q := s.Query.GetNode().(type) {
	case *pg_query.Node_SelectStmt:
		a.asNatives(a.query(top, q.SelectStmt, nil, nil))
	case *pg_query.Node_InsertStmt, *pg_query.Node_UpdateStmt, *pg_query.Node_DeleteStmt, *pg_query.Node_MergeStmt:
		a.asNatives(a.modify(top, s.Query))
	default:
		a.refuseIfUsed(s.Query, refuseStatement("EXPLAIN of anything but SELECT, INSERT, UPDATE, DELETE and MERGE", "Explain the statement on a direct connection."))
	}
}

// truncate notes that tables lose their rows.
func (a *analysis) truncate(s *pg_query.TruncateStmt) {
	for _, n := range s.Relations {
		if r := a.relation(n.GetRangeVar()); r != nil {
			a.touch(r, false, true)
			a.loses(r)
		}
	}
}

// pass lets a statement through that neither shows nor changes values. The key store's schema stays closed to it.
func (a *analysis) pass(n *node) {
	walk(n, func(m any) bool {
		if rv, ok := m.(*pg_query.RangeVar); ok && rv.Schemaname == ownSchema {
			a.named = true
			a.refuse(refuseOwnSchema())
		}
		return true
	})
	if a.usedIn(n) {
		a.named = true
	}
}

// refuseIfUsed refuses a statement that names something protected.
func (a *analysis) refuseIfUsed(n *node, r *Refusal) {
	if !a.usedIn(n) {
		return
	}
	a.named = true
	if schemaUsed(n) {
		r = refuseOwnSchema()
	}
	a.refuse(r)
}

// takesName returns the protected name that a definition gives to something new, whatever its schema.
func (a *analysis) takesName(n *node) (name string) {
	try := func(candidate string) {
		if name == "" && (len(a.catalogue.Named(candidate)) > 0) {
			name = candidate
		}
	}
	walk(n, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.CreateStmt:
			try(x.Relation.GetRelname())
		case *pg_query.ViewStmt:
			if !a.replaces(x) {
				try(x.View.GetRelname())
			}
		case *pg_query.IntoClause:
			try(x.Rel.GetRelname())
		case *pg_query.CreateSeqStmt:
			try(x.Sequence.GetRelname())
		case *pg_query.CompositeTypeStmt:
			try(x.Typevar.GetRelname())
		case *pg_query.CreateEnumStmt:
			_, last := lastText(x.TypeName)
			try(last)
		case *pg_query.CreateDomainStmt:
			_, last := lastText(x.Domainname)
			try(last)
		case *pg_query.IndexStmt:
			try(x.Idxname)
		case *pg_query.RenameStmt:
			if x.RenameType != pg_query.ObjectType_OBJECT_COLUMN {
				try(x.Newname)
			}
		}
		return true
	})
	return name
}

// usedIn tells whether a statement that is no query names something protected: as a table, type or function, or in a list
// of names.
func (a *analysis) usedIn(n *node) bool { return a.firstName(n) != "" }

// firstName returns the first protected name that a statement mentions.
func (a *analysis) firstName(n *node) (name string) {
	try := func(schema, candidate string) {
		if name == "" && (schema == ownSchema || a.protectedName(schema, candidate)) {
			name = candidate
		}
	}
	walk(n, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.A_Const:
			return false
		case *pg_query.RangeVar:
			try(x.Schemaname, x.Relname)
		case *pg_query.TypeName:
			try(lastText(x.Names))
		case *pg_query.FuncCall:
			schema, function := lastText(x.Funcname)
			if a.catalogue.refusedFunction(function) != nil || schema == ownSchema {
				try(ownSchema, function)
			}
		case *pg_query.List: // a name in parts; the name of a trigger has its table's in front
			schema := ""
			for _, part := range texts(x.Items) {
				try(schema, part)
				schema = part
			}
		case *pg_query.String:
			if x.Sval == ownSchema {
				try(ownSchema, ownSchema)
			}
		case *pg_query.CreateSchemaStmt:
			if x.Schemaname == ownSchema {
				try(ownSchema, ownSchema)
			}
		}
		return name == ""
	})
	return name
}

// schemaUsed tells whether a statement names the key store's schema.
func schemaUsed(n *node) (used bool) {
	walk(n, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.A_Const:
			return false
		case *pg_query.RangeVar:
			used = used || x.Schemaname == ownSchema
		case *pg_query.String:
			used = used || x.Sval == ownSchema
		case *pg_query.CreateSchemaStmt:
			used = used || x.Schemaname == ownSchema
		}
		return !used
	})
	return used
}
