package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/google/go-cmp/cmp"
)

var writeReport = flag.Bool("write-report", false, "write the sample into docs/report.md")

const (
	reportDocument = "../../docs/report.md"
	sampleBegins   = "<!-- The sample is written by go test ./cmd/pgseal -run TestKeyReport -write-report -->\n```\n"
	sampleEnds     = "```\n"
)

// wantDocument holds the sample in docs/report.md against a report of today, with what differs each time made alike.
func (l *life) wantDocument(t *testing.T) {
	r := l.report()
	var text bytes.Buffer
	out := &table{tabwriter.NewWriter(&text, 0, 8, 2, ' ', 0)}
	alike(t, &r).print(out)
	if err := out.w.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(text.String(), "\n") {
		if strings.HasSuffix(line, " ") || len(line) > 180 {
			t.Errorf("a line that does not print well: %q", line)
		}
	}
	document, err := os.ReadFile(reportDocument)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(document), sampleBegins)
	sample, tail, ok2 := strings.Cut(rest, sampleEnds)
	if !ok || !ok2 {
		t.Fatal("docs/report.md has no place for the sample")
	}
	if *writeReport {
		if err := os.WriteFile(reportDocument, []byte(head+sampleBegins+text.String()+sampleEnds+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(sample, text.String()); diff != "" {
		t.Errorf("docs/report.md shows another report (write it anew with -write-report): %s", diff)
	}
}

// alike gives a report names, numbers and times that are the same each time.
func alike(t *testing.T, r *reportView) *reportView {
	r.Version, r.Since, r.Until = "1.0.0", "2025-12-01", "2026-03-02"
	sum := usageSum{Sealed: 1204, Opened: 88310, Fetched: 288, Failed: 3, Refused: 41}
	r.Usage = usageView{Total: usageSum{Sealed: 2408, Opened: 176620, Fetched: 576, Failed: 6, Refused: 82},
		Days: []usageDayView{{Day: "2026-03-01", usageSum: sum, Proxies: 2}, {Day: "2026-03-02", usageSum: sum, Proxies: 2}}}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	replace := func(pattern, form string, at int) {
		var seen []string
		text = regexp.MustCompile(pattern).ReplaceAllStringFunc(text, func(found string) string {
			if !slices.Contains(seen, found) {
				seen = append(seen, found)
			}
			return fmt.Sprintf(form, at+slices.Index(seen, found))
		})
	}
	for i, d := range r.DataKeys {
		text = strings.ReplaceAll(text, d.Number, fmt.Sprintf("%08x", 0x5f3a9c00-i*0x11111111))
	}
	replace(`\b[0-9a-f]{64}\b`, "%02x"+strings.Repeat("5e", 31), 0xa1)
	replace(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`, "1234abcd-12ab-34cd-56ef-1234567890%02x", 0xa0)
	text = strings.ReplaceAll(text, actor(), "admin@ops-1")
	text = strings.ReplaceAll(text, processName(), "db-proxy-1:4711")
	r = &reportView{}
	if err := json.Unmarshal([]byte(schedule(text)), r); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	r.Made = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	since, until := r.Made.AddDate(0, 0, -3), r.Made.Add(221*time.Second)
	r.Tenant.CacheTime, r.Standing.Since, r.Standing.ReadableUntil = "5m0s", &since, &until
	for i := range r.Standing.Proxies {
		r.Standing.Proxies[i].Since, r.Standing.Proxies[i].ReadableUntil = &since, &until
	}
	for i := range r.MasterKeys { // whose reasons have times in them
		r.MasterKeys[i].Reasons = nil
		r.MasterKeys[i].answer(r, keyUsers{})
	}
	return r
}

// schedule puts the moments of a report on days of their own, in their order.
func schedule(text string) string {
	stamp := regexp.MustCompile(`"\d{4}-\d\d-\d\dT[^"]*Z"`)
	moments := stamp.FindAllString(text, -1)
	at := func(s string) time.Time {
		parsed, _ := time.Parse(`"`+time.RFC3339+`"`, s)
		return parsed
	}
	slices.SortFunc(moments, func(a, b string) int { return at(a).Compare(at(b)) })
	moments = slices.CompactFunc(moments, func(a, b string) bool { return at(a).Equal(at(b)) })
	first := time.Date(2025, 12, 9, 9, 30, 0, 0, time.UTC)
	return stamp.ReplaceAllStringFunc(text, func(s string) string {
		i := slices.IndexFunc(moments, func(m string) bool { return at(m).Equal(at(s)) })
		return first.Add(time.Duration(i) * (7*24*time.Hour + 47*time.Minute)).Format(`"` + time.RFC3339 + `"`)
	})
}
