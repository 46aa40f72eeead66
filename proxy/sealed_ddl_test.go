package proxy_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// The definitions of an application's migrations do to a protected table what they do without a proxy, and what they change is known to
// the next statement.
func TestMigrations(t *testing.T) {
	l := startLive(t, "")
	conn := l.connect(t)
	for _, sql := range []string{
		"INSERT INTO clients VALUES (1, 'canary-a@example.org', 'canary Ada')",
		"INSERT INTO matters VALUES (1, 1, 'canary one', 'canary-a@example.org', 12.50, 'open')",
		"ALTER TABLE matters ADD COLUMN priority int NOT NULL DEFAULT 3 CHECK (priority > 0), ADD due date",
		"UPDATE matters SET priority = 5, due = '2031-01-01', title = 'canary changed' WHERE id = 1",
		"INSERT INTO matters (id, title, priority) VALUES (2, 'canary two', 0)",
		"INSERT INTO matters VALUES (2, 1, 'canary two', 'canary-b@example.org', 7, 'open', 1, NULL)",
		"SELECT * FROM matters ORDER BY id",
		"ALTER TABLE matters ALTER COLUMN priority TYPE bigint USING priority * 2, ALTER COLUMN due SET DEFAULT '2032-01-01', ALTER status DROP DEFAULT",
		"ALTER TABLE matters RENAME COLUMN priority TO urgency",
		"SELECT title, urgency FROM matters WHERE email = 'canary-b@example.org'",
		"ALTER TABLE matters ALTER COLUMN title SET NOT NULL",
		"INSERT INTO matters (id) VALUES (3)",
		"ALTER TABLE matters ALTER COLUMN title DROP NOT NULL, ALTER COLUMN title DROP DEFAULT",
		"INSERT INTO matters (id) VALUES (3)",
		"ALTER TABLE matters DROP COLUMN urgency",
		"SELECT * FROM matters ORDER BY id",
		"ALTER TABLE matters ADD CONSTRAINT titled CHECK (title IS NOT NULL OR status IS NULL) NOT VALID",
		"ALTER TABLE matters VALIDATE CONSTRAINT titled",
		"ALTER TABLE matters RENAME CONSTRAINT titled TO named",
		"UPDATE matters SET title = NULL WHERE id = 2",
		"ALTER TABLE matters DROP CONSTRAINT named",
		"CREATE INDEX CONCURRENTLY matters_status ON matters (status) INCLUDE (title) WHERE title IS NOT NULL",
		"CREATE INDEX matters_email ON matters USING hash (email)",
		"CREATE UNIQUE INDEX matters_unique ON matters (email)",
		"INSERT INTO matters (id, email) VALUES (4, 'canary-a@example.org')",
		"INSERT INTO matters (id, email) VALUES (4, 'canary-a@example.org') ON CONFLICT (email) DO UPDATE SET title = 'canary found' RETURNING id, title",
		"DROP INDEX matters_unique",
		"ALTER TABLE matters ADD CONSTRAINT matters_email_key UNIQUE (email)",
		"ALTER TABLE matters DROP CONSTRAINT matters_email_key",
		"ALTER TABLE matters ADD CONSTRAINT known FOREIGN KEY (email) REFERENCES clients (email)",
		"DELETE FROM matters WHERE email = 'canary-b@example.org'",
		"ALTER TABLE matters ADD CONSTRAINT known FOREIGN KEY (email) REFERENCES clients (email) ON DELETE SET NULL",
		"INSERT INTO matters (id, email) VALUES (5, 'canary-z@example.org')",
		"INSERT INTO matters (id, email) VALUES (5, 'canary-a@example.org')",
		"ALTER TABLE matters DROP CONSTRAINT known",
		"CREATE TABLE hours (id int PRIMARY KEY, matter int NOT NULL REFERENCES matters ON DELETE CASCADE, client int REFERENCES public.clients (id), spent interval)",
		"INSERT INTO hours VALUES (1, 1, 1, '2 hours'), (2, 99, 1, '1 hour')",
		"INSERT INTO hours VALUES (1, 1, 1, '2 hours')",
		"SELECT m.title, h.spent::text FROM hours h JOIN matters m ON m.id = h.matter",
		"ALTER TABLE hours ADD FOREIGN KEY (id) REFERENCES matters (id) NOT VALID",
		"ALTER TABLE matters SET (fillfactor = 80), ALTER COLUMN title SET STATISTICS 0",
		"ALTER TABLE matters ENABLE ROW LEVEL SECURITY",
		"ALTER TABLE matters DISABLE ROW LEVEL SECURITY",
		"BEGIN; ALTER TABLE matters ADD COLUMN late text; UPDATE matters SET status = 'late'; COMMIT",
		"UPDATE matters SET late = 'x', title = 'canary late' WHERE id = 1 RETURNING title, late",
		"ALTER TABLE matters ADD COLUMN again text DEFAULT 'again', ADD COLUMN loud text GENERATED ALWAYS AS (upper(status)) STORED",
		"SELECT * FROM matters ORDER BY id",
		"ALTER TABLE matters ADD COLUMN again text",
		"DROP TABLE hours",
	} {
		l.alike(t, conn, sql)
	}
	l.alike(t, conn, "INSERT INTO matters (id, title, again) VALUES ($1, $2, $3) RETURNING title, again", 77, "canary parameter", "native")
	l.sealedThroughout(t, "canary")
}

