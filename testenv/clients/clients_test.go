package clients

import (
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/decode"
	"github.com/legatics/pgseal/testenv/postgres"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// withoutRaceDetector skips tests of the clients alone under the race detector, which has nothing of pgseal's to look at in them.
func withoutRaceDetector(t *testing.T) {
	t.Helper()
	if program.RaceDetector {
		t.Skip("pgseal has no part in it: runs without the race detector (make test)")
	}
}

// TestDirect has every client work twice against PostgreSQL itself, once
// through the relay that decodes what the server says: the reports must be the
// same, so that a difference through the proxy is the proxy's.
func TestDirect(t *testing.T) {
	withoutRaceDetector(t)
	cluster := postgres.Start(t, postgres.Options{Auth: "scram-sha-256"})
	one, two := cluster.NewDatabase(t), cluster.NewDatabase(t)
	cluster.Exec(t, one, Schema(Logical))
	cluster.Exec(t, two, Schema(Logical))
	relay, through := decode.Between(t, cluster.URL(two, ""))
	Compare(t, cluster.URL(one, ""), through)
	if !relay.Carried([]byte(MailMarker)) {
		t.Error("the clients' plaintext was not seen where there is no proxy")
	}
}

// TestRefusalsDirect: PostgreSQL itself runs what the proxy is to refuse.
func TestRefusalsDirect(t *testing.T) {
	withoutRaceDetector(t)
	cluster := postgres.Start(t, postgres.Options{})
	name := cluster.NewDatabase(t)
	cluster.Exec(t, name, Schema(Logical))
	_, through := decode.Between(t, cluster.URL(name, ""))
	Refusals(t, through, "ok")
}

// TestSeesDifference: a column of another type does not go unnoticed.
func TestSeesDifference(t *testing.T) {
	withoutRaceDetector(t)
	cluster := postgres.Start(t, postgres.Options{})
	one, two := cluster.NewDatabase(t), cluster.NewDatabase(t)
	cluster.Exec(t, one, Schema(Logical))
	cluster.Exec(t, two, Schema(Logical)+"alter table matters alter value type numeric(40,20)")
	for _, c := range all() {
		switch c.name {
		case "pgx cache statement", "pq", "psycopg2", "psycopg3", "ruby-pg", "node-postgres", "postgres.js", "psql", "jdbc default", "pgbench prepared":
			t.Run(c.name, func(t *testing.T) {
				if difference(c.report(t, "one", cluster.URL(one, "")), c.report(t, "two", cluster.URL(two, ""))) == "" {
					t.Error("the reports are the same")
				}
			})
		}
	}
}

func TestDifference(t *testing.T) {
	for _, c := range []struct {
		a, b Report
		same bool
	}{
		{Report{"# x", "1"}, Report{"# x", "1"}, true},
		{Report{"# x", "1"}, Report{"# x", "2"}, false},
		{Report{"# x", "1"}, Report{"# x"}, false},
		{nil, Report{"# x"}, false},
	} {
		if d := difference(c.a, c.b); (d == "") != c.same {
			t.Errorf("%q and %q: %q", c.a, c.b, d)
		}
	}
}

func TestJudgeRefusal(t *testing.T) {
	for _, c := range []struct {
		line, want string
		ok         bool
	}{
		{"select 1|alone|ok|I|true", "ok", true},
		{"select 1|inside|ok|T|true", "ok", true},
		{"select 1|inside|KP001|E|true", "KP", true},
		{"select a || b|inside|KP001|FAILED|True", "KP", true},
		{"select 1|alone|KP001|idle|True", "KP", true},
		{"select 1|inside|KP001|I|true", "KP", false},
		{"select 1|inside|KP001|T|true", "KP", false},
		{"select 1|inside|ok|E|true", "ok", false},
		{"select 1|alone|KP001|E|true", "KP", false},
		{"select 1|inside|ok|T|true", "KP", false},
		{"select 1|inside|42601|E|true", "KP", false},
		{"select 1|inside|KP001|E|false", "KP", false},
		{"nonsense", "KP", false},
	} {
		if err := judgeRefusal(c.line, c.want); (err == nil) != c.ok {
			t.Errorf("%q: %v", c.line, err)
		}
	}
}

// TestPolicy: the policy of the Sealed schema is one, and lists every column
// whose physical type is another.
func TestPolicy(t *testing.T) {
	p, err := policy.Load("policy.yaml", []byte(Policy))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Tables) != 2 {
		t.Errorf("%d tables", len(p.Tables))
	}
	sealed := 0
	for _, table := range p.Tables {
		sealed += len(table.Columns)
	}
	if sealed != 3+11 {
		t.Errorf("%d columns, want those of matters and kinds", sealed)
	}
	if Schema(Logical) == Schema(Sealed) || strings.ContainsAny(Schema(Logical)+Schema(Sealed), "<|") {
		t.Errorf("the schemas are not what they should be:\n%s\n%s", Schema(Logical), Schema(Sealed))
	}
}
