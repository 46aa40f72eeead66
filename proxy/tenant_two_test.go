package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"golang.org/x/sync/errgroup"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	pooler "github.com/legatics/pgseal/testenv/bench/program"
)

// twoKeys are the keys of two tenants; others are unknown.
type twoKeys map[string]*switchedKeys

func (k twoKeys) Acquire(ctx context.Context, tenant string) (proxy.Key, error) {
	if key := k[tenant]; key != nil {
		return key.Acquire(ctx, tenant)
	}
	return nil, unknownTenant{tenant}
}

type unknownTenant struct{ name string }

func (e unknownTenant) Error() string       { return "there is no tenant " + e.name }
func (unknownTenant) SQLState() string      { return "KU010" }
func (unknownTenant) Name() string          { return "tenant_unknown" }
func (unknownTenant) Retryable() bool       { return false }
func (e unknownTenant) TenantName() string  { return e.name }
func (e unknownTenant) UserMessage() string { return e.Error() }
func (unknownTenant) UserDetail() string    { return "" }
func (unknownTenant) UserHint() string      { return "" }

// startTwo starts a proxy for the tenants acme and globex, who share a table; each has a row.
func startTwo(t testing.TB, adjust ...func(*proxy.Config)) *safe {
	t.Helper()
	s := &safe{name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}
	cluster.Exec(t, s.name, safeSchema)
	s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
	keys := twoKeys{"acme": newSwitchedKeys(t), "globex": newSwitchedKeys(t)}
	c := proxy.Config{Databases: map[string]*proxy.Database{s.name: {Planner: s.planner, Keys: keys, TenantSetting: "pgseal.tenant"}}}
	for _, f := range adjust {
		f(&c)
	}
	s.running = start(t, c)
	return s
}

// rows gives each tenant a row: acme 1, globex 2.
func (s *safe) rows(t testing.TB) *safe {
	t.Helper()
	conn := s.connect(t)
	for i, tenant := range []string{"acme", "globex"} {
		mustExec(t, conn, fmt.Sprintf("SET pgseal.tenant = '%s'", tenant))
		mustExec(t, conn, "INSERT INTO matters (id, title, note) VALUES ($1, $2, $3)", i+1, "a matter of "+tenant, tenant)
	}
	return s
}

// failsWith wants an error of that code, which names neither value.
func failsWith(t testing.TB, what, code string, err error) {
	t.Helper()
	var e *pgconn.PgError
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("%s: %v, want %s", what, err, code)
		return
	}
	if strings.Contains(fmt.Sprint(*e), "a matter of") {
		t.Errorf("%s: the error tells a value: %+v", what, *e)
	}
}

var queryModes = []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol}

// TestTwoTenantsInOneTable: neither reads what the other has written, in any mode of the protocol.
func TestTwoTenantsInOneTable(t *testing.T) {
	s := startTwo(t).rows(t)
	for _, mode := range queryModes {
		t.Run(mode.String(), func(t *testing.T) {
			conn := s.connect(t)
			read := func(id int) (title string, err error) {
				err = conn.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = $1", mode, id).Scan(&title)
				return title, err
			}
			_, err := read(1)
			failsWith(t, "no tenant", "KU010", err)
			for i, tenant := range []string{"acme", "globex", "acme"} {
				mustExec(t, conn, fmt.Sprintf("SET pgseal.tenant = '%s'", tenant), mode)
				own, other := i%2+1, 2-i%2
				if title, err := read(own); err != nil || title != "a matter of "+tenant {
					t.Errorf("%s: %q, %v", tenant, title, err)
				}
				_, err := read(other)
				failsWith(t, tenant+" reads the other's", "KD001", err)
			}
			mustExec(t, conn, "SET pgseal.tenant = 'initech'", mode)
			_, err = read(1)
			failsWith(t, "a tenant that there is not", "KU010", err)
			mustExec(t, conn, "SET pgseal.tenant = ''", mode)
			_, err = read(1)
			failsWith(t, "an empty name", "KU010", err)
			if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, title) VALUES (9, 'a matter of nobody')", mode); err == nil {
				t.Error("a row of nobody's was stored")
			}
			if _, err := conn.Exec(t.Context(), "SELECT note FROM matters", mode); err != nil {
				t.Errorf("what is not sealed: %v", err)
			}
		})
	}
	if got := fmt.Sprint(s.stored(t, "title")); strings.Contains(got, "a matter of") {
		t.Errorf("stored: %s", got)
	}
}

