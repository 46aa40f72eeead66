package proxy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// A COPY FROM STDIN that fails: by the server, by a value, by the key, by the client.

func data(s string) *pgproto3.CopyData { return &pgproto3.CopyData{Data: []byte(s)} }

var copyDone = &pgproto3.CopyDone{}

const copyTitles = "COPY matters (id, title, value) FROM STDIN"

// copyFaults are data that cannot be copied, and the SQLSTATE that PostgreSQL gives for them where the columns are not sealed.
var copyFaults = []struct{ name, options, data, want string }{
	{"not a number", "", "1\ta\t1\n2\tb\tcanary\n", "22P02"},
	{"not a number, native", "", "1\ta\t1\nx\tb\t2\n", "22P02"},
	{"earlier rows come first", "", "1\ta\t1\n1\ta\t1\n2\tb\tcanary\n", "22P02"},
	{"missing", "", "1\ta\t1\n2\tcanary\n", "22P04"},
	{"too many", "", "1\ta\t1\n2\tb\t3\tcanary\n", "22P04"},
	{"line ends", "", "1\ta\t1\n2\tcanary\t2\r\n", "22P04"},
	{"marker", "", "1\tcanary\t1\n\\.x\n", "22P04"},
	{"encoding", "", "1\t\\xff\t1\n", "22021"},
	{"NUL", "", "1\t\\0\t1\n", "22021"},
	{"quotes", "(FORMAT csv)", "1,\"canary,1\n", "22P04"},
	{"no marker for a default", "(FORMAT csv)", "1,canary,1,\n", "22P04"},
	{"signature", "(FORMAT binary)", "1\tcanary\t1\n", "22P04"},
	{"count", "(FORMAT binary)", string(binaryData([][]byte{{0, 0, 0, 0, 0, 0, 0, 1}, []byte("canary")})), "22P04"},
	{"short number", "(FORMAT binary)", string(binaryData([][]byte{{0, 0, 0, 0, 0, 0, 0, 1}, []byte("canary"), {0}})), "08P01"},
	{"behind the trailer", "(FORMAT binary)", string(binaryData()) + "canary", "22P04"},
	{"no trailer", "(FORMAT binary)", string(binaryData([][]byte{{0, 0, 0, 0, 0, 0, 0, 1}, []byte("canary"), nil})[:40]), "22P04"},
}

// The client reads what PostgreSQL itself would say, in the same order, with the same transaction status; nothing is stored, and
// neither the client's errors nor the server's log show a value.
func TestCopyInFails(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "CREATE TABLE twin (id bigint PRIMARY KEY, title text, value numeric)")
	native := strings.Replace(copyTitles, "matters", "twin", 1)
	for _, test := range copyFaults {
		t.Run(test.name, func(t *testing.T) {
			c := s.dial(t)
			for _, begin := range []string{"", "BEGIN"} {
				c.answers(t, 1, query(begin))
				want := c.copyIn(t, native+" "+test.options, test.data, 1<<20)
				if !strings.HasPrefix(want, test.want) {
					t.Errorf("the server says %s", want)
				}
				c.answers(t, 1, query("ROLLBACK"))
				c.answers(t, 1, query(begin))
				expect(t, want, c.copyIn(t, copyTitles+" "+test.options, test.data, 5))
				c.answers(t, 1, query("ROLLBACK"))
			}
			want := c.answers(t, 1, parse("", native+test.options), bind(""), execute, data(test.data), copyDone, endSync)
			expect(t, want, c.answers(t, 1, parse("", copyTitles+test.options), bind(""), execute, data(test.data), copyDone, endSync))
			expect(t, "T D C I", c.answers(t, 1, query("SELECT 1")))
		})
	}
	if stored := s.stored(t, "id::text"); len(stored) != 0 {
		t.Errorf("stored %q", stored)
	}
	for _, line := range strings.Split(cluster.Log(t), "\n") {
		if strings.Contains(line, "canary") && strings.Contains(line, "matters") {
			t.Errorf("in the server's log: %s", line)
		}
	}
}

