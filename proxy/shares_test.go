package proxy_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
)

// eventually is for places that are given back by whoever is just leaving.
func eventually(t *testing.T, what string, try func() error) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// One address does not take every place; at its limit it can still cancel, and what it gives back it gets again.
func TestConnectionsOfAnAddress(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{PerAddress: 2}})
	first := p.connect(t, "postgres")
	_ = p.connect(t, "postgres")
	_, err := pgx.Connect(t.Context(), p.url("postgres"))
	if code(err) != "53300" || !strings.Contains(err.Error(), "connections_per_address") {
		t.Errorf("a third connection: %v", err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	go func() {
		time.Sleep(200 * time.Millisecond)
		_ = first.PgConn().CancelRequest(ctx)
	}()
	if _, err := first.Exec(ctx, "SELECT pg_sleep(15)"); code(err) != "57014" {
		t.Errorf("cancel at the limit: %v", err)
	}
	_ = first.Close(ctx)
	eventually(t, "when one has left", func() error {
		conn, err := pgx.Connect(ctx, p.url("postgres"))
		if err == nil {
			_ = conn.Close(ctx)
		}
		return err
	})
}

// Who says nothing takes a place of his own address, and no more than those.
func TestSilentConnectionsOfAnAddress(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Limits: proxy.Limits{PerAddress: 2, Cancels: 3}})
	for range 5 {
		_ = p.socket(t)
	}
	eventually(t, "the sixth connection is refused", func() error {
		_, err := pgx.Connect(t.Context(), p.url("postgres"))
		if code(err) == "53300" {
			return nil
		}
		return fmt.Errorf("got %v", err)
	})
}

// The places of a role are taken by who has logged in, not by who says that he is the role; whoever authenticates.
func TestSessionsOfARole(t *testing.T) {
	makeRole(t, "crowd", "")
	makeRole(t, "single", "")
	for name, auth := range map[string]proxy.Auth{"passthrough": {}, "relay": relay()} {
		t.Run(name, func(t *testing.T) {
			p := start(t, proxy.Config{PassOthers: true, Auth: auth, Limits: proxy.Limits{PerRole: 2, FailedLogins: -1}})
			connect := func(role, password string) (*pgx.Conn, error) { return pgx.Connect(t.Context(), p.as(role, password)) }
			for range 5 {
				if _, err := connect("crowd", "wrong"); code(err) != "28P01" {
					t.Fatalf("a wrong password: %v", err)
				}
			}
			var conns []*pgx.Conn
			for range 2 {
				conn, err := connect("crowd", "secret")
				if err != nil {
					t.Fatal(err)
				}
				defer conn.Close(t.Context())
				conns = append(conns, conn)
			}
			if _, err := connect("crowd", "secret"); code(err) != "53300" || !strings.Contains(err.Error(), "connections_per_role") {
				t.Errorf("a third session: %v", err)
			}
			other, err := connect("single", "secret")
			if err != nil {
				t.Fatalf("another role: %v", err)
			}
			defer other.Close(t.Context())
			_ = conns[0].Close(t.Context())
			eventually(t, "when one has left", func() error {
				conn, err := connect("crowd", "secret")
				if err == nil {
					_ = conn.Close(t.Context())
				}
				return err
			})
		})
	}
}

