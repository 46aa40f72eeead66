package arrows

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/legatics/pgseal"

// allowed says which packages of ours the shipped code of a package may import:
// the first entry that matches the importing package counts. "x/..." stands for
// x and all below it. What is not listed may import nothing of ours.
var allowed = []struct {
	from string
	to   []string
}{
	{"crypto", nil},
	{"policy", nil},
	{"proxy/wire", nil},
	{"proxy/value", nil},
	{"proxy/scram", nil},
	{"proxy/contain", nil},
	{"proxy/copyfmt", nil},
	{"keysource", []string{"crypto", "proxy/contain"}},
	{"keysource/...", []string{"keysource", "crypto"}},
	{"proxy/plan", []string{"policy", "crypto", "proxy/value", "proxy/copyfmt"}},
	{"proxy/guard", []string{"policy", "crypto", "keysource", "keysource/pgstore", "proxy/plan", "proxy/value", "proxy/contain"}},
	{"proxy/doctor", []string{"policy", "crypto", "keysource/pgstore", "proxy/plan", "proxy/guard", "proxy/value"}},
	{"proxy/census", []string{"crypto", "keysource/pgstore", "proxy/guard"}},
	{"proxy/backup", []string{"crypto", "policy"}},
	{"proxy/admin/access", []string{"crypto"}},
	{"proxy/admin/api", []string{"proxy/admin", "proxy/admin/access"}},
	{"proxy/admin/page", []string{"proxy/admin", "proxy/admin/access", "proxy/contain"}},
	{"proxy/admin", []string{"proxy/plan", "policy", "crypto", "keysource", "proxy/admin/access", "proxy/contain"}},
	{"proxy/bulk", []string{"policy", "crypto", "keysource", "keysource/pgstore", "proxy/plan", "proxy/guard", "proxy/census", "proxy/value", "proxy/contain"}},
	{"proxy", []string{"proxy/wire", "proxy/plan", "proxy/value", "proxy/copyfmt", "proxy/scram", "proxy/contain", "policy", "crypto"}},
	{"cmd/...", []string{"cmd/...", "crypto", "policy", "keysource/...", "proxy/..."}},
	{"testenv/postgres", []string{"cmd/cluster"}}, // the demo's own cluster, lent to the tests
	{"testenv/...", []string{"testenv/...", "crypto", "policy", "keysource/...", "proxy/..."}},
}

// topLevel are the folders of the repository.
var topLevel = []string{".ci", "cmd", "crypto", "docker", "docs", "keysource", "policy", "proxy", "shipping", "testenv"}

// listed is what is read of `go list -json`.
type listed struct {
	ImportPath   string
	Module       *struct{ Path string }
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// within is the path of a package inside the module; ok is false for others'.
func within(importPath string) (name string, ok bool) {
	if importPath == module {
		return ".", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

func packages(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Module,Standard,Imports,TestImports,XTestImports"}, args...)...)
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", describe(err))
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		err := d.Decode(&p)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

// matches tells whether a pattern of the tables above covers a package.
func matches(pattern, name string) bool {
	base, below := strings.CutSuffix(pattern, "/...")
	return name == base || below && strings.HasPrefix(name, base+"/")
}

// mayImport looks the arrow up.
func mayImport(from, to string) bool {
	for _, rule := range allowed {
		if matches(rule.from, from) {
			return slices.ContainsFunc(rule.to, func(p string) bool { return matches(p, to) })
		}
	}
	return false
}

// TestArrows: the shipped code of each package imports only what the table
// allows, and crypto nothing but the standard library.
func TestArrows(t *testing.T) {
	found := 0
	for _, p := range packages(t, "./...") {
		from, ok := within(p.ImportPath)
		if !ok {
			t.Errorf("%s is not of this module", p.ImportPath)
			continue
		}
		found++
		for _, imported := range p.Imports {
			if to, ours := within(imported); ours && !mayImport(from, to) {
				t.Errorf("%s imports %s", from, to)
			}
		}
	}
	if found < 3 {
		t.Errorf("go list found only %d packages", found)
	}
}

// TestTestArrows: tests may import what they like of ours, testenv above all,
// but no command, unless they are the command's own.
func TestTestArrows(t *testing.T) {
	for _, p := range packages(t, "./...") {
		from, _ := within(p.ImportPath)
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if to, ours := within(imported); ours && matches("cmd/...", to) && !matches("cmd/...", from) {
				t.Errorf("the tests of %s import %s", from, to)
			}
		}
	}
}

// TestStandardLibraryOnly: crypto and all that it pulls in.
func TestStandardLibraryOnly(t *testing.T) {
	const pkg = "./crypto"
	if !folderHasGo(t, "crypto") {
		t.Fatal("there is no package crypto")
	}
	for _, p := range packages(t, "-deps", pkg) {
		if !p.Standard && p.ImportPath != module+"/crypto" {
			t.Errorf("crypto depends on %s", p.ImportPath)
		}
	}
}

// TestTestenvIsNotShipped: nothing that a command is built of lies in testenv
// or is a package for tests.
func TestTestenvIsNotShipped(t *testing.T) {
	for _, p := range packages(t, "-deps", "./cmd/...") {
		if name, ours := within(p.ImportPath); ours && (matches("testenv/...", name) || name == "keysource/keysourcetest") {
			t.Errorf("the commands are built with %s", name)
		}
		switch path.Base(p.ImportPath) {
		case "testing", "goleak", "testscript":
			t.Errorf("the commands are built with %s", p.ImportPath)
		}
	}
}

// TestTopLevel: no folder that nobody knows of, and no Go file outside them.
func TestTopLevel(t *testing.T) {
	for _, file := range files(t) {
		top, _, nested := strings.Cut(file, "/")
		switch {
		case nested && !slices.Contains(topLevel, top):
			t.Errorf("%s lies in an unexpected folder %s", file, top)
		case !nested && strings.HasSuffix(file, ".go"):
			t.Errorf("%s: there is no Go code at the top", file)
		}
	}
}

// describe adds what a command said on standard error.
func describe(err error) string {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return err.Error() + "\n" + string(exit.Stderr)
	}
	return err.Error()
}
