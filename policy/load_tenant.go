package policy

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// tenantColumn reads the name of the column that says whose row it is.
func (r *reader) tenantColumn(n ast.Node) string {
	s, ok := r.text(n, "tenant_column")
	if !ok {
		return ""
	}
	if err := checkIdentifier(s); err != nil {
		r.fail(n, "%v", err)
		return ""
	}
	return s
}

// roleTenants reads the tenants that a role is limited to.
func (r *reader) roleTenants(n ast.Node) []string {
	all := r.list(n, "tenants", "[acme]", func(v ast.Node) (string, bool) {
		s, ok := r.text(v, "a tenant")
		if ok && s == "" {
			r.fail(v, "the name of a tenant is empty")
			return "", false
		}
		return s, ok
	})
	slices.Sort(all)
	return all
}
