package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyCheckCommand() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "find out which permissions on the customer's key are there, and what kind of key it is", ArgsUsage: "TENANT",
		Description: `Asks for each of them by a dry run, with the rights of whoever runs the command or of the tenant's role, and opens the data key some times to
see how long that takes. Nothing is changed. Exits 1 where something is missing that pgseal cannot do without; see pgseal tenant onboarding for what the customer
has to add.`,
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: keyCheck,
	}
}

// findingView is one finding as the command prints it.
type findingView struct {
	What      string `json:"what"`
	For       string `json:"for"`
	Principal string `json:"principal,omitempty"`
	OK        bool   `json:"ok"`
	Needed    bool   `json:"needed"`
	Code      string `json:"code,omitempty"` // SQLSTATE
	Reason    string `json:"reason,omitempty"`
	Note      string `json:"note,omitempty"`
	TookMS    int64  `json:"took_ms,omitempty"`
	LongestMS int64  `json:"longest_ms,omitempty"`
}

func keyCheck(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		wrapper, err := s.wrapper(t.Spec.Provider)
		if err != nil {
			return err
		}
		driver, ok := wrapper.(*awskms.Wrapper)
		if !ok {
			return usagef(c, "the key of %q is of the provider %s: only %s has permissions; see pgseal key probe", t.Name, t.Spec.Provider, keysource.ProviderAWS)
		}
		views, missing := findingsOf(driver.Check(ctx, t.Spec, t.Current.Wrapped))
		if err := output(c, views, func(out *table) {
			for _, v := range views {
				state := "ok"
				if !v.OK {
					state = "MISSING"
				}
				out.row(v.What, state, fmt.Sprintf("%d ms", v.TookMS), "for "+v.For, apart(v.Reason, v.Note))
			}
		}); err != nil {
			return err
		}
		if missing {
			return errors.New("the key lacks something that pgseal cannot do without")
		}
		return nil
	})
}

func findingsOf(findings []awskms.Finding) (views []findingView, missing bool) {
	for _, f := range findings {
		v := findingView{What: f.What, For: f.For, Principal: f.Principal, OK: f.Err == nil, Needed: f.Needed, Note: f.Note,
			TookMS: f.Took.Milliseconds(), LongestMS: f.Longest.Milliseconds()}
		if f.Err != nil {
			v.Reason = reasonOf(f)
			if kind := keysource.KindOf(f.Err); kind != 0 {
				v.Code = kind.Code()
			}
			missing = missing || f.Needed
		}
		views = append(views, v)
	}
	return views, missing
}

// reasonOf says what is missing for whom, where somebody has to be given it.
func reasonOf(f awskms.Finding) string {
	reason := forPeople(f.Err).Error()
	if keysource.KindOf(f.Err) != keysource.AccessDenied || f.Principal == "" {
		return reason
	}
	if f.What == "sts:AssumeRole" {
		return fmt.Sprintf("the role %s does not let pgseal assume it: its trust policy has to, with the external id of the tenant. %s", f.Principal, reason)
	}
	return fmt.Sprintf("%s has to be allowed to %s, by the key's policy or by a grant. %s", f.What, f.Principal, reason)
}

func apart(reason, note string) string {
	if reason == "" || note == "" {
		return reason + note
	}
	return reason + ". " + note
}
