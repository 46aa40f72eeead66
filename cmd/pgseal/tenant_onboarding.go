package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/template"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func tenantOnboardingCommand() *cli.Command {
	return &cli.Command{
		Name: "onboarding", Usage: "print what a customer has to do in their own AWS account", ArgsUsage: "NAME",
		Description: `A sheet for the customer: the key to make, the least rights to give, what they will see and what a withdrawal does. It may be printed
before the tenant is there; once it is, the rights are narrowed to this tenant by the encryption context.

   pgseal tenant onboarding acme --principal arn:aws:iam::444455556666:role/pgseal
   pgseal tenant onboarding acme --principal arn:aws:iam::444455556666:role/pgseal --format terraform`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "principal", Usage: "`ARN` of the role that pgseal itself runs as"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "text, policy (a key policy statement in JSON), grant, terraform or cloudformation"},
			&cli.StringFlag{Name: "region", Value: "eu-central-1", EnvVars: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}, Usage: "`REGION` that the key should be in: the one that pgseal runs in"},
			databaseFlag(), configFlag(),
		},
		Action: tenantOnboarding,
	}
}

// onboarding is what the templates are filled with.
type onboarding struct {
	Tenant, ID string // ID is empty while there is no such tenant
	Principal  string
	Account    string // of the principal
	Region     string
	ExternalID string
	CacheTime  string
	Actions    []string
}

// actions are what pgseal does with a customer's key. Encrypt is for rotations where one principal may not use both keys.
func actions() []string {
	return []string{"kms:GenerateDataKey", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"}
}

func tenantOnboarding(c *cli.Context) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	if err := checkSheet(name, c.String("principal"), c.String("region"), c.String("format")); err != nil {
		return usagef(c, "%v", err)
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		return s.writeOnboarding(ctx, c.App.Writer, name, c.String("principal"), c.String("region"), c.String("format"))
	})
}

// plainARN is an ARN that means itself in a shell, in JSON and in HCL. IAM takes other characters in a role's path.
var plainARN = regexp.MustCompile(`^[0-9a-zA-Z:/+=,.@_-]+$`)

// checkSheet says what is wrong with what a sheet is asked for with. What is on it is pasted into shells by people who trust it; and a tenant's name, which may come
// from a link, must not add lines to it.
func checkSheet(name, principal, region, format string) error {
	if err := pgstore.CheckTenantName(name); err != nil {
		return errors.New(whyNot(err))
	}
	if _, ok := onboardingForms()[format]; !ok {
		return fmt.Errorf("there is no format %q: text, policy, grant, terraform or cloudformation", format)
	}
	if principal == "" {
		return errors.New("name the role that pgseal itself runs as: --principal arn:aws:iam::444455556666:role/pgseal")
	}
	if err := awskms.CheckRoleARN(principal); err != nil {
		return err
	}
	if !plainARN.MatchString(principal) {
		return errors.New("the path of the role that pgseal runs as has characters that a shell would take for its own: a sheet can be made for a role without them")
	}
	return awskms.CheckRegion(region)
}

// inShell is a word of a command line.
func inShell(word string) string {
	if plainARN.MatchString(word) && word[0] != '-' {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// inJSON is the inside of a string in JSON.
func inJSON(text string) (string, error) {
	quoted, err := json.Marshal(text)
	if err != nil {
		return "", err
	}
	return string(quoted[1 : len(quoted)-1]), nil
}

// inHCL is the inside of a string in Terraform's language, where nothing is put in by it.
func inHCL(text string) (string, error) {
	text, err := inJSON(text)
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(text), err
}

// writeOnboarding writes a sheet of a form that there is, for a principal that was checked.
func (s *site) writeOnboarding(ctx context.Context, to io.Writer, name, principal, region, format string) error {
	sheet := onboarding{Tenant: name, Principal: principal, Account: strings.Split(principal, ":")[4], Region: region, Actions: actions(),
		CacheTime: s.config.Keys.DefaultCacheTime.String()}
	t, err := s.store.LookUp(ctx, name)
	switch {
	case err == nil:
		sheet.ID, sheet.ExternalID, sheet.CacheTime = t.ID.String(), t.Spec.ExternalID, t.CacheTime.String()
	case keysource.KindOf(err) != keysource.TenantUnknown:
		return forPeople(err)
	}
	if sheet.ExternalID == "" {
		sheet.ExternalID = rand.Text()
	}
	return fillOnboarding(to, onboardingForms()[format], sheet)
}

func fillOnboarding(w io.Writer, form string, sheet onboarding) error {
	t, err := template.New("onboarding").Funcs(template.FuncMap{
		"policy": func() (string, error) {
			var b strings.Builder
			err := fillOnboarding(&b, policyForm, sheet)
			return strings.TrimSpace(b.String()), err
		},
		"indent": func(n int, text string) string { return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", n)) },
		"shell":  inShell,
		"json":   inJSON,
		"hcl":    inHCL,
		"last":   func(i int, list []string) bool { return i == len(list)-1 },
	}).Parse(form)
	if err != nil {
		return errors.Join(errors.New("the sheet's form is broken"), err)
	}
	if err := t.Execute(w, sheet); err != nil {
		return fmt.Errorf("the sheet could not be written: %w", err)
	}
	return nil
}
