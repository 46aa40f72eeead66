package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// restorable is a deployment whose cluster archives its WAL, with tenants by role and a proxy or more.
type restorable struct {
	*deployment
	archive, base string
	configs       []string
}

func deployRestorable(t *testing.T) *restorable {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	dir, err := os.MkdirTemp("", "pgseal-archive-") // not t.TempDir: the server's account writes into it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	r := &restorable{deployment: &deployment{t: t}, archive: dir}
	r.cluster = postgres.Start(t, postgres.Options{User: "app", Settings: map[string]string{
		"archive_mode": "on", "archive_command": "cp %p " + dir + "/%f", "restore_command": "cp " + dir + "/%f %p", "wal_level": "replica",
	}})
	r.base = filepath.Join(r.cluster.SocketDir(), "base")
	if r.kms, err = kmstest.Start(kmstest.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.kms.Close() })
	r.cluster.Exec(t, "postgres", "CREATE DATABASE dealroom")
	r.cluster.Exec(t, "dealroom", "CREATE ROLE acme SUPERUSER LOGIN; CREATE ROLE globex SUPERUSER LOGIN; CREATE ROLE umbrella SUPERUSER LOGIN; CREATE ROLE initech SUPERUSER LOGIN")
	r.cluster.Exec(t, "dealroom", "CREATE TABLE matters (id bigint PRIMARY KEY, title text)")
	folder := t.TempDir()
	for _, name := range []string{"one", "two"} {
		config := filepath.Join(folder, name+".yaml")
		r.write(config, fmt.Sprintf(`
listen: 127.0.0.1:0
upstream: {address: %q}
admin: {listen: "127.0.0.1:0"}
state_dir: state-%s
databases: {dealroom: {control: "user=app", tenant: {by: role}, policy: policy.yaml}}
keys: {default_cache_time: 1m, aws: {endpoint: %q}}
`, r.cluster.Address(), name, r.kms.URL()))
		r.configs = append(r.configs, config)
	}
	r.config = r.configs[0]
	r.write(filepath.Join(folder, "policy.yaml"), "version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}}}}\n")
	r.run("init")
	return r
}

// addTenant adds a tenant with a key of its own.
func (r *restorable) addTenant(name string) (key string) {
	r.t.Helper()
	key = r.kms.CreateKey(kmstest.KeyOptions{})
	r.run("tenant", "add", name, "--provider", "aws-kms", "--key", key)
	return key
}

// member is one running proxy of the deployment.
type member struct {
	r *restorable
	*service
}

func (r *restorable) proxy(n int) *member {
	r.t.Helper()
	config, err := loadConfig(r.configs[n])
	if err != nil {
		r.t.Fatal(err)
	}
	s, err := startService(r.t.Context(), config, config.logger(io.Discard))
	if err != nil {
		r.t.Fatal(err)
	}
	p := &member{r, s}
	r.t.Cleanup(p.stop)
	return p
}

func (p *member) stop() {
	if p.service == nil {
		return
	}
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	if err := p.close(ctx); err != nil {
		p.r.t.Error(err)
	}
	p.service = nil
}

// as runs one statement in a session of the tenant's own.
func (p *member) as(tenant, sql string, args ...any) (string, error) {
	url := strings.Replace(p.r.cluster.URL("dealroom", tenant), p.r.cluster.Address(), p.address().String(), 1)
	conn, err := pgx.Connect(p.r.t.Context(), url)
	if err != nil {
		return "", err
	}
	defer conn.Close(context.WithoutCancel(p.r.t.Context()))
	rows, err := conn.Query(p.r.t.Context(), sql, args...)
	if err != nil {
		return "", err
	}
	texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return strings.Join(texts, ","), err
}

