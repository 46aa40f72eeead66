package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// kept is a deployment whose backups are looked into: a table with sealed columns of both physical types, one in partitions, and one that nothing protects.
type kept struct {
	*deployment
	conn *pgx.Conn
	dir  string
}

const keptTables = `CREATE TABLE matters (id bigint PRIMARY KEY, title text, fee numeric, email text, plain text);
	CREATE TABLE log (id bigint, at int, note text) PARTITION BY RANGE (at);
	CREATE TABLE "log 1" PARTITION OF log FOR VALUES FROM (0) TO (10); CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20);
	CREATE TABLE other (id bigint, remark text);`

const keptPolicy = `version: 1
tables:
  public.matters: {columns: {title: {mode: randomized}, fee: {mode: randomized, type: numeric}, email: {mode: deterministic}}}
  public.log: {columns: {note: {mode: randomized}}}
`

func keep(t *testing.T) *kept {
	k := &kept{deployment: deployWith(t, keptTables, keptPolicy), dir: t.TempDir()}
	k.conn = k.connect()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		sealed, err := k.cluster.Psql(t.Context(), "dealroom", "SELECT count(*) FROM pgseal.column_state WHERE state = 'sealed'")
		if err == nil && strings.TrimSpace(sealed) == "4" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s columns are sealed, %v", sealed, err)
		}
	}
	for id := range 12 {
		k.insert("INSERT INTO matters VALUES ($1, $2, $3, $4, $5)", id, fmt.Sprintf("canary %d\tand\\more\n", id), fmt.Sprint(id), fmt.Sprintf("canary%d@example.org", id%3), "nothing")
		k.insert("INSERT INTO log VALUES ($1, $2, $3)", id, id+4, "canary")
	}
	k.insert("INSERT INTO matters VALUES (100)")
	return k
}

func (k *kept) insert(sql string, args ...any) {
	k.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) { // until the proxy plans by the sealed state
		_, err := k.conn.Exec(k.t.Context(), sql, args...)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			k.t.Fatal(err)
		}
	}
}

// dump has pg_dump write a file, past the proxy.
func (k *kept) dump(name string, args ...string) string {
	k.t.Helper()
	file := filepath.Join(k.dir, name)
	k.client("pg_dump", append(args, "-f", file, "dealroom")...)
	return file
}

// check looks into a backup.
func (k *kept) check(code int, path string, args ...string) (v backupCheckView, says string) {
	k.t.Helper()
	return k.checkFrom(nil, code, path, args...)
}

func (k *kept) checkFrom(stdin []byte, code int, path string, args ...string) (v backupCheckView, says string) {
	k.t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{"pgseal", "backup", "check", path, "--json", "--config", k.config}, args...)
	if got := runWith(context.WithoutCancel(k.t.Context()), args, bytes.NewReader(stdin), &out, &errs); got != code {
		k.t.Errorf("%v: exit %d, want %d: %s\n%s", args, got, code, errs.String(), out.String())
	}
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), &v); err != nil {
			k.t.Fatalf("%v: %s", err, out.String())
		}
	}
	if strings.Contains(out.String()+errs.String(), "canary") {
		k.t.Errorf("a value is told: %s %s", errs.String(), out.String())
	}
	return v, errs.String()
}

func (v *backupCheckView) column(t *testing.T, name string) *columnSeen {
	t.Helper()
	for i := range v.Columns {
		if v.Columns[i].Column == name {
			return &v.Columns[i]
		}
	}
	t.Fatalf("no column %s: %+v", name, v.Columns)
	return nil
}

