package access_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/admin/access"
)

// TestTable: the table in docs/admin-access.md is the one that May goes by.
func TestTable(t *testing.T) {
	text, err := os.ReadFile("../../../docs/admin-access.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range access.Rules() {
		lines = append(lines, fmt.Sprintf("| `%s` | %s | %s | %s | %s |", r.Action, r.What, r.Viewer, r.Operator, r.Officer))
	}
	if !strings.Contains(string(text), strings.Join(lines, "\n")) {
		t.Errorf("docs/admin-access.md does not have the table:\n%s", strings.Join(lines, "\n"))
	}
}

// TestMay: every role and every action, of an own tenant, one with another's officers, one without any, and of the deployment.
func TestMay(t *testing.T) {
	d := open(t, false, nil)
	users := map[access.Role]*access.User{}
	for role, name := range map[access.Role]string{access.Viewer: "vera", access.Operator: "olga", access.Officer: "carol"} {
		users[role] = d.user(name)
	}
	const own, others, free = "app/acme", "app/other", "app/free"
	for _, r := range access.Rules() {
		for _, role := range access.Roles() {
			u := users[role]
			for _, tenant := range []string{own, others, free, ""} {
				want := map[access.Verdict]bool{access.Yes: true, access.Proposes: true, access.Own: tenant == own, access.Unguarded: tenant == free}[r.For(role)]
				err := u.May(r.Action, tenant)
				if (err == nil) != want {
					t.Errorf("%s %s %q: %v", role, r.Action, tenant, err)
				}
				var denied *access.Denied
				if err != nil && (!errors.As(err, &denied) || denied.Hidden != (role == access.Officer && tenant != own && tenant != "")) {
					t.Errorf("%s %s %q: %#v", role, r.Action, tenant, err)
				}
				proposes := r.For(role) == access.Proposes && (tenant == own || tenant == others)
				if u.NeedsApproval(r.Action, tenant) != proposes {
					t.Errorf("%s %s %q: a proposal: %v", role, r.Action, tenant, !proposes)
				}
			}
		}
	}
	var nobody *access.User
	if nobody.May(access.View, own) == nil || !nobody.NeedsApproval(access.SetARN, own) || (&access.User{Role: "root"}).May(access.View, own) == nil {
		t.Error("nobody may something")
	}
}

// TestMayDecide: an officer of the tenant decides, and not on what he has proposed himself, by whatever name of his.
func TestMayDecide(t *testing.T) {
	d := open(t, false, nil)
	for _, test := range []struct {
		name, tenant, proposer string
		may                    bool
	}{
		{"carol", "app/acme", "olga", true}, {"carol", "app/acme", "carol", false}, {"carol", "app/acme", "Carol", false}, {"carol", "app/other", "olga", false},
		{"dave", "app/other", "olga", true}, {"dave", "second/other", "olga", false}, {"dave", "second/acme", "olga", true}, {"olga", "app/acme", "vera", false}, {"vera", "app/acme", "olga", false},
	} {
		if err := d.user(test.name).MayDecide(test.tenant, test.proposer); (err == nil) != test.may {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

// TestTenantsAreNotMistaken: names and databases with slashes.
func TestTenantsAreNotMistaken(t *testing.T) {
	u := &access.User{Role: access.Officer, Tenants: []string{"app/acme"}}
	for tenant, sees := range map[string]bool{
		access.Tenant("app", "acme"): true, access.Tenant("x", "app/acme"): false, access.Tenant("x/app", "acme"): false, "acme": false, access.Tenant("", "app/acme"): false,
	} {
		if u.Sees(tenant) != sees {
			t.Errorf("%s: %v", tenant, !sees)
		}
	}
	for _, database := range []string{"app", "a/b", "a%2Fb", "%"} {
		if d, n := access.SplitTenant(access.Tenant(database, "x/y")); d != database || n != "x/y" {
			t.Errorf("%q: %q %q", database, d, n)
		}
	}
	if d, n := access.SplitTenant("acme"); d != "" || n != "acme" {
		t.Errorf("%q %q", d, n)
	}
}
