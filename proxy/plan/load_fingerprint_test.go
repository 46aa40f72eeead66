package plan

import (
	"testing"

	"github.com/legatics/pgseal/testenv/postgres"
)

// fingerprintSeesDDL: each statement changes it, and a load afterwards agrees with it again.
func fingerprintSeesDDL(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	names := append(mustPolicy(t, loadCleanPolicy).Names(), mustPolicy(t, "version: 1\ntables: {later.t: {requires_key: [read]}}").Names()...)
	for _, ddl := range []string{
		"ALTER TABLE public.clients ADD COLUMN extra text",
		"ALTER TABLE public.clients RENAME COLUMN extra TO spare",
		"ALTER TABLE public.clients ALTER COLUMN spare TYPE varchar(30)",
		"ALTER TABLE public.clients ALTER COLUMN spare SET DEFAULT 'x'",
		"ALTER TABLE public.clients ALTER COLUMN spare DROP DEFAULT",
		"ALTER TABLE public.clients DROP COLUMN spare",
		"ALTER TABLE public.clients RENAME TO customers",
		"ALTER TABLE public.customers RENAME TO clients",
		"CREATE SCHEMA moved; ALTER TABLE public.clients SET SCHEMA moved",
		"ALTER TABLE moved.clients SET SCHEMA public",
		"CREATE INDEX i ON public.clients (id, number)",
		"DROP INDEX public.i",
		"ALTER TABLE public.clients ADD CONSTRAINT c CHECK (name <> '')",
		"ALTER TABLE public.clients RENAME CONSTRAINT c TO d",
		"ALTER TABLE public.clients DROP CONSTRAINT d",
		"CREATE TABLE public.nothing (); ALTER TABLE public.clients INHERIT public.nothing",
		"ALTER TABLE public.clients NO INHERIT public.nothing",
		"CREATE TABLE public.child () INHERITS (public.clients)",
		"DROP TABLE public.child",
		"ALTER TABLE public.clients ENABLE ROW LEVEL SECURITY",
		"CREATE TYPE public.pair AS (a public.clients); CREATE FUNCTION public.odd(public.pair) RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"CREATE POLICY p ON public.clients USING (true)",
		"ALTER POLICY p ON public.clients USING (name = 'x')",
		"DROP POLICY p ON public.clients",
		"ALTER TABLE public.clients DISABLE TRIGGER pgseal_guard",
		"CREATE TRIGGER late AFTER DELETE ON public.clients EXECUTE FUNCTION public.touch()",
		"DROP TRIGGER late ON public.clients",
		"CREATE RULE r AS ON DELETE TO public.clients DO ALSO NOTIFY gone",
		"DROP RULE r ON public.clients",
		"CREATE TABLE public.events_late PARTITION OF public.events FOR VALUES IN ('late')",
		"CREATE INDEX late ON archive.events_2020 (id)",
		"ALTER TABLE public.events DETACH PARTITION public.events_late",
		"ALTER TABLE public.events ATTACH PARTITION public.events_late FOR VALUES IN ('late')",
		"DROP TABLE public.events_late",
		"CREATE VIEW public.late AS SELECT name FROM public.clients",
		"CREATE VIEW public.later AS SELECT name FROM public.late",
		"CREATE OR REPLACE VIEW public.later AS SELECT name, 1 AS x FROM public.late",
		"DROP VIEW public.later",
		"CREATE VIEW public.late_number AS SELECT public.by_source()",
		"CREATE TABLE archive.events (x int)",
		"DROP TABLE archive.events",
		"CREATE FUNCTION public.late() RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"CREATE OR REPLACE FUNCTION public.late() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM clients'",
		"DROP FUNCTION public.late()",
		"CREATE TYPE public.mood AS ENUM ('sad', 'ok')",
		"ALTER TYPE public.mood ADD VALUE 'happy'",
		"ALTER TYPE public.mood RENAME VALUE 'ok' TO 'fine'",
		"ALTER TYPE public.mood RENAME TO temper",
		"ALTER TYPE public.temper SET SCHEMA archive",
		"CREATE DOMAIN public.short AS varchar(5); ALTER TABLE public.clients ADD COLUMN abbr public.short",
		"ALTER DOMAIN public.short ADD CONSTRAINT filled CHECK (VALUE <> '')",
		"ALTER DOMAIN public.short DROP CONSTRAINT filled",
		"ALTER DOMAIN public.short SET NOT NULL",
		"ALTER DOMAIN public.short SET DEFAULT 'x'",
		"CREATE EXTENSION citext",
		"ALTER TYPE public.citext SET SCHEMA archive",
		"CREATE PUBLICATION late FOR TABLE public.clients WHERE (number > 1)",
		"DROP PUBLICATION late",
		"CREATE TABLE public.referring (email text REFERENCES public.clients (email))",
		"CREATE SCHEMA later",
		"CREATE TABLE later.t (x int)",
		"ALTER SCHEMA later RENAME TO latest",
	} {
		_, scope, err := loadDatabase(t.Context(), conn, names)
		if err != nil {
			t.Fatal(err)
		}
		same, err := fingerprint(t.Context(), conn, scope)
		if err != nil || same != scope.print {
			t.Fatalf("before %s: %v, %v\n%s", ddl, err, same, scope.print)
		}
		if _, err := conn.Exec(t.Context(), ddl); err != nil {
			t.Fatalf("%s: %v", ddl, err)
		}
		if now, err := fingerprint(t.Context(), conn, scope); err != nil || now == scope.print {
			t.Errorf("not seen: %s (%v)", ddl, err)
		}
	}
}

// fingerprintOverlooks: work with data, and DDL on what has nothing to do with the policy, change nothing.
func fingerprintOverlooks(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	_, scope, err := loadDatabase(t.Context(), conn, mustPolicy(t, loadCleanPolicy).Names())
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"INSERT INTO public.clients (email, name) SELECT 'pgs1' || i, i::text FROM generate_series(1, 5000) i",
		"UPDATE public.clients SET name = name || 'x'",
		"DELETE FROM public.clients WHERE id % 2 = 0",
		"ANALYZE",
		"VACUUM public.clients",
		"VACUUM FREEZE pg_catalog.pg_class",
		"VACUUM FREEZE pg_catalog.pg_attribute",
		"REINDEX TABLE public.clients",
		"CREATE TEMP TABLE clients (x int)",
		"CREATE TABLE public.elsewhere (x int PRIMARY KEY)",
		"CREATE VIEW public.elsewhere_view AS SELECT x FROM public.elsewhere",
		"ALTER TABLE public.plain_table ADD COLUMN c int",
		"DROP TABLE public.elsewhere CASCADE",
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		now, err := fingerprint(t.Context(), conn, scope)
		if err != nil {
			t.Fatal(err)
		}
		if now != scope.print {
			t.Errorf("%s changes the fingerprint", sql)
		}
	}
}
