package proxy_test

import (
	"testing"

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
	{"SELECT * FROM matters a NATURAL JOIN matters b", "KP001"},
}

func TestMovedColumnsThatCannotBeKept(t *testing.T) {
	s := startOrder(t)
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