// Definitions that would weaken the protection are refused, and the refusal says which column, which clause, and what to do.
func TestDefinitionsThatWeaken(t *testing.T) {
	l := startLive(t, "CREATE VIEW v AS SELECT id, title FROM matters;")
	conn := l.connect(t)
	before := definitions(t, l)
	for sql, words := range map[string]string{
		"ALTER TABLE matters DROP COLUMN title":                                         "DROP COLUMN|public.matters.title",
		"ALTER TABLE matters RENAME COLUMN title TO name":                               "RENAME COLUMN|public.matters.title",
		"ALTER TABLE matters ALTER COLUMN title SET DEFAULT 'canary'":                   "SET DEFAULT|public.matters.title|each INSERT",
		"ALTER VIEW v ALTER COLUMN title SET DEFAULT 'canary'":                          "SET DEFAULT|public.v.title",
		"ALTER TABLE matters ALTER COLUMN value TYPE text USING 'canary'":               "ALTER COLUMN TYPE|public.matters.value",
		"ALTER TABLE matters ALTER COLUMN status TYPE text USING title":                 "USING|public.matters.title",
		"ALTER TABLE matters ADD CHECK (title <> 'canary')":                             "CHECK|public.matters.title",
		"ALTER TABLE matters ADD COLUMN loud text GENERATED ALWAYS AS (title) STORED":   "GENERATED|public.matters.title",
		"ALTER TABLE matters ADD UNIQUE (title)":                                        "UNIQUE|public.matters.title|deterministic",
		"ALTER TABLE matters ADD FOREIGN KEY (status) REFERENCES clients (email)":       "FOREIGN KEY|public.clients.email",
		"CREATE TABLE x (email text REFERENCES clients (email))":                        "FOREIGN KEY|public.clients.email|domain",
		"CREATE INDEX ON matters (title)":                                               "CREATE INDEX|public.matters.title",
		"CREATE INDEX ON matters (lower(email))":                                        "CREATE INDEX|public.matters.email",
		"CREATE INDEX ON matters (id) WHERE email = 'canary'":                           "WHERE|public.matters.email",
		"CREATE TRIGGER t BEFORE INSERT ON matters EXECUTE FUNCTION f()":                "matters",
		"CREATE RULE r AS ON INSERT TO matters DO INSTEAD NOTHING":                      "matters",
		"CREATE POLICY p ON matters USING (title = 'canary')":                           "matters",
		"CREATE STATISTICS s ON title, email FROM matters":                              "matters",
		"CREATE PUBLICATION p FOR TABLE matters":                                        "matters",
		"CREATE TABLE copy AS SELECT * FROM matters":                                    "matters",
		"CREATE TABLE copy (LIKE matters INCLUDING ALL)":                                "LIKE|public.matters",
		"CREATE TABLE copy () INHERITS (matters)":                                       "child|public.matters",
		"CREATE TEMP TABLE matters (a int)":                                             "matters",
		"CREATE TEMP VIEW x AS SELECT title FROM matters":                               "temporary view",
		"ALTER TABLE matters RENAME TO x":                                               "matters|doctor",
		"ALTER TABLE matters SET SCHEMA x":                                              "matters",
		"ALTER TABLE matters DISABLE TRIGGER ALL":                                       "matters",
		"ALTER TABLE matters DISABLE TRIGGER \"  pgseal before insert title 01234567\"": "guard|pgseal init",
		"ALTER TABLE matters DROP CONSTRAINT pgseal_sealed_title_01234567":              "guard|pgseal init",
		"DROP TABLE matters":                                                            "matters",
		"DROP SCHEMA public CASCADE":                                                    "public",
	} {
		refused(t, conn, sql, "KP004", strings.Split(words, "|")...)
	}
	refused(t, conn, "CREATE VIEW x AS SELECT id FROM matters WHERE email = 'canary'", "KP001", "public.matters.email", "plaintext")
	refused(t, conn, "CREATE VIEW x AS SELECT lower(title) FROM matters", "KP001", "lower()", "public.matters.title")
	if after := definitions(t, l); after != before {
		t.Errorf("something was changed:\n%s\n%s", before, after)
	}
	l.sealedThroughout(t, "canary")
}

// definitions are the relations of the application and their columns, in one text.
func definitions(t *testing.T, l *live) (all string) {
	t.Helper()
	err := cluster.Conn(t, l.name, "").QueryRow(t.Context(), `SELECT string_agg(concat_ws(' ', a.attrelid::regclass, a.attname, a.atttypid::regtype, a.atthasdef), ', ' ORDER BY a.attrelid, a.attnum)
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0`).Scan(&all)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A text with several definitions is sent by some tools in one piece, by others with Parse.
func TestMigrationInOnePiece(t *testing.T) {
	l := startLive(t, "")
	conn := l.connect(t)
	l.alike(t, conn, `ALTER TABLE matters ADD COLUMN a int; CREATE INDEX ON matters (a);
		CREATE TABLE b (m int REFERENCES matters); CREATE VIEW c AS SELECT id, title FROM matters; COMMENT ON VIEW c IS 'x'`)
	for _, sql := range []string{"ALTER TABLE matters ADD COLUMN p int", "CREATE VIEW d AS SELECT title FROM matters", "DROP VIEW c"} {
		for _, c := range []*pgx.Conn{conn, l.direct} {
			mustExec(t, c, sql, pgx.QueryExecModeExec)
		}
	}
	l.alike(t, conn, "INSERT INTO matters (id, title, a, p) VALUES (1, 'canary', 2, 3) RETURNING *")
	l.alike(t, conn, "SELECT title FROM d")
	l.sealedThroughout(t, "canary")
}
