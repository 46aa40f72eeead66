package plan

import (
	"strings"
	"testing"
)

// secret is the value that must never reach the server in plain.
const secret = "hunter2"

// outcome plans a text and returns what goes to the server, or the refusal's code.
func outcome(t *testing.T, p *Planner, req Request) (sent string, code Code) {
	t.Helper()
	plan, refusal := p.Plan(req)
	switch {
	case refusal != nil:
		return "", refusal.Code
	case plan == nil || plan.Native():
		return string(req.SQL), ""
	}
	return rewritten(t, plan, req.Extended), ""
}

// withoutSealed removes what fakeSeal has sealed from a readable text.
func withoutSealed(sent string) string {
	for {
		i := strings.Index(sent, "<")
		j := strings.Index(sent, ">::")
		if i < 0 || j < i {
			return sent
		}
		sent = sent[:i] + sent[j+3:]
	}
}

// TestNoPlaintextInWrites holds writes that other proxies let through: each is refused, or its value is sealed.
func TestNoPlaintextInWrites(t *testing.T) {
	p := samplePlanner(t)
	writes := map[string]string{
		"beside a function and a literal":      "INSERT INTO matters (id, title, status) VALUES (nextval('s'), 'hunter2', 'open')",
		"on conflict, literal":                 "INSERT INTO matters (id, title) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET title = 'hunter2'",
		"on conflict, several":                 "INSERT INTO matters (id, title) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET (title, client_email) = ('hunter2', 'hunter2')",
		"set case":                             "UPDATE matters SET title = CASE WHEN id = 1 THEN 'hunter2' ELSE title END",
		"set concatenation":                    "UPDATE matters SET title = 'hunter' || '2'",
		"set concatenation with itself":        "UPDATE matters SET title = title || 'hunter2'",
		"set coalesce":                         "UPDATE matters SET title = coalesce('hunter2', title)",
		"set function":                         "UPDATE matters SET title = upper('hunter2')",
		"set subselect":                        "UPDATE matters SET title = (SELECT 'hunter2')",
		"set row":                              "UPDATE matters SET (title, status) = ROW('hunter2', 'x')",
		"set row of a subselect":               "UPDATE matters SET (title, status) = (SELECT 'hunter2', 'x')",
		"cast in values":                       "INSERT INTO matters (title) VALUES ('hunter2'::text), (CAST('hunter2' AS varchar)), (text 'hunter2')",
		"cast to the physical type":            "INSERT INTO users (age) VALUES ('hunter2'::bytea)",
		"insert select":                        "INSERT INTO matters (title) SELECT 'hunter2'",
		"insert select from values":            "INSERT INTO matters (title) SELECT * FROM (VALUES ('hunter2')) v",
		"insert select from a function":        "INSERT INTO matters (title) SELECT * FROM unnest(ARRAY['hunter2'])",
		"insert from a common table":           "WITH v AS (SELECT 'hunter2' AS t) INSERT INTO matters (title) SELECT t FROM v",
		"write in a common table":              "WITH w AS (INSERT INTO matters (title) VALUES ('hunter2') RETURNING id) SELECT * FROM w",
		"update in a common table":             "WITH w AS (UPDATE matters SET title = 'hunter2') SELECT 1",
		"merge":                                "MERGE INTO matters m USING (SELECT 'hunter2' AS t) s ON false WHEN NOT MATCHED THEN INSERT (title) VALUES (s.t)",
		"do block":                             "DO $$ BEGIN INSERT INTO matters (title) VALUES ('hunter2'); END $$",
		"function body":                        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ INSERT INTO matters (title) VALUES ('hunter2') $$",
		"call of a function":                   "SELECT archive_matter('hunter2')",
		"explain analyze":                      "EXPLAIN ANALYZE INSERT INTO matters (title) VALUES ('hunter2')",
		"view":                                 "INSERT INTO matter_titles (title) VALUES ('hunter2')",
		"second statement":                     "SELECT 1; INSERT INTO matters (title) VALUES ('hunter2')",
		"statement behind a comment":           "/* -- */ INSERT /* ' */ INTO -- '\n matters (title) VALUES ('hunter2')",
		"schema in front":                      "INSERT INTO public.matters (title) VALUES ('hunter2')",
		"quoted and in capitals":               `INSERT INTO "public"."matters" ("title") VALUES ('hunter2')`,
		"escaped name":                         `INSERT INTO U&"m\0061tters" (title) VALUES ('hunter2')`,
		"no column list":                       "INSERT INTO matters VALUES (1, 'hunter2')",
		"prepare":                              "PREPARE p AS INSERT INTO matters (title) VALUES ('hunter2')",
		"create table as":                      "CREATE TABLE matters AS SELECT 'hunter2' AS title",
		"copy from a query":                    "COPY (INSERT INTO matters (title) VALUES ('hunter2') RETURNING id) TO STDOUT",
		"rule":                                 "CREATE RULE r AS ON INSERT TO other DO INSTEAD INSERT INTO matters (title) VALUES ('hunter2')",
		"dynamic sql":                          "SELECT dblink_exec('', 'INSERT INTO matters (title) VALUES (''hunter2'')')",
		"default":                              "ALTER TABLE matters ALTER title SET DEFAULT 'hunter2'",
		"national string":                      "INSERT INTO matters (title) VALUES (N'hunter2')",
		"unicode string with its own escape":   "INSERT INTO matters (title) VALUES (U&'hunter2' UESCAPE '!')",
		"continued string":                     "INSERT INTO matters (title) VALUES ('hunter2'\n'')",
		"rows of different kinds":              "INSERT INTO matters (id, title) VALUES (1, NULL), (2, 'hunter2'), (3, $$hunter2$$), (4, E'hunter2')",
		"a type that cannot be worked out":     "INSERT INTO matters (title) VALUES ((('hunter2')))",
		"collation":                            `INSERT INTO matters (title) VALUES ('hunter2' COLLATE "C")`,
		"array element":                        "UPDATE matters SET title[1] = 'hunter2'",
		"update from with columns of one name": "UPDATE matters SET title = x.title FROM (SELECT 'hunter2' AS title) x",
		"union":                                "INSERT INTO matters (title) SELECT 'hunter2' UNION ALL SELECT 'hunter2'",
	}
	for name, sql := range writes {
		t.Run(name, func(t *testing.T) {
			sent, code := outcome(t, p, Request{SQL: []byte(sql)})
			if code == "" && strings.Contains(withoutSealed(sent), secret) {
				t.Errorf("plaintext reaches the server: %s", sent)
			}
			sent, code = outcome(t, p, Request{SQL: []byte(sql), Extended: true})
			if code == "" && strings.Contains(sent, secret) {
				t.Errorf("plaintext reaches the server in a Parse: %s", sent)
			}
		})
	}
}

