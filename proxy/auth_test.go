package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/scram"
	"github.com/legatics/pgseal/testenv/certs"
)

// catalogue finds verifiers as the shipped program does, with a new connection each time.
type catalogue struct{ asked atomic.Int32 }

func (c *catalogue) Verifier(ctx context.Context, role string) (v scram.Verifier, err error) {
	c.asked.Add(1)
	conn, err := pgx.Connect(ctx, cluster.SocketURL("postgres"))
	if err != nil {
		return v, err
	}
	defer conn.Close(ctx)
	var text string
	err = conn.QueryRow(ctx, "SELECT rolpassword FROM pg_authid WHERE rolname = $1 AND (rolvaliduntil IS NULL OR rolvaliduntil > now())", role).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		return v, proxy.ErrNoVerifier
	}
	if err != nil {
		return v, err
	}
	return scram.ParseVerifier(text)
}

func relay() proxy.Auth {
	return proxy.Auth{Mode: proxy.AuthRelay, Verifiers: &catalogue{}, Salt: saltOf}
}

func saltOf(role string) []byte { return []byte(("salt of " + role + "                ")[:16]) }

// makeRole makes a role that logs in with the password "secret".
func makeRole(t testing.TB, name, more string) {
	t.Helper()
	cluster.Exec(t, "postgres", fmt.Sprintf("DROP ROLE IF EXISTS %s; CREATE ROLE %s LOGIN PASSWORD 'secret' %s", name, name, more))
}

// as is the URL through the proxy for a role and password.
func (r *running) as(role, password string) string {
	return strings.Replace(r.urlOf(cluster.URL("postgres", "nobody")), "nobody@", role+":"+password+"@", 1)
}

// Which clients get in with which of them: the legs in the clear and with TLS, channel binding as the client likes.
func TestRelay(t *testing.T) {
	makeRole(t, "relayed", "")
	for _, up := range []proxy.UpstreamTLSMode{proxy.UpstreamTLSDisable, proxy.UpstreamTLSVerifyFull} {
		p := start(t, proxy.Config{PassOthers: true, Auth: relay(), ClientTLS: clientTLS(t, proxy.ClientTLSAllow), Dial: upstream(t, up).Dial})
		for settings, ok := range map[string]bool{
			"sslmode=disable":                         true,
			"sslmode=disable&channel_binding=require": false,
			"sslmode=require":                         true,
			"sslmode=require&channel_binding=disable": true,
			"sslmode=require&channel_binding=require": true,
		} {
			p.settings = settings
			for name, try := range map[string]func(context.Context, string) error{"pgx": tryPgx, "pq": tryPq, "psql": tryPsql} {
				if name == "pq" && strings.Contains(settings, "channel_binding") {
					continue // knows none
				}
				if err := try(t.Context(), p.as("relayed", "secret")); (err == nil) != ok {
					t.Errorf("upstream %s, %s with %s: %v", up, name, settings, err)
				}
				if err := try(t.Context(), p.as("relayed", "wrong")); err == nil {
					t.Errorf("upstream %s, %s with %s: let in with a wrong password", up, name, settings)
				}
			}
		}
		p.settings = "sslmode=require"
		conn, err := pgx.Connect(t.Context(), p.as("relayed", "secret"))
		if err != nil {
			t.Fatal(err)
		}
		var role string
		if err := conn.QueryRow(t.Context(), "SELECT session_user").Scan(&role); err != nil || role != "relayed" {
			t.Errorf("%s, %v", role, err)
		}
		_ = conn.Close(t.Context())
	}
}

// The whole of what works in the clear works with a log-in of the proxy's own.
func TestPassThroughRelayed(t *testing.T) {
	db := cluster.NewDatabase(t)
	cluster.Exec(t, db, "CREATE TABLE t (id int PRIMARY KEY, v text)")
	p := start(t, proxy.Config{PassOthers: true, Auth: relay(), ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial})
	p.settings = "sslmode=require&channel_binding=require"
	testPassThrough(t, p, db)
}

