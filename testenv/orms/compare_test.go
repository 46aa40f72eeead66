package orms

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/decode"
)

// TestCompare: a step that ends otherwise is a problem unless it is expected, and so is one that is expected to and does not.
func TestCompare(t *testing.T) {
	ok := func(name, result string) step { return step{name: name, result: result} }
	refused := func(name, code string) step { return step{name: name, failed: true, code: code, exception: "E"} }
	for _, c := range []struct {
		direct, sealed step
		problems       int
		expected       bool
	}{
		{ok("create", "1"), ok("create", "1"), 0, false},
		{ok("create", "1"), ok("create", "2"), 1, false},
		{ok("create", "1"), refused("create", "KP001"), 1, false},
		{refused("unique violation", "23505"), refused("unique violation", "23505"), 0, false},
		{refused("unique violation", "23505"), ok("unique violation", "1"), 1, false},
		{refused("create", "none"), refused("create", "none"), 1, false},
		{ok("order by sealed", "[3]"), refused("order by sealed", "KP001"), 0, true},
		{ok("order by sealed", "[3]"), refused("order by sealed", "KP002"), 1, false},
		{ok("order by sealed", "[3]"), ok("order by sealed", "[3]"), 1, false},
		{ok("order by sealed", "[3]"), ok("order by sealed", "[1]"), 1, false},
		{ok("introspect types", "date"), ok("introspect types", "bytea"), 0, true},
		{ok("introspect types", "date"), refused("introspect types", "KP001"), 1, false},
		{ok("create", "1"), ok("update", "1"), 1, false},
	} {
		outcomes, problems := compare("Knex", report{steps: []step{c.direct}}, report{steps: []step{c.sealed}})
		if len(problems) != c.problems || (outcomes[0].expected != nil) != c.expected {
			t.Errorf("%v and %v: %v, %v", c.direct, c.sealed, problems, outcomes)
		}
	}
	if _, problems := compare("Knex", report{steps: []step{ok("create", "1")}}, report{}); len(problems) != 1 {
		t.Errorf("a step that is missing: %v", problems)
	}
}

// TestExpectations: each is of use, and says what works.
func TestExpectations(t *testing.T) {
	for _, e := range expectations() {
		if e.what == "" || e.why == "" || e.answer == "" || len(e.steps) == 0 {
			t.Errorf("incomplete: %+v", e)
		}
		for _, f := range e.frameworks {
			if committedRow(table(), f) == "" {
				t.Errorf("%s: there is no framework %q", e.what, f)
			}
		}
	}
}

// table has a row for each framework.
func table() string {
	var b strings.Builder
	for _, f := range frameworks() {
		b.WriteString(result{framework: f, version: f.name + " 1.2.3"}.row())
	}
	return b.String()
}

// TestDocument: what was not run is taken over; a third number of a version makes no difference, a second one does.
func TestDocument(t *testing.T) {
	var results []result
	for _, f := range frameworks() {
		results = append(results, result{framework: f, version: f.name + " 1.2.3, driver 4.5",
			refusals: refusals([]decode.Failure{{Code: "KP001", SQL: "select a from b where c = 'secret' or d = 7"}, {Code: "KP001", SQL: "select a from b where c = 'other' or d = 8"}, {Code: "23505", SQL: "select 1"}})})
	}
	whole := document(results, "")
	if strings.Contains(whole, "secret") || strings.Count(whole, "select a from b where c = $1 or d = $2") != len(results) {
		t.Errorf("the statements are not what they should be:\n%s", whole)
	}
	if document(results[:1], whole) != whole || document(nil, whole) != whole {
		t.Error("what was not run is not taken over")
	}
	later := results[0]
	later.version = strings.Replace(later.version, "1.2.3", "1.2.10", 1)
	if made := document([]result{later}, whole); !later.sameSeries(whole) || made == whole || withoutVersions(made) != withoutVersions(whole) {
		t.Error("a third number makes a difference")
	}
	later.version = strings.Replace(later.version, "1.2.10", "1.3.0", 1)
	if later.sameSeries(whole) {
		t.Error("a second number makes no difference")
	}
	if withoutVersions(document(results, "")) == withoutVersions(document(append([]result{{framework: results[0].framework, version: results[0].version}}, results[1:]...), "")) {
		t.Error("a difference is not seen")
	}
}

func TestForm(t *testing.T) {
	for sql, want := range map[string]string{
		"select  title from matters\n where client_email = 'ann@x' limit 3":           "select title from matters where client_email = $1 limit $2",
		`DECLARE "_django_curs_140371257545408_sync_1" NO SCROLL CURSOR FOR SELECT 1`: `DECLARE "…" NO SCROLL CURSOR FOR SELECT $1`,
		"select a | b from c": `select a \| b from c`,
		"not sql":             "not sql",
	} {
		if got := form(sql); got != want {
			t.Errorf("%q: %q, want %q", sql, got, want)
		}
	}
}
