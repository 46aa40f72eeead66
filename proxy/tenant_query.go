package proxy

import (
	"slices"

	"github.com/legatics/pgseal/proxy/plan"
)

// queryTenant is the tenant under which the statements of a Query that need the key are carried out: it must be the same for all of them. Errors are such as the
// client may read.
func (r *requests) queryTenant(p *plan.Plan, read []*cursor, steps [][]plan.Step) (string, error) {
	if r.follower == nil || len(steps) == 0 {
		return r.tenant()
	}
	if len(steps) != len(p.Statements) {
		return "", r.s.setting.errOwnTenant()
	}
	state := r.s.setting.published.Load()
	if r.follower.now != nil {
		state = r.follower.now
	}
	state = state.clone()
	var tenant *string
	for i := range p.Statements {
		if s := &p.Statements[i]; s.NeedsKey || s.Outputs != nil || i < len(read) && read[i].protected() {
			if slices.ContainsFunc(steps[i], plan.Step.Changes) {
				return "", r.s.setting.errOwnTenant()
			}
			name, err := r.s.setting.tenant(state.current())
			switch {
			case err != nil:
				return "", err
			case tenant != nil && *tenant != name:
				return "", r.s.setting.errTwoTenants()
			}
			tenant = &name
		}
		for _, s := range steps[i] {
			state.apply(s, false)
		}
	}
	if tenant == nil {
		return "", nil
	}
	r.using = *tenant
	return *tenant, nil
}

// boundSteps are the steps of a prepared statement with what its parameters say.
func (r *requests) boundSteps(stmt *statement, m *bindMessage) []plan.Step {
	if r.follower == nil || stmt.steps == nil {
		return nil
	}
	all := r.follower.stepsOf(stmt.steps)
	if len(all) != 1 {
		return slices.Concat(all...) // an empty text, or one that the server refuses
	}
	steps := slices.Clone(all[0])
	for i := range steps {
		if steps[i].Call != nil {
			steps[i] = r.boundCall(steps[i], m)
		}
	}
	if len(m.portal) > 0 && slices.ContainsFunc(steps, plan.Step.Changes) {
		r.follower.hidden.add(string(clip(m.portal)), false)
	}
	return slices.DeleteFunc(steps, func(s plan.Step) bool { return s.Kind == 0 })
}

// boundCall is a call of set_config with its arguments known; where one of them is not understood it may do anything to the setting.
func (r *requests) boundCall(s plan.Step, m *bindMessage) plan.Step {
	c := s.Call
	s.Call = nil
	opaque := plan.Step{Kind: plan.StepOpaque}
	if !r.s.settings.Load().utf8 || r.unsure != 0 {
		return opaque
	}
	if c.Name >= 0 {
		name, null, ok := m.text(c.Name)
		switch {
		case !ok || null:
			return opaque // NULL the server refuses
		case !r.follower.reader.Names(name):
			return plan.Step{} // another setting
		}
	}
	if c.Value >= 0 {
		value, null, ok := m.text(c.Value)
		switch {
		case !ok:
			return opaque
		case null:
			s.Kind = plan.StepReset
		}
		s.Value = string(value)
	}
	if c.Local >= 0 {
		truth, null, ok := m.text(c.Local)
		local, known := plan.Bool(truth)
		if m.formats.of(c.Local) == binaryFormat {
			local, known = len(truth) == 1 && truth[0] == 1, len(truth) == 1
		}
		if !ok || null || !known {
			return opaque
		}
		s.Local = local
	}
	return s
}

// text is a parameter of type text: it looks the same in both formats.
func (m *bindMessage) text(i int) (text []byte, null, ok bool) {
	if i >= len(m.params) {
		return nil, false, false
	}
	return m.params[i], m.params[i] == nil, true
}

// executes are the steps of the portal's next Execute. What its statement calls is called at the first one; whether another calls anything depends on how many rows
// there were.
func (p *portal) executes() []plan.Step {
	again := p.ran
	p.ran = true
	if again && slices.ContainsFunc(p.steps, plan.Step.Changes) {
		return []plan.Step{{Kind: plan.StepOpaque}}
	}
	return p.steps
}

// portalTenant is the tenant under which a portal's rows are opened.
func (r *requests) portalTenant(steps []plan.Step) (string, error) {
	if slices.ContainsFunc(steps, plan.Step.Changes) {
		return "", r.s.setting.errOwnTenant()
	}
	return r.tenant()
}

// executeNative sends an Execute of a portal that the proxy does not know: a cursor, say, or a statement that SQL has prepared.
func (r *requests) executeNative() error {
	if r.follower == nil || !r.follower.hidden.sql {
		return r.native(reqExecute)
	}
	steps := []plan.Step{{Kind: plan.StepLost}}
	if _, err := r.push(entry{request: reqExecute, work: &work{steps: [][]plan.Step{steps}}}); err != nil {
		return err
	}
	r.follower.sends(r.segment, steps)
	return r.forward()
}
