package plan

import (
	"slices"
	"testing"

	"github.com/legatics/pgseal/policy"
)

func TestExpressionColumns(t *testing.T) {
	r := &policy.Relation{Columns: []policy.LiveColumn{{Name: "a", Attnum: 1}, {Name: "b", Attnum: 3}}}
	const (
		a       = "{VAR :varno 1 :varattno 1 :vartype 25}"
		b       = "{VAR :varno 1 :varattno 3 :vartype 25}"
		gone    = "{VAR :varno 1 :varattno 2 :vartype 25}"
		row     = "{VAR :varno 1 :varattno 0 :vartype 99}"
		ctid    = "{VAR :varno 1 :varattno -1 :vartype 27}"
		newForm = "{VAR :relation 1 :column 1}"
		text    = `{CONST :constvalue "no variable"}`
	)
	null := func(arg string) string { return "{NULLTEST :arg " + arg + " :nulltesttype 1}" }
	for _, c := range []struct {
		tree      string
		nullTests bool
		want      []string
	}{
		{"", false, nil},
		{text, false, nil},
		{a, false, []string{"a"}},
		{"(" + b + " " + a + " " + b + ")", false, []string{"a", "b"}},
		{gone + ctid, false, nil},
		{row, false, []string{"a", "b"}},
		{null(a), false, []string{"a"}},
		{null(a), true, nil},
		{null(a) + b, true, []string{"b"}},
		{null(a) + a, true, []string{"a"}},
		{null(row), true, []string{"a", "b"}},
		{newForm, false, []string{"a", "b"}},
		{"{VAR :varno 2 :varattno 1 }", false, []string{"a", "b"}},
		{"{VAR :varno 1 :varattno 99999999 }", false, []string{"a", "b"}},
		{"{VAR ", false, []string{"a", "b"}},
	} {
		if got := expressionColumns(r, c.tree, c.nullTests); !slices.Equal(got, c.want) {
			t.Errorf("%s (null tests %v): %v, want %v", c.tree, c.nullTests, got, c.want)
		}
	}
}

func TestWordSet(t *testing.T) {
	s := newWordSet([]string{"matters", "Parties", "t2", "größe", "odd name", `say "x"`, "a-b"})
	for source, want := range map[string]string{
		"":                                 "",
		"select 1 from mattersx, xmatters": "",
		"select * from matters":            "matters",
		"select * from MATTERS;":           "matters",
		"public.matters":                   "matters",
		`"matters"`:                        "matters",
		"delete from parties":              "parties",
		"x:=t2.y":                          "t2",
		"t2$":                              "",
		"FROM größe":                       "größe",
		`FROM "odd name"`:                  "odd name",
		`FROM "say ""x"""`:                 `say "x"`,
		`FROM "a-b"`:                       "a-b",
		"matters\x00":                      "matters",
		"\xff matters \xff":                "matters",
	} {
		if got := s.in(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}