// Who does not exist, whose password is wrong and whose is no longer valid read the same, which is what the server itself says.
func TestRelayRefusals(t *testing.T) {
	makeRole(t, "relayed", "")
	makeRole(t, "expired", "VALID UNTIL '2020-01-01'")
	makeRole(t, "jailed", "; ALTER ROLE jailed NOLOGIN")
	p := start(t, proxy.Config{PassOthers: true, Auth: relay()})
	for role, password := range map[string]string{"relayed": "wrong", "expired": "secret", "nobody_at_all": "secret", "jailed": "secret"} {
		direct := strings.Replace(p.as(role, password), p.listener.Addr().String(), cluster.Address(), 1)
		_, want := pgx.Connect(t.Context(), direct)
		_, err := pgx.Connect(t.Context(), p.as(role, password))
		if after(err) == "" || after(err) != after(want) {
			t.Errorf("%s: %v; the server says %v", role, err, want)
		}
	}
	t.Run("salt", func(t *testing.T) {
		seen := map[string]string{}
		for _, role := range []string{"relayed", "nobody_at_all", "somebody_else", "relayed", "nobody_at_all"} {
			challenge := challengeOf(t, p.socket(t), role)
			if before, again := seen[role]; again && before != challenge {
				t.Errorf("%s: %s, before %s", role, challenge, before)
			}
			seen[role] = challenge
		}
		if seen["nobody_at_all"] == seen["somebody_else"] || len(seen["relayed"]) != len(seen["nobody_at_all"]) {
			t.Error(seen)
		}
	})
	t.Run("database", func(t *testing.T) { // a name is told to nobody who has not logged in
		p := start(t, proxy.Config{Auth: relay()})
		if _, err := pgx.Connect(t.Context(), p.as("relayed", "wrong")); code(err) != "28P01" {
			t.Error(err)
		}
		if _, err := pgx.Connect(t.Context(), p.as("relayed", "secret")); code(err) != "3D000" {
			t.Error(err)
		}
	})
	t.Run("no verifiers", func(t *testing.T) {
		p := start(t, proxy.Config{PassOthers: true, Auth: proxy.Auth{Mode: proxy.AuthRelay, Verifiers: unreachable{}, Salt: saltOf}})
		if _, err := pgx.Connect(t.Context(), p.as("relayed", "secret")); code(err) != "08006" {
			t.Error(err)
		}
	})
}

type unreachable struct{}

func (unreachable) Verifier(context.Context, string) (scram.Verifier, error) {
	return scram.Verifier{}, errors.New("out of reach")
}

// after is what the server said of a connection that failed.
func after(err error) string {
	if err == nil {
		return ""
	}
	_, said, _ := strings.Cut(err.Error(), "(127.0.0.1): ")
	return said
}

// challengeOf is the salt and the iterations that a role is asked for.
func challengeOf(t *testing.T, c net.Conn, role string) string {
	t.Helper()
	write(t, c, startup(3<<16, role))
	if typ, _, err := readMessage(c); typ != 'R' {
		t.Fatal(err)
	}
	m, _ := (&pgproto3.SASLInitialResponse{AuthMechanism: scram.SHA256, Data: []byte("n,,n=,r=abc")}).Encode(nil)
	write(t, c, m)
	_, body, err := readMessage(c)
	if err != nil {
		t.Fatal(err)
	}
	_, challenge, _ := strings.Cut(string(body), ",")
	return challenge
}

// What the server asks for that the client's key cannot give, and what it lets pass.
func TestRelayAndOtherDemands(t *testing.T) {
	for role, want := range map[string]string{"believed": "", "cleartext": "28000", "hashed": ""} {
		makeRole(t, role, "")
		p := start(t, proxy.Config{PassOthers: true, Auth: relay()})
		conn, err := pgx.Connect(t.Context(), p.as(role, "secret"))
		if code(err) != want {
			t.Errorf("%s: %v, want %q", role, err, want)
		}
		if conn != nil {
			_ = conn.Close(t.Context())
		}
	}
}

