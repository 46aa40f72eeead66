package policy

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
)

// Hash is SHA-256 over the policy's meaning. Formatting, comments, the order of tables and columns and the spelling of
// types change nothing; every key that a statement can feel changes it. Proxies compare it to know that they hold the
// same policy. Columns in state observe change nothing and are left out. The input is a list of parts, each preceded by its length as uint32 big endian:
//
//	"pgseal policy", version, unknown_functions, and then for each table in order
//	"table", schema, name, requires_key, number of triggers, triggers, and for each column in order
//	"column", name, mode, type, requires_key, domain, pad, number of steps, steps
//
// with "tenant column", name behind a table that names one, and behind the tables for each role in order, where it is raw or limited
//
//	"raw role", name
//	"role", name, number of tenants, tenants
func (p *Policy) Hash() [32]byte {
	var b []byte
	part := func(parts ...string) {
		for _, s := range parts {
			b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
			b = append(b, s...)
		}
	}
	p = p.Enforced()
	part("pgseal policy", strconv.Itoa(Version), p.UnknownFunctions)
	for _, name := range p.Names() {
		t := p.Tables[name]
		part("table", name.Schema, name.Name, t.RequiresKey.String(), strconv.Itoa(len(t.AcknowledgeTriggers)))
		part(slices.Sorted(slices.Values(t.AcknowledgeTriggers))...)
		for _, columnName := range t.ColumnNames() {
			c := t.Columns[columnName]
			part("column", c.Name, string(c.Mode), c.Type, c.RequiresKey.String(), c.Domain, strconv.Itoa(c.Pad), strconv.Itoa(len(c.Normalize)))
			part(c.Normalize...)
		}
		if t.TenantColumn != "" {
			part("tenant column", t.TenantColumn)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.Roles)) {
		if p.Roles[name].Raw {
			part("raw role", name)
		}
		if tenants := p.Roles[name].Tenants; tenants != nil {
			part("role", name, strconv.Itoa(len(tenants)))
			part(tenants...)
		}
	}
	return sha256.Sum256(b)
}

// String writes the access as the policy file's words.
func (a Access) String() string {
	switch {
	case a.Read && a.Write:
		return "read write"
	case a.Read:
		return "read"
	case a.Write:
		return "write"
	}
	return ""
}
