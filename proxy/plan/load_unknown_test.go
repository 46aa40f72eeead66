package plan

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/testenv/postgres"
)

const unknownSchema = `
CREATE EXTENSION citext; CREATE EXTENSION pgcrypto; CREATE EXTENSION dblink; CREATE EXTENSION tablefunc;
CREATE TABLE clients (id int, name text); CREATE TABLE other (id int, note text);
CREATE FUNCTION plus(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT plus(a, a); END;
CREATE FUNCTION looped(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT max(id) FROM other); END';
CREATE FUNCTION recurses(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN IF n = 0 THEN RETURN 0; END IF; RETURN recurses(n - 1); END';
CREATE FUNCTION reads_clients() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM clients';
CREATE FUNCTION runs(q text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE q; END';
CREATE FUNCTION runs_behind() RETURNS void LANGUAGE sql AS $$ SELECT runs('SELECT 1') $$;
CREATE FUNCTION runs_further() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT runs_behind(); END;
CREATE FUNCTION dumps() RETURNS xml LANGUAGE sql AS $$ SELECT query_to_xml('SELECT 1', true, true, '') $$;
CREATE FUNCTION sets() RETURNS text LANGUAGE sql AS $$ SELECT set_config('client_encoding', 'LATIN1', true) $$;
CREATE FUNCTION binary_sum(int, int) RETURNS int LANGUAGE internal AS 'int4pl';
CREATE FUNCTION "Mixed Case"() RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT 1''; END';
CREATE FUNCTION calls_mixed() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM "Mixed Case"(); END';
CREATE FUNCTION over(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE FUNCTION over(a text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE a; END';
CREATE AGGREGATE good_sum(int) (SFUNC = plus, STYPE = int, INITCOND = '0');
CREATE AGGREGATE bad_sum(int) (SFUNC = binary_sum, STYPE = int, INITCOND = '0');
CREATE PROCEDURE job() LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT 1''; END';
CREATE PROCEDURE fine_job() LANGUAGE plpgsql AS 'BEGIN UPDATE other SET note = note; END';
CREATE FUNCTION on_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT 1''; RETURN NEW; END';
CREATE FUNCTION of_row(other) RETURNS text LANGUAGE plpgsql AS 'BEGIN EXECUTE ''SELECT 1''; RETURN NULL; END';
`

const unknownPolicy = `version: 1
unknown_functions: refuse
tables: {public.clients: {columns: {name: {mode: randomized}}}}
`

// TestUnknownFunctions: under unknown_functions: refuse only functions are called that can be looked into, in texts that name nothing
// protected too. The functions are those of a real database.
func TestUnknownFunctions(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	database := cluster.NewDatabase(t)
	cluster.Exec(t, database, unknownSchema)
	conn := cluster.Conn(t, database, "")
	c, problems, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, unknownPolicy), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	var own []string // those of the extensions apart
	for _, name := range slices.Sorted(maps.Keys(c.Unknown)) {
		if !strings.HasPrefix(name, "dblink") && !strings.HasPrefix(name, "crosstab") && name != "connectby" && name != "normal_rand" {
			own = append(own, name)
		}
	}
	want := []string{"Mixed Case", "bad_sum", "binary_sum", "calls_mixed", "dumps", "job", "of_row", "over", "runs", "runs_behind", "runs_further", "sets"}
	if diff := cmp.Diff(want, own); diff != "" {
		t.Errorf("unknown (-want +got):\n%s", diff)
	}
	if last := problems[len(problems)-1].String(); !strings.Contains(last, "binary_sum (it is written in the language internal)") {
		t.Errorf("the problems do not name them: %s", last)
	}
	p := New(Options{})
	p.SetCatalogue(c)
	for sql, refused := range map[string]bool{
		"SELECT plus(1, 2), twice(3), looped(1), good_sum(id), lower(note), now(), digest('a', 'sha256') FROM other GROUP BY note": false,
		"SELECT 'a'::citext, recurses(3)":                          false,
		"CALL fine_job()":                                          false,
		"SELECT runs FROM other AS x (runs)":                       false,
		"SELECT 'runs(1)' /* runs(1) */":                           false,
		"DO $$ BEGIN PERFORM plus(1, 2); END $$":                   false,
		"SELECT runs('SELECT 1')":                                  true,
		"SELECT note FROM other WHERE id = RUNS('x')":              true,
		`SELECT public."runs"('SELECT 1')`:                         true,
		`SELECT U&"\0072uns"('SELECT 1')`:                          true,
		"SELECT * FROM runs('x')":                                  true,
		"SELECT 1 WHERE EXISTS (SELECT over(1))":                   true,
		"INSERT INTO other VALUES (binary_sum(1, 2), 'x')":         true,
		"UPDATE other SET note = 'x' WHERE id = binary_sum(id, 1)": true,
		"DELETE FROM other WHERE id = binary_sum(id, 1)":           true,
		"SELECT bad_sum(id) FROM other":                            true,
		`SELECT "Mixed Case"()`:                                    true,
		"CALL job()":                                               true,
		"EXPLAIN ANALYZE SELECT runs_further()":                    true,
		"CREATE TABLE copy AS SELECT runs_behind()":                true,
		"CREATE INDEX i ON other (binary_sum(id, id))":             true,
		"PREPARE p AS SELECT runs_behind()":                        true,
		"DECLARE c CURSOR FOR SELECT runs_behind()":                true,
		"COPY (SELECT dumps()) TO STDOUT":                          true,
		"DO $$ BEGIN PERFORM runs('x'); END $$":                    true,
		"DO $$ BEGIN EXECUTE 'SELECT 1'; END $$":                   true,
		"DO LANGUAGE plperl 'x'":                                   true,
		"SELECT other.of_row FROM other":                           true,
		"SELECT (o).of_row FROM other o":                           true,
		"SELECT dblink('x', 'SELECT 1')":                           true,
		"SELECT reads_clients()":                                   true,
	} {
		for _, extended := range []bool{false, true} {
			plan, r := p.Plan(Request{SQL: []byte(sql), Extended: extended})
			switch {
			case (r != nil) != refused:
				t.Errorf("%s: %v, want refused %v", sql, r, refused)
			case r != nil && (r.Code != OperationNotSupported || r.Detail == "" && r.Hint == ""):
				t.Errorf("%s: %+v", sql, r)
			case r == nil && plan != nil && !plan.Native():
				t.Errorf("%s: is not native", sql)
			}
		}
	}
	allowed, _, err := LoadCatalogue(t.Context(), conn, mustPolicy(t, strings.Replace(unknownPolicy, "refuse", "allow", 1)), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	p.SetCatalogue(allowed)
	if _, r := p.Plan(Request{SQL: []byte("SELECT runs('SELECT 1')")}); r != nil {
		t.Errorf("under allow: %v", r)
	}
	if allowed.Epoch == c.Epoch {
		t.Error("the epoch does not change with the functions")
	}
}
