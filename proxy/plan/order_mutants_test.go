package plan

import (
	"math/rand/v2"
	"slices"
	"testing"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// leavesOrder is a second opinion on whether a text leaves the order of a table's columns to the server: by a star of a query with the table in its
// FROM, by RETURNING, or by an INSERT or COPY without a list.
func leavesOrder(src, table string) (found string) {
	tree, err := pg_query.Parse(src)
	if err != nil {
		return ""
	}
	var exists []*pg_query.SelectStmt // whose results nobody looks at
	is := func(rv *pg_query.RangeVar) bool {
		return rv.GetRelname() == table && slices.Contains([]string{"", "public"}, rv.GetSchemaname())
	}
	hidden := false
	walk(tree, func(m any) bool {
		switch x := m.(type) {
		case *pg_query.CommonTableExpr:
			hidden = hidden || x.Ctename == table
		case *pg_query.SubLink:
			if x.SubLinkType == pg_query.SubLinkType_EXISTS_SUBLINK {
				exists = append(exists, x.Subselect.GetSelectStmt())
			}
		case *pg_query.SelectStmt:
			if !slices.Contains(exists, x) && starOver(x.TargetList, x.FromClause, is) {
				found = "a star"
			}
		case *pg_query.InsertStmt:
			if is(x.Relation) && (len(x.Cols) == 0 && givesColumns(x.SelectStmt.GetSelectStmt()) || starOver(x.ReturningList, []*node{{Node: &pg_query.Node_RangeVar{RangeVar: x.Relation}}}, is)) {
				found = "INSERT"
			}
		case *pg_query.CopyStmt:
			if is(x.Relation) && len(x.Attlist) == 0 {
				found = "COPY"
			}
		case *pg_query.UpdateStmt:
			if is(x.Relation) && starOver(x.ReturningList, []*node{{Node: &pg_query.Node_RangeVar{RangeVar: x.Relation}}}, is) {
				found = "RETURNING"
			}
		}
		return true
	})
	if hidden {
		return ""
	}
	return found
}

// givesColumns tells whether the rows of an INSERT have any: SELECT FROM t has none.
func givesColumns(s *pg_query.SelectStmt) bool {
	return s != nil && (len(s.TargetList) > 0 || len(s.ValuesLists) > 0 || givesColumns(s.Larg))
}

// starOver tells whether a list of results has a star that stands for the columns of such a table.
func starOver(list, from []*node, is func(*pg_query.RangeVar) bool) bool {
	var names []string // that the tables go by
	var collect func(n *node)
	collect = func(n *node) {
		switch x := n.GetNode().(type) {
		case *pg_query.Node_JoinExpr:
			collect(x.JoinExpr.Larg)
			collect(x.JoinExpr.Rarg)
		case *pg_query.Node_RangeTableSample:
			collect(x.RangeTableSample.Relation)
		case *pg_query.Node_RangeVar:
			if rv := x.RangeVar; is(rv) && rv.Alias != nil {
				names = append(names, rv.Alias.Aliasname)
			} else if is(rv) {
				names = append(names, rv.Relname)
			}
		}
	}
	for _, n := range from {
		collect(n)
	}
	return len(names) > 0 && slices.ContainsFunc(list, func(n *node) bool {
		fields := n.GetResTarget().GetVal().GetColumnRef().GetFields()
		if len(fields) == 0 || fields[len(fields)-1].GetAStar() == nil {
			return false
		}
		return len(fields) == 1 || slices.Contains(names, fields[len(fields)-2].GetString_().GetSval())
	})
}

var orderTexts = []string{
	"SELECT * FROM t", "SELECT t.* FROM t", "SELECT x.*, o.* FROM ONLY (t) AS x (a, b) , other o WHERE x.a = '1'", "TABLE t", "SELECT * FROM ( TABLE ONLY t ) s JOIN u USING (id)",
	"SELECT * FROM t JOIN other USING (id) JOIN u AS u2 ON true", "SELECT * FROM ( t AS x JOIN u USING (id) ) AS j", "SELECT * FROM t NATURAL JOIN u", "INSERT INTO t VALUES ('1', 'a') RETURNING *",
	"INSERT INTO public.t AS x SELECT * FROM t RETURNING x.*", "WITH w AS ( SELECT * FROM t ) SELECT * FROM w , t", "COPY t TO STDOUT", "COPY t FROM STDIN ( FORMAT csv )", "COPY ( SELECT * FROM t ) TO STDOUT",
	"UPDATE t SET email = 'x' FROM other o WHERE o.id = t.id RETURNING *", "DELETE FROM t USING u WHERE u.id = t.id RETURNING t.* , *", "SELECT * FROM t UNION ALL SELECT * FROM t AS y",
	"MERGE INTO t USING other o ON o.id = t.id WHEN NOT MATCHED THEN INSERT VALUES ( o.id , 'x' ) WHEN MATCHED THEN DELETE", "SELECT EXISTS ( SELECT * FROM t JOIN other USING (id) )",
	"CREATE VIEW v AS SELECT * FROM t", "DECLARE c CURSOR FOR SELECT * FROM t", "SELECT ( SELECT count(*) FROM t ) , * FROM t1", "UPDATE u SET ( id , email ) = ( SELECT x.id , x.email FROM ( SELECT * FROM t ) x )",
	"SELECT * FROM t , LATERAL ( SELECT t.* ) l GROUP BY 1 ORDER BY 2", "EXPLAIN SELECT * FROM t", "SELECT row(t.*) , t FROM t", "SELECT * FROM t2 AS t", "SELECT * FROM t TABLESAMPLE SYSTEM ( 5 ) , generate_series(1, 2)",
}

// No mutant of a text leaves the order of a table with moved columns to the server.
func TestOrderOfMutants(t *testing.T) {
	p := New(Options{})
	p.SetCatalogue(orderCatalogue(t, "email", "note"))
	r := rand.New(rand.NewPCG(9, 9))
	planned := 0
	for i := range 10000 {
		if checkOrder(t, p, mutate(r, orderTexts), i%2 == 0) {
			planned++
		}
	}
	if planned < 300 {
		t.Errorf("only %d mutants were planned", planned)
	}
}

func checkOrder(t *testing.T, p *Planner, src string, extended bool) (planned bool) {
	t.Helper()
	checkPlan(t, p, src, extended)
	plan, refusal := p.Plan(Request{SQL: []byte(src), Extended: extended})
	if refusal != nil {
		return false
	}
	out := []byte(src)
	if plan != nil && extended {
		out = plan.ParseText(nil)
	} else if plan != nil {
		var err error
		if out, err = plan.AppendQuery(nil, fakeSeal); err != nil {
			return false
		}
	}
	if found := leavesOrder(string(out), "t"); found != "" {
		t.Errorf("%s of %s leaves the order to the server:\n%s", found, src, out)
	}
	return plan != nil
}

func FuzzOrder(f *testing.F) {
	for _, src := range orderTexts {
		f.Add(src, false)
	}
	p := New(Options{})
	p.SetCatalogue(orderCatalogue(f, "email", "note"))
	f.Fuzz(func(t *testing.T, src string, extended bool) { checkOrder(t, p, src, extended) })
}
