package plan

import (
	"math/rand/v2"
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// namesProtected is a second opinion on whether a text names a protected table: a tree that has such a table anywhere, in
// a text without WITH queries that could hide one.
func namesProtected(c *Catalogue, src string) (names, clear bool) {
	toks, ok := tokenise([]byte(src), nil)
	if !ok || depth([]byte(src), toks) > defaultDepth {
		return false, false
	}
	tree, err := pg_query.Parse(src)
	if err != nil {
		return false, false
	}
	clear = true
	walk(tree, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.CommonTableExpr:
			clear = false
		case *pg_query.LockingClause, *pg_query.ConstraintsSetStmt:
			return false
		case *pg_query.RangeVar:
			for _, r := range c.Relations {
				names = names || r.Name == x.Relname && (x.Schemaname == "" || x.Schemaname == r.Schema)
			}
		}
		return true
	})
	return names, clear
}

// checkPlan holds what the planner says about a text against what must be true of any text.
func checkPlan(t *testing.T, p *Planner, src string, extended bool) {
	t.Helper()
	req := Request{SQL: []byte(src), Extended: extended}
	plan, refusal := p.Plan(req)
	if again, r := p.Plan(req); (again == nil) != (plan == nil) || (r == nil) != (refusal == nil) {
		t.Fatalf("%q: the second answer is another", src)
	}
	if string(req.SQL) != src {
		t.Fatalf("%q was changed", src)
	}
	names, clear := namesProtected(p.Catalogue(), src)
	switch {
	case refusal != nil:
		if refusal.Code == "" || refusal.Message == "" || plan != nil {
			t.Fatalf("%q: refusal %+v", src, refusal)
		}
		return
	case plan == nil || plan.Native():
		if names && clear {
			t.Fatalf("%q names something protected and passes", src)
		}
		return
	}
	var out []byte
	if extended {
		out = plan.ParseText(nil)
		if oids := plan.ParamOIDs(nil); len(oids) > 0 && len(oids) != len(plan.Params)+len(plan.Extra) {
			t.Fatalf("%q: %d types for %d parameters", src, len(oids), len(plan.Params)+len(plan.Extra))
		}
	} else {
		var err error
		if out, err = plan.AppendQuery(nil, fakeSeal); err != nil {
			return // an array that cannot be read
		}
	}
	if _, err := pg_query.Parse(string(out)); err != nil && !strings.Contains(src, "--") && names && clear {
		t.Fatalf("%q becomes %q: %v", src, out, err)
	}
}

// TestPlansOfMutants plans random mutants of the cases.
func TestPlansOfMutants(t *testing.T) {
	p := samplePlanner(t)
	texts := fateTexts(t)
	r := rand.New(rand.NewPCG(7, 8))
	for i := range 4000 {
		checkPlan(t, p, mutate(r, texts), i%2 == 0)
	}
}

// FuzzPlan: the planner never panics, passes nothing that names what is protected, and what it rewrites still parses.
func FuzzPlan(f *testing.F) {
	for _, src := range fateTexts(f) {
		f.Add(src, strings.Contains(src, "$1"))
	}
	p := samplePlanner(f)
	f.Fuzz(func(t *testing.T, src string, extended bool) {
		if len(src) < 20000 && !strings.Contains(src, "\x00") {
			checkPlan(t, p, src, extended)
		}
	})
}
