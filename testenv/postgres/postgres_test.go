package postgres_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/testenv/postgres"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestClusterLife(t *testing.T) {
	db := postgres.Start(t, postgres.Options{})
	name := db.NewDatabase(t)
	conn := db.Conn(t, name, "")
	if _, err := conn.Exec(t.Context(), "CREATE TABLE t (v text)"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "INSERT INTO t VALUES ('canary-in-the-heap')"); err != nil {
		t.Fatal(err)
	}
	if found := db.FilesWith(t, "canary-in-the-heap"); len(found) < 2 { // heap and WAL
		t.Errorf("the canary is in %v, want heap and WAL", found)
	}
	if found := db.FilesWith(t, "never-"+"written"); len(found) != 0 {
		t.Errorf("found what was never written in %v", found)
	}
	out, err := db.Psql(t.Context(), name, "SELECT v FROM t")
	if err != nil || out != "canary-in-the-heap\n" {
		t.Errorf("psql: %q, %v", out, err)
	}
	if out, err := db.Psql(t.Context(), name, "SELECT no_such_column"); err == nil || !strings.Contains(err.Error(), "no_such_column") {
		t.Errorf("psql: %q, %v", out, err)
	}
}

func TestKillAndRestart(t *testing.T) {
	db := postgres.Start(t, postgres.Options{Durable: true})
	db.Exec(t, "postgres", "CREATE TABLE t (v int); INSERT INTO t VALUES (7)")
	for _, stop := range []func() error{db.Kill, db.Shutdown} {
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		if db.Running() {
			t.Fatal("still running")
		}
		if conn, err := pgx.Connect(t.Context(), db.URL("postgres", "")); err == nil {
			conn.Close(t.Context())
			t.Fatal("a stopped server accepted a connection")
		}
		if err := db.Restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		if out, err := db.Psql(t.Context(), "postgres", "SELECT v FROM t"); err != nil || out != "7\n" {
			t.Fatalf("after the restart: %q, %v", out, err)
		}
	}
}

func TestAuthMethods(t *testing.T) {
	for _, method := range []string{"scram-sha-256", "md5"} {
		t.Run(method, func(t *testing.T) {
			db := postgres.Start(t, postgres.Options{Auth: method, Password: "right"})
			db.Conn(t, "postgres", "")
			wrong := strings.Replace(db.URL("postgres", ""), "right", "wrong", 1)
			if conn, err := pgx.Connect(t.Context(), wrong); err == nil {
				conn.Close(t.Context())
				t.Error("a wrong password was accepted")
			}
		})
	}
}

// TestCleansUpAfterKilledProcess kills a process that has a cluster running.
func TestCleansUpAfterKilledProcess(t *testing.T) {
	if dir := os.Getenv("PGSEAL_TEST_ORPHAN"); dir != "" {
		db, err := postgres.Open(t.Context(), postgres.Options{Parent: dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "up"), []byte(db.URL("postgres", "")), 0o600); err != nil {
			t.Fatal(err)
		}
		select {}
	}
	parent, err := os.MkdirTemp("", "orphan-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(parent)
	if err := os.Chmod(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestCleansUpAfterKilledProcess$")
	child.Env = append(os.Environ(), "PGSEAL_TEST_ORPHAN="+parent)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	up := filepath.Join(parent, "up")
	await(t, "the child's cluster", func() bool { info, err := os.Stat(up); return err == nil && info.Size() > 0 })
	dsn, _ := os.ReadFile(up)
	_ = child.Process.Kill()
	_ = child.Wait()
	await(t, "the orphan's end", func() bool {
		left, _ := filepath.Glob(filepath.Join(parent, "pgseal-pg-*"))
		conn, err := pgx.Connect(t.Context(), string(dsn))
		if err == nil {
			conn.Close(t.Context())
		}
		return len(left) == 0 && err != nil
	})
}

func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}