// wants repeats a tenant's reading of a row until it is that value, or that SQLSTATE.
func (p *member) wants(tenant string, id int, want string) {
	p.r.t.Helper()
	deadline := time.Now().Add(40 * time.Second)
	for {
		got, err := p.as(tenant, "SELECT title FROM matters WHERE id = $1", id)
		if err == nil && got == want || err != nil && sqlstate(err) == want {
			return
		}
		if time.Now().After(deadline) {
			p.r.t.Fatalf("row %d of %s: %q, %v; want %q", id, tenant, got, err, want)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (p *member) inserts(tenant string, id int, title string) {
	p.r.t.Helper()
	if _, err := p.as(tenant, "INSERT INTO matters VALUES ($1, $2)", id, title); err != nil {
		p.r.t.Fatal(err)
	}
}

// psql runs SQL past the proxy.
func (r *restorable) psql(sql string) string {
	r.t.Helper()
	out, err := r.cluster.Psql(r.t.Context(), "dealroom", sql)
	if err != nil {
		r.t.Fatal(err)
	}
	return strings.TrimSpace(out)
}

// eventually repeats SQL past the proxy until it gives that.
func (r *restorable) eventually(sql, want string) {
	r.t.Helper()
	for deadline := time.Now().Add(time.Minute); r.psql(sql) != want; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			r.t.Fatalf("%s does not give %q", sql, want)
		}
	}
}

// backup takes a base backup.
func (r *restorable) backup() {
	r.t.Helper()
	cmd, err := r.cluster.Command(r.t.Context(), "pg_basebackup", "-D", r.base, "-X", "none", "-c", "fast", "--no-sync")
	if err != nil {
		r.t.Fatal(err)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("%v: %s", err, out)
	}
}

// restore sets the cluster back to a restore point, from the base backup and the archived WAL.
func (r *restorable) restore(point string) {
	r.t.Helper()
	r.psql("SELECT pg_switch_wal()")
	if err := r.cluster.Shutdown(); err != nil { // archives what there is
		r.t.Fatal(err)
	}
	data := r.cluster.DataDir()
	script := fmt.Sprintf(`set -e; owner=$(stat -c %%u:%%g %[1]s); rm -rf %[1]s/*; cp -a %[2]s/. %[1]s/; printf "recovery_target_name = '%[3]s'\nrecovery_target_action = 'promote'\n" >> %[1]s/postgresql.conf
		touch %[1]s/recovery.signal; chown -R $owner %[1]s; chmod 700 %[1]s`, data, r.base, point)
	if out, err := exec.Command("sh", "-c", script).CombinedOutput(); err != nil {
		r.t.Fatalf("%v: %s", err, out)
	}
	if err := r.cluster.Restart(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	r.eventually("SELECT pg_is_in_recovery()", "f")
}

// A point-in-time restore to before a lock, a new data key, another customer key and a new tenant. No proxy takes the old records, running or started anew;
// with the operator's word all of them do, and what the restored database holds opens. What was newer is named, and a later key export brings it back.
func TestPointInTimeRestore(t *testing.T) {
	r := deployRestorable(t)
	r.addTenant("acme")
	r.addTenant("globex")
	umbrella := r.addTenant("umbrella")
	one, two := r.proxy(0), r.proxy(1)
	one.inserts("acme", 1, "acme one")
	two.inserts("globex", 2, "globex two")
	two.inserts("umbrella", 3, "umbrella three")
	r.backup()
	one.inserts("acme", 4, "acme four")
	r.psql("SELECT pg_create_restore_point('before')")

	r.run("key", "rotate", "acme", "--new-data-key")
	r.run("key", "lock", "globex")
	second := r.kms.CreateKey(kmstest.KeyOptions{})
	r.run("key", "set-arn", "umbrella", second)
	r.addTenant("initech")
	later := r.exported("--all")
	for _, p := range []*member{one, two} {
		p.wants("globex", 2, "KU009")
		p.wants("acme", 4, "acme four")
		p.wants("umbrella", 3, "umbrella three")
	}
	two.wants("initech", 99, "")
	r.eventually("SELECT EXISTS (SELECT FROM pgseal.proxy WHERE seen::text LIKE '%name initech%')", "t")
	number := func(id int) string {
		return r.psql(fmt.Sprintf("SELECT substr(title, 10, 5) FROM matters WHERE id = %d", id))
	}
	for number(10) == number(4) || number(10) == "" { // by the new data key, which a proxy uses within two seconds
		r.psql("DELETE FROM matters WHERE id = 10")
		two.inserts("acme", 10, "acme ten")
	}
	ten := r.psql("SELECT title FROM matters WHERE id = 10")

	r.restore("before")

	// Running proxies: a lock is not undone, whoever holds a key serves it until its cache time is over and takes nothing new.
	for _, p := range []*member{one, two} {
		p.wants("globex", 2, "KU012")
	}
	two.stop()
	two = r.proxy(1)
	for _, tenant := range []string{"acme", "globex", "umbrella", "initech"} {
		two.wants(tenant, 1, "KU012")
	}
	if _, err := two.as("acme", "SELECT title FROM matters"); err == nil || !strings.Contains(fmt.Sprintf("%+v", err), "old one") {
		t.Errorf("says %+v", err)
	}
	out := r.refused(exitFailed, "init")
	for _, want := range []string{"KU012: the records of this database are older", `tenant "acme" is as it was 1 change ago`, `tenant "globex" is as it was 1 change ago`,
		`tenant "umbrella" is as it was 1 change ago`, `tenant "initech" is gone`, "data key ", "pgseal init --accept-restore"} {
		if !strings.Contains(out, want) {
			t.Errorf("init does not say %q: %s", want, out)
		}
	}
	accepted := told[initView](r.deployment, "init", "--accept-restore")
	if len(accepted.Restore.GivenUp) < 5 || !accepted.Restore.Remembered {
		t.Errorf("%+v", accepted.Restore)
	}
	for _, p := range []*member{one, two} {
		p.wants("acme", 1, "acme one")
		p.wants("acme", 4, "acme four")
		p.wants("globex", 2, "globex two")
		p.wants("umbrella", 3, "umbrella three")
		p.wants("initech", 1, "KU010")
	}
	r.run("init") // the flag is not needed again

	// A value of the lost data key comes back into the table from elsewhere, and its key from the later export.
	r.psql("INSERT INTO matters VALUES (10, '" + ten + "')")
	two.wants("acme", 10, "KD002")
	if err := r.kms.DeleteKey(umbrella); err != nil {
		t.Fatal(err)
	}
	dry := told[importView](r.deployment, "key", "import", later, "--dry-run")
	if len(dry.Tenants) != 4 || dry.Tenants[0].Outcome != "merged" || dry.Tenants[2].Outcome != "back" || dry.Tenants[3].Outcome != "kept" {
		t.Errorf("%+v", dry.Tenants)
	}
	r.run("key", "import", later)
	for _, p := range []*member{one, two} {
		p.wants("acme", 10, "acme ten")
		p.wants("acme", 1, "acme one")
		p.wants("initech", 99, "")
	}
	r.run("key", "lock", "umbrella") // its old key is gone
	two.wants("umbrella", 3, "KU009")
	r.run("key", "unlock", "umbrella")
	two.wants("umbrella", 3, "KU004")
	r.run("key", "import", later, "--tenant", "umbrella", "--replace", "--accept-older")
	two.wants("umbrella", 3, "KU009")
	r.run("key", "unlock", "umbrella")
	for _, p := range []*member{one, two} {
		p.wants("umbrella", 3, "umbrella three")
		p.inserts("umbrella", 30, "umbrella thirty")
		p.wants("umbrella", 30, "umbrella thirty")
		_, _ = p.as("umbrella", "DELETE FROM matters WHERE id = 30")
	}
	if got := told[admin.Tenant](r.deployment, "tenant", "show", "umbrella"); got.ResolvedKey != second {
		t.Errorf("wrapped under %s, want %s", got.ResolvedKey, second)
	}
}

// A dump of the whole database, restored in the place of a database that has gone on since: other OIDs, older records. A lock that came later is not undone
// before the operator has said that the restore is meant.
func TestRestoredDump(t *testing.T) {
	r := deployRestorable(t)
	r.addTenant("acme")
	one, two := r.proxy(0), r.proxy(1)
	one.inserts("acme", 1, "acme one")
	r.psql("CREATE TABLE public.late (id int)") // so that OIDs move
	dump := filepath.Join(t.TempDir(), "app.dump")
	r.client("pg_dump", "-Fc", "-f", dump, "dealroom")
	r.run("key", "lock", "acme")
	one.wants("acme", 1, "KU009")
	two.wants("acme", 1, "KU009")
	r.cluster.Exec(t, "postgres", "DROP DATABASE dealroom WITH (FORCE)")
	r.cluster.Exec(t, "postgres", "CREATE DATABASE dealroom")
	r.client("pg_restore", "--exit-on-error", "-d", "dealroom", dump)
	one.wants("acme", 1, "KU012")
	two.wants("acme", 1, "KU012")
	if out := r.refused(exitFailed, "init"); !strings.Contains(out, `tenant "acme" is as it was 1 change ago`) {
		t.Errorf("init says %s", out)
	}
	r.run("init", "--accept-restore")
	for n, p := range []*member{one, two} {
		p.wants("acme", 1, "acme one")
		p.inserts("acme", 10+n, "acme after")
	}
	if _, err := r.cluster.Psql(t.Context(), "dealroom", "INSERT INTO matters VALUES (40, 'canary')"); err == nil || !strings.Contains(err.Error(), "a plaintext was refused") {
		t.Errorf("past the proxy: %v", err)
	}
	r.eventually("SELECT string_agg(state, ' ') FROM pgseal.column_state", "sealed")
}
