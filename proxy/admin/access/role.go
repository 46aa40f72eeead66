package access

import "fmt"

// Role is what a user is to the deployment.
type Role string

// The roles.
const (
	Viewer   Role = "viewer"   // sees everything, changes nothing
	Operator Role = "operator" // does everything but unlock and approve
	Officer  Role = "officer"  // the customer's side: his tenants alone
)

// Roles are all roles, in the order of the table in docs/admin-access.md.
func Roles() []Role { return []Role{Viewer, Operator, Officer} }

func (r Role) check() error {
	for _, known := range Roles() {
		if r == known {
			return nil
		}
	}
	return fmt.Errorf("role %q is not one of viewer, operator, officer", r)
}
