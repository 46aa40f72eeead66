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

// checkedDocuments are held against the program: whatever they tell people to write or to run is there. They are README.md and all of docs.
func checkedDocuments(t *testing.T) (all []string) {
	t.Helper()
	paths, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(paths) < 30 {
		t.Fatalf("%d documents, %v", len(paths), err)
	}
	for _, path := range paths {
		all = append(all, filepath.Base(path))
	}
	return append(all, filepath.Join("..", "README.md"))
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
	if seen < 20 {
		t.Errorf("only %d configurations are found", seen)
	}
}

// takes loads a block as the policy, the users file, or the configuration that it is, or is a part of.
func takes(t *testing.T, block string) error {
	t.Helper()
	begins := func(key string) bool { return regexp.MustCompile(`(?m)^` + key + `:`).MatchString(block) }
	switch {
	case begins("users"):
		block = regexp.MustCompile(`"\$[^"]*\.\.\."`).ReplaceAllLiteralString(block, `"$2b$12$`+strings.Repeat("a", 53)+`"`) // hashes and digests are not written out
		block = regexp.MustCompile(`\b[0-9a-f]{6}\.\.\.`).ReplaceAllLiteralString(block, "9"+strings.Repeat("f", 63))
		path := filepath.Join(t.TempDir(), "users.yaml")
		if err := os.WriteFile(path, []byte(block), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := access.ReadUsers(path)
		return err
	case begins("version") || begins("tables") || begins("roles"):
		if !begins("version") {
			block = "version: 1\n" + block
		}
		_, err := policy.Load("policy.yaml", []byte(block))
		return err
	}
	if !begins("databases") {
		block += "databases: {app: {policy: policy.yaml, tenant: {fixed: acme}}}\n"
	}
	path := filepath.Join(t.TempDir(), "pgseal.yaml")
	if err := os.WriteFile(path, []byte(block), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := loadConfig(path)
	return err
}

// TestDocumentsCommand: every command in the documents is one that there is, with the flags that it has.
func TestDocumentsCommand(t *testing.T) {
	command := regexp.MustCompile("(?m)^    (?:sudo )?(pgseal [a-z-][^`\n]*)|`(pgseal [a-z-][^`\n]*)`")
	app := newApp(&bytes.Buffer{}, &bytes.Buffer{})
	seen := 0
	for _, name := range checkedDocuments(t) {
		for _, m := range command.FindAllStringSubmatch(indented(document(t, name)), -1) {
			seen++
			line, _, _ := strings.Cut(m[1]+m[2], " #")
			if problem := misspelt(app, line); problem != "" {
				t.Errorf("docs/%s: %s: %s", name, line, problem)
			}
		}
	}
	if seen < 250 {
		t.Errorf("only %d commands are found", seen)
	}
}

// indented is a text whose fenced blocks are written as the indented ones are.
func indented(text string) string {
	parts := strings.Split(text, "\n```")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], "\n", "\n    ")
	}
	return strings.Join(parts, "\n")
}

// misspelt says what in a command line is not there; empty when all is.
func misspelt(app *cli.App, line string) string {
	commands, flags := app.Commands, app.Flags
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
