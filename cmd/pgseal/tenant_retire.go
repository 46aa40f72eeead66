package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

func tenantRetireCommand() *cli.Command {
	return &cli.Command{
		Name: "retire", Usage: "take a tenant out of use, in every proxy", ArgsUsage: "NAME",
		Description: `Within two seconds no proxy seals or opens for the tenant any more; statements that need its key fail with KU010. It needs no KMS. Nothing is
deleted: rows, data keys and history stay, and pgseal tenant restore takes the tenant into use again. Before it asks for the tenant's name as a
confirmation it says which rows of the tenant's are left, as far as the policy's tenant_column tells, and which keys backups still need.

What is kept open by nobody is still there: where the data are to go as well, delete the tenant's rows and have the customer delete the keys, in that
order: docs/way-out.md.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "yes", Usage: "retire without asking"},
			&cli.BoolFlag{Name: "dry-run", Usage: "say what is left, and do nothing"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: tenantRetire,
	}
}

func tenantRestoreCommand() *cli.Command {
	return &cli.Command{
		Name: "restore", Usage: "take a retired tenant into use again", ArgsUsage: "NAME",
		Description: `Its values open again with the data keys that it had, if the customer's key still opens those. A lock that was set before stays.`,
		Flags:       []cli.Flag{databaseFlag(), configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
				t, err := s.store.Restore(ctx, t.Name, actor())
				if err != nil {
					return forPeople(err)
				}
				return printTenant(c, t)
			})
		},
	}
}

// retirementView is what is left of a tenant.
type retirementView struct {
	Tenant  string      `json:"tenant"`
	Retired bool        `json:"retired"`
	Tables  []remainder `json:"tables"`
	Keys    []neededKey `json:"keys"`
}

// neededKey is a key of the customer's that the tenant's data keys were wrapped by.
type neededKey struct {
	Key     string `json:"key"`
	Present bool   `json:"present"` // it wraps them now; else only those of backups
}

func tenantRetire(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		view := retirementView{Tenant: t.Name, Retired: t.Retired}
		var err error
		if view.Tables, err = s.remaining(ctx, t.Name); err != nil { // no reason not to retire it
			view.Tables = []remainder{{Table: "protected tables", Note: err.Error()}}
		}
		if view.Keys, err = s.neededKeys(ctx, t); err != nil {
			return err
		}
		if c.Bool("dry-run") || t.Retired {
			return output(c, view, view.print)
		}
		if !c.Bool("yes") {
			if err := confirm(c, t.Name, &view); err != nil {
				return err
			}
		}
		if _, err := s.store.Retire(ctx, t.Name, actor()); err != nil {
			return forPeople(err)
		}
		view.Retired = true
		return output(c, view, view.print)
	})
}

// neededKeys are the keys of the tenant's history, each once, the present one last.
func (s *site) neededKeys(ctx context.Context, t *pgstore.Tenant) ([]neededKey, error) {
	entries, err := s.store.History(ctx, t.Name)
	if err != nil {
		return nil, forPeople(err)
	}
	keys := []neededKey{}
	for _, e := range entries {
		key := neededKey{e.KeyARN, e.KeyARN == t.Current.Wrapped.KeyARN}
		if e.KeyARN != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.SortStableFunc(keys, func(a, b neededKey) int { return strings.Compare(yesNo(a.Present), yesNo(b.Present)) })
	return keys, nil
}

// confirm says what is left and has the tenant's name typed.
func confirm(c *cli.Context, name string, view *retirementView) error {
	in, ok := c.App.Reader.(*os.File)
	if ok {
		info, err := in.Stat()
		ok = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	if !ok || c.Bool("json") {
		return usagef(c, "statements of tenant %q would fail from now on: confirm it with --yes (what is left of it: --dry-run)", name)
	}
	if err := output(c, view, view.print); err != nil {
		return err
	}
	fmt.Fprintf(c.App.Writer, "\nStatements that need the key of tenant %q will fail in every proxy. Type its name to go on: ", name)
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if strings.TrimSpace(line) != name {
		return errors.New("that is not its name; nothing was changed")
	}
	return nil
}

func (v *retirementView) print(t *table) {
	state := "in use"
	if v.Retired {
		state = "retired: no proxy seals or opens for it. pgseal tenant restore takes it into use again"
	}
	t.pair("tenant", v.Tenant)
	t.pair("state", state)
	for _, r := range v.Tables {
		t.pair("rows in "+r.Table, r.String())
	}
	for _, k := range v.Keys {
		use := "backups made under it need it"
		if k.Present {
			use = "its data keys are wrapped by it: rows and backups need it"
		}
		t.pair("key "+k.Key, use)
	}
}
