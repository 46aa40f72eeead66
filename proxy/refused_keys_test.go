package proxy_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Keys hear of each error of theirs that a client reads, and of no other: what the server answers to a failed transaction is its own.
func TestKeysHearOfRefusals(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, title) SELECT n, $1 FROM generate_series(1, 100) n", "canary"); err != nil {
		t.Fatal(err)
	}
	heard := func() int {
		s.keys.mu.Lock()
		defer s.keys.mu.Unlock()
		return s.keys.refused
	}
	told := 0
	ask := func(what, want string, f func() error) {
		t.Helper()
		if err := f(); code(err) != want {
			t.Errorf("%s: %v, want %q", what, err, want)
		}
		if strings.HasPrefix(want, "KU") {
			told++
		}
		if got := heard(); got != told {
			t.Errorf("%s: the keys have heard of %d refusals, clients of %d", what, got, told)
		}
	}
	query := func(conn *pgx.Conn, sql string, mode pgx.QueryExecMode) func() error {
		return func() error {
			_, err := conn.Exec(t.Context(), sql, mode)
			return err
		}
	}
	s.keys.withdrawAfter(50)
	ask("rows under way", "KU001", query(conn, "SELECT title FROM matters", pgx.QueryExecModeSimpleProtocol))
	s.keys.withdraw(denied)
	for _, mode := range queryModes {
		ask(mode.String(), "KU001", query(conn, "SELECT title FROM matters", mode))
		ask("BEGIN", "", query(conn, "BEGIN", mode))
		ask("in a transaction", "KU001", query(conn, "INSERT INTO matters (id, title) VALUES (200, 'x')", pgx.QueryExecModeSimpleProtocol))
		ask("in a failed transaction", "25P02", query(conn, "SELECT title FROM matters", mode))
		ask("ROLLBACK", "", query(conn, "ROLLBACK", pgx.QueryExecModeSimpleProtocol))
		ask("nothing sealed", "", query(conn, "SELECT count(*) FROM plain", mode))
	}
	ask("COPY in", "KU001", func() error {
		_, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader("300\tcanary\n"), "COPY matters (id, title) FROM STDIN")
		return err
	})
}