// A server that does not prove that it knows the verifier is not believed, and the proxy does not answer what would give a secret away.
func TestServersThatLie(t *testing.T) {
	makeRole(t, "relayed", "")
	verifier, err := (&catalogue{}).Verifier(t.Context(), "relayed")
	if err != nil {
		t.Fatal(err)
	}
	say := func(c net.Conn, m pgproto3.BackendMessage) {
		out, _ := m.Encode(nil)
		_, _ = c.Write(out)
	}
	for name, play := range map[string]func(net.Conn){
		"OK in the middle": func(c net.Conn) {
			say(c, &pgproto3.AuthenticationSASL{AuthMechanisms: []string{scram.SHA256}})
			_, _, _ = readMessage(c)
			say(c, &pgproto3.AuthenticationOk{})
		},
		"another nonce": func(c net.Conn) {
			say(c, &pgproto3.AuthenticationSASL{AuthMechanisms: []string{scram.SHA256}})
			_, _, _ = readMessage(c)
			say(c, &pgproto3.AuthenticationSASLContinue{Data: []byte("r=x,s=AAAA,i=1")})
		},
		"wrong signature": func(c net.Conn) {
			say(c, &pgproto3.AuthenticationSASL{AuthMechanisms: []string{scram.SHA256}})
			_, first, _ := readMessage(c)
			challenge, err := scram.NewServer(verifier, nil).First(scram.SHA256, first[len(scram.SHA256)+5:])
			if err != nil {
				return
			}
			say(c, &pgproto3.AuthenticationSASLContinue{Data: challenge})
			_, _, _ = readMessage(c)
			say(c, &pgproto3.AuthenticationSASLFinal{Data: []byte("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")})
			say(c, &pgproto3.AuthenticationOk{})
		},
		"final without a beginning": func(c net.Conn) { say(c, &pgproto3.AuthenticationSASLFinal{Data: []byte("v=")}) },
		"a row":                     func(c net.Conn) { say(c, &pgproto3.DataRow{}) },
		"a huge message":            func(c net.Conn) { _, _ = c.Write([]byte("R\x7f\xff\xff\xff")) },
		"nothing":                   func(net.Conn) {},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, proxy.Config{PassOthers: true, Auth: relay(), Dial: played(func(c net.Conn) {
				if _, err := readPacket(c); err == nil {
					play(c)
				}
			})})
			if _, err := pgx.Connect(t.Context(), p.as("relayed", "secret")); code(err) != "28000" {
				t.Error(err)
			}
		})
	}
	t.Run("its own refusal reaches the client", func(t *testing.T) {
		p := start(t, proxy.Config{PassOthers: true, Auth: relay(), Dial: played(func(c net.Conn) {
			_, _ = readPacket(c)
			say(c, &pgproto3.ErrorResponse{Severity: "FATAL", Code: "53300", Message: "full"})
		})})
		if _, err := pgx.Connect(t.Context(), p.as("relayed", "secret")); code(err) != "53300" {
			t.Error(err)
		}
	})
	t.Run("silence, and the proxy is stopped", func(t *testing.T) {
		reached := make(chan struct{})
		p := start(t, proxy.Config{PassOthers: true, Auth: relay(), Dial: played(func(c net.Conn) {
			_, _ = readPacket(c)
			close(reached)
			_, _ = c.Read(make([]byte, 1))
		})})
		ended := make(chan error, 1)
		go func() {
			_, err := pgx.Connect(t.Context(), p.as("relayed", "secret"))
			ended <- err
		}()
		<-reached
		ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		began := time.Now()
		if err := p.Drain(ctx, p.listener); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 20*time.Second {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
		<-ended
	})
}

