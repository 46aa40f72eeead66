package plan

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/copyfmt"
)

var updateFates = flag.Bool("update-fates", false, "write what the planner says into testdata/fates")

// TestFates goes through testdata/fates: what becomes of each statement. A case is a statement of one or more lines,
// and behind it lines that start with "=>": native, a refusal's code and message, or the plan and the text that goes to the
// server. Statements with parameters are planned as a Parse, others as a simple Query; "extended:" and "simple:" in front say otherwise.
// "--" starts a remark on the cases below it.
func TestFates(t *testing.T) {
	files, err := filepath.Glob("testdata/fates/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("the files of cases are missing: %v %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := replan(t, string(content))
			if *updateFates {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			compareLines(t, string(content), got)
		})
	}
}

// replan returns the cases with what the planner says about each of them now.
func replan(t *testing.T, cases string) string {
	p := samplePlanner(t)
	var out strings.Builder
	for i, block := range strings.Split(strings.TrimSpace(cases), "\n\n") {
		if i > 0 {
			out.WriteString("\n\n")
		}
		var sql []string
		for _, line := range strings.Split(block, "\n") {
			switch {
			case strings.HasPrefix(line, "-- "):
				out.WriteString(line + "\n")
			case !strings.HasPrefix(line, "=>"):
				sql = append(sql, line)
			}
		}
		if len(sql) > 0 {
			src := strings.Join(sql, "\n")
			out.WriteString(src + "\n" + strings.Join(fate(t, p, src), "\n"))
		}
	}
	return strings.TrimSpace(out.String()) + "\n"
}

// fate plans a text twice, so that what comes from the cache is seen as well, and writes what becomes of it.
func fate(t *testing.T, p *Planner, src string) []string {
	text, extended := strings.CutPrefix(src, "extended: ")
	text, simple := strings.CutPrefix(text, "simple: ")
	req := Request{SQL: []byte(text), Extended: extended || !simple && strings.Contains(src, "$1") && !strings.Contains(src, "$1$")}
	first := fateOf(t, p, req)
	if again := fateOf(t, p, req); strings.Join(again, "\n") != strings.Join(first, "\n") {
		t.Errorf("%s\nfirst %q\nthen  %q", src, first, again)
	}
	return first
}

func fateOf(t *testing.T, p *Planner, req Request) []string {
	plan, refusal := p.Plan(req)
	switch {
	case refusal != nil:
		return []string{"=> " + string(refusal.Code) + " " + refusal.Message}
	case plan == nil:
		return []string{"=> native"}
	case plan.Native() && !plan.Effects.Names:
		return []string{"=> native" + describeEffects(plan.Effects)}
	}
	if req.Extended && plan.literals+len(plan.Params)+len(plan.Extra) == 0 && len(plan.pieces) != 0 {
		t.Errorf("pieces without parameters: %s", req.SQL)
	}
	lines := []string{"=> " + describe(plan) + describeEffects(plan.Effects)}
	if sql := rewritten(t, plan, req.Extended); sql != string(req.SQL) {
		lines = append(lines, "=> "+strings.ReplaceAll(sql, "\n", "\n=> "))
	}
	return lines
}

func describeEffects(e Effects) string {
	var out string
	if e.Settings {
		out += ", settings"
	}
	if e.DDL {
		out += ", ddl"
	}
	if names := e.Deallocates(); names != nil {
		out += ", deallocates " + strings.Join(names, " ")
	}
	if e.DeallocatesAll {
		out += ", deallocates all"
	}
	if e.ClosesAll {
		out += ", closes all"
	}
	return out
}

// describeCopy writes what is done to the data of a COPY: its options, and of each field whether it is sealed or opened, and what is forced.
func describeCopy(c *Copy) string {
	if c == nil {
		return ""
	}
	var b strings.Builder
	o := c.Format
	fmt.Fprintf(&b, ", %s", [...]string{"text", "csv", "binary"}[o.Format])
	if o.Format != copyfmt.Binary {
		fmt.Fprintf(&b, " delimiter %q null %q", o.Delimiter, o.Null)
	}
	if o.Format == copyfmt.CSV {
		fmt.Fprintf(&b, " quote %c escape %c", o.Quote, o.Escape)
	}
	if o.HasDefault {
		fmt.Fprintf(&b, " default %q", o.Default)
	}
	if o.Header {
		b.WriteString(" header")
	}
	if c.IgnoreErrors {
		b.WriteString(" ignoring errors")
	}
	if c.In {
		b.WriteString(" <-")
	} else {
		b.WriteString(" ->")
	}
	for _, f := range c.Fields {
		b.WriteByte(' ')
		if f.Column == nil {
			b.WriteByte('-')
			continue
		}
		b.WriteString(f.Name)
		for i, set := range [...]bool{f.ForceQuote, f.ForceNotNull, f.ForceNull} {
			if set {
				b.WriteString([...]string{"!quote", "!notnull", "!null"}[i])
			}
		}
	}
	if c.More {
		b.WriteString(" ...")
	}
	return b.String()
}

func compareLines(t *testing.T, want, got string) {
	t.Helper()
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			t.Errorf("line %d\nwant %s\ngot  %s", i+1, a, b)
			return
		}
	}
}
