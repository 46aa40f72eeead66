package proxy_test

import "testing"

const viewDefinitions = `
CREATE VIEW open_matters AS SELECT id, client, title AS name, email, value, status FROM matters WHERE status = 'open';
CREATE VIEW fenced WITH (security_barrier) AS SELECT id, title FROM matters WHERE id > 1;
CREATE VIEW named AS SELECT id, name, email AS address FROM open_matters WHERE id < 100 WITH CASCADED CHECK OPTION;
CREATE VIEW files AS SELECT m.id, m.title, c.name, c.email FROM matters m JOIN clients c ON c.email = m.email AND c.id = m.client;
CREATE VIEW per_client AS SELECT email, count(*) AS n FROM matters GROUP BY email;
CREATE VIEW united AS SELECT email FROM matters UNION SELECT email FROM clients;
CREATE VIEW latest AS SELECT DISTINCT ON (client) client, title, value FROM matters ORDER BY client, id DESC;
CREATE VIEW untitled AS SELECT id, status FROM matters WHERE title IS NULL;
CREATE MATERIALIZED VIEW kept AS SELECT id, name AS title, email, value FROM open_matters;
CREATE VIEW lowered AS SELECT id, lower(status) AS status, upper(title) AS title FROM matters;
CREATE VIEW searching AS SELECT id FROM matters WHERE email = 'x';
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE VIEW acting AS SELECT id, title FROM matters;
CREATE TRIGGER act INSTEAD OF INSERT ON acting FOR EACH ROW EXECUTE FUNCTION swallow();
`

// What is read through views is what is read without a proxy, whatever way the statement is sent.
func TestViewsAreRead(t *testing.T) {
	l := startLive(t, viewDefinitions)
	conn := l.connect(t)
	l.alike(t, conn, "INSERT INTO clients VALUES (1, 'canary-a@example.org', 'canary Ada'), (2, 'canary-b@example.org', 'canary Bob')")
	l.alike(t, conn, `INSERT INTO matters VALUES (1, 1, 'canary one', 'canary-a@example.org', 12.50, 'open'), (2, 2, 'canary two', 'canary-b@example.org', 7, 'closed'),
		(3, 1, NULL, 'canary-a@example.org', NULL, 'open'), (4, 1, 'canary four', 'canary-a@example.org', 1e3, 'open')`)
	l.alike(t, conn, "REFRESH MATERIALIZED VIEW kept")
	for _, sql := range []string{
		"SELECT * FROM open_matters",
		"SELECT name, value FROM open_matters WHERE email = 'canary-a@example.org'",
		"SELECT o.name AS n, o.* FROM public.open_matters AS o WHERE o.email IN ('canary-a@example.org', 'x') ORDER BY id LIMIT 2",
		"SELECT id, title FROM fenced",
		"SELECT * FROM named",
		"SELECT id FROM named WHERE address <> 'canary-a@example.org' OR name IS NULL",
		"SELECT * FROM files",
		"SELECT f.title, p.n FROM files f JOIN per_client p USING (email)",
		"SELECT f.title, p.n FROM files f JOIN per_client p ON p.email = f.email",
		"SELECT * FROM per_client WHERE email = 'canary-b@example.org'",
		"SELECT email FROM united",
		"SELECT * FROM latest",
		"SELECT upper(status) FROM untitled",
		"SELECT * FROM kept",
		"SELECT title FROM kept WHERE id = 4",
		"WITH v AS (SELECT * FROM files) SELECT name, count(*) FROM (SELECT id, email, 'x' AS name FROM v) s GROUP BY name",
		"SELECT (SELECT title FROM files f WHERE f.id = c.id) AS t FROM clients c",
		"SELECT count(*), count(name) FROM open_matters",
		"TABLE named",
		"SELECT no_such_column FROM open_matters WHERE id = 1",
	} {
		if sql == "SELECT no_such_column FROM open_matters WHERE id = 1" {
			refused(t, conn, sql, "KP002", "no_such_column")
			continue
		}
		l.alike(t, conn, sql)
	}
	l.alike(t, conn, "SELECT name, value FROM open_matters WHERE email = $1", "canary-a@example.org")
	l.alike(t, conn, "SELECT title FROM files WHERE email = ANY($1) AND id = $2", []string{"canary-b@example.org", "canary-a@example.org"}, 1)
	l.copied(t, conn, "COPY (SELECT id, name, value FROM open_matters ORDER BY id) TO STDOUT")
	for sql, why := range map[string]string{
		"SELECT * FROM lowered":                              "public.lowered",
		"SELECT id FROM searching":                           "public.searching",
		"SELECT upper(name) FROM named":                      "public.named.name",
		"SELECT name FROM open_matters ORDER BY name":        "public.open_matters.name",
		"SELECT id FROM open_matters WHERE name = 'canary'":  "public.open_matters.name",
		"SELECT id FROM kept WHERE email = 'canary'":         "public.kept.email",
		"SELECT row_to_json(o) FROM open_matters o":          "rows of o",
		"SELECT m FROM named m":                              "rows of m",
		"SELECT id FROM open_matters WHERE name LIKE 'can%'": "public.open_matters.name",
	} {
		refused(t, conn, sql, "KP001", why)
	}
	l.sealedThroughout(t, "canary", "12.50")
}

