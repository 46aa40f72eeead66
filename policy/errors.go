package policy

import (
	"fmt"
	"strings"
)

// Error is one fault of a policy file.
type Error struct {
	Position
	Message string
}

// Error writes file:line:column: message.
func (e *Error) Error() string { return e.Position.String() + ": " + e.Message }

// String writes file:line:column, or as much of it as there is.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Errors are all faults that Load found in a file, in the order of their places; never empty.
type Errors []*Error

// Error writes one fault a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As the single faults.
func (e Errors) Unwrap() []error {
	all := make([]error, len(e))
	for i, one := range e {
		all[i] = one
	}
	return all
}
