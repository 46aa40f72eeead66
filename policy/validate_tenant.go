package policy

// tenantColumn checks the column that says whose row it is.
func (v *validator) tenantColumn(t *Table, root *Relation) {
	switch {
	case t.TenantColumn == "" && v.policy.NeedsTenantColumns && t.Sealed():
		v.report(SeverityError, t, nil, "", "write tenant_column: with the column that holds the tenant's name",
			"a setting names the tenant, so that the table needs a tenant_column: jobs could not tell whose key opens a row")
	case t.TenantColumn != "" && root.Column(t.TenantColumn) == nil:
		names := make([]string, len(root.Columns))
		for i := range root.Columns {
			names[i] = root.Columns[i].Name
		}
		v.report(SeverityError, t, nil, "", "", "there is no column %s, which tenant_column names%s", t.TenantColumn, suggest(t.TenantColumn, names))
	}
}
