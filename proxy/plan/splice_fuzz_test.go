package plan

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// skeleton is a text's tree without places, and with one sign for whatever stands for a value: a constant, a parameter, an array of them, a cast of one.
// ok is false where the text does not parse.
func skeleton(sql string) (tree any, ok bool) {
	text, err := pg_query.ParseToJSON(sql)
	if err != nil || json.Unmarshal([]byte(text), &tree) != nil {
		return nil, false
	}
	return bones(tree), true
}

const anyValue = "value"

func bones(node any) any {
	switch n := node.(type) {
	case []any:
		out := make([]any, len(n))
		for i := range n {
			out[i] = bones(n[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(n))
		for key, child := range n {
			switch key {
			case "A_Const", "ParamRef":
				return anyValue
			case "typeName", // a cast of sealed values is one to their physical type
				"location", "stmt_len", "stmt_location", "name_location":
				continue
			}
			out[key] = bones(child)
		}
		if cast, ok := out["TypeCast"].(map[string]any); ok && cast["arg"] == anyValue {
			return anyValue
		}
		if array, ok := out["A_ArrayExpr"].(map[string]any); ok && allValues(array["elements"]) {
			return anyValue
		}
		return out
	}
	return node
}

func allValues(elements any) bool {
	list, _ := elements.([]any)
	for _, e := range list {
		if e != anyValue {
			return false
		}
	}
	return true
}

// checkSplice: what the planner makes of a text is the same statement, whose values alone are others.
func checkSplice(t *testing.T, p *Planner, src string, extended bool) (spliced bool) {
	t.Helper()
	plan, _ := p.Plan(Request{SQL: []byte(src), Extended: extended})
	if plan == nil || plan.Native() {
		return false
	}
	var out []byte
	if extended {
		out = plan.ParseText(nil)
	} else {
		var err error
		if out, err = plan.AppendQuery(nil, fakeSeal); err != nil {
			return false // an array that cannot be read
		}
	}
	for _, piece := range plan.pieces {
		if piece.kind == pieceTruth || piece.kind == pieceTruthMoved {
			return false // a comparison is added to a boolean
		}
	}
	before, ok := skeleton(src)
	if !ok {
		return false
	}
	after, ok := skeleton(string(out))
	if !ok || !reflect.DeepEqual(before, after) {
		t.Fatalf("%q becomes another statement: %q", src, out)
	}
	return string(out) != src
}

// TestSplicesOfMutants holds rewritten statements against what they were made of: the cases, mutants of them, and random statements.
func TestSplicesOfMutants(t *testing.T) {
	p := samplePlanner(t)
	texts := fateTexts(t)
	spliced := 0
	check := func(src string, extended bool) {
		if checkSplice(t, p, src, extended) {
			spliced++
		}
	}
	for _, src := range texts {
		check(src, strings.Contains(src, "$1"))
	}
	r := rand.New(rand.NewPCG(9, 10))
	q := queryMaker{r: r}
	for i := range 4000 {
		check(mutate(r, texts), i%2 == 0)
		check(q.statement(), i%2 == 0)
	}
	if spliced < 150 {
		t.Errorf("only %d statements were rewritten", spliced)
	}
}

// FuzzSplice looks for texts that the splice makes into others.
func FuzzSplice(f *testing.F) {
	for _, src := range fateTexts(f) {
		f.Add(src, strings.Contains(src, "$1"))
	}
	p := samplePlanner(f)
	f.Fuzz(func(t *testing.T, src string, extended bool) {
		if len(src) < 20000 && !strings.Contains(src, "\x00") {
			checkSplice(t, p, src, extended)
		}
	})
}