// What is written through views that the server updates by itself is stored as it is without a proxy, but sealed.
func TestViewsAreWritten(t *testing.T) {
	l := startLive(t, viewDefinitions+"ALTER VIEW named ALTER COLUMN id SET DEFAULT 42;")
	conn := l.connect(t)
	l.alike(t, conn, "INSERT INTO clients VALUES (1, 'canary-a@example.org', 'canary Ada')")
	for _, sql := range []string{
		"INSERT INTO open_matters (id, name, email, value) VALUES (1, 'canary one', 'canary-a@example.org', 3.5) RETURNING *",
		"INSERT INTO open_matters VALUES (2, 1, 'canary two', 'canary-a@example.org', NULL, 'open'), (3, 1, NULL, NULL, 4, 'closed')",
		"INSERT INTO named (name) VALUES ('canary named') RETURNING id, name",
		"INSERT INTO named (id, name) VALUES (200, 'canary outside')",
		"INSERT INTO fenced (id, title) SELECT id + 10, title FROM matters RETURNING title",
		"INSERT INTO open_matters (id, name) VALUES (1, 'canary again') ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = 'canary-c@example.org' RETURNING id, name, email",
		"UPDATE open_matters SET name = 'canary new', value = 9 WHERE email = 'canary-a@example.org' RETURNING id, name, value",
		"UPDATE named SET address = 'canary-d@example.org' WHERE name IS NOT NULL",
		"UPDATE named n SET name = c.name FROM clients c WHERE c.id = n.id",
		"DELETE FROM named WHERE address = 'canary-c@example.org' RETURNING name",
		"DELETE FROM untitled",
		"WITH w AS (UPDATE open_matters SET name = 'canary with' RETURNING id, name) SELECT * FROM w",
		"UPDATE open_matters SET nothing = 1",
	} {
		switch sql {
		case "UPDATE named n SET name = c.name FROM clients c WHERE c.id = n.id":
			refused(t, conn, sql, "KP001", "public.clients.name")
			continue
		case "UPDATE open_matters SET nothing = 1":
			refused(t, conn, sql, "KP002", "nothing")
			continue
		}
		l.alike(t, conn, sql)
	}
	l.alike(t, conn, "INSERT INTO open_matters (id, name, value) VALUES ($1, $2, $3) RETURNING name", 50, "canary parameter", "77.70")
	l.alike(t, conn, "UPDATE named SET name = $1 WHERE id = $2 RETURNING name, address", "canary updated", 50)
	l.alike(t, conn, "SELECT * FROM matters ORDER BY id")
	for sql, why := range map[string]string{
		"INSERT INTO files (id, title) VALUES (1, 'canary')":             "public.files",
		"INSERT INTO acting VALUES (1, 'canary')":                        "the trigger act",
		"UPDATE acting SET title = 'canary'":                             "the trigger act",
		"DELETE FROM per_client":                                         "GROUP BY",
		"UPDATE latest SET title = 'canary'":                             "DISTINCT",
		"INSERT INTO kept VALUES (1, 'canary')":                          "materialized",
		"INSERT INTO open_matters (id, name) SELECT id, text FROM notes": "public.open_matters.name",
		"INSERT INTO notes SELECT id, name FROM open_matters":            "public.open_matters.name",
	} {
		refused(t, conn, sql, "KP001", why)
	}
	l.sealedThroughout(t, "canary", "77.70")
}

