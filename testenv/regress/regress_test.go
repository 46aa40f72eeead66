package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// short is what CI runs of the suite: strings in every spelling, the transaction commands, portals and cursors, COPY, notices, prepared statements,
// large objects, errors, and the tests that differ for a reason. What they build on comes with them.
var short = []string{"char", "varchar", "text", "strings", "numeric", "timestamptz", "copy", "copyselect", "copydml", "create_misc", "create_procedure",
	"create_table", "create_index", "errors", "triggers", "transactions", "portals", "select_into", "xmlmap", "guc", "plancache", "plpgsql", "prepare", "largeobject",
	"rangefuncs", "temp", "async", "psql", "event_trigger"}

// TestShort runs a part of the suite straight at a server and through pgseal, with and without a policy.
func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute of PostgreSQL's own tests: run without -short")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	var out bytes.Buffer
	err = run(t.Context(), []string{"-tests", strings.Join(short, ",")}, &out)
	t.Log(out.String())
	if err != nil {
		t.Error(err)
	}
}

// TestSeesDifferences: another answer, a missing one and an unexpected one are told, an expected refusal is not.
func TestSeesDifferences(t *testing.T) {
	const refusal = "ERROR:  cursor_to_xml() may read protected tables that the statement does not name\n"
	tests := []struct {
		name, test, through string
		failed              bool
	}{
		{"same", "xmlmap", "select 1;\n 1\nselect 2;\n 2\n", false},
		{"refused", "xmlmap", "select 1;\n" + refusal + "select 2;\n 2\n", false},
		{"refused elsewhere", "boolean", "select 1;\n" + refusal + "select 2;\n 2\n", true},
		{"changed", "xmlmap", "select 1;\n" + refusal + "select 2;\n 3\n", true},
		{"missing", "boolean", "select 1;\nselect 2;\n 2\n", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			direct, through := t.TempDir(), t.TempDir()
			for dir, text := range map[string]string{direct: "select 1;\n 1\nselect 2;\n 2\n", through: test.through} {
				if err := os.WriteFile(filepath.Join(dir, test.test+".out"), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var out bytes.Buffer
			failed, err := compare(&out, schedule{{test.test}}, withOther, direct, through)
			if err != nil || (len(failed) > 0) != test.failed {
				t.Errorf("%v, %v\n%s", failed, err, out.String())
			}
		})
	}
}

func TestSchedule(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "parallel_schedule"), []byte("# words\ntest: test_setup\n\ntest: a b c\nignore: random\ntest: d\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := readSchedule(dir)
	if err != nil || all.count() != 5 || len(all) != 3 {
		t.Fatalf("%v, %v", all, err)
	}
	some, err := all.only([]string{"d", "b"})
	if err != nil || !slices.EqualFunc(some, schedule{{"test_setup"}, {"b"}, {"d"}}, slices.Equal) {
		t.Errorf("%v, %v", some, err)
	}
	if _, err := all.only([]string{"nothing"}); err == nil {
		t.Error("an unknown test")
	}
}
