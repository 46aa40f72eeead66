package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/doctor"
	"github.com/legatics/pgseal/proxy/guard"
)

func doctorCommand() *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "what in this database would leak, break or block",
		Description: `Looks at the guard, at the protected columns, and at what the server around them keeps, logs and sends elsewhere, and prints
each finding with what was seen and the SQL or command that mends it. It changes nothing. Of large tables a part is looked
through for plaintext, unless --full is given. Exits 1 if there is an error.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "full", Usage: "look through every row for plaintext, however large the tables are"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: runDoctor,
	}
}

// plaintextBudget is how many bytes of each table are looked through for plaintext without --full: some seconds.
const plaintextBudget = 512 << 20

func runDoctor(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	s, err := siteOf(c)
	if err != nil {
		return err
	}
	budget := int64(plaintextBudget)
	if c.Bool("full") {
		budget = 0
	}
	found, err := s.examine(c.Context, budget)
	if err != nil {
		return err
	}
	if err := output(c, found, func(t *table) { printFindings(t, found) }); err != nil {
		return err
	}
	if n := doctor.Count(found, doctor.Error); n > 0 {
		return fmt.Errorf("database %s: %s", s.name, counted(n, "error"))
	}
	return nil
}

// examine looks at the site's database, with its store where there is one.
func (s *site) examine(ctx context.Context, budget int64) ([]doctor.Finding, error) {
	pol, conn, err := s.policyAndDatabase(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	options := doctor.Options{DB: conn, Policy: pol, Budget: budget}
	exists, err := pgstore.Exists(ctx, conn)
	if err != nil {
		return nil, err
	}
	own := []doctor.Finding{}
	if exists {
		if own, err = s.examineStore(ctx, pol, &options); err != nil {
			return nil, err
		}
		defer s.close()
	}
	found, err := doctor.Examine(ctx, options)
	found = append(own, found...)
	doctor.Sort(found)
	return found, err
}

// examineStore opens the store and looks at what only its records tell. A store that cannot be opened is a finding.
func (s *site) examineStore(ctx context.Context, pol *policy.Policy, options *doctor.Options) ([]doctor.Finding, error) {
	blocked := func(err error) []doctor.Finding {
		mend := "bring the control key of this store here: copy it from another proxy, or from where it is kept"
		switch {
		case errors.Is(err, pgstore.ErrNewerSchema), errors.Is(err, bulk.ErrNewerQueue):
			mend = "use the pgseal that upgraded it, or a later one"
		case errors.Is(err, pgstore.ErrOlderSchema), errors.Is(err, bulk.ErrOlderQueue):
			mend = "pgseal init"
		}
		return []doctor.Finding{{Severity: doctor.Error, Kind: "store", Object: "schema pgseal", Message: err.Error(), Mend: mend}}
	}
	if err := s.open(ctx); err != nil {
		return blocked(err), nil
	}
	columns, err := guardColumns(pol)
	if err != nil {
		return nil, err
	}
	status, err := guard.Look(ctx, s.store, pol.Hash(), columns)
	if keysource.KindOf(err) == keysource.KeyRecordInvalid {
		return blocked(forPeople(err)), nil
	}
	if err != nil {
		return nil, err
	}
	options.Status, options.Frozen, options.Tag, options.Joined = status, frozenColumns(status), s.store.Tag(), s.store.Joined()
	return s.examineTenant(ctx), nil
}

// examineTenant looks whether the one tenant of the database is there.
func (s *site) examineTenant(ctx context.Context) []doctor.Finding {
	name := s.database.Tenant.Fixed
	if name == "" {
		return nil
	}
	t, err := s.store.LookUp(ctx, name)
	f := doctor.Finding{Severity: doctor.Error, Kind: "tenant", Object: "tenant " + name}
	switch {
	case err != nil:
		f.Message = forPeople(err).Error()
		if keysource.KindOf(err) == keysource.TenantUnknown {
			f.Mend = "pgseal tenant add " + name
		}
	case t.Retired:
		f.Message, f.Mend = "the tenant is retired: statements that need its key are refused (KU010)", "pgseal tenant restore "+name
	case t.Locked:
		f.Message, f.Mend = "the tenant is locked: statements that need its key are refused (KU009)", "pgseal key unlock "+name
	default:
		return nil
	}
	return []doctor.Finding{f}
}

// printFindings writes the findings for people, with what belongs to each below it.
func printFindings(t *table, found []doctor.Finding) {
	if doctor.Count(found, doctor.Error)+doctor.Count(found, doctor.Warning) == 0 {
		t.row("nothing was found that leaks, breaks or blocks")
	}
	if len(found) > 0 {
		t.row("docs/going-live.md says what each kind of finding is")
	}
	for _, f := range found {
		object := f.Object
		if object != "" && !strings.HasPrefix(f.Message, object) {
			object += ": "
		} else {
			object = ""
		}
		t.row("\n" + string(f.Severity) + ": " + object + f.Message)
		for _, line := range []struct{ name, text string }{{"seen", f.Evidence}, {"mend", f.Mend}} {
			if line.text != "" {
				t.row("  " + line.name + ": " + strings.ReplaceAll(strings.TrimSpace(line.text), "\n", "\n        "))
			}
		}
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