// What a hostile client says in place of a proof.
func TestHostileProofs(t *testing.T) {
	p := start(t, proxy.Config{PassOthers: true, Auth: relay(), Limits: proxy.Limits{LoginTimeout: 500 * time.Millisecond}})
	frame := func(typ byte, body string) []byte {
		return append(append([]byte{typ}, binary32(uint32(len(body)+4))...), body...)
	}
	for name, c := range map[string]struct {
		sent []byte
		code string
	}{
		"a query":             {frame('Q', "SELECT 1\x00"), "08P01"},
		"nothing in it":       {frame('p', ""), "08P01"},
		"length beyond":       {frame('p', scram.SHA256+"\x00\x00\x00\x01\x00n,,"), "08P01"},
		"length negative":     {frame('p', scram.SHA256+"\x00\xff\xff\xff\xfe"), "08P01"},
		"another mechanism":   {frame('p', "PLAIN\x00\x00\x00\x00\x00"), "08P01"},
		"binding without TLS": {frame('p', scram.SHA256Plus+"\x00\x00\x00\x00\x03p=x"), "08P01"},
		"too long":            {[]byte("p\x00\x10\x00\x00"), "08P01"}, // refused before it comes
		"impossible length":   {[]byte("p\xff\xff\xff\xff"), "08P01"},
		"identity":            {frame('p', scram.SHA256+"\x00\x00\x00\x00\x06n,a=x,"), "0A000"},
	} {
		t.Run(name, func(t *testing.T) {
			conn := p.socket(t)
			write(t, conn, startup(3<<16, "postgres"))
			if typ, body, err := readMessage(conn); typ != 'R' || !strings.Contains(string(body), scram.SHA256) || strings.Contains(string(body), scram.SHA256Plus) {
				t.Fatalf("%q %q %v", typ, body, err)
			}
			write(t, conn, c.sent)
			wantFatal(t, conn, c.code)
		})
	}
	t.Run("silence", func(t *testing.T) {
		conn := p.socket(t)
		write(t, conn, startup(3<<16, "postgres"))
		_, _, _ = readMessage(conn)
		began := time.Now()
		wantFatal(t, conn, "08P01")
		if time.Since(began) > 20*time.Second {
			t.Error(time.Since(began))
		}
	})
}

