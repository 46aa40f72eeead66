package carried

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

var majors = flag.String("majors", "", "later major versions of PostgreSQL to upgrade to (17), which .ci/postgres-upgrade fetches")

// later are the folders of the programs of later versions, by version.
func later(t *testing.T) map[string]string {
	t.Helper()
	if *majors == "" {
		t.Skip("it wants a later PostgreSQL with pg_upgrade, which make upgrade fetches")
	}
	all := map[string]string{}
	for major := range strings.SplitSeq(*majors, ",") {
		cmd := exec.Command("../../.ci/postgres-upgrade", major)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		version, bin, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
		all[version] = bin
	}
	return all
}

// TestPgUpgrade: a cluster with sealed columns, their guard and the store is brought to a later major version by pg_upgrade, with its files copied and with
// links. The database is another one then by what a server says of itself, and is taken up at its first sight; every value opens, the guard stands, and the statistics, carried
// or made anew, hold no plaintext.
func TestPgUpgrade(t *testing.T) {
	for major, bin := range later(t) {
		for _, way := range []string{"--copy", "--link"} {
			t.Run(major+way, func(t *testing.T) { upgrade(t, bin, way) })
		}
	}
}

func upgrade(t *testing.T, bin, way string) {
	old := newSite(t, postgres.Start(t, postgres.Options{}))
	old.serve()
	old.insert("acme", 1)
	old.insert("globex", 2)
	old.run("key", "rotate", "acme", "--new-data-key")
	present(t).awaitNewKey(old)
	old.insert("acme", 3)
	old.run("key", "lock", "globex")
	old.psql("ALTER TABLE cases ADD COLUMN dropped text; ALTER TABLE cases DROP COLUMN dropped; ANALYZE")
	want := old.rows("acme")
	guards, origin := old.psql(guardOf), old.psql(originOf)
	if err := old.stop(); err != nil {
		t.Fatal(err)
	}
	later := postgres.Start(t, postgres.Options{BinDir: bin})
	pgUpgrade(t, old.server, later, bin, way)
	if err := later.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, server: later}
	var err error
	if s.Deployment, err = program.Existing(options(t, later), filepath.Dir(old.File("master.key"))); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cp", "-r", old.File("state"), s.File("state")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := s.psql(guardOf); got != guards {
		t.Errorf("the guard was\n%s\nand is\n%s", guards, got)
	}
	s.refusesPlaintext()
	s.psql("ANALYZE")
	s.noPlaintextInStatistics()
	s.run("doctor")
	s.serve() // before init: the proxy takes the database up by itself
	s.same("acme", want)
	s.run("init")
	s.states("sealed")
	if now := s.psql(originOf); now == origin {
		t.Errorf("the records still say that the columns are where they were: %s", now)
	}
	s.same("acme", want)
	s.finds("acme", 2)
	s.gives("globex", "SELECT big FROM cases WHERE id = 2", "KU009")
	s.run("key", "unlock", "globex")
	s.gives("globex", "SELECT big FROM cases WHERE id = 2", "-9223372036854775808")
	s.insert("globex", 4)
	s.gives("globex", "SELECT big FROM cases WHERE id = 4", "-9223372036854775808")
	s.refusesPlaintext()
	s.run("key", "events", "--verify")
	s.run("doctor")
	if files := later.FilesWith(t, canary+" tab"); len(files) > 0 {
		t.Errorf("plaintext in %v", files)
	}
}

// originOf is the database in which the columns' places mean what the records say.
const originOf = "SELECT string_agg(DISTINCT origin, ',') FROM pgseal.column_state"

// guardOf lists the guard's triggers and constraints, with whether they always fire and are proven.
const guardOf = `SELECT string_agg(g, E'\n' ORDER BY g) FROM (
	SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text || ' ' || pg_get_triggerdef(oid) AS g FROM pg_trigger WHERE NOT tgisinternal
	UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c') x`

// noPlaintextInStatistics looks into what the planner knows of the values.
func (s *site) noPlaintextInStatistics() {
	s.t.Helper()
	if n := s.psql("SELECT count(*) FROM pg_statistic WHERE starelid IN ('cases'::regclass, 'notes'::regclass)"); n == "0" {
		s.t.Error("there are no statistics")
	}
	if rows := s.psql("SELECT attname FROM pg_stats WHERE pg_stats::text LIKE '%" + canary + "%'"); rows != "" {
		s.t.Errorf("plaintext in the statistics of %s", rows)
	}
}

// pgUpgrade stops both servers and runs the later one's pg_upgrade, as the account that they run as.
func pgUpgrade(t *testing.T, from, to *postgres.Cluster, bin, way string) {
	t.Helper()
	for _, c := range []*postgres.Cluster{from, to} {
		if err := c.Shutdown(); err != nil {
			t.Fatal(err)
		}
	}
	oldBin, err := from.Command(t.Context(), "postgres")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "pg_upgrade"), "-b", filepath.Dir(oldBin.Path), "-B", bin, "-d", from.DataDir(), "-D", to.DataDir(),
		"-U", "postgres", "-s", to.SocketDir(), way)
	cmd.Dir = to.SocketDir()
	cmd.Env = oldBin.Env
	if cmd.SysProcAttr, err = program.AsPostgres(); err != nil {
		t.Fatal(err)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		logs, _ := exec.Command("sh", "-c", "tail -n 30 "+to.DataDir()+"/pg_upgrade_output.d/*/log/*.log").CombinedOutput()
		t.Fatalf("pg_upgrade: %v: %s\n%s", err, out, logs)
	}
}
