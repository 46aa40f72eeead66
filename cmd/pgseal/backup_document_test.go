package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

const backupsDocument = "../../docs/backups.md"

// The walkthrough in docs/backups.md, command by command, with PostgreSQL's own programs; what it restores is then read through pgseal.
func TestBackupsDocument(t *testing.T) {
	r := deployRestorable(t)
	r.write(filepath.Join(filepath.Dir(r.config), "policy.yaml"), "version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}}}}\nroles: {backup: {raw: true}}\n")
	r.addTenant("acme")
	p := r.proxy(0)
	p.inserts("acme", 1, "acme one")
	fresh := postgres.Start(t, postgres.Options{User: "app"})
	w := newWalk(t, r, p, fresh)
	n := 0
	for _, command := range commandsOf(t, backupsDocument) {
		w.run(command)
		n++
	}
	if n < 25 {
		t.Errorf("only %d commands in the document", n)
	}
	restored := &restorable{deployment: &deployment{t: t, cluster: fresh, kms: r.kms, config: filepath.Join(w.dir, "new", "pgseal.yaml")}}
	restored.configs = []string{restored.config}
	restored.proxy(0).wants("acme", 1, "acme one")
}

// commandsOf are the commands of a document: what stands behind a $ in a block that is marked console.
func commandsOf(t *testing.T, path string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(text), "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for _, line := range strings.Split(block, "\n") {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				all = append(all, command)
			}
		}
	}
	return all
}

// walk is a shell with what the document presumes.
type walk struct {
	t   *testing.T
	dir string
	env []string
}

func newWalk(t *testing.T, r *restorable, p *member, fresh *postgres.Cluster) *walk {
	dir, err := os.MkdirTemp("", "pgseal-walk-") // not t.TempDir: the restored server's account works in it
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{t: t, dir: dir}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	r.cluster.Exec(t, "postgres", "CREATE DATABASE before")
	r.cluster.Exec(t, "before", "CREATE TABLE matters (id bigint PRIMARY KEY, title text); INSERT INTO matters VALUES (1, 'canary')")
	r.client("pg_dump", "-Fc", "-f", filepath.Join(dir, "before.dump"), "before")
	for from, to := range map[string]string{r.config: "pgseal.yaml", "control.key": "control.key", "policy.yaml": "policy.yaml"} {
		if !filepath.IsAbs(from) {
			from = filepath.Join(filepath.Dir(r.config), from)
		}
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		r.write(filepath.Join(dir, to), string(data))
	}
	port, err := program.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	psql, err := r.cluster.Command(t.Context(), "psql")
	if err != nil {
		t.Fatal(err)
	}
	programs := filepath.Dir(psql.Path)
	host, proxyPort, _ := strings.Cut(p.address().String(), ":")
	w.env = append(os.Environ(), "PATH="+w.bin(programs)+":"+programs+":"+os.Getenv("PATH"), "LC_ALL=C.UTF-8",
		fmt.Sprintf("SERVER=host=%s port=%d dbname=dealroom user=app", r.cluster.SocketDir(), r.cluster.Port()),
		fmt.Sprintf("PROXY=host=%s port=%s dbname=dealroom", host, proxyPort),
		fmt.Sprintf("NEW=host=%s port=%d user=app", fresh.SocketDir(), fresh.Port()),
		"ADDRESS="+r.cluster.Address(), "NEW_ADDRESS="+fresh.Address(), fmt.Sprintf("MOMENT_ADDRESS=127.0.0.1:%d", port), fmt.Sprintf("NEW_PORT=%d", port), "ARCHIVE="+r.archive)
	return w
}

// bin has a pg_ctl that root can use: PostgreSQL does not run as root.
func (w *walk) bin(programs string) string {
	dir := filepath.Join(w.dir, "bin")
	script := "#!/bin/sh\n"
	if os.Geteuid() == 0 {
		script += "touch restored.log; chown -R postgres restored restored.log\nexec setpriv --reuid=postgres --regid=postgres --clear-groups "
	} else {
		script += "exec "
	}
	script += filepath.Join(programs, "pg_ctl") + " \"$@\"\n"
	if err := errors.Join(os.Mkdir(dir, 0o755), os.WriteFile(filepath.Join(dir, "pg_ctl"), []byte(script), 0o755)); err != nil {
		w.t.Fatal(err)
	}
	return dir
}

// run runs a command of the document, whose exit status is 0 unless a comment behind it says otherwise.
func (w *walk) run(command string) {
	w.t.Helper()
	want := 0
	if strings.HasSuffix(command, "# exits 1") {
		want = 1
	}
	cmd := exec.CommandContext(w.t.Context(), "bash", "-o", "pipefail", "-c", command)
	cmd.Dir, cmd.Env = w.dir, w.env
	out, _ := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != want {
		w.t.Fatalf("%s: exit %d, want %d: %s", command, got, want, out)
	}
	w.t.Logf("%s\n%s", command, out)
}
