package plan

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// A short text in which each level doubles the columns of the one below does not make the planner hold them.
func TestWideTextsAreBounded(t *testing.T) {
	p := samplePlanner(t)
	var doubling strings.Builder
	doubling.WriteString("WITH a0 AS (SELECT id, title FROM matters)")
	for i := 1; i <= 40; i++ {
		fmt.Fprintf(&doubling, ", a%d AS (SELECT x.*, y.* FROM a%d x, a%d y)", i, i-1, i-1)
	}
	stars := strings.Repeat("*, ", 60) + "*"
	texts := map[string]string{
		"doubling":   doubling.String() + " SELECT count(*) FROM a40",
		"stars":      "WITH a AS (SELECT " + stars + " FROM matters), b AS (SELECT " + stars + " FROM a), c AS (SELECT " + stars + " FROM b) SELECT 1 FROM c",
		"many stars": "SELECT " + strings.Repeat("*, ", 1000) + "* FROM matters, matters m2, matters m3",
		"joins":      "SELECT 1 FROM matters" + strings.Repeat(" NATURAL JOIN matters", 400),
		"from list":  "SELECT 1 FROM matters" + strings.Repeat(", matters", 900),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, refusal := p.Plan(Request{SQL: []byte(text)})
			runtime.ReadMemStats(&after)
			if refusal == nil {
				t.Error("not refused")
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 100<<20 {
				t.Errorf("%d MiB for a text of %d bytes", used>>20, len(text))
			}
		})
	}
}

// What values are read by may not change unseen: such a text, and what comes right behind it, is told apart.
func TestSettingsThatValuesAreReadBy(t *testing.T) {
	p := samplePlanner(t)
	for _, sql := range []string{"SET timezone = 'Asia/Tokyo'", "SET TIME ZONE 'Asia/Tokyo'", "SET LOCAL TIME ZONE 1", "SET datestyle TO german",
		"RESET timezone", "SELECT set_config('timezone', 'UTC', true)", "SET SESSION IntervalStyle = iso_8601", `SET "TimeZone" = 'UTC'`} {
		plan, refusal := p.Plan(Request{SQL: []byte(sql)})
		if refusal != nil || plan == nil || !plan.Effects.Settings {
			t.Errorf("%s: not seen", sql)
		}
		_, refusal = p.Plan(Request{SQL: []byte(sql + "; INSERT INTO matters (title) VALUES ('x')")})
		if refusal == nil || refusal.Code != StatementNotUnderstood {
			t.Errorf("%s before a protected statement: %v", sql, refusal)
		}
	}
}

// Functions that read tables which no word of the statement names are refused while anything is protected.
func TestFunctionsThatDumpTables(t *testing.T) {
	p := samplePlanner(t)
	for _, sql := range []string{"SELECT schema_to_xml('public', true, true, '')", "SELECT database_to_xml(true, true, '')",
		"SELECT table_to_xml(('mat'||'ters')::regclass, true, true, '')", "SELECT query_to_xml('select * from mat'||'ters', true, true, '')",
		"SELECT query_to_xml($1, true, true, '')", `SELECT "schema_to_xml"('public', true, true, '')`} {
		if _, refusal := p.Plan(Request{SQL: []byte(sql)}); refusal == nil {
			t.Errorf("%s: not refused", sql)
		}
	}
	if _, refusal := p.Plan(Request{SQL: []byte("SELECT table_to_xml('other'::regclass, true, true, '')")}); refusal != nil {
		t.Errorf("a table that is not protected: %v", refusal)
	}
}

// SQL that a function is given as text has to stand there whole.
func TestSQLInPieces(t *testing.T) {
	p := samplePlanner(t)
	for _, sql := range []string{
		"SELECT query_to_xml('select * from mat'::text || 'ters', true, true, '')",
		`SELECT U&"query_to_xm\006C"('select * from mat' || 'ters', true, true, '')`,
		`SELECT U&"query_to_xm!006C" UESCAPE '!' ('select * from mat' || 'ters', true, true, '')`,
		"SELECT query_to_xml('select query_to_xml(''select * from mat''||''ters'', true, true, '''')', true, true, '')",
		"SELECT * FROM ts_stat('select title::tsvector from mat' || 'ters')",
		"SELECT * FROM ts_stat($1)",
		"SELECT ts_rewrite('a'::tsquery, 'select a, b from mat' || 'ters')",
		"SELECT * FROM crosstab('select 1', 'select title from mat' || 'ters') AS t(a int)",
		"SELECT * FROM connectby('mat' || 'ters', 'id', 'id', '1', 0) AS t(a int)",
	} {
		if _, refusal := p.Plan(Request{SQL: []byte(sql), Extended: strings.Contains(sql, "$1")}); refusal == nil {
			t.Errorf("%s: not refused", sql)
		}
	}
	const pieces = "SELECT query_to_xml('select * from mat' || 'ters', true, true, '') -- \\"
	for _, req := range []Request{{NonStandardStrings: true, SQL: []byte(pieces)}, {OtherEncoding: true, SQL: []byte(pieces + "\xe9")},
		{SQL: []byte(pieces + strings.Repeat(" ", p.options.MaxStatementBytes))}} {
		if _, refusal := p.Plan(req); refusal == nil {
			t.Errorf("%.100s: not refused", req.SQL)
		}
	}
	for _, sql := range []string{
		"SELECT query_to_xml('select * from other'::text, $1, true, '')",
		"SELECT * FROM ts_stat('select v from other'::pg_catalog.text, 'ab')",
		"SELECT ts_rewrite(q, t, (SELECT s FROM other)) FROM other",
		"SELECT * FROM crosstab('select * from other', 3) AS t(a int)",
		`SELECT U&"\0061" FROM other`,
	} {
		if _, refusal := p.Plan(Request{SQL: []byte(sql), Extended: strings.Contains(sql, "$1")}); refusal != nil {
			t.Errorf("%s: %v", sql, refusal)
		}
	}
}

// The server's statistics hold values of all tables: where some may be read with the key only, they are closed.
func TestStatistics(t *testing.T) {
	keyed := samplePlanner(t)
	open := New(Options{})
	b := &sampleBuilder{}
	b.table("public", "matters", plain("id", 23), keyColumn("status", false, true))
	open.SetCatalogue(NewCatalogue(1, b.relations, nil, nil))
	for _, sql := range []string{"SELECT most_common_vals FROM pg_stats", `SELECT * FROM pg_catalog."pg_stats_ext"`, `SELECT * FROM U&"pg_stat\0073"`} {
		if _, refusal := keyed.Plan(Request{SQL: []byte(sql)}); refusal == nil {
			t.Errorf("%s: not refused", sql)
		}
		if _, refusal := open.Plan(Request{SQL: []byte(sql)}); refusal != nil {
			t.Errorf("%s: %v", sql, refusal)
		}
	}
}

// A handle whose name is escaped may be any.
func TestEscapedHandles(t *testing.T) {
	p := samplePlanner(t)
	for _, sql := range []string{`EXECUTE U&"s\0065l"('x')`, `EXPLAIN EXECUTE U&"s\0065l"('x')`} {
		if _, refusal := p.Plan(Request{SQL: []byte(sql), Handles: heldNames{"sel": true, "c1": true}}); refusal == nil {
			t.Errorf("%s: not refused", sql)
		}
	}
}
