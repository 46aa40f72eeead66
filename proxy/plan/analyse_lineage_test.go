package plan

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestFarFollowedValuesAreBounded: many values through many casts are refused in bounded time; the rows of a bulk insert are not.
func TestFarFollowedValuesAreBounded(t *testing.T) {
	var rows []string
	for i := range 4000 {
		rows = append(rows, fmt.Sprintf("($%d)", i+1), fmt.Sprintf("($%d::text)", i+1), "('x')")
	}
	query := "(VALUES " + strings.Join(rows, ", ") + ") v0(x)"
	for i := range 200 {
		query = fmt.Sprintf("(SELECT x::text FROM %s) v%d", query, i+1)
	}
	p := New(Options{MaxDepth: 1 << 20})
	p.SetCatalogue(sampleCatalogue())
	start := time.Now()
	_, r := p.Plan(Request{SQL: []byte("INSERT INTO matters (title) SELECT x FROM " + query), Extended: true})
	if r == nil || r.Code != StatementTooComplex {
		t.Errorf("%v", r)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
	plan, r := p.Plan(Request{SQL: []byte("INSERT INTO matters (title) SELECT x::text FROM (VALUES " + strings.Join(rows, ", ") + ") v(x)"), Extended: true})
	if r != nil || len(plan.Slots) != 4000*2 {
		t.Errorf("a bulk insert: %v", r)
	}
}
