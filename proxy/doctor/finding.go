package doctor

import (
	"cmp"
	"slices"
)

// Severity says how bad a finding is.
type Severity string

// The severities, the worst first.
const (
	Error       Severity = "error"
	Warning     Severity = "warning"
	Information Severity = "information"
)

func (s Severity) rank() int { return slices.Index([]Severity{Error, Warning, Information}, s) }

// Finding is one thing that was found.
type Finding struct {
	Severity Severity `json:"severity"`
	Kind     string   `json:"kind"`               // what it is about, for programs: guard, plaintext, statistics ...
	Object   string   `json:"object,omitempty"`   // the column, table, role or setting
	Message  string   `json:"message"`            // what and why
	Evidence string   `json:"evidence,omitempty"` // what was seen: names and counts
	Mend     string   `json:"mend,omitempty"`     // SQL or a command
}

// Sort puts the worst first, else by kind and object.
func Sort(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Severity.rank(), b.Severity.rank()), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Object, b.Object))
	})
}

// Count tells how many findings are of the severity.
func Count(all []Finding, s Severity) (n int) {
	for i := range all {
		if all[i].Severity == s {
			n++
		}
	}
	return n
}
