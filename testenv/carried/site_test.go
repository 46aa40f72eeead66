package carried

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// binary is pgseal, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "pgseal-carried-")
		if err == nil {
			defer os.RemoveAll(dir)
			binary, err = program.Build(context.Background(), dir)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

const (
	database = "firm"
	canary   = "zq7734canary" // in every text that a tenant writes
	roles    = "CREATE ROLE acme LOGIN; CREATE ROLE globex LOGIN"
)

// sealedTypes are columns of every kind of type, with what a row has in them.
var sealedTypes = []struct{ name, typ, mode, value string }{
	{"note", "text", "randomized", `E'` + canary + ` tab\there, line\nend, \\backslash, "quote"'`},
	{"void", "text", "randomized", `''`},
	{"nothing", "text", "randomized", `NULL`},
	{"code", "varchar(30)", "deterministic", `'` + canary + ` ü'`},
	{"whole", "integer", "randomized", `2147483647`},
	{"big", "bigint", "deterministic", `-9223372036854775808`},
	{"fee", "numeric(8,2)", "deterministic", `12.50`},
	{"ratio", "double precision", "randomized", `0.1`},
	{"yes", "boolean", "deterministic", `true`},
	{"born", "date", "deterministic", `'1969-07-20'`},
	{"moment", "timestamp", "randomized", `'2026-02-28 23:59:59.999999'`},
	{"instant", "timestamptz", "deterministic", `'2026-02-28 23:59:59.5+02'`},
	{"ident", "uuid", "deterministic", `'00112233-4455-6677-8899-aabbccddeeff'`},
	{"raw", "bytea", "deterministic", `'\x00ff5c'`},
	{"doc", "jsonb", "randomized", `'{"a": [1, "` + canary + `", null]}'`},
	{"tags", "text[]", "randomized", `'{"a,b",NULL,"` + canary + `",""}'`},
}

// plain is what notes holds at first, in plaintext.
const plain = "INSERT INTO notes SELECT i, CASE WHEN i % 2 = 0 THEN 'acme' ELSE 'globex' END, '" + canary + " ' || i FROM generate_series(1, 40) i"

// tables is the application's schema.
func tables() string {
	columns := ""
	for _, c := range sealedTypes {
		columns += ", " + c.name + " " + c.typ
	}
	return "CREATE TABLE cases (id bigint PRIMARY KEY, firm text NOT NULL" + columns + "); CREATE INDEX ON cases (code); CREATE TABLE notes (id bigint PRIMARY KEY, firm text NOT NULL, body text); " +
		"GRANT ALL ON cases, notes TO acme, globex"
}

func policyText() string {
	text := "version: 1\ntables:\n  public.notes: {tenant_column: firm, columns: {body: {mode: randomized}}}\n  public.cases:\n    tenant_column: firm\n    columns:\n"
	for _, c := range sealedTypes {
		text += "      " + c.name + `: {mode: ` + c.mode + `, type: "` + c.typ + `"}` + "\n"
	}
	return text
}

// site is a database behind pgseal, with the tenants acme and globex, each of them a role.
type site struct {
	*program.Deployment
	t      *testing.T
	server *postgres.Cluster
}

// options are those of a deployment in front of a server.
func options(t *testing.T, server *postgres.Cluster) program.Options {
	return program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: server.Address(), Database: database, Control: "user=postgres",
		Policy: policyText(), Rule: "{by: role}", Environ: []string{"AWS_ACCESS_KEY_ID=AKIDPGSEAL", "AWS_SECRET_ACCESS_KEY=secret", "AWS_REGION=eu-central-1"}}
}

// newSite makes the database on a server, and the store in it, and encrypts what lies there.
func newSite(t *testing.T, server *postgres.Cluster) *site {
	t.Helper()
	s := prepare(t, server)
	s.run("column", "encrypt", "public.notes.body")
	return s
}

// prepare is newSite without the encryption: the column body of notes holds plaintext.
func prepare(t *testing.T, server *postgres.Cluster) *site {
	t.Helper()
	s := &site{t: t, server: server}
	server.Exec(t, "postgres", roles)
	server.Exec(t, "postgres", "CREATE DATABASE "+database)
	server.Exec(t, database, tables())
	server.Exec(t, database, plain)
	var err error
	if s.Deployment, err = program.Prepare(t.Context(), options(t, server)); err != nil {
		t.Fatal(err)
	}
	s.run("tenant", "add", "globex", "--provider", "local")
	return s
}

// serve starts the proxy, which ends with the test at the latest.
func (s *site) serve() {
	s.t.Helper()
	if err := s.Serve(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		if s.t.Failed() {
			s.t.Logf("the proxy's log: %s", s.Log())
		}
		if err := s.stop(); err != nil {
			s.t.Error(err)
		}
	})
}

// stop ends the proxy if it runs.
func (s *site) stop() error {
	if s.Deployment == nil || !s.Running() {
		return nil
	}
	return s.Stop()
}

