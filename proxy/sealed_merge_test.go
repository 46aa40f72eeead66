package proxy_test

import "testing"

// MERGE does what it does without a proxy, and seals what it stores.
func TestMerge(t *testing.T) {
	l := startLive(t, "CREATE TABLE incoming (id int, title text, email text); CREATE VIEW v AS SELECT id, title AS name, email FROM matters;")
	conn := l.connect(t)
	for _, sql := range []string{
		"INSERT INTO clients VALUES (1, 'canary-a@example.org', 'canary Ada'), (2, 'canary-b@example.org', 'canary Bob')",
		"INSERT INTO matters VALUES (1, 1, 'canary one', 'canary-a@example.org', 12.50, 'open'), (2, 2, 'canary two', 'canary-b@example.org', 7, 'open')",
		"INSERT INTO incoming VALUES (1, 'native', 'native@example.org'), (3, 'native three', NULL)",

		`MERGE INTO matters m USING (VALUES (1, 'canary merged', 'canary-c@example.org', 1.25), (7, 'canary new', NULL, NULL)) AS s(id, title, email, value) ON m.id = s.id
			WHEN MATCHED THEN UPDATE SET title = s.title, email = s.email, value = s.value
			WHEN NOT MATCHED THEN INSERT (id, title, email, value) VALUES (s.id, s.title, s.email, s.value)`,
		"SELECT * FROM matters ORDER BY id",
		`MERGE INTO matters USING (SELECT 8 AS id, 'canary eight' AS title) s ON matters.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (s.id, NULL, s.title, 'canary-d@example.org', 5, 'x')`,
		`MERGE INTO matters m USING incoming i ON m.id = i.id WHEN MATCHED THEN UPDATE SET title = 'canary literal', status = i.title
			WHEN NOT MATCHED THEN INSERT (id, title, status) VALUES (i.id, 'canary from incoming', i.title)`,
		"MERGE INTO matters m USING clients c ON m.email = c.email WHEN MATCHED AND m.title IS NOT NULL THEN UPDATE SET email = c.email, client = c.id WHEN NOT MATCHED THEN DO NOTHING",
		"MERGE INTO matters m USING (VALUES ('canary-b@example.org')) AS s(email) ON m.email = s.email WHEN MATCHED THEN DELETE",
		"SELECT * FROM matters ORDER BY id",
		"MERGE INTO matters m USING incoming i ON m.email = 'canary-c@example.org' WHEN MATCHED AND i.id = 1 THEN UPDATE SET value = DEFAULT, title = NULL WHEN NOT MATCHED AND i.id = 9 THEN INSERT DEFAULT VALUES",
		"MERGE INTO incoming i USING matters m ON i.id = m.id AND m.email IS NOT NULL WHEN MATCHED THEN UPDATE SET title = m.status WHEN NOT MATCHED THEN INSERT (id) VALUES (m.id)",
		"SELECT * FROM incoming ORDER BY id, title",
		"MERGE INTO matters m USING incoming i ON m.id = i.id WHEN MATCHED THEN UPDATE SET (title, status) = ('canary row', 'y')",
		"MERGE INTO matters m USING (VALUES (1, 'canary twice'), (1, 'canary again')) AS s(id, title) ON m.id = s.id WHEN MATCHED THEN UPDATE SET title = s.title",
		"WITH w AS (SELECT 1 AS id) MERGE INTO matters m USING w ON m.id = w.id WHEN MATCHED THEN UPDATE SET title = 'canary with'",
		"UPDATE matters m SET title = s.t FROM (VALUES (1, 'canary returned'), (3, NULL)) AS s(id, t) WHERE m.id = s.id RETURNING s.t AS given, m.title, s.id",
		"SELECT * FROM matters ORDER BY id",
	} {
		l.alike(t, conn, sql)
	}
	l.alike(t, conn, `MERGE INTO matters m USING (VALUES ($1::int, $2, $3::text, $4::numeric)) AS s(id, title, email, value) ON m.id = s.id
		WHEN MATCHED THEN UPDATE SET title = s.title, email = s.email, value = s.value WHEN NOT MATCHED THEN INSERT (id, title, email) VALUES (s.id, s.title, s.email)`,
		1, "canary parameter", "canary-p@example.org", "99.90")
	l.alike(t, conn, "MERGE INTO matters m USING incoming i ON m.id = i.id AND m.email = $1 WHEN MATCHED THEN UPDATE SET title = $2", "canary-p@example.org", "canary searched")
	l.alike(t, conn, "SELECT * FROM matters ORDER BY id")
	for sql, why := range map[string]string{
		"MERGE INTO matters m USING incoming i ON m.id = i.id WHEN MATCHED THEN UPDATE SET title = i.title":                                 "public.matters.title",
		"MERGE INTO incoming i USING matters m ON i.id = m.id WHEN MATCHED THEN UPDATE SET title = m.title":                                 "public.matters.title",
		"MERGE INTO incoming i USING matters m ON i.id = m.id WHEN NOT MATCHED THEN INSERT VALUES (m.id, m.title)":                          "public.matters.title",
		"MERGE INTO matters m USING incoming i ON m.email = i.email WHEN MATCHED THEN DELETE":                                               "public.matters.email",
		"MERGE INTO matters m USING incoming i ON m.title = 'canary' WHEN MATCHED THEN DELETE":                                              "public.matters.title",
		"MERGE INTO matters m USING clients c ON m.client = c.id WHEN MATCHED THEN UPDATE SET title = c.name":                               "public.clients.name",
		"MERGE INTO matters m USING (VALUES (1, 'canary')) AS s(id, t) ON m.id = s.id WHEN MATCHED THEN UPDATE SET title = s.t, status = t": "public.matters.title",
	} {
		refused(t, conn, sql, "KP001", why)
	}
	l.sealedThroughout(t, "canary", "99.90")
}
