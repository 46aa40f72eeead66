package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyDrillCommand() *cli.Command {
	return &cli.Command{
		Name: "drill", Usage: "rehearse the withdrawal of a tenant's key, and report what it did", ArgsUsage: "TENANT",
		Description: `Until the drill's end every proxy, or each that is named, treats the tenant's key as if the key service had denied it: the key is given
up within two seconds, and statements that need it fail with KU001, whose DETAIL says that it is a drill. The key service is not
asked, and nothing is changed there. The end is in the database, so that the drill ends by itself whatever happens to this command, to the
proxies or to the database; Ctrl-C ends it at once. Then the key is asked for as after a withdrawal.

The report tells for each proxy what failed, how soon after the order, when the plaintext key was gone from memory, and when
the first value came through afterwards, as the proxies measured it by the database's clock. It is kept as an event under the control key's MAC;
--verify holds a report's file against that. Exits 1 where a proxy was slower than two seconds, was not heard of, or did not come back.

   pgseal key drill acme --for 2m --report drill.json
   pgseal key drill --verify drill.json`,
		Flags: []cli.Flag{
			&cli.DurationFlag{Name: "for", Value: 2 * time.Minute, Usage: "how long it lasts, from 10s to 1h"},
			&cli.StringSliceFlag{Name: "proxy", Usage: "`NAME` of a proxy as key status shows it, once for each; all if not given"},
			&cli.StringFlag{Name: "report", Usage: "`FILE` to write the report to, as JSON"},
			&cli.BoolFlag{Name: "yes", Usage: "do not ask for the tenant's name as a confirmation"},
			&cli.BoolFlag{Name: "end", Usage: "end a drill that is under way now, and report it; also report one that has ended lately, whose command did not"},
			&cli.StringFlag{Name: "verify", Usage: "`FILE` of a report that is to be held against the database"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: keyDrill,
	}
}

func keyDrill(c *cli.Context) error {
	if file := c.String("verify"); file != "" {
		return verifyDrill(c, file)
	}
	if d := c.Duration("for"); d < keysource.MinDrill || d > keysource.MaxDrill {
		return usagef(c, "a drill of %s is outside 10s to 1h", d)
	}
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		// Whoever interrupts the command ends the drill, but not the report of it.
		lasting := context.WithoutCancel(ctx)
		proxies, err := s.drillable(lasting, c, t)
		if err != nil {
			return err
		}
		w := &drillWatch{s: s, name: t.Name, heard: map[string]heardProxy{}}
		if c.Bool("end") {
			t, err = w.end(lasting, t)
		} else {
			t, err = s.beginDrill(lasting, c, t, proxies)
		}
		if err != nil {
			return err
		}
		w.begin(t, proxies, c.App.ErrWriter)
		if err := w.follow(ctx, lasting); err != nil {
			return err
		}
		w.settle(lasting)
		return w.publish(lasting, c)
	})
}

// drillable gives the names of the proxies that the drill is about. Where their key is not there anyway it refuses.
func (s *site) drillable(ctx context.Context, c *cli.Context, t *pgstore.Tenant) ([]string, error) {
	all, err := s.store.Proxies(ctx)
	if err != nil {
		return nil, forPeople(err)
	}
	named, live := c.StringSlice("proxy"), []string{}
	for _, p := range all {
		if p.Live() && (len(named) == 0 || slices.Contains(named, p.Name)) && !slices.Contains(live, p.Name) {
			live = append(live, p.Name)
		}
	}
	for _, name := range named {
		if !slices.Contains(live, name) {
			return nil, usagef(c, "there is no live proxy %q: see pgseal key status %s", name, t.Name)
		}
	}
	if c.Bool("end") {
		return live, nil
	}
	return live, rehearsable(t, all, live)
}

// rehearsable is nil where a drill in these proxies would show something.
func rehearsable(t *pgstore.Tenant, all []pgstore.Proxy, live []string) error {
	if len(live) == 0 {
		return errors.New("no proxy of this database is live: there is nothing to rehearse")
	}
	for _, p := range statusOf(t, all, time.Time{}).Proxies {
		if p.Code != "" && p.Drill == nil && slices.Contains(live, p.Name) {
			return fmt.Errorf("the key is not available in proxy %s now (%s %s): a drill would take nothing away, and might hide when it comes back", p.Name, p.State, p.Code)
		}
	}
	return nil
}

// beginDrill asks whether it is meant, and orders the drill.
func (s *site) beginDrill(ctx context.Context, c *cli.Context, t *pgstore.Tenant, proxies []string) (*pgstore.Tenant, error) {
	d := c.Duration("for")
	if !c.Bool("yes") {
		if !onTerminal(c) {
			return nil, usagef(c, "nobody can be asked whether that is meant: it needs --yes")
		}
		if err := confirm(c, c.App.ErrWriter, t.Name, fmt.Sprintf("For %s, no statement that needs the key of tenant %q is served in %s.", d, t.Name, strings.Join(proxies, ", "))); err != nil {
			return nil, err
		}
	}
	return s.orderDrill(ctx, t.Name, d, c.StringSlice("proxy"), actor())
}

// orderDrill orders a drill in the named proxies; none: in all.
func (s *site) orderDrill(ctx context.Context, name string, d time.Duration, proxies []string, by string) (*pgstore.Tenant, error) {
	ordered, err := s.store.BeginDrill(ctx, name, d, proxies, by)
	switch {
	case errors.Is(err, pgstore.ErrDrillUnderWay):
		return nil, fmt.Errorf("a drill of %q is under way until %s, ordered by %s; pgseal key drill %[1]s --end ends it", name, ordered.Drill.Until.Format(time.RFC3339), ordered.Drill.By)
	case errors.Is(err, pgstore.ErrDrillUnneeded):
		return nil, fmt.Errorf("%q is locked or retired: no proxy uses its key, and there is nothing to rehearse", name)
	case err != nil:
		return nil, forPeople(err)
	}
	return ordered, nil
}