// Certificates and verifiers of the proxy's own let in, as roles that the server need not know; the server sees one account.
func TestTerminate(t *testing.T) {
	makeRole(t, "account", "")
	makeRole(t, "cleartext", "")
	users := users{"ann": newVerifier(t, "anns")}
	rules := []proxy.CertificateRule{{CommonName: "app", Role: "ann"}, {Name: "spiffe://test/bob", Role: "bob"}, {Name: "db.test", Role: "bob"}}
	auth := proxy.Auth{Mode: proxy.AuthTerminate, Verifiers: users, Salt: saltOf, Certificates: rules, Upstream: proxy.Account{User: "account", Password: "secret"}}
	var tenants []string
	database := &proxy.Database{Tenant: tenantFunc(func(user, database string) string { tenants = append(tenants, user+"@"+database); return "" })}
	p := start(t, proxy.Config{Databases: map[string]*proxy.Database{"postgres": database}, PassOthers: true, Auth: auth,
		ClientTLS: clientTLS(t, proxy.ClientTLSAllow), Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial})
	app, bob, stranger := issue(t, authority, "app"), issue(t, authority, "x", "spiffe://test/bob"), issue(t, authority, "x")
	with := func(c issued) string { return "sslmode=require&sslcert=" + c.certificate + "&sslkey=" + c.key }
	for _, c := range []struct {
		name, settings, role, password, code string
	}{
		{"common name", with(app), "ann", "", ""},
		{"alternative name", with(bob), "bob", "", ""},
		{"another's role", with(app), "bob", "", "28P01"},
		{"an unknown certificate", with(stranger), "ann", "", "28P01"},
		{"an unknown certificate, and a password", with(stranger), "ann", "anns", ""},
		{"a password", "sslmode=disable", "ann", "anns", ""},
		{"a password with channel binding", "sslmode=require&channel_binding=require", "ann", "anns", ""},
		{"a wrong password", "sslmode=disable", "ann", "secret", "28P01"},
		{"the account's own", "sslmode=disable", "account", "secret", "28P01"},
		{"no certificate", "sslmode=require", "bob", "x", "28P01"},
	} {
		p.settings = c.settings
		conn, err := pgx.Connect(t.Context(), p.as(c.role, c.password))
		if code(err) != c.code {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
		if err != nil {
			continue
		}
		var user string
		if err := conn.QueryRow(t.Context(), "SELECT session_user").Scan(&user); err != nil || user != "account" || tenants[len(tenants)-1] != c.role+"@postgres" {
			t.Errorf("%s: %s, %v, %v", c.name, user, tenants, err)
		}
		_ = conn.Close(t.Context())
	}
	t.Run("the database of who names none", func(t *testing.T) {
		conn := p.socket(t)
		body := append(binary32(3<<16), "user\x00ann\x00database\x00\x00\x00"...)
		write(t, conn, append(binary32(uint32(len(body)+4)), body...))
		if typ, body, err := readMessage(conn); typ != 'R' {
			t.Fatalf("%q %q %v", typ, body, err)
		}
		if raw := proxy.ServerStartup(append(binary32(uint32(len(body)+4)), body...), "account"); string(raw[8:]) != "user\x00account\x00database\x00ann\x00\x00" {
			t.Errorf("%q", raw)
		}
	})
	t.Run("certificates alone", func(t *testing.T) {
		only := auth
		only.Verifiers = nil
		p := start(t, proxy.Config{PassOthers: true, Auth: only, ClientTLS: clientTLS(t, proxy.ClientTLSVerify)})
		p.settings = with(app)
		if err := tryPgx(t.Context(), p.as("ann", "")); err != nil {
			t.Error(err)
		}
		if _, err := pgx.Connect(t.Context(), p.as("bob", "anns")); code(err) != "28000" || !strings.Contains(err.Error(), "certificate authentication failed") {
			t.Error(err)
		}
	})
	t.Run("a password in the clear on this machine", func(t *testing.T) {
		clear := auth
		clear.Upstream.User = "cleartext"
		p := start(t, proxy.Config{PassOthers: true, Auth: clear})
		if err := tryPgx(t.Context(), p.as("ann", "anns")); err != nil {
			t.Error(err)
		}
	})
	t.Run("the server refuses the account", func(t *testing.T) {
		wrong := auth
		wrong.Upstream.Password = "wrong"
		p := start(t, proxy.Config{PassOthers: true, Auth: wrong})
		if _, err := pgx.Connect(t.Context(), p.as("ann", "anns")); code(err) != "28000" || strings.Contains(err.Error(), `"account"`) {
			t.Error(err)
		}
	})
	t.Run("a certificate upstream, as the client's own role", func(t *testing.T) {
		makeRole(t, "certified", "")
		own := issue(t, authority, "certified")
		files := load(t, proxy.CertificateFiles{Certificate: own.certificate, Key: own.key, CA: caFile(t, authority)})
		certified := proxy.Auth{Mode: proxy.AuthTerminate, Verifiers: Users(t, "certified"), Salt: saltOf}
		p := start(t, proxy.Config{PassOthers: true, Auth: certified, Dial: upstream(t, proxy.UpstreamTLSVerifyFull, func(u *proxy.Upstream) { u.Certificates = files }).Dial})
		if err := tryPgx(t.Context(), p.as("certified", "certified")); err != nil {
			t.Error(err)
		}
	})
	t.Run("secrets do not print", func(t *testing.T) {
		if s := fmt.Sprintf("%v %+v %#v %s %q %x", auth, auth, auth, auth.Upstream.Password, auth.Upstream.Password, auth.Upstream.Password); strings.Contains(s, "secret") || strings.Contains(s, fmt.Sprintf("%x", "secret")) {
			t.Error(s)
		}
	})
}

type tenantFunc func(user, database string) string

func (f tenantFunc) Tenant(user, database string) string { return f(user, database) }

// users are verifiers in memory.
type users map[string]scram.Verifier

func (u users) Verifier(_ context.Context, role string) (scram.Verifier, error) {
	v, ok := u[role]
	if !ok {
		return v, proxy.ErrNoVerifier
	}
	return v, nil
}

// Users are those whose password is their name.
func Users(t testing.TB, names ...string) users {
	u := users{}
	for _, n := range names {
		u[n] = newVerifier(t, n)
	}
	return u
}

func newVerifier(t testing.TB, password string) scram.Verifier {
	t.Helper()
	v, err := scram.NewVerifier(password, []byte("some salt, 16 by"), 4096)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Who fails too often from one address has to wait, whoever authenticates; from another address nobody has to.
func TestFailedLogins(t *testing.T) {
	makeRole(t, "relayed", "")
	here := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	for _, auth := range []proxy.Auth{{}, relay()} {
		p := start(t, proxy.Config{PassOthers: true, Auth: auth, Limits: proxy.Limits{FailedLogins: 3}})
		for range 3 {
			if _, err := pgx.Connect(t.Context(), p.as("relayed", "wrong")); code(err) != "28P01" {
				t.Fatalf("%q: %v", auth.Mode, err)
			}
		}
		if _, err := pgx.Connect(t.Context(), p.as("relayed", "secret")); code(err) != "28000" || !strings.Contains(err.Error(), "too many log-ins") {
			t.Errorf("%q: %v", auth.Mode, err)
		}
	}
	p := start(t, proxy.Config{PassOthers: true, Auth: proxy.Auth{Mode: proxy.AuthTerminate}, Balancers: here, Limits: proxy.Limits{FailedLogins: 1}})
	from := func(last byte) net.Conn {
		c := p.socket(t)
		write(t, c, append(header(1, 0x11, 192, 0, 2, last, 127, 0, 0, 1, 0, 1, 0, 2), startup(3<<16, "x")...))
		return c
	}
	for _, c := range []struct {
		last byte
		says string
	}{{1, "certificate"}, {1, "too many"}, {2, "certificate"}} {
		_, body, err := readMessage(from(c.last))
		if err != nil || !strings.Contains(string(body), c.says) {
			t.Errorf("%q, %v; want %s", body, err, c.says)
		}
	}
}

// The server's offers, and its demand of a password, as they reach clients whose leg is what it is.
func TestPassedOn(t *testing.T) {
	makeRole(t, "cleartext", "")
	makeRole(t, "relayed", "")
	here := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	remote := header(1, 0x11, 192, 0, 2, 7, 127, 0, 0, 1, 0, 1, 0, 2)
	offers := func(mechanisms ...string) func(context.Context) (net.Conn, error) {
		return played(func(c net.Conn) {
			_, _ = readPacket(c)
			out, _ := (&pgproto3.AuthenticationSASL{AuthMechanisms: mechanisms}).Encode(nil)
			_, _ = c.Write(out)
			_, _ = c.Read(make([]byte, 1))
		})
	}
	t.Run("password in the clear", func(t *testing.T) {
		for _, c := range []struct {
			header  []byte
			allowed bool
			want    string
		}{{nil, false, "R3"}, {remote, false, "FATAL 28000"}, {remote, true, "R3"}} {
			config := proxy.Config{PassOthers: true, Auth: proxy.Auth{Cleartext: c.allowed}}
			if c.header != nil {
				config.Balancers = here
			}
			if got := answerTo(t, start(t, config).socket(t), append(c.header, startup(3<<16, "cleartext")...)); got != c.want {
				t.Errorf("%+v: %s", c, got)
			}
		}
		p := start(t, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSRequire)})
		p.settings = "sslmode=require"
		if err := tryPgx(t.Context(), p.as("cleartext", "secret")); err != nil {
			t.Error(err)
		}
	})
	t.Run("offers", func(t *testing.T) {
		for _, c := range []struct {
			offered []string
			remote  bool
			want    string
		}{
			{[]string{scram.SHA256Plus, scram.SHA256}, false, "R10 SCRAM-SHA-256"},
			{[]string{scram.SHA256, "OAUTHBEARER"}, false, "R10 SCRAM-SHA-256 OAUTHBEARER"},
			{[]string{scram.SHA256, "OAUTHBEARER"}, true, "R10 SCRAM-SHA-256"},
			{[]string{"OAUTHBEARER"}, true, "FATAL 28000 clear"},
			{[]string{scram.SHA256Plus}, false, "FATAL 28000 channel binding"},
		} {
			config := proxy.Config{PassOthers: true, Dial: offers(c.offered...)}
			packet := startup(3<<16, "u")
			if c.remote {
				config.Balancers, packet = here, append(remote, packet...)
			}
			conn := start(t, config).socket(t)
			write(t, conn, packet)
			typ, body, err := readMessage(conn)
			want := strings.Split(c.want, " ")
			for _, part := range want[1:] {
				if !strings.Contains(string(body), part) {
					t.Errorf("%q: %q %q, %v; want %s", c.offered, typ, body, err, c.want)
				}
			}
			if typ == 'R' && string(body[4:]) != strings.Join(want[1:], "\x00")+"\x00\x00" {
				t.Errorf("%q: %q; want %s", c.offered, body, c.want)
			}
		}
	})
	t.Run("TLS upstream, none for the client", func(t *testing.T) {
		p := start(t, proxy.Config{PassOthers: true, Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial})
		for _, try := range []func(context.Context, string) error{tryPgx, tryPsql, tryPq} {
			if err := try(t.Context(), p.as("relayed", "secret")); err != nil {
				t.Error(err)
			}
		}
	})
	t.Run("TLS on both", func(t *testing.T) {
		folder := t.TempDir()
		same := load(t, proxy.CertificateFiles{Certificate: certs.Write(t, folder, "c", serverPair.Certificate), Key: certs.Write(t, folder, "k", serverPair.Key)})
		for _, c := range []struct {
			tls      proxy.ClientTLS
			settings string
			ok       bool
		}{
			{clientTLS(t, proxy.ClientTLSRequire), "sslmode=require&channel_binding=disable", true},
			{clientTLS(t, proxy.ClientTLSRequire), "sslmode=require", false},
			{proxy.ClientTLS{Mode: proxy.ClientTLSRequire, Certificates: same}, "sslmode=require&channel_binding=require", true},
		} {
			p := start(t, proxy.Config{PassOthers: true, ClientTLS: c.tls, Dial: upstream(t, proxy.UpstreamTLSVerifyFull).Dial})
			p.settings = c.settings
			for _, try := range []func(context.Context, string) error{tryPgx, tryPsql} {
				err := try(t.Context(), p.as("relayed", "secret"))
				if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), "certificate that is not the server's") {
					t.Errorf("%s: %v", c.settings, err)
				}
			}
		}
	})
}

