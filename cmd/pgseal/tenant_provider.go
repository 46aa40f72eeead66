package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func tenantSetProviderCommand() *cli.Command {
	return &cli.Command{
		Name: "set-provider", Usage: "put a tenant's keys under a key of another provider", ArgsUsage: "NAME",
		Description: `Has the new key wrap a new data key, proves that it opens, and wraps the former data keys under it in the same step: from then on
the former provider's key opens nothing that the database holds, and values of before keep opening. The former provider's key must open the data
keys once more for that. Whoever held it may have kept them, and a backup made before holds them as it wrapped them: values of before are under the new
key alone once they are sealed anew (docs/rotation.md).

   pgseal tenant set-provider acme --provider aws-kms --key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-...
   pgseal tenant set-provider acme --provider local`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "provider", Usage: "aws-kms, or local (a master key file, for development)"},
			&cli.StringFlag{Name: "key", Usage: "`ARN` of the customer's key or alias (aws-kms)"},
			&cli.StringFlag{Name: "role-arn", Usage: "`ARN` of a role to assume for it"},
			&cli.StringFlag{Name: "external-id", Usage: "external `ID` for the role"},
			&cli.StringFlag{Name: "endpoint", Usage: "`URL` of the KMS endpoint, where it is not the region's own"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: tenantSetProvider,
	}
}

func tenantSetProvider(c *cli.Context) error {
	name, err := argument(c, "tenant")
	if err != nil {
		return err
	}
	to := pgstore.MasterKey{Provider: c.String("provider"), KeyARN: c.String("key"), RoleARN: c.String("role-arn"), ExternalID: c.String("external-id"), Endpoint: c.String("endpoint")}
	if err := checkMasterKey(c, to); err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		t, err := s.store.LookUp(ctx, name)
		if err != nil {
			return forPeople(err)
		}
		if t.Spec.Provider == to.Provider {
			return usagef(c, "the provider of %q is %s already: pgseal key set-arn and pgseal key rotate change the key within it", name, to.Provider)
		}
		return printed(c)(s.setProvider(ctx, t, actor(), to))
	})
}

// setProvider puts a tenant's keys under a key of another provider.
func (s *site) setProvider(ctx context.Context, t *pgstore.Tenant, by string, to pgstore.MasterKey) (v rotationView, err error) {
	from, err := s.wrapper(t.Spec.Provider)
	if err != nil {
		return v, err
	}
	into, err := s.wrapper(to.Provider)
	if err != nil {
		return v, err
	}
	if err := into.Probe(ctx, to.Under(t.Spec)); err != nil {
		return v, fmt.Errorf("the new key cannot be used; %w", rotationError(err))
	}
	made, err := s.store.SetProviderOf(ctx, t, by, to, from, into)
	if err != nil {
		return v, rotationError(err)
	}
	return newDataKeyView(t, made), nil
}

// checkMasterKey says what is wrong with the flags that name a master key before anything is asked of anybody.
func checkMasterKey(c *cli.Context, m pgstore.MasterKey) error {
	switch m.Provider {
	case "":
		return usagef(c, "name the provider: --provider aws-kms or --provider local")
	case keysource.ProviderLocal:
		if m.KeyARN != "" || m.RoleARN != "" || m.ExternalID != "" || m.Endpoint != "" {
			return usagef(c, "--key, --role-arn, --external-id and --endpoint are for --provider aws-kms")
		}
	case keysource.ProviderAWS:
		if m.KeyARN == "" {
			return usagef(c, "name the customer's key: --key ARN")
		}
		if err := awskms.CheckSpec(keysource.KeySpec{KeyARN: m.KeyARN, RoleARN: m.RoleARN, ExternalID: m.ExternalID, Endpoint: m.Endpoint}, true); err != nil {
			return usagef(c, "%v", err)
		}
	default:
		return usagef(c, "there is no provider %q: aws-kms or local", m.Provider)
	}
	return nil
}
