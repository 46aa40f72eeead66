package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// pair are a session on the plain database and one, through pgseal, on the sealed one.
type pair struct {
	plain, sealed *session
	report        *report
}

// difference is a unit that was answered differently.
type difference struct {
	unit        *unit
	want, got   []string
	explanation string
}

func (d *difference) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s", d.explanation, d.unit)
	at := 0
	for at < len(d.want) && at < len(d.got) && d.want[at] == d.got[at] {
		at++
	}
	show := func(name string, lines []string) {
		fmt.Fprintf(&b, "\t%s:\n", name)
		for i, line := range lines {
			mark := " "
			if i == at {
				mark = ">"
			}
			if len(line) > 700 {
				line = line[:700] + "..."
			}
			fmt.Fprintf(&b, "\t%s %s\n", mark, line)
		}
	}
	show("plain", d.want)
	show("sealed", d.got)
	return b.String()
}

// play asks both and returns the transaction's status, and whether there was an error, the same for both.
func (p *pair) play(u *unit) (status byte, failed bool, err error) {
	got, err := p.sealed.ask(u.messages)
	gotLines := trace(u, u.messages, got)
	if err != nil {
		return 0, true, &difference{u, nil, gotLines, "the session through pgseal: " + err.Error()}
	}
	messages, refusals := natively(u, got)
	want, err := p.plain.ask(messages)
	wantLines := trace(u, messages, want)
	if err != nil {
		return 0, true, &difference{u, wantLines, gotLines, "the plain session: " + err.Error()}
	}
	p.report.count(u, got)
	if refusals > 0 {
		wantLines = hideCodes(wantLines, gotLines)
	}
	if strings.Contains(u.String(), "MERGE ") {
		wantLines = hideOrder(wantLines, gotLines)
	}
	if !slices.Equal(wantLines, gotLines) {
		return 0, true, &difference{u, wantLines, gotLines, "the answers differ"}
	}
	failed = slices.ContainsFunc(got, func(a answer) bool { return a.typ == 'E' })
	return got[len(got)-1].body[0], failed, nil
}

// hideCodes puts refusals in the place of the errors that stand for them.
func hideCodes(want, got []string) []string {
	out := slices.Clone(want)
	for i, line := range got {
		if code, ok := strings.CutPrefix(line, "E "); ok && slices.Contains(refusals, code) && i < len(out) && strings.HasPrefix(out[i], "E ") {
			out[i] = line
		}
	}
	return out
}

// hideOrder takes one violated constraint for another: which of its rows a MERGE comes to first is left to the plan.
func hideOrder(want, got []string) []string {
	out := slices.Clone(want)
	for i, line := range got {
		if i < len(out) && strings.HasPrefix(line, "E 23") && strings.HasPrefix(out[i], "E 23") {
			out[i] = line
		}
	}
	return out
}

const failing = "pgseal has refused this" // a syntax error

// natively is the unit for the plain database: what was refused is replaced by what fails.
func natively(u *unit, answers []answer) (out []pgproto3.FrontendMessage, refusals int) {
	out = slices.Clone(u.messages)
	for i, where := range places(u.messages, answers) {
		if !answers[i].refusal() {
			continue
		}
		refusals++
		if _, simple := out[where.message].(*pgproto3.Query); simple {
			out[where.message] = &pgproto3.Query{String: replaced(u, where.nth)}
		} else {
			out[where.message] = failingAs(out[where.message])
		}
	}
	return out, refusals
}

// replaced is a Query that fails where it was refused: at once, or behind statements that had completed.
func replaced(u *unit, completed int) string {
	if completed == 0 || completed > len(u.parts) {
		return failing
	}
	return strings.Join(u.parts[:completed], "; ") + "; SELECT 1/0"
}

// failingAs is a message that fails, of the kind of m.
func failingAs(m pgproto3.FrontendMessage) pgproto3.FrontendMessage {
	switch m := m.(type) {
	case *pgproto3.Parse:
		return &pgproto3.Parse{Name: m.Name, Query: failing}
	case *pgproto3.Bind:
		return &pgproto3.Bind{PreparedStatement: failing}
	case *pgproto3.Describe:
		return &pgproto3.Describe{ObjectType: m.ObjectType, Name: failing}
	case *pgproto3.Execute:
		return &pgproto3.Execute{Portal: failing}
	}
	return m
}
