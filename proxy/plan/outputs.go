package plan

import (
	"fmt"
	"slices"
)

// Rest stands in a statement's Outputs for any number of native columns that the planner does not know: what a star over a table means that
// is not in the catalogue. There is at most one.
var Rest = &Column{}

// Widen returns the outputs of a result that has turned out to have n columns. ok is false where it cannot have so many.
func Widen(outputs []*Column, n int) (wide []*Column, ok bool) {
	at := slices.Index(outputs, Rest)
	more := n - (len(outputs) - 1)
	switch {
	case at < 0 && len(outputs) == n:
		return outputs, true
	case at < 0 || more < 0:
		return nil, false
	}
	return slices.Concat(outputs[:at], make([]*Column, more), outputs[at+1:]), true
}

// outputs notes the result's columns that have to be opened. Where they stand follows from the number of the result's columns, as long as
// all stars of unknown width stand together.
func (a *analysis) outputs(fields []field) {
	if hasSealed(fields) == nil {
		return
	}
	from, to := unknown(fields)
	if c := hasSealed(fields[from:to]); c != nil {
		a.refuse(refuseOn(c, StatementNotUnderstood, fmt.Sprintf("the place of the sealed column %s in the result is not known", c),
			"The stars around it stand for the columns of tables that the proxy does not know.", hintColumns))
		return
	}
	out := make([]*Column, 0, len(fields))
	for i, f := range fields {
		switch {
		case i < from || i >= to:
			out = append(out, f.sealed())
		case i == from:
			out = append(out, Rest)
		}
	}
	a.current.Outputs, a.current.NeedsKey = out, true
}

// unknown returns where the fields of unknown number begin and end, with the known ones among them; from is to where there are none.
func unknown(fields []field) (from, to int) {
	for i, f := range fields {
		if !f.rest {
			continue
		}
		if to == 0 {
			from = i
		}
		to = i + 1
	}
	return from, to
}
