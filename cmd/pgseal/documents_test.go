package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// checkedDocuments are all of them, by their names in docs/. They are held against the program: whatever they tell people to write or to run is there.
func checkedDocuments(t *testing.T) (all []string) {
	t.Helper()
	paths, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d documents, %v", len(paths), err)
	}
	for _, path := range paths {
		all = append(all, filepath.Base(path))
	}
	return append(all, "../README.md", "../ARCHITECTURE.md")
}

// TestDocumentsConfigure: every configuration in the documents is one that pgseal takes.
func TestDocumentsConfigure(t *testing.T) {
	seen := 0
	for _, name := range checkedDocuments(t) {
		for i, block := range strings.Split(document(t, name), "```yaml\n")[1:] {
			seen++
			block, _, _ = strings.Cut(block, "```")
			if err := takes(t, block); err != nil {
				t.Errorf("docs/%s, block %d: %v", name, i+1, err)
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d configurations are found", seen)
	}
}

// elided stands in documents for what is long and says nothing; here is something of its form.
var elided = strings.NewReplacer("p=1$...", "p=1$"+strings.Repeat("A", 22)+"$"+strings.Repeat("A", 43), "$2b$12$...", "$2b$12$"+strings.Repeat("a", 53),
	"9f86d0...", strings.Repeat("9f86d081", 8))

// takes loads a block as the policy or the users file that it is, or as a configuration, with what it goes without saying: a database, TLS.
func takes(t *testing.T, block string) error {
	t.Helper()
	has := func(key string) bool { return regexp.MustCompile("(?m)^" + key + ":").MatchString(block) }
	path := filepath.Join(t.TempDir(), "file.yaml")
	load := func() error { _, err := loadConfig(path); return err }
	switch {
	case has("users"):
		block = elided.Replace(block)
		load = func() error { _, err := access.ReadUsers(path); return err }
	case has("tables"), has("roles"):
		if !has("version") {
			block = "version: 1\n" + block
		}
		_, err := policy.Load("policy.yaml", []byte(block))
		return err
	default:
		if !has("databases") {
			block += "databases: {app: {policy: policy.yaml, tenant: {fixed: acme}}}\n"
		}
		if strings.Contains(block, "certificates:") && !has("client_tls") {
			block += "client_tls: {mode: require, cert: pgseal.pem, key: pgseal.key, ca: clients-ca.pem}\n"
		}
	}
	if err := os.WriteFile(path, []byte(block), 0o600); err != nil {
		t.Fatal(err)
	}
	return load()
}

// TestDocumentsCommand: every command in the documents is one that there is, with the flags that it has, and every make target too.
func TestDocumentsCommand(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(&bytes.Buffer{}, &bytes.Buffer{})
	seen, made := 0, 0
	for _, name := range checkedDocuments(t) {
		for _, line := range codeIn(document(t, name)) {
			if target := regexp.MustCompile(`^make ([a-z-]+)`).FindStringSubmatch(line); target != nil {
				made++
				if !bytes.Contains(makefile, []byte("\n"+target[1]+":")) {
					t.Errorf("docs/%s: there is no make %s", name, target[1])
				}
			}
			m := regexp.MustCompile(`^(?:sudo -u pgseal --preserve-env=PGSEAL_CONFIG )?(pgseal [a-z-].*)`).FindStringSubmatch(line)
			if m == nil || slices.Contains(spanNames, line) {
				continue
			}
			seen++
			if problem := misspelt(app, m[1]); problem != "" {
				t.Errorf("docs/%s: %s: %s", name, m[1], problem)
			}
		}
	}
	if seen < 200 || made < 10 {
		t.Errorf("only %d commands and %d targets are found", seen, made)
	}
}

// spanNames are names of spans in traces, which read like commands.
var spanNames = []string{"pgseal query", "pgseal plan"}

// codeIn is what stands in a document as code: lines of blocks, without a prompt, and what is in backquotes.
func codeIn(text string) (all []string) {
	fenced := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
		case fenced, strings.HasPrefix(line, "    "):
			all = append(all, strings.TrimPrefix(strings.TrimSpace(line), "$ "))
		default:
			for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(line, -1) {
				all = append(all, m[1])
			}
		}
	}
	return all
}