// Views that are made or changed past the proxy are known as soon as it has looked, and what the proxy itself lets pass at once.
func TestViewsComeAndGo(t *testing.T) {
	l := startLive(t, "")
	conn := l.connect(t)
	l.alike(t, conn, "INSERT INTO matters (id, title, email) VALUES (1, 'canary one', 'canary-a@example.org')")
	l.alike(t, conn, "CREATE VIEW v AS SELECT id, title FROM matters")
	l.alike(t, conn, "SELECT * FROM v")
	l.alike(t, conn, "INSERT INTO v VALUES (2, 'canary two') RETURNING title")
	l.alike(t, conn, "CREATE OR REPLACE VIEW v AS SELECT id, title, email FROM matters")
	l.alike(t, conn, "SELECT title FROM v WHERE email = 'canary-a@example.org'")
	l.alike(t, conn, "CREATE MATERIALIZED VIEW m AS SELECT title FROM v")
	l.alike(t, conn, "SELECT * FROM m")
	l.alike(t, conn, "DROP VIEW v CASCADE")
	l.alike(t, conn, "SELECT * FROM v")

	// In a transaction it is not known what the columns are, until the transaction has ended.
	l.alike(t, conn, "BEGIN")
	l.alike(t, conn, "CREATE VIEW w AS SELECT id, title FROM matters")
	l.alike(t, conn, "COMMENT ON VIEW w IS 'new'; GRANT SELECT ON w TO PUBLIC; ALTER VIEW w SET (security_barrier)")
	_, err := whatComesBack(t, conn, "INSERT INTO w VALUES (3, 'canary three')")
	if code(err) != "KP002" {
		t.Errorf("a view of the same transaction: %v", err)
	}
	if _, err := whatComesBack(t, conn, "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	l.alike(t, l.direct, "ROLLBACK")
	l.alike(t, conn, "SELECT * FROM w")
	l.alike(t, conn, "BEGIN; CREATE VIEW w AS SELECT id, title FROM matters; COMMIT")
	l.alike(t, conn, "SELECT * FROM w")
	results := conn.PgConn().Exec(t.Context(), "CREATE VIEW x AS SELECT title FROM matters; SELECT * FROM x")
	if _, err := results.ReadAll(); code(err) != "KP002" {
		t.Errorf("a view of the same text: %v", err)
	}

	// Past the proxy.
	past := cluster.Conn(t, l.name, "")
	mustExec(t, past, "CREATE VIEW y AS SELECT id, title AS t FROM matters")
	mustExec(t, l.direct, "CREATE VIEW y AS SELECT id, title AS t FROM matters")
	if err := l.watcher.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.alike(t, conn, "SELECT t FROM y WHERE id = $1", 1)
	mustExec(t, past, "CREATE OR REPLACE VIEW y AS SELECT id, upper(title) AS t FROM matters")
	if err := l.watcher.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = whatComesBack(t, conn, "SELECT t FROM y WHERE id = $1", 1)
	if got := code(err); got != "KP001" && got != "0A000" {
		t.Errorf("a view that was changed: %v", err)
	}
	refused(t, conn, "SELECT t FROM y", "KP001", "public.y")
	l.sealedThroughout(t, "canary")
}
