package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/legatics/pgseal/proxy/plan"
)

// mostNames bounds how many roles are named in one finding.
const mostNames = 20

// powers reports who could take the guard away or look past it: that is for people to judge.
func (e *examination) powers(ctx context.Context) error {
	var superusers, creators []string
	err := e.each(ctx, `
SELECT ARRAY(SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolsuper ORDER BY 1),
	ARRAY(SELECT rolname::text FROM pg_catalog.pg_roles WHERE rolcreaterole AND NOT rolsuper AND pg_catalog.current_setting('server_version_num')::int < 160000 ORDER BY 1)`,
		nil, []any{&superusers, &creators}, func() error { return nil })
	if err != nil {
		return err
	}
	e.note(Finding{Severity: Information, Kind: "powers", Object: "superusers", Evidence: listOf(superusers),
		Message: "they can take the guard away, and read and change whatever the database holds; sealed values they cannot open"})
	if len(creators) > 0 {
		e.note(Finding{Severity: Information, Kind: "powers", Object: "roles with CREATEROLE", Evidence: listOf(creators),
			Message: "before PostgreSQL 16 they can make themselves members of the role that owns a protected table"})
	}
	if err := e.owners(ctx); err != nil {
		return err
	}
	e.rawRoles()
	return nil
}

// owners reports, by owner, who owns protected tables or may act for whom who does.
func (e *examination) owners(ctx context.Context) error {
	var oids []uint32
	e.tables(func(r *plan.Relation) {
		if r.Sealed {
			oids = append(oids, r.OID)
		}
	})
	var owner string
	var tables int64
	var members []string
	return e.each(ctx, `
SELECT o.rolname::text, count(*), ARRAY(SELECT m.rolname::text FROM pg_catalog.pg_roles m
	WHERE m.oid <> o.oid AND NOT m.rolsuper AND pg_catalog.pg_has_role(m.oid, o.oid, 'MEMBER') ORDER BY 1)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
WHERE c.oid = ANY($1) GROUP BY o.oid, o.rolname ORDER BY 1`, []any{oids}, []any{&owner, &tables, &members}, func() error {
		f := Finding{Severity: Information, Kind: "powers", Object: "role " + owner, Evidence: fmt.Sprintf("owns %d of the tables with sealed columns", tables),
			Message: "the owner of a protected table can take its guard away, which a proxy that serves notices and puts back"}
		if len(members) > 0 {
			f.Evidence += "; members: " + listOf(members)
		}
		e.note(f)
		return nil
	})
}

// rawRoles names the roles that the policy gives sealed values to.
func (e *examination) rawRoles() {
	for name, r := range e.Policy.Roles {
		if r.Raw {
			e.note(Finding{Severity: Information, Kind: "powers", Object: "role " + name, Evidence: r.Where.String(),
				Message: "the policy makes it a raw role: its sessions pass unplanned, and requires_key does not bind it; only the guard keeps plaintext out"})
		}
	}
}

func listOf(names []string) string {
	if len(names) > mostNames {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:mostNames], ", "), len(names)-mostNames)
	}
	return strings.Join(names, ", ")
}
