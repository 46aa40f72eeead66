package proxy_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// The extended protocol as the server speaks it, with and without sealed columns.

// Describe of a statement says ParameterDescription first, always, and text formats; of a portal the formats that its Bind has asked for.
func TestDescriptions(t *testing.T) {
	a := startAlike(t)
	const byID = "SELECT id, title, email FROM matters WHERE id = $1 AND email = $2"
	a.say(t, "1 t T I", parse("s", byID), describe('S', "s"), endSync)
	a.say(t, "1 t n 1 t n I", parse("", "INSERT INTO matters (id, title) VALUES ($1, $2)"), describe('S', ""), parse("", "BEGIN"), describe('S', ""), endSync)
	a.say(t, "1 t T I", parse("", "DELETE FROM matters WHERE email = $1 RETURNING title"), describe('S', ""), endSync)
	for _, formats := range [][]int16{nil, {0}, {1}, {0, 1, 0}, {1, 0, 1}} {
		b := bind("s", "1", "a@x")
		b.ResultFormatCodes = formats
		a.say(t, "2 T D s T C I", b, describe('P', ""), &pgproto3.Execute{MaxRows: 1}, describe('P', ""), execute, endSync)
	}
	a.say(t, "26000 I 34000 I", describe('S', "unknown"), endSync, describe('P', "unknown"), endSync)
}

// There are no format codes, one for all, or one for each; another number is an error.
func TestFormatCodes(t *testing.T) {
	a := startAlike(t)
	a.say(t, "1 I", parse("s", "SELECT title, id FROM matters WHERE id = $1 OR email = $2"), endSync)
	number := []byte{0, 0, 0, 0, 0, 0, 0, 1}
	for _, params := range []struct {
		formats []int16
		id      []byte
		want    string
	}{
		{nil, []byte("1"), "2 D C I"}, {[]int16{0}, []byte("1"), "2 D C I"}, {[]int16{1}, number, "2 D C I"}, {[]int16{1, 0}, number, "2 D C I"},
		{[]int16{1, 0, 0}, number, "08P01 I"}, {[]int16{7}, number, "22023 I"},
	} {
		b := &pgproto3.Bind{PreparedStatement: "s", Parameters: [][]byte{params.id, []byte("none")}, ParameterFormatCodes: params.formats}
		a.say(t, params.want, b, execute, endSync)
	}
	for _, results := range []struct {
		formats []int16
		want    string
	}{{nil, "2 D C I"}, {[]int16{0}, "2 D C I"}, {[]int16{1}, "2 D C I"}, {[]int16{1, 0}, "2 D C I"}, {[]int16{0, 1, 1}, "08P01 I"}, {[]int16{7}, "2 22023 I"}} {
		b := bind("s", "1", "none")
		b.ResultFormatCodes = results.formats
		a.say(t, results.want, b, execute, endSync)
	}
}

// Behind Flush, and behind an error, the answers come without a Sync.
func TestAnswersBeforeSync(t *testing.T) {
	a := startAlike(t)
	a.say(t, "1 t T", parse("", titles), describe('S', ""), flush)
	a.say(t, "2 D s", bind(""), &pgproto3.Execute{MaxRows: 1}, flush)
	a.say(t, "D D C", execute, flush)
	a.say(t, "42703", parse("", "SELECT no_such_column"))
	a.say(t, "I", endSync)
	a.say(t, "1 2 22012", parse("", "SELECT title, 1/(id - 1) FROM matters"), bind(""), execute)
	a.say(t, "I", endSync)
}

// Behind an error everything is passed over up to Sync, a Query and a FunctionCall too.
func TestSkipping(t *testing.T) {
	a := startAlike(t)
	fail := parse("", "SELECT no_such_column")
	a.say(t, "42703 I", fail, query("INSERT INTO matters (id) VALUES (50)"), parse("s", titles), closeOf('S', "s"), flush, query("SELECT 1"), endSync)
	a.say(t, "T D C I", query("SELECT count(*) FROM matters WHERE id = 50"))
	a.say(t, "42703 I 26000 I I", fail, endSync, bind("s"), execute, endSync, endSync)
	a.say(t, "C T 42703 E 25P02 E C I", query("BEGIN"), fail, query("COMMIT"), endSync, parse("", titles), endSync, query("ROLLBACK"))
	// What comes late is passed over as well.
	a.say(t, "42703", fail)
	time.Sleep(20 * time.Millisecond)
	a.say(t, "I T D C I", query("SELECT 1"), bind(""), endSync, query("SELECT 2"))
}

// What is sent at once up to a Sync is one transaction: nothing is put between.
func TestSegments(t *testing.T) {
	a := startAlike(t)
	insert := func(id string) []pgproto3.FrontendMessage {
		return []pgproto3.FrontendMessage{bind("i", id, "title"), execute}
	}
	a.say(t, "1 1 I", parse("i", "INSERT INTO matters (id, title) VALUES ($1, $2)"), parse("s", "SELECT title FROM matters WHERE id = $1"), endSync)
	a.say(t, "2 C 2 C 2 D C 2 23505 I 2 C I", append(append(append(append(insert("20"), insert("21")...), bind("s", "20"), execute), insert("20")...), append([]pgproto3.FrontendMessage{endSync}, append(insert("22"), endSync)...)...)...)
	a.say(t, "T D C I", query("SELECT array_agg(id) FROM matters WHERE id >= 20"))
	a.say(t, "I I I", endSync, endSync, endSync)
}

// A statement whose result has changed since it was prepared says so, each time, and another text can take its place.
func TestChangedResult(t *testing.T) {
	a := startAlike(t)
	a.say(t, "1 1 2 D D D C I", parse("s", "SELECT * FROM t ORDER BY id"), parse("m", "SELECT * FROM matters ORDER BY id"), bind("s"), execute, endSync)
	a.behind(t, "ALTER TABLE t ADD COLUMN w int; ALTER TABLE matters ADD COLUMN w int")
	a.say(t, "0A000 I 0A000 I", bind("s"), execute, endSync, bind("s"), execute, endSync)
	a.say(t, "0A000 I", bind("m"), execute, endSync)
	a.say(t, "3 1 2 T D D D C I", closeOf('S', "s"), parse("s", "SELECT * FROM t ORDER BY id"), bind("s"), describe('P', ""), execute, endSync)
}