// TestEveryWriteIsPlannedNotPassed makes sure that the statements above that can be right are right, and not just refused.
func TestWritesThatWork(t *testing.T) {
	p := samplePlanner(t)
	for _, sql := range []string{
		"INSERT INTO matters (id, title, status) VALUES (nextval('s'), 'hunter2', 'open')",
		"INSERT INTO matters (id, title) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET title = 'hunter2'",
		"UPDATE matters SET (title, status) = ROW('hunter2', 'x')",
		"INSERT INTO matters (title) VALUES ('hunter2'::text), (CAST('hunter2' AS varchar)), (text 'hunter2')",
		"INSERT INTO matters (title) SELECT 'hunter2'",
		"WITH w AS (INSERT INTO matters (title) VALUES ('hunter2') RETURNING id) SELECT * FROM w",
		"SELECT 1; INSERT INTO matters (title) VALUES ('hunter2')",
		"INSERT INTO matters (title) VALUES ('')",
	} {
		sent, code := outcome(t, p, Request{SQL: []byte(sql)})
		if code != "" || !strings.Contains(sent, "<title:") {
			t.Errorf("%s: %s %s", sql, sent, code)
		}
	}
}

// TestSilentlyWrongReads holds reads that other proxies answer wrongly without an error: each is refused.
func TestSilentlyWrongReads(t *testing.T) {
	p := samplePlanner(t)
	reads := map[string]string{
		"distinct over randomised values":       "SELECT DISTINCT title FROM matters",
		"count distinct over randomised values": "SELECT count(DISTINCT title) FROM matters",
		"group by randomised values":            "SELECT title FROM matters GROUP BY title",
		"order by":                              "SELECT id FROM matters ORDER BY title",
		"order by in a window":                  "SELECT rank() OVER (ORDER BY title) FROM matters",
		"within group":                          "SELECT mode() WITHIN GROUP (ORDER BY title) FROM matters",
		"select into":                           "SELECT title INTO copy FROM matters",
		"limit":                                 "SELECT id FROM matters LIMIT value",
		"conflict target":                       "INSERT INTO matters (title) VALUES ('x') ON CONFLICT (title) DO NOTHING",
		"half-migrated column":                  "SELECT id FROM archive.matters_old WHERE title = 'x'",
		"whole row":                             "SELECT m FROM matters m",
		"row as json":                           "SELECT row_to_json(m) FROM matters m",
		"aggregate":                             "SELECT array_agg(title), max(title) FROM matters",
		"in over randomised values":             "SELECT id FROM matters WHERE title IN ('x')",
		"any over randomised values":            "SELECT id FROM matters WHERE title = ANY(ARRAY['x'])",
		"like":                                  "SELECT id FROM matters WHERE client_email LIKE 'x%'",
		"join over randomised values":           "SELECT 1 FROM matters a JOIN matters b USING (title)",
		"union over randomised values":          "SELECT title FROM matters UNION SELECT title FROM matters",
		"scalar function":                       "SELECT length(title) FROM matters",
		"view":                                  "SELECT * FROM matter_titles",
		"cursor":                                "DECLARE c CURSOR FOR SELECT upper(title) FROM matters",
	}
	for name, sql := range reads {
		t.Run(name, func(t *testing.T) {
			if sent, code := outcome(t, p, Request{SQL: []byte(sql)}); code == "" {
				t.Errorf("not refused: %s", sent)
			}
		})
	}
}

