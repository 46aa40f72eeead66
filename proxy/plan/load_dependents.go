package plan

import (
	"context"
	"slices"

	"github.com/legatics/pgseal/policy"
)

// views finds the relations whose rewrite rules lead to one of the relations, at any depth.
func (l *loader) views(ctx context.Context) error {
	return l.dependents(ctx, "pg_catalog.pg_class", l.oids)
}

// viewsOverFunctions finds the relations whose rules call a function that names one of the relations.
func (l *loader) viewsOverFunctions(ctx context.Context) error {
	if len(l.functionOIDs) == 0 {
		return nil
	}
	return l.dependents(ctx, "pg_catalog.pg_proc", l.functionOIDs)
}

// dependents adds the relations with rules on the objects of one catalogue, and everything above them.
func (l *loader) dependents(ctx context.Context, catalogue string, objects []uint32) error {
	var d policy.Dependent
	var kind string
	return l.each(ctx, `
WITH RECURSIVE above(oid, rule, class, object) AS (
	SELECT r.ev_class, r.rulename, d.refclassid, d.refobjid
	FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
	WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = $1::regclass AND d.refobjid = ANY($2)
	UNION
	SELECT r.ev_class, r.rulename, d.refclassid, d.refobjid
	FROM above JOIN pg_catalog.pg_depend d ON d.refobjid = above.oid JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
	WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND r.ev_class <> d.refobjid
)
SELECT c.oid, n.nspname::text, c.relname::text, c.relkind::text, above.rule::text,
	coalesce(onn.nspname, fn.nspname)::text, coalesce(o.relname, f.proname)::text
FROM above
JOIN pg_catalog.pg_class c ON c.oid = above.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class o ON above.class = 'pg_class'::regclass AND o.oid = above.object
LEFT JOIN pg_catalog.pg_namespace onn ON onn.oid = o.relnamespace
LEFT JOIN pg_catalog.pg_proc f ON above.class = 'pg_proc'::regclass AND f.oid = above.object
LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
ORDER BY n.nspname, c.relname, above.rule, 6, 7`,
		[]any{catalogue, objects}, []any{&d.OID, &d.Name.Schema, &d.Name.Name, &kind, &d.Rule, &d.On.Schema, &d.On.Name}, func() error {
			d.Kind = kind[0]
			one := d
			known := slices.ContainsFunc(l.db.Dependents, func(o *policy.Dependent) bool {
				return o.OID == one.OID && o.Rule == one.Rule && o.On == one.On
			})
			if l.byOID[d.OID] == nil && !known {
				l.db.Dependents = append(l.db.Dependents, &one)
			}
			return nil
		})
}

// protectedNames are the names that a statement may lead to something protected by, with the OIDs that bear them.
func (l *loader) protectedNames() (names []string, oids []uint32) {
	oids = slices.Clone(l.oids)
	for _, r := range l.db.Relations {
		names = append(names, r.Name.Name)
	}
	for _, d := range l.db.Dependents {
		names = append(names, d.Name.Name)
		oids = append(oids, d.OID)
	}
	slices.Sort(names)
	return slices.Compact(names), oids
}

// homonyms finds relations of other schemas with a protected name. Temporary ones are seen by their own session alone
// and are left out.
func (l *loader) homonyms(ctx context.Context) error {
	names, oids := l.protectedNames()
	if len(names) == 0 {
		return nil
	}
	l.db.Homonyms = make(map[string][]string)
	var name, schema string
	return l.each(ctx, `
SELECT c.relname::text, n.nspname::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = ANY($1) AND c.oid <> ALL($2) AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't'
ORDER BY 1, 2`,
		[]any{names, oids}, []any{&name, &schema}, func() error {
			l.db.Homonyms[name] = append(l.db.Homonyms[name], schema)
			return nil
		})
}
