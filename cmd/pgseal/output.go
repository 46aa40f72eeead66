package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
)

// table writes a report for people.
type table struct{ w *tabwriter.Writer }

func newTable(to io.Writer) *table { return &table{tabwriter.NewWriter(to, 0, 8, 2, ' ', 0)} }

// row writes a line. Empty cells at its end are left out, so that no blanks are.
func (t *table) row(cells ...string) {
	fmt.Fprintln(t.w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}

// pair writes one line of a report; nothing where there is nothing to say.
func (t *table) pair(name, val string) {
	if val != "" {
		fmt.Fprintf(t.w, "%s\t%s\n", name, val)
	}
}

// output prints a report: v as JSON with --json, else what people writes.
func output(c *cli.Context, v any, people func(*table)) error {
	if c.Bool("json") {
		enc := json.NewEncoder(c.App.Writer)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
	t := newTable(c.App.Writer)
	people(t)
	return t.w.Flush()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// forPeople turns a failure of key management into the sentence that an application would read, with the cause behind it.
func forPeople(err error) error {
	var e *keysource.Error
	if !errors.As(err, &e) {
		return err
	}
	text := fmt.Sprintf("%s: %s", e.SQLState(), e.UserMessage())
	if hint := e.UserHint(); hint != "" {
		text += ". " + strings.TrimSuffix(hint, ".")
	}
	if e.Cause != nil {
		text += fmt.Sprintf(" (%v)", e.Cause)
	}
	return &peopleError{text, err}
}

// peopleError is an error in words for people, which is still what it was.
type peopleError struct {
	text string
	of   error
}

func (e *peopleError) Error() string { return e.text }
func (e *peopleError) Unwrap() error { return e.of }

// The widths of paragraphs and of fields in a list, so that they print on paper.
const (
	lineWidth  = 100
	fieldWidth = 84
)

// heading begins a part of a report.
func (t *table) heading(text string) {
	t.row()
	t.row(text)
	t.row(strings.Repeat("-", len(text)))
}

// paragraph writes a text in lines; item does so behind a dash.
func (t *table) paragraph(text string) { t.lines("", "", text) }

func (t *table) item(text string) { t.lines("  - ", "    ", text) }

// field is pair for a text that may need several lines.
func (t *table) field(name, text string) {
	if text == "" {
		return
	}
	for _, line := range wrapped("", "", text, fieldWidth) {
		t.row(name, line)
		name = ""
	}
}

func (t *table) lines(first, next, text string) {
	for _, line := range wrapped(first, next, text, lineWidth) {
		t.row(line)
	}
}

// wrapped breaks a text into lines between words.
func wrapped(first, next, text string, width int) (lines []string) {
	line := first
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
		case len(line)+1+len(word) > width:
			lines = append(lines, line)
			line = next
		default:
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
