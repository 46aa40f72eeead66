package plan

import (
	"fmt"
	"strings"
	"testing"
)

// stepNames are the kinds in the words of the tests.
var stepNames = map[StepKind]string{StepSet: "set", StepReset: "reset", StepResetAll: "reset all", StepOpaque: "opaque", StepCode: "code", StepRun: "run", StepLost: "lost", StepAlone: "alone", StepBegin: "begin", StepCommit: "commit",
	StepRollback: "rollback", StepSavepoint: "savepoint", StepRollbackTo: "to", StepRelease: "release"}

func describeSteps(s *Steps) string {
	if s == nil {
		return ""
	}
	var statements []string
	for _, steps := range s.Statements {
		var all []string
		for _, s := range steps {
			words := []string{stepNames[s.Kind]}
			if s.Local {
				words = append(words, "local")
			}
			if s.Chain {
				words = append(words, "chain")
			}
			if s.Value != "" {
				words = append(words, s.Value)
			}
			if s.Call != nil {
				words = append(words, fmt.Sprint(*s.Call))
			}
			all = append(all, strings.Join(words, " "))
		}
		statements = append(statements, strings.Join(all, ", "))
	}
	for _, name := range s.Hidden {
		statements = append(statements, "hides "+name)
	}
	if s.Hides {
		statements = append(statements, "hides")
	}
	return strings.Join(statements, "; ")
}

