package proxy_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgtype"
)

// The data of a COPY go the client's way and come back as they went, in each format.

// copyIn sends data for a COPY by the simple protocol, in CopyData of at most n bytes, and says what the server answers.
func (c *wireConn) copyIn(t testing.TB, sql, data string, n int) string {
	t.Helper()
	c.send(t, query(sql))
	if got := c.toldUntil(t, "G"); got != "G" {
		return got
	}
	var messages []pgproto3.FrontendMessage
	for len(data) > 0 {
		n := min(n, len(data))
		messages = append(messages, &pgproto3.CopyData{Data: []byte(data[:n])})
		data = data[n:]
	}
	return c.answers(t, 1, append(messages, &pgproto3.CopyDone{})...)
}

// toldUntil reads up to a message of that type, or ReadyForQuery.
func (c *wireConn) toldUntil(t testing.TB, last string) string {
	t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(30 * time.Second))
	defer func() { _ = c.SetReadDeadline(time.Time{}) }()
	var out []string
	for {
		typ, body, err := c.read()
		if err != nil {
			t.Fatalf("%s, then %v", strings.Join(out, " "), err)
		}
		fields := strings.Fields(describeMessage(typ, body))
		switch typ {
		case 'E':
			out = append(out, fields[2])
		case 'Z':
			return strings.Join(append(out, strings.Trim(fields[1], `"`)), " ")
		case 'S', 'N':
		default:
			out = append(out, string(typ))
		}
		if string(typ) == last {
			return strings.Join(out, " ")
		}
	}
}

