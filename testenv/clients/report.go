package clients

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
)

// Report is what a client saw, one line for each thing, in order.
type Report []string

// add appends a line. Line breaks in it are shown as \n.
func (r *Report) add(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	line = strings.ReplaceAll(line, "\r", `\r`)
	*r = append(*r, strings.ReplaceAll(line, "\n", `\n`))
}

// section starts a part of the report.
func (r *Report) section(name string) { r.add("# %s", name) }

// parseReport takes the lines that a program printed.
func parseReport(output []byte) Report {
	var r Report
	for s := bufio.NewScanner(bytes.NewReader(output)); s.Scan(); {
		r = append(r, s.Text())
	}
	return r
}

// difference describes the first lines in which two reports differ, with the
// section they stand in; it is empty if there are none.
func difference(direct, proxied Report) string {
	section := "start"
	for i := range max(len(direct), len(proxied)) {
		d, p := direct.line(i), proxied.line(i)
		if (strings.HasPrefix(d, "# ") || strings.HasPrefix(d, "== ")) && d == p {
			section = strings.TrimLeft(d, "#= ")
		}
		if d != p {
			return fmt.Sprintf("in %q, line %d of %d and %d:\n  direct:  %s\n  proxied: %s\nbefore that:\n  %s",
				section, i+1, len(direct), len(proxied), d, p, strings.Join(direct[max(0, min(i, len(direct))-3):min(i, len(direct))], "\n  "))
		}
	}
	return ""
}

func (r Report) line(i int) string {
	if i < len(r) {
		return r[i]
	}
	return "(nothing)"
}
