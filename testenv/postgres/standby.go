package postgres

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Follow starts a standby of the cluster, which ends with the test: it has the primary's data, and goes on as its settings and options say.
func (c *Cluster) Follow(t testing.TB, options Options) *Cluster {
	t.Helper()
	s := Start(t, options)
	if err := s.Shutdown(); err != nil {
		t.Fatal(err)
	}
	conf, err := os.ReadFile(filepath.Join(s.DataDir(), "postgresql.conf")) // with its own port
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(s.DataDir()); err != nil {
		t.Fatal(err)
	}
	copying, err := c.Command(t.Context(), "pg_basebackup", "-D", s.DataDir(), "-R", "-X", "stream", "-c", "fast", "-h", c.SocketDir())
	if err != nil {
		t.Fatal(err)
	}
	if out, err := copying.CombinedOutput(); err != nil {
		t.Fatalf("pg_basebackup: %v: %s", err, out)
	}
	if err := os.WriteFile(filepath.Join(s.DataDir(), "postgresql.conf"), conf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("chown", "-R", "--reference="+s.SocketDir(), s.DataDir()).CombinedOutput(); err != nil { // the server's account's
		t.Fatalf("%v: %s", err, out)
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}
