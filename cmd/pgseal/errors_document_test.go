package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/proxy/plan"
)

var ownCode = regexp.MustCompile(`\bK[A-Z][0-9]{3}\b`)

// TestErrorsDocument: docs/errors.md has a section for every SQLSTATE of ours that stands in the shipped code, and none besides; each with its name, with
// what it comes of and what the application and the operator do, and with the truth about trying again.
func TestErrorsDocument(t *testing.T) {
	text, err := os.ReadFile("../../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	codes, names := codesInSource(t)
	retryable := make(map[string]bool)
	fixed := make(map[string]string) // code -> name, where the code itself has it
	for _, k := range keysource.Kinds() {
		retryable[k.Code()], fixed[k.Code()] = k.Retryable(), k.Name()
	}
	documented := make(map[string]bool)
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		heading, body, _ := strings.Cut(section, "\n")
		if heading == "PostgreSQL's own codes" {
			continue
		}
		code, name, _ := strings.Cut(heading, " ")
		if documented[code] {
			t.Errorf("%s has two sections", code)
		}
		documented[code] = true
		if codes[code] == "" {
			t.Errorf("docs/errors.md has a section %s, which the code does not give", code)
		}
		if strings.HasPrefix(code, "KP") {
			fixed[code] = plan.Code(code).Name()
		}
		if want := fixed[code]; want != "" && name != want || !names[name] {
			t.Errorf("%s is called %q in docs/errors.md, in the code %q", code, name, want)
		}
		wantParagraphs(t, code, body, retryable[code])
	}
	for code, where := range codes {
		if !documented[code] {
			t.Errorf("docs/errors.md has no section for %s, which %s gives", code, where)
		}
	}
	for _, code := range ownCode.FindAllString(string(text), -1) {
		if codes[code] == "" {
			t.Errorf("docs/errors.md speaks of %s, which the code does not give", code)
		}
	}
	if len(codes) < 20 {
		t.Errorf("only %d codes are found in the source", len(codes))
	}
}

// wantParagraphs holds one section against the form that all have.
func wantParagraphs(t *testing.T, code, body string, retryable bool) {
	t.Helper()
	at := -1
	for _, label := range []string{"Retry", "Cause", "Application", "Operator"} {
		i := strings.Index(body, "\n**"+label+".** ")
		if i <= at {
			t.Errorf("%s: %q is not there, or not in its place", code, label)
		}
		at = i
	}
	if says := strings.Contains(body, "**Retry.** yes\n"); says != retryable {
		t.Errorf("%s: the document says of trying again %v, the code %v", code, says, retryable)
	}
}

// codesInSource are the SQLSTATEs of ours in string literals of what is shipped, each with a file that has it, and all literals that may be their names.
func codesInSource(t *testing.T) (codes map[string]string, names map[string]bool) {
	t.Helper()
	codes, names = make(map[string]string), make(map[string]bool)
	name := regexp.MustCompile(`^[a-z]+(_[a-z]+)+$`)
	for _, folder := range []string{"cmd/pgseal", "crypto", "keysource", "policy", "proxy"} {
		err := filepath.WalkDir(filepath.Join("..", "..", folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					return true
				}
				for _, code := range ownCode.FindAllString(s, -1) {
					codes[code] = path
				}
				names[s] = names[s] || name.MatchString(s)
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return codes, names
}
