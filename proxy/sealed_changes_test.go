package proxy_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// swapped puts a native column of the view where a sealed one was, and the other way round.
const swapped = "CREATE OR REPLACE VIEW open_matters AS SELECT id, client, status AS name, email, value, title AS status FROM matters"

// What a transaction has made of names is not known before it has ended: until then nothing gets to the columns that were meant before.
func TestNamesThatTheTransactionHasChanged(t *testing.T) {
	const nativeView = "CREATE VIEW v AS SELECT id, text FROM notes; CREATE VIEW over_v AS SELECT * FROM v"
	for _, c := range []struct {
		what            string
		before, changes []string
		then            string
	}{
		{"the place of a column", nil, []string{"ALTER TABLE matters DROP COLUMN client CASCADE"}, "INSERT INTO matters VALUES (1, 'canary', 'open')"},
		{"and a column that is added", nil, []string{"ALTER TABLE matters DROP COLUMN client CASCADE", "ALTER TABLE matters ADD COLUMN client int"}, "INSERT INTO matters VALUES (1, 'canary', 'open')"},
		{"the names of a view's columns", nil, []string{"ALTER VIEW open_matters RENAME COLUMN name TO tmp; ALTER VIEW open_matters RENAME COLUMN status TO name",
			"ALTER VIEW open_matters RENAME COLUMN tmp TO status"}, "INSERT INTO open_matters (id, status) VALUES (1, 'canary')"},
		{"a view below another", nil, []string{swapped}, "INSERT INTO named (id, name) VALUES (1, 'canary')"},
		{"a view that was native", []string{nativeView}, []string{"CREATE OR REPLACE VIEW v AS SELECT id, title AS text FROM matters"}, "INSERT INTO over_v VALUES (1, 'canary')"},
		{"a prepared statement", []string{"PREPARE p AS INSERT INTO open_matters (id, status) VALUES ($1, $2)"}, []string{swapped}, "EXECUTE p(1, 'canary')"},
		{"a prepared statement over it", []string{"PREPARE p AS INSERT INTO named (id, name) VALUES ($1, $2)"}, []string{swapped}, "EXECUTE p(1, 'canary')"},
		{"a prepared statement that was native", []string{nativeView, "PREPARE p AS INSERT INTO v VALUES ($1, $2)"}, []string{"DROP VIEW v CASCADE", "CREATE VIEW v AS SELECT id, title AS text FROM matters"},
			"EXECUTE p(1, 'canary')"},
		{"and is explained", []string{nativeView, "PREPARE p AS INSERT INTO v VALUES ($1, $2)"}, []string{"DROP VIEW v CASCADE", "CREATE VIEW v AS SELECT id, title AS text FROM matters"},
			"EXPLAIN ANALYZE EXECUTE p(1, 'canary')"},
	} {
		t.Run(c.what, func(t *testing.T) {
			l := startLive(t, viewDefinitions)
			conn := l.connect(t)
			for _, sql := range append(append(c.before, "BEGIN"), c.changes...) {
				for _, to := range []*pgx.Conn{conn, l.direct} {
					if _, err := to.PgConn().Exec(t.Context(), sql).ReadAll(); err != nil {
						t.Fatal(err)
					}
				}
			}
			l.alike(t, conn, "SAVEPOINT s")
			refused(t, conn, c.then, "KP002")
			mustExec(t, conn, "ROLLBACK TO s", pgx.QueryExecModeSimpleProtocol)
			l.alike(t, conn, "COMMIT")
			l.sealedThroughout(t, "canary")
		})
	}
}

// The same where it is one text, and by the extended protocol.
func TestNamesThatTheTextHasChanged(t *testing.T) {
	l := startLive(t, viewDefinitions+"CREATE VIEW v AS SELECT id, text FROM notes; CREATE VIEW over_v AS SELECT * FROM v;")
	conn := l.connect(t)
	for _, sql := range []string{
		"BEGIN; ALTER TABLE matters DROP COLUMN client CASCADE; INSERT INTO matters VALUES (1, 'canary', 'open'); COMMIT",
		swapped + "; INSERT INTO named (id, name) VALUES (1, 'canary')",
		"CREATE OR REPLACE VIEW v AS SELECT id, title AS text FROM matters; INSERT INTO over_v VALUES (1, 'canary')",
	} {
		if _, err := conn.PgConn().Exec(t.Context(), sql).ReadAll(); code(err) != "KP002" {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for name, sql := range map[string]string{"v": "INSERT INTO v VALUES ($1, $2)", "named": "INSERT INTO named (id, name) VALUES ($1, $2)",
		"matters": "INSERT INTO matters (id, title) VALUES ($1, $2)", "back": "ROLLBACK TO s", "end": "COMMIT"} {
		if _, err := conn.Prepare(t.Context(), name, sql); err != nil {
			t.Fatal(err)
		}
	}
	runs := func(name string, args ...[]byte) string {
		return code(conn.PgConn().ExecPrepared(t.Context(), name, args, nil, nil).Read().Err)
	}
	for _, sql := range []string{"BEGIN", swapped, "DROP VIEW v CASCADE", "CREATE VIEW v AS SELECT id, title AS text FROM matters", "SAVEPOINT s"} {
		mustExec(t, conn, sql)
	}
	for _, step := range []struct{ name, want string }{{"v", "0A000"}, {"back", ""}, {"named", "KP002"}, {"back", ""}, {"matters", ""}, {"end", ""}} {
		var args [][]byte
		if step.want != "" || step.name == "matters" {
			args = [][]byte{[]byte("1"), []byte("canary")}
		}
		if got := runs(step.name, args...); got != step.want {
			t.Errorf("%s: %q instead of %q", step.name, got, step.want)
		}
	}
	l.sealedThroughout(t, "canary")
}

// EXECUTE of what SQL has prepared before a name became that of something protected.
func TestPreparedBeforeTheNameWasProtected(t *testing.T) {
	l := startLive(t, "CREATE VIEW v AS SELECT id, text FROM notes;")
	conn := l.connect(t)
	mustExec(t, conn, "PREPARE before (int, text) AS INSERT INTO v VALUES ($1, $2)")
	other := l.connect(t)
	mustExec(t, other, "CREATE OR REPLACE VIEW v AS SELECT id, title AS text FROM matters")
	refused(t, conn, "EXECUTE before (1, 'canary')", "KP002", "Prepare the statement again")
	refused(t, conn, "EXPLAIN ANALYZE EXECUTE before (1, 'canary')", "KP002")
	if r := conn.PgConn().ExecParams(t.Context(), "EXECUTE before (1, 'canary')", nil, nil, nil, nil).Read(); code(r.Err) != "KP002" {
		t.Errorf("in a Parse: %v", r.Err)
	}
	mustExec(t, conn, "PREPARE native (int) AS INSERT INTO notes VALUES ($1, 'x')")
	mustExec(t, conn, "EXECUTE native (1)", pgx.QueryExecModeSimpleProtocol)
	mustExec(t, conn, "DEALLOCATE before")
	mustExec(t, conn, "PREPARE before (int, text) AS INSERT INTO v VALUES ($1, $2)", pgx.QueryExecModeSimpleProtocol)
	mustExec(t, conn, "EXECUTE before (1, 'canary')", pgx.QueryExecModeSimpleProtocol)
	l.sealedThroughout(t, "canary")
}
