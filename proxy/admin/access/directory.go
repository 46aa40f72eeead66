package access

import "slices"

// directory is who there is, as the users file and the configuration of single sign-on say at one moment. It is never changed.
type directory struct {
	officers  []string // tenants that have one, as users' entries name them
	unlocking []Role   // that may unlock a tenant that has none
}

// hasOfficer tells whether the tenant has an officer. One whose account is disabled counts: to take an officer away means to remove him.
func (d *directory) hasOfficer(tenant string) bool { return covers(d.officers, tenant) }

// unguarded: a tenant without an officer may be unlocked by the roles that the users file names.
func (d *directory) unguarded(a Action, r Role, tenant string) bool {
	return d != nil && a == Unlock && slices.Contains(d.unlocking, r) && !d.hasOfficer(tenant)
}
