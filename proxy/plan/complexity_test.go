package plan

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// chain makes a text of n links.
type chain struct{ name, start, link, end string }

func (c chain) text(n int) string { return c.start + strings.Repeat(c.link, n) + c.end }

var chains = []chain{
	{"plus", "SELECT 1", "+1", " FROM matters"},
	{"concatenation", "SELECT a", "||a", " FROM matters"},
	{"cast", "SELECT 1", "::a", " FROM matters"},
	{"is null", "SELECT 1", " IS NULL", " FROM matters"},
	{"collate", "SELECT 'a'", ` COLLATE "C"`, " FROM matters"},
	{"subscript", "SELECT a", "[1]", " FROM matters"},
	{"not", "SELECT ", "NOT ", "true FROM matters"},
	{"minus", "SELECT ", "- ", "a FROM matters"},
	{"time zone", "SELECT a", " AT TIME ZONE b", " FROM matters"},
	{"union", "SELECT id FROM matters", " UNION ALL SELECT 1", ""},
	{"union of columns", "SELECT id, id FROM matters", " UNION SELECT 1, 2", ""},
	{"join", "SELECT 1 FROM matters", " JOIN x ON true AND true", ""},
	{"cross join", "SELECT 1 FROM matters", " CROSS JOIN x", ""},
	{"between", "SELECT 1", " BETWEEN CASE WHEN a AND b THEN 1 END AND 2 IS NULL", " FROM matters"},
	{"case", "SELECT 1", " + CASE WHEN t.end AND x THEN 1 END", " FROM matters t"},
	{"label", "SELECT 1 case, 1", " + CASE WHEN a OR x THEN 1 END", " FROM matters t"},
	{"like", "SELECT a", " LIKE b ESCAPE c", " FROM matters"},
	{"operator", "SELECT a", " OPERATOR(pg_catalog.+) b", " FROM matters"},
}

var nests = []struct{ name, start, open, inner, close, end string }{
	{"parentheses", "SELECT ", "(", "1", ")", " FROM matters"},
	{"minus in parentheses", "SELECT ", "(- - -", "1", ")", " FROM matters"},
	{"functions", "SELECT ", "f(", "1", ")", " FROM matters"},
	{"functions of many", "SELECT ", "f(1,", "1", ",2)", " FROM matters"},
	{"subqueries", "SELECT ", "(SELECT ", "1", ")", " FROM matters"},
	{"from", "SELECT 1 FROM matters, ", "(SELECT * FROM ", "x", ") a", ""},
	{"arrays", "SELECT ", "ARRAY[", "1", "]", " FROM matters"},
	{"case", "SELECT ", "CASE WHEN ", "true", " THEN 1 END", " FROM matters"},
	{"sums to the left", "SELECT ", "(", "1", "+1+1+1)", " FROM matters"},
	{"sums to the right", "SELECT ", "(1+1+1+", "1", ")", " FROM matters"},
	{"and", "SELECT ", "(a AND ", "b", ")", " FROM matters"},
	{"rows from", "SELECT 1 FROM matters, ", "f((SELECT 1 FROM ", "b", "))", ""},
	{"with", "", "WITH a AS (", "SELECT 1", ") SELECT 1 FROM matters", ""},
	{"in", "SELECT ", "a IN (", "1", ")", " FROM matters"},
	{"xml", "SELECT ", "xmlforest(", "b", " AS x)", " FROM matters"},
	{"json", "SELECT ", "JSON_OBJECT('a':", "1", ")", " FROM matters"},
	{"exists", "SELECT ", "EXISTS (SELECT 1 WHERE ", "true", ")", " FROM matters"},
}

func boundTexts() map[string]func(n int) string {
	texts := make(map[string]func(n int) string)
	for _, c := range chains {
		texts[c.name] = c.text
	}
	for _, c := range nests {
		texts["nested "+c.name] = func(n int) string {
			return c.start + strings.Repeat(c.open, n) + c.inner + strings.Repeat(c.close, n) + c.end
		}
	}
	return texts
}

// deepestAllowed returns the largest text that the bound lets through.
func deepestAllowed(t *testing.T, text func(n int) string, bound int) (src string, n int) {
	low, high := 1, 5000
	for low+1 < high {
		mid := (low + high) / 2
		toks, ok := tokenise([]byte(text(mid)), nil)
		if !ok {
			t.Fatal("bad token")
		}
		if depth([]byte(text(mid)), toks) <= bound {
			low = mid
		} else {
			high = mid
		}
	}
	return text(low), low
}

// TestDeepestTextsOnASmallStack plans the deepest text of each form that the bound lets through, in processes whose threads
// have a fraction of the usual stack: they must live.
func TestDeepestTextsOnASmallStack(t *testing.T) {
	if os.Getenv("PLAN_SMALL_STACK") != "" {
		planDeepest(t)
		return
	}
	for _, kib := range []string{"256", "1024"} {
		cmd := exec.Command("sh", "-c", `ulimit -s `+kib+` && exec "$0" -test.run='^TestDeepestTextsOnASmallStack$' -test.v`, os.Args[0])
		cmd.Env = append(os.Environ(), "PLAN_SMALL_STACK=1")
		out, err := cmd.CombinedOutput()
		if err != nil || strings.Count(string(out), "planned ") != len(boundTexts()) {
			t.Errorf("%s KiB: %v\n%.2000s", kib, err, out)
		}
	}
}

func planDeepest(t *testing.T) {
	p := samplePlanner(t)
	for name, text := range boundTexts() {
		src, n := deepestAllowed(t, text, p.options.MaxDepth)
		if n < p.options.MaxDepth/30 {
			t.Errorf("%s: only %d are allowed", name, n)
		}
		_, refusal := p.Plan(Request{SQL: []byte(src)})
		fmt.Printf("planned %s %d %v\n", name, n, refusal)
		if _, refusal = p.Plan(Request{SQL: []byte(text(n + 1))}); refusal == nil || refusal.Code != StatementTooComplex {
			t.Errorf("%s: one more is not refused", name)
		}
	}
}

// TestLongListsAreFlat: what makes lists and not levels may be long.
func TestLongListsAreFlat(t *testing.T) {
	p := samplePlanner(t)
	for name, src := range map[string]string{
		"or":                 "SELECT id FROM matters m WHERE m.id = 1" + strings.Repeat(" OR m.id = 1", 5000),
		"and of conditions":  "SELECT id FROM matters m WHERE m.id IS NULL" + strings.Repeat(" AND m.status IS NULL AND m.id", 2000),
		"groups":             "SELECT id FROM matters m WHERE (id = 1 AND status = 'x')" + strings.Repeat(" OR (id = 1 AND status = 'x')", 3000),
		"case arms":          "UPDATE matters SET status = CASE" + strings.Repeat(" WHEN id = 1 THEN lower('x')", 2000) + " END",
		"between":            "SELECT id FROM matters WHERE id BETWEEN 1 AND 2" + strings.Repeat(" OR id BETWEEN 1 AND 2", 3000),
		"columns":            "SELECT id" + strings.Repeat(", id + 1", 1600) + " FROM matters",
		"functions in a row": "INSERT INTO matters (id, status) VALUES (1, lower('x'))" + strings.Repeat(", (1, lower('x'))", 5000),
		"joins":              "SELECT m.id FROM matters m" + strings.Repeat(" JOIN users u ON u.id = m.owner_id AND u.id > 0", 60),
	} {
		if _, refusal := p.Plan(Request{SQL: []byte(src)}); refusal != nil && refusal.Code == StatementTooComplex {
			t.Errorf("%s: %+v", name, *refusal)
		}
	}
}
