package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyCommand() *cli.Command {
	flags := []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}
	return &cli.Command{
		Name:  "key",
		Usage: "look at a tenant's key, rotate it, lock and unlock it",
		Subcommands: []*cli.Command{
			{
				Name: "status", Usage: "state of a tenant's key, in every live proxy", ArgsUsage: "TENANT", Flags: flags, Action: keyStatus,
				Description: `Says how the key stands by the store's records and by what each live proxy has last reported: what it holds, and until
when it can be used there.`,
			},
			{
				Name: "lock", Usage: "refuse every use of a tenant's key, at once", ArgsUsage: "TENANT",
				Flags: append([]cli.Flag{}, flags...), Action: func(c *cli.Context) error { return setLock(c, true) },
				Description: `Every proxy of the deployment gives the tenant's key up within two seconds; statements that need it fail with KU009.
It needs no KMS, and lasts until the tenant is unlocked. With several configured databases it locks in all of them,
unless --database names one.`,
			},
			{
				Name: "unlock", Usage: "end a lock", ArgsUsage: "TENANT",
				Flags: append([]cli.Flag{}, flags...), Action: func(c *cli.Context) error { return setLock(c, false) },
			},
			keyProbeCommand(), keyCheckCommand(), keyRotateCommand(), keySetARNCommand(), keySetCacheTimeCommand(), keyHistoryCommand(), keyEventsCommand(), keyReportCommand(), keyExportCommand(), keyImportCommand(),
		},
	}
}

// setLock locks or unlocks a tenant in the named database, or in every configured one that has the tenant.
func setLock(c *cli.Context, locked bool) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	sites, err := sitesOf(c)
	if err != nil {
		return err
	}
	var views []tenantView
	for _, s := range sites {
		t, err := lockIn(c.Context, s, name, locked)
		switch {
		case err == nil:
			views = append(views, viewOf(t))
		case keysource.KindOf(err) == keysource.TenantUnknown: // perhaps another database has it
		default:
			return fmt.Errorf("database %s: %w", s.name, forPeople(err))
		}
	}
	if len(views) == 0 {
		return fmt.Errorf("there is no tenant %q; pgseal tenant list shows those that there are", name)
	}
	return output(c, views, func(t *table) {
		for _, v := range views {
			if v.Locked {
				t.row(v.Name, "locked since "+v.LockedSince.Format(time.RFC3339)+" by "+v.LockedBy)
			} else {
				t.row(v.Name, "not locked")
			}
		}
	})
}

func lockIn(ctx context.Context, s *site, name string, locked bool) (*pgstore.Tenant, error) {
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	defer s.close()
	if locked {
		return s.store.Lock(ctx, name, actor())
	}
	return s.store.Unlock(ctx, name, actor())
}
