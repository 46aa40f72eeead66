package policy

import "fmt"

// tenantColumn checks the column that says whose row it is.
func (v *validator) tenantColumn(t *Table, root *Relation) {
	switch {
	case t.TenantColumn == "" && v.policy.TenantSetting != "" && t.Sealed():
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

// settingFunctions names the functions that may change the tenant behind the proxy.
func (v *validator) settingFunctions() {
	if v.policy.TenantSetting == "" {
		return
	}
	for _, f := range v.live.SettingFunctions {
		p := Problem{Severity: SeverityWarning, Object: "function " + f.Schema + "." + f.Name,
			Message: fmt.Sprintf("the function %s.%s changes settings: after a call of it the tenant is not known", f.Schema, f.Name),
			Hint:    "set " + v.policy.TenantSetting + " in a statement of the application's"}
		if f.Trigger {
			p.Message = fmt.Sprintf("the trigger function %s.%s changes settings: where it changes %s, the proxy does not see it", f.Schema, f.Name, v.policy.TenantSetting)
		}
		v.problems = append(v.problems, p)
	}
}
