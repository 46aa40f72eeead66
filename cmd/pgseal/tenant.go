package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
)

func tenantCommand() *cli.Command {
	return &cli.Command{
		Name:  "tenant",
		Usage: "add and look at tenants",
		Description: `A tenant has a data key of its own, wrapped by a key of the customer's. The commands work on the database with the
control key, not through a running proxy, which follows within two seconds.`,
		Subcommands: []*cli.Command{
			{
				Name:      "add",
				Usage:     "make and prove a tenant's first data key",
				ArgsUsage: "NAME",
				Description: `Has the customer's key wrap a new data key, proves by unwrapping it that it opens again, and only then writes the
tenant; else it writes nothing.

   pgseal tenant add acme --provider aws-kms --key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-... \
          --role-arn arn:aws:iam::111122223333:role/pgseal --external-id 7f3c --cache-time 5m
   pgseal tenant add demo --provider local`,
				Flags: []cli.Flag{
					&cli.StringFlag{Name: "provider", Usage: "aws-kms, or local (a master key file, for development)"},
					&cli.StringFlag{Name: "key", Usage: "`ARN` of the customer's key or alias (aws-kms)"},
					&cli.StringFlag{Name: "role-arn", Usage: "`ARN` of a role to assume for it"},
					&cli.StringFlag{Name: "external-id", Usage: "external `ID` for the role"},
					&cli.StringFlag{Name: "endpoint", Usage: "`URL` of the KMS endpoint, where it is not the region's own"},
					&cli.DurationFlag{Name: "cache-time", Usage: "how long the plaintext data key may be held after the last yes, 1m to 24h", DefaultText: "keys.default_cache_time"},
					&cli.BoolFlag{Name: "if-missing", Usage: "do nothing, and exit 0, where there is a tenant of this name already, whatever its key"},
					databaseFlag(), configFlag(), jsonFlag(),
				},
				Action: tenantAdd,
			},
			tenantSetProviderCommand(), tenantOnboardingCommand(), tenantRetireCommand(), tenantRestoreCommand(),
			{Name: "list", Usage: "list the tenants", Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: tenantList},
			{Name: "show", Usage: "show one tenant", ArgsUsage: "NAME", Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: tenantShow},
		},
	}
}

// withStore runs a command on the opened store of its database.
func withStore(c *cli.Context, f func(ctx context.Context, s *site) error) error {
	s, err := siteOf(c)
	if err != nil {
		return err
	}
	if err := s.open(c.Context); err != nil {
		return err
	}
	defer s.close()
	return f(c.Context, s)
}

// withTenant runs a command on the tenant that its one argument names.
func withTenant(c *cli.Context, f func(ctx context.Context, s *site, t *pgstore.Tenant) error) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		t, err := s.store.LookUp(ctx, name)
		if err != nil {
			return forPeople(err)
		}
		return f(ctx, s, t)
	})
}

func tenantAdd(c *cli.Context) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	n := pgstore.NewTenant{Name: name, Provider: c.String("provider"), KeyARN: c.String("key"), RoleARN: c.String("role-arn"),
		ExternalID: c.String("external-id"), Endpoint: c.String("endpoint"), CacheTime: c.Duration("cache-time"), Actor: actor()}
	if err := checkNewTenant(c, n); err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		t, err := s.addTenant(ctx, n)
		if n.Provider == keysource.ProviderLocal && keysource.KindOf(err) == keysource.KeyNotFound {
			file := s.config.file(s.config.Keys.Local.File)
			return fmt.Errorf("%w. For a new one: (umask 077; head -c 32 /dev/urandom | od -An -vtx1 | tr -d ' \\n' > %s)", forPeople(err), file)
		}
		if errors.Is(err, pgstore.ErrTenantExists) && c.Bool("if-missing") {
			t, err = s.store.LookUp(ctx, n.Name)
		}
		switch {
		case errors.Is(err, pgstore.ErrTenantExists):
			return fmt.Errorf("there is a tenant %q already (a retired one is taken into use again with: pgseal tenant restore)", n.Name)
		case errors.Is(err, pgstore.ErrTenantName):
			return usagef(c, "a tenant's name has 1 to 128 characters, none of them a control character, and no blank at its ends")
		case err != nil:
			return forPeople(err)
		}
		return printTenant(c, t)
	})
}

