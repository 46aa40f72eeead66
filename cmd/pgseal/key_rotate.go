package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyRotateCommand() *cli.Command {
	return &cli.Command{
		Name: "rotate", Usage: "wrap a tenant's data key under what the customer's key is made of now", ArgsUsage: "TENANT",
		Description: `AWS KMS keeps what a key was made of before a rotation, and goes on opening with it: rotating the customer's key changes nothing here
until the data key is wrapped anew. This does that, proves that the new wrapping opens, and only then puts it in the old one's
place. It says so where there is nothing to rotate, because AWS still uses the same key material. Nothing in the tables is rewritten, and running
statements do not notice.

--new-data-key makes a new data key for values that are written from now on. Older values keep opening; deterministic columns keep the data key
that they were begun with, so that equality search, UNIQUE and ON CONFLICT go on.

After a master key is thought to be compromised, wrapping the data key anew cures nothing: whoever could use that key may have opened the data
key and kept it. What helps is --new-data-key, and sealing anew what the old one has sealed; see docs/rotation.md.`,
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "new-data-key", Usage: "make a new data key as well"}, databaseFlag(), configFlag(), jsonFlag()},
		Action: keyRotate,
	}
}

func keySetARNCommand() *cli.Command {
	return &cli.Command{
		Name: "set-arn", Usage: "move a tenant's data key under another key of the customer's, which rotates it", ArgsUsage: "TENANT ARN",
		Description: `Asks whether the new key may be used, has the data key wrapped under it, proves that it opens, and only then puts it in the old
one's place. The old key must still open the data key once more; afterwards nothing in the database depends on it, but backups made before do: it
stays in the history, and must not be deleted while they matter.

Whoever could use the former key may have kept the data key: --new-data-key makes a new one for values that are written from now on.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "new-data-key", Usage: "make a new data key under the new key as well"},
			&cli.StringFlag{Name: "role-arn", Usage: "`ARN` of the role to assume for the new key; as before if not given, none if empty"},
			&cli.StringFlag{Name: "external-id", Usage: "external `ID` for the role; as before if not given"},
			&cli.StringFlag{Name: "endpoint", Usage: "`URL` of the KMS endpoint; as before if not given, the region's own if empty"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: keySetARN,
	}
}

// rotationView is what came of a rotation, as commands print it.
type rotationView struct {
	Tenant       string     `json:"tenant"`
	Outcome      string     `json:"outcome"` // rotated | nothing_to_rotate | new_data_key
	FromKey      string     `json:"from_key,omitempty"`
	FromMaterial string     `json:"from_key_material,omitempty"`
	ToKey        string     `json:"to_key"`
	ToMaterial   string     `json:"to_key_material,omitempty"`
	At           *time.Time `json:"at,omitempty"` // when; nil when nothing was changed
	Since        *time.Time `json:"key_material_since,omitempty"`
	Generations  int        `json:"generations"`
}

func keyRotate(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		return printed(c)(s.rotate(ctx, t, actor(), c.Bool("new-data-key")))
	})
}

// rotate wraps a tenant's data key under what its key is made of now, or makes a new one.
func (s *site) rotate(ctx context.Context, t *pgstore.Tenant, by string, newDataKey bool) (rotationView, error) {
	wrapper, err := s.wrapper(t.Spec.Provider)
	if err != nil {
		return rotationView{}, err
	}
	if !newDataKey {
		return s.rewrap(ctx, t, by, pgstore.MasterKeyOf(t.Spec), wrapper)
	}
	made, err := s.store.Rotate(ctx, t.Name, by, wrapper)
	if err != nil {
		return rotationView{}, rotationError(err)
	}
	return newDataKeyView(t, made), nil
}

func keySetARN(c *cli.Context) error {
	if c.NArg() != 2 {
		return usagef(c, "name the tenant and the ARN of its new key")
	}
	name := c.Args().First()
	return withStore(c, func(ctx context.Context, s *site) error {
		t, err := s.store.LookUp(ctx, name)
		if err != nil {
			return forPeople(err)
		}
		if t.Spec.Provider != keysource.ProviderAWS {
			return usagef(c, "the key of %q is of the provider %s and has no ARN: see pgseal tenant set-provider", name, t.Spec.Provider)
		}
		to := pgstore.MasterKeyOf(t.Spec)
		to.KeyARN = c.Args().Get(1)
		for flag, field := range map[string]*string{"role-arn": &to.RoleARN, "external-id": &to.ExternalID, "endpoint": &to.Endpoint} {
			if c.IsSet(flag) {
				*field = c.String(flag)
			}
		}
		if err := misnamed(to); err != nil {
			return usagef(c, "%v", err)
		}
		return printed(c)(s.setARN(ctx, t, actor(), to, c.Bool("new-data-key")))
	})
}

// misnamed is what is wrong with the name of a key in AWS KMS.
func misnamed(m pgstore.MasterKey) error {
	return awskms.CheckSpec(keysource.KeySpec{KeyARN: m.KeyARN, RoleARN: m.RoleARN, ExternalID: m.ExternalID, Endpoint: m.Endpoint}, true)
}

// setARN moves a tenant's data key under another key of the same provider.
func (s *site) setARN(ctx context.Context, t *pgstore.Tenant, by string, to pgstore.MasterKey, newDataKey bool) (rotationView, error) {
	wrapper, err := s.wrapper(t.Spec.Provider)
	if err != nil {
		return rotationView{}, err
	}
	if err := wrapper.Probe(ctx, to.Under(t.Spec)); err != nil {
		return rotationView{}, fmt.Errorf("the new key cannot be used; %w", rotationError(err))
	}
	if !newDataKey {
		return s.rewrap(ctx, t, by, to, wrapper)
	}
	made, err := s.store.SetProviderOf(ctx, t, by, to, wrapper, wrapper)
	if err != nil {
		return rotationView{}, rotationError(err)
	}
	return newDataKeyView(t, made), nil
}

// rewrap has the data key wrapped under a master key and says what came of it.
func (s *site) rewrap(ctx context.Context, t *pgstore.Tenant, by string, to pgstore.MasterKey, wrapper keysource.Wrapper) (v rotationView, err error) {
	done, err := s.store.RewrapOf(ctx, t, by, to, wrapper)
	if err != nil {
		return v, rotationError(err)
	}
	v = rotationView{Tenant: t.Name, Outcome: "nothing_to_rotate", FromKey: done.From.KeyARN, FromMaterial: done.From.MaterialID, ToKey: done.To.KeyARN,
		ToMaterial: done.To.MaterialID, Since: &done.Since, Generations: 1 + len(done.Tenant.Elders)}
	if done.Changed {
		v.Outcome, v.At = "rotated", &done.At
	}
	return v, nil
}

// printed prints what came of a rotation, unless nothing did.
func printed(c *cli.Context) func(rotationView, error) error {
	return func(v rotationView, err error) error {
		if err != nil {
			return err
		}
		return printRotation(c, v)
	}
}

// newDataKeyView is what came of making a new data key.
func newDataKeyView(before, after *pgstore.Tenant) rotationView {
	return rotationView{Tenant: after.Name, Outcome: "new_data_key", FromKey: before.Current.Wrapped.KeyARN, FromMaterial: before.Current.Wrapped.MaterialID,
		ToKey: after.Spec.ResolvedARN, ToMaterial: after.Current.Wrapped.MaterialID, Generations: 1 + len(after.Elders)}
}

func printRotation(c *cli.Context, v rotationView) error {
	return output(c, v, func(t *table) {
		switch v.Outcome {
		case "nothing_to_rotate":
			t.row(fmt.Sprintf("nothing to rotate: the key service still uses the key material of %s (%s)", v.Since.Format(time.DateOnly), dash(v.FromMaterial)))
			return
		case "new_data_key":
			t.row("rotated: values written from now on are sealed with a new data key; older ones keep opening, deterministic columns keep theirs")
		default:
			t.row("rotated: the data key was wrapped anew, and the new wrapping opens; no value was touched")
			t.pair("at", timeOf(v.At))
		}
		t.pair("from key", v.FromKey)
		t.pair("from material", v.FromMaterial)
		t.pair("to key", v.ToKey)
		t.pair("to material", v.ToMaterial)
		t.pair("data keys", fmt.Sprint(v.Generations))
		t.row("Previous keys must not be deleted: backups made before need them. See pgseal key history " + v.Tenant)
		if v.Outcome == "rotated" {
			t.row("If the former key is thought to be compromised this cures nothing, the data key is the same: pgseal key rotate --new-data-key " + v.Tenant)
		} else {
			t.row("Whoever held a former data key can still open the values that it sealed, until they are sealed anew: pgseal column reseal --all (docs/rotation.md).")
		}
	})
}

// wrapper is the driver of a provider.
func (s *site) wrapper(provider string) (keysource.Wrapper, error) {
	wrappers, err := s.config.wrappers()
	if err != nil {
		return nil, err
	}
	if wrappers[provider] == nil {
		return nil, fmt.Errorf("the provider %s is not allowed in production", provider)
	}
	return wrappers[provider], nil
}
