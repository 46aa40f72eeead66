package copyfmt_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/proxy/copyfmt"
	"github.com/legatics/pgseal/testenv/postgres"
)

// What the server stores of the data of a COPY must be what the package reads in them.

// server is the PostgreSQL of the tests. It starts with the first one that asks it: fuzzing needs none.
var server struct {
	once    sync.Once
	cluster *postgres.Cluster
	err     error
}

func connect(t testing.TB) *pgx.Conn {
	t.Helper()
	server.once.Do(func() { server.cluster, server.err = postgres.Open(context.Background(), postgres.Options{}) })
	if server.err != nil {
		t.Fatal(server.err)
	}
	return server.cluster.Conn(t, "postgres", "")
}

func TestMain(m *testing.M) {
	code := m.Run()
	if server.cluster != nil {
		if err := server.cluster.Stop(); err != nil {
			slog.Error("stopping PostgreSQL", "cause", err)
			code = 1
		}
	}
	os.Exit(code)
}

// sql are the options of a COPY in words.
func sql(o copyfmt.Options) string {
	quote := func(s string) string {
		return " E'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
	}
	s := "DELIMITER" + quote(string(o.Delimiter)) + ", NULL" + quote(o.Null)
	if o.Header {
		s += ", HEADER"
	}
	if o.Format == copyfmt.CSV {
		s += ", FORMAT csv, QUOTE" + quote(string(o.Quote)) + ", ESCAPE" + quote(string(o.Escape))
	}
	return "(" + s + ")"
}

// serverRows has the server read the data into a table of two columns.
func serverRows(t testing.TB, conn *pgx.Conn, o copyfmt.Options, data string) (rows [][]cell, err error) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), "TRUNCATE d RESTART IDENTITY"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader(data), "COPY d (a, b) FROM STDIN "+sql(o)); err != nil {
		return nil, err
	}
	result, _ := conn.Query(t.Context(), "SELECT a, b FROM d ORDER BY n")
	rows, err = pgx.CollectRows(result, func(row pgx.CollectableRow) ([]cell, error) {
		var a, b *string
		err := row.Scan(&a, &b)
		return []cell{cellOf(a), cellOf(b)}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, nil
}

func cellOf(s *string) cell {
	if s == nil {
		return cell{Null: true}
	}
	return cell{Value: *s}
}

// ownRows reads the data as a COPY of two columns, and says in which line an error is.
func ownRows(t testing.TB, o copyfmt.Options, marker copyfmt.Marker, data string) (rows [][]cell, line int, err error) {
	rows, lines, err := readLines(t, o, marker, []byte(data), func(rest int) int { return min(rest, 3) })
	for i, row := range rows {
		switch {
		case len(row) > 2:
			return nil, lines[i], &copyfmt.Error{Code: "22P04", Message: "extra data after last expected column"}
		case len(row) < 2:
			return nil, lines[i], &copyfmt.Error{Code: "22P04", Message: `missing data for column "b"`}
		}
	}
	return rows, lines[len(lines)-1], err
}

func TestServerReadsTheSame(t *testing.T) {
	conn := connect(t)
	marker := copyfmt.MarkerBoth
	var version int
	if err := conn.QueryRow(t.Context(), "SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		t.Fatal(err)
	}
	if version >= 180000 {
		marker = copyfmt.MarkerText
	}
	if _, err := conn.Exec(t.Context(), "CREATE TEMP TABLE d (n serial, a text, b text)"); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 6))
	alphabets := map[copyfmt.Format][]string{
		copyfmt.Text: {"a", "b", "\t", "\t", "\n", "\r", "\r\n", "\\", "\\.", "\\N", "x", "4", "A", "a\tb\n", "\\.\n", "\\.\r\n", "null", "\\x41", "\\101", "\\\t"},
		copyfmt.CSV:  {"a", "b", ",", ",", "\n", "\r", "\r\n", "\"", "\"\"", "\\", "\\.", "'", "\t", "a,b\n", "\"a\",b\n", "\\.\n", "\\.\r\n", "null"},
	}
	stored, refused := 0, 0
	try := func(o copyfmt.Options, data string) {
		want, wantErr := serverRows(t, conn, o, data)
		got, line, err := ownRows(t, o, marker, data)
		var theirs *pgconn.PgError
		if errors.As(wantErr, &theirs) {
			refused++
			var own *copyfmt.Error
			if !errors.As(err, &own) || own.Code != theirs.Code || own.Message != theirs.Message {
				t.Errorf("%s %q: %v, the server says %v", sql(o), data, err, wantErr)
			}
			if where, _, _ := strings.Cut(theirs.Where, ":"); where != fmt.Sprintf("COPY d, line %d", line) {
				t.Errorf("%s %q: line %d, the server says %s", sql(o), data, line, theirs.Where)
			}
			return
		}
		stored += len(want)
		if len(want)+len(got) > 0 || err != nil {
			if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" || err != nil {
				t.Errorf("%s %q: %v (- the server, + read here)\n%s", sql(o), data, err, diff)
			}
		}
	}
	for format, seeds := range map[copyfmt.Format][]string{copyfmt.Text: textSeeds, copyfmt.CSV: csvSeeds} {
		for _, o := range variants(format) {
			if format == copyfmt.Text && o.Delimiter == '[' || o.Quote == '\\' {
				continue // what the server does not allow
			}
			for _, data := range seeds {
				if !strings.Contains(data, "\x00") && utf8.ValidString(data) {
					try(o, data)
				}
			}
			for range 200 {
				var s strings.Builder
				for range 1 + random.IntN(10) {
					s.WriteString(alphabets[format][random.IntN(len(alphabets[format]))])
				}
				try(o, s.String())
			}
		}
	}
	if stored < 100 || refused < 100 {
		t.Errorf("%d rows were stored, %d COPYs refused: not much was compared", stored, refused)
	}
}
