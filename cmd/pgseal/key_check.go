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
see how long that takes. Nothing is changed. Exits 1 where something is missing that pgseal cannot do without, or where the key
service does not say; see pgseal tenant onboarding for what the customer
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
	Unknown   bool   `json:"unknown,omitempty"` // there was no answer, so that it may be so all the same
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
		views, failed := findingsOf(driver.Check(ctx, t.Spec, t.Current.Wrapped))
		if err := output(c, views, func(out *table) {
			for _, v := range views {
				out.row(v.What, v.state(), fmt.Sprintf("%d ms", v.TookMS), "for "+v.For, apart(v.Reason, v.Note))
			}
		}); err != nil {
			return err
		}
		return failed
	})
}

// state is the finding in a word.
func (v *findingView) state() string {
	switch {
	case v.OK:
		return "ok"
	case v.Unknown:
		return "UNKNOWN"
	}
	return "MISSING"
}

// isUnknown tells whether the key service did not answer: then nothing is known to be missing.
func isUnknown(err error) bool {
	switch keysource.KindOf(err) {
	case keysource.KeyStoreUnavailable, keysource.KMSUnreachable, keysource.KMSThrottled:
		return true
	}
	return errors.Is(err, awskms.ErrNotKnown)
}

var (
	errLacking  = errors.New("the key lacks something that pgseal cannot do without")
	errNotKnown = errors.New("the key service did not answer everything: whether something is missing that pgseal cannot do without is not known")
)

// findingsOf gives an error where something is not as pgseal needs it, or where that could not be found out.
func findingsOf(findings []awskms.Finding) (views []findingView, failed error) {
	for _, f := range findings {
		v := findingView{What: f.What, For: f.For, Principal: f.Principal, OK: f.Err == nil, Needed: f.Needed, Note: f.Note,
			TookMS: f.Took.Milliseconds(), LongestMS: f.Longest.Milliseconds()}
		if f.Err != nil {
			v.Reason, v.Unknown = reasonOf(f), isUnknown(f.Err)
			if kind := keysource.KindOf(f.Err); kind != 0 {
				v.Code = kind.Code()
			}
			switch {
			case !f.Needed:
			case !v.Unknown:
				failed = errLacking
			case failed == nil:
				failed = errNotKnown
			}
		}
		views = append(views, v)
	}
	return views, failed
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
