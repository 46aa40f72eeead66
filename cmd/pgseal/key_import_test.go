package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// printed runs a command and returns what it prints.
func (d *deployment) printed(args ...string) string {
	d.t.Helper()
	var stdout, stderr bytes.Buffer
	if code := runContext(d.t.Context(), append([]string{"pgseal"}, append(args, "--config", d.config)...), &stdout, &stderr); code != exitDone {
		d.t.Fatalf("%v: exit %d: %s", args, code, stderr.String())
	}
	return stdout.String()
}

// exported keeps a key export as a file.
func (d *deployment) exported(args ...string) string {
	d.t.Helper()
	file := filepath.Join(d.t.TempDir(), "export.json")
	if err := os.WriteFile(file, []byte(d.printed(append([]string{"key", "export"}, args...)...)), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return file
}

// reads is what the application sees of a row's title, asked for until it is that or half a minute is over.
func (d *deployment) reads(conn *pgx.Conn, id int, want string) {
	d.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		var got string
		err := conn.QueryRow(d.t.Context(), "SELECT title FROM matters WHERE id = $1", id).Scan(&got)
		switch {
		case err == nil && got == want:
			return
		case err == nil:
			d.t.Fatalf("row %d reads %q, want %q", id, got, want)
		case time.Now().After(deadline):
			d.t.Fatalf("row %d: %v", id, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (d *deployment) insert(conn *pgx.Conn, id int, title string) {
	d.t.Helper()
	if _, err := conn.Exec(d.t.Context(), "INSERT INTO matters VALUES ($1, $2)", id, title); err != nil {
		d.t.Fatal(err)
	}
}

// The schema is dropped under a running proxy, and comes back from an export: the proxy goes on by itself, old values open, new ones are sealed and guarded,
// and nothing that it was sent in between is stored in plaintext.
func TestStoreLostUnderProxy(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.insert(conn, 1, "canary one")
	d.run("key", "rotate", "acme", "--new-data-key")
	d.insert(conn, 2, "canary two")
	file := d.exported("--all")
	d.cluster.Exec(t, "dealroom", "DROP SCHEMA pgseal CASCADE")
	for n := 3; n < 20; n++ { // some may be let through, while the key is held: sealed
		_, _ = conn.Exec(t.Context(), "INSERT INTO matters VALUES ($1, 'canary')", n)
		time.Sleep(20 * time.Millisecond)
	}
	d.run("key", "import", file)
	d.reads(d.connect(), 1, "canary one")
	d.reads(conn, 2, "canary two")
	d.run("init")
	d.insert(conn, 30, "canary thirty")
	d.reads(conn, 30, "canary thirty")
	if plain, err := d.cluster.Psql(t.Context(), "dealroom", "SELECT id FROM matters WHERE title NOT LIKE 'pgs1\\_%'"); err != nil || plain != "" {
		t.Errorf("in plaintext: %q, %v", plain, err)
	}
	if _, err := d.cluster.Psql(t.Context(), "dealroom", "INSERT INTO matters VALUES (40, 'canary')"); err == nil || !strings.Contains(err.Error(), "a plaintext was refused") {
		t.Errorf("past the proxy: %v", err)
	}

	// A lock that came after the export is not undone: the proxy remembers that there was something newer, until the operator says otherwise.
	d.run("key", "lock", "acme")
	d.until(conn, "KU009")
	d.cluster.Exec(t, "dealroom", "DROP SCHEMA pgseal CASCADE")
	d.run("key", "import", file)
	d.until(conn, "KU012")
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) { // until the proxy has registered anew
		known, err := d.cluster.Psql(t.Context(), "dealroom", "SELECT count(*) FROM pgseal.proxy WHERE seen::text LIKE '%name acme%'")
		if err == nil && strings.TrimSpace(known) == "1" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the proxy does not register: %q, %v", known, err)
		}
	}
	if out := d.refused(exitFailed, "init"); !strings.Contains(out, `tenant "acme" is as it was 1 change ago`) {
		t.Errorf("init says %s", out)
	}
	d.run("init", "--accept-restore")
	d.reads(conn, 30, "canary thirty")
}

// An export from before the customer's key was changed: what is lacking is told, it is put back only on the operator's word, and locked; the elder key must
// still be there to open it, and which one that is is said.
func TestImportOfElderWrapping(t *testing.T) {
	d := deploy(t)
	conn := d.connect()
	d.insert(conn, 1, "canary one")
	file := d.exported("acme")
	second := d.kms.CreateKey(kmstest.KeyOptions{})
	d.run("key", "set-arn", "acme", second)
	d.reads(conn, 1, "canary one") // the proxy has seen the new record
	d.cluster.Exec(t, "dealroom", "SET session_replication_role = replica; DELETE FROM pgseal.data_key; DELETE FROM pgseal.tenant")
	if out := d.refused(exitFailed, "key", "import", file); !strings.Contains(out, "refused: the export of tenant \"acme\"") || !strings.Contains(out, "nothing was imported") {
		t.Errorf("says %s", out)
	}
	d.run("key", "import", file, "--accept-older")
	d.until(conn, "KU009")
	if got := told[admin.Tenant](d, "tenant", "show", "acme"); !got.Locked || got.ResolvedKey != d.key {
		t.Errorf("%+v", got)
	}
	if err := d.kms.DeleteKey(d.key); err != nil {
		t.Fatal(err)
	}
	d.run("key", "unlock", "acme")
	d.until(conn, "KU004")
	var stdout, stderr bytes.Buffer
	args := []string{"pgseal", "open", "--keys", file, "--column", "public.matters.title", "--endpoint", d.kms.URL()}
	sealed, err := d.cluster.Psql(t.Context(), "dealroom", "SELECT title FROM matters")
	if err != nil {
		t.Fatal(err)
	}
	if code := runWith(t.Context(), args, strings.NewReader(sealed), &stdout, &stderr); code != exitFailed || !strings.Contains(stderr.String(), "wrapped by "+d.key) {
		t.Errorf("exit %d, %s", code, stderr.String())
	}
}
