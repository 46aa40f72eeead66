package plan

import (
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// analysed parses a text and analyses it.
func analysed(t *testing.T, src string, extended bool) (*analysis, *pg_query.ParseResult) {
	t.Helper()
	toks, ok := tokenise([]byte(src), nil)
	if !ok {
		t.Fatal(src)
	}
	tree, err := pg_query.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	a := &analysis{catalogue: sampleCatalogue(), src: []byte(src), toks: toks, extended: extended}
	if a.statements(tree); a.refusal != nil {
		t.Fatalf("%s: %v", src, a.refusal)
	}
	return a, tree
}

var proofTexts = []string{
	"INSERT INTO matters (id, title, value) VALUES (1, 'x', -5)",
	"INSERT INTO matters (id, title, value) VALUES (1, 'x'::text, (- 5)::numeric)",
	"UPDATE matters SET title = 'a', signed_on = DATE '2020-01-01', client_email = CAST('x' AS character varying) WHERE id = 3",
	"UPDATE matters SET (title, value) = ('a', 5), signed_on = NULL::date",
	"SELECT id FROM matters WHERE client_email IN ('a', ('b')::text) AND signed_on = ANY(ARRAY['2020-01-01']::date[])",
	"SELECT id FROM matters WHERE client_email = ANY('{a}'::text[]) OR client_email = 'a'::varchar::text",
	"INSERT INTO users (email, age, active) SELECT p0::varchar(3), p1::int, CAST(p2 AS boolean) FROM (VALUES ('a', 1, true), ('b'::text, '2', NULL)) v(p0, p1, p2)",
	"UPDATE users SET age = (CASE WHEN users.active THEN 1 WHEN active IS NOT TRUE THEN 2 ELSE age END)::integer WHERE active",
	"INSERT INTO users (age) SELECT unnest(CAST(ARRAY['1', '2'] AS int[])) UNION ALL SELECT unnest('{1,2}'::int[])",
}

// TestProof: what the analysis found can be replaced, and is seen to be replaced.
func TestProof(t *testing.T) {
	for _, src := range proofTexts {
		for _, extended := range []bool{false, true} {
			a, tree := analysed(t, src, extended)
			if len(a.claims) == 0 {
				t.Errorf("%s: nothing is claimed", src)
			}
			if r := a.prove(tree, pg_query.Parse, &treeComparer{}); r != nil {
				t.Errorf("%s: %v", src, r)
			}
		}
	}
}

// TestProofFindsMisplacedClaims shifts the tokens of each claim by one: no such rewriting may pass.
func TestProofFindsMisplacedClaims(t *testing.T) {
	for _, src := range proofTexts {
		first, _ := analysed(t, src, false)
		for i := range first.claims {
			for _, shift := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {1, 1}, {-2, -2}, {2, 2}} {
				a, tree := analysed(t, src, false)
				c := &a.claims[i]
				c.first += shift[0]
				c.last += shift[1]
				if c.first < 0 || c.last >= len(a.toks) || c.last < c.first {
					continue
				}
				if c.first > 0 && a.isOp(c.first, "(") && a.isOp(c.last, ")") {
					continue // parentheses around the value are no part of the tree
				}
				if r := a.prove(tree, pg_query.Parse, &treeComparer{}); r == nil {
					t.Errorf("%s: claim %d shifted by %v passes", src, i, shift)
				}
			}
		}
	}
}

// TestProofFindsForgottenClaims: a claim that the text does not show, or a tree that was changed elsewhere, is seen.
func TestProofFindsForgottenClaims(t *testing.T) {
	a, tree := analysed(t, proofTexts[0], false)
	text, _ := a.template()
	for i := range a.claims {
		a.replace(i)
	}
	again, err := pg_query.Parse(string(text))
	if err != nil || !new(treeComparer).same(tree, again) {
		t.Fatalf("the trees differ: %v", err)
	}
	for _, change := range []func(s *pg_query.InsertStmt){
		func(s *pg_query.InsertStmt) { s.Cols = s.Cols[:1] },
		func(s *pg_query.InsertStmt) { s.Relation.Relname = "other" },
		func(s *pg_query.InsertStmt) { s.OnConflictClause = &pg_query.OnConflictClause{} },
		func(s *pg_query.InsertStmt) {
			s.SelectStmt.GetSelectStmt().ValuesLists[0].GetList().Items[0].GetAConst().Isnull = true
		},
	} {
		again, _ := pg_query.Parse(string(text))
		change(again.Stmts[0].Stmt.GetInsertStmt())
		if new(treeComparer).same(tree, again) || new(treeComparer).same(again, tree) {
			t.Error("a changed tree is taken for the same")
		}
	}
}

// TestRowsAreLaidOut: claims in rows and elements that come several times are found at each of them.
func TestRowsAreLaidOut(t *testing.T) {
	claims := []claim{{first: 20, last: 20, value: 20}, {first: 3, last: 3, value: 3}, {first: 10, last: 12, value: 11}, {first: 30, last: 30, value: 30}}
	runs := []run{{first: 2, length: 3, count: 1000}, {first: 9, length: 6, count: 2}, {first: 20, length: 1, count: 3}}
	places, ok := layOut(claims, runs)
	if !ok || len(places) != 1000+2+3+1 {
		t.Fatalf("%d places, %v", len(places), ok)
	}
	for i, want := range map[int][3]int{0: {3, 3, 3}, 1: {7, 7, 7}, 999: {3999, 3999, 3999}, 1000: {10 + 3996, 12 + 3996, 11 + 3996}, 1001: {10 + 3996 + 7, 12 + 3996 + 7, 11 + 3996 + 7},
		1002: {20 + 3996 + 7, 20 + 3996 + 7, 20 + 3996 + 7}, 1004: {24 + 3996 + 7, 24 + 3996 + 7, 24 + 3996 + 7}, 1005: {30 + 3996 + 7 + 4, 30 + 3996 + 7 + 4, 30 + 3996 + 7 + 4}} {
		if p := places[i]; p.first != want[0] || p.last != want[1] || p.value != want[2] {
			t.Errorf("place %d is %d-%d, want %v", i, p.first, p.last, want)
		}
	}
	for _, c := range []claim{{first: 1, last: 2}, {first: 4, last: 5}} {
		if _, ok := layOut([]claim{c}, runs); ok {
			t.Errorf("a claim that reaches out of its row passes: %+v", c)
		}
	}
}
