package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sealedTypes are columns of every kind of type, sealed, with what a row has in them.
var sealedTypes = []struct{ name, typ, mode, value string }{
	{"note", "text", "randomized", `E'tab\there, line\nend, \\backslash, \\N, \\., "quote"'`},
	{"void", "text", "randomized", `''`},
	{"nothing", "text", "randomized", `NULL`},
	{"code", "varchar(20)", "deterministic", `'K-17 ü'`},
	{"small", "smallint", "deterministic", `-7`},
	{"whole", "integer", "randomized", `2147483647`},
	{"big", "bigint", "deterministic", `-9223372036854775808`},
	{"fee", "numeric(8,2)", "deterministic", `12.50`},
	{"exact", "numeric", "randomized", `1e-30`},
	{"ratio", "double precision", "randomized", `0.1`},
	{"yes", "boolean", "deterministic", `true`},
	{"born", "date", "deterministic", `'1969-07-20'`},
	{"moment", "timestamp", "randomized", `'2026-02-28 23:59:59.999999'`},
	{"instant", "timestamptz", "deterministic", `'2026-02-28 23:59:59.5+02'`},
	{"span", "interval", "randomized", `'1 year 2 days 03:04:05.6'`},
	{"ident", "uuid", "deterministic", `'00112233-4455-6677-8899-aabbccddeeff'`},
	{"raw", "bytea", "deterministic", `'\x00ff5c'`},
	{"doc", "jsonb", "randomized", `'{"a": [1, "\t", null]}'`},
	{"net", "inet", "randomized", `'10.1.2.3/8'`},
	{"tags", "text[]", "randomized", `'{"a,b",NULL,"c\"d\\e",""}'`},
	{"numbers", "integer[]", "randomized", `'{{1,2},{3,NULL}}'`},
	{"mood", "mood", "randomized", `'calm'`},
}

// dumpOf prepares and runs a program of PostgreSQL's.
func (d *deployment) client(program string, args ...string) []byte {
	d.t.Helper()
	cmd, err := d.cluster.Command(d.t.Context(), program, args...)
	if err != nil {
		d.t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		d.t.Fatalf("%s: %v: %s", program, err, stderr.String())
	}
	return out
}

// copied is the COPY data of a table in a dump.
func copied(t *testing.T, dump, table string) string {
	t.Helper()
	_, rest, ok := strings.Cut(dump, "\nCOPY public."+table+" (")
	_, rows, ok2 := strings.Cut(rest, "FROM stdin;\n")
	rows, _, ok3 := strings.Cut(rows, "\\.\n")
	if !ok || !ok2 || !ok3 {
		t.Fatalf("no data of %s in the dump", table)
	}
	return rows
}

// Dumps in every form, of values of every type in both modes, open with a key export and the KMS alone: database and proxy are gone. What comes out is byte for
// byte what PostgreSQL's own COPY writes of the same values in plaintext. Names may have changed between the dump and the export.
func TestOpenDumps(t *testing.T) {
	d := deploy(t)
	d.cluster.Exec(t, "dealroom", "CREATE TYPE mood AS ENUM ('calm', 'cross')")
	definition, policy, values := "id bigint PRIMARY KEY", "", "1"
	for _, c := range sealedTypes {
		definition += ", " + c.name + " " + c.typ
		policy += "      " + c.name + `: {mode: ` + c.mode + `, type: "` + strings.Replace(c.typ, "mood", "public.mood", 1) + `"}` + "\n"
		values += ", " + c.value
	}
	d.cluster.Exec(t, "dealroom", "CREATE TABLE cases ("+definition+"); CREATE TABLE reference ("+definition+"); INSERT INTO reference VALUES ("+values+"); INSERT INTO reference VALUES (2)")
	d.write(filepath.Join(filepath.Dir(d.config), "policy.yaml"), "version: 1\ntables:\n  public.matters: {columns: {title: {mode: randomized}}}\n  public.cases:\n    columns:\n"+policy)
	conn := d.connect()
	for deadline := time.Now().Add(3 * time.Minute); ; time.Sleep(100 * time.Millisecond) { // until the proxy has taken the policy up and sealed the columns
		sealed, err := d.cluster.Psql(t.Context(), "dealroom", "SELECT count(*) FROM pgseal.column_state WHERE table_name = 'cases' AND state = 'sealed'")
		if err == nil && strings.TrimSpace(sealed) == fmt.Sprint(len(sealedTypes)) {
			if _, err = conn.Exec(t.Context(), "INSERT INTO cases VALUES ("+values+")"); err == nil {
				break
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s columns are sealed, %v", sealed, err)
		}
	}
	t.Logf("sealed")
	if _, err := conn.Exec(t.Context(), "INSERT INTO cases VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	want := copied(t, string(d.client("pg_dump", "-t", "reference", "dealroom")), "reference")
	before := d.exported("acme")
	d.client("pg_dump", "-t", "cases", "-f", file("plain"), "dealroom")
	d.client("pg_dump", "-t", "cases", "-Fc", "-f", file("custom"), "dealroom")
	d.client("pg_dump", "-t", "cases", "-Fd", "-f", file("directory"), "dealroom")
	d.client("pg_dump", "-t", "cases", "--inserts", "-f", file("inserts"), "dealroom")
	d.cluster.Exec(t, "dealroom", "ALTER TABLE cases RENAME note TO remark; ALTER TABLE cases RENAME TO files")
	d.client("pg_dump", "-t", "files", "-f", file("renamed"), "dealroom")
	if err := d.cluster.Shutdown(); err != nil {
		t.Fatal(err)
	}
	restore, err := d.cluster.Command(t.Context(), "pg_restore")
	if err != nil {
		t.Fatal(err)
	}
	text := func(name string) []byte {
		if name == "custom" || name == "directory" {
			out, err := exec.CommandContext(t.Context(), restore.Path, "-f", "-", file(name)).Output()
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		data, err := os.ReadFile(file(name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	opens := func(dump []byte) (code int, stdout, stderr string) {
		var out, says bytes.Buffer
		code = runWith(t.Context(), []string{"pgseal", "open", "--keys", before, "--dump", "--endpoint", d.kms.URL()}, bytes.NewReader(dump), &out, &says)
		return code, out.String(), says.String()
	}
	for _, name := range []string{"plain", "custom", "directory", "renamed"} {
		table := map[bool]string{false: "cases", true: "files"}[name == "renamed"]
		dump := text(name)
		if sealed := copied(t, string(dump), table); sealed == want || strings.Contains(sealed, "backslash") {
			t.Fatalf("%s: the dump is in plaintext", name)
		}
		code, out, says := opens(dump)
		if code != exitDone {
			t.Errorf("%s: exit %d, %s", name, code, says)
		} else if got := copied(t, out, table); got != want {
			t.Errorf("%s:\n%q, want\n%q", name, got, want)
		}
	}
	if code, _, says := opens(text("inserts")); code != exitFailed || !strings.Contains(says, "21 sealed values were passed on as they are") {
		t.Errorf("with --inserts: exit %d, %s", code, says)
	}
	archive, err := os.ReadFile(file("custom"))
	if err != nil {
		t.Fatal(err)
	}
	if code, _, says := opens(archive); code != exitFailed || !strings.Contains(says, "pg_restore -f -") {
		t.Errorf("an archive as it is: exit %d, %s", code, says)
	}
}
