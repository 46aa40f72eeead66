package plan

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// fateTexts are the statements of testdata/fates.
func fateTexts(t testing.TB) (texts []string) {
	t.Helper()
	files, err := filepath.Glob("testdata/fates/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(content), "\n\n") {
			var lines []string
			for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
				if !strings.HasPrefix(line, "-- ") && !strings.HasPrefix(line, "=>") {
					lines = append(lines, line)
				}
			}
			if src, _ := strings.CutPrefix(strings.Join(lines, "\n"), "extended: "); src != "" {
				texts = append(texts, src)
			}
		}
	}
	return texts
}

// erase makes all constants and parameters of a tree alike.
func erase(tree *pg_query.ParseResult) *pg_query.ParseResult {
	walk(tree, func(m any) bool {
		if n, ok := m.(*node); ok && (n.GetAConst() != nil || n.GetParamRef() != nil) {
			n.Node = &pg_query.Node_ParamRef{ParamRef: &pg_query.ParamRef{Number: 1}}
			return false
		}
		return true
	})
	return tree
}

// checkNormal holds a text's normal form against the text: both must parse, or neither, into trees that differ in constants
// alone; and the normal form's own normal form must be itself.
func checkNormal(t *testing.T, src string) {
	t.Helper()
	toks, ok := tokenise([]byte(src), nil)
	if !ok || !cacheable([]byte(src), toks) || depth([]byte(src), toks) > defaultDepth {
		return
	}
	var n normaliser
	n.normalise([]byte(src), toks, false)
	normal := string(n.out)
	again, ok := tokenise([]byte(normal), nil)
	if !ok || len(again) != n.kept {
		t.Fatalf("%q: normal form %q has %d tokens, not %d", src, normal, len(again), n.kept)
	}
	if len(n.runs) > 0 || strings.Contains(src, "--") {
		return
	}
	tree, err := pg_query.Parse(src)
	other, err2 := pg_query.Parse(normal)
	if (err == nil) != (err2 == nil) {
		if err != nil && !grammarError(err) || err2 != nil && !grammarError(err2) {
			return // a literal that only the full text has
		}
		t.Fatalf("%q: %v, normal form %q: %v", src, err, normal, err2)
	}
	if err == nil && !new(treeComparer).same(erase(tree), erase(other)) {
		t.Fatalf("%q and its normal form %q differ", src, normal)
	}
}

// grammarError tells whether the text's form is at fault, and not the content of a literal.
func grammarError(err error) bool {
	return strings.Contains(err.Error(), "syntax error") && !strings.Contains(err.Error(), "syntax error at or near \"'")
}

func TestNormalForms(t *testing.T) {
	for _, c := range []struct {
		src, want string
		runs      int
	}{
		{"SELECT  a,B, \"C\" from T -- x\n where a='x' AND b = 5", `select a , b , "C" from t where a = '' and b = 0`, 0},
		{"SELECT 'a' 'b'", "select '' ''", 0},
		{"SELECT 'a'\n'b', E'x', $$y$$, U&'z', 1.5, 1e3, -5, - 5, (-5)", "select '' , '' , '' , '' , 1.5 , 1.5 , -1 , - 0 , ( -1 )", 0},
		{"SELECT f(-5, -1.5)", "select f ( -1 , -1.5 )", 0},
		{"SELECT $1, $2, $3, $1, $2", "select $1 , $1 , $1 , $2 , $1", 0},
		{"INSERT INTO t VALUES (1,'a'),(2,NULL),(3,$$c$$)", "insert into t values ( '' , '' )", 1},
		{"INSERT INTO t VALUES (1,now()),(2,now()),(3,DEFAULT),(4,now())", "insert into t values ( '' , now ( ) ) , ( '' , default ) , ( '' , now ( ) )", 1},
		{"SELECT a IN (1,2,3) OR b IN ('x','y',lower('z'))", "select a in ( 0 ) or b in ( '' , lower ( '' ) )", 2},
		{"SELECT ARRAY['a','b'], ARRAY[[1],[2]]", "select array [ '' ] , array [ [ 0 ] , [ 0 ] ]", 1},
		{"SELECT a FROM t ORDER BY 1, 2 DESC LIMIT 10", "select a from t order by 1 , 2 desc limit 0", 0},
		{"SELECT a FROM t GROUP BY ROLLUP(1, 2) HAVING x > 5 ORDER BY 3 OFFSET 5", "select a from t group by rollup ( 1 , 2 ) having x > 0 order by 3 offset 0", 0},
		{"SELECT DISTINCT ON (1) a, 5 FROM t", "select distinct on ( 1 ) a , 0 from t", 0},
		{"SELECT (SELECT a FROM t ORDER BY 1), 5", "select ( select a from t order by 1 ) , 0", 0},
		{"SELECT 'x'::varchar(3), 5::numeric(10,2), f(5, 'x')", "select '' :: varchar ( 3 ) , 0 :: numeric ( 10 , 2 ) , f ( 0 , '' )", 0},
		{"SELECT U&'x!0041' UESCAPE '!', N'x', B'0101', X'1F'", "select U&'x!0041' uescape '!' , N'' , B'0' , B'0'", 0},
	} {
		toks, ok := tokenise([]byte(c.src), nil)
		if !ok {
			t.Fatal(c.src)
		}
		var n normaliser
		n.normalise([]byte(c.src), toks, true)
		if string(n.out) != c.want || len(n.runs) != c.runs {
			t.Errorf("%s\ngot  %s %v\nwant %s", c.src, n.out, n.runs, c.want)
		}
	}
}

