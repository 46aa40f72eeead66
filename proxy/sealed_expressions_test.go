package proxy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// twinSchema has a table with sealed columns and one that holds the same in plain.
const twinSchema = `
CREATE TABLE sealed (id bigserial PRIMARY KEY, title text, email text, note text, age bytea, active bytea, value bytea, closes bytea, n int);
CREATE TABLE mates (email text, m int);
CREATE TABLE twin (id bigserial PRIMARY KEY, title text, email text, note varchar(10), age int, active boolean, value numeric(10,2), closes date, n int);
CREATE TABLE twinmates (email text, m int);
`

var twinColumns = map[string]*plan.Column{
	"title":  {Mode: crypto.Randomized, Type: value.Type{OID: value.OIDText, Typmod: -1}},
	"email":  {Mode: crypto.Deterministic, Type: value.Type{OID: value.OIDText, Typmod: -1}},
	"note":   {Mode: crypto.Randomized, Type: value.Type{OID: value.OIDVarchar, Typmod: 14}},
	"age":    {Mode: crypto.Deterministic, Type: value.Type{OID: value.OIDInt4, Typmod: -1}},
	"active": {Mode: crypto.Deterministic, Type: value.Type{OID: value.OIDBool, Typmod: -1}},
	"value":  {Mode: crypto.Randomized, Type: value.Type{OID: value.OIDNumeric, Typmod: (10<<16 | 2) + 4}},
	"closes": {Mode: crypto.Deterministic, Type: value.Type{OID: value.OIDDate, Typmod: -1}},
}

// startTwin starts a proxy in front of the two tables.
func startTwin(t testing.TB) *safe {
	t.Helper()
	s := &safe{keys: newSwitchedKeys(t), name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}
	cluster.Exec(t, s.name, twinSchema)
	conn := cluster.Conn(t, s.name, "")
	s.planner.SetCatalogue(plan.NewCatalogue(1, []*plan.Relation{twinRelation(t, conn, "sealed"), twinRelation(t, conn, "mates")}, nil, nil))
	s.running = start(t, proxy.Config{Databases: map[string]*proxy.Database{s.name: {Planner: s.planner, Keys: s.keys, Tenant: fixedTenant("acme")}}})
	return s
}

