package proxy

import (
	"fmt"

	"github.com/legatics/pgseal/proxy/plan"
)

// A session whose tenant is named by a setting (DESIGN: tenant by setting) follows that setting in both pumps. The one that reads the server carries out the
// steps of each statement that the server has carried out, and publishes the state at each ReadyForQuery. The one that reads the client goes
// on from there with the steps that it has sent since, as though they all succeeded: where one of them does not, the server passes over what comes
// behind it in the segment. What an earlier segment may have changed is waited for.

// settingFollower is the part that belongs to the pump that reads the client.
type settingFollower struct {
	reader  *plan.SettingReader
	segment uint64        // which now and sent are about
	sent    []plan.Step   // in it, while now is nil
	now     *settingState // with everything carried out that was sent; nil: not needed yet
	changed uint64        // the last segment with a step that may change the value
	hidden  hiddenNames   // of what was prepared and may change it when it runs
}

// maxSent is how many steps of a segment are kept before the state is asked for.
const maxSent = 64

// followed is the part that belongs to the pump that reads the server.
type followed struct {
	state settingState
	dirty bool // since it was published
}

// reads tells what a text does to the setting; nil where the session follows none, or it does nothing.
func (r *requests) reads(sql []byte) *plan.Steps {
	if r.follower == nil {
		return nil
	}
	set := r.s.settings.Load()
	return r.follower.reader.Read(sql, !set.standardStrings || !set.utf8 || r.unsure != 0, r.s.planner().Catalogue().SettingFunctions)
}

// withSteps gives a text that does something to the setting a plan, where it has none.
func (r *requests) withSteps(p *plan.Plan, steps *plan.Steps, sql []byte) *plan.Plan {
	if p == nil && steps != nil {
		return r.s.planner().Native(sql)
	}
	return p
}

// prepared takes note of what a Parse keeps under a name.
func (r *requests) prepared(name []byte, steps *plan.Steps) {
	if steps != nil && len(name) > 0 {
		r.follower.hidden.add(string(clip(name)), false)
	}
}

// stepsOf are the steps of a text's statements as this session has to take them.
func (f *settingFollower) stepsOf(steps *plan.Steps) [][]plan.Step {
	if f == nil || steps == nil {
		return nil
	}
	if steps.Hides {
		f.hidden.all, f.hidden.sql = true, true
	}
	for _, name := range steps.Hidden {
		f.hidden.add(name, true)
	}
	all := make([][]plan.Step, len(steps.Statements))
	for i, statement := range steps.Statements {
		for _, s := range statement {
			if s.Kind != plan.StepRun || f.hidden.mayBe(s.Value) {
				all[i] = append(all[i], s)
			}
		}
	}
	return all
}

// boundSent waits for the earlier segments where the present one has many steps, so that they need not be kept.
func (r *requests) boundSent() error {
	if r.follower == nil || len(r.follower.sent) < maxSent {
		return nil
	}
	return r.awaitTenant()
}

// sends takes note of the steps of what is being sent in a segment.
func (f *settingFollower) sends(segment uint64, steps []plan.Step) {
	if f == nil || len(steps) == 0 {
		return
	}
	f.enter(segment)
	for _, s := range steps {
		if s.Changes() {
			f.changed = segment
		}
		if f.now != nil {
			f.now.apply(s, false)
		} else {
			f.sent = append(f.sent, s)
		}
	}
}

// enter makes the segment the present one.
func (f *settingFollower) enter(segment uint64) {
	if f.segment != segment {
		f.segment, f.sent, f.now = segment, f.sent[:0], nil
	}
}

// awaitTenant waits until the session's tenant is certain, as far as the client has gone.
func (r *requests) awaitTenant() error {
	f := r.follower
	if f == nil {
		return nil
	}
	f.enter(r.segment)
	if f.now != nil {
		r.using = f.now.current().text
		return nil
	}
	ended := r.s.queue.ended()
	if state := r.s.setting.published.Load(); len(f.sent) == 0 && f.changed <= ended && state.settled() {
		r.using = state.current().text
		return nil
	}
	if ended < r.segment-1 {
		if err := r.await(r.segment-1, false); err != nil {
			return err
		}
	}
	f.now = r.s.setting.published.Load().clone()
	for _, s := range f.sent {
		f.now.apply(s, false)
	}
	f.sent = f.sent[:0]
	r.using = f.now.current().text
	return nil
}

// tenant is the session's tenant; an error is one that the client may read. Where the session follows a setting, awaitTenant comes first.
func (r *requests) tenant() (string, error) {
	f := r.follower
	if f == nil {
		return r.s.tenant, nil
	}
	state := f.now
	if state == nil {
		state = r.s.setting.published.Load()
	}
	return r.s.setting.tenant(state.current())
}

// tenantSetting is the setting that names a session's tenant.
type tenantSetting struct {
	name      string
	published publishedState
}

// tenant is the tenant that a value of the setting names.
func (t *tenantSetting) tenant(v settingValue) (string, error) {
	if v.known && v.text != "" {
		return v.text, nil
	}
	e := &wireError{code: codeTenantUnknown, name: "tenant_unknown", message: "the session names no tenant",
		hint: fmt.Sprintf("Name it in a statement that pgseal can read: SET %[1]s = 'NAME', SET LOCAL %[1]s = 'NAME' in the transaction, or SELECT set_config('%[1]s', $1, true).", t.name)}
	detail := t.name + " is empty."
	if !v.known {
		detail = fmt.Sprintf("%s has not been set by this session, or what it was set to cannot be known.", t.name)
	}
	e.detail = machineReadable(detail, "", false)
	return "", e
}

// codeTenantUnknown is the SQLSTATE of a session without a tenant.
const codeTenantUnknown = "KU010"

// errOwnTenant refuses a statement that may change the tenant under which it is itself to be carried out.
func (t *tenantSetting) errOwnTenant() error {
	return &wireError{code: codeTenantUnknown, name: "tenant_unknown", message: "the statement names the tenant and needs the tenant's key",
		detail: machineReadable("Whether the tenant changes before or behind the rows that it reads or writes cannot be known.", "", false),
		hint:   fmt.Sprintf("Set %s in a statement of its own.", t.name)}
}

// errTwoTenants refuses a Query that goes over from one tenant to another.
func (t *tenantSetting) errTwoTenants() error {
	return &wireError{code: "KP001", name: "operation_not_supported", message: "one Query uses the keys of two tenants",
		detail: machineReadable("", "", false), hint: fmt.Sprintf("Send the statements behind the change of %s in a message of their own.", t.name)}
}
