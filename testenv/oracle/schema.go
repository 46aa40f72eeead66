package main

import (
	"fmt"
	"strings"
)

// The modes of a column.
const (
	native        = ""
	randomized    = "randomized"
	deterministic = "deterministic"
)

type column struct {
	name   string
	kind   *kind
	mode   string
	domain string
	clause string // constraints, in DDL
}

// sealed tells whether the server has sealed values of the column only.
func (c *column) sealed() bool { return c.mode != native }

// comparable tells whether the server can compare values of the column.
func (c *column) comparable() bool { return c.mode != randomized }

// alike tells whether two columns' values may be compared and copied.
func (c *column) alike(d *column) bool {
	switch {
	case c == d:
		return true
	case c.mode == native || d.mode == native:
		return c.mode == d.mode && c.kind == d.kind
	}
	return c.domain != "" && c.domain == d.domain
}

func (c *column) values() []string {
	if c.sealed() {
		return c.kind.sealed
	}
	return c.kind.plain
}

type table struct {
	name    string
	columns []*column // the first is the key
	unique  []string  // columns that ON CONFLICT can name
}

func (t *table) column(name string) *column {
	for _, c := range t.columns {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (t *table) protected() bool {
	for _, c := range t.columns {
		if c.sealed() {
			return true
		}
	}
	return false
}

const keyClause = "PRIMARY KEY"

// schema is a law firm's.
var schema = []*table{
	{name: "clients", unique: []string{"id", "email", "code"}, columns: []*column{
		{name: "id", kind: int4Kind, clause: keyClause}, {name: "email", kind: textKind, mode: deterministic, domain: "email", clause: "UNIQUE"},
		{name: "name", kind: textKind, mode: randomized}, {name: "code", kind: codeKind, mode: deterministic, clause: "UNIQUE"},
		{name: "birth", kind: dateKind, mode: deterministic}, {name: "score", kind: int4Kind, mode: randomized}, {name: "active", kind: boolKind, mode: randomized},
		{name: "status", kind: textKind}, {name: "rank", kind: int4Kind, clause: "DEFAULT 1"}}},
	{name: "matters", unique: []string{"id", "ref"}, columns: []*column{
		{name: "id", kind: int4Kind, clause: keyClause}, {name: "client_id", kind: int4Kind, clause: "REFERENCES clients(id) ON DELETE SET NULL"},
		{name: "client_email", kind: textKind, mode: deterministic, domain: "email", clause: "REFERENCES clients(email) ON UPDATE CASCADE ON DELETE SET NULL"},
		{name: "title", kind: textKind, mode: randomized}, {name: "ref", kind: uuidKind, mode: deterministic, domain: "ref", clause: "UNIQUE"},
		{name: "value", kind: numericKind, mode: randomized}, {name: "fee", kind: numericKind, mode: deterministic}, {name: "opened", kind: timestamptzKind, mode: deterministic},
		{name: "closed", kind: timestampKind, mode: randomized}, {name: "flag", kind: boolKind, mode: deterministic}, {name: "kind", kind: int2Kind, mode: deterministic},
		{name: "big", kind: int8Kind, mode: deterministic}, {name: "doc", kind: jsonbKind, mode: randomized}, {name: "raw", kind: byteaKind, mode: deterministic},
		{name: "status", kind: textKind, clause: "DEFAULT 'open'"}, {name: "n", kind: int4Kind, clause: "NOT NULL DEFAULT 0"}}},
	{name: "documents", unique: []string{"id", "hash"}, columns: []*column{
		{name: "id", kind: int4Kind, clause: keyClause}, {name: "matter_ref", kind: uuidKind, mode: deterministic, domain: "ref", clause: "REFERENCES matters(ref) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"},
		{name: "matter_id", kind: int4Kind, clause: "REFERENCES matters(id) ON DELETE CASCADE"}, {name: "body", kind: textKind, mode: randomized, clause: "NOT NULL"},
		{name: "hash", kind: byteaKind, mode: deterministic, clause: "UNIQUE"}, {name: "pages", kind: int4Kind, mode: deterministic}, {name: "size", kind: int8Kind, mode: randomized},
		{name: "day", kind: dateKind, mode: randomized}, {name: "at", kind: timestampKind, mode: deterministic}, {name: "code", kind: codeKind, mode: randomized},
		{name: "author", kind: textKind, mode: deterministic, domain: "email"}, {name: "tag", kind: textKind}, {name: "pos", kind: int4Kind}}},
	{name: "notes", unique: []string{"id"}, columns: []*column{
		{name: "id", kind: int4Kind, clause: keyClause}, {name: "v", kind: textKind}, {name: "n", kind: int4Kind}, {name: "tag", kind: textKind}}},
}

// ddl creates the tables, with the types that the application sees or, sealed, those that the server has.
func ddl(sealed bool) string {
	var b strings.Builder
	for _, t := range schema {
		fmt.Fprintf(&b, "CREATE TABLE %s (", t.name)
		for i, c := range t.columns {
			typ := c.kind.name
			if sealed && c.sealed() {
				typ = c.kind.physical
			}
			fmt.Fprintf(&b, "%s\n\t%s %s %s", map[bool]string{true: ",", false: ""}[i > 0], c.name, typ, c.clause)
		}
		b.WriteString(");\n")
	}
	return b.String() + views
}

// views are part of both schemas.
const views = `
CREATE VIEW matter_list AS SELECT id, title, client_email, ref, status, n FROM matters;
CREATE VIEW open_matters AS SELECT l.id, l.title, c.name, l.client_email FROM matter_list l LEFT JOIN clients c ON c.email = l.client_email WHERE l.status = 'open';
`

// policyText is the policy of the sealed schema.
func policyText() string {
	var b strings.Builder
	b.WriteString("version: 1\ntables:\n")
	for _, t := range schema {
		if !t.protected() {
			continue
		}
		fmt.Fprintf(&b, "  public.%s:\n    columns:\n", t.name)
		for _, c := range t.columns {
			if !c.sealed() {
				continue
			}
			fmt.Fprintf(&b, "      %s: {mode: %s, type: %q", c.name, c.mode, c.kind.name)
			if c.domain != "" {
				fmt.Fprintf(&b, ", domain: %s", c.domain)
			}
			b.WriteString("}\n")
		}
	}
	return b.String()
}
