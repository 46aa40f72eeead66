package proxy_test

import (
	"context"
	"net"
	"os/exec"
	"testing"

	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/testenv/kerberos"
	"github.com/legatics/pgseal/testenv/postgres"
)

// GSSAPI authentication passes through: psql shows the server its ticket. GSSAPI encryption is declined, and psql does without.
func TestGSS(t *testing.T) {
	realm := kerberos.Start(t)
	keytab, err := realm.Keytab()
	if err != nil {
		t.Fatal(err)
	}
	c := postgres.Start(t, postgres.Options{
		HBA:      []string{"host all " + kerberos.User + " 127.0.0.1/32 gss include_realm=0"},
		Files:    map[string]string{"krb5.keytab": keytab},
		Settings: map[string]string{"krb_server_keyfile": "krb5.keytab"},
	})
	c.Exec(t, "postgres", "CREATE ROLE "+kerberos.User+" LOGIN")
	p := start(t, proxy.Config{PassOthers: true, Dial: func(ctx context.Context) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", c.Address())
	}})
	for way, address := range map[string]string{"direct": c.Address(), "through the proxy": p.listener.Addr().String()} {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			t.Fatal(err)
		}
		for _, encryption := range []string{"disable", "prefer"} {
			cmd := exec.CommandContext(t.Context(), "psql", "-X", "-A", "-t", "-c", "SELECT current_user",
				"host=localhost hostaddr=127.0.0.1 dbname=postgres user="+kerberos.User+" port="+port+" sslmode=disable gssencmode="+encryption)
			cmd.Env = realm.Environ()
			if out, err := cmd.CombinedOutput(); err != nil || string(out) != kerberos.User+"\n" {
				t.Errorf("%s, gssencmode=%s: %s, %v", way, encryption, out, err)
			}
		}
	}
}
