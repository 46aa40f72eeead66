package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
)

var long = flag.Bool("long", false, "also build twice, install the package, run the image (make release-check)")

// onlyLong skips what takes minutes.
func onlyLong(t *testing.T) {
	if !*long {
		t.Skip("takes minutes: make release-check runs it")
	}
}

// TestMain works at the top of the checkout, as the program does.
func TestMain(m *testing.M) {
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// plain is an ordinary build: everything but the compiling is tried with it.
func plain(t *testing.T) string {
	t.Helper()
	if program.RaceDetector {
		t.Skip("nothing here runs at the same time as something else, and a program under the race detector is not shipped")
	}
	binary, err := program.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// built is the program as it is shipped.
func built(t *testing.T) string {
	t.Helper()
	var s stamp
	if err := s.fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(t.TempDir(), "pgseal")
	if err := build(t.Context(), s, runtime.GOARCH, binary); err != nil {
		t.Fatal(err)
	}
	return binary
}

// released runs the program and returns its folder.
func released(t *testing.T, args ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "dist")
	var stderr bytes.Buffer
	if err := run(t.Context(), append([]string{"-out", out}, args...), io.Discard, &stderr); err != nil {
		t.Fatalf("%v %s", err, stderr.String())
	}
	return out
}

// told runs a command and returns what it prints.
func told(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func only(t *testing.T, pattern string) string {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil || len(all) != 1 {
		t.Fatalf("%s: %q, %v", pattern, all, err)
	}
	return all[0]
}

// same demands that two folders hold the same bytes.
func same(t *testing.T, one, other string) {
	t.Helper()
	entries, err := os.ReadDir(one)
	if err != nil || len(entries) < 3 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		a, errA := os.ReadFile(filepath.Join(one, e.Name()))
		b, errB := os.ReadFile(filepath.Join(other, e.Name()))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs (%d and %d bytes), %v %v", e.Name(), len(a), len(b), errA, errB)
		}
	}
}

// The same program is packed into the same bytes, whatever the time, the umask and the names of folders, and holds what it is said to hold.
func TestPacked(t *testing.T) {
	binary := plain(t)
	t.Run("samples", func(t *testing.T) { trySamples(t, binary) })
	dist := released(t, "-no-deb", "-binary", binary, "-version", "1.2.3")
	same(t, dist, released(t, "-no-deb", "-binary", binary, "-version", "1.2.3"))

	cmd := exec.Command("sha256sum", "--strict", "-c", "SHA256SUMS")
	cmd.Dir = dist
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("sha256sum: %v\n%s", err, out)
	}
	root := t.TempDir()
	told(t, "tar", "-xzf", only(t, dist+"/*.tar.gz"), "-C", root, "--strip-components=1")
	if said := told(t, root+"/usr/bin/pgseal", "--version"); !strings.HasPrefix(said, "pgseal version ") {
		t.Errorf("it says %q", said)
	}
	for _, name := range []string{
		"usr/share/man/man1/pgseal-serve.1.gz", "usr/share/bash-completion/completions/pgseal", "usr/share/zsh/vendor-completions/_pgseal",
		"usr/share/fish/vendor_completions.d/pgseal.fish", "usr/lib/systemd/system/pgseal.service", "usr/share/pgseal/pgseal.yaml", "usr/share/pgseal/policy.yaml",
	} {
		if info, err := os.Stat(filepath.Join(root, name)); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	checkParts(t, binary, only(t, dist+"/*.cdx.json"), filepath.Join(root, "usr/share/doc/pgseal/licences"))
	checkDocuments(t, filepath.Join(root, "usr/share/doc/pgseal"))
}

// checkDocuments demands every document to which a message of the program points, and every one to which the README leads.
func checkDocuments(t *testing.T, dir string) {
	t.Helper()
	names := map[string]bool{"README.md": true}
	sources := []string{"README.md"}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			sources = append(sources, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range sources {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`\bdocs/[a-z/-]+\.(md|yml|json)\b`).FindAllString(string(text), -1) {
			names[name] = true
		}
	}
	if len(names) < 30 {
		t.Errorf("only %d documents are named", len(names))
	}
	for name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

// checkParts holds the list of parts, and their licences, against what the go command knows of the program.
func checkParts(t *testing.T, binary, bom, licences string) {
	t.Helper()
	text, err := os.ReadFile(bom)
	if err != nil {
		t.Fatal(err)
	}
	var d bomDocument
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&d); err != nil {
		t.Fatal(err)
	}
	versions := map[string]string{}
	for _, c := range d.Components {
		versions[c.Name] = c.Version
		if all, err := os.ReadDir(filepath.Join(licences, c.Name)); err != nil || len(all) == 0 {
			t.Errorf("no licence of %s: %v", c.Name, err)
		}
	}
	count := 1 // the standard library
	for line := range strings.Lines(told(t, "go", "version", "-m", binary)) {
		if f := strings.Fields(line); len(f) >= 3 && f[0] == "dep" {
			count++
			if versions[f[1]] != f[2] {
				t.Errorf("%s %s is listed as %q", f[1], f[2], versions[f[1]])
			}
		}
	}
	if count != len(d.Components) || count < 20 {
		t.Errorf("%d modules, %d listed", count, len(d.Components))
	}
}

// The same commit gives the same bytes: the second time from a checkout at another place, by a go command that has compiled nothing yet.
func TestReproducible(t *testing.T) {
	onlyLong(t)
	if changed := told(t, "git", "status", "--porcelain", "--untracked-files=no"); changed != "" {
		t.Fatalf("a clone does not have what is not committed:\n%s", changed)
	}
	first := released(t)
	clone := filepath.Join(t.TempDir(), "elsewhere")
	told(t, "git", "clone", "--quiet", "--no-hardlinks", ".", clone)
	cmd := exec.CommandContext(t.Context(), "go", "run", "./testenv/release", "-out", filepath.Join(clone, "dist"))
	cmd.Dir, cmd.Env = clone, append(os.Environ(), "GOCACHE="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	same(t, first, filepath.Join(clone, "dist"))

	root := t.TempDir()
	told(t, "tar", "-xzf", only(t, first+"/*.tar.gz"), "-C", root, "--strip-components=1")
	if said := told(t, "file", root+"/usr/bin/pgseal"); !strings.Contains(said, "statically linked") {
		t.Error(said)
	}
	if said, commit := told(t, root+"/usr/bin/pgseal", "--version"), strings.TrimSpace(told(t, "git", "-C", clone, "log", "-1", "--format=%h")); !strings.Contains(said, "commit "+commit) {
		t.Errorf("%q is not of commit %s", said, commit)
	}
	checkParts(t, root+"/usr/bin/pgseal", only(t, first+"/*.cdx.json"), filepath.Join(root, "usr/share/doc/pgseal/licences"))
}
