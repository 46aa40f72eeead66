package proxy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What the server says by itself: while nobody asks, and in the middle of an answer.

// Notifications come to a session that says nothing, at once.
func TestNotifications(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C I", query("LISTEN news"))
	began := time.Now()
	for i := range 3 {
		a.behind(t, fmt.Sprintf("NOTIFY news, 'number %d'", i))
		a.say(t, "A")
	}
	if waited := time.Since(began); waited > 5*time.Second {
		t.Errorf("three notifications took %v", waited)
	}
	a.say(t, "T D C I", query("SELECT title FROM matters WHERE id = 1"))
	// One's own come at the end of the transaction; others' not within one.
	a.say(t, "C A I T D C I", query("NOTIFY news, 'own'"), query("SELECT 1"))
}

// Notices come where the server says them: among rows, in a COPY in either direction, in a pipeline.
func TestNotices(t *testing.T) {
	a := startAlike(t)
	a.behind(t, `CREATE FUNCTION said(i bigint) RETURNS bigint LANGUAGE plpgsql AS $$BEGIN RAISE NOTICE 'number %', i; RETURN i; END$$;
		CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE NOTICE 'a row'; RETURN NEW; END$$;
		CREATE TRIGGER a_told AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION told(); CREATE TRIGGER a_told AFTER INSERT ON matters FOR EACH ROW EXECUTE FUNCTION told()`)
	const said = "00000"
	a.say(t, rowsWith("T", "N D", "C I"), query("SELECT title, said(id) FROM matters ORDER BY id"))
	a.say(t, rowsWith("1 2", "N D", "C I"), parse("", "SELECT title, said(id) FROM matters ORDER BY id"), bind(""), execute, endSync)
	a.say(t, rowsWith("H", "N d", "c C I"), query("COPY (SELECT title, said(id) FROM matters ORDER BY id) TO STDOUT"))
	for _, table := range []string{"t", "matters (id, title)"} {
		a.say(t, "G", query("COPY "+table+" FROM STDIN"))
		a.say(t, strings.ReplaceAll("N N C I", "N", said), data("41\ta\n42\tb"), data("\n"), copyDone)
	}
	a.say(t, "C "+said+" C T", query("BEGIN; DO $$BEGIN RAISE NOTICE 'notice'; END$$"))
	a.say(t, "25001 C T", query("BEGIN"))
	a.say(t, "25001 C C I", query("BEGIN; COMMIT"))
}

// rowsWith is a want with a notice before each of three rows.
func rowsWith(before, row, after string) string {
	return strings.ReplaceAll(strings.Join([]string{before, row, row, row, after}, " "), "N", "00000")
}

// Settings are reported when they change, by whatever: a statement, the end of a transaction, a function among rows.
func TestSettingsAreReported(t *testing.T) {
	a := startAlike(t)
	a.say(t, "C S I", query("SET TimeZone = 'Asia/Tokyo'"))
	a.say(t, "C C S T", query("BEGIN; SET TimeZone = 'UTC'"))
	a.say(t, "C S I", query("ROLLBACK"))
	a.say(t, "C C C I", query("BEGIN; SET TimeZone = 'UTC'; ROLLBACK"))
	a.say(t, "T D D C S I", query("SELECT set_config('application_name', 'n' || i, false) FROM generate_series(1, 2) i"))
	a.say(t, "H d d c C S I", query("COPY (SELECT set_config('application_name', 'c' || i, false) FROM generate_series(1, 2) i) TO STDOUT"))
	a.say(t, "1 2 C 42703 I", parse("", "SET DateStyle = 'German'"), bind(""), execute, parse("", "SELECT no_such_column"), endSync)
	a.say(t, "C T", query("BEGIN"))
	a.say(t, "C S T 22012 S E C I", query("SET LOCAL DateStyle = 'German'"), query("SELECT 1/0"), query("ROLLBACK"))
	a.say(t, "C S S I", query("DISCARD ALL"))
}
