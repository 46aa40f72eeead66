package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A base backup is read in each of its forms, tablespaces and values out of line among them, by a server that touches nothing but its copy.
func TestBackupCheckBase(t *testing.T) {
	k := keep(t)
	space := filepath.Join(k.cluster.SocketDir(), "space")
	makeSpace(t, k, space)
	began := time.Now()
	base := func(name string, args ...string) string {
		dir := filepath.Join(k.dir, name)
		k.client("pg_basebackup", append([]string{"-D", dir, "-c", "fast", "--no-sync"}, args...)...)
		return dir
	}
	plain := base("plain", "-T", space+"="+filepath.Join(k.dir, "mapped"))
	base("zipped", "-Ft", "-z")
	for _, at := range []string{plain, filepath.Join(k.dir, "zipped", "base.tar.gz")} {
		v, _ := k.check(exitDone, at)
		k.good(&v, "base")
		if v.Made == nil || v.Made.Before(began.Add(-2*time.Second)) || !v.Archive || !strings.Contains(v.How, "private PostgreSQL 15") {
			t.Errorf("%s: %+v", at, v)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(k.dir, "mapped", "*", "*")); len(left) == 0 {
		t.Error("the backup's tablespace is empty now")
	}
	if v, says := k.check(exitFailed, base("bare", "-X", "none", "-T", space+"="+filepath.Join(k.dir, "mapped2")), "--no-record"); !strings.Contains(says, "--wal") {
		t.Errorf("%s: %+v", says, v)
	}
	archived := archivedWAL(t, k)
	v, _ := k.check(exitDone, filepath.Join(k.dir, "bare"), "--wal", archived)
	k.good(&v, "base")
	if _, says := k.check(exitFailed, filepath.Join(k.dir, "bare"), "--wal", t.TempDir(), "--no-record"); !strings.Contains(says, "--wal") {
		t.Errorf("without what it needs: %s", says)
	}
	if _, says := k.check(exitFailed, k.cluster.DataDir(), "--no-record"); !strings.Contains(says, "data folder of a server that runs") {
		t.Error(says)
	}
	data, err := os.ReadFile(filepath.Join(k.dir, "zipped", "base.tar.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if _, says := k.checkFrom(data, exitFailed, "-", "--no-record"); !strings.Contains(says, "tar file of its own") {
		t.Error(says)
	}
	old := t.TempDir()
	k.write(filepath.Join(old, "PG_VERSION"), "9\n")
	if _, says := k.check(exitFailed, old, "--no-record"); !strings.Contains(says, "install PostgreSQL 9 (Debian: postgresql-9)") {
		t.Error(says)
	}
	k.cluster.Exec(t, "dealroom", `ALTER TABLE matters DISABLE TRIGGER ALL; DO $$ DECLARE c name; BEGIN FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = 'matters'::regclass AND contype = 'c'
		LOOP EXECUTE format('ALTER TABLE matters DROP CONSTRAINT %I', c); END LOOP; END $$; UPDATE matters SET title = 'canary' || repeat('canary', 100000) WHERE id = 3`)
	if v, _ := k.check(exitFailed, base("spoilt", "-Ft"), "--no-archive"); v.Archive || v.Plaintext != 1 || v.column(t, "public.matters.title").Sealed != 11 {
		t.Errorf("%+v", v)
	}
}

// archivedWAL is a folder with the server's WAL, as an archive has it.
func archivedWAL(t *testing.T, k *kept) string {
	t.Helper()
	k.cluster.Exec(t, "dealroom", "SELECT pg_switch_wal()")
	dir := t.TempDir()
	segments, err := filepath.Glob(filepath.Join(k.cluster.DataDir(), "pg_wal", "0*"))
	if err != nil || len(segments) == 0 {
		t.Fatalf("no WAL: %v", err)
	}
	for _, s := range segments {
		data, err := os.ReadFile(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(s)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// makeSpace has the protected table lie in a tablespace, and one of its values out of line.
func makeSpace(t *testing.T, k *kept, dir string) {
	t.Helper()
	k.cluster.Exec(t, "dealroom", fmt.Sprintf(`COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; mkdir -p %s'`, dir))
	k.cluster.Exec(t, "dealroom", fmt.Sprintf(`CREATE TABLESPACE apart LOCATION '%s'`, dir))
	k.cluster.Exec(t, "dealroom", "ALTER TABLE matters SET TABLESPACE apart")
	k.insert("UPDATE matters SET title = $1 WHERE id = 7", strings.Repeat("canary ", 20000))
}
