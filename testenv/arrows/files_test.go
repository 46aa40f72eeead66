package arrows

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maxLines is how long a Go file may be without a reason.
const maxLines = 500

// longFiles are the Go files over it, each with its reason.
var longFiles = map[string]string{}

// root is the top of the checkout.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatalf("no go.mod at the top of the checkout: %v", err)
	}
	return dir
}

// files lists what belongs to the repository, committed or not: everything that
// .gitignore does not exclude. Without git (a source archive) it is every file.
func files(t *testing.T) []string {
	t.Helper()
	dir := root(t)
	if _, err := os.Stat(filepath.Join(dir, ".git")); err != nil {
		return allFiles(t, dir)
	}
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", describe(err))
	}
	var list []string
	for _, name := range strings.Split(strings.TrimRight(string(out), "\x00"), "\x00") {
		// A file that was removed is still listed until that is committed.
		if info, err := os.Lstat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			list = append(list, name)
		}
	}
	if len(list) < 10 {
		t.Fatalf("git ls-files lists only %d files", len(list))
	}
	return list
}

func allFiles(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			name, _ := filepath.Rel(dir, p)
			list = append(list, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func folderHasGo(t *testing.T, folder string) bool {
	return slices.ContainsFunc(files(t), func(name string) bool {
		return filepath.Dir(name) == folder && strings.HasSuffix(name, ".go")
	})
}

// TestFileLength: a file over maxLines needs a reason, and a reason needs its
// file.
func TestFileLength(t *testing.T) {
	seen := make(map[string]bool)
	for _, name := range files(t) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(data, []byte("\n")); n > maxLines {
			seen[name] = true
			if longFiles[name] == "" {
				t.Errorf("%s has %d lines, more than %d: split it by reason, or give the reason here", name, n, maxLines)
			}
		}
	}
	for name := range longFiles {
		if !seen[name] {
			t.Errorf("%s is not over %d lines any more: take it off the list", name, maxLines)
		}
	}
}

// TestFileNames: a file says what it is about.
func TestFileNames(t *testing.T) {
	vague := regexp.MustCompile(`(^|/)(utils?|helpers?|common|types|misc)(_test)?\.go$`)
	for _, name := range files(t) {
		if vague.MatchString(name) {
			t.Errorf("%s: name it for what is in it", name)
		}
	}
}

// foreign are the texts that have no place in the repository. They are put
// together here so that this file is not one of them.
var foreign = []struct {
	why     string
	pattern *regexp.Regexp
}{
	{"a path of one machine", regexp.MustCompile(`(^|[^A-Za-z0-9_.:-])/` + `work/|/tmp/` + `bash_jobs|/root/` + `(go|\.cache)/`)},
	{"a document that is not in the repository", regexp.MustCompile(`\bDESIGN` + `\.md\b|\bshared/` + `[a-z]+\.md\b|/tmp/` + `contracts\.md`)},
	{"a conflict marker", regexp.MustCompile(`(?m)^(<{7} |>{7} |={7}$)`)},
}

// TestNothingForeign: no text of the repository speaks of the machine it was
// written on.
func TestNothingForeign(t *testing.T) {
	for _, name := range files(t) {
		data, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexByte(data, 0) >= 0 {
			continue // not text
		}
		for _, f := range foreign {
			if at := f.pattern.FindIndex(data); at != nil {
				t.Errorf("%s:%d speaks of %s: %q", name, 1+bytes.Count(data[:at[0]], []byte("\n")), f.why, data[at[0]:at[1]])
			}
		}
	}
}