// good holds a check of the database as keep has made it against what there is.
func (k *kept) good(v *backupCheckView, kind string) {
	k.t.Helper()
	for name, want := range map[string]columnSeen{
		"public.matters.title": {Rows: 13, Null: 1, Sealed: 12, Opened: 12}, "public.matters.fee": {Rows: 13, Null: 1, Sealed: 12, Opened: 12},
		"public.matters.email": {Rows: 13, Null: 1, Sealed: 12, Opened: 12}, "public.log.note": {Rows: 12, Sealed: 12, Opened: 12},
	} {
		c := v.column(k.t, name)
		if c.Rows != want.Rows || c.Null != want.Null || c.Sealed != want.Sealed || c.Opened != want.Opened || c.Plain+c.Spoilt+c.NotKnown != 0 || !c.Data {
			k.t.Errorf("%s: %s: %+v", kind, name, c)
		}
	}
	if len(v.Keys) != 1 || v.Keys[0].Key != k.key || !v.Keys[0].Inside || !v.Keys[0].Opens || v.Keys[0].Values != 48 || v.Records != recordsHere || string(v.Kind) != kind || len(v.SHA256) != 64 {
		k.t.Errorf("%s: %+v", kind, v)
	}
}

func zipped(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(data)
	_ = z.Close()
	if err := os.WriteFile(path+".gz", b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path + ".gz"
}

// Backups in every form are read, and what is not as it should be in them is found.
func TestBackupCheck(t *testing.T) {
	k := keep(t)
	t.Run("forms", k.wantForms)
	t.Run("parts", k.wantParts)
	t.Run("lacking", k.wantLacking)
	t.Run("list", k.wantList)
	t.Run("keys", k.wantKeys)
	t.Run("report", k.wantReport)
	t.Run("renamed", k.wantRenamed)
	t.Run("plaintext", k.wantPlaintext)
}

func (k *kept) wantForms(t *testing.T) {
	began := time.Now().Add(-2 * time.Second)
	plain := k.dump("plain.sql")
	for kind, file := range map[string]string{"plain": plain, "custom": k.dump("custom.dump", "-Fc"), "directory": k.dump("directory", "-Fd"), "tar": k.dump("tar.dump", "-Ft")} {
		v, _ := k.check(exitDone, file)
		k.good(&v, kind)
		if (v.Made == nil) != (kind == "plain") || v.Made != nil && (v.Made.Before(began.Truncate(time.Second)) || v.Made.After(time.Now())) {
			t.Errorf("%s: made %v", kind, v.Made)
		}
		if kind == "directory" {
			continue
		}
		v, _ = k.check(exitDone, zipped(t, file), "--no-record")
		k.good(&v, kind)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		v, _ = k.checkFrom(data, exitDone, "-", "--open", "all")
		k.good(&v, kind)
		again, _ := k.check(exitDone, file)
		if v.SHA256 != again.SHA256 || v.Size != again.Size || v.Size != int64(len(data)) {
			t.Errorf("%s: %s of %d bytes from standard input, %s of %d", kind, v.SHA256, v.Size, again.SHA256, again.Size)
		}
	}
	for _, style := range [][]string{{"--inserts"}, {"--column-inserts"}, {"--rows-per-insert=5"}, {"--quote-all-identifiers"}, {"--load-via-partition-root"}, {"--verbose"}} {
		v, _ := k.check(exitDone, k.dump("styled.sql", style...))
		k.good(&v, "plain")
		if style[0] == "--verbose" && v.Made == nil {
			t.Error("it does not say when it was begun")
		}
	}
	k.cluster.Exec(t, "postgres", "CREATE DATABASE another")
	k.cluster.Exec(t, "another", "CREATE TABLE matters (id bigint, title text); INSERT INTO matters VALUES (1, 'canary')")
	all := filepath.Join(k.dir, "all.sql")
	k.client("pg_dumpall", "-f", all)
	v, _ := k.check(exitDone, all)
	k.good(&v, "plain")
	if got := strings.Join(v.Databases, " "); !strings.Contains(got, "another") || !strings.Contains(got, "dealroom") {
		t.Errorf("databases: %s", got)
	}
	k.cluster.Exec(t, "dealroom", "ALTER DATABASE dealroom SET bytea_output = escape")
	v, _ = k.check(exitDone, k.dump("escaped.sql"))
	if c := v.column(t, "public.matters.fee"); c.Sealed != 12 || c.Opened != 12 {
		t.Errorf("bytea_output = escape: %+v", c)
	}
	k.cluster.Exec(t, "dealroom", "ALTER DATABASE dealroom RESET bytea_output")
}

// Parts of a database: the data alone, whose partitions only the live catalogue knows; a table that is not protected.
func (k *kept) wantParts(t *testing.T) {
	v, says := k.check(exitFailed, k.dump("data.sql", "--data-only", "-n", "public"))
	if c := v.column(t, "public.log.note"); c.Sealed != 12 || v.Plaintext != 0 || v.Records != recordsNone || !strings.Contains(says, "missing") || v.Keys[0].Inside || !v.Keys[0].Opens {
		t.Errorf("%s: %+v", says, v)
	}
	v, _ = k.check(exitFailed, k.dump("other.sql", "-t", "other"))
	if c := v.column(t, "public.matters.title"); c.Data || len(v.Keys) != 0 {
		t.Errorf("%+v", v)
	}
	k.cluster.Exec(t, "dealroom", "INSERT INTO other SELECT id, title FROM matters")
	v, _ = k.check(exitDone, k.dump("stray.sql"))
	if len(v.Stray) != 1 || v.Stray[0].Column != "public.other.remark" || v.Stray[0].Values != 12 || v.Keys[0].Values != 60 {
		t.Errorf("%+v", v.Stray)
	}
	k.cluster.Exec(t, "dealroom", "TRUNCATE other")
}

// Control records that are not there, and dumps that end too early.
func (k *kept) wantLacking(t *testing.T) {
	v, _ := k.check(exitFailed, k.dump("bare.sql", "-N", "pgseal"))
	if v.Records != recordsNone || len(v.Missing) != 1 || !strings.Contains(v.Missing[0], "schema pgseal") {
		t.Errorf("%+v", v)
	}
	v, _ = k.check(exitFailed, k.dump("nokeys.dump", "-Fc", "-T", "pgseal.data_key"))
	if got := strings.Join(v.Missing, " "); !strings.Contains(got, "pgseal.data_key") || !strings.Contains(got, v.Keys[0].DataKeys[0].Number) || v.Keys[0].Inside {
		t.Errorf("%s: %+v", got, v)
	}
	whole, err := os.ReadFile(k.dump("whole.sql"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []int{len(whole) - 200, len(whole) / 2, bytes.Index(whole, []byte("COPY public.matters")) + 300} {
		if v, _ := k.checkFrom(whole[:part], exitFailed, "-", "--no-record"); !strings.Contains(strings.Join(v.Problems, " "), "cut off") {
			t.Errorf("cut at %d of %d: %v", part, len(whole), v.Problems)
		}
	}
	archive, err := os.ReadFile(k.dump("whole.dump", "-Fc"))
	if err != nil {
		t.Fatal(err)
	}
	if _, says := k.checkFrom(archive[:len(archive)/2], exitFailed, "-", "--no-record"); !strings.Contains(says, "pg_restore") {
		t.Error(says)
	}
	for _, none := range []string{"", "no dump at all\n", "\x1f\x8bxx"} {
		k.checkFrom([]byte(none), exitFailed, "-", "--no-record")
	}
	altered := bytes.Replace(whole, []byte("COPY pgseal.tenant ("), []byte("COPY pgseal.tenant ("), 1)
	altered = bytes.ReplaceAll(altered, []byte(k.key), []byte(strings.Replace(k.key, ":key/", ":key/0", 1)))
	if v, _ := k.checkFrom(altered, exitFailed, "-", "--no-record"); !strings.Contains(strings.Join(v.Problems, " "), `tenant "acme" does not verify`) || v.Keys[0].Inside {
		t.Errorf("a record that was altered: %+v", v)
	}
	for _, args := range [][]string{{}, {"a", "b"}, {"a", "--open", "some"}, {"a", "--made", "yesterday"}} {
		k.refused(exitUsage, append([]string{"backup", "check"}, args...)...)
	}
	k.refused(exitFailed, "backup", "check", filepath.Join(k.dir, "nowhere"))
	k.refused(exitFailed, "backup", "check", k.t.TempDir())
}

// wantKeys: a backup of before a change of the customer's key names the key of its time, whether that opens, and opens no more once it is gone.
func (k *kept) wantKeys(t *testing.T) {
	before := k.dump("before.dump", "-Fc")
	second := k.kms.CreateKey(kmstest.KeyOptions{})
	k.run("key", "set-arn", "acme", second)
	k.run("key", "rotate", "acme", "--new-data-key")
	after := k.dump("after.dump", "-Fc")
	if v, _ := k.check(exitDone, before); v.Keys[0].Key != k.key || !v.Keys[0].Opens || len(v.Keys[0].DataKeys) != 1 {
		t.Errorf("%+v", v.Keys)
	}
	if v, _ := k.check(exitDone, after); v.Keys[0].Key != second || !v.Keys[0].Opens {
		t.Errorf("%+v", v.Keys)
	}
	for state, code := range map[kmstest.State]string{kmstest.Disabled: "KU002", kmstest.PendingDeletion: "KU003"} {
		if err := k.kms.SetState(k.key, state); err != nil {
			t.Fatal(err)
		}
		v, says := k.check(exitFailed, before)
		if v.Keys[0].Opens || v.Keys[0].Code != code || v.Keys[0].Key != k.key || !strings.Contains(says, "1 customer's key that does not open now") {
			t.Errorf("%s: %+v", says, v.Keys)
		}
		if c := v.column(t, "public.matters.title"); c.Opened != 12 { // the data key is the same, and the store's record opens it
			t.Errorf("%+v", c)
		}
		k.check(exitDone, before, "--allow-closed")
	}
	if err := k.kms.SetState(k.key, kmstest.Enabled); err != nil {
		t.Fatal(err)
	}
	k.run("key", "lock", "acme")
	v, _ := k.check(exitFailed, after)
	if c := v.column(t, "public.matters.title"); v.Keys[0].Code != "KU009" || c.Opened != 0 || c.NotKnown != 12 {
		t.Errorf("locked: %+v, %+v", v.Keys, c)
	}
	k.run("key", "unlock", "acme")
}

// wantRenamed: a column that has another name by now is looked into by the name that it had.
func (k *kept) wantRenamed(t *testing.T) {
	before := k.dump("named.dump", "-Fc")
	k.cluster.Exec(t, "dealroom", "ALTER TABLE log RENAME note TO remark; UPDATE pgseal.proxy SET name = name")
	k.write(filepath.Join(filepath.Dir(k.config), "policy.yaml"), strings.ReplaceAll(keptPolicy, "note:", "remark:"))
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		got, err := k.cluster.Psql(t.Context(), "dealroom", "SELECT column_name FROM pgseal.column_state WHERE table_name = 'log'")
		if err == nil && strings.TrimSpace(got) == "remark" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the record says %s, %v", got, err)
		}
	}
	v, _ := k.check(exitDone, before)
	if c := v.column(t, "public.log.note"); c.Sealed != 12 || c.Opened != 12 || v.column(t, "public.log.remark").Sealed != 0 {
		t.Errorf("%+v", v.Columns)
	}
	data, err := os.ReadFile(before)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := k.checkFrom(data, exitFailed, "-"); !strings.Contains(strings.Join(v.Problems, " "), "public.log.note was sealed by that name") {
		t.Errorf("%+v", v.Problems)
	}
	if v, _ := k.check(exitDone, k.dump("renamed.dump", "-Fc")); v.column(t, "public.log.remark").Opened != 12 {
		t.Errorf("%+v", v.Columns)
	}
}

// wantPlaintext: plaintext that got past everything is found, with its place and without its value; so is one that looks sealed to the last byte but its seal.
func (k *kept) wantPlaintext(t *testing.T) {
	k.cluster.Exec(t, "dealroom", `ALTER TABLE matters DISABLE TRIGGER ALL; ALTER TABLE "log 1" DISABLE TRIGGER ALL;
		DO $$ DECLARE c record; BEGIN FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE conname LIKE 'pgseal_sealed%' AND conparentid = 0 AND coninhcount = 0
		LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname); END LOOP; END $$`)
	var text string
	direct := k.cluster.Conn(t, "dealroom", "")
	if err := direct.QueryRow(t.Context(), "SELECT title FROM matters WHERE id = 5").Scan(&text); err != nil {
		t.Fatal(err)
	}
	sealed, err := crypto.AppendUnarmour(nil, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	copy(sealed[len(sealed)-20:], "canary canary canary")
	k.cluster.Exec(t, "dealroom", fmt.Sprintf(`UPDATE matters SET title = 'canary, of a client' WHERE id = 3; UPDATE matters SET title = '', fee = '\x63616e617279' WHERE id = 4;
		UPDATE matters SET title = '%s' WHERE id = 6; UPDATE "log 1" SET remark = 'pgs1_canary' WHERE id = 1`, crypto.AppendArmour(nil, sealed)))
	order, err := k.cluster.Psql(t.Context(), "dealroom", "SELECT string_agg(n::text, ' ' ORDER BY n) FROM (SELECT id, row_number() OVER (ORDER BY ctid) n FROM matters) m WHERE id IN (3, 4)")
	if err != nil {
		t.Fatal(err)
	}
	for _, style := range [][]string{nil, {"--inserts"}, {"-Fc"}} {
		v, says := k.check(exitFailed, k.dump("spoilt", style...))
		title, fee, note := v.column(t, "public.matters.title"), v.column(t, "public.matters.fee"), v.column(t, "public.log.remark")
		if title.Plain != 2 || title.Spoilt != 1 || fee.Plain != 1 || note.Plain != 1 || v.Plaintext != 4 || v.Spoilt != 1 ||
			!strings.Contains(says, "4 values of sealed columns in plaintext") || !strings.Contains(says, "1 value that do not open") {
			t.Errorf("%s: %+v", says, v.Columns)
		}
		if got := fmt.Sprint(title.PlainAt[0].Row, title.PlainAt[1].Row); got != strings.TrimSpace(order) || title.PlainAt[0].Table != "public.matters" || note.PlainAt[0].Table != "public.log 1" {
			t.Errorf("at %v, want rows %s; %v", title.PlainAt, order, note.PlainAt)
		}
		if v, _ := k.check(exitFailed, filepath.Join(k.dir, "spoilt"), "--open", "none"); v.Spoilt != 0 || v.Plaintext != 4 {
			t.Errorf("nothing opened: %+v", v)
		}
		if style != nil && style[0] == "-Fc" {
			said := k.refused(exitFailed, "backup", "check", filepath.Join(k.dir, "spoilt"))
			if !strings.Contains(said, "PLAINTEXT: public.matters.title holds 2 values that ought to be sealed, in public.matters row ") || strings.Contains(said, "canary") {
				t.Error(said)
			}
		}
	}
}

// wantList: what was checked is listed once, whatever its form; one that was destroyed is not any more.
func (k *kept) wantList(t *testing.T) {
	file := k.dump("listed.dump", "-Fc")
	v, _ := k.check(exitDone, file, "--made", "2026-01-31T02:00:00Z", "--name", "nightly")
	k.check(exitDone, file, "--made", "2026-01-31T02:00:00Z", "--name", "nightly")
	if !v.Listed {
		t.Error("it is not listed")
	}
	find := func(args ...string) (found *backupView, all backupsView) {
		all = told[backupsView](k.deployment, append([]string{"backup", "list"}, args...)...)
		for i := range all.Backups {
			if b := &all.Backups[i]; b.SHA256 == v.SHA256 {
				if found != nil {
					t.Error("it is listed twice")
				}
				found = b
			}
		}
		return found, all
	}
	b, _ := find()
	if b == nil || b.Name != "nightly" || b.Kind != "custom" || b.Sealed != 48 || b.Made == nil || b.Made.Year() != 2026 || len(b.Needs) != 1 || b.Needs[0].Key != k.key || b.Needs[0].Tenant != "acme" {
		t.Fatalf("%+v", b)
	}
	if out := k.printed("backup", "list"); !strings.Contains(out, v.SHA256[:shortHash]) || !strings.Contains(out, k.key) || !strings.Contains(out, "nobody has stated") {
		t.Error(out)
	}
	k.run("backup", "forget", v.SHA256[:shortHash])
	if b, _ := find(); b != nil {
		t.Errorf("still there: %+v", b)
	}
	if b, _ := find("--all"); b == nil || b.Forgotten == nil || b.ForgottenBy == "" {
		t.Errorf("%+v", b)
	}
	k.refused(exitUsage, "backup", "forget", "abc")
	k.refused(exitFailed, "backup", "forget", strings.Repeat("0", 64))
	k.run("backup", "all-listed", "--by", "the DBA")
	if _, all := find(); all.Statement == nil || all.Statement.By != "the DBA" {
		t.Errorf("%+v", all.Statement)
	}
	k.run("backup", "all-listed", "--withdraw")
	if _, all := find(); all.Statement != nil {
		t.Errorf("%+v", all.Statement)
	}
}

// wantReport: the report names the backups that need the former key, and answers more once they are gone and somebody has said that there are no others.
func (k *kept) wantReport(t *testing.T) {
	first := true
	former := func() masterKeyView {
		t.Helper()
		r := told[reportView](k.deployment, "key", "report", "acme", "--count", "none")
		if len(r.MasterKeys) != 2 || r.MasterKeys[1].Key != k.key || r.MasterKeys[0].MayDelete != deleteNo {
			t.Fatalf("%+v", r.MasterKeys)
		}
		var names []string
		for _, b := range r.MasterKeys[0].Backups {
			names = append(names, b.Name+" "+b.How)
		}
		got := strings.Join(names, ", ")
		if !strings.Contains(got, "after.dump wrapped") || !first && strings.Contains(got, "before.dump") || first && !strings.Contains(got, "bare.sql store") {
			t.Errorf("the present key: %s", got)
		}
		first = false
		return r.MasterKeys[1]
	}
	m := former()
	if m.MayDelete != deleteNo || len(m.Backups) < 5 || m.Backups[0].Database != "dealroom" || !strings.Contains(strings.Join(m.Reasons, " "), "listed above and kept") {
		t.Errorf("%+v", m)
	}
	if out := k.printed("key", "report", "acme", "--count", "none"); !strings.Contains(out, "Backup of database dealroom: before.dump, custom, made ") {
		t.Error(out)
	}
	k.run("backup", "all-listed", "--by", "the DBA")
	for _, b := range m.Backups {
		k.run("backup", "forget", b.SHA256)
	}
	if m = former(); m.MayDelete != deleteAsStated || !strings.Contains(strings.Join(m.Reasons, " "), "by the word of the DBA") {
		t.Errorf("%+v", m)
	}
	if out := k.printed("key", "report", "acme", "--count", "none"); !strings.Contains(out, "MAY I DELETE IT?  YES, if what was stated of backups is true.") {
		t.Error(out)
	}
	// A key is in use here until later than the statement reaches.
	k.run("tenant", "add", "beta", "--provider", "aws-kms", "--key", k.key)
	if m = former(); m.MayDelete != deleteNo || len(m.Others) != 1 {
		t.Errorf("%+v", m)
	}
	r := told[reportView](k.deployment, "key", "report", "acme", "--count", "none")
	k.run("key", "set-arn", "beta", r.MasterKeys[0].Key)
	if m = former(); m.MayDelete != deleteWithoutBackups || !strings.Contains(strings.Join(m.Reasons, " "), "does not reach as far as the key was in use: dealroom") {
		t.Errorf("%+v", m)
	}
	k.run("backup", "all-listed")
	if m = former(); m.MayDelete != deleteAsStated {
		t.Errorf("%+v", m)
	}
	k.run("backup", "all-listed", "--withdraw")
	if m = former(); m.MayDelete != deleteWithoutBackups {
		t.Errorf("%+v", m)
	}
	k.cluster.Exec(t, "dealroom", "CREATE TABLE kept_list AS TABLE pgseal.backup; DELETE FROM pgseal.backup WHERE position = 1")
	if said := k.refused(exitFailed, "key", "report", "acme", "--count", "none"); !strings.Contains(said, "the list of backups does not verify") {
		t.Error(said)
	}
	k.refused(exitFailed, "backup", "list")
	k.cluster.Exec(t, "dealroom", "INSERT INTO pgseal.backup SELECT * FROM kept_list WHERE position = 1; DROP TABLE kept_list")
}