// misspelt says what in a command line is not there; empty when all is.
func misspelt(app *cli.App, line string) string {
	commands, flags := app.Commands, app.Flags
	line, _, _ = strings.Cut(line, " #")
	for _, word := range strings.Fields(line)[1:] {
		switch c := find(commands, word); {
		case slices.Contains([]string{">", "|", "--help", "--version"}, word): // the library adds the last two by itself
			return ""
		case c != nil:
			commands, flags = c.Subcommands, c.Flags
		case strings.HasPrefix(word, "--"):
			if !slices.ContainsFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), strings.TrimLeft(word, "-")) }) {
				return "there is no " + word
			}
		case len(commands) > 0:
			return "there is no command " + word
		}
	}
	return ""
}

// TestDocumentsFiles: what the documents name of what is shipped is there.
func TestDocumentsFiles(t *testing.T) {
	seen := 0
	for _, name := range checkedDocuments(t) {
		for _, path := range regexp.MustCompile("(?:^|[ `(/])((?:shipping|docker)/[a-zA-Z./-]*[a-zA-Z])").FindAllStringSubmatch(document(t, name), -1) {
			seen++
			if _, err := os.Stat("../../" + path[1]); err != nil {
				t.Errorf("docs/%s: %v", name, err)
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d files are found", seen)
	}
}

// TestDocumentsNameMetrics: a metric that these documents name is one that the program has, or docs/metrics.md, which a test holds against it.
func TestDocumentsNameMetrics(t *testing.T) {
	known := document(t, "metrics.md")
	for _, name := range checkedDocuments(t) {
		for _, m := range regexp.MustCompile("`(pgseal_[a-z_]+)`").FindAllStringSubmatch(document(t, name), -1) {
			if !strings.Contains(known, "`"+m[1]+"`") && !strings.Contains(known, "`"+m[1]+"{") {
				t.Errorf("docs/%s names the metric %s, which docs/metrics.md does not have", name, m[1])
			}
		}
	}
}

// TestDocumentsLink: every link from one of our documents to another one leads there, to the very heading.
func TestDocumentsLink(t *testing.T) {
	all, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(all) < 20 {
		t.Fatalf("%d documents, %v", len(all), err)
	}
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, path := range append(all, "../../README.md", "../../ARCHITECTURE.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			target, heading, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			to := path
			if target != "" {
				to = filepath.Join(filepath.Dir(path), target)
			}
			there, err := os.ReadFile(to)
			if err != nil {
				if _, err := os.Stat(to); err != nil { // a folder may be linked, too
					t.Errorf("%s: %v", path, err)
				}
				continue
			}
			if heading != "" && !slices.Contains(anchors(string(there)), heading) {
				t.Errorf("%s: %s has no heading %s", path, to, heading)
			}
		}
	}
}

// anchors are the names by which headings are linked to: lower case, blanks as hyphens, without other signs.
func anchors(text string) (all []string) {
	sign := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(text, -1) {
		all = append(all, strings.ReplaceAll(sign.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return all
}

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestComparisonSources: each line of a table in docs/comparison.md says where it is from.
func TestComparisonSources(t *testing.T) {
	rows := 0
	for _, line := range strings.Split(document(t, "comparison.md"), "\n") {
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| |") || strings.HasPrefix(line, "|---") {
			continue
		}
		rows++
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if source := cells[len(cells)-1]; !strings.Contains(source, "](") {
			t.Errorf("without a source: %s", line)
		}
	}
	if rows < 15 {
		t.Errorf("only %d lines", rows)
	}
}