func twinRelation(t testing.TB, conn *pgx.Conn, name string) *plan.Relation {
	t.Helper()
	rel := &plan.Relation{Schema: "public", Name: name, Kind: 'r', Sealed: true}
	if err := conn.QueryRow(t.Context(), "SELECT $1::text::regclass::oid", name).Scan(&rel.OID); err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(t.Context(), `SELECT attname, attnum, atttypid, atttypmod, atthasdef FROM pg_attribute
		WHERE attrelid = $1 AND attnum > 0 ORDER BY attnum`, rel.OID)
	if err != nil {
		t.Fatal(err)
	}
	var a plan.Attribute
	if _, err := pgx.ForEachRow(rows, []any{&a.Name, &a.Attnum, &a.TypeOID, &a.Typmod, &a.HasDefault}, func() error {
		next := a
		if pattern := twinColumns[a.Name]; pattern != nil {
			c := *pattern
			c.Schema, c.Table, c.Name, c.Relation, c.Attnum = "public", name, a.Name, rel.OID, a.Attnum
			c.Sealed, c.State, c.Armoured = true, plan.StateSealed, c.Type.TextPhysical()
			c.Key = crypto.Column{ID: crypto.NewDomainID(a.Name), Family: c.Type.Family()}
			next.Protected = &c
		}
		rel.Columns = append(rel.Columns, next)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return rel
}

// twinStep is a statement with {t} in place of the table and {m} of its mate. Refused: what the answer must be through the proxy; elsewhere
// the two answers must be equal.
type twinStep struct {
	sql     string
	args    []any
	refused string
}

var twinSteps = []twinStep{
	// SQLAlchemy's bulk insert
	{sql: `INSERT INTO {t} (title, age) SELECT p0::VARCHAR, p1::INTEGER FROM (VALUES ($1,$2,0),($3,$4,1)) AS v(p0,p1,sen) ORDER BY sen RETURNING {t}.id, {t}.title`,
		args: []any{"canary 1", "71001", "canary 2", "71002"}},
	{sql: `INSERT INTO {t} (title, email, age, active, value, closes, n) SELECT p0::VARCHAR, p1::VARCHAR, p2::INTEGER, p3::BOOLEAN, p4::NUMERIC(10, 2), p5::DATE, p6::INTEGER
		FROM (VALUES ($1::VARCHAR, $2::VARCHAR, $3::INTEGER, $4::BOOLEAN, $5::NUMERIC(10, 2), $6::DATE, $7::INTEGER, 0), ($8, $9, $10, $11, $12, $13, $14, 1)) AS v(p0,p1,p2,p3,p4,p5,p6,sen)
		ORDER BY sen RETURNING {t}.id, {t}.age, {t}.value`,
		args: []any{"canary 3", "canary-a@x", 71003, true, "71003.455", "2071-03-14", 1, "canary 4", nil, 71004, false, "71004", "2071-03-15", 2}},
	{sql: `INSERT INTO {t} (title, email, age, n) SELECT p0::VARCHAR, p1::VARCHAR, p2::INTEGER, p3::INTEGER FROM (VALUES ('canary 5', 'canary-b@x', 71005, 3, 0), ('canary 6', NULL, NULL, NULL, 1), ('', 'canary-c@x', -5, 4, 2))
		AS v(p0,p1,p2,p3,sen) ORDER BY sen RETURNING {t}.id, {t}.email, n`},
	{sql: `INSERT INTO {t} (title, age) SELECT CAST(p0 AS VARCHAR), CAST(p1 AS INTEGER) FROM (VALUES ('canary 7', '71007'), ('canary 8', '71008')) v(p0,p1)`},
	{sql: `INSERT INTO {t} (age) SELECT p1::INTEGER FROM (VALUES ($1), ($2)) v(p1)`, args: []any{"71009", "not a number"}},
	{sql: `INSERT INTO {t} (note) SELECT p1::VARCHAR(10) FROM (VALUES ($1), ($2)) v(p1)`, args: []any{"cut to ten characters", "canary"}},
	{sql: `INSERT INTO {t} (note) SELECT p1::VARCHAR FROM (VALUES ($1), ($2)) v(p1)`, args: []any{"more than ten characters", "canary"}},
	{sql: `INSERT INTO {t} (note) SELECT p1 FROM (VALUES ($1)) v(p1)`, args: []any{"0123456789   "}},
	{sql: `INSERT INTO {t} (age) SELECT p1 FROM (VALUES ('5')) v(p1)`, refused: "KP001"}, // 42804 in PostgreSQL
	{sql: `INSERT INTO {t} (title, n) SELECT p0, length(p0) FROM (VALUES ('canary')) v(p0)`, refused: "KP001"},
	{sql: `INSERT INTO {t} (title) SELECT p0 FROM (VALUES ('canary z'), ('canary a')) v(p0) ORDER BY p0`, refused: "KP001"},
	{sql: `WITH v(a, b) AS (VALUES ($1, $2::int)) INSERT INTO {t} (email, n) SELECT a, b FROM v RETURNING email, n`, args: []any{"canary-d@x", 5}},
	{sql: `INSERT INTO {t} (title, n) SELECT s.t, s.n FROM (SELECT 'canary u1' AS t, 6 AS n UNION ALL SELECT 'canary u2', 7) s`},
	// updates from rows
	{sql: `UPDATE {t} SET title = v.title FROM (VALUES ($1::bigint, $2), ($3, $4)) v(id, title) WHERE {t}.id = v.id RETURNING {t}.id, {t}.title`, args: []any{1, "canary new 1", 2, "canary new 2"}},
	{sql: `UPDATE {t} SET title = v.title, age = v.age FROM (VALUES (1, 'canary newer', 71011), (2, NULL, 71012)) v(id, title, age) WHERE {t}.id = v.id`},
	{sql: `UPDATE {t} SET title = v.title FROM (VALUES ($1, $2)) v(email, title) WHERE {t}.email = v.email RETURNING {t}.id, {t}.title`, args: []any{"canary-a@x", "canary by email"}},
	{sql: `SELECT {t}.id, v.n FROM {t} JOIN (VALUES ('canary-a@x', 1), ('canary-b@x', 2), ('canary-q@x', 3)) v(email, n) ON {t}.email = v.email ORDER BY v.n`},
	{sql: `SELECT id FROM {t} WHERE (email, n) IN (VALUES ($1, 1), ($2, 3)) ORDER BY id`, args: []any{"canary-a@x", "canary-b@x"}},
	// arrays
	{sql: `INSERT INTO {t} (title, age, n) SELECT unnest($1::text[]), unnest($2::int[]), unnest($3::int[]) RETURNING id, title, age, n`, args: []any{[]string{"canary u3", "canary u4"}, []int32{71013, 71014}, []int32{8, 9}}},
	{sql: `INSERT INTO {t} (email, closes) SELECT * FROM unnest($1::text[], $2::date[]) RETURNING email, closes`, args: []any{[]string{"canary-e@x", "canary-f@x"}, []string{"2071-04-01", "2071-04-02"}}},
	{sql: `INSERT INTO {t} (email, value) SELECT e, v FROM unnest($1::varchar[], $2::numeric[]) AS u(e, v) WHERE e IS NOT NULL RETURNING email, value`, args: []any{[]*string{ptr("canary-g@x"), nil}, []string{"71.5", "71"}}},
	{sql: `INSERT INTO {t} (age) SELECT a FROM unnest(ARRAY[71015, 71016]) AS a RETURNING age`},
	{sql: `INSERT INTO {t} (email) SELECT unnest('{canary-h@x,NULL,"canary i@x"}'::text[]) RETURNING email`},
	{sql: `SELECT id FROM {t} WHERE email IN (SELECT unnest($1::text[])) OR age = ANY(SELECT unnest($2::int[])) ORDER BY id`, args: []any{[]string{"canary-a@x", "canary-e@x"}, []int32{71005, 71014}}},
	{sql: `SELECT {t}.id FROM {t} JOIN unnest($1::date[]) AS d ON {t}.closes = d ORDER BY id`, args: []any{[]string{"2071-04-01", "2071-03-14"}}},
	{sql: `SELECT {t}.id, e FROM unnest($1::text[]) AS e LEFT JOIN {t} ON {t}.email = e ORDER BY id`, args: []any{[]string{"canary-a@x"}}, refused: "KP001"},
	// COALESCE, CASE, NULLIF
	{sql: `SELECT id, coalesce(title, '-'), coalesce(email, $1), coalesce(note, 'longer than ten'), coalesce(age, 0), coalesce(active, false), coalesce(value, 0.5), coalesce(closes, '2071-01-01') FROM {t} ORDER BY id`, args: []any{"nobody"}},
	{sql: `SELECT id, CASE WHEN n > 2 THEN title ELSE NULL END, CASE WHEN n > 2 THEN 'hidden' ELSE email END AS e, CASE n WHEN 1 THEN age END FROM {t} ORDER BY id`},
	{sql: `SELECT nullif(email, 'canary-a@x'), nullif(age, 71005), nullif(coalesce(email, ''), '') FROM {t} ORDER BY id`},
	{sql: `SELECT nullif(title, 'x') FROM {t} ORDER BY id`, refused: "KP001"},
	{sql: `SELECT coalesce(title, email) FROM {t} ORDER BY id`, refused: "KP001"},
	{sql: `SELECT coalesce(email, 'none') AS e, count(*) FROM {t} GROUP BY e HAVING count(*) > 1`},
	{sql: `SELECT DISTINCT coalesce(email, 'none') = 'none' FROM {t} WHERE coalesce(email, 'none') <> $1`, args: []any{"canary-a@x"}},
	{sql: `SELECT id FROM {t} WHERE coalesce(email, '') = $1 ORDER BY id`, args: []any{""}},
	{sql: `SELECT id FROM {t} WHERE coalesce(email, '') IN ('', 'canary-a@x') AND coalesce(age, -1) <> -1 ORDER BY id`},
	{sql: `SELECT id FROM {t} WHERE email = coalesce($1, $2) OR email = (SELECT $3) ORDER BY id`, args: []any{nil, "canary-a@x", "canary-b@x"}},
	{sql: `SELECT CASE email WHEN 'canary-a@x' THEN 'first' WHEN $1 THEN 'second' ELSE 'other' END FROM {t} ORDER BY id`, args: []any{"canary-b@x"}},
	{sql: `UPDATE {t} SET title = coalesce($1, title), note = coalesce(note, $2) WHERE id < 4`, args: []any{nil, "canary nt"}},
	{sql: `UPDATE {t} SET title = coalesce($1, title) WHERE id = 3 RETURNING title`, args: []any{"canary set"}},
	{sql: `UPDATE {t} SET title = CASE WHEN ({t}.id = 1) THEN $1 WHEN ({t}.id = 2) THEN $2 ELSE NULL END::varchar, note = (CASE WHEN id = 1 THEN 'canary longer' ELSE NULL END)::varchar(10),
		age = (CASE WHEN id = 1 THEN $3 ELSE age END)::integer, value = (CASE WHEN id = 1 THEN $4 ELSE NULL END)::numeric(10, 2) WHERE {t}.id IN (1, 2)`, args: []any{"canary c1", "canary c2", 71021, "71.555"}},
	{sql: `UPDATE {t} SET closes = (CASE WHEN id = 1 THEN '2071-05-05' ELSE closes END)::date, active = CASE WHEN id = 1 THEN true ELSE active END RETURNING id, closes, active`},
	{sql: `UPDATE {t} SET age = nullif(age, $1), email = nullif(email, 'canary-h@x')`, args: []any{71021}},
	{sql: `UPDATE {t} SET title = CASE WHEN id = 1 THEN 'x' ELSE email END`, refused: "KP001"},
	{sql: `INSERT INTO {t} (title, email) VALUES ((SELECT $1), coalesce($2, 'canary default'))`, args: []any{"canary sub", nil}},
	{sql: `UPDATE {t} SET note = s.x FROM (SELECT id, coalesce(note, 'far too long for it') AS x FROM {t}) s WHERE s.id = {t}.id`, refused: "KP001"},
	// set operations
	{sql: `SELECT title FROM {t} WHERE id = 3 UNION ALL SELECT 'nothing' UNION ALL SELECT $1`, args: []any{"more"}},
	{sql: `SELECT email FROM {t} WHERE id < 6 EXCEPT SELECT 'canary-a@x'`},
	{sql: `SELECT email FROM {t} WHERE email = 'canary-a@x' UNION VALUES ('canary-a@x'), (NULL)`},
	// casts that cut
	{sql: `INSERT INTO {t} (note, title) VALUES ($1::varchar(10), 'canary äöü cut'::varchar(8)) RETURNING note, title`, args: []any{"canary äöü cut"}},
	{sql: `SELECT id FROM {t} WHERE email = $1::varchar(10) OR email = CAST('canary-b@xyz' AS varchar(10)) ORDER BY id`, args: []any{"canary-a@xyz"}},
	{sql: `SELECT id FROM {t} WHERE age = $1::smallint::int ORDER BY id`, args: []any{-5}},
	{sql: `SELECT title::text, CAST(email AS text), note::varchar(20), CAST(age AS integer), closes::date FROM {t} ORDER BY id`},
	{sql: `SELECT title::varchar(3) FROM {t}`, refused: "KP001"},
	// conditions
	{sql: `SELECT id FROM {t} WHERE active ORDER BY id`},
	{sql: `SELECT id FROM {t} WHERE NOT {t}.active OR active IS NOT TRUE AND n = $1 ORDER BY id`, args: []any{1}},
	{sql: `SELECT id, active IS FALSE, CASE WHEN active THEN title WHEN NOT active THEN 'no' END, NOT active FROM {t} ORDER BY id`},
	{sql: `SELECT count(*) FILTER (WHERE active) FROM {t} GROUP BY active HAVING active`},
	{sql: `UPDATE {t} SET title = 'canary active' WHERE (active AND true) RETURNING id`},
	// joins that make one column of two
	{sql: `INSERT INTO {m} (email, m) VALUES ('canary-a@x', 1), ('canary-b@x', 2), ('canary-z@x', 3), (NULL, 4)`},
	{sql: `SELECT email, id, m FROM {t} JOIN {m} USING (email) ORDER BY m, id`},
	{sql: `SELECT email, m FROM {t} NATURAL JOIN {m} ORDER BY m, id`},
	{sql: `SELECT email, m FROM {t} RIGHT JOIN {m} USING (email) ORDER BY m, id`},
	{sql: `SELECT email, id, m FROM {t} FULL JOIN {m} USING (email) ORDER BY id, m`},
	{sql: `SELECT * FROM {m} LEFT JOIN {t} USING (email) ORDER BY m, id`},
	{sql: `SELECT j.email FROM {t} JOIN {m} USING (email) AS j WHERE j.email = 'canary-b@x'`},
	{sql: `SELECT email, m FROM {m} JOIN (VALUES ('canary-b@x')) v(email) USING (email)`},
}

// Statements as ORMs write them do through the proxy to sealed columns what they do to plain ones without it, in every mode of a driver, and
// nothing of their values lies in the database.
func TestSealedExpressions(t *testing.T) {
	for _, mode := range allModes {
		t.Run(mode.String(), func(t *testing.T) {
			t.Parallel()
			s := startTwin(t)
			sealed, plain := s.connect(t), cluster.Conn(t, s.name, "")
			right := 0
			for _, step := range twinSteps {
				args := append([]any{mode}, step.args...)
				got := twinAnswer(t, sealed, strings.NewReplacer("{t}", "sealed", "{m}", "mates").Replace(step.sql), args)
				if step.refused != "" {
					if got.code != step.refused {
						t.Errorf("%s\nanswers %q instead of %s", step.sql, got.code, step.refused)
					}
					continue
				}
				want := twinAnswer(t, plain, strings.NewReplacer("{t}", "twin", "{m}", "twinmates").Replace(step.sql), args)
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(answer{})); diff != "" {
					t.Errorf("%s\n%s", step.sql, diff)
				}
				if want.code == "" {
					right++
				}
				compareTwins(t, s, sealed, plain, step.sql)
				if t.Failed() {
					return
				}
			}
			if right < len(twinSteps)*2/3 {
				t.Errorf("only %d statements were accepted", right)
			}
		})
	}
}

// answer is what a statement was answered with.
type answer struct {
	code string
	tag  string
	rows []string
}

func twinAnswer(t *testing.T, conn *pgx.Conn, sql string, args []any) (a answer) {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql, args...)
	if err != nil {
		return answer{code: shortCode(err)}
	}
	defer rows.Close()
	for rows.Next() {
		var cells []string
		for i, raw := range rows.RawValues() {
			f := rows.FieldDescriptions()[i]
			if raw == nil {
				cells = append(cells, "NULL")
				continue
			}
			v, err := rows.Values()
			if err != nil {
				t.Fatalf("%s: %v", sql, err)
			}
			oid := f.DataTypeOID
			if oid == value.OIDVarchar {
				oid = value.OIDText // what text is cast to is shown as the column's own type
			}
			cells = append(cells, fmt.Sprintf("%v:%d", v[i], oid))
		}
		a.rows = append(a.rows, strings.Join(cells, " | "))
	}
	rows.Close()
	if !strings.Contains(sql, "ORDER BY") {
		slices.Sort(a.rows)
	}
	a.code, a.tag = shortCode(rows.Err()), rows.CommandTag().String()
	return a
}

