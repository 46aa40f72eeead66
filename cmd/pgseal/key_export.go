package main

import (
	"context"
	"encoding/json"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyExportCommand() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "print a copy of a tenant's wrapped keys, which holds no secret", ArgsUsage: "TENANT",
		Description: `With it and the customer's key, pgseal open opens values of the database and of its dumps, without a database and without a proxy. Keep it apart
from the database, and make a new one after each rotation.`,
		Flags: []cli.Flag{databaseFlag(), configFlag()}, Action: keyExport,
	}
}

func keyExport(c *cli.Context) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		export, err := s.store.Export(ctx, name)
		if err != nil {
			return forPeople(err)
		}
		if err := s.store.Record(ctx, pgstore.Event{Tenant: export.TenantID, Kind: pgstore.EventExported, Actor: actor(), Key: export.Current.KeyARN}); err != nil {
			return err
		}
		enc := json.NewEncoder(c.App.Writer)
		enc.SetIndent("", "  ")
		return enc.Encode(export)
	})
}