// A session has so many prepared statements, however it makes them, and gets room by giving some up.
func TestRoomForStatements(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Prepared = 3 })
	conn := s.connect(t)
	ctx := t.Context()
	for n := range 3 {
		if _, err := conn.Prepare(ctx, fmt.Sprintf("s%d", n), fmt.Sprintf("SELECT title FROM matters WHERE id = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	full := func(what string, err error) {
		t.Helper()
		if code(err) != "53400" || !strings.Contains(err.Error(), "the 3 prepared statements") {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := conn.Prepare(ctx, "s3", "SELECT title FROM matters")
	full("a fourth of a sealed table", err)
	for n := range 5 { // which pgseal need not know
		if _, err = conn.Prepare(ctx, fmt.Sprintf("plain%d", n), "SELECT v FROM plain"); err != nil {
			t.Errorf("one of another table: %v", err)
		}
	}
	_, err = conn.Exec(ctx, "PREPARE s3 AS SELECT title FROM matters")
	full("PREPARE", err)
	_, err = conn.Exec(ctx, "PREPARE s3 AS SELECT title FROM matters", pgx.QueryExecModeExec)
	full("PREPARE by Parse", err)
	if _, err := conn.Exec(ctx, "INSERT INTO matters (id, title) VALUES ($1, $2)", pgx.QueryExecModeExec, 1, "Confidential"); err != nil {
		t.Errorf("the unnamed statement: %v", err)
	}
	if _, err := conn.Exec(ctx, "DEALLOCATE s1"); err != nil {
		t.Fatal(err)
	}
	var title string
	if _, err := conn.Prepare(ctx, "s3", "SELECT title FROM matters WHERE id = $1"); err != nil {
		t.Fatalf("after DEALLOCATE: %v", err)
	}
	if err := conn.QueryRow(ctx, "s3", 1).Scan(&title); err != nil || title != "Confidential" {
		t.Errorf("%q, %v", title, err)
	}
	if _, err := conn.Exec(ctx, "DISCARD ALL"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Prepare(ctx, "s9", "SELECT title FROM matters"); err != nil {
		t.Errorf("after DISCARD ALL: %v", err)
	}
}

// What a session has given up takes no room: not where it was never pgseal's business, not while nothing is protected, not several in one text.
func TestRoomOfStatementsGivenUp(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Prepared = 3 })
	nothing := func(epoch string) *plan.Catalogue {
		c := plan.NewCatalogue(1, nil, nil, nil)
		c.Epoch = epoch
		return c
	}
	s.planner.SetCatalogue(nothing("0"))
	c := s.dial(t)
	for n := range 10 {
		name := fmt.Sprintf("pdo_stmt_%d", n)
		expect(t, "1 2 C I C I", c.answers(t, 2, parse(name, "SELECT 1 WHERE false"), bind(name), execute, endSync, query("DEALLOCATE "+name)))
	}
	full := func(want string) {
		t.Helper()
		expect(t, want, c.answers(t, 1, parse("d", "SELECT title FROM matters"), endSync))
	}
	three := func() {
		t.Helper()
		s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
		for _, name := range []string{"a", "b", "c"} {
			expect(t, "1 I", c.answers(t, 1, parse(name, "SELECT title FROM matters"), endSync))
		}
		full("53400 I")
	}
	for how, giveUp := range map[string][]pgproto3.FrontendMessage{
		"a Query": {query("DISCARD ALL")}, "a Parse": {parse("", "DEALLOCATE ALL"), bind(""), execute, endSync},
	} {
		three()
		s.planner.SetCatalogue(nothing("0"))
		c.answers(t, 1, giveUp...)
		s.planner.SetCatalogue(safeCatalogue(t, s.name, plan.StateSealed, "1"))
		if full("1 I"); t.Failed() {
			t.Fatalf("while nothing is protected, by %s", how)
		}
		expect(t, "C I", c.answers(t, 1, query("DEALLOCATE d")))
	}
	for _, name := range []string{"a", "b", "c"} { // of another epoch than the first
		expect(t, "1 I", c.answers(t, 1, parse(name, "SELECT v FROM plain"), endSync))
	}
	full("53400 I")
	expect(t, "C C C I", c.answers(t, 1, query("DEALLOCATE a; DEALLOCATE b; DEALLOCATE c")))
	for _, name := range []string{"x", "y", "z"} {
		expect(t, "1 I", c.answers(t, 1, parse(name, "SELECT title FROM matters"), endSync))
	}
	full("53400 I")
}

// The same of portals, within a transaction.
func TestRoomForPortals(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Prepared = 3 })
	c := dialWire(t, s.url(s.name))
	c.send(t, query("BEGIN"))
	c.send(t, parse("s", "SELECT title FROM matters"))
	for n := range 3 {
		c.send(t, &pgproto3.Bind{DestinationPortal: fmt.Sprintf("p%d", n), PreparedStatement: "s"})
	}
	expect(t, "C T 1 2 2 2 53400 E", c.answers(t, 2, &pgproto3.Bind{DestinationPortal: "p3", PreparedStatement: "s"}, endSync))
	expect(t, "C I 1 2 C I", c.answers(t, 2, query("ROLLBACK"), parse("", "SELECT title FROM matters"), &pgproto3.Bind{DestinationPortal: "p"}, &pgproto3.Execute{Portal: "p"}, endSync))
}

// The texts of statements and portals have a bound, too. Those that take the place of one another without a Sync do not count twice; those that a portal
// still needs do.
func TestRoomForTexts(t *testing.T) {
	s := startSafe(t, func(c *proxy.Config) { c.Limits.Message = 1 << 20 })
	c := s.dial(t)
	long := "SELECT title /*" + strings.Repeat("x", 700<<10) + "*/ FROM matters "
	for range 20 {
		c.send(t, parse("", long), bind(""))
	}
	expect(t, strings.Repeat("1 2 ", 20)+"C I", c.answers(t, 1, execute, endSync))
	expect(t, "1 I 1 I 1 I 53400 I", c.answers(t, 4, parse("", "SELECT title FROM matters"), endSync, parse("a", long), endSync, parse("b", long), endSync, parse("c", long), endSync))
	expect(t, "53400 I", c.answers(t, 1, query("PREPARE d AS "+long)))
	expect(t, "1 2 C I", c.answers(t, 1, parse("", "SELECT title FROM matters"), bind(""), execute, endSync))
	expect(t, "3 1 I", c.answers(t, 1, closeOf('S', "a"), parse("c", long), endSync))
	expect(t, "C I C T 1 2 1 2 53400 E C I", c.answers(t, 4, query("DEALLOCATE ALL"), query("BEGIN"),
		parse("", long), &pgproto3.Bind{DestinationPortal: "p"}, parse("", long+"y"), &pgproto3.Bind{DestinationPortal: "q"}, parse("", long+"z"), endSync, query("ROLLBACK")))
	expect(t, "1 2 C I", c.answers(t, 1, parse("", long), bind(""), execute, endSync))
}
