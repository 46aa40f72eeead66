package proxy_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

const oidSchema = `
CREATE EXTENSION citext;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'Very Happy');
CREATE DOMAIN short AS varchar(5); CREATE DOMAIN shorter AS short;
CREATE TABLE plain (id int, m mood, c citext, d shorter);
CREATE TABLE sealed (id int, m mood, c citext, d shorter);
`

const oidPolicy = `version: 1
tables:
  public.sealed:
    columns:
      m: {mode: randomized, type: public.mood}
      c: {mode: randomized, type: citext}
      d: {mode: randomized}
`

// oidSafe is a proxy in front of a database whose types have OIDs of its own, with the catalogue as it is loaded from there.
type oidSafe struct {
	*safe
	policy *policy.Policy
	frozen []plan.FrozenColumn
}

func startOIDs(t *testing.T) *oidSafe {
	t.Helper()
	s := &oidSafe{safe: &safe{keys: newSwitchedKeys(t), name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}}
	cluster.Exec(t, s.name, oidSchema)
	var err error
	if s.policy, err = policy.Load("p.yaml", []byte(oidPolicy)); err != nil {
		t.Fatal(err)
	}
	first := s.load(t) // what the columns are is frozen before they become text and bytea
	for _, c := range first.Relations[0].Columns {
		if p := c.Protected; p != nil {
			frozen := p.Type
			if frozen.Live != nil {
				frozen.Live, frozen.OID = nil, 0 // the store has no OID for them
			}
			s.frozen = append(s.frozen, plan.FrozenColumn{Schema: "public", Table: "sealed", Column: p.Name, Key: p.Key, Mode: p.Mode, State: plan.StateSealed, Type: frozen})
		}
	}
	cluster.Exec(t, s.name, `ALTER TABLE sealed ALTER m TYPE bytea USING NULL, ALTER c TYPE text, ALTER d TYPE text`)
	s.planner.SetCatalogue(s.load(t))
	s.running = start(t, proxy.Config{Databases: map[string]*proxy.Database{s.name: {Planner: s.planner, Keys: s.keys, Tenant: fixedTenant("acme")}}})
	return s
}

func (s *oidSafe) load(t *testing.T) *plan.Catalogue {
	t.Helper()
	c, problems, err := plan.LoadCatalogue(t.Context(), cluster.Conn(t, s.name, ""), s.policy, s.frozen, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == policy.SeverityError {
			t.Fatal(p)
		}
	}
	c.Epoch = "1"
	return c
}

// Enums, citext and domains come back as from a plain table, described with this database's own OIDs.
func TestTypesWithOIDsOfTheDatabase(t *testing.T) {
	s := startOIDs(t)
	conn := s.connect(t)
	db := conn.PgConn()
	for _, table := range []string{"plain", "sealed"} {
		mustExec(t, conn, fmt.Sprintf("INSERT INTO %s VALUES (1, 'sad', 'Straße', 'abc'), (2, 'Very Happy', '', 'ab   '), (3, NULL, NULL, NULL)", table), pgx.QueryExecModeSimpleProtocol)
		mustExec(t, conn, fmt.Sprintf("INSERT INTO %s VALUES (4, 'ok'::public.mood, 'x'::citext, 'y')", table), pgx.QueryExecModeSimpleProtocol)
		described, err := db.Prepare(t.Context(), table, fmt.Sprintf("INSERT INTO %s (id, m, c) VALUES ($1, $2, $3)", table), nil)
		if err != nil {
			t.Fatal(err)
		}
		for format := range int16(2) {
			if r := db.ExecPrepared(t.Context(), table, [][]byte{fmt.Append(nil, 5+format), []byte("ok"), []byte("Ab")}, []int16{0, format, format}, nil).Read(); r.Err != nil {
				t.Error(table, format, r.Err)
			}
		}
		var types string
		if err := cluster.Conn(t, s.name, "").QueryRow(t.Context(), "SELECT $1::oid::regtype || ' ' || $2::oid::regtype", described.ParamOIDs[1], described.ParamOIDs[2]).Scan(&types); err != nil || types != "mood citext" {
			t.Errorf("%s: parameters are described as %s (%v)", table, types, err)
		}
	}
	sql := "SELECT * FROM %s ORDER BY id"
	for format := range int16(2) {
		want := described(db.ExecParams(t.Context(), fmt.Sprintf(sql, "plain"), nil, nil, nil, []int16{0, format, format, format}).Read())
		if diff := cmp.Diff(want, described(db.ExecParams(t.Context(), fmt.Sprintf(sql, "sealed"), nil, nil, nil, []int16{0, format, format, format}).Read())); diff != "" {
			t.Error(diff)
		}
	}
	for value, want := range map[string]string{"'sad', 'x', 'abcdef'": "22001", "'happy', 'x', 'abc'": "22P02", "' sad', 'x', 'a'": "22P02", "'', 'x', 'a'": "22P02"} {
		for _, table := range []string{"plain", "sealed"} {
			if _, err := conn.Exec(t.Context(), fmt.Sprintf("INSERT INTO %s VALUES (9, %s)", table, value), pgx.QueryExecModeSimpleProtocol); code(err) != want {
				t.Errorf("%s into %s: %v, want %s", value, table, err, want)
			}
		}
	}
}

