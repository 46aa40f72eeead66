package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// Backups of every kind, of one moment, restored on other machines: the control key, the policy and the customers' keys are all that is needed besides. What came after
// the backup (a new data key, another key of the customer's) is no hindrance while the former key exists; where it is gone, it is named. A customer who has
// withdrawn the key in the meantime is not read by anybody.
func TestRestoredElsewhere(t *testing.T) {
	r := deployRestorable(t)
	r.write(filepath.Join(filepath.Dir(r.config), "policy.yaml"), "version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}}}}\nroles: {raw: {raw: true}}\n")
	r.cluster.Exec(t, "dealroom", "CREATE ROLE raw SUPERUSER LOGIN")
	acme, globex := r.addTenant("acme"), r.addTenant("globex")
	p := r.proxy(0)
	p.inserts("acme", 1, "acme one")
	p.inserts("globex", 2, "globex two")
	files := map[string]string{}
	for name, args := range map[string][]string{"custom": {"pg_dump", "-Fc"}, "plain": {"pg_dump"}, "everything": {"pg_dumpall"}} {
		files[name] = filepath.Join(t.TempDir(), name)
		r.through(p, args[0], append(args[1:], "-U", "raw", "-f", files[name])...)
	}
	base := filepath.Join(r.cluster.SocketDir(), "copy")
	r.client("pg_basebackup", "-D", base, "-c", "fast", "--no-sync")

	second := r.kms.CreateKey(kmstest.KeyOptions{})
	r.run("key", "set-arn", "acme", second)
	for _, tenant := range []string{"acme", "globex"} {
		r.run("key", "rotate", tenant, "--new-data-key")
	}
	later := r.exported("--all")
	deny := kmstest.Denial{Resource: globex, Operations: []string{"Decrypt"}}
	r.kms.Deny(deny)
	roles := string(r.client("pg_dumpall", "--roles-only"))

	for name, restore := range map[string]func(c *postgres.Cluster){
		"custom": func(c *postgres.Cluster) { fromDump(t, c, roles, "pg_restore", "-d", "dealroom", files["custom"]) },
		"plain": func(c *postgres.Cluster) {
			fromDump(t, c, roles, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "dealroom", "-f", files["plain"])
		},
		"everything": func(c *postgres.Cluster) {
			runIn(t, c, "", "psql", "-X", "-q", "-d", "postgres", "-f", files["everything"])
		},
		"base": nil,
	} {
		t.Run(name, func(t *testing.T) {
			options := postgres.Options{User: "app"}
			if restore == nil {
				options.Fill = func(data string) error { return exec.Command("cp", "-a", base+"/.", data).Run() }
			}
			c := postgres.Start(t, options)
			if restore != nil {
				restore(c)
			}
			n := r.elsewhere(t, c)
			n.run("init")
			q := n.proxy(0)
			q.wants("acme", 1, "acme one")
			q.inserts("acme", 10, "acme ten")
			q.wants("acme", 10, "acme ten")
			q.wants("globex", 2, "KU001")
			if said := n.refused(exitFailed, "key", "probe", "globex"); !strings.Contains(said, "KU001") {
				t.Error(said)
			}
			if said := n.refused(exitFailed, "key", "import", later, "--tenant", "globex"); !strings.Contains(said, "KU001") { // the newer data key would be its own
				t.Error(said)
			}
			if err := r.kms.SetState(acme, kmstest.Disabled); err != nil {
				t.Fatal(err)
			}
			n.run("key", "lock", "acme") // so that the key is asked for now
			q.wants("acme", 1, "KU009")
			n.run("key", "unlock", "acme")
			q.wants("acme", 1, "KU002")
			if said := n.refused(exitFailed, "key", "probe", "acme"); !strings.Contains(said, "KU002") || !strings.Contains(n.printed("tenant", "show", "acme"), acme) {
				t.Errorf("the key that is missing is not named: %s", said)
			}
			if err := r.kms.SetState(acme, kmstest.Enabled); err != nil {
				t.Fatal(err)
			}
			q.wants("acme", 1, "acme one")
		})
	}
	t.Run("withdrawn", func(t *testing.T) { r.wantClosed(t, files["plain"], later) })
	t.Run("check", func(t *testing.T) {
		for _, name := range []string{"custom", "plain", "everything"} {
			said := r.refused(exitFailed, "backup", "check", files[name], "--no-record")
			if !strings.Contains(said, acme) || strings.Contains(said, second) || !strings.Contains(said, "NO: KU001") {
				t.Errorf("%s: %s", name, said)
			}
		}
	})
}

// wantClosed: with everything that an operator has but the customer's key, a backup gives nothing of a tenant that has withdrawn it.
func (r *restorable) wantClosed(t *testing.T, dump, export string) {
	text, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	var out, says bytes.Buffer
	code := runWith(t.Context(), []string{"pgseal", "open", "--keys", export, "--dump", "--endpoint", r.kms.URL()}, bytes.NewReader(text), &out, &says)
	if code != exitFailed || !strings.Contains(says.String(), `"globex"`) || strings.Contains(out.String()+says.String(), "globex two") {
		t.Errorf("open: exit %d, %s", code, says.String())
	}
}

// through runs one of PostgreSQL's programs through a proxy.
func (r *restorable) through(p *member, program string, args ...string) {
	r.t.Helper()
	cmd, err := r.cluster.Command(r.t.Context(), program, args...)
	if err != nil {
		r.t.Fatal(err)
	}
	host, port, _ := strings.Cut(p.address().String(), ":")
	if program == "pg_dump" {
		cmd.Args = append(cmd.Args, "dealroom")
	} else { // every database, and the one alone is behind the proxy: past it
		host, port = r.cluster.SocketDir(), fmt.Sprint(r.cluster.Port())
	}
	cmd.Env = append(cmd.Env, "PGHOST="+host, "PGPORT="+port)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("%s: %v: %s", program, err, out)
	}
}

// runIn runs one of PostgreSQL's programs on a cluster.
func runIn(t *testing.T, c *postgres.Cluster, stdin, program string, args ...string) {
	t.Helper()
	cmd, err := c.Command(t.Context(), program, args...)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin = strings.NewReader(stdin)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", program, err, out)
	}
}

func fromDump(t *testing.T, c *postgres.Cluster, roles, program string, args ...string) {
	t.Helper()
	runIn(t, c, roles, "psql", "-X", "-q", "-d", "postgres")
	c.Exec(t, "postgres", "CREATE DATABASE dealroom")
	runIn(t, c, "", program, args...)
}

// elsewhere is another machine with the restored cluster: it has the control key, the policy and a configuration, and no memory.
func (r *restorable) elsewhere(t *testing.T, c *postgres.Cluster) *restorable {
	folder, from := t.TempDir(), filepath.Dir(r.config)
	var err error
	for _, name := range []string{"control.key", "policy.yaml"} {
		data, errR := os.ReadFile(filepath.Join(from, name))
		err = errors.Join(err, errR, os.WriteFile(filepath.Join(folder, name), data, 0o600))
	}
	config, errC := os.ReadFile(r.config)
	if err = errors.Join(err, errC); err != nil {
		t.Fatal(err)
	}
	n := &restorable{deployment: &deployment{t: t, cluster: c, kms: r.kms, config: filepath.Join(folder, "pgseal.yaml")}}
	n.configs = []string{n.config}
	n.write(n.config, strings.Replace(string(config), r.cluster.Address(), c.Address(), 1))
	return n
}
