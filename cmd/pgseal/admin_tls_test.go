package main

import (
	"crypto/tls"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/certs"
)

// TestAdminCertificate: the page's certificate is followed as the clients' is: a new one is used without a restart; a bad one changes nothing; and a key
// that others may read is refused.
func TestAdminCertificate(t *testing.T) {
	d := deploy(t)
	authority, err := certs.NewAuthority("admin")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var cert, key string
	issue := func() {
		t.Helper()
		pair, err := authority.Issue("localhost", "localhost", "127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		cert, key = certs.Write(t, folder, "cert.pem", pair.Certificate), certs.Write(t, folder, "key.pem", pair.Key)
	}
	issue()
	s := d.serve(func(c *config) { c.Admin.TLS, c.Admin.Listen = adminTLS{cert, key}, "127.0.0.1:0" })
	serial := func() string {
		t.Helper()
		client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		res, err := client.Get("https://" + s.adminAddress().String() + "/live")
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.ProtoMajor != 2 {
			t.Errorf("HTTP/%d", res.ProtoMajor)
		}
		return res.TLS.PeerCertificates[0].SerialNumber.String()
	}
	first := serial()
	certs.Write(t, folder, "cert.pem", "no certificate")
	if changed, err := s.followed["admin.tls"].Follow(); err == nil && changed {
		t.Error("a bad certificate was taken")
	}
	if serial() != first {
		t.Error("a bad certificate is used")
	}
	issue()
	for end := time.Now().Add(time.Minute); serial() == first; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the new certificate is not used")
		}
	}
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := s.followed["admin.tls"].Reload(); err == nil {
		t.Error("a key that others may read was taken")
	}
}
