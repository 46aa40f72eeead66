package proxy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"
)

// needVersion skips a test of what an older server does not have.
func needVersion(t *testing.T, version int) {
	t.Helper()
	var have int
	if err := cluster.Conn(t, "postgres", "").QueryRow(t.Context(), "SELECT current_setting('server_version_num')::int / 10000").Scan(&have); err != nil {
		t.Fatal(err)
	}
	if have < version {
		t.Skipf("the server is PostgreSQL %d, this needs %d", have, version)
	}
}

// Rows with values that are not of their column's type are left out, sealed columns included.
func TestCopyIgnoresErrors(t *testing.T) {
	needVersion(t, 17)
	s := startSafe(t)
	conn := s.connect(t)
	rows := "1\tone\t1\n2\ttwo\tcanary\nx\tthree\t3\n4\tfour\t4\n5\tfive\t\\\\x00\n"
	expect(t, "C I", s.dial(t).copyIn(t, copyTitles+" (ON_ERROR ignore, LOG_VERBOSITY verbose)", rows, 4))
	if diff := cmp.Diff([]string{"(1,one,,1,,)", "(4,four,,4,,)"}, shown(t, conn)); diff != "" {
		t.Error(diff)
	}
	s.noPlaintext(t, "canary")
	// What is no matter of types ends it all the same.
	expect(t, "22P04 I", s.dial(t).copyIn(t, copyTitles+" (ON_ERROR ignore)", "6\tsix\t6\tmore\n", 100))
	expect(t, "22021 I", s.dial(t).copyIn(t, copyTitles+" (ON_ERROR ignore)", "6\t\\xff\t6\n", 100))
}

// A default that the data ask for is the server's to give; a sealed column has none.
func TestCopyWithDefaults(t *testing.T) {
	needVersion(t, 16)
	s := startSafe(t)
	cluster.Exec(t, s.name, "ALTER TABLE matters ALTER note SET DEFAULT 'given'")
	const sql = `COPY matters (id, title, note) FROM STDIN (DEFAULT '\D')`
	expect(t, "C I", s.dial(t).copyIn(t, sql, "1\tone\t\\D\n2\ttwo\tnote\n", 3))
	if diff := cmp.Diff([]string{"(1,one,,,,given)", "(2,two,,,,note)"}, shown(t, s.connect(t))); diff != "" {
		t.Error(diff)
	}
	expect(t, "22P04 I", s.dial(t).copyIn(t, sql, "3\t\\D\tx\n", 100))
}

// \. in CSV is data for servers that read it as such, and ends the data for the others.
func TestMarkerInCSV(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	cluster.Exec(t, s.name, "ALTER TABLE matters ALTER id SET DEFAULT 1")
	expect(t, "C I", s.dial(t).copyIn(t, "COPY matters (title) FROM STDIN (FORMAT csv)", "\\.\n", 1))
	var version, rows int
	if err := conn.QueryRow(t.Context(), "SELECT current_setting('server_version_num')::int / 10000, (SELECT count(*) FROM matters WHERE title IS NOT NULL)").Scan(&version, &rows); err != nil {
		t.Fatal(err)
	}
	if (version >= 18) != (rows == 1) {
		t.Errorf("PostgreSQL %d: %d rows", version, rows)
	}
	for _, title := range s.stored(t, "title") {
		if title == `\.` {
			t.Error("stored in the clear")
		}
	}
}

// An error says in which line of the data it is, as the server's own do, and shows nothing of it.
func TestPlaceOfACopyError(t *testing.T) {
	s := startSafe(t)
	_, err := s.connect(t).PgConn().CopyFrom(t.Context(), strings.NewReader("id,title,value\n1,\"a\nb\",1\n2,c,canary\n"), copyTitles+" (FORMAT csv, HEADER)")
	e, ok := err.(*pgconn.PgError)
	if !ok {
		t.Fatal(err)
	}
	expect(t, "22P02 COPY data, line 4, column value", e.Code+" "+e.Where)
}