// TestKeysTellTextsApart: texts whose plans may differ have different keys.
func TestKeysTellTextsApart(t *testing.T) {
	seen := make(map[string]string)
	for _, src := range []string{
		"SELECT $1, $2", "SELECT $2, $1", "SELECT $1, $1", "SELECT $2, $3", "SELECT $1, $3",
		"SELECT 1 FROM t ORDER BY 1", "SELECT 1 FROM t ORDER BY 2", "SELECT 'a'::varchar(2)", "SELECT 'a'::varchar(3)",
		"SELECT x IN (1, 2)", "SELECT x IN (1, 2, 3)", "SELECT x IN (1), y IN (1, 2)", "SELECT x IN (1, 2), y IN (1)",
		`SELECT "a"`, `SELECT "a b"`, `SELECT a b`, "SELECT 'a'", "SELECT 5", "SELECT 5.0", "SELECT NULL", "SELECT true",
		"INSERT INTO t VALUES (1), (2)", "INSERT INTO t VALUES (1), (2), (3)", "INSERT INTO t VALUES (1), (DEFAULT)",
	} {
		toks, ok := tokenise([]byte(src), nil)
		if !ok {
			t.Fatal(src)
		}
		var n normaliser
		n.normalise([]byte(src), toks, true)
		_, key := n.appendKey(0, 0)
		if other := seen[string(key)]; other != "" {
			t.Errorf("%s and %s have one key %q", src, other, key)
		}
		seen[string(key)] = src
	}
}

func TestNormalFormsOfAllCases(t *testing.T) {
	for _, src := range fateTexts(t) {
		checkNormal(t, src)
	}
}

// TestNormalFormsOfMutants changes tokens of the cases at random.
func TestNormalFormsOfMutants(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	texts := fateTexts(t)
	for range 3000 {
		checkNormal(t, mutate(r, texts))
	}
}

// mutate takes a text and exchanges, doubles or drops some of its tokens, or takes one from another text.
func mutate(r *rand.Rand, texts []string) string {
	words := strings.Fields(texts[r.IntN(len(texts))])
	for range 1 + r.IntN(3) {
		i := r.IntN(len(words))
		switch r.IntN(5) {
		case 0:
			words = append(words[:i:i], words[min(i+1, len(words)):]...)
		case 1:
			words[i] += " " + words[i]
		case 2:
			j := r.IntN(len(words))
			words[i], words[j] = words[j], words[i]
		case 3:
			other := strings.Fields(texts[r.IntN(len(texts))])
			words[i] = other[r.IntN(len(other))]
		case 4:
			words[i] = []string{"5", "'x'", "$1", "-3", "1.5", "NULL", "(1, 2)", "ORDER BY 2", "LIMIT 3", "'a'::text", "title", "m.*", "*"}[r.IntN(13)]
		}
		if len(words) == 0 {
			return "SELECT 1"
		}
	}
	return strings.Join(words, " ")
}
