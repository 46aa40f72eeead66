package main

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// exposed reads what a proxy's /metrics shows.
func exposed(t *testing.T, s *service) map[string]*dto.MetricFamily {
	t.Helper()
	res, err := http.Get("http://" + s.adminAddress().String() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// busied is a proxy in which everything that has a metric has happened once.
func busied(t *testing.T) *deployment {
	d := deployWith(t, "CREATE TABLE matters (id bigint PRIMARY KEY, title text, note text); CREATE TABLE plain (id bigint)",
		"version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}, note: {mode: randomized, state: observe}}}}\n")
	conn := d.connect()
	d.until(conn, "")
	for sql, want := range map[string]string{
		"INSERT INTO matters VALUES (1, 'a', 'b')":    "",
		"SELECT title FROM matters":                   "",
		"SELECT title FROM matters WHERE title = 'b'": "KP",
		"SELECT note FROM matters WHERE note < 'b'":   "",
		"SELECT 1":                                          "",
		"SELECT title || 'x' FROM matters":                  "KP",
		"UPDATE matters SET title = upper(title)":           "KP",
		"SELECT count(*) FROM plain":                        "",
		"SELECT title FROM matters ORDER BY id":             "",
		"SELECT id, title FROM matters WHERE id = 1":        "",
		"SELECT note FROM matters WHERE note LIKE 'secret'": "",
	} {
		if _, err := conn.Exec(t.Context(), sql); !strings.HasPrefix(sqlstate(err), want) {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	d.ask(conn) // evicts
	url := strings.Replace(d.cluster.URL("nowhere", ""), d.cluster.Address(), d.service.address().String(), 1)
	if other, err := pgx.Connect(t.Context(), url); err == nil {
		_ = other.Close(t.Context())
		t.Fatal("a database that is not configured lets in")
	}
	return d
}

var (
	metricRow = regexp.MustCompile("(?m)^\\| `(pgseal_[a-z_]+)(?:\\{([a-z_, ]+)\\})?` \\|")
)

// TestMetricsDocument: docs/metrics.md lists what a running proxy exposes, with the labels, and nothing else.
func TestMetricsDocument(t *testing.T) {
	d := busied(t)
	text, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for _, m := range metricRow.FindAllStringSubmatch(string(text), -1) {
		if _, twice := listed[m[1]]; twice {
			t.Errorf("%s is listed twice", m[1])
		}
		listed[m[1]] = m[2]
	}
	only := onlyAtTimes(t, string(text))
	shown := eventuallyExposed(t, d.service, func(f map[string]*dto.MetricFamily) bool {
		for name := range listed {
			if f[name] == nil && !only[name] {
				return false
			}
		}
		return true
	})
	for name, f := range shown {
		labels, ok := listed[name]
		if !strings.HasPrefix(name, "pgseal_") {
			continue
		}
		if !ok {
			t.Errorf("%s is exposed, but docs/metrics.md does not list it", name)
			continue
		}
		if got := strings.Join(labelsOf(f), ", "); got != labels {
			t.Errorf("%s has the labels %q, and docs/metrics.md says %q", name, got, labels)
		}
		if f.GetHelp() == "" {
			t.Errorf("%s has no help", name)
		}
	}
	for name := range listed {
		if shown[name] == nil && !only[name] {
			t.Errorf("docs/metrics.md lists %s, which is not exposed", name)
		}
	}
}

// onlyAtTimes are the metrics that the document says are not always there. They stand in the program at least.
func onlyAtTimes(t *testing.T, document string) map[string]bool {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var program strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			program.Write(text)
		}
	}
	only := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(pgseal_[a-z_]+)[^\n]*\\(only while").FindAllStringSubmatch(document, -1) {
		if only[m[1]] = true; !strings.Contains(program.String(), `"`+m[1]+`"`) {
			t.Errorf("docs/metrics.md lists %s, which is nowhere in the program", m[1])
		}
	}
	return only
}

func labelsOf(f *dto.MetricFamily) []string {
	names := map[string]bool{}
	for _, m := range f.GetMetric() {
		for _, l := range m.GetLabel() {
			names[l.GetName()] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// eventuallyExposed scrapes until ok, or for 30 seconds, and returns what was shown last.
func eventuallyExposed(t *testing.T, s *service, ok func(map[string]*dto.MetricFamily) bool) map[string]*dto.MetricFamily {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		f := exposed(t, s)
		if ok(f) || time.Now().After(deadline) {
			return f
		}
	}
}
