package orms

import "slices"

// expectation is a step that ends otherwise with sealed columns.
type expectation struct {
	frameworks []string // nil: all that have the step
	steps      []string
	code       string // the refusal's SQLSTATE; "" where there is none, but another result
	why        string
	answer     string
}

// expectations are all that there are.
func expectations() []expectation {
	return []expectation{}
}

// expected is the expectation for a step, nil if it has to go as without pgseal.
func expected(framework, step string) *expectation {
	for _, e := range expectations() {
		if slices.Contains(e.steps, step) && (e.frameworks == nil || slices.Contains(e.frameworks, framework)) {
			return &e
		}
	}
	return nil
}
