package access

// Action is something that can be done on the page or through the API.
type Action string

// The actions. Those of a tenant's key are about one tenant; the others are about the deployment, with "" as tenant.
const (
	View            Action = "view"       // state of keys, columns, proxies
	Events          Action = "events"     // the event log, and its export
	Report          Action = "report"     // the report, history and usage
	Onboarding      Action = "onboarding" // the onboarding sheet
	Rotate          Action = "rotate"
	SetARN          Action = "set-arn"
	SetProvider     Action = "set-provider"
	SetCacheTime    Action = "set-cache-time"        // a shorter one, or the same
	LongerCacheTime Action = "set-longer-cache-time" // a longer one
	Lock            Action = "lock"
	Unlock          Action = "unlock"
	Probe           Action = "probe"
	Drill           Action = "drill"
	Approve         Action = "approve"  // or reject what was proposed
	Withdraw        Action = "withdraw" // what he has proposed himself
	Column          Action = "column"   // work on columns
	TenantAdd       Action = "tenant-add"
	TenantRetire    Action = "tenant-retire"
	Deployment      Action = "deployment" // what concerns all tenants: proxies, columns, configuration
)

// Verdict is what the table says of a role and an action.
type Verdict string

// The verdicts.
const (
	No        Verdict = "no"
	Yes       Verdict = "yes"
	Own       Verdict = "own tenants"
	Proposes  Verdict = "yes; where the tenant has officers, it becomes a proposal"
	Unguarded Verdict = "only where the tenant has no officer and the users file says so"
)

// Rule is a line of the table.
type Rule struct {
	Action                    Action
	What                      string // for people
	Viewer, Operator, Officer Verdict
}

// For is what the line says of a role; No of one that there is not.
func (r Rule) For(role Role) Verdict {
	switch role {
	case Viewer:
		return r.Viewer
	case Operator:
		return r.Operator
	case Officer:
		return r.Officer
	}
	return No
}

// Rules is the table: docs/admin-access.md shows it, and May goes by it.
func Rules() []Rule {
	return []Rule{
		{View, "see a tenant's key and its state", Yes, Yes, Own},
		{Events, "read and export a tenant's events", Yes, Yes, Own},
		{Report, "read a tenant's report, history and usage", Yes, Yes, Own},
		{Onboarding, "read a tenant's onboarding sheet", Yes, Yes, Own},
		{Deployment, "see proxies, columns, work and the list of all tenants", Yes, Yes, No},
		{Probe, "have the key service asked now", No, Yes, Own},
		{Rotate, "rotate a tenant's key", No, Yes, Own},
		{Lock, "lock a tenant", No, Yes, Own},
		{Unlock, "unlock a tenant", No, Unguarded, Own},
		{Drill, "rehearse a withdrawal", No, Yes, Own},
		{SetCacheTime, "shorten a cache time", No, Yes, Own},
		{LongerCacheTime, "lengthen a cache time", No, Proposes, Own},
		{SetARN, "change the ARN", No, Proposes, No},
		{SetProvider, "change the provider", No, Proposes, No},
		{Approve, "approve or reject a proposal", No, No, Own},
		{Withdraw, "take back a proposal of one's own", No, Yes, Own},
		{TenantAdd, "add a tenant", No, Yes, No},
		{TenantRetire, "retire a tenant or bring it back", No, Yes, No},
		{Column, "work on columns", No, Yes, No},
	}
}

// verdict is No for what is not in the table.
func verdict(a Action, r Role) Verdict {
	for _, rule := range Rules() {
		if rule.Action == a {
			return rule.For(r)
		}
	}
	return No
}

// allowedFor are the roles that may do it at all.
func allowedFor(a Action) (roles []Role) {
	for _, r := range Roles() {
		if v := verdict(a, r); v != No && v != Unguarded {
			roles = append(roles, r)
		}
	}
	return roles
}
