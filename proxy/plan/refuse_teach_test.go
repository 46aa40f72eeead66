package plan

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRefusalsTeach goes through the refused statements of testdata/fates: each refusal says in one sentence what is not possible,
// why, and what works; where it is about a column, the sentence has the column's whole name in it.
func TestRefusalsTeach(t *testing.T) {
	files, err := filepath.Glob("testdata/fates/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("the files of cases are missing: %v %v", files, err)
	}
	p := samplePlanner(t)
	refused := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, sql := range casesOf(string(content)) {
			text, extended := strings.CutPrefix(sql, "extended: ")
			_, r := p.Plan(Request{SQL: []byte(text), Extended: extended || strings.Contains(sql, "$1") && !strings.Contains(sql, "$1$")})
			if r == nil {
				continue
			}
			refused++
			switch column := r.Schema + "." + r.Table + "." + r.Column; {
			case r.Message == "" || strings.HasSuffix(r.Message, "."):
				t.Errorf("%s\nmessage %q", sql, r.Message)
			case r.Column != "" && !strings.Contains(strings.ReplaceAll(r.Message+r.Detail, `"`, ""), column):
				t.Errorf("%s\n%q, %q do not name %s", sql, r.Message, r.Detail, column)
			case !sentence(r.Detail):
				t.Errorf("%s\n%s: why: %q", sql, r.Message, r.Detail)
			case !sentence(r.Hint):
				t.Errorf("%s\n%s: what works: %q", sql, r.Message, r.Hint)
			}
		}
	}
	if refused < 100 {
		t.Errorf("only %d refusals", refused)
	}
}

func sentence(s string) bool {
	return len(s) > 10 && strings.HasSuffix(s, ".") && strings.ToUpper(s[:1]) == s[:1]
}

// casesOf are the statements of a file of cases.
func casesOf(content string) (all []string) {
	for block := range strings.SplitSeq(strings.TrimSpace(content), "\n\n") {
		lines := slices.DeleteFunc(strings.Split(block, "\n"), func(line string) bool { return strings.HasPrefix(line, "-- ") || strings.HasPrefix(line, "=>") })
		if len(lines) > 0 {
			all = append(all, strings.Join(lines, "\n"))
		}
	}
	return all
}

// TestLessons: the way out fits what was tried.
func TestLessons(t *testing.T) {
	p := samplePlanner(t)
	for sql, want := range map[string]string{
		"SELECT id FROM matters ORDER BY title":                  "sort the rows in the application",
		"SELECT id FROM matters WHERE title LIKE 'a%'":           "whole value",
		"SELECT id FROM matters WHERE title ILIKE 'a%'":          "normalize: [trim, lower]",
		"SELECT id FROM matters WHERE title ~ 'a'":               "whole value",
		"SELECT id FROM matters WHERE title < 'a'":               "in the application",
		"SELECT id FROM matters WHERE title BETWEEN 'a' AND 'b'": "in the application",
		"SELECT id FROM matters WHERE lower(client_email) = 'a'": "normalize: [trim, lower]",
		"SELECT max(title) FROM matters":                         "count(column)",
		"SELECT string_agg(title, ',') FROM matters":             "count(column)",
		"SELECT title || 'x' FROM matters":                       "Put the pieces together in the application",
		"SELECT length(title) FROM matters":                      "Select the column itself",
		"SELECT to_tsvector(title) FROM matters":                 "search index",
		"SELECT title::int FROM matters":                         "convert",
		"SELECT row_to_json(matters) FROM matters":               "Name the columns",
		"SELECT json_build_object('t', title) FROM matters":      "Build the JSON in the application",
		"SELECT title COLLATE \"C\" FROM matters":                "Leave COLLATE out",
		"SELECT greatest(title, 'x') FROM matters":               "in the application",
	} {
		_, r := p.Plan(Request{SQL: []byte(sql)})
		if r == nil || !strings.Contains(r.Hint, want) {
			t.Errorf("%s\n%v: %q, want %q", sql, r, hintIn(r), want)
		}
	}
}

func hintIn(r *Refusal) string {
	if r == nil {
		return ""
	}
	return r.Hint
}
