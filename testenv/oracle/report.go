package main

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// tally counts what became of the statements of one form.
type tally struct{ right, failed, refused int }

// report counts what became of statements.
type report struct {
	forms   map[string]*tally
	reasons map[string]int
}

func newReport() *report { return &report{map[string]*tally{}, map[string]int{}} }

func (r *report) of(form string) *tally {
	t := r.forms[form]
	if t == nil {
		t = &tally{}
		r.forms[form] = t
	}
	return t
}

// count notes what the answers complete, fail or refuse. What was skipped behind an error is not counted.
func (r *report) count(u *unit, answers []answer) {
	for i, where := range places(u.messages, answers) {
		switch a := answers[i]; {
		case strings.IndexByte("CIs", a.typ) >= 0:
			r.of(u.form(where)).right++
		case a.refusal():
			r.of(u.form(where)).refused++
			r.reasons[a.reason()]++
		case a.typ == 'E':
			r.of(u.form(where)).failed++
		}
	}
}

var specifics = regexp.MustCompile(`public\.\w+(\.\w+)?|"[^"]*"`)

// reason is why something was refused, without names.
func (a answer) reason() string {
	why := a.code + " " + a.message
	if a.code == "KP002" {
		detail, _, _ := strings.Cut(a.detail, " tenant=")
		why += ": " + detail
	}
	return specifics.ReplaceAllString(why, "...")
}

func (r *report) sum() (all tally) {
	for _, t := range r.forms {
		all.right += t.right
		all.failed += t.failed
		all.refused += t.refused
	}
	return all
}

// statements is how many have been answered.
func (r *report) statements() int {
	all := r.sum()
	return all.right + all.failed + all.refused
}

func (r *report) write(out io.Writer) {
	fmt.Fprintf(out, "%-16s %10s %10s %10s\n", "form", "right", "same error", "refused")
	for _, name := range slices.Sorted(maps.Keys(r.forms)) {
		t := r.forms[name]
		fmt.Fprintf(out, "%-16s %10d %10d %10d\n", name, t.right, t.failed, t.refused)
	}
	all := r.sum()
	fmt.Fprintf(out, "%-16s %10d %10d %10d  (%d %% refused)\n", "all", all.right, all.failed, all.refused, 100*all.refused/max(1, r.statements()))
	reasons := slices.SortedFunc(maps.Keys(r.reasons), func(a, b string) int { return r.reasons[b] - r.reasons[a] })
	for _, why := range reasons[:min(len(reasons), 40)] {
		fmt.Fprintf(out, "%10d  %s\n", r.reasons[why], why)
	}
}

// meagre is an error if too much was refused.
func (r *report) meagre() error {
	if all := r.sum(); 3*all.refused > r.statements() {
		return fmt.Errorf("%d of %d statements were refused: that proves nothing", all.refused, r.statements())
	}
	return nil
}
