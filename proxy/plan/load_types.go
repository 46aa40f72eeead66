package plan

import (
	"context"

	"github.com/legatics/pgseal/policy"
)

// types reads the enums and citext.
func (l *loader) types(ctx context.Context) error {
	var t policy.LiveType
	return l.each(ctx, `
SELECT t.oid, n.nspname::text, t.typname::text, CASE WHEN t.typtype = 'e' THEN
	ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.oid IN (SELECT enumtypid FROM pg_catalog.pg_enum)
	OR t.oid IN (SELECT d.objid FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
		WHERE d.refclassid = 'pg_extension'::regclass AND x.extname = 'citext' AND d.classid = 'pg_type'::regclass) AND t.typname = 'citext'
ORDER BY 1`, nil, []any{&t.OID, &t.Name.Schema, &t.Name.Name, &t.Labels}, func() error {
		l.db.Types = append(l.db.Types, t)
		t.Labels = nil // the next row gets a slice of its own
		return nil
	})
}

// domains reads what stands behind the domains of the relations' columns.
func (l *loader) domains(ctx context.Context) error {
	found := make(map[uint32]*policy.Domain)
	for _, r := range l.db.Relations {
		for i := range r.Columns {
			if c := &r.Columns[i]; c.Kind == 'd' {
				if found[c.TypeOID] == nil {
					found[c.TypeOID] = &policy.Domain{}
					l.domainOIDs = append(l.domainOIDs, c.TypeOID)
				}
				c.Domain = found[c.TypeOID]
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	var oid uint32
	var d policy.Domain
	return l.each(ctx, `
WITH RECURSIVE chain(top, oid, base, typmod, filled, depth) AS (
	SELECT t.oid, t.oid, t.typbasetype, t.typtypmod, t.typnotnull, 1 FROM pg_catalog.pg_type t WHERE t.oid = ANY($1)
	UNION ALL
	SELECT c.top, t.oid, t.typbasetype, t.typtypmod, t.typnotnull, c.depth + 1 FROM chain c JOIN pg_catalog.pg_type t ON t.oid = c.base WHERE t.typtype = 'd'
)
SELECT DISTINCT ON (c.top) c.top, pg_catalog.format_type(c.base, c.typmod),
	ARRAY(SELECT k.conname::text FROM chain o JOIN pg_catalog.pg_constraint k ON k.contypid = o.oid WHERE o.top = c.top AND k.contype = 'c' ORDER BY 1)
	|| ARRAY(SELECT DISTINCT 'NOT NULL'::text FROM chain o WHERE o.top = c.top AND o.filled)
FROM chain c ORDER BY c.top, c.depth DESC`, []any{l.domainOIDs}, []any{&oid, &d.Base, &d.Checks}, func() error {
		*found[oid] = d
		d.Checks = nil // the next row gets a slice of its own
		return nil
	})
}