// A label that the enum calls otherwise by now is given out as it was sealed, and a new one can be stored once the catalogue was loaded.
func TestEnumLabelsChange(t *testing.T) {
	s := startOIDs(t)
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO sealed (id, m) VALUES (1, 'sad')")
	cluster.Exec(t, s.name, "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'; ALTER TYPE mood ADD VALUE 'new'")
	if _, err := conn.Exec(t.Context(), "INSERT INTO sealed (id, m) VALUES (2, 'new')"); code(err) != "22P02" {
		t.Errorf("a label that the proxy has not seen: %v", err)
	}
	s.planner.SetCatalogue(s.load(t))
	mustExec(t, conn, "INSERT INTO sealed (id, m) VALUES (2, 'new'), (3, 'blue')", pgx.QueryExecModeSimpleProtocol)
	if _, err := conn.Exec(t.Context(), "INSERT INTO sealed (id, m) VALUES (4, 'sad')", pgx.QueryExecModeSimpleProtocol); code(err) != "22P02" {
		t.Errorf("a label that is gone: %v", err)
	}
	rows, _ := conn.Query(t.Context(), "SELECT m FROM sealed ORDER BY id", pgx.QueryExecModeSimpleProtocol)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if diff := cmp.Diff([]string{"sad", "new", "blue"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// The policy that no longer names the type of a sealed enum, and the enum that is dropped, make the table unreadable, not its values wrong.
func TestLiveTypesThatAreGone(t *testing.T) {
	s := startOIDs(t)
	conn := s.connect(t)
	mustExec(t, conn, "INSERT INTO sealed (id, m) VALUES (1, 'sad')")
	for _, change := range []func(){
		func() { s.policy.Tables[policy.TableName{Schema: "public", Name: "sealed"}].Columns["m"].Type = "" },
		func() {
			s.policy.Tables[policy.TableName{Schema: "public", Name: "sealed"}].Columns["m"].Type = "public.mood"
			cluster.Exec(t, s.name, "DROP TYPE mood CASCADE")
		},
	} {
		change()
		c, _, err := plan.LoadCatalogue(t.Context(), cluster.Conn(t, s.name, ""), s.policy, s.frozen, 1)
		if err != nil || c.Relations[0].Opaque == "" {
			t.Errorf("%v, %+v", err, c.Relations[0])
		}
		c.Epoch = "1"
		s.planner.SetCatalogue(c)
		if _, err := conn.Exec(t.Context(), "SELECT m FROM sealed", pgx.QueryExecModeSimpleProtocol); code(err) == "" {
			t.Error("the table is still read")
		}
	}
}