// copyOut reads the data of a COPY TO STDOUT.
func copyOut(t testing.TB, conn *pgx.Conn, sql string) string {
	t.Helper()
	var b strings.Builder
	if _, err := conn.PgConn().CopyTo(t.Context(), &b, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return b.String()
}

// noPlaintext fails where a text is in the table as it lies in the database.
func (s *safe) noPlaintext(t testing.TB, texts ...string) {
	t.Helper()
	for _, stored := range s.stored(t, "matters::text") {
		for _, text := range texts {
			if strings.Contains(stored, text) {
				t.Errorf("plaintext in the database: %s", stored)
			}
		}
	}
}

const allColumns = "id, title, email, value, closes, note"

var copyCases = []struct {
	name, columns, options, data string
	rows                         []string // as the table shows them
}{
	{"text", "", "", "1\tcanary\\ttitle\\\\\ta@b\t12.50\t2031-03-14\tnative\\n\n2\t\\N\t\\N\t\\N\t\\N\t\\N\n3\t\t\\x62\t-1e2\tinfinity\t\n",
		[]string{"(1,canary\ttitle\\,a@b,12.50,2031-03-14,native\n)", "(2,,,,,)", "(3,,b,-100,infinity,)"}},
	{"text without the last line end", "(id, title)", "", "1\tcanary", []string{"(1,canary,,,,)"}},
	{"text with CRLF and a marker", "(title, id)", "", "canary\t1\r\n\t2\r\n\\.\r\nignored canary", []string{"(1,canary,,,,)", "(2,,,,,)"}},
	{"text, other characters", "(title, id, value)", "(DELIMITER '_', NULL 'nil', HEADER)", "title_id_value\ncan\\_ary_1_7\nnil_2_nil\n\\nil_3_\\x37\n",
		[]string{"(1,can_ary,,7,,)", "(2,,,,,)", "(3,\nil,,7,,)"}},
	{"csv", "", "(FORMAT csv)", "1,\"canary \"\"title\"\",\n\",a@b,12.50,2031-03-14,native\n2,,,,,\n3,\"\",\"\",0,infinity,\"\"\n",
		[]string{"(1,canary \"title\",\n,a@b,12.50,2031-03-14,native)", "(2,,,,,)", "(3,,,0,infinity,)"}},
	{"csv with everything", "(title, email, value, id)", "(FORMAT csv, HEADER match, QUOTE '''', ESCAPE '\\', NULL 'x', DELIMITER 'v', FORCE_NULL (title), FORCE_NOT_NULL (email))",
		"titlevemailv'value'vid\n'x'vxv'7'v1\n'can\\'ary'v'a\\\\'v8v2\n", []string{"(1,,x,7,,)", "(2,can'ary,a\\,8,,)"}},
	{"old grammar", "(id, title)", "WITH DELIMITER AS '|' CSV QUOTE AS '~'", "1|~canary|~\n", []string{"(1,canary|,,,,)"}},
	{"no rows", "", "", "", []string{}},
}

// shown reads the table through the proxy.
func shown(t testing.TB, conn *pgx.Conn) (out []string) {
	t.Helper()
	rows, _ := conn.Query(t.Context(), "SELECT "+allColumns+" FROM matters ORDER BY id", pgx.QueryExecModeSimpleProtocol)
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		var cells []string
		for _, v := range row.RawValues() {
			cells = append(cells, string(v))
		}
		return "(" + strings.Join(cells, ",") + ")", nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCopyIn(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	for _, test := range copyCases {
		for _, size := range []int{1, 3, 1 << 20} {
			t.Run(fmt.Sprintf("%s/%d", test.name, size), func(t *testing.T) {
				mustExec(t, conn, "DELETE FROM matters")
				c := s.dial(t)
				expect(t, "C I", c.copyIn(t, "COPY matters "+test.columns+" FROM STDIN "+test.options, test.data, size))
				if diff := cmp.Diff(test.rows, shown(t, conn)); diff != "" {
					t.Error(diff)
				}
				s.noPlaintext(t, "canary", "a@b", "12.50")
				expect(t, "T D C I", c.answers(t, 1, query("SELECT 1")))
			})
		}
	}
}

// binaryData is binary COPY data; nil is NULL.
func binaryData(rows ...[][]byte) []byte {
	b := append([]byte("PGCOPY\n\xff\r\n\x00"), 0, 0, 0, 0, 0, 0, 0, 0)
	for _, row := range rows {
		b = binary.BigEndian.AppendUint16(b, uint16(len(row)))
		for _, f := range row {
			if f == nil {
				b = binary.BigEndian.AppendUint32(b, 0xffffffff)
				continue
			}
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...)
		}
	}
	return append(b, 0xff, 0xff)
}

// pgx copies in binary.
func TestCopyBinary(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	closes := time.Date(2031, 3, 14, 0, 0, 0, 0, time.UTC)
	var value pgtype.Numeric
	if err := value.Scan("12.50"); err != nil {
		t.Fatal(err)
	}
	n, err := conn.CopyFrom(t.Context(), pgx.Identifier{"matters"}, []string{"id", "title", "email", "value", "closes", "note"},
		pgx.CopyFromRows([][]any{{int64(1), "canary", "a@b", value, closes, "native"}, {int64(2), nil, nil, nil, nil, nil}, {int64(3), "", "", value, closes, ""}}))
	if err != nil || n != 3 {
		t.Fatal(n, err)
	}
	want := []string{"(1,canary,a@b,12.50,2031-03-14,native)", "(2,,,,,)", "(3,,,12.50,2031-03-14,)"}
	if diff := cmp.Diff(want, shown(t, conn)); diff != "" {
		t.Error(diff)
	}
	s.noPlaintext(t, "canary", "a@b")
	out := copyOut(t, conn, "COPY (SELECT id, title FROM matters) TO STDOUT (FORMAT binary)")
	id := func(n byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, n} }
	if diff := cmp.Diff(string(binaryData([][]byte{id(1), []byte("canary")}, [][]byte{id(2), nil}, [][]byte{id(3), {}})), out); diff != "" {
		t.Error(diff)
	}
	all := copyOut(t, conn, "COPY matters TO STDOUT (FORMAT binary)")
	mustExec(t, conn, "DELETE FROM matters")
	for _, size := range []int{1, 7, 1 << 20} {
		expect(t, "C I", s.dial(t).copyIn(t, "COPY matters FROM STDIN (FORMAT binary)", all, size))
		if diff := cmp.Diff(want, shown(t, conn)); diff != "" {
			t.Error(diff)
		}
		mustExec(t, conn, "DELETE FROM matters")
	}
}