// TestTablesOfTheSameName: a table of the same name in another schema is neither sealed nor taken for the protected one.
func TestTablesOfTheSameName(t *testing.T) {
	p := samplePlanner(t)
	native := "INSERT INTO audit.events (body) VALUES ('hunter2')"
	if sent, code := outcome(t, p, Request{SQL: []byte(native)}); code != "" || sent != native {
		t.Errorf("the other table: %s %s", sent, code)
	}
	if _, code := outcome(t, p, Request{SQL: []byte("INSERT INTO events (body) VALUES ('hunter2')")}); code != StatementNotUnderstood {
		t.Errorf("the bare name: %s", code)
	}
	if sent, _ := outcome(t, p, Request{SQL: []byte("INSERT INTO public.events (body) VALUES ('{}')")}); !strings.Contains(sent, "<body:{}>") {
		t.Errorf("the protected table: %s", sent)
	}
}

// TestOneParameterInTwoRoles: a parameter that is stored and compared, or sealed for two columns, or used in plain as well,
// is sealed for each role by itself.
func TestOneParameterInTwoRoles(t *testing.T) {
	p := samplePlanner(t)
	plan, refusal := p.Plan(Request{SQL: []byte("UPDATE matters SET client_email = $1, status = $1, title = $1 WHERE client_email = $1"), Extended: true})
	if refusal != nil {
		t.Fatal(refusal)
	}
	if plan.Params[0] != nil || len(plan.Extra) != 3 {
		t.Fatalf("%s", describe(plan))
	}
	for i, want := range []string{"client_email", "title", "client_email?"} {
		if e := plan.Extra[i]; slotName(e.Slot) != want || e.Param != 0 || e.Literal != -1 {
			t.Errorf("extra %d is %s from %d", i, slotName(e.Slot), e.Param)
		}
	}
	if got, want := string(plan.ParseText(nil)), "UPDATE matters SET client_email =  $2 , status = $1, title =  $3  WHERE client_email =  $4 "; got != want {
		t.Errorf("%s", got)
	}
	if got := plan.ParamOIDs([]uint32{23}); len(got) != 4 || got[0] != 23 || got[1] != oidText || got[2] != oidText || got[3] != oidText {
		t.Errorf("types %v", got)
	}
}

