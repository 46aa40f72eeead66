package access

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// User is who a request comes from.
type User struct {
	Name    string
	Role    Role
	Tenants []string // an officer is limited to these, each NAME (in every database) or DATABASE/NAME; empty for others: all
	Via     string   // "password", "token" or "oidc"
	Address string   // that he comes from

	session   *session // nil for tokens and basic authentication
	token     string   // against forged requests; empty where none is needed
	directory *directory
}

// The ways in which somebody has shown who he is.
const (
	ViaPassword = "password"
	ViaToken    = "token"
	ViaOIDC     = "oidc"
)

// Tenant is a tenant of a database as May takes it. A slash in the database's name is written %2F, so that no two tenants are written alike.
func Tenant(database, name string) string {
	return strings.NewReplacer("%", "%25", "/", "%2F").Replace(database) + "/" + name
}

// SplitTenant is the inverse of Tenant, for an officer's entry too: without a database it is about the tenant in every one.
func SplitTenant(tenant string) (database, name string) {
	database, name, qualified := strings.Cut(tenant, "/")
	if !qualified {
		return "", tenant
	}
	return strings.NewReplacer("%2F", "/", "%25", "%").Replace(database), name
}

// Denied is why a user may not do something. Its text is for him: it says nothing of whether there is such a tenant.
type Denied struct {
	Action Action
	Roles  []Role // that may, of the tenant in question
	// Hidden: the user must not learn whether there is such a tenant. The answer is that of a tenant that there is not.
	Hidden bool
}

func (d *Denied) Error() string {
	if d.Hidden {
		return "there is no such tenant"
	}
	if len(d.Roles) == 0 {
		return fmt.Sprintf("nobody may do this here (%s)", d.Action)
	}
	names := make([]string, len(d.Roles))
	for i, r := range d.Roles {
		names[i] = string(r)
	}
	return fmt.Sprintf("this may be done by: %s (%s)", strings.Join(names, ", "), d.Action)
}

// May is nil where the user may do it to the tenant, as Tenant names it ("": not about one tenant), else *Denied. Where NeedsApproval says so what he may do is to
// propose it.
func (u *User) May(a Action, tenant string) error {
	if u == nil {
		return &Denied{Action: a, Roles: allowedFor(a)}
	}
	if u.Role == Officer && tenant != "" && !u.has(tenant) {
		return &Denied{Action: a, Hidden: true}
	}
	switch verdict(a, u.Role) {
	case Yes, Proposes:
		return nil
	case Own:
		if u.has(tenant) {
			return nil
		}
	case Unguarded:
		if tenant != "" && u.directory.unguarded(a, u.Role, tenant) {
			return nil
		}
	}
	return &Denied{Action: a, Roles: allowedFor(a)}
}

// NeedsApproval tells that what the user may do to the tenant is to propose it, for an officer of the tenant to approve.
func (u *User) NeedsApproval(a Action, tenant string) bool {
	return u == nil || verdict(a, u.Role) == Proposes && (u.directory == nil || u.directory.hasOfficer(tenant))
}

// MayDecide is nil where the user may approve or reject what somebody proposed of the tenant: an officer of it, and not the one who proposed it,
// however he logged in.
func (u *User) MayDecide(tenant, proposer string) error {
	if err := u.May(Approve, tenant); err != nil {
		return err
	}
	if strings.EqualFold(u.Name, proposer) {
		return ErrOwnProposal
	}
	return nil
}

// MayWithdraw is nil where the user may take back what somebody proposed of the tenant: it was he.
func (u *User) MayWithdraw(tenant, proposer string) error {
	if err := u.May(Withdraw, tenant); err != nil {
		return err
	}
	if !strings.EqualFold(u.Name, proposer) {
		return ErrOthersProposal
	}
	return nil
}

// ErrOthersProposal : what somebody else proposed is rejected by an officer, or taken back by himself.
var ErrOthersProposal = fmt.Errorf("somebody else has proposed this: he may take it back, or an officer of the tenant reject it")

// ErrOwnProposal : four eyes are two people's.
var ErrOwnProposal = fmt.Errorf("you have proposed this yourself: another officer of the tenant must decide")

// Sees tells that the user may know of the tenant.
func (u *User) Sees(tenant string) bool { return u.May(View, tenant) == nil }

// Limited are the names of the tenants that an officer is limited to, as far as they may be of the database; named: one of them names it.
func (u *User) Limited(database string) (names []string, named bool) {
	for _, e := range u.Tenants {
		of, name := SplitTenant(e)
		if !slices.Contains(names, name) && u.has(Tenant(database, name)) {
			names = append(names, name)
		}
		named = named || of == database && u.has(Tenant(database, name))
	}
	slices.Sort(names)
	return names, named
}

// Actor is the user as history and events name him: who, by which log-in, from where.
func (u *User) Actor() string {
	return fmt.Sprintf("%s (%s, %s) from %s", u.Name, u.Role, u.Via, u.Address)
}

// has tells that the tenant is one of those that an officer is limited to.
func (u *User) has(tenant string) bool { return tenant != "" && covers(u.Tenants, tenant) }

// covers: an entry NAME covers the tenant in every database, DATABASE/NAME in one.
func covers(entries []string, tenant string) bool {
	_, name, qualified := strings.Cut(tenant, "/")
	for _, e := range entries {
		if e == tenant || qualified && e == name && !strings.Contains(e, "/") {
			return true
		}
	}
	return false
}

type userKey struct{}

// NewContext is a context in which FromContext finds the user.
func NewContext(ctx context.Context, u *User) context.Context {
	return context.WithValue(ctx, userKey{}, u)
}

// FromContext is who the request comes from.
func FromContext(ctx context.Context) (*User, bool) {
	u, ok := ctx.Value(userKey{}).(*User)
	return u, ok && u != nil
}

// Token is what a form of this session carries in its hidden field csrf, and a script in the header X-Pgseal-CSRF. Empty where none is needed.
func Token(ctx context.Context) string {
	if u, ok := FromContext(ctx); ok {
		return u.token
	}
	return ""
}
