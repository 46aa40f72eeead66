package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/certs"
)

// smallDebian is a Debian with systemd and a PostgreSQL, for copies to be made of.
func smallDebian(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("needs root, for namespaces")
	}
	if _, err := exec.LookPath("debootstrap"); err != nil {
		t.Skip("debootstrap is not installed (.ci/prerequisites release-check installs it)")
	}
	cmd := exec.CommandContext(t.Context(), ".ci/debian")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf(".ci/debian: %v\n%s", err, stderr.String())
	}
	return strings.TrimSpace(string(out))
}

// TestSystemd boots a Debian three times, in namespaces, and has its systemd run the units of the package: see testdata/booted for what is tried.
func TestSystemd(t *testing.T) {
	onlyLong(t)
	if _, err := exec.LookPath("systemd-nspawn"); err != nil {
		t.Skip("systemd-nspawn is not installed (.ci/prerequisites release-check installs it)")
	}
	debian := smallDebian(t)
	trial := t.TempDir()
	told(t, "cp", "-r", "testenv/release/testdata/booted/.", trial)
	binary := built(t)
	for _, version := range []string{"1.0.0", "1.1.0"} {
		told(t, "cp", only(t, released(t, "-binary", binary, "-version", version)+"/*.deb"), trial)
	}
	if err := buildKMSServer(t.Context(), trial); err != nil {
		t.Fatal(err)
	}
	authority, err := certs.NewAuthority("trial")
	if err != nil {
		t.Fatal(err)
	}
	server, err := authority.Issue("kms", "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"ca.pem": authority.PEM, "kms.pem": server.Certificate, "kms.key": server.Key} {
		if err := os.WriteFile(filepath.Join(trial, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.CommandContext(t.Context(), "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", trial+"/boot", debian, trial).CombinedOutput()
	if err != nil || !bytes.HasSuffix(out, []byte("all done\n")) {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