// addTenant makes and proves a tenant's first data key. No cache time is the default one.
func (s *site) addTenant(ctx context.Context, n pgstore.NewTenant) (*pgstore.Tenant, error) {
	if n.CacheTime == 0 {
		n.CacheTime = s.config.Keys.DefaultCacheTime
	}
	wrapper, err := s.wrapper(n.Provider)
	if err != nil {
		return nil, err
	}
	return s.store.AddTenant(ctx, n, wrapper)
}

// checkNewTenant says what is wrong with the command line before anything is asked of anybody.
func checkNewTenant(c *cli.Context, n pgstore.NewTenant) error {
	if err := checkMasterKey(c, pgstore.MasterKey{Provider: n.Provider, KeyARN: n.KeyARN, RoleARN: n.RoleARN, ExternalID: n.ExternalID, Endpoint: n.Endpoint}); err != nil {
		return err
	}
	if c.IsSet("cache-time") && (n.CacheTime < keysource.MinCacheTime || n.CacheTime > keysource.MaxCacheTime) {
		return usagef(c, "a cache time of %s is outside 1m to 24h", n.CacheTime)
	}
	return nil
}

func tenantList(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		list, err := s.store.Tenants(ctx)
		if err != nil {
			return err
		}
		views := make([]listedTenant, 0, len(list))
		for _, l := range list {
			if l.Err != nil {
				views = append(views, listedTenant{admin.Tenant{Name: l.Name}, forPeople(l.Err).Error()})
				continue
			}
			views = append(views, listedTenant{Tenant: viewOf(l.Tenant)})
		}
		return output(c, views, func(t *table) {
			t.row("TENANT", "PROVIDER", "CACHE TIME", "LOCKED", "KEY")
			for _, v := range views {
				if v.Problem != "" {
					t.row(v.Name, "-", "-", "-", v.Problem)
					continue
				}
				locked := yesNo(v.Locked)
				if v.Retired {
					locked = "retired"
				}
				t.row(v.Name, v.Provider, v.CacheTime, locked, dash(v.Key))
			}
		})
	})
}

func tenantShow(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		return printTenant(c, t)
	})
}

// listedTenant is a tenant in a list, which has those too whose record cannot be used.
type listedTenant struct {
	admin.Tenant
	Problem string `json:"problem,omitempty"`
}

// viewOf is a tenant as commands print it. It holds no secret.
func viewOf(t *pgstore.Tenant) admin.Tenant {
	v := admin.Tenant{Name: t.Name, ID: t.ID.String(), Provider: t.Spec.Provider, Key: t.Spec.KeyARN, ResolvedKey: t.Spec.ResolvedARN,
		Material: t.Current.Wrapped.MaterialID, Role: t.Spec.RoleARN, ExternalID: t.Spec.ExternalID, Endpoint: t.Spec.Endpoint,
		CacheTime: t.CacheTime.String(), Generations: 1 + len(t.Elders), Locked: t.Locked, LockedBy: t.LockedBy, Retired: t.Retired, CreatedAt: &t.CreatedAt, KeySince: &t.KeySince}
	if t.Locked {
		v.LockedSince = &t.LockedSince
	}
	return v
}

func printTenant(c *cli.Context, t *pgstore.Tenant) error {
	v := viewOf(t)
	return output(c, v, func(out *table) {
		out.pair("tenant", v.Name)
		out.pair("id", v.ID)
		out.pair("provider", v.Provider)
		out.pair("key", v.Key)
		if v.ResolvedKey != v.Key {
			out.pair("resolved key", v.ResolvedKey)
		}
		out.pair("key material", v.Material)
		out.pair("role", v.Role)
		out.pair("external id", v.ExternalID)
		out.pair("endpoint", v.Endpoint)
		out.pair("cache time", v.CacheTime)
		out.pair("generations", fmt.Sprint(v.Generations))
		if v.Locked {
			out.pair("locked", fmt.Sprintf("since %s by %s", v.LockedSince.Format(time.RFC3339), v.LockedBy))
		}
		if v.Retired {
			out.pair("retired", "no proxy seals or opens for it; see pgseal tenant restore")
		}
		out.pair("created", v.CreatedAt.Format(time.RFC3339))
	})
}
