package orms

import "fmt"

// outcome is how a step went with sealed columns.
type outcome struct {
	step     step         // through pgseal
	expected *expectation // nil: as without pgseal
}

// compare holds the report of a run through pgseal against that of a run without it. Problems are the differences that are not expected, and the
// expected ones that are not there.
func compare(framework string, direct, sealed report) (outcomes []outcome, problems []error) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if len(direct.steps) != len(sealed.steps) {
		problem("%d steps directly and %d through pgseal", len(direct.steps), len(sealed.steps))
	}
	for i := range min(len(direct.steps), len(sealed.steps)) {
		d, s := direct.steps[i], sealed.steps[i]
		e := expected(framework, s.name)
		o := outcome{step: s}
		switch {
		case d.name != s.name:
			problem("step %q directly is step %q through pgseal", d.name, s.name)
		case d.failed && d.code == "none":
			problem("%s: directly on PostgreSQL: %v", d.name, d)
		case d == s && e != nil:
			problem("%s: it goes as without pgseal now: take it off expected.go", s.name)
		case d == s:
		case e == nil, e.code == "" && s.failed, e.code != "" && s.code != e.code:
			problem("%s:\n  directly: %v\n  sealed:   %v", s.name, d, s)
		default:
			o.expected = e
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, problems
}
