package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// tellingKeys gives every tenant a key that opens anything, and says in its plaintext whose key it is: what a row is opened with lies beside what the server says.
type tellingKeys struct{}

func (tellingKeys) Acquire(_ context.Context, tenant string) (proxy.Key, error) {
	if tenant == "" {
		return nil, deniedError{errors.New("a key without a tenant was asked for")}
	}
	return tellingKey(tenant), nil
}

type tellingKey string

func (k tellingKey) SealIn(dst []byte, _ crypto.Column, _ crypto.Mode, _ int, _ []byte) ([]byte, error) {
	return appendTelling(dst, string(k)), nil
}
func (k tellingKey) Open(dst []byte, _ crypto.Column, _ []byte) ([]byte, error) {
	return append(dst, k...), nil
}
func (tellingKey) Check() error         { return nil }
func (tellingKey) Tag() crypto.StoreTag { return storeTag }
func (tellingKey) Release()             {}

// appendTelling appends what looks like a sealed value, and holds the name of the tenant.
func appendTelling(dst []byte, tenant string) []byte {
	dst = append(dst, 1, storeTag[0], storeTag[1])
	return append(append(dst, make([]byte, 44)...), tenant...)
}

// startTelling starts a proxy whose sessions name their tenant by pgseal.tenant.
func startTelling(t testing.TB) *safe {
	t.Helper()
	s := &safe{name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}
	cluster.Exec(t, s.name, safeSchema)
	cluster.Exec(t, s.name, fmt.Sprintf(`INSERT INTO matters (id, title) VALUES (1, '%s');
		CREATE FUNCTION hidden(v text, l boolean) RETURNS text LANGUAGE sql AS $$ SELECT set_config('pgseal.tenant', v, l) $$;
		CREATE FUNCTION harmless() RETURNS text LANGUAGE sql SET pgseal.tenant = 'inside' AS $$ SELECT current_setting('pgseal.tenant') $$;
		CREATE PROCEDURE changes(commits boolean) LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('pgseal.tenant', 'called', false); IF commits THEN COMMIT; END IF; END $$`,
		crypto.AppendArmour(nil, appendTelling(nil, "nobody"))))
	c := safeCatalogue(t, s.name, plan.StateSealed, "1")
	c.SettingFunctions = map[string]bool{"hidden": true}
	s.planner.SetCatalogue(c)
	s.running = start(t, proxy.Config{Databases: map[string]*proxy.Database{
		s.name: {Planner: s.planner, Keys: tellingKeys{}, TenantSetting: "pgseal.tenant"}}})
	return s
}

// oracle is a row of what pgseal believes and what the server says.
const oracle = "SELECT title, coalesce(current_setting('pgseal.tenant', true), '') FROM matters"

const (
	unknown  = "?" // pgseal does not know
	noTenant = "-" // pgseal and the server agree that there is none
)

// ask compares. It returns the tenant, or unknown. The statement is the first of its segment.
func ask(t testing.TB, conn *pgconn.PgConn) string {
	t.Helper()
	r := conn.ExecParams(t.Context(), oracle, nil, nil, nil, nil).Read()
	return judge(t, r)
}

// judge compares a row of the oracle's.
func judge(t testing.TB, r *pgconn.Result) string {
	t.Helper()
	var e *pgconn.PgError
	switch {
	case errors.As(r.Err, &e) && e.Code == "KU010":
		if strings.Contains(e.Detail, "is empty") {
			return noTenant
		}
		return unknown
	case errors.As(r.Err, &e) && e.Code == "25P02":
		return "failed"
	case r.Err != nil:
		t.Fatal(r.Err)
	case string(r.Rows[0][0]) != string(r.Rows[0][1]):
		t.Fatalf("pgseal believes %q, the server says %q", r.Rows[0][0], r.Rows[0][1])
	}
	return string(r.Rows[0][1])
}

