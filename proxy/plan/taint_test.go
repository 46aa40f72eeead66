package plan

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/testenv/postgres"
)

// mark is what stands for a sealed value in the database: it tells whose it is.
func mark(c *Column, n int) []byte {
	return fmt.Appendf(nil, "S:%s/%s/%s:%d", c.Key.ID, c.Key.Family, c.Mode, n)
}

func markLiteral(c *Column, n int) string {
	if c.Armoured {
		return "'" + string(crypto.AppendArmour(nil, mark(c, n))) + "'"
	}
	return `'\x` + hex.EncodeToString(mark(c, n)) + "'"
}

// marked tells whose sealed value a cell is: "" where it is none. hidden is set where a cell holds one inside of something else.
func marked(cell string) (owner string, hidden bool) {
	var raw []byte
	switch {
	case strings.HasPrefix(cell, "pgs1_"):
		raw, _ = crypto.AppendUnarmour(nil, []byte(cell))
	case strings.HasPrefix(cell, `\x`):
		raw, _ = hex.DecodeString(cell[2:])
	}
	if s := string(raw); strings.HasPrefix(s, "S:") {
		return s[:strings.LastIndex(s, ":")], false
	}
	return "", strings.Contains(strings.ToLower(cell), "pgs1_") || strings.Contains(cell, "533a") || strings.Contains(cell, "S:")
}

func owner(c *Column) string { return fmt.Sprintf("S:%s/%s/%s", c.Key.ID, c.Key.Family, c.Mode) }

// fillSample writes a few rows into each table.
func fillSample(c *Catalogue) string {
	var sql strings.Builder
	for _, r := range c.Relations {
		if r.Opaque != "" || r.isView() {
			continue
		}
		for n := 1; n <= 3; n++ {
			var values []string
			for _, a := range r.Columns {
				switch {
				case a.Protected.opens():
					values = append(values, markLiteral(a.Protected, n))
				case a.TypeOID == 23:
					values = append(values, fmt.Sprint(n))
				default:
					values = append(values, fmt.Sprintf("'n%d'", n))
				}
			}
			fmt.Fprintf(&sql, "INSERT INTO %s.%s VALUES (%s);\n", r.Schema, r.Name, strings.Join(values, ", "))
		}
	}
	for _, r := range c.Relations { // else nearly every INSERT fails for want of a key
		if r.Opaque == "" && r.Kind != 'v' && r.Kind != 'm' {
			fmt.Fprintf(&sql, "CREATE SEQUENCE made_%s START 100; ALTER TABLE %s.%s ALTER id SET DEFAULT nextval('made_%s');\n", r.Name, r.Schema, r.Name, r.Name)
		}
	}
	sql.WriteString("REFRESH MATERIALIZED VIEW saved_matters; INSERT INTO other SELECT n, 'a', 'b', 'x', 'e', n, n FROM generate_series(1, 3) n;\n")
	return sql.String()
}

// TestNoSealedValueGoesAstray runs random statements, as the planner rewrites them, on a real server whose sealed columns
// hold marks. A mark may come out only where the plan opens the column that it belongs to, and may be stored only where it
// belongs; a sealed column may hold nothing but its own marks.
func TestNoSealedValueGoesAstray(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	db := cluster.NewDatabase(t)
	catalogue := sampleCatalogue()
	cluster.Exec(t, db, sampleSchema(catalogue)+fillSample(catalogue))
	conn := cluster.Conn(t, db, "")
	if _, err := conn.Exec(t.Context(), "SET search_path = public, archive; SET statement_timeout = '2s'"); err != nil {
		t.Fatal(err)
	}
	p := New(Options{})
	p.SetCatalogue(bindOIDs(t, conn, catalogue))
	run := taintRun{t: t, conn: conn.PgConn(), planner: p}
	q := queryMaker{r: rand.New(rand.NewPCG(11, taintSeed))}
	for range taintStatements {
		run.statement(q.statement())
		if t.Failed() {
			return
		}
	}
	t.Logf("%+v", run.counts)
	if run.counts.opened < taintStatements/100 || run.counts.written < taintStatements/200 || run.counts.refused < taintStatements/10 {
		t.Errorf("too little was tried: %+v", run.counts)
	}
}

const (
	taintSeed       = 1
	taintStatements = 3000
)

type taintRun struct {
	t       *testing.T
	conn    *pgconn.PgConn
	planner *Planner
	counts  struct{ refused, failed, native, read, opened, written int }
}

func (run *taintRun) statement(src string) {
	plan, refusal := run.planner.Plan(Request{SQL: []byte(src)})
	if refusal != nil {
		run.counts.refused++
		return
	}
	sql := src
	var st Statement
	if plan != nil {
		out, err := plan.AppendQuery(nil, func(dst []byte, s *Slot, _ []byte) ([]byte, error) { return append(dst, mark(s.Column, 9)...), nil })
		if err != nil {
			run.t.Fatal(err)
		}
		sql, st = string(out), plan.Statements[0]
	}
	results, err := run.conn.Exec(run.t.Context(), "BEGIN; "+sql).ReadAll()
	if err == nil {
		run.check(src, st, results[1])
		if strings.Contains(src, "INSERT") || strings.Contains(src, "UPDATE") || strings.Contains(src, "MERGE") {
			run.counts.written++
			run.checkTables(src)
		}
	} else {
		run.counts.failed++
	}
	if _, err := run.conn.Exec(run.t.Context(), "ROLLBACK").ReadAll(); err != nil {
		run.t.Fatal(err)
	}
	if plan == nil || plan.Native() {
		run.counts.native++
	}
}

func (run *taintRun) check(src string, st Statement, result *pgconn.Result) {
	run.counts.read++
	if st.Outputs != nil {
		run.counts.opened++
	}
	for _, row := range result.Rows {
		outputs, ok := Widen(st.Outputs, len(row))
		if !ok && st.Outputs != nil {
			run.t.Fatalf("%s\n%d result columns, the plan says %d", src, len(row), len(st.Outputs))
		}
		for i, cell := range row {
			whose, hidden := marked(string(cell))
			want := ""
			if outputs != nil && outputs[i] != nil {
				want = owner(outputs[i])
			}
			if cell != nil && (whose != want || hidden) {
				run.t.Fatalf("%s\nresult column %d holds %q of %q, the plan says %q", src, i+1, cell, whose, want)
			}
		}
	}
}

// checkTables looks at all tables after a write, inside its transaction.
func (run *taintRun) checkTables(src string) {
	for _, r := range run.planner.Catalogue().Relations {
		if r.Opaque != "" {
			continue
		}
		results, err := run.conn.Exec(run.t.Context(), "SELECT * FROM "+r.Schema+"."+r.Name).ReadAll()
		if err != nil {
			run.t.Fatal(err)
		}
		for _, row := range results[0].Rows {
			for i, cell := range row {
				want := ""
				if c := r.Columns[i].Protected; c.opens() {
					want = owner(c)
				}
				if whose, hidden := marked(string(cell)); cell != nil && (whose != want || hidden) {
					run.t.Fatalf("%s\n%s.%s holds %q of %q instead of %q", src, r.Name, r.Columns[i].Name, cell, whose, want)
				}
			}
		}
	}
	results, err := run.conn.Exec(run.t.Context(), "SELECT * FROM other").ReadAll()
	if err != nil {
		run.t.Fatal(err)
	}
	for _, row := range results[0].Rows {
		for _, cell := range row {
			if whose, hidden := marked(string(cell)); whose != "" || hidden {
				run.t.Fatalf("%s\nother holds %q", src, cell)
			}
		}
	}
}