// A failed COPY swallows what the client still sends for it, up to CopyDone, CopyFail, or the next request.
func TestDataBehindAFailedCopy(t *testing.T) {
	r := &recorder{}
	s := startSafe(t, func(c *proxy.Config) { c.Dial = r.dial })
	c := s.dial(t)
	for _, end := range [][]pgproto3.FrontendMessage{{copyDone}, {&pgproto3.CopyFail{Message: "x"}}, nil} {
		messages := append([]pgproto3.FrontendMessage{query(copyTitles), data("1\ta\tx\n"), data("2\tcanary\t1\n")}, end...)
		expect(t, "G 22P02 I T D C I", c.answers(t, 2, append(messages, query("SELECT 1"))...))
		// The server fails it: the second row is there already.
		messages = append([]pgproto3.FrontendMessage{query(copyTitles), data("1\ta\t1\n1\tb\t1\n" + strings.Repeat("2\tcanary\t1\n", 20_000)), data("3\tcanary\t1\n")}, end...)
		expect(t, "G 23505 I T D C I", c.answers(t, 2, append(messages, query("SELECT 1"))...))
	}
	// The Sync behind it counts, and so do the requests behind that.
	expect(t, "1 2 G 22P02 I 1 2 D C I", c.answers(t, 2, parse("", copyTitles), bind(""), execute, data("1\ta\tx\n"), copyDone, endSync, parse("", "SELECT 1"), bind(""), execute, endSync))
	// Data for a COPY that was refused, and for one whose statement failed.
	expect(t, "KP001 I T D C I", c.answers(t, 2, query("COPY matters FROM '/x'"), data("canary\n"), copyDone, query("SELECT 1")))
	expect(t, "22012 I T D C I", c.answers(t, 2, query("SELECT 1/0; "+copyTitles), data("1\tcanary\t1\n"), copyDone, query("SELECT 1")))
	expect(t, "1 22012 I T D C I", c.answers(t, 2, parse("", "SELECT 1/0"), bind(""), execute, parse("", copyTitles), bind(""), execute, data("1\tcanary\t1\n"), copyDone, endSync, query("SELECT 1")))
	r.mu.Lock()
	defer r.mu.Unlock()
	if strings.Contains(r.sent.String(), "canary") {
		t.Error("the server got to see the values")
	}
}

// Once the server has failed a COPY, nothing more of it is sealed.
func TestNothingIsSealedForAFailedCopy(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "G 23505 I", c.answers(t, 1, query(copyTitles), data(strings.Repeat("1\t\\N\t\\N\n", 5000)))) // it looks at them by the thousand
	sealed := s.counters.Sealed.Load()
	expect(t, "T D C I", c.answers(t, 1, data("2\tcanary\t1\n"), copyDone, query("SELECT 1")))
	if more := s.counters.Sealed.Load() - sealed; more != 0 {
		t.Errorf("%d values were sealed", more)
	}
}

// The client gives up.
func TestCopyFailOfTheClient(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	expect(t, "G 57014 I", c.answers(t, 1, query(copyTitles), data("1\ta\t1\n2\tb"), &pgproto3.CopyFail{Message: "x"}))
	expect(t, "1 2 G 57014 I", c.answers(t, 1, parse("", copyTitles), bind(""), execute, data("1\ta"), &pgproto3.CopyFail{Message: "x"}, endSync))
	if stored := s.stored(t, "id::text"); len(stored) != 0 {
		t.Errorf("stored %q", stored)
	}
}

// The extended protocol, with everything sent at once, Syncs among the data, several COPYs in one text, protected ones and others.
func TestCopyInOrders(t *testing.T) {
	s := startSafe(t)
	c := s.dial(t)
	a, b := data("1\tcan"), data("ary\t1\n")
	expect(t, "1 2 G C I", c.answers(t, 1, parse("", copyTitles), bind(""), execute, a, flush, b, copyDone, endSync))
	mustBeOne := func() {
		t.Helper()
		if got := shown(t, s.connect(t)); len(got) != 1 || !strings.HasPrefix(got[0], "(1,canary,,1,,)") {
			t.Errorf("%q", got)
		}
		s.noPlaintext(t, "canary")
		mustExec(t, s.connect(t), "DELETE FROM matters")
	}
	mustBeOne()
	// A Sync that the server reads in copy mode is swallowed.
	expect(t, "1 2 G C I", c.answers(t, 1, parse("", copyTitles), bind(""), execute, endSync, a, endSync, b, copyDone, endSync))
	mustBeOne()
	// Executed again, from a named statement.
	expect(t, "1 I", c.answers(t, 1, parse("s1", copyTitles), endSync))
	expect(t, "2 G C I", c.answers(t, 1, bind("s1"), execute, a, b, copyDone, endSync))
	mustBeOne()
	expect(t, "2 G 22P02 I", c.answers(t, 1, bind("s1"), execute, data("1\tx\tx\n"), copyDone, endSync))
	expect(t, "2 G C I", c.answers(t, 1, bind("s1"), execute, a, b, copyDone, endSync))
	mustBeOne()
	// Several in one text: native ones between protected ones.
	text := "COPY plain FROM STDIN; " + copyTitles + "; COPY plain FROM STDIN; COPY (SELECT title FROM matters) TO STDOUT; SELECT 1"
	expect(t, "G C G C G C H d c C T D C I", c.answers(t, 1, query(text), data("1\ta\n"), copyDone, a, b, copyDone, data("2\tb\n"), copyDone))
	mustBeOne()
	mustExec(t, s.connect(t), "DELETE FROM plain")
	// The last of them fails: all of it does.
	expect(t, "G C G C G 22P02 I", c.answers(t, 1, query(text), data("1\ta\n"), copyDone, a, b, copyDone, data("x\tb\n"), copyDone))
	expect(t, "G C G 22P02 I", c.answers(t, 1, query(text), data("1\ta\n"), copyDone, data("1\t1\tx\n"), copyDone))
	// A native COPY behind a protected one, its data in front of the server's asking.
	expect(t, "G C I G C I", c.answers(t, 2, query(copyTitles), a, b, copyDone, query("COPY plain FROM STDIN"), data("1\ta\n"), copyDone))
	mustBeOne()
	expect(t, "T D C I", c.answers(t, 1, query("SELECT 1")))
	if n := mustExec(t, s.connect(t), "DELETE FROM plain").RowsAffected(); n != 1 {
		t.Errorf("%d rows in the native table", n)
	}
}