func (s *safe) raw(t testing.TB, with ...string) *pgconn.PgConn {
	t.Helper()
	c, err := pgconn.ParseConfig(s.url(s.name))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(with); i += 2 {
		c.RuntimeParams[with[i]] = with[i+1]
	}
	conn, err := pgconn.ConnectConfig(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// TestSettingAtStart: the StartupMessage gives the setting its first value, which RESET goes back to.
func TestSettingAtStart(t *testing.T) {
	s := startTelling(t)
	for _, test := range []struct {
		name string
		with []string
		want string
	}{
		{"nothing", nil, unknown},
		{"a key of its own", []string{"pgseal.tenant", "acme"}, "acme"},
		{"in other letters", []string{"PgSeal.TENANT", "Acme"}, "Acme"},
		{"empty", []string{"pgseal.tenant", ""}, noTenant},
		{"-c", []string{"options", "-c pgseal.tenant=acme"}, "acme"},
		{"-c without a blank", []string{"options", "-cpgseal.tenant=acme"}, "acme"},
		{"two dashes", []string{"options", "--pgseal.tenant=acme"}, "acme"},
		{"another one too", []string{"options", "-c work_mem=1MB --pgseal.tenant=acme -c enable_seqscan=on"}, "acme"},
		{"twice", []string{"options", "-c pgseal.tenant=acme -c PGSEAL.tenant=globex"}, "globex"},
		{"a blank in it", []string{"options", `-c pgseal.tenant=ac\ me`}, "ac me"},
		{"a backslash in it", []string{"options", `-c pgseal.tenant=ac\\me`}, `ac\me`},
		{"an equals sign in it", []string{"options", `-c pgseal.tenant=a=b`}, "a=b"},
		{"both", []string{"options", "-c pgseal.tenant=acme", "pgseal.tenant", "globex"}, "globex"},
		{"behind another switch", []string{"options", "-S 64 -c pgseal.tenant=acme"}, unknown},
		{"another setting", []string{"options", "-c other.tenant=acme"}, unknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := s.raw(t, test.with...)
			if got := ask(t, conn); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
			for _, back := range []string{"RESET pgseal.tenant", "RESET ALL", "DISCARD ALL", "SET pgseal.tenant TO DEFAULT", "SELECT set_config('pgseal.tenant', NULL, false)"} {
				for _, sql := range []string{"SET pgseal.tenant = 'other'", back} {
					if err := conn.ExecParams(t.Context(), sql, nil, nil, nil, nil).Read().Err; err != nil {
						t.Fatal(err)
					}
				}
				if got := ask(t, conn); got != test.want {
					t.Errorf("%s: %s, want %s", back, got, test.want)
				}
			}
		})
	}
}

// TestSettingByTheRole: what ALTER ROLE gives a session at its log-in nobody says.
func TestSettingByTheRole(t *testing.T) {
	s := startTelling(t)
	cluster.Exec(t, s.name, fmt.Sprintf("ALTER DATABASE %q SET pgseal.tenant = 'given'", s.name))
	conn := s.raw(t)
	for _, step := range []struct{ sql, want string }{
		{"SELECT 1", unknown}, {"SET pgseal.tenant = 'acme'", "acme"}, {"RESET pgseal.tenant", unknown}, {"DISCARD ALL", unknown},
		{"BEGIN", "failed"}, {"ROLLBACK; BEGIN; SET LOCAL pgseal.tenant = 'acme'", "acme"}, {"COMMIT", unknown},
	} {
		if _, err := conn.Exec(t.Context(), step.sql).ReadAll(); err != nil {
			t.Fatal(step.sql, err)
		}
		if got := ask(t, conn); got != step.want && step.want != "failed" {
			t.Errorf("%s: %s, want %s", step.sql, got, step.want)
		}
	}
	if got := ask(t, s.raw(t, "pgseal.tenant", "acme")); got != "acme" {
		t.Errorf("the client's own start-up value: %s", got)
	}
}

// settingStep is a message, or a segment of them, and what pgseal is to believe behind it. An empty belief is not asked for.
type settingStep struct {
	sql  string // a Query; or, behind "> ", statements of the extended protocol in one segment, with > between them, ended by Sync
	want string
}

var settingScripts = []struct {
	name  string
	steps []settingStep
}{
	{"SET and ROLLBACK", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"BEGIN", "a"}, {"SET pgseal.tenant = 'b'", "b"}, {"ROLLBACK", "a"}}},
	{"SET and COMMIT", []settingStep{{"BEGIN", ""}, {"SET pgseal.tenant = 'b'", "b"}, {"COMMIT", "b"}}},
	{"SET, then SET LOCAL, then COMMIT", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET pgseal.tenant = 'b'", "b"}, {"SET LOCAL pgseal.tenant = 'c'", "c"}, {"COMMIT", "b"}}},
	{"SET LOCAL, then SET", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET LOCAL pgseal.tenant = 'b'", "b"}, {"SET pgseal.tenant = 'c'", "c"}, {"ROLLBACK", "a"}}},
	{"SET LOCAL, then SET, then COMMIT", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET LOCAL pgseal.tenant = 'b'", "b"}, {"SET SESSION pgseal.tenant = 'c'", "c"}, {"COMMIT", "c"}}},
	{"ROLLBACK TO", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SAVEPOINT s", ""}, {"SET pgseal.tenant = 'b'", "b"}, {"ROLLBACK TO s", "a"}, {"SET LOCAL pgseal.tenant = 'c'", "c"},
		{"ROLLBACK TO SAVEPOINT s", "a"}, {"COMMIT", "a"}}},
	{"ROLLBACK TO a failed savepoint", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET pgseal.tenant = 'b'", ""}, {"SAVEPOINT s", ""}, {"SET pgseal.tenant = 'c'", "c"}, {"SELECT 1/0", "failed"}, {"ROLLBACK TO s", "b"}, {"COMMIT", "b"}}},
	{"savepoints of one name", []settingStep{{"BEGIN", ""}, {"SET LOCAL pgseal.tenant = 'a'", "a"}, {"SAVEPOINT s", ""}, {"SET LOCAL pgseal.tenant = 'b'", ""}, {"SAVEPOINT S", ""}, {"SET LOCAL pgseal.tenant = 'c'", "c"},
		{"ROLLBACK TO s", "b"}, {"RELEASE s", "b"}, {"ROLLBACK TO s", "a"}, {"COMMIT", "?-"}}},
	{"quoted savepoints", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {`SAVEPOINT "S"`, ""}, {"SET pgseal.tenant = 'b'", ""}, {"SAVEPOINT s", ""}, {"SET pgseal.tenant = 'c'", ""}, {"ROLLBACK TO s", "b"}, {`ROLLBACK TO "S"`, "a"}, {"END", "a"}}},
	{"RELEASE keeps SET and SET LOCAL", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET pgseal.tenant = 'b'", ""}, {"SAVEPOINT s", ""}, {"SET LOCAL pgseal.tenant = 'c'", ""}, {"RELEASE SAVEPOINT s", "c"}, {"COMMIT", "b"}}},
	{"RELEASE of several", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SAVEPOINT s1", ""}, {"SET LOCAL pgseal.tenant = 'b'", ""}, {"SAVEPOINT s2", ""}, {"SET pgseal.tenant = 'c'", ""}, {"RELEASE s1", "c"}, {"COMMIT", "c"}}},
	{"COMMIT ends all savepoints", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SAVEPOINT s1", ""}, {"SET pgseal.tenant = 'b'", ""}, {"SAVEPOINT s2", ""}, {"SET LOCAL pgseal.tenant = 'c'", "c"}, {"COMMIT", "b"}}},
	{"SET LOCAL outside a transaction", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"SET LOCAL pgseal.tenant = 'b'", "a"}, {"> SET LOCAL pgseal.tenant = 'b'", "a"}}},
	{"SET LOCAL in a Query of several", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"SET LOCAL pgseal.tenant = 'b'; " + oracle, "a"}, {"SET pgseal.tenant = 'c'; " + oracle, "c"}}},
	{"SET LOCAL in a segment", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"> SET LOCAL pgseal.tenant = 'b'>" + oracle, "a"}, {"> SET pgseal.tenant = 'c'>" + oracle, "c"}}},
	{"a Query that fails", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"SET pgseal.tenant = 'b'; SELECT 1/0", "a"}}},
	{"a segment that fails", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"> SET pgseal.tenant = 'b'>SELECT 1/0>SET pgseal.tenant = 'c'", "a"}}},
	{"COMMIT within a Query", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"SET pgseal.tenant = 'b'; COMMIT; SET pgseal.tenant = 'c'; SELECT 1/0", "b"}}},
	{"ROLLBACK within a Query", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"SET pgseal.tenant = 'b'; ROLLBACK; SELECT 1", "a"}}},
	{"COMMIT within a segment", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"> SET pgseal.tenant = 'b'>COMMIT>" + oracle + ">SELECT 1/0", "b"}}},
	{"ROLLBACK within a segment", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"> SET pgseal.tenant = 'b'>ROLLBACK>" + oracle, "a"}}},
	{"BEGIN takes what was before it in", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"SET pgseal.tenant = 'b'; BEGIN", "b"}, {"ROLLBACK", "a"}, {"> SET pgseal.tenant = 'b'>BEGIN", "b"}, {"ROLLBACK", "a"}}},
	{"COMMIT of a failed transaction", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET pgseal.tenant = 'b'", ""}, {"SELECT 1/0", "failed"}, {"COMMIT", "a"}}},
	{"COMMIT of a failed transaction, and more", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET pgseal.tenant = 'b'", ""}, {"SELECT 1/0", "failed"}, {"> COMMIT>" + oracle, "a"}}},
	{"COMMIT AND CHAIN", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"SET LOCAL pgseal.tenant = 'b'", "b"}, {"COMMIT AND CHAIN", "a"}, {"SET pgseal.tenant = 'c'", "c"}, {"ROLLBACK WORK AND CHAIN", "a"},
		{"SET pgseal.tenant = 'd'", ""}, {"COMMIT TRANSACTION AND NO CHAIN", "d"}, {"ROLLBACK", "d"}}},
	{"set_config", []settingStep{{"SELECT set_config('pgseal.tenant', 'a', false)", "a"}, {"BEGIN", ""}, {"select pg_catalog.set_config('PGSEAL.Tenant', 'b', true) AS x", "b"}, {"COMMIT", "a"},
		{"SELECT set_config('pgseal.tenant', 'b', 'false'), set_config('pgseal.tenant', 'c'::text, false)", "c"}, {"SELECT set_config('pgseal.tenant', '', false)", noTenant}}},
	{"set_config of another setting", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SELECT set_config('app.user', lower('X'), false) FROM plain", "a"}, {"SELECT set_config('app.user', 'x', false)", "a"}}},
	{"set_config that cannot be read", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SELECT set_config('pgseal.' || 'tenant', 'b', false)", unknown}, {"SET pgseal.tenant = 'a'", "a"},
		{"SELECT set_config('pgseal.tenant', lower('B'), false)", unknown}, {"SET pgseal.tenant = 'a'", "a"}, {"SELECT set_config('pgseal.tenant', 'b', false) WHERE false", unknown},
		{"RESET pgseal.tenant", unknown}, {"SET pgseal.tenant = 'a'", "a"}, {"WITH x AS (SELECT set_config('pgseal.tenant', 'b', false)) SELECT * FROM x", unknown},
		{"RESET ALL", unknown}}},
	{"set_config in a transaction that is rolled back", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"BEGIN", ""}, {"SELECT set_config('pgseal.tenant', lower('B'), false)", ""}, {"ROLLBACK", "a"}}},
	{"DO", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"DO $$ BEGIN PERFORM set_config('pg' || 'seal.tenant', 'b', false); END $$", unknown}, {"SET pgseal.tenant = 'a'", "a"},
		{"BEGIN", "a"}, {"DO $$ BEGIN PERFORM set_config('pg' || 'seal.tenant', 'b', false); END $$", ""}, {"ROLLBACK", "a"}}},
	{"CALL", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"CALL changes(false)", unknown}, {"SET pgseal.tenant = 'a'", "a"}, {"CALL changes(true)", unknown}, {"SET pgseal.tenant = 'a'", "a"}}},
	{"PREPARE and EXECUTE", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"PREPARE harmless AS SELECT 1", "a"}, {"EXECUTE harmless", "a"}, {"PREPARE p AS SELECT set_config('pgseal.tenant', 'b', false)", "?a"}, {"EXECUTE p", unknown},
		{"SET pgseal.tenant = 'c'", "c"}}},
	{"a prepared setting and other cursors", []settingStep{{"PREPARE p AS SELECT set_config('pgseal.tenant', 'b', false)", ""}, {"BEGIN", ""}, {"SET LOCAL pgseal.tenant = 'a'", "a"},
		{"DECLARE c CURSOR FOR SELECT v FROM plain", "a"}, {"FETCH c", "a"}, {"MOVE ALL IN c", "a"}, {"ROLLBACK", "?"}}},
	{"DECLARE and FETCH", []settingStep{{"SET pgseal.tenant = 'a'", ""}, {"BEGIN", ""}, {"DECLARE c CURSOR FOR SELECT set_config('pgseal.tenant', 'b', false)", ""}, {"SET LOCAL pgseal.tenant = 'c'", "c"}, {"FETCH c", ""}, {"ROLLBACK", "?"}}},
	{"a function that changes it", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SELECT hidden('b', false)", unknown}, {"SET pgseal.tenant = 'a'", "a"}, {"BEGIN", ""}, {"SELECT hidden('b', true)", ""}, {"ROLLBACK", "a"}}},
	{"a function with a SET clause", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SELECT harmless()", "a"}}},
	{"names", []settingStep{{`SET "PGSEAL"."Tenant" TO a`, "a"}, {`SET "pgseal.tenant" = "B"`, "B"}, {"SET PgSeal . tenant = C", "c"}, {"SET /* ; */ pgseal.tenant = $$d;$$", "d;"}, {`SET pgseal.tenant = E'\x61'`, "a"}, {"SET pgseal.tenant = 'x''y'", "x'y"},
		{"SET pgseal.tenant = 7", "7"}, {"SET pgseal.tenant = on", "on"}, {"SET pgseal.tenant TO true", "true"}, {`SET U&"pgseal".tenant = 'a'`, unknown}, {"SET pgseal.tenant = 0.5", unknown}, {"SET pgseal.tenant = ü", "ü"}}},
	{"other settings", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SET work_mem = '1MB'", "a"}, {"SET LOCAL other.tenant = 'b'", "a"}, {"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "a"}, {"RESET work_mem", "a"}, {"SET ROLE NONE", "a"},
		{"SET TIME ZONE 'UTC'", "a"}, {"SET SESSION AUTHORIZATION DEFAULT", "a"}}},
	{"FROM CURRENT", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SET pgseal.tenant FROM CURRENT", "?a"}}},
	{"RESET ALL passes over what SET LOCAL has reset", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SET LOCAL pgseal.tenant TO DEFAULT; RESET ALL", "?a"}, {"BEGIN", ""}, {"SET LOCAL pgseal.tenant TO DEFAULT", ""}, {"RESET ALL", ""}, {"COMMIT", "?a"}}},
	{"unset", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SET pgseal.tenant = ''", noTenant}, {"BEGIN", ""}, {"SET LOCAL pgseal.tenant = 'b'", "b"}, {"COMMIT", noTenant}}},
	{"VACUUM in a segment", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"> SET LOCAL pgseal.tenant = 'b'>SELECT 1", "a"}, {"> VACUUM plain", "a"}, {"VACUUM plain", "a"}}},
	{"a body of SQL", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"CREATE FUNCTION body() RETURNS text BEGIN ATOMIC SELECT set_config('work_mem', '1MB', false); END", unknown}}},
	{"a rule", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"CREATE RULE r AS ON DELETE TO plain DO ALSO (NOTIFY x; NOTIFY y)", "a"}}},
	{"a text that is not SQL", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SELECT 'b", "a"}, {"SET pgseal.tenant = 'b';;; ;", "b"}, {"", "b"}}},
	{"backslashes", []settingStep{{"SET pgseal.tenant = 'a'", "a"}, {"SET standard_conforming_strings = off", ""}, {`SELECT 'b\''; SELECT 1`, ""}, {"RESET standard_conforming_strings", unknown}}},
}

