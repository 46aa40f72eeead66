package policy

import (
	"cmp"
	"errors"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// Version is the version of the file format that this package reads.
const Version = 1

// Load reads a policy file; name is the file's name for messages alone. The error is an Errors with at least one fault
// and a place for each. data is not kept.
func Load(name string, data []byte) (*Policy, error) {
	root, err := parse(name, data)
	if err != nil {
		var one *Error
		errors.As(err, &one)
		return nil, Errors{one}
	}
	r := &reader{name: name}
	p := r.policy(root)
	if len(r.errors) > 0 {
		slices.SortStableFunc(r.errors, func(a, b *Error) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, r.errors
	}
	return p, nil
}

// policy reads the whole document.
func (r *reader) policy(root ast.Node) *Policy {
	p := &Policy{UnknownFunctions: allowFunctions, Tables: make(map[TableName]*Table), Roles: make(map[string]*Role)}
	if root == nil {
		r.failAt(Position{File: r.name}, "the file is empty: a policy begins with version: 1")
		return p
	}
	versioned := false
	for _, e := range r.fields(root, "a policy", "version", "unknown_functions", "tables", "roles") {
		switch e.key {
		case "version":
			versioned = true
			if n, ok := r.number(e.value, "version"); ok && n != Version {
				r.fail(e.value, "version %d is not known to this program, which reads version %d", n, Version)
			}
		case "unknown_functions":
			if s, ok := r.word(e.value, "unknown_functions", allowFunctions, refuseFunctions); ok {
				p.UnknownFunctions = s
			}
		case "tables":
			r.tables(p, e.value)
		case "roles":
			r.roles(p, e.value)
		}
	}
	if _, isMapping := root.(ast.MapNode); isMapping && !versioned {
		r.fail(root, "version is missing: write version: %d", Version)
	}
	r.checkDomains(p)
	return p
}

func (r *reader) roles(p *Policy, n ast.Node) {
	for _, e := range r.entries(n, "roles") {
		if e.key == "" || len(e.key) > maxName {
			r.fail(e.keyNode, "the name of a role has 1 to %d bytes", maxName)
		}
		role := &Role{Name: e.key, Where: r.at(e.keyNode)}
		p.Roles[e.key] = role
		for _, f := range r.fields(e.value, "a role", "raw", "tenants") {
			switch f.key {
			case "raw":
				role.Raw = r.truth(f.value, "raw")
			case "tenants":
				role.Tenants = r.roleTenants(f.value)
			}
		}
		if role.Raw && role.Tenants != nil {
			r.fail(e.keyNode, "tenants has no meaning for the raw role %s, which uses no tenant's key", e.key)
		}
	}
}

func (r *reader) tables(p *Policy, n ast.Node) {
	first := make(map[TableName]Position)
	for _, e := range r.entries(n, "tables") {
		name, err := ParseTableName(e.key)
		if err == nil {
			err = checkSchema(name.Schema)
		}
		if err != nil {
			r.fail(e.keyNode, "%v", err)
			continue
		}
		if at, twice := first[name]; twice {
			r.fail(e.keyNode, "the table %s stands already in line %d", name, at.Line)
			continue
		}
		first[name] = r.at(e.keyNode)
		p.Tables[name] = r.table(name, e)
	}
}

func (r *reader) table(name TableName, e entry) *Table {
	t := &Table{Name: name, Columns: make(map[string]*Column), Where: r.at(e.keyNode)}
	before := len(r.errors)
	for _, f := range r.fields(e.value, "a table", "requires_key", "columns", "acknowledge_triggers", "tenant_column") {
		switch f.key {
		case "requires_key":
			t.RequiresKey = r.access(f.value)
		case "acknowledge_triggers":
			t.AcknowledgeTriggers = r.triggers(f.value)
		case "tenant_column":
			t.TenantColumn = r.tenantColumn(f.value)
		case "columns":
			for _, c := range r.entries(f.value, "columns") {
				if err := checkIdentifier(c.key); err != nil {
					r.fail(c.keyNode, "%v", err)
					continue
				}
				t.Columns[c.key] = r.column(c)
			}
		}
	}
	if c := t.Columns[t.TenantColumn]; c != nil && c.Mode.Sealed() {
		r.failAt(c.Where, "the tenant_column %s cannot be sealed: it says whose key opens the row", c.Name)
	}
	if len(r.errors) == before && len(t.Columns) == 0 && !t.RequiresKey.Any() {
		r.fail(e.keyNode, "the table %s is listed without columns and without requires_key, so nothing would be protected", name)
	}
	return t
}

func (r *reader) triggers(n ast.Node) []string {
	all := r.list(n, "acknowledge_triggers", "[trigger_name]", func(v ast.Node) (string, bool) {
		s, ok := r.text(v, "a trigger")
		if ok {
			if err := checkIdentifier(s); err != nil {
				r.fail(v, "%v", err)
				return "", false
			}
		}
		return s, ok
	})
	slices.Sort(all)
	return all
}

func (r *reader) access(n ast.Node) Access {
	var a Access
	for _, s := range r.list(n, "requires_key", "[read, write]", func(v ast.Node) (string, bool) {
		return r.word(v, "requires_key", "read", "write")
	}) {
		a.Read = a.Read || s == "read"
		a.Write = a.Write || s == "write"
	}
	return a
}
