package plan

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

// planTimeLimit is how long one statement of PostgreSQL's suite may take to be planned, on a machine that does other things too. The longest take a few
// milliseconds.
const planTimeLimit = 5 * time.Second

// TestRegressionSuiteIsPlanned plans every statement of PostgreSQL's own regression suite against a policy that protects the suite's own tables, one column
// in three randomized and one deterministic, so that the analysis has work to do: no panic, no bound of the planner is exceeded, what is held true of
// any text is true of these, and none takes long. The lexer reads each of them as PostgreSQL's scanner does.
func TestRegressionSuiteIsPlanned(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds of PostgreSQL's own statements: run without -short")
	}
	cmd := exec.Command(filepath.Join("..", "..", ".ci", "postgres-source"))
	cmd.Stderr = os.Stderr
	dir, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "src/test/regress/sql/*.sql"))
	if err != nil || len(files) < 150 {
		t.Fatalf("%d files of the suite: %v", len(files), err)
	}
	setup := filepath.Join(filepath.Dir(files[0]), "test_setup.sql")
	c := &suiteCounts{refused: map[Code]int{}}
	for _, file := range files {
		p := New(Options{})
		p.SetCatalogue(NewCatalogue(1, suiteTables(t, file, setup), nil, nil))
		for i, sql := range suiteStatements(t, file) {
			checkAgainstScan(t, sql)
			c.plan(t, p, filepath.Base(file), sql, i%2 == 0)
		}
	}
	t.Logf("%d statements: %d name nothing protected, %d are planned, refused %v; the longest took %s: %.200s", c.all, c.native, c.planned, c.refused, c.longest, c.slowest)
	if c.all < 40_000 || c.planned < 5_000 || c.native < 5_000 {
		t.Errorf("too little was looked at: %+v", c)
	}
	if c.refused[StatementTooComplex] > 0 {
		t.Errorf("%d statements are too complex", c.refused[StatementTooComplex])
	}
}

// suiteCounts are what became of the suite's statements.
type suiteCounts struct {
	all, native, planned int
	refused              map[Code]int
	longest              time.Duration
	slowest              string
}

// plan plans a statement, as a Parse or as a Query.
func (c *suiteCounts) plan(t *testing.T, p *Planner, file, sql string, extended bool) {
	t.Helper()
	began := time.Now()
	plan, refusal := p.Plan(Request{SQL: []byte(sql), Extended: extended})
	if took := time.Since(began); took > c.longest {
		c.longest, c.slowest = took, sql
		if took > planTimeLimit {
			t.Errorf("%s: %s for %s", file, took, sql)
		}
	}
	checkPlan(t, p, sql, extended)
	c.all++
	switch {
	case refusal != nil:
		c.refused[refusal.Code]++
	case plan == nil || plan.Native():
		c.native++
	default:
		c.planned++
	}
}

var copyFromStdin = regexp.MustCompile(`(?is)^\s*copy\b.*\bfrom\s+stdin\b`)

// suiteStatements cuts a script of psql's into statements, without its commands and the data of COPY. A statement's body in SQL may be cut too: then
// its pieces are texts like any other.
func suiteStatements(t *testing.T, file string) (out []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for len(text) > 0 {
		if line, rest, _ := bytes.Cut(text, []byte("\n")); bytes.HasPrefix(bytes.TrimSpace(line), []byte(`\`)) {
			text = rest
			continue
		}
		end := statementEnd(text)
		sql := strings.TrimSpace(string(text[:end]))
		text = bytes.TrimLeft(text[end:], "; \t\n")
		if copyFromStdin.MatchString(sql) {
			if data := bytes.Index(text, []byte("\n\\.")); data >= 0 {
				text = text[data+3:]
			}
		}
		if sql != "" && !strings.Contains(sql, "\x00") {
			out = append(out, sql)
		}
	}
	return out
}

// statementEnd is where the first statement of a text ends: at a semicolon outside of parentheses, or where a command of psql's begins.
func statementEnd(text []byte) int {
	l, open := lexer{src: text}, 0
	for {
		t := l.next()
		switch {
		case t.kind == tokEOF:
			return len(text)
		case t.kind == tokBad:
			if i := bytes.IndexByte(text[t.start:], '\n'); i >= 0 {
				return int(t.start) + i
			}
			return len(text)
		case t.kind != tokOp:
		case text[t.start] == '(':
			open++
		case text[t.start] == ')':
			open--
		case text[t.start] == ';' && open <= 0:
			return int(t.start)
		}
	}
}

// suiteTables are the tables that scripts create, with sealed columns.
func suiteTables(t *testing.T, files ...string) (out []*Relation) {
	t.Helper()
	b := &sampleBuilder{}
	known := map[string]bool{}
	var all []string
	for _, file := range files {
		all = append(all, suiteStatements(t, file)...)
	}
	for _, sql := range all {
		tree, err := pg_query.Parse(sql)
		if err != nil || len(tree.Stmts) != 1 {
			continue
		}
		create := tree.Stmts[0].Stmt.GetCreateStmt()
		if create == nil || known[create.Relation.Relname] {
			continue
		}
		var columns []Attribute
		for _, e := range create.TableElts {
			if def := e.GetColumnDef(); def != nil {
				columns = append(columns, suiteColumn(len(columns), def))
			}
		}
		if known[create.Relation.Relname] = len(columns) > 0; len(columns) > 0 {
			b.table("public", create.Relation.Relname, columns...)
		}
	}
	return b.relations
}

// suiteColumn seals every third column one way, and every third the other, where the type can be.
func suiteColumn(i int, def *pg_query.ColumnDef) Attribute {
	names := def.TypeName.GetNames()
	oid := uint32(0)
	if len(names) > 0 {
		oid = suiteTypes[names[len(names)-1].GetString_().GetSval()]
	}
	if oid == 0 || len(def.TypeName.GetArrayBounds()) > 0 || i%3 == 2 {
		return plain(def.Colname, 23)
	}
	mode, typ := crypto.Randomized, value.Type{OID: oid, Typmod: -1}
	if i%3 == 0 && typ.Deterministic() {
		mode = crypto.Deterministic
	}
	return sealedColumn(def.Colname, mode, typ, false)
}

// suiteTypes are types under the names that the grammar gives them.
var suiteTypes = map[string]uint32{"int2": value.OIDInt2, "int4": value.OIDInt4, "int8": value.OIDInt8, "text": value.OIDText, "varchar": value.OIDVarchar,
	"numeric": value.OIDNumeric, "bool": value.OIDBool, "date": value.OIDDate, "timestamp": value.OIDTimestamp, "timestamptz": value.OIDTimestamptz,
	"json": value.OIDJSON, "jsonb": value.OIDJSONB, "bytea": value.OIDBytea, "uuid": value.OIDUUID}