// TestSettingIsFollowed is protocol by protocol, statement by statement what a setting goes through. In each belief the server has the last word: ask fails where the two
// differ.
func TestSettingIsFollowed(t *testing.T) {
	s := startTelling(t)
	for _, script := range settingScripts {
		t.Run(script.name, func(t *testing.T) {
			conn := s.raw(t)
			for _, step := range script.steps {
				s.play(t, conn, step.sql)
				if step.want == "" {
					continue
				}
				if got := askWithout(t, conn); !strings.Contains(step.want, got) || got == "" {
					t.Errorf("behind %q: %s, want %s", step.sql, got, step.want)
				}
			}
			_, _ = conn.Exec(t.Context(), "ROLLBACK; DROP FUNCTION IF EXISTS body(); DROP RULE IF EXISTS r ON plain").ReadAll()
		})
	}
}

// askWithout asks without failing the transaction.
func askWithout(t testing.TB, conn *pgconn.PgConn) string {
	t.Helper()
	if conn.TxStatus() != 'T' {
		return ask(t, conn)
	}
	_, _ = conn.Exec(t.Context(), "SAVEPOINT asking").ReadAll()
	got := ask(t, conn)
	if _, err := conn.Exec(t.Context(), "ROLLBACK TO asking; RELEASE asking").ReadAll(); err != nil {
		t.Fatal(err)
	}
	return got
}