// TestPortalOverTenants: what a portal was bound with stays sealed for the tenant of the Bind; its rows are opened for the tenant of each Execute.
func TestPortalOverTenants(t *testing.T) {
	s := startTwo(t).rows(t)
	w := s.hijack(t)
	query := func(sql string) string { return w.exchange(t, &pgproto3.Query{String: sql}) }
	query("SET pgseal.tenant = 'acme'")

	// Rows: the first for acme, the next for globex.
	query("BEGIN")
	expect(t, "a matter of acme s SET a matter of globex s T", w.exchange(t, parse("rows", "SELECT title FROM matters ORDER BY id"), &pgproto3.Bind{DestinationPortal: "rows", PreparedStatement: "rows"},
		&pgproto3.Execute{Portal: "rows", MaxRows: 1}, parse("", "SET LOCAL pgseal.tenant = 'globex'"), bind(""), execute, &pgproto3.Execute{Portal: "rows", MaxRows: 1}, &pgproto3.Sync{}))
	query("ROLLBACK")

	// The same, but the second row is read for acme as well.
	query("BEGIN")
	expect(t, "a matter of acme s KD001 E", w.exchange(t, &pgproto3.Bind{DestinationPortal: "rows", PreparedStatement: "rows"},
		&pgproto3.Execute{Portal: "rows", MaxRows: 1}, &pgproto3.Execute{Portal: "rows", MaxRows: 1}, &pgproto3.Sync{}))
	query("ROLLBACK")

	// Seals: bound for acme, executed while the tenant is globex.
	query("BEGIN")
	expect(t, "SET INSERT 0 1 T", w.exchange(t, parse("seals", "INSERT INTO matters (id, title) VALUES (3, 'a matter of acme')"), &pgproto3.Bind{DestinationPortal: "seals", PreparedStatement: "seals"},
		parse("", "SET LOCAL pgseal.tenant = 'globex'"), bind(""), execute, &pgproto3.Execute{Portal: "seals"}, &pgproto3.Sync{}))
	query("COMMIT")
	conn := s.connect(t)
	for tenant, code := range map[string]string{"acme": "", "globex": "KD001"} {
		mustExec(t, conn, fmt.Sprintf("SET pgseal.tenant = '%s'", tenant))
		var title string
		err := conn.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = 3").Scan(&title)
		if code != "" {
			failsWith(t, tenant, code, err)
		} else if err != nil || title != "a matter of acme" {
			t.Errorf("%s: %q, %v", tenant, title, err)
		}
	}
}

// hijacked is a session whose messages the test writes itself.
type hijacked struct{ *pgproto3.Frontend }

func (s *safe) hijack(t testing.TB) hijacked {
	t.Helper()
	c, err := s.raw(t).Hijack()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Conn.Close() })
	_ = c.Conn.SetDeadline(time.Now().Add(time.Minute))
	return hijacked{c.Frontend}
}

// exchange sends messages and reads up to ReadyForQuery. It tells the first values of rows, the tags, the codes of errors, and the status.
func (h hijacked) exchange(t testing.TB, messages ...pgproto3.FrontendMessage) string {
	t.Helper()
	for _, m := range messages {
		h.Send(m)
	}
	if err := h.Flush(); err != nil {
		t.Fatal(err)
	}
	var told []string
	for {
		m, err := h.Receive()
		if err != nil {
			t.Fatal(err)
		}
		switch m := m.(type) {
		case *pgproto3.DataRow:
			told = append(told, string(m.Values[0]))
		case *pgproto3.CommandComplete:
			told = append(told, string(m.CommandTag))
		case *pgproto3.PortalSuspended:
			told = append(told, "s")
		case *pgproto3.ErrorResponse:
			told = append(told, m.Code)
		case *pgproto3.ReadyForQuery:
			return strings.Join(append(told, string(m.TxStatus)), " ")
		}
	}
}