// The key goes in the middle: the COPY ends in its typed error and nothing of it is kept, also where no sealed value passes any more.
func TestKeyGoesDuringCopyIn(t *testing.T) {
	for name, row := range map[string]string{"values": "%d\tcanary\t1\n", "no values": "%d\t\\N\t\\N\n", "at the end": ""} {
		t.Run(name, func(t *testing.T) {
			s := startSafe(t)
			c := s.dial(t)
			for _, status := range []string{"I", "E"} {
				if status == "E" {
					c.answers(t, 1, query("BEGIN"))
				}
				c.send(t, query(copyTitles))
				expect(t, "G", c.toldUntil(t, "G"))
				c.send(t, data("1\ta\t1\n"))
				time.Sleep(50 * time.Millisecond)
				s.keys.withdraw(denied)
				messages := []pgproto3.FrontendMessage{}
				for i := 2; row != "" && i < 20_000; i++ {
					messages = append(messages, data(fmt.Sprintf(row, i)))
				}
				if row == "" {
					messages = append(messages, copyDone)
				}
				expect(t, "KU001 "+status, c.answers(t, 1, messages...))
				s.keys.withdraw(nil)
				c.answers(t, 1, query("ROLLBACK"))
			}
			if stored := s.stored(t, "id::text"); len(stored) != 0 {
				t.Errorf("stored %q", stored)
			}
			s.keys.withdraw(denied)
			expect(t, "KU001 I", c.answers(t, 1, query(copyTitles)))
			expect(t, "1 2 KU001 I", c.answers(t, 1, parse("", copyTitles), bind(""), execute, data("1\tcanary\t1\n"), copyDone, endSync))
		})
	}
}

// A table that was changed since the catalogue was read.
func TestCopyOfAChangedTable(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "ALTER TABLE matters ADD more text")
	c := s.dial(t)
	expect(t, "G KP002 I", c.answers(t, 1, query("COPY matters FROM STDIN"), data("1\tcanary\t\\N\t\\N\t\\N\t\\N\tcanary\n"), copyDone))
	expect(t, "KP002 I", c.answers(t, 1, query("COPY matters TO STDOUT")))
	expect(t, "1 2 KP002 I", c.answers(t, 1, parse("", "COPY matters TO STDOUT"), bind(""), execute, endSync))
	expect(t, "T D C I", c.answers(t, 1, query("SELECT 1")))
}

// A row longer than what is held in memory.
func TestLongCopyRow(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Message = 1 << 20 })
	c := s.dial(t)
	row := func(n int) string { return fmt.Sprintf("1\t%s\t1\n", strings.Repeat("x", n)) }
	expect(t, "C I", c.copyIn(t, copyTitles, row(1<<20-100), 1<<20-100))
	cluster.Exec(t, s.name, "DELETE FROM matters")
	expect(t, "KP005 I", c.copyIn(t, copyTitles, row(1<<20), 1000))
	expect(t, "KP005 I", c.copyIn(t, copyTitles, row(2<<20), 4<<20))
	expect(t, "C I", c.copyIn(t, copyTitles, strings.Repeat("\\N\t\\N\t\\N\n", 0), 10))
}

// Sealed values are not sealed again.
func TestCopyOfSealedValues(t *testing.T) {
	s, conn := twins(t, 4)
	for _, columns := range []string{"(id, title)", "(id, value)", "(id, closes)"} {
		for _, options := range []string{"", "(FORMAT csv)", "(FORMAT binary)"} {
			var b strings.Builder
			direct := cluster.Conn(t, s.name, "")
			if _, err := direct.PgConn().CopyTo(t.Context(), &b, "COPY matters "+columns+" TO STDOUT "+options); err != nil {
				t.Fatal(err)
			}
			expect(t, "KP006 I", s.dial(t).copyIn(t, "COPY matters "+columns+" FROM STDIN "+options, b.String(), 1000))
		}
	}
	_ = conn
}

// While a column is being sealed, COPY gives out both forms, and seals what comes in.
func TestCopyWhileSealing(t *testing.T) {
	s := startSafe(t)
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealing, "1"))
	cluster.Exec(t, s.name, "INSERT INTO matters (id, title) VALUES (1, 'plain')")
	expect(t, "C I", s.dial(t).copyIn(t, "COPY matters (id, title) FROM STDIN", "2\tcanary\n", 100))
	s.noPlaintext(t, "canary")
	expect(t, "1\tplain\n2\tcanary\n", copyOut(t, s.connect(t), "COPY matters (id, title) TO STDOUT"))
}
