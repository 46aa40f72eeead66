package proxy_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// orderRefused are statements whose order of columns the proxy cannot keep, or that it refuses on every sealed table.
var orderRefused = []struct{ sql, want string }{
	{"SELECT m FROM matters m", "KP001"},
	{"SELECT row_to_json(m) FROM matters m", "KP001"},
	{"SELECT row_to_json(m.*) FROM matters m", "KP001"},
	{"SELECT ROW(m.*) FROM matters m", "KP001"},
	{"SELECT (m).* FROM matters m", "KP001"},
	{"SELECT to_jsonb(j) FROM (matters JOIN papers USING (id)) AS j", "KP001"},
	{"SELECT count(m.*) FROM matters m", "KP001"},
	{"SELECT * FROM matters m WHERE m IS NULL", "KP001"},
	{"SELECT NULL::matters", "KP002"},
	{"CREATE TABLE more AS SELECT * FROM matters", "KP004"},
	{"SELECT * INTO more FROM matters", "KP004"},
	{"CREATE TABLE more (LIKE matters)", "KP004"},
	{"INSERT INTO pairs SELECT * FROM matters", "KP001"},
	{"INSERT INTO matters SELECT * FROM clients", "KP001"},
	{"INSERT INTO matters VALUES (10, 'canary ten', 'ten', 10, 'n10', DEFAULT, 1)", "KP002"},
	{"SELECT * FROM matters TABLESAMPLE SYSTEM (100) JOIN clients USING (email)", "KP002"},
	{"SELECT * FROM matters NATURAL JOIN clients", "KP002"},
	{"ALTER TABLE matters ADD more int; SELECT * FROM matters", "KP002"},
	{"UPDATE matters SET note = 'x' FROM clients JOIN papers USING (email) RETURNING *", "KP001"},
	{"SELECT * FROM matters a NATURAL JOIN matters b", "KP001"},
}

// orderRefusedRows are statements that use a row as one value, which has its columns as they lie, the product's own among them.
var orderRefusedRows = []string{
	"SELECT m FROM matters m", "SELECT row_to_json(m) FROM matters m", "SELECT row_to_json(m.*) FROM matters m", "SELECT ROW(m.*) FROM matters m", "SELECT (m).* FROM matters m",
	"SELECT to_jsonb(j) FROM (matters JOIN papers USING (id)) AS j", "SELECT m = m FROM matters m", "INSERT INTO matters VALUES (1) ON CONFLICT (id) DO UPDATE SET note = to_json(excluded)::text",
	"UPDATE matters SET note = pgseal_1a", "SELECT pgseal_1a FROM matters", "INSERT INTO matters (pgseal_1a) VALUES ('')", "SELECT NULL::matters",
	"ALTER TABLE matters DROP COLUMN pgseal_1a", "ALTER TABLE matters RENAME COLUMN pgseal_1a TO mine", "ALTER TABLE matters ALTER COLUMN pgseal_1a TYPE bytea USING NULL",
}

func TestRowsOfMovedColumns(t *testing.T) {
	for _, kind := range orderKinds {
		conn := startOrder(t, kind).connect(t)
		for _, sql := range orderRefusedRows {
			if strings.Contains(sql, "pgseal_1a") && kind.move != orderFilling {
				continue
			}
			if _, err := conn.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol); !strings.HasPrefix(code(err), "KP") {
				t.Errorf("%s, %s: %v", kind.name, sql, err)
			}
		}
	}
}

func TestMovedColumnsThatCannotBeKept(t *testing.T) {
	s := startOrder(t, orderKinds[0])
	conn := s.connect(t).PgConn()
	for _, c := range orderRefused {
		for name, err := range map[string]error{
			"simple":   conn.Exec(t.Context(), c.sql).Close(),
			"extended": conn.ExecParams(t.Context(), c.sql, nil, nil, nil, nil).Read().Err,
		} {
			if code(err) != c.want {
				t.Errorf("%s, %s: %v", name, c.sql, err)
				continue
			}
			if e := err.(*pgconn.PgError); e.Hint == "" || e.Detail == "" {
				t.Errorf("%s: %+v", c.sql, e)
			}
		}
	}
}