// play sends a message or a segment; rows of the oracle's are judged wherever they come.
func (s *safe) play(t testing.TB, conn *pgconn.PgConn, sql string) {
	t.Helper()
	extended, ok := strings.CutPrefix(sql, "> ")
	if !ok {
		results, err := conn.Exec(t.Context(), sql).ReadAll()
		s.expected(t, sql, err)
		for _, r := range results {
			judgeRows(t, r)
		}
		return
	}
	p := conn.StartPipeline(t.Context())
	for part := range strings.SplitSeq(extended, ">") {
		p.SendQueryParams(part, nil, nil, nil, nil)
	}
	if err := p.Sync(); err != nil {
		t.Fatal(err)
	}
	for {
		result, err := p.GetResults()
		s.expected(t, sql, err)
		if r, ok := result.(*pgconn.ResultReader); ok {
			judgeRows(t, r.Read())
		} else if _, ok := result.(*pgconn.PipelineSync); ok {
			break
		}
	}
	if err := p.Close(); err != nil {
		s.expected(t, sql, err)
	}
}

func (s *safe) expected(t testing.TB, sql string, err error) {
	t.Helper()
	var e *pgconn.PgError
	switch {
	case err == nil, errors.As(err, &e) && (e.Code == "22012" || e.Code == "25P02" || e.Code == "42601" || e.Code == "25001"):
	default:
		t.Fatalf("%s: %v", sql, err)
	}
}

func judgeRows(t testing.TB, r *pgconn.Result) {
	t.Helper()
	for _, row := range r.Rows {
		if r.FieldDescriptions[0].Name == "title" && string(row[0]) != string(row[1]) {
			t.Fatalf("pgseal believes %q, the server says %q", row[0], row[1])
		}
	}
}
