package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTenantConfig: what may stand in tenant, and why other things may not.
func TestTenantConfig(t *testing.T) {
	const verified = "client_tls: {mode: allow, cert: c, key: k, ca: a}\n"
	for _, test := range []struct{ tenant, top, want string }{
		{"{fixed: acme}", "", ""},
		{"{by: database}", "", ""},
		{"{by: role}", "", ""},
		{"{by: setting}", "", ""},
		{"{by: setting, setting: app.current_tenant}", "", ""},
		{"{by: certificate}", verified, ""},
		{"{by: certificate, certificates: [{cn: a, tenant: acme}, {san: 'spiffe://x', tenant: globex}]}", verified, ""},
		{"{}", "", "tenant: say either fixed: NAME or by: database | role | certificate | setting"},
		{"{fixed: acme, by: role}", "", "tenant: say either fixed: NAME or by: database | role | certificate | setting"},
		{"{by: nobody}", "", `tenant.by: "nobody" is not one of database, role, certificate, setting`},
		{"{by: role, setting: app.tenant}", "", "tenant.setting: it is for by: setting"},
		{"{by: setting, setting: work_mem}", "", `tenant.setting: "work_mem" is no name of a setting of an application's own, which has a dot in it, as pgseal.tenant`},
		{"{by: setting, setting: 'a b.c'}", "", `tenant.setting: "a b.c" is no name`},
		{"{by: setting, setting: local.x}", "", `tenant.setting: "local.x" is no name`},
		{"{by: setting, setting: a." + strings.Repeat("b", 62) + "}", "", "tenant.setting: it is longer than 63 bytes"},
		{"{by: setting, certificates: [{cn: a, tenant: acme}]}", verified, "tenant.certificates: they are for by: certificate"},
		{"{by: certificate}", "", "tenant.by: certificate needs client_tls with the ca of the clients' certificates, or they are not verified"},
		{"{by: certificate}", "client_tls: {mode: require, cert: c, key: k}\n", "tenant.by: certificate needs client_tls with the ca of the clients' certificates, or they are not verified"},
		{"{by: certificate, certificates: [{cn: a, san: b, tenant: acme}]}", verified, "tenant.certificates: number 1 needs either cn or san, and a tenant"},
		{"{by: certificate, certificates: [{cn: a}]}", verified, "tenant.certificates: number 1 needs either cn or san, and a tenant"},
	} {
		file := filepath.Join(t.TempDir(), "pgseal.yaml")
		if err := os.WriteFile(file, []byte(test.top+"databases:\n  app: {tenant: "+test.tenant+", policy: p.yaml}\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := loadConfig(file)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.tenant, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), "databases.app."+test.want)):
			t.Errorf("%s: %v, want %s", test.tenant, err, test.want)
		}
	}
}

func TestTenantOfCertificate(t *testing.T) {
	c := &x509.Certificate{Subject: pkix.Name{CommonName: "acme-app"}, DNSNames: []string{"globex.example"}}
	for _, test := range []struct {
		rules []tenantCertificateConfig
		want  string
	}{
		{nil, "acme-app"},
		{[]tenantCertificateConfig{{CN: "acme-app", Tenant: "acme"}, {SAN: "globex.example", Tenant: "globex"}}, "acme"},
		{[]tenantCertificateConfig{{SAN: "globex.example", Tenant: "globex"}}, "globex"},
		{[]tenantCertificateConfig{{CN: "acme", Tenant: "acme"}}, ""},
	} {
		if got := (tenantConfig{By: "certificate", Certificates: test.rules}).byCertificate()(c); got != test.want {
			t.Errorf("%v: %q, want %q", test.rules, got, test.want)
		}
	}
}