// Log-ins over a Unix socket, from the client and to the server.
func TestUnixSockets(t *testing.T) {
	makeRole(t, "relayed", "")
	path := filepath.Join(t.TempDir(), ".s.PGSQL.7000")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	u := &proxy.Upstream{Network: "unix", Address: filepath.Join(cluster.SocketDir(), fmt.Sprintf(".s.PGSQL.%d", cluster.Port())),
		TLS: proxy.UpstreamTLSDisable, Timeout: 10 * time.Second}
	p := startOn(t, l, proxy.Config{PassOthers: true, Auth: relay(), ClientTLS: clientTLS(t, proxy.ClientTLSRequire), Dial: u.Dial})
	if err := tryPsql(t.Context(), "host="+filepath.Dir(path)+" port=7000 dbname=postgres user=relayed password=secret"); err != nil {
		t.Error(err)
	}
	c := p.socket(t)
	write(t, c, asked(askTLS))
	wantByte(t, c, 'N')
	path = filepath.Join(t.TempDir(), "socket")
	if l, err = net.Listen("unix", path); err != nil {
		t.Fatal(err)
	}
	p = startOn(t, l, proxy.Config{PassOthers: true, ClientTLS: clientTLS(t, proxy.ClientTLSVerify)})
	c = p.socket(t)
	write(t, c, startup(3<<16, "postgres"))
	wantFatal(t, c, "28000")
}