// TestSteps: what texts do to the setting app.tenant.
func TestSteps(t *testing.T) {
	r := NewSettingReader("App.Tenant")
	for sql, want := range map[string]string{
		"SELECT 1": "", "INSERT INTO t VALUES ('app.tenant')": "", "SELECT current_setting('app.tenant')": "", "SHOW app.tenant": "", "": "", ";": "", "GRANT SELECT ON t TO x": "",
		"SET app.tenant = 'a'": "set a", "SET SESSION app.tenant TO a": "set a", "set local APP.TENANT='a' ;": "set local a", `SET "app"."TENANT" = "A"`: "set A", `SET "App.tenant" = A`: "set a",
		"SET app.tenant.x = 'a'": "", "SET app = 'a'": "", "SET tenant = 'a'": "", "SET LOCAL work_mem = 1": "", "SET x.app.tenant = 'a'": "",
		"SET app.tenant TO DEFAULT": "reset", "SET LOCAL app.tenant = DEFAULT": "reset local", `SET app.tenant = "default"`: "set default", "RESET app.tenant": "reset", "RESET ALL": "reset all", "RESET work_mem": "",
		"DISCARD ALL": "reset all, alone", "DISCARD PLANS": "",
		"SET app.tenant FROM CURRENT": "opaque", "SET app.tenant = 'a', 'b'": "opaque", "SET app.tenant = -1": "opaque", "SET app.tenant = 01": "opaque", "SET app.tenant = 1e3": "opaque", "SET app.tenant = N'a'": "opaque",
		`SET U&"app".tenant = 'a'`: "opaque", `SET app.tenant = U&'\0061'`: "set a", `SET app.tenant = U&'!0061' UESCAPE '!'`: "opaque",
		"BEGIN": "begin", "START TRANSACTION ISOLATION LEVEL SERIALIZABLE": "begin", "COMMIT": "commit", "END WORK": "commit", "COMMIT AND CHAIN": "commit chain", "COMMIT WORK AND NO CHAIN": "commit", "ROLLBACK": "rollback",
		"ABORT TRANSACTION AND CHAIN": "rollback chain", "COMMIT PREPARED 'x'": "alone", "ROLLBACK PREPARED 'x'": "alone", "PREPARE TRANSACTION 'x'": "commit", "SAVEPOINT A": "savepoint a", `ROLLBACK TRANSACTION TO SAVEPOINT "A"`: "to A",
		"ROLLBACK TO savepoint": "to savepoint", "RELEASE a": "release a", "RELEASE SAVEPOINT a": "release a", `SAVEPOINT U&"a"`: "lost",
		"BEGIN; SET LOCAL app.tenant = 'a'; SELECT 1; COMMIT": "begin; set local a; ; commit",
		"DO $$ BEGIN END $$": "code", "CALL p()": "code", "EXECUTE p (1)": "run p", "FETCH FORWARD 5 FROM c": "run c", `MOVE U&"c"`: "run", `EXECUTE "P"`: "run P", "EXPLAIN ANALYZE EXECUTE p": "run p", "GRANT EXECUTE ON FUNCTION f TO x": "run on",
		"VACUUM": "alone", "CREATE DATABASE x": "alone", "CREATE INDEX CONCURRENTLY i ON t (x)": "alone", "CREATE INDEX i ON t (x)": "",
		"SELECT set_config('app.tenant', 'a', true)":                                                  "set local a",
		"SELECT set_config('app.tenant', $1, false)":                                                  "set {-1 0 -1}",
		"SELECT pg_catalog.set_config($1, $2::text, $3::boolean) AS x":                                "set {0 1 2}",
		"SELECT set_config('x.y', $1, false), set_config('app.tenant', 'a', 'f')":                     "set a",
		"SELECT set_config('app.tenant', 'a', 'f'), set_config('app.tenant', 'b'::text, false)":       "set a, set b",
		"SELECT set_config('app.tenant', NULL, true)":                                                 "reset local",
		"SELECT set_config('x.y', 'a', false) FROM t":                                                 "",
		"SELECT set_config('x.y', lower('A'), false)":                                                 "",
		"SELECT set_config('app.tenant', lower('A'), false)":                                          "opaque",
		"SELECT set_config(lower('A'), 'a', false)":                                                   "opaque",
		"SELECT set_config('app.tenant', 'a', true) FROM t":                                           "opaque",
		"SELECT set_config('app.tenant', 'a', true), 1":                                               "opaque",
		"SELECT 1, set_config('app.tenant', 'a', true)":                                               "opaque",
		"(SELECT set_config('app.tenant', 'a', true))":                                                "opaque",
		"SELECT other.set_config('app.tenant', 'a', true)":                                            "opaque",
		`SELECT "set_config"('app.tenant', 'a', true)`:                                                "set local a",
		`SELECT U&"set\005fconfig"('app.tenant', 'a', true)`:                                          "opaque",
		"SELECT set_config('x.y', (SELECT set_config('app.tenant', 'a', true)), true)":                "opaque",
		"UPDATE pg_settings SET setting = 'a' WHERE name = 'app.tenant'":                              "opaque",
		"INSERT INTO t SELECT set_config('app.tenant', 'a', true)":                                    "opaque",
		"EXPLAIN ANALYZE SELECT set_config('app.tenant', 'a', true)":                                  "opaque",
		"PREPARE p AS SELECT set_config('app.tenant', 'a', true)":                                     "opaque; hides p",
		"PREPARE p AS SELECT 1":                                                                       "",
		"DECLARE c CURSOR FOR SELECT set_config('app.tenant', 'a', true)":                             "opaque; hides c",
		"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT set_config('app.tenant', '', true); END": "lost; hides",
		"CREATE RULE r AS ON DELETE TO t DO (SELECT 1; SELECT 2); BEGIN":                              "; begin",
		"SELECT 'unfinished": "lost; hides",
	} {
		if got := describeSteps(r.Read([]byte(sql), false, map[string]bool{"enter": true, "Odd": true})); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	for sql, want := range map[string]string{`SET app.tenant = 'a\'''; SELECT 1`: "lost; hides", "SET app.tenant = 'ä'": "lost; hides", "SET app.tenant = 'a'": "set a"} {
		if got := describeSteps(r.Read([]byte(sql), true, nil)); got != want {
			t.Errorf("uncertain: %s: %q, want %q", sql, got, want)
		}
	}
}
