package plan

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/testenv/postgres"
)

func loadTestPolicy(t *testing.T, file string) *policy.Policy {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Load(file, data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestLoad reads real catalogues; its parts share one cluster.
func TestLoad(t *testing.T) {
	cluster := postgres.Start(t, postgres.Options{})
	for _, part := range []struct {
		name string
		test func(*testing.T, *postgres.Cluster)
	}{
		{"Database", loadsDatabase},
		{"NothingElse", loadsNothingElse},
		{"Catalogue", loadsCatalogue},
		{"ErrorsMakeOpaque", errorsMakeOpaque},
		{"Nothing", loadsNothing},
		{"SettingFunctions", loadsSettingFunctions},
		{"OtherEncoding", refusesOtherEncoding},
		{"SearchPath", ignoresSearchPath},
		{"Views", loadsViews},
		{"ViewStates", viewsChangeWithStates},
		{"LockedViews", lockedViews},
		{"FingerprintViews", fingerprintSeesViews},
		{"Fingerprint", fingerprintSeesDDL},
		{"FingerprintOverlooks", fingerprintOverlooks},
		{"Watcher", watcherFollows},
		{"WatcherStale", watcherBecomesStale},
		{"WatcherEnds", watcherEnds},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, cluster) })
	}
}

// loadTestDatabase is a new database with the schema of testdata/load_schema.sql.
func loadTestDatabase(t *testing.T, cluster *postgres.Cluster) *pgx.Conn {
	t.Helper()
	sql, err := os.ReadFile("testdata/load_schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	conn := cluster.Conn(t, cluster.NewDatabase(t), "")
	if _, err := conn.Exec(t.Context(), string(sql)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func loadsDatabase(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	pol := loadTestPolicy(t, "testdata/load_policy.yaml")
	live, err := LoadDatabase(t.Context(), conn, pol.Names())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range pol.Validate(live) {
		b.WriteString(p.String() + "\n")
	}
	loadGolden(t, "testdata/load_problems.golden", b.String())
}

// loadsNothingElse: only what hangs on the names that were asked for.
func loadsNothingElse(t *testing.T, cluster *postgres.Cluster) {
	conn := loadTestDatabase(t, cluster)
	live, err := LoadDatabase(t.Context(), conn, []policy.TableName{{Schema: "public", Name: "plain_table"}})
	if err != nil {
		t.Fatal(err)
	}
	want := &policy.Database{Encoding: "UTF8", Homonyms: map[string][]string{}, Relations: []*policy.Relation{{
		Name: policy.TableName{Schema: "public", Name: "plain_table"}, Kind: 'r',
		Columns: []policy.LiveColumn{
			{Name: "a", Attnum: 1, Type: "integer", TypeOID: 23, Typmod: -1, Kind: 'b'},
			{Name: "b", Attnum: 2, Type: "text", TypeOID: 25, Typmod: -1, Kind: 'b'},
		}}}}
	if diff := cmp.Diff(want, live, cmpopts.IgnoreFields(policy.Relation{}, "OID"), cmpopts.IgnoreFields(policy.Database{}, "Unknown", "UnknownOfRows")); diff != "" {
		t.Errorf("database (-want +got):\n%s", diff)
	}
}

// loadGolden compares with a file; PGSEAL_UPDATE_GOLDEN=1 writes it anew.
func loadGolden(t *testing.T, file, got string) {
	t.Helper()
	if os.Getenv("PGSEAL_UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
