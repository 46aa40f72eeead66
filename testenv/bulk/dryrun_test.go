package bulk

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// TestDryRunTellsAll: whatever the work sends about the table, the dry run has printed before.
func TestDryRunTellsAll(t *testing.T) {
	t.Parallel()
	w := startLetters(t, 2500, postgres.Options{Settings: map[string]string{"log_statement": "all", "log_line_prefix": "%a@@ "}}, program.Options{})
	w.column(t, true, "encrypt", "--dry-run", letters) // has the states move on, as proxies do
	var view struct {
		Rows       int64 `json:"rows_estimated"`
		Statements []struct{ When, SQL, Lock string }
		Vacuum     struct {
			At      float64  `json:"autovacuum_at"`
			Holders []string `json:"held_back_by"`
		}
	}
	out := w.column(t, true, "encrypt", "--dry-run", "--json", letters)
	if err := json.Unmarshal([]byte(out), &view); err != nil || view.Rows != 2500 || view.Vacuum.At < 0.1 || view.Vacuum.At > 0.3 {
		t.Fatalf("%v\n%s", err, out)
	}
	told := map[string]bool{}
	for _, s := range view.Statements {
		told[flat(s.SQL)] = true
	}
	if n := w.number(t, "SELECT count(*) FROM letters WHERE body LIKE 'pgs1%'"); n != 0 {
		t.Fatalf("the dry run has sealed %d values", n)
	}
	w.exec1(t, "SELECT 'from here on'")
	w.column(t, true, "encrypt", letters)
	_, log, _ := strings.Cut(w.server.Log(t), "'from here on'")
	line := regexp.MustCompile(`^(\S*)@@ LOG:  (?:statement|execute [^:]*): (.*)`)
	var sent []string
	for _, l := range strings.Split(log, "\n") {
		switch m := line.FindStringSubmatch(l); {
		case m != nil && m[1] == "pgseal":
			sent = append(sent, m[2])
		case strings.Contains(l, "@@ "):
			sent = append(sent, "")
		case len(sent) > 0 && sent[len(sent)-1] != "":
			sent[len(sent)-1] += " " + l
		}
	}
	seen := map[string]bool{}
	for _, s := range sent {
		if s = flat(s); strings.Contains(s, "letters") {
			seen[s] = true
			if !told[s] {
				t.Errorf("not told: %s", s)
			}
		}
	}
	for _, want := range []string{"UPDATE ONLY public.letters", "ALTER TABLE public.letters", "VALIDATE CONSTRAINT", "ORDER BY t.id LIMIT"} {
		found := false
		for s := range seen {
			found = found || strings.Contains(s, want)
		}
		if !found {
			t.Errorf("no %s was sent", want)
		}
	}
}

// flat is a statement on one line.
func flat(sql string) string { return strings.TrimSuffix(strings.Join(strings.Fields(sql), " "), ";") }