// TestBackslashesInPlainStrings: with standard_conforming_strings off, a backslash hides the end of a string. A text that
// may hold a protected name then is refused, whatever its tokens seem to be.
func TestBackslashesInPlainStrings(t *testing.T) {
	p := samplePlanner(t)
	hidden := `SELECT 'a\'' , title FROM matters WHERE x = 'b'`
	for _, c := range []struct {
		sql      string
		off      bool
		encoding bool
		want     Code
	}{
		{hidden, true, false, StatementNotUnderstood},
		{`SELECT title FROM matters`, true, false, StatementNotUnderstood},
		{`SELECT title FROM matters`, false, true, StatementNotUnderstood},
		{`SELECT 1 FROM other`, true, true, ""},
		{`SELECT 'a\'' FROM other`, true, false, ""},
		{`SELECT matters FROM other`, true, true, ""},
		{"SELECT 'é' FROM other", false, true, ""},
		{"SELECT 'é' FROM matters", false, true, StatementNotUnderstood},
		{"SELECT '\x83\\' , title FROM matters --'", false, true, StatementNotUnderstood},
		{`SELECT '\' FROM U&"m\0061tters"`, true, false, StatementNotUnderstood},
	} {
		if _, code := outcome(t, p, Request{SQL: []byte(c.sql), NonStandardStrings: c.off, OtherEncoding: c.encoding}); code != c.want {
			t.Errorf("%s: %q, want %q", c.sql, code, c.want)
		}
	}
}

// TestLongChains: texts that end the process of a proxy which parses them are refused where they name something protected,
// and are the server's business elsewhere.
func TestLongChains(t *testing.T) {
	p := samplePlanner(t)
	for name, chain := range map[string]string{
		"40,000 terms":     "SELECT 1" + strings.Repeat("+1", 40000) + " FROM %s",
		"2,000 union alls": "SELECT id FROM %s" + strings.Repeat(" UNION ALL SELECT 1", 2000),
		"casts":            "SELECT 1" + strings.Repeat("::int", 40000) + " FROM %s",
		"is null":          "SELECT 1" + strings.Repeat(" IS NULL", 40000) + " FROM %s",
		"collate":          "SELECT 'a'" + strings.Repeat(` COLLATE "C"`, 40000) + " FROM %s",
		"joins":            "SELECT 1 FROM %s" + strings.Repeat(" JOIN x ON true", 40000),
		"case and between": "SELECT 1" + strings.Repeat(" + CASE WHEN t.end AND x THEN 1 END", 20000) + " FROM %s t",
		"between":          "SELECT 1" + strings.Repeat(" BETWEEN CASE WHEN a AND b THEN 1 END AND 2 IS NULL", 20000) + " FROM %s t",
		"not":              "SELECT " + strings.Repeat("NOT ", 9000) + "true FROM %s",
		"parentheses":      "SELECT " + strings.Repeat("(", 9000) + "1" + strings.Repeat(")", 9000) + " FROM %s",
		"subscripts":       "SELECT a" + strings.Repeat("[1]", 40000) + " FROM %s",
		"at time zone":     "SELECT now()" + strings.Repeat(" AT TIME ZONE 'UTC'", 20000) + " FROM %s",
	} {
		t.Run(name, func(t *testing.T) {
			if _, code := outcome(t, p, Request{SQL: []byte(strings.Replace(chain, "%s", "matters", 1))}); code != StatementTooComplex {
				t.Errorf("protected: %q", code)
			}
			if _, code := outcome(t, p, Request{SQL: []byte(strings.Replace(chain, "%s", "other", 1))}); code != "" {
				t.Errorf("native: %q", code)
			}
		})
	}
}
