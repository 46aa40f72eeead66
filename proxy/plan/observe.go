package plan

// Observation is what would become of a text if the columns in state observe were sealed.
type Observation struct {
	SQL     []byte   // borrowed for the call; Shown is what may be kept of it
	Refusal *Refusal // nil: it would be carried out, with values sealed or opened
}

// observe plans a text, which goes to the server as it would without, with the columns in state observe as if they were sealed.
func (p *Planner) observe(st *state, req Request) {
	if p.options.Observe == nil {
		return
	}
	req.Handles, req.Fresh = nil, nil // they are of what is protected, not of what is observed
	plan, refusal := p.planWith(st, &req)
	if refusal != nil || plan != nil && !plan.Native() {
		p.options.Observe(Observation{SQL: req.SQL, Refusal: refusal})
	}
}
