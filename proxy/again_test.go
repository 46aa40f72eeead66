package proxy

import (
	"io"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/plan"
)

// A statement whose own text seems to execute another, which may have been prepared before, is planned again once: each time that it was, all such statements
// were, itself among them, until the process had no stack left.
func TestPlannedAgainOnce(t *testing.T) {
	for name, ask := range map[string]pgproto3.FrontendMessage{"Bind": &pgproto3.Bind{PreparedStatement: "s"}, "EXECUTE": &pgproto3.Query{String: "EXECUTE s"}} {
		d := guardedDatabase()
		req, res := offlinePumps(d, io.Discard, io.Discard)
		req.feed(t, &pgproto3.Parse{Name: "s", Query: "EXPLAIN SELECT 1 FROM other AS execute"}, &pgproto3.Sync{})
		res.feed(t, &pgproto3.ParseComplete{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
		if !req.names.statements["s"].protected() {
			t.Fatal("the statement is none that is planned again")
		}
		c := guardedDatabase().Planner.Catalogue()
		c.Epoch = "another"
		d.Planner.SetCatalogue(c)
		if req.feed(t, ask); req.s.server.counters.Refusals.Load() != 1 {
			t.Errorf("%s: not refused", name)
		}
	}
}

// A view that is made again and again in one transaction is remembered once.
func TestMadeAgain(t *testing.T) {
	d := guardedDatabase()
	req, _ := offlinePumps(d, io.Discard, io.Discard)
	p := &plan.Plan{Shape: &plan.Shape{Catalogue: d.Planner.Catalogue(), Statements: []plan.Statement{{Creates: "v", Above: []string{"w"}}, {Creates: "x"}}}}
	for n := range uint64(1000) {
		before := req.remade()
		if req.noteMade(p, 1+n); len(req.made) != 2 || req.remade() <= before || req.lastMade() != 0 {
			t.Fatalf("%d are remembered, the last as %d", len(req.made), req.remade())
		}
		req.segment++
	}
	if req.settleMade(999); len(req.made) != 2 {
		t.Error("what was made last is forgotten")
	}
	if req.settleMade(1000); len(req.made) != 0 {
		t.Error("what was made is not forgotten")
	}
}
