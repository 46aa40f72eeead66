package proxy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
)

// COPY as the server does it, with and without sealed columns; copy_test.go and those beside it have the formats.

// CopyData may end anywhere in a row.
func TestCopyDataAreNoRows(t *testing.T) {
	a := startAlike(t)
	for _, table := range []string{"t", "matters (id, title)"} {
		from := query("COPY " + table + " FROM STDIN")
		a.say(t, "G", from)
		a.say(t, "C I", data("2"), data("1\tab\n22\tc"), data("d\n"), copyDone)
		a.say(t, "G", from)
		a.say(t, "C I", data(""), data("23\t"), data(""), data("\\"), data("N"), data("\n"), data("24\t\\"), data("."), data("\n"), copyDone)
		a.say(t, "G 22P02 I", from, data("25\tx\nnot a number\tx\n"), copyDone)
	}
	a.say(t, "T D D D D D D D C I", query("SELECT * FROM matters ORDER BY id"))
}

// Sync and Flush are swallowed in copy mode; once the COPY has failed, Sync is answered.
func TestSyncInCopy(t *testing.T) {
	a := startAlike(t)
	for _, table := range []string{"t (id)", "matters (id)"} {
		a.say(t, "1 2 G", parse("", "COPY "+table+" FROM STDIN"), bind(""), execute, flush)
		a.say(t, "C I", data("31\n"), endSync, flush, data("32\n"), endSync, copyDone, endSync)
		a.say(t, "1 2 G", parse("", "COPY "+table+" FROM STDIN"), bind(""), execute, flush)
		a.say(t, "57014 I", data("33\n"), endSync, &pgproto3.CopyFail{Message: "no more"}, endSync)
		a.say(t, "T D C I", query("SELECT 1"))
		a.say(t, "G", query("COPY "+table+" FROM STDIN"))
		a.say(t, "C I", data("34\n"), endSync, flush, copyDone)
		a.say(t, "T D C I", query("SELECT 1"))
	}
}

// What is still sent for a COPY that has failed is dropped without a word.
func TestDataOfAFailedCopy(t *testing.T) {
	a := startAlike(t)
	a.say(t, "42703 I", query("COPY t (no_such_column) FROM STDIN"))
	for _, table := range []string{"t (id)", "matters (id)"} {
		a.say(t, "T D C I", data("1\n"), data("x"), copyDone, &pgproto3.CopyFail{}, query("SELECT 1"))
		a.say(t, "G 23505 I", query("COPY "+table+" FROM STDIN"), data("1\n"), copyDone)
		a.say(t, "G", query("COPY "+table+" FROM STDIN"))
		a.say(t, "22P02 I", data("x\n"), data(strings.Repeat("y\n", 10_000)))
		time.Sleep(10 * time.Millisecond)
		a.say(t, "T D C I", data("z\n"), copyDone, query("SELECT 1"))
		a.say(t, "1 2 G", parse("", "COPY "+table+" FROM STDIN"), bind(""), execute, flush)
		a.say(t, "22P02 I T D C I", data("x\n"), data(strings.Repeat("y\n", 10_000)), copyDone, endSync, query("SELECT 1"))
	}
}

// COPY OUT: the client gets as many messages, with the same in each, as from the server.
func TestCopyOutMessages(t *testing.T) {
	a := startAlike(t)
	for options, want := range map[string]string{
		"":                        "H d d d c C I",
		"(FORMAT csv, HEADER)":    "H d d d d c C I",
		"(FORMAT binary)":         "H d d d d c C I",
		"(FORMAT csv, NULL 'no')": "H d d d c C I",
	} {
		a.say(t, want, query("COPY matters TO STDOUT "+options))
		a.say(t, "1 2 "+want, parse("", "COPY matters TO STDOUT "+options), bind(""), execute, endSync)
	}
	a.say(t, "H d c C I", query("COPY (SELECT title FROM matters WHERE id > 9) TO STDOUT (FORMAT binary)"))
	a.say(t, "H d c C H d d d c C T D C I", query("COPY (SELECT title FROM matters WHERE id = 1) TO STDOUT; COPY matters TO STDOUT; SELECT title FROM matters WHERE id = 1"))
	a.say(t, "H 22012 I", query("COPY (SELECT title, 1/(id - 2) FROM matters ORDER BY id) TO STDOUT"))
}

// A replication connection to a database without a policy speaks COPY in both directions at once.
func TestCopyBoth(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true})
	var at string
	if err := cluster.Conn(t, "postgres", "").QueryRow(t.Context(), "SELECT pg_current_wal_flush_lsn()").Scan(&at); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{cluster.URL("postgres", ""), p.url("postgres")} {
		c := dialWire(t, url+"&replication=true")
		c.send(t, query("START_REPLICATION PHYSICAL "+at))
		c.toldUntil(t, "W")
		status := append([]byte{'r'}, make([]byte, 32)...)
		c.send(t, data(string(append(status, 1)))) // an answer is wanted
		typ, body, err := c.read()
		for err == nil && typ == 'd' && body[0] != 'k' { // WAL
			typ, body, err = c.read()
		}
		if err != nil || typ != 'd' {
			t.Fatalf("%c %q, %v", typ, body, err)
		}
		got := strings.ReplaceAll(c.answers(t, 1, copyDone), "d ", "")
		expect(t, "c C C I", got)
		expect(t, "T D C I", c.answers(t, 1, query("IDENTIFY_SYSTEM")))
	}
}
