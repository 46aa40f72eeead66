package plan

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/testenv/postgres"
)

// sampleSchema makes the tables of a catalogue as they are in a database: sealed columns have their physical type.
func sampleSchema(c *Catalogue) string {
	var sql, views strings.Builder
	sql.WriteString("CREATE SCHEMA archive; CREATE SCHEMA audit; CREATE SCHEMA pgseal; CREATE SEQUENCE s;\n")
	for _, r := range c.Relations {
		if r.Opaque != "" {
			continue
		}
		if r.isView() {
			views.WriteString(sampleViewSQL(r))
			continue
		}
		var columns []string
		for _, a := range r.Columns {
			kind := map[uint32]string{23: "int", 25: "text", oidBytea: "bytea"}[a.TypeOID]
			if a.Name == "id" {
				kind += " PRIMARY KEY"
			}
			if c := a.Protected; c != nil && c.Name == "client_email" {
				kind += " UNIQUE"
			}
			columns = append(columns, a.Name+" "+kind)
		}
		fmt.Fprintf(&sql, "CREATE TABLE %s.%s (%s);\n", r.Schema, r.Name, strings.Join(columns, ", "))
	}
	sql.WriteString(`CREATE TABLE other (id int, a text, b text, x text, email text, users int, matters int);
CREATE TABLE other2 (id int, title text);
CREATE TABLE audit.events (id int, body text);
CREATE VIEW pgseal.tenant_state AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW matter_titles AS SELECT title FROM matters;
`)
	return sql.String() + views.String()
}

// bindOIDs gives the catalogue's relations the OIDs and column numbers that they have in the database.
func bindOIDs(t *testing.T, conn *pgx.Conn, c *Catalogue) *Catalogue {
	t.Helper()
	for _, r := range c.Relations {
		if r.Opaque != "" {
			continue
		}
		if err := conn.QueryRow(t.Context(), "SELECT ($1 || '.' || $2)::regclass::oid", r.Schema, r.Name).Scan(&r.OID); err != nil {
			t.Fatal(err)
		}
	}
	return NewCatalogue(c.Version, c.Relations, c.Homonyms, c.Functions)
}

// newerServers are parts of texts that only servers newer than 15 accept.
var newerServers = []string{"SELECT a.title FROM matters a, JSON_TABLE", "NOT MATCHED BY SOURCE", "THEN UPDATE SET title = t RETURNING", "(MERGE", "MERGE INTO open_matters"}

// TestServerAcceptsPlans prepares every text of testdata/fates that has a plan on a real server, as it would go there. The
// server must take it; the types of its sealed parameters must be the pinned ones; and where the server tells which
// column a result comes from, it must be the one that the plan opens, and no other.
func TestServerAcceptsPlans(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	db := cluster.NewDatabase(t)
	catalogue := sampleCatalogue()
	cluster.Exec(t, db, sampleSchema(catalogue))
	conn := cluster.Conn(t, db, "")
	if _, err := conn.Exec(t.Context(), "SET search_path = public, archive"); err != nil {
		t.Fatal(err)
	}
	p := New(Options{})
	p.SetCatalogue(bindOIDs(t, conn, catalogue))
	files, err := filepath.Glob("testdata/fates/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	planned := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(content), "\n\n") {
			if prepareOnServer(t, conn.PgConn(), p, block) {
				planned++
			}
		}
	}
	if planned < 150 {
		t.Errorf("only %d texts were prepared", planned)
	}
}

// prepareOnServer prepares the text of a case; false where it has no plan, or is of several statements.
func prepareOnServer(t *testing.T, conn *pgconn.PgConn, p *Planner, block string) bool {
	var lines []string
	for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
		if !strings.HasPrefix(line, "-- ") && !strings.HasPrefix(line, "=>") {
			lines = append(lines, line)
		}
	}
	src, extended := strings.CutPrefix(strings.Join(lines, "\n"), "extended: ")
	req := Request{SQL: []byte(src), Extended: extended || strings.Contains(src, "$1") && !strings.Contains(src, "$1$")}
	plan, refusal := p.Plan(req)
	if refusal != nil || plan == nil || plan.Native() || len(plan.Statements) > 1 {
		return false
	}
	var text string
	var oids []uint32
	if req.Extended {
		text, oids = string(plan.ParseText(nil)), plan.ParamOIDs(nil)
	} else {
		out, err := plan.AppendQuery(nil, fakeSeal)
		if err != nil {
			t.Fatal(err)
		}
		text = string(out)
	}
	desc, err := conn.Prepare(t.Context(), "", text, oids)
	if err != nil && slices.ContainsFunc(newerServers, func(part string) bool { return strings.Contains(src, part) }) {
		return false
	}
	if err != nil {
		t.Errorf("%s\n  as %s\n  %v", src, text, err)
		return true
	}
	checkDescription(t, plan, src, desc)
	return true
}

func checkDescription(t *testing.T, plan *Plan, src string, desc *pgconn.StatementDescription) {
	t.Helper()
	if want := len(plan.Params) + len(plan.Extra); len(desc.ParamOIDs) != want {
		t.Errorf("%s: the server has %d parameters, the plan %d", src, len(desc.ParamOIDs), want)
		return
	}
	for i, oid := range plan.ParamOIDs(nil) {
		if oid != 0 && desc.ParamOIDs[i] != oid {
			t.Errorf("%s: $%d has type %d, not %d", src, i+1, desc.ParamOIDs[i], oid)
		}
	}
	st := plan.Statements[0]
	if st.Returns != (len(desc.Fields) > 0) {
		t.Errorf("%s: Returns is %v, and there are %d fields", src, st.Returns, len(desc.Fields))
	}
	outputs, ok := Widen(st.Outputs, len(desc.Fields))
	if !ok && st.Outputs != nil {
		t.Errorf("%s: %d fields, the plan says %d", src, len(desc.Fields), len(st.Outputs))
		return
	}
	for i, f := range desc.Fields {
		var planned, origin *Column
		if outputs != nil {
			planned = outputs[i]
		}
		if r := plan.Catalogue.ByOID(f.TableOID); r != nil {
			if a := r.Attribute(int16(f.TableAttributeNumber)); a != nil && a.Protected.opens() {
				origin = a.Protected
			}
		}
		switch {
		case origin != nil && planned != origin:
			t.Errorf("%s: field %d comes from %v, the plan opens %v", src, i+1, origin, planned)
		case planned != nil && origin == nil && f.TableOID != 0:
			t.Errorf("%s: field %d comes from table %d, the plan opens %v", src, i+1, f.TableOID, planned)
		case planned != nil && planned.Armoured && f.DataTypeOID == 1043: // text that was cast to varchar
		case planned != nil && f.DataTypeOID != (&Slot{Column: planned}).PhysicalOID():
			t.Errorf("%s: field %d has type %d", src, i+1, f.DataTypeOID)
		}
	}
}
