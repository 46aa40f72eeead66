package main

import (
	"context"
	"encoding/json"

	"github.com/urfave/cli/v2"
)

func keyExportCommand() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "print a copy of a tenant's wrapped keys, which holds no secret", ArgsUsage: "TENANT | --all",
		Description: `With it and the customer's key, pgseal open opens values of the database and of its dumps, without a database and without a
proxy; pgseal key import gives it back to a store that has lost its records. Keep it apart from the database, and make a new one after each change of keys,
tenants or columns: docs/way-out.md.`,
		Flags: []cli.Flag{&cli.BoolFlag{Name: "all", Usage: "all tenants of the store"}, databaseFlag(), configFlag()}, Action: keyExport,
	}
}

func keyExport(c *cli.Context) error {
	name := ""
	if !c.Bool("all") {
		var err error
		if name, err = argument(c, "tenant"); err != nil {
			return err
		}
	} else if err := noArguments(c); err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		export, err := s.store.Export(ctx, name)
		if err != nil {
			return forPeople(err)
		}
		enc := json.NewEncoder(c.App.Writer)
		enc.SetIndent("", "  ")
		return enc.Encode(export)
	})
}
