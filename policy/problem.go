package policy

import (
	"fmt"
	"strings"
)

// Severity tells whether a problem forbids the policy.
type Severity string

// The severities of a problem.
const (
	// SeverityError: statements would go wrong without anybody noticing, or could not be served at all. A policy with
	// one is not taken into use.
	SeverityError Severity = "error"
	// SeverityWarning: everything that is served is right, but something will be refused or looks like a mistake.
	SeverityWarning Severity = "warning"
	// SeverityNote: all is well; it is only good to know.
	SeverityNote Severity = "note"
)

// Problem is one thing in which policy and live database do not fit together.
type Problem struct {
	Severity Severity
	Where    Position  // of the table or column in the policy file; zero where it is about the whole database
	Table    TableName // listed table, zero where it is about the whole database
	Column   string    // listed column, empty where it is about the table
	Object   string    // the object of the database that is in the way, as people write it; may be empty
	Message  string    // what and why
	Hint     string    // how to mend it; may be empty
}

// String writes the problem in one line, as compilers do.
func (p Problem) String() string {
	var b strings.Builder
	if p.Where != (Position{}) {
		b.WriteString(p.Where.String() + ": ")
	}
	fmt.Fprintf(&b, "%s: %s", p.Severity, p.Sentence())
	if p.Hint != "" {
		b.WriteString(" (" + p.Hint + ")")
	}
	return b.String()
}

// Sentence is the problem without place, severity and hint: "public.matters.title: the column is generated ...".
func (p Problem) Sentence() string {
	switch {
	case p.Table == (TableName{}):
		return p.Message
	case p.Column == "":
		return p.Table.String() + ": " + p.Message
	}
	return p.Table.String() + "." + quotePart(p.Column) + ": " + p.Message
}

// HasErrors tells whether a problem of the list forbids the policy.
func HasErrors(problems []Problem) bool {
	for _, p := range problems {
		if p.Severity == SeverityError {
			return true
		}
	}
	return false
}