// try is a command of pgseal's, with all that it prints.
func (s *site) try(args ...string) (string, error) {
	ctx, stop := context.WithTimeout(s.t.Context(), 2*time.Minute)
	defer stop()
	out, err := s.Command(ctx, args...).CombinedOutput()
	return string(out), err
}

func (s *site) run(args ...string) string {
	s.t.Helper()
	out, err := s.try(args...)
	if err != nil {
		s.t.Fatalf("pgseal %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return out
}

// refuses runs a command that must fail and say that.
func (s *site) refuses(says string, args ...string) {
	s.t.Helper()
	out, err := s.try(args...)
	if err == nil || !strings.Contains(out, says) {
		s.t.Errorf("pgseal %s: %v, and it does not say %q: %s", strings.Join(args, " "), err, says, out)
	}
}

// connect opens a tenant's session through the proxy.
func (s *site) connect(tenant string) (*pgx.Conn, error) {
	url, err := s.URL(s.server.URL(database, tenant))
	if err != nil {
		return nil, err
	}
	return pgx.Connect(s.t.Context(), url)
}

// query runs one statement in a session of the tenant's own and gives the rows as text.
func (s *site) query(tenant, sql string) ([]string, error) {
	conn, err := s.connect(tenant)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(s.t.Context()))
	results, err := conn.PgConn().Exec(s.t.Context(), sql).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []string
	for _, r := range results {
		for _, row := range r.Rows {
			cells := make([]string, len(row))
			for i, cell := range row {
				if cells[i] = string(cell); cell == nil {
					cells[i] = "NULL"
				}
			}
			all = append(all, strings.Join(cells, "|"))
		}
	}
	return all, nil
}

func (s *site) must(tenant, sql string) []string {
	s.t.Helper()
	rows, err := s.query(tenant, sql)
	if err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
	return rows
}

// gives repeats a statement of a tenant's until it gives that: its rows joined by commas, or an SQLSTATE.
func (s *site) gives(tenant, sql, want string) {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		rows, err := s.query(tenant, sql)
		got := strings.Join(rows, ",")
		if err != nil {
			got = codeOf(err)
		}
		if got == want {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s, %s: %q, %v; want %q", tenant, sql, got, err, want)
		}
	}
}

// codeOf is an error's SQLSTATE, or the error's text where it has none.
func codeOf(err error) string {
	var e interface{ SQLState() string }
	if errors.As(err, &e) {
		return e.SQLState()
	}
	return err.Error()
}

// insert writes a row of every type.
func (s *site) insert(tenant string, id int) {
	s.t.Helper()
	values := fmt.Sprintf("%d, '%s'", id, tenant)
	for _, c := range sealedTypes {
		values += ", " + c.value
	}
	s.must(tenant, "INSERT INTO cases VALUES ("+values+")")
}

// rows are what a tenant sees of its own.
func (s *site) rows(tenant string) []string {
	s.t.Helper()
	return append(s.must(tenant, "SELECT * FROM cases WHERE firm = '"+tenant+"' ORDER BY id"), s.must(tenant, "SELECT * FROM notes WHERE firm = '"+tenant+"' ORDER BY id")...)
}

// same holds what a tenant sees against what it wrote.
func (s *site) same(tenant string, want []string) {
	s.t.Helper()
	if got := s.rows(tenant); strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.t.Errorf("%s sees\n%s\nwant\n%s", tenant, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// finds searches by equality in every deterministic column.
func (s *site) finds(tenant string, count int) {
	s.t.Helper()
	for _, c := range sealedTypes {
		if c.mode == "deterministic" {
			s.gives(tenant, fmt.Sprintf("SELECT count(*) FROM cases WHERE firm = '%s' AND %s = %s", tenant, c.name, c.value), fmt.Sprint(count))
		}
	}
}

// psql runs SQL past the proxy.
func (s *site) psql(sql string) string {
	s.t.Helper()
	out, err := s.server.Psql(s.t.Context(), database, sql)
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.TrimSpace(out)
}

// states demands that every column that is listed is in that state.
func (s *site) states(want string) {
	s.t.Helper()
	var views []struct{ Column, State, Note string }
	out := s.run("column", "status", "--json")
	if err := json.Unmarshal([]byte(out), &views); err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
	if len(views) != len(sealedTypes)+1 {
		s.t.Errorf("%d columns: %s", len(views), out)
	}
	for _, v := range views {
		if v.State != want {
			s.t.Errorf("%s is %s: %s", v.Column, v.State, v.Note)
		}
	}
}

// refusesPlaintext tries to write a plaintext past the proxy.
func (s *site) refusesPlaintext() {
	s.t.Helper()
	for _, sql := range []string{"INSERT INTO notes VALUES (99, 'acme', 'open')", "UPDATE cases SET note = 'open'", "SET session_replication_role = replica; INSERT INTO cases (id, firm, fee) VALUES (99, 'acme', '\\x00')"} {
		if _, err := s.server.Psql(s.t.Context(), database, sql); err == nil || !strings.Contains(err.Error(), "a plaintext was refused") {
			s.t.Errorf("%s: %v", sql, err)
		}
	}
}
