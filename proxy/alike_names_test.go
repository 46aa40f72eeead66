package proxy_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Prepared statements and portals live and die as in the server, with and without sealed columns.

const titles = "SELECT title FROM matters ORDER BY id"

// The unnamed statement is dropped by a Query and by a Parse of it that fails; a Bind that fails leaves it.
func TestUnnamedStatement(t *testing.T) {
	a := startAlike(t)
	for _, sql := range []string{titles, "SELECT v FROM t ORDER BY id"} {
		a.say(t, "1 I", parse("", sql), endSync)
		a.say(t, "08P01 I", bind("", "one too many"), endSync)
		a.say(t, "2 D D D C I", bind(""), execute, endSync)
		a.say(t, "T D C I", query("SELECT 1"))
		a.say(t, "26000 I", bind(""), endSync)
		a.say(t, "1 I 42703 I", parse("", sql), endSync, parse("", "SELECT no_such_column"), endSync)
		a.say(t, "26000 I", bind(""), endSync)
		a.say(t, "1 I 1 I", parse("", sql), endSync, parse("named", sql), endSync)
		a.say(t, "2 D D D C 3 I", bind(""), execute, closeOf('S', "named"), endSync)
	}
}

// A named statement outlives the failure of its segment and ROLLBACK; its name cannot be given twice.
func TestNamedStatements(t *testing.T) {
	a := startAlike(t)
	a.say(t, "1 1 22012 I", parse("s", titles), parse("", "SELECT 1/0"), bind(""), execute, parse("skipped", "SELECT 1"), endSync)
	a.say(t, "2 D D D C I 26000 I", bind("s"), execute, endSync, bind("skipped"), endSync)
	a.say(t, "42P05 I", parse("s", "SELECT 1"), endSync)
	a.say(t, "C T 1 T C I", query("BEGIN"), parse("r", titles), endSync, query("ROLLBACK"))
	a.say(t, "2 D D D C 2 D D D C I", bind("r"), execute, bind("s"), execute, endSync)
}

// PREPARE and Parse name the same things.
func TestSharedNames(t *testing.T) {
	a := startAlike(t)
	const byID = "SELECT v FROM t WHERE id = $1"
	a.say(t, "C I", query("PREPARE p (int) AS "+byID))
	a.say(t, "t T 2 D C I", describe('S', "p"), bind("p", "1"), execute, endSync)
	a.say(t, "T D C I", query("EXECUTE p (3)"))
	a.say(t, "1 t T I", parse("q", byID), describe('S', "q"), endSync)
	a.say(t, "T D C T D C I", query("EXECUTE q (1); EXECUTE p (2)"))
	a.say(t, "42P05 I 42P05 I", query("PREPARE q AS SELECT 1"), parse("p", "SELECT 1"), endSync)
	a.say(t, "1 2 D C I", parse("", "EXECUTE p (1)"), bind(""), execute, endSync)
	a.say(t, "C I 26000 I", query("DEALLOCATE p"), bind("p", "1"), endSync)
	a.say(t, "1 I C I C I", parse("Mixed", titles), endSync, query(`DEALLOCATE "Mixed"`), query("DEALLOCATE q"))
	a.say(t, "1 I 26000 I 2 D D D C I", parse("Mixed", titles), endSync, query("DEALLOCATE Mixed"), bind("Mixed"), execute, endSync)
	a.say(t, "1 I 3 I C I T D C I", parse("z", titles), endSync, closeOf('S', "z"), endSync, query("PREPARE z AS SELECT 1"), query("EXECUTE z"))
	a.say(t, "C I T D D D C I T D D D C I", query("PREPARE p AS "+titles), query("EXECUTE p"), query(`EXECUTE "Mixed"`))
	// A text that the proxy has prepared with parameters of its own is not executed by SQL.
	expect(t, "1 I KP001 I", a.legs[2].answers(t, 2, parse("l", "INSERT INTO matters (id, title) VALUES ($1, 'literal')"), endSync, query("EXECUTE l (9)")))
}

