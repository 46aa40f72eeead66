package doctor

import (
	"context"
	"strings"
)

// ownSchema reports roles with rights on the schema pgseal beyond reading the view tenant_state, apart from superusers, its
// owner, who may act for the owner, and the server's own roles. A raw role may read, for dumps.
func (e *examination) ownSchema(ctx context.Context) error {
	if err := e.ownedByOthers(ctx); err != nil {
		return err
	}
	var role, object, quotedObject string
	var reads, writes bool
	return e.each(ctx, `
WITH object AS (
	SELECT c.oid, n.oid AS space, 'pgseal.' || c.relname AS name, c.relname = 'tenant_state' AS open, pg_catalog.format('%I.%I', n.nspname, c.relname) AS quoted
	FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = 'pgseal' AND c.relkind IN ('r', 'v', 'p', 'm')
), somebody AS (
	SELECT r.oid, r.rolname FROM pg_catalog.pg_roles r
	WHERE NOT r.rolsuper AND r.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = 'pgseal' AND pg_catalog.pg_has_role(r.oid, n.nspowner, 'MEMBER'))
), may AS (
	SELECT s.rolname::text AS role, o.name, CASE WHEN o.open THEN 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER' ELSE 'ALL' END || ' ON ' || o.quoted AS quoted,
		NOT o.open AND pg_catalog.has_table_privilege(s.oid, o.oid, 'SELECT') AS reads,
		pg_catalog.has_table_privilege(s.oid, o.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER') AS writes
	FROM somebody s, object o WHERE pg_catalog.has_schema_privilege(s.oid, o.space, 'USAGE')
	UNION ALL
	SELECT s.rolname::text, 'schema pgseal', 'CREATE ON SCHEMA pgseal', false, pg_catalog.has_schema_privilege(s.oid, n.oid, 'CREATE')
	FROM somebody s, pg_catalog.pg_namespace n WHERE n.nspname = 'pgseal'
)
SELECT role, pg_catalog.string_agg(name, ', ' ORDER BY name), pg_catalog.string_agg(quoted, '; ' ORDER BY name), bool_or(reads), bool_or(writes)
FROM may WHERE reads OR writes GROUP BY role ORDER BY role`, nil, []any{&role, &object, &quotedObject, &reads, &writes}, func() error {
		f := Finding{Severity: Warning, Kind: "rights", Object: "role " + role, Evidence: object,
			Message: "it may read the control records of pgseal: no key is in them that is not wrapped, but tenants, keys' names and states are"}
		switch {
		case writes:
			f.Severity = Error
			f.Message = "it may change the control records of pgseal: a changed record is noticed (KU012), but blocks the tenant that it belongs to"
		case e.Policy.Raw(role):
			return nil
		}
		f.Mend = revokes(quotedObject, role)
		e.note(f)
		return nil
	})
}

// revokes are the statements that take the rights away that were given to the role or to everybody; membership is another matter.
func revokes(objects, role string) string {
	var all []string
	for what := range strings.SplitSeq(objects, "; ") {
		all = append(all, "REVOKE "+what+" FROM "+quoted(role)+", PUBLIC;")
	}
	return strings.Join(all, " ") + " -- or the membership by which it has them"
}

// ownedByOthers reports objects of the schema that its owner does not own.
func (e *examination) ownedByOthers(ctx context.Context) error {
	var object, owner, schemaOwner string
	return e.each(ctx, `
SELECT c.relname::text, o.rolname::text, s.rolname::text
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_roles o ON o.oid = c.relowner JOIN pg_catalog.pg_roles s ON s.oid = n.nspowner
WHERE n.nspname = 'pgseal' AND c.relkind IN ('r', 'v', 'p', 'm') AND c.relowner <> n.nspowner ORDER BY 1`,
		nil, []any{&object, &owner, &schemaOwner}, func() error {
			e.note(Finding{Severity: Error, Kind: "rights", Object: "pgseal." + object, Evidence: "owner " + owner + ", the schema's is " + schemaOwner,
				Message: "the schema pgseal belongs to one role and this object of it to another, who can change it at will",
				Mend:    "ALTER TABLE " + quoted("pgseal", object) + " OWNER TO " + quoted(schemaOwner) + ";"})
			return nil
		})
}
