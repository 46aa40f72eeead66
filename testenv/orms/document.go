package orms

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/legatics/pgseal/testenv/decode"
)

// documentFile is written by the test with -write, and otherwise held against what the run gives.
const documentFile = "../../docs/compatibility.md"

const head = `# Frameworks with pgseal

What object-relational mappers and query builders do with sealed columns, as it was seen: a program in each (` + "`testenv/orms`" + `) makes the tables of a
small legal product, and takes the same steps with plain columns and, through pgseal, with sealed ones. Every step below that is not listed as refused ends
the same: create, read, change, delete, relations, eager loading, bulk insert, upsert, look-up by a sealed address, pages, counts, joins, transactions,
savepoints, optimistic locking, raw SQL. No plaintext was found in the server's files, in its log of every statement, or between pgseal and the server.

Made by ` + "`make orms ORMSFLAGS=-write`" + `, and checked by the tests.

| framework | versions | steps | as without pgseal | refused | another result | a refusal arrives as |
|---|---|---|---|---|---|---|
`

// result is what was seen of a framework.
type result struct {
	framework framework
	version   string
	outcomes  []outcome
	refusals  []decode.Failure // once for each form of statement
}

// refusals are the typed errors among failures, one for each form of statement.
func refusals(failures []decode.Failure) (list []decode.Failure) {
	for _, f := range failures {
		f.SQL = form(f.SQL)
		if strings.HasPrefix(f.Code, "KP") && !slices.ContainsFunc(list, func(g decode.Failure) bool { return g.SQL == f.SQL }) {
			list = append(list, f)
		}
	}
	return list
}

// document is the whole text. For frameworks that are not among the results it takes over what the committed text has.
func document(results []result, committed string) string {
	var b strings.Builder
	b.WriteString(head)
	for _, f := range frameworks() {
		if i := slices.IndexFunc(results, func(r result) bool { return r.framework.name == f.name }); i >= 0 {
			b.WriteString(results[i].row())
		} else {
			b.WriteString(committedRow(committed, f.name))
		}
	}
	kinds(&b, "What sealed values cannot do", impossible)
	kinds(&b, "What pgseal does not do", notPlanned)
	kinds(&b, "What the database's catalogue shows", physical)
	for _, f := range frameworks() {
		if i := slices.IndexFunc(results, func(r result) bool { return r.framework.name == f.name }); i >= 0 {
			b.WriteString(results[i].section())
		} else {
			b.WriteString(committedSection(committed, f.name))
		}
	}
	return b.String()
}

func kinds(b *strings.Builder, title string, list []expectation) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n| what | answer | why | what works |\n|---|---|---|---|\n", title)
	for _, e := range list {
		answer := e.code
		if !strings.HasPrefix(answer, "KP") {
			answer = ""
		}
		what := e.what
		if e.frameworks != nil {
			what += " (" + strings.Join(e.frameworks, ", ") + ")"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", cell(what), answer, cell(e.why), cell(e.answer))
	}
}

// row is the framework's line in the table.
func (r result) row() string {
	same, refused, other, exception := 0, 0, 0, ""
	for _, o := range r.outcomes {
		switch {
		case o.expected == nil:
			same++
		case strings.HasPrefix(o.step.code, "KP"):
			refused++
			exception = cmp.Or(exception, o.step.exception)
		default:
			other++
		}
	}
	return fmt.Sprintf("| %s | %s | %d | %d | %d | %d | `%s` |\n", r.framework.name, r.version, len(r.outcomes), same, refused, other, exception)
}

// section is the framework's part of the document.
func (r result) section() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n", r.framework.name)
	for _, note := range r.framework.notes {
		fmt.Fprintf(&b, "- %s\n", note)
	}
	if len(r.framework.notes) > 0 {
		b.WriteString("\n")
	}
	fmt.Fprint(&b, "Statements that were refused:\n\n| | statement | because |\n|---|---|---|\n")
	for _, f := range r.refusals {
		fmt.Fprintf(&b, "| %s | `%s` | %s |\n", f.Code, f.SQL, cell(f.Message))
	}
	return b.String()
}

func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

func committedRow(text, name string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "| "+name+" |") {
			return line
		}
	}
	return ""
}

func committedSection(text, name string) string {
	_, after, found := strings.Cut(text, "\n## "+name+"\n")
	if !found {
		return ""
	}
	before, _, _ := strings.Cut(after, "\n## ")
	return "\n## " + name + "\n" + before
}

// series is what two versions of one framework have to share for their statements to be compared: the major and minor number of it and of its driver.
var series = regexp.MustCompile(`(\d+\.\d+)[\d.]*`)

// sameSeries tells whether the committed text was made with versions whose statements are the same as this result's.
func (r result) sameSeries(committed string) bool {
	fields := strings.Split(committedRow(committed, r.framework.name), " | ")
	return len(fields) > 1 && series.ReplaceAllString(fields[1], "$1") == series.ReplaceAllString(r.version, "$1")
}

// withoutVersions is a text whose third and further numbers of versions do not count.
func withoutVersions(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if fields := strings.Split(line, " | "); len(fields) == 7 {
			fields[1] = series.ReplaceAllString(fields[1], "$1")
			lines[i] = strings.Join(fields, " | ")
		}
	}
	return strings.Join(lines, "")
}
