package plan

import (
	"strings"
	"testing"
)

// TestShown: nothing of a literal or comment is left, and texts that differ in literals only are shown alike.
func TestShown(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT  a, B FROM t WHERE c = 'canary' -- canary":                                   "select a, b from t where c = ?",
		"select /* canary */ \"Odd\" from S.T where x in ('canary', 'canary 2', 3)":          `select "Odd" from s.t where x in (?, ...)`,
		"insert into t values (1, 'canary', null), (2, 'canary 3', null)":                    "insert into t values (?, ..., null)",
		"insert into t (a, b) values ('canary', 1), ('canary', 2), ('canary', 3)":            "insert into t (a, b) values (?, ...)",
		"select E'can\\'ary', U&'canary' UESCAPE '!', $$canary$$, $x$canary$x$, B'01', N'c'": "select ?, ... uescape ?, ...",
		"select x::varchar(20), f(1.5e10), a[1] from t limit 5;":                             "select x::varchar (?), f (?), a[?] from t limit ?;",
		"select $1, $2, $3":                    "select $1, ...",
		"select a - 5, -5, 'unfinished":        "select a - ?, - ?, ...",
		"do $$ begin perform 'canary'; end $$": "do ?",
		"":                                     "",
	} {
		if got := Shown([]byte(sql), 1000); got != want {
			t.Errorf("%s\n got %s\nwant %s", sql, got, want)
		}
	}
	long := Shown([]byte("select "+strings.Repeat("column_name + ", 1000)+"1"), 200)
	if len(long) > 300 || !strings.HasSuffix(long, "...") {
		t.Errorf("%d bytes: %s", len(long), long)
	}
}

func FuzzShown(f *testing.F) {
	for _, sql := range []string{"select 'a'", "insert into t values (1, 'b'), (2, 'c')", "$1 $$ '", "\\x", "select U&'a' uescape 'b'", "(((,,,)))", "?,?,?"} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		Shown([]byte(sql), 100)
		for _, one := range Split([]byte(sql)) {
			if len(one) == 0 || len(one) > len(sql) {
				t.Fatalf("%q of %q", one, sql)
			}
		}
	})
}

func TestSplit(t *testing.T) {
	for sql, want := range map[string][]string{
		"": nil, " -- x ; y\n ; ;": nil,
		"select 1; select ';' ;\n\nselect $$;$$":            {"select 1", "select ';'", "select $$;$$"},
		"\\set x 1;\nselect 1;\n\\echo ;\nselect 2":         {"select 1", "select 2"},
		"create rule r as on insert to t do also (a; b); c": {"create rule r as on insert to t do also (a; b)", "c"},
		"create function f() returns int begin atomic select 1; select case when true then 2 end; end; select 3": {
			"create function f() returns int begin atomic select 1; select case when true then 2 end; end", "select 3"},
		"begin; select 1; end; select 2": {"begin", "select 1", "end", "select 2"},
		"select 'unfinished; select 2":   {"select 'unfinished; select 2"},
	} {
		var got []string
		for _, one := range Split([]byte(sql)) {
			got = append(got, string(one))
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s\n got %q\nwant %q", sql, got, want)
		}
	}
}
