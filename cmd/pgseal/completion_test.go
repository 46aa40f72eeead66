package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// printedBy is what a command prints.
func printedBy(t *testing.T, args ...string) string {
	t.Helper()
	var out, faults bytes.Buffer
	if code := runContext(t.Context(), append([]string{"pgseal"}, args...), &out, &faults); code != exitDone {
		t.Fatalf("pgseal %s: exit %d: %s", strings.Join(args, " "), code, faults.String())
	}
	return out.String()
}

// completing are drivers that have a shell complete the words behind `--`, by the script on standard input: each prints one candidate a line.
var completing = map[string]string{
	"bash": `eval "$(cat)"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pgseal; printf '%s\n' "${COMPREPLY[@]}"`,
	"zsh": `script=$(cat); shift; words=("$@"); CURRENT=$#; PREFIX=${words[-1]}
_describe() { local name=${@[-1]} one; for one in ${(P)name}; do print -r -- "${one%%:*}"; done }
_files() { print -r -- *(N) }
set --; eval "$script"`,
	"fish": `read -z script; echo $script | source; complete -C (string join ' ' -- $argv) | string replace -r '\t.*' ''; true`,
}

func TestCompletion(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "app.dump"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for shell, driver := range completing {
		t.Run(shell, func(t *testing.T) {
			program, err := exec.LookPath(shell)
			if err != nil {
				t.Skipf("%s is not installed (.ci/prerequisites test installs it)", shell)
			}
			script := printedBy(t, "completion", shell)
			complete := func(words ...string) []string {
				t.Helper()
				args := append([]string{"--", "pgseal"}, words...)
				cmd := exec.Command(program, append([]string{"-c", driver}, args...)...)
				if shell != "fish" { // which keeps the words, with no name before them
					cmd.Args = slices.Insert(cmd.Args, 3, shell)
				}
				cmd.Stdin, cmd.Dir = strings.NewReader(script), dir
				cmd.Env = append(cmd.Environ(), "HOME="+dir)
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				return strings.Fields(string(out))
			}
			for _, test := range []struct {
				words        []string
				holds, lacks string
			}{
				{[]string{""}, "serve", "--help"},
				{[]string{"key", ""}, "set-cache-time", "serve"},
				{[]string{"key", "ro"}, "rotate", "serve"},
				{[]string{"key", "rotate", "--"}, "--new-data-key", "--cache-time"},
				{[]string{"key", "rotate", "acme", "--"}, "--json", ""},
				{[]string{"key", "--database", "serve", "ro"}, "rotate", ""}, // the value of a flag is no command
				{[]string{"serve", "--config", ""}, "app.dump", "serve"},
				{[]string{"backup", "check", ""}, "app.dump", "serve"},
				{[]string{"key", "status", "--database", ""}, "", "serve"},
			} {
				got := complete(test.words...)
				if test.holds != "" && !slices.Contains(got, test.holds) || test.lacks != "" && slices.Contains(got, test.lacks) {
					t.Errorf("%q: %q; want %q, and not %q", test.words, got, test.holds, test.lacks)
				}
			}
		})
	}
}

// Every command has a page, or a section of one, with all of its flags, and mandoc has no complaint.
func TestManual(t *testing.T) {
	dir := t.TempDir()
	printedBy(t, "man", "--dir", dir)
	app := newApp(&bytes.Buffer{}, &bytes.Buffer{})
	for _, r := range refer(app).commands {
		page := printedBy(t, "man", r.path[0])
		if one, err := os.ReadFile(filepath.Join(dir, "pgseal-"+r.path[0]+".1")); err != nil || string(one) != page {
			t.Errorf("%s: --dir has another page, %v", r.path[0], err)
		}
		r.walk(func(c *reference) {
			if !strings.Contains(page, roff(c.title())) {
				t.Errorf("%s is not in its page", c.title())
			}
			for _, f := range c.flags {
				if !strings.Contains(page, roff("--"+f.name)) {
					t.Errorf("%s: --%s is not in its page", c.title(), f.name)
				}
			}
		})
	}
	if _, err := exec.LookPath("mandoc"); err != nil {
		t.Skip("mandoc is not installed (.ci/prerequisites test installs it)")
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) < 10 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	if out, err := exec.Command("mandoc", append([]string{"-T", "lint", "-W", "error"}, pages...)...).CombinedOutput(); err != nil {
		t.Errorf("mandoc: %v\n%s", err, out)
	}
}
