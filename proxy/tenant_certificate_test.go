package proxy_test

import (
	"crypto/x509"
	"testing"

	"github.com/legatics/pgseal/proxy"
)

// TestTenantByCertificate: whose certificate a client has shown says whose key its session uses, and nothing that it says later.
func TestTenantByCertificate(t *testing.T) {
	s := startTwo(t, func(c *proxy.Config) {
		c.ClientTLS = clientTLS(t, proxy.ClientTLSRequire)
		for _, db := range c.Databases {
			db.TenantSetting, db.TenantByCertificate = "", func(c *x509.Certificate) string { return c.Subject.CommonName }
		}
	})
	with := func(tenant string) string {
		c := issue(t, authority, tenant)
		return "sslmode=require&sslcert=" + c.certificate + "&sslkey=" + c.key
	}
	for id, tenant := range []string{"acme", "globex"} {
		s.settings = with(tenant)
		mustExec(t, s.connect(t), "INSERT INTO matters (id, title) VALUES ($1, $2)", id, "a matter of "+tenant)
	}
	for id, tenant := range []string{"acme", "globex"} {
		s.settings = with(tenant)
		conn := s.connect(t)
		mustExec(t, conn, "SET pgseal.tenant = 'globex'")
		var title string
		if err := conn.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = $1", id).Scan(&title); err != nil || title != "a matter of "+tenant {
			t.Errorf("%s: %q, %v", tenant, title, err)
		}
		err := conn.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = $1", 1-id).Scan(&title)
		failsWith(t, tenant+" reads the other's", "KD001", err)
	}
	for name, settings := range map[string]string{"no certificate": "sslmode=require", "a certificate of nobody's": with("initech")} {
		s.settings = settings
		_, err := s.connect(t).Exec(t.Context(), "SELECT title FROM matters")
		failsWith(t, name, "KU010", err)
	}
}
