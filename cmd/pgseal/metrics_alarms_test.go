package main

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

// expression is one of a dashboard or of an alarm.
type expression struct{ where, promql, text string } // text: where labels stand in braces

// alarms are those of docs/prometheus/alerts.yml.
func alarms(t *testing.T) (all []expression) {
	t.Helper()
	text, err := os.ReadFile("../../docs/prometheus/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Name  string `yaml:"name"`
			Rules []struct {
				Alert       string            `yaml:"alert"`
				Expr        string            `yaml:"expr"`
				For         string            `yaml:"for"`
				Labels      map[string]string `yaml:"labels"`
				Annotations map[string]string `yaml:"annotations"`
			} `yaml:"rules"`
		} `yaml:"groups"`
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			if r.Labels["severity"] == "" || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
				t.Errorf("%s: no severity, summary or description", r.Alert)
			}
			all = append(all, expression{r.Alert, r.Expr, r.Annotations["summary"] + r.Annotations["description"]})
		}
	}
	return all
}

// panels are the expressions of docs/grafana/pgseal.json.
func panels(t *testing.T) (all []expression) {
	t.Helper()
	text, err := os.ReadFile("../../docs/grafana/pgseal.json")
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		Panels []struct {
			Title   string `json:"title"`
			Targets []struct {
				Expr   string `json:"expr"`
				Legend string `json:"legendFormat"`
			} `json:"targets"`
		} `json:"panels"`
		Templating struct {
			List []struct{ Name, Query string } `json:"list"`
		} `json:"templating"`
	}
	if err := json.Unmarshal(text, &board); err != nil {
		t.Fatal(err)
	}
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			promql := strings.NewReplacer("$__rate_interval", "5m", "$__range", "3h").Replace(target.Expr)
			all = append(all, expression{p.Title, promql, target.Legend})
		}
	}
	for _, v := range board.Templating.List {
		if m := regexp.MustCompile(`^label_values\((\w+), (\w+)\)$`).FindStringSubmatch(v.Query); m != nil {
			all = append(all, expression{"variable " + v.Name, m[1], "{{" + m[2] + "}}"})
		}
	}
	return all
}

// shownLabels are the labels of each series that a proxy exposes, or exposes at times by docs/metrics.md, with the values that were seen.
func shownLabels(t *testing.T, families map[string]*dto.MetricFamily) map[string]map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string][]string{"up": {}}
	add := func(name string, m *dto.Metric) {
		if all[name] == nil {
			all[name] = map[string][]string{}
		}
		for _, l := range m.GetLabel() {
			all[name][l.GetName()] = append(all[name][l.GetName()], l.GetValue())
		}
	}
	for name, f := range families {
		for _, m := range f.GetMetric() {
			add(name, m)
			if f.GetType() == dto.MetricType_HISTOGRAM {
				add(name+"_bucket", m)
				all[name+"_bucket"]["le"] = nil
			}
		}
	}
	for _, m := range metricRow.FindAllStringSubmatch(string(text), -1) {
		if all[m[1]] == nil {
			all[m[1]] = map[string][]string{}
			for _, label := range strings.Split(m[2], ", ") {
				all[m[1]][label] = nil
			}
		}
	}
	for _, l := range all {
		l["instance"], l["job"] = nil, nil // Prometheus' own
	}
	return all
}

// TestDashboardAndAlarms: every expression is PromQL, and every metric and label in it, and in the words around it, is one of a running proxy.
func TestDashboardAndAlarms(t *testing.T) {
	d := busied(t)
	shown := shownLabels(t, eventuallyExposed(t, d.service, func(f map[string]*dto.MetricFamily) bool { return f["pgseal_column_state"] != nil }))
	all := append(alarms(t), panels(t)...)
	if len(all) < 50 {
		t.Errorf("only %d expressions", len(all))
	}
	for _, e := range all {
		checkExpression(t, e, shown)
	}
	for _, broken := range []expression{{"unknown metric", "rate(pgseal_nothing_total[5m])", ""}, {"unknown label", `sum by (tenant) (pgseal_queries_total)`, ""},
		{"unknown label in a selector", `pgseal_queries_total{role="x"}`, ""}, {"unknown value", `pgseal_tenants{state="gone"}`, ""}, {"no PromQL", "sum by (", ""}, {"a label in words", "pgseal_queries_total", "{{ $labels.tenant }}"}} {
		if len(faults(broken, shown)) == 0 {
			t.Errorf("%s: nothing is found wrong", broken.where)
		}
	}
}

func checkExpression(t *testing.T, e expression, shown map[string]map[string][]string) {
	t.Helper()
	for _, fault := range faults(e, shown) {
		t.Errorf("%s: %s: %s", e.where, fault, e.promql)
	}
}

// faults says what is wrong with an expression.
func faults(e expression, shown map[string]map[string][]string) (all []string) {
	parsed, err := parser.ParseExpr(e.promql)
	if err != nil {
		return []string{err.Error()}
	}
	known := map[string]bool{}
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if v, ok := node.(*parser.VectorSelector); ok {
			if shown[v.Name] == nil {
				all = append(all, "no such metric: "+v.Name)
				return nil
			}
			for name := range maps.Keys(shown[v.Name]) {
				known[name] = true
			}
			for _, m := range v.LabelMatchers {
				values, has := shown[v.Name][m.Name]
				fixed := m.Name == "state" || m.Name == "result" // all their words are always there
				switch {
				case m.Name == labels.MetricName:
				case !has:
					all = append(all, v.Name+" has no label "+m.Name)
				case fixed && m.Type == labels.MatchEqual && !slices.Contains(values, m.Value):
					all = append(all, v.Name+" has no "+m.Name+" "+m.Value)
				}
			}
		}
		return nil
	})
	parser.Inspect(parsed, func(node parser.Node, _ []parser.Node) error {
		if a, ok := node.(*parser.AggregateExpr); ok {
			for _, label := range a.Grouping {
				if !known[label] {
					all = append(all, "grouped by an unknown label: "+label)
				}
			}
		}
		return nil
	})
	for _, m := range regexp.MustCompile(`\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}`).FindAllStringSubmatch(e.text, -1) {
		if !known[m[1]] {
			all = append(all, "a label that is not there is shown: "+m[1])
		}
	}
	return all
}
