package proxy

import (
	"fmt"

	"github.com/legatics/pgseal/proxy/plan"
)

// nameTenant finds out whose session it is, as far as its log-in says.
func (s *session) nameTenant(start *startupPacket) {
	db := s.database
	switch {
	case db.TenantSetting != "":
		value := startSetting(start, db.TenantSetting)
		value.reset = true
		s.setting = &tenantSetting{name: db.TenantSetting}
		s.setting.published.Store(&settingState{value: value, start: value})
	case db.TenantByCertificate != nil:
		if c := s.peer.certificate(); c != nil {
			s.tenant = db.TenantByCertificate(c)
		}
	default:
		s.tenant = db.Tenant.Tenant(start.params["user"], start.params["database"])
	}
}

// follower is the requests' part of following the setting that names the tenant; nil where none does.
func (s *session) follower() *settingFollower {
	if s.setting == nil || s.planner() == nil {
		return nil
	}
	return &settingFollower{reader: plan.NewSettingReader(s.setting.name)}
}

// followed is the responses' part.
func (s *session) followed() followed {
	if s.setting == nil {
		return followed{}
	}
	return followed{state: *s.setting.published.Load().clone()}
}

// mayUse refuses a tenant that the policy does not give to the session's role. The error is the same whether there is such a tenant or not.
func (s *session) mayUse(tenant string) error {
	if s.database.MayUse == nil || s.database.MayUse(s.role, tenant) {
		return nil
	}
	return &wireError{code: codeTenantUnknown, name: "tenant_unknown",
		message: fmt.Sprintf("there is no tenant %q for this role", tenant),
		detail:  machineReadable("The column policy limits the role to other tenants.", tenant, false),
		hint:    "Name a tenant of the role's, or ask the operator of pgseal to change the role's tenants in the column policy."}
}