// TestPipelinesOverTenants: each statement of segments that are sent at once is sealed for the tenant that it will be carried out under.
func TestPipelinesOverTenants(t *testing.T) {
	s := startTwo(t)
	conn := s.raw(t)
	p := conn.StartPipeline(t.Context())
	insert := func(id int) {
		p.SendQueryParams("INSERT INTO matters (id, title, note) SELECT $1, $2, current_setting('pgseal.tenant')", [][]byte{fmt.Append(nil, id), []byte("a matter")}, []uint32{20, 25}, nil, nil)
	}
	set := func(sql string) { p.SendQueryParams(sql, nil, nil, nil, nil) }
	set("SET pgseal.tenant = 'acme'")
	insert(1)
	p.SendPipelineSync()
	set("BEGIN")
	insert(2)
	set("SET LOCAL pgseal.tenant = 'globex'")
	insert(3)
	p.SendPipelineSync()
	set("SELECT 1/0") // the transaction fails
	p.SendPipelineSync()
	set("COMMIT")
	insert(4) // for acme, since the COMMIT is a ROLLBACK
	p.SendPipelineSync()
	p.SendQueryParams("SELECT set_config('pgseal.tenant', $1, false)", [][]byte{[]byte("globex")}, nil, nil, nil)
	insert(5)
	set("SELECT 1/0")
	p.SendPipelineSync()
	insert(6) // for acme, since the segment failed
	p.SendPipelineSync()
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	for n := 6; n > 0; {
		result, err := p.GetResults()
		var e *pgconn.PgError
		if err != nil && !(errors.As(err, &e) && e.Code == "22012") {
			t.Fatal(err)
		}
		switch r := result.(type) {
		case *pgconn.ResultReader:
			_, _ = r.Close()
		case *pgconn.PipelineSync:
			n--
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	reader := s.connect(t)
	mustExec(t, reader, "SET pgseal.tenant = 'acme'")
	rows, err := reader.Query(t.Context(), "SELECT id || ' ' || note, title FROM matters ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	var what, title string
	if _, err := pgx.ForEachRow(rows, []any{&what, &title}, func() error { got = append(got, what); return nil }); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != "[1 acme 4 acme 6 acme]" {
		t.Errorf("%v", got)
	}
}

// TestCopyOverTenants: COPY in and out of a table of two tenants.
func TestCopyOverTenants(t *testing.T) {
	s := startTwo(t).rows(t)
	conn := s.connect(t)
	mustExec(t, conn, "SET pgseal.tenant = 'acme'")
	_, err := conn.PgConn().CopyTo(t.Context(), io.Discard, "COPY matters (id, title) TO STDOUT")
	failsWith(t, "COPY TO of both", "KD001", err)
	mustExec(t, conn, "BEGIN")
	mustExec(t, conn, "SET LOCAL pgseal.tenant = 'globex'")
	if _, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader("3\ta matter of globex\n"), "COPY matters (id, title) FROM STDIN"); err != nil {
		t.Fatal(err)
	}
	mustExec(t, conn, "COMMIT")
	var out strings.Builder
	if _, err := conn.PgConn().CopyTo(t.Context(), &out, "COPY (SELECT id, title FROM matters WHERE id = 1) TO STDOUT"); err != nil || out.String() != "1\ta matter of acme\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	_, err = conn.PgConn().CopyTo(t.Context(), io.Discard, "COPY (SELECT id, title FROM matters WHERE id = 3) TO STDOUT")
	failsWith(t, "COPY TO of the other's", "KD001", err)
	mustExec(t, conn, "RESET pgseal.tenant")
	_, err = conn.PgConn().CopyFrom(t.Context(), strings.NewReader("4\ta matter of nobody\n"), "COPY matters (id, title) FROM STDIN")
	failsWith(t, "COPY FROM of nobody's", "KU010", err)
	_, err = conn.PgConn().CopyTo(t.Context(), io.Discard, "COPY matters (id, title) TO STDOUT")
	failsWith(t, "COPY TO of nobody's", "KU010", err)
	if n := len(s.stored(t, "title")); n != 3 {
		t.Errorf("%d rows", n)
	}
}

// TestCursorsOverTenants: rows of a cursor are opened for the tenant of each FETCH, what EXECUTE seals is the tenant's of the EXECUTE.
func TestCursorsOverTenants(t *testing.T) {
	s := startTwo(t).rows(t)
	w := s.hijack(t)
	query := func(want, sql string) {
		t.Helper()
		expect(t, want, w.exchange(t, &pgproto3.Query{String: sql}))
	}
	query("SET I", "SET pgseal.tenant = 'acme'")
	query("BEGIN DECLARE CURSOR T", "BEGIN; DECLARE c CURSOR FOR SELECT title FROM matters ORDER BY id")
	query("a matter of acme FETCH 1 T", "FETCH c")
	query("SET T", "SET LOCAL pgseal.tenant = 'globex'")
	query("a matter of globex FETCH 1 T", "FETCH c")
	query("ROLLBACK I", "ROLLBACK")
	query("BEGIN DECLARE CURSOR SET T", "BEGIN; DECLARE c CURSOR FOR SELECT title FROM matters ORDER BY id; SET LOCAL pgseal.tenant = 'globex'")
	query("KD001 E", "FETCH c")
	query("ROLLBACK I", "ROLLBACK")
	query("PREPARE I", "PREPARE p AS INSERT INTO matters (id, title) VALUES ($1, $2)")
	query("BEGIN SET T", "BEGIN; SET LOCAL pgseal.tenant = 'globex'")
	query("INSERT 0 1 T", "EXECUTE p (3, 'a matter of globex')")
	query("COMMIT I", "COMMIT")
	query("KD001 I", "SELECT title FROM matters WHERE id = 3")
	query("SET I", "SET pgseal.tenant = 'globex'")
	query("a matter of globex SELECT 1 I", "SELECT title FROM matters WHERE id = 3")
	query("SET I", "SET pgseal.tenant = ''")
	query("KU010 I", "EXECUTE p (4, 'a matter of nobody')")
}

// TestOneQueryForTwoTenants is refused before anything of it is sent.
func TestOneQueryForTwoTenants(t *testing.T) {
	s := startTwo(t).rows(t)
	conn := s.connect(t)
	mustExec(t, conn, "SET pgseal.tenant = 'acme'")
	for sql, code := range map[string]string{
		"SELECT title FROM matters WHERE id = 1; SET pgseal.tenant = 'globex'; SELECT title FROM matters WHERE id = 2":                            "KP001",
		"INSERT INTO matters (id, title) VALUES (7, 'a matter of acme'); SET pgseal.tenant = ''; UPDATE matters SET title = 'a matter of nobody'": "KU010",
		"WITH x AS (SELECT set_config('pgseal.tenant', 'globex', false) AS t) INSERT INTO matters (id, title) SELECT 7, 'a matter' FROM x":        "KU010",
	} {
		_, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
		failsWith(t, sql, code, err)
	}
	results, err := conn.PgConn().Exec(t.Context(), "SELECT title FROM matters WHERE id = 1; SET pgseal.tenant = 'globex'; SELECT 1").ReadAll()
	if err != nil || string(results[0].Rows[0][0]) != "a matter of acme" {
		t.Errorf("one tenant's alone: %v", err)
	}
	if n := len(s.stored(t, "title")); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// TestPooledTenants: in transaction mode a pooler deals the transactions of many clients to one session. SET LOCAL works there; what a client has SET would be the next
// one's.
func TestPooledTenants(t *testing.T) {
	s := startTwo(t).rows(t)
	shared := s.raw(t)
	do := func(sql string) (string, error) {
		results, err := shared.Exec(t.Context(), sql).ReadAll()
		if err != nil || len(results) == 0 || len(results[len(results)-1].Rows) == 0 {
			return "", err
		}
		return string(results[len(results)-1].Rows[0][0]), nil
	}
	for i := range 20 {
		id, tenant := i%2+1, []string{"acme", "globex"}[i%2]
		_, err := do(fmt.Sprintf("SELECT title FROM matters WHERE id = %d", id))
		failsWith(t, "outside of a transaction of its own", "KU010", err)
		if _, err := do("BEGIN; SET LOCAL pgseal.tenant = '" + tenant + "'"); err != nil {
			t.Fatal(err)
		}
		if got, err := do(fmt.Sprintf("SELECT title FROM matters WHERE id = %d", id)); err != nil || got != "a matter of "+tenant {
			t.Fatalf("%s: %q, %v", tenant, got, err)
		}
		if i%3 == 0 {
			_, err := do(fmt.Sprintf("SELECT title FROM matters WHERE id = %d", 3-id))
			failsWith(t, "the other's", "KD001", err)
		}
		if _, err := do([]string{"COMMIT", "ROLLBACK"}[i/2%2]); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRolesOfTenants: a role that is limited to some tenants cannot tell of others whether they exist.
func TestRolesOfTenants(t *testing.T) {
	s := startTwo(t, func(c *proxy.Config) {
		for _, db := range c.Databases {
			db.MayUse = func(role, tenant string) bool { return role == "postgres" && tenant == "acme" }
		}
	})
	conn := s.connect(t)
	mustExec(t, conn, "SET pgseal.tenant = 'acme'")
	mustExec(t, conn, "INSERT INTO matters (id, title) VALUES (1, 'a matter of acme')")
	said := make(map[string]string)
	for _, tenant := range []string{"globex", "nobody"} {
		mustExec(t, conn, fmt.Sprintf("SET pgseal.tenant = '%s'", tenant))
		_, err := conn.Exec(t.Context(), "SELECT title FROM matters")
		failsWith(t, tenant, "KU010", err)
		said[tenant] = strings.ReplaceAll(fmt.Sprintf("%+v", err), tenant, "X")
		var e *pgconn.PgError
		if errors.As(err, &e) {
			said[tenant] = strings.ReplaceAll(strings.Join([]string{e.Message, e.Detail, e.Hint, e.ConstraintName}, "|"), tenant, "X")
		}
	}
	if said["globex"] != said["nobody"] {
		t.Errorf("of a tenant that exists: %s\nof one that does not: %s", said["globex"], said["nobody"])
	}
}

// TestTenantsThroughPgBouncer is TestPooledTenants with a pooler that clients really use: two of them at a time share one session.
func TestTenantsThroughPgBouncer(t *testing.T) {
	s := startTwo(t).rows(t)
	makeRole(t, "believed", "")
	cluster.Exec(t, s.name, "GRANT ALL ON ALL TABLES IN SCHEMA public TO believed")
	host, port, _ := net.SplitHostPort(s.listener.Addr().String())
	bouncer, err := pooler.StartPgBouncer(s.listener.Addr().String(), "transaction", "default_pool_size = 1", "auth_type = any",
		"[databases]", fmt.Sprintf("* = host=%s port=%s user=believed", host, port))
	if err != nil && errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there is no PgBouncer on this machine, which .ci/prerequisites bench installs: %v", err)
	} else if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bouncer.Stop(5 * time.Second) }()
	url := strings.Replace(s.url(s.name), s.listener.Addr().String(), bouncer.Address(), 1)
	var clients errgroup.Group
	for i, tenant := range []string{"acme", "globex"} {
		clients.Go(func() error {
			conn, err := pgx.Connect(t.Context(), url+"&default_query_exec_mode=exec")
			if err != nil {
				return err
			}
			defer func() { _ = conn.Close(context.Background()) }()
			for range 50 {
				if err := pooledTransaction(t.Context(), conn, tenant, i+1); err != nil {
					return fmt.Errorf("%s: %w", tenant, err)
				}
			}
			return nil
		})
	}
	if err := clients.Wait(); err != nil {
		t.Error(err)
	}
}

// pooledTransaction reads a tenant's own row and tries the other's. A statement outside of the transaction has no tenant, whatever the others do.
func pooledTransaction(ctx context.Context, conn *pgx.Conn, tenant string, id int) error {
	var title string
	if err := conn.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", id).Scan(&title); !hasCode(err, "KU010") {
		return fmt.Errorf("outside of a transaction: %q, %w", title, err)
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, "SELECT set_config('pgseal.tenant', $1, true)", tenant); err != nil {
		return err
	}
	if err := tx.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", id).Scan(&title); err != nil || title != "a matter of "+tenant {
		return fmt.Errorf("%q, %w", title, err)
	}
	if err := tx.QueryRow(ctx, "SELECT title FROM matters WHERE id = $1", 3-id).Scan(&title); !hasCode(err, "KD001") {
		return fmt.Errorf("the other's: %q, %w", title, err)
	}
	return nil
}

func hasCode(err error, code string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == code
}