// Close, DEALLOCATE and DISCARD take effect in the order of the requests, in a pipeline too.
func TestNamesInPipelines(t *testing.T) {
	a := startAlike(t)
	a.say(t, "3 3 I", closeOf('S', "unknown"), closeOf('P', "unknown"), endSync)
	a.say(t, "1 1 2 C 1 2 D D D C I", parse("a", titles), parse("", "DEALLOCATE ALL"), bind(""), execute, parse("a", titles), bind("a"), execute, endSync)
	a.say(t, "3 1 2 D D D C 3 26000 I", closeOf('S', "a"), parse("a", titles), bind("a"), execute, closeOf('S', "a"), bind("a"), endSync)
	a.say(t, "1 I C I 1 2 D D D C I", parse("a", "SELECT 1"), endSync, query("DEALLOCATE a"), parse("a", titles), bind("a"), execute, endSync)
	a.say(t, "C I 2 D D D C I", query("DISCARD PLANS"), bind("a"), execute, endSync)
	a.say(t, "C T 25001 E C I 2 D D D C I", query("BEGIN"), query("DISCARD ALL"), query("ROLLBACK"), bind("a"), execute, endSync)
	a.say(t, "C I 26000 I", query("DISCARD ALL"), bind("a"), endSync)
}

// Portals end with their transaction, an implicit one too; SQL sees them as cursors.
func TestPortals(t *testing.T) {
	a := startAlike(t)
	bindP := &pgproto3.Bind{PreparedStatement: "s", DestinationPortal: "p"}
	executeP := func(rows uint32) *pgproto3.Execute { return &pgproto3.Execute{Portal: "p", MaxRows: rows} }
	a.say(t, "1 2 D s D D C 34000 I", parse("s", titles), bindP, executeP(1), executeP(0), &pgproto3.Execute{Portal: "q"}, endSync)
	a.say(t, "34000 I", executeP(0), endSync)
	a.say(t, "C T 2 D s T D D C T", query("BEGIN"), bindP, executeP(1), endSync, executeP(5), endSync)
	a.say(t, "42P03 E", bindP, endSync)
	a.say(t, "C I 34000 I", query("ROLLBACK"), executeP(0), endSync)
	a.say(t, "C T 2 T C T 34000 E C I", query("BEGIN"), bindP, endSync, query("CLOSE p"), executeP(0), endSync, query("ROLLBACK"))
	a.say(t, "C T 2 3 34000 E C I", query("BEGIN"), bindP, closeOf('P', "p"), executeP(0), endSync, query("ROLLBACK"))
	a.say(t, "1 C T 2 T", parse("n", "SELECT v FROM t ORDER BY id"), query("BEGIN"), &pgproto3.Bind{PreparedStatement: "n", DestinationPortal: "n"}, endSync)
	a.say(t, "T D C T D s T C I", query("FETCH 1 FROM n"), &pgproto3.Execute{Portal: "n", MaxRows: 1}, endSync, query("COMMIT"))
}

// An Execute ends at its limit with PortalSuspended, and the next one goes on in the same formats.
func TestRowLimits(t *testing.T) {
	a := startAlike(t)
	one := &pgproto3.Execute{MaxRows: 1}
	for _, formats := range [][]int16{nil, {1}, {1, 0}} {
		b := &pgproto3.Bind{PreparedStatement: "s", ResultFormatCodes: formats}
		a.say(t, "3 1 2 D s D s D s C I", closeOf('S', "s"), parse("s", "SELECT id, title FROM matters ORDER BY id"), b, one, one, one, one, endSync)
	}
	// One that writes runs to its end at once.
	a.say(t, "1 2 D s D D C I", parse("", "UPDATE matters SET note = 'n' RETURNING title"), bind(""), one, execute, endSync)
	a.say(t, "T D C I", query("SELECT count(*) FROM matters WHERE note = 'n'"))
	a.say(t, "1 2 D s 1 2 D s D D s C I", parse("", titles), bind(""), one, parse("", titles), bind(""), one, &pgproto3.Execute{MaxRows: 2}, execute, endSync)
}

func closeOf(kind byte, name string) *pgproto3.Close {
	return &pgproto3.Close{ObjectType: kind, Name: name}
}