// shortCode is an error's SQLSTATE, or that the driver itself refused the arguments.
func shortCode(err error) string {
	c := code(err)
	if len(c) > 5 {
		return "the driver refused"
	}
	return c
}

// compareTwins compares what the tables hold, and looks past the proxy for plaintext.
func compareTwins(t *testing.T, s *safe, sealed, plain *pgx.Conn, sql string) {
	t.Helper()
	const all = "SELECT id, title, email, note, age, active, value, closes, n FROM %s ORDER BY id"
	args := []any{pgx.QueryExecModeCacheStatement}
	want, got := twinAnswer(t, plain, fmt.Sprintf(all, "twin"), args), twinAnswer(t, sealed, fmt.Sprintf(all, "sealed"), args)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(answer{})); diff != "" {
		t.Errorf("after %s\n%s", sql, diff)
	}
	const unsealed = `SELECT count(*) FROM sealed WHERE title NOT LIKE 'pgs1\_%' OR email NOT LIKE 'pgs1\_%' OR note NOT LIKE 'pgs1\_%' OR least(length(age), length(active), length(value), length(closes)) < 30
		OR sealed::text ~ 'canary' OR sealed::text ~ encode('canary', 'hex')`
	var n int
	cluster.Exec(t, s.name, "SELECT setval('sealed_id_seq', max(id)), setval('twin_id_seq', max(id)) FROM twin") // a statement that fails in the server takes numbers
	if err := plain.QueryRow(t.Context(), unsealed).Scan(&n); err != nil || n != 0 {
		t.Errorf("after %s\n%d rows hold plaintext, %v", sql, n, err)
	}
}
