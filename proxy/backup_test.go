package proxy_test

import (
	"bytes"
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// Backups through the proxy, with PostgreSQL's own programs: of a role that the policy calls raw, and of any other.

// backedUp is a proxy in front of a database with sealed values, and an empty one that they can be restored into.
type backedUp struct {
	*safe
	empty string        // the other database
	role  string        // raw
	later *plan.Planner // of the empty database
}

// guardStandIn refuses plaintext in the database, as the guard does.
const guardStandIn = "ALTER TABLE matters ADD CHECK (title ~ '^pgs1_'), ADD CHECK (substr(value, 1, 1) = '\\x01')"

func startBackedUp(t *testing.T) *backedUp {
	b := &backedUp{empty: cluster.NewDatabase(t), role: "backup_" + strings.ToLower(rand.Text())}
	b.later = plan.New(plan.Options{})
	cluster.Exec(t, "postgres", "CREATE ROLE "+b.role+" LOGIN SUPERUSER PASSWORD 'secret'")
	b.safe = startSafe(t, func(c *proxy.Config) {
		for _, d := range c.Databases {
			d.Raw = func(user string) bool { return user == b.role }
			other := *d
			other.Planner = b.later
			c.Databases[b.empty] = &other
		}
	})
	cluster.Exec(t, b.name, guardStandIn)
	conn := b.connect(t)
	for _, row := range [][]any{{1, "canary one", "canary@example.org", "12.50", "2031-03-14", "native\ttext"}, {2, "", nil, nil, nil, nil}, {3, `canary\three`, "c@d", "-1", "infinity", ""}} {
		mustExec(t, conn, "INSERT INTO matters VALUES ($1, $2, $3, $4, $5, $6)", append([]any{pgx.QueryExecModeExec}, row...)...)
	}
	return b
}

// as is a connection string of a role.
func (b *backedUp) as(t *testing.T, role, database string) string {
	t.Helper()
	u, err := url.Parse(b.url(database))
	if err != nil {
		t.Fatal(err)
	}
	if role != "" {
		u.User = url.UserPassword(role, "secret")
	}
	return u.String()
}

// program runs one of PostgreSQL's programs.
func program(t *testing.T, stdin, name string, args ...string) (output string, err error) {
	t.Helper()
	cmd, err := cluster.Command(t.Context(), name, args...)
	if err != nil {
		t.Fatal(err)
	}
	var out, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &stderr
	err = cmd.Run()
	return out.String() + stderr.String(), err
}

func mustRun(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := program(t, "", name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return out
}

var plaintexts = []string{"canary", "12.50", "2031-03-14"}

func TestRawBackup(t *testing.T) {
	for _, form := range []string{"plain", "custom"} {
		for _, style := range [][]string{nil, {"--inserts"}} {
			t.Run(form+strings.Join(style, ""), func(t *testing.T) {
				b := startBackedUp(t)
				b.keys.withdraw(denied) // a backup needs no key
				file := filepath.Join(t.TempDir(), "dump")
				mustRun(t, "pg_dump", append(style, "-F", form, "-f", file, "-d", b.as(t, b.role, b.name))...)
				if form == "plain" {
					dump, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					for _, text := range plaintexts {
						if bytes.Contains(dump, []byte(text)) {
							t.Errorf("%s is in the dump", text)
						}
					}
					if !bytes.Contains(dump, []byte("pgs1_")) {
						t.Error("there are no sealed values in the dump")
					}
				}
				restore := func(role string, more ...string) (string, error) {
					if form == "plain" {
						return program(t, "", "psql", append(more, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, "-d", b.as(t, role, b.empty))...)
					}
					return program(t, "", "pg_restore", append(more, "--exit-on-error", "-d", b.as(t, role, b.empty), file)...)
				}
				if out, err := restore(b.role); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
				stored := b.stored(t, "matters::text")
				first := b.name
				b.name = b.empty
				if diff := cmp.Diff(stored, b.stored(t, "matters::text")); diff != "" {
					t.Errorf("restored other values\n%s", diff)
				}
				// What was restored opens where the catalogue knows of it.
				b.keys.withdraw(nil)
				b.name = first
				conn := b.connect(t)
				want := shown(t, conn)
				b.protect(t)
				b.name = b.empty
				if diff := cmp.Diff(want, shown(t, b.connect(t))); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// protect makes the restored table a protected one.
func (b *backedUp) protect(t *testing.T) {
	b.later.SetCatalogue(safeCatalogue(t, b.empty, plan.StateSealed, "1"))
}

// A dump of sealed values that an ordinary role restores would be sealed twice.
func TestRawBackupRestoredByAnother(t *testing.T) {
	b := startBackedUp(t)
	for _, style := range [][]string{nil, {"--inserts"}} {
		file := filepath.Join(t.TempDir(), "dump")
		mustRun(t, "pg_dump", append(style, "--data-only", "-t", "matters", "-f", file, "-d", b.as(t, b.role, b.name))...)
		cluster.Exec(t, b.name, "TRUNCATE matters")
		out, err := program(t, "", "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose", "-f", file, "-d", b.as(t, "", b.name))
		if err == nil || !strings.Contains(out, "KP006") {
			t.Errorf("%v\n%s", err, out)
		}
		if stored := b.stored(t, "id::text"); len(stored) != 0 {
			t.Errorf("%d rows are stored", len(stored))
		}
		mustRun(t, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, "-d", b.as(t, b.role, b.name))
		if got := shown(t, b.connect(t)); len(got) != 3 || !strings.Contains(got[0], "canary one") {
			t.Errorf("%q", got)
		}
	}
}

// A raw role sees what is stored and nothing else, and its plaintext gets no further than the guard.
func TestRawRole(t *testing.T) {
	b := startBackedUp(t)
	conn, err := pgx.Connect(t.Context(), b.as(t, b.role, b.name))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, mode := range allModes {
		var title string
		if err := conn.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = $1", mode, 1).Scan(&title); err != nil || !strings.HasPrefix(title, "pgs1_") {
			t.Errorf("%v: %q, %v", mode, title, err)
		}
		if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, title) VALUES ($1, $2)", mode, 9, "plain"); code(err) != "23514" {
			t.Errorf("%v: %v", mode, err)
		}
	}
	if out := copyOut(t, conn, "COPY matters TO STDOUT"); strings.Contains(out, "canary") || !strings.Contains(out, "pgs1_") {
		t.Errorf("%s", out)
	}
	if _, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader("9\tplain\n"), "COPY matters (id, title) FROM STDIN"); code(err) != "23514" {
		t.Error(err)
	}
	// It is the log-in role that counts.
	other := b.connect(t)
	mustExec(t, other, "SET ROLE "+b.role)
	var title string
	if err := other.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = 1").Scan(&title); err != nil || title != "canary one" {
		t.Errorf("%q, %v", title, err)
	}
}

// An ordinary role's dump holds what the role may read, in the clear, and is sealed where it is restored.
func TestOrdinaryDump(t *testing.T) {
	b := startBackedUp(t)
	file := filepath.Join(t.TempDir(), "dump")
	mustRun(t, "pg_dump", "--data-only", "-t", "matters", "-f", file, "-d", b.as(t, "", b.name))
	want := shown(t, b.connect(t))
	dump, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(dump, []byte("canary one\tcanary@example.org\t12.50\t2031-03-14\tnative\\ttext")) {
		t.Errorf("%s", dump)
	}
	cluster.Exec(t, b.name, "TRUNCATE matters")
	mustRun(t, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, "-d", b.as(t, "", b.name))
	if diff := cmp.Diff(want, shown(t, b.connect(t))); diff != "" {
		t.Error(diff)
	}
	b.noPlaintext(t, plaintexts...)
	b.keys.withdraw(denied)
	if out, err := program(t, "", "pg_dump", "--data-only", "-t", "matters", "-d", b.as(t, "", b.name)); err == nil || strings.Contains(out, "canary") {
		t.Errorf("without the key: %v\n%s", err, out)
	}
}

// psql's \copy, both ways, in each format.
func TestPsqlCopy(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	for _, test := range copyCases {
		options := test.options
		if strings.Contains(test.data, `\.`) && !strings.Contains(options, "csv") || test.name == "csv with everything" {
			continue // psql reads the marker itself; its quoting is its own
		}
		mustExec(t, conn, "DELETE FROM matters")
		file := filepath.Join(t.TempDir(), "data")
		if err := os.WriteFile(file, []byte(test.data), 0o600); err != nil {
			t.Fatal(err)
		}
		mustRun(t, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", s.url(s.name), "-c", `\copy matters `+test.columns+` from '`+file+`' `+options)
		if diff := cmp.Diff(test.rows, shown(t, conn)); diff != "" {
			t.Errorf("%s\n%s", test.name, diff)
		}
		s.noPlaintext(t, "canary", "a@b", "12.50")
	}
	mustExec(t, conn, "INSERT INTO matters (id, title, value) VALUES (100, 'a,b', '7')")
	out := mustRun(t, "psql", "-X", "-q", "-d", s.url(s.name), "-c", `\copy (select title, value from matters where id = 100) to stdout csv header`)
	expect(t, "title,value\n\"a,b\",7\n", out)
}
