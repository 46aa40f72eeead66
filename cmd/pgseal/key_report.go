package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyReportCommand() *cli.Command {
	return &cli.Command{
		Name: "report", Usage: "what a customer wants to know of its key: state, use, rotations, drills, and what depends on which key", ArgsUsage: "TENANT",
		Description: `Written for the customer's security officer. For every key that ever wrapped the tenant's data key it answers the question whether it may be
deleted. The sealed values of the protected tables are counted by data key: tables up to 64 MiB as a whole, of larger ones a sample with its error, or everything with
--count exact. No value is opened, and no key service is asked. The use of the key, drills and changes are those of the period; the key history is always whole.

Exits 1 where a record does not verify: somebody may have changed it by hand. The report says which, and leaves it out.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "since", Usage: "first `DAY` of the period, as 2026-01-31 (UTC)", DefaultText: "92 days back"},
			&cli.StringFlag{Name: "until", Usage: "last `DAY` of the period", DefaultText: "today"},
			&cli.StringFlag{Name: "count", Value: countSample, Usage: "how sealed values are counted: exact, sample or none"},
			&cli.DurationFlag{Name: "count-time", Value: 30 * time.Second, Usage: "how long counting may take, in all; what was not counted by then is said"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: keyReport,
	}
}

// The values of --count.
const (
	countExact  = "exact"
	countSample = "sample"
	countNone   = "none"
)

// reportPeriod is for how many days back a report tells of use, where it is not said.
const reportPeriod = 92

// reportOptions are what the command line asks for.
type reportOptions struct {
	now          time.Time
	since, until time.Time // days
	count        string
	countTime    time.Duration
	alone        bool // for a reader who must learn nothing of other tenants and databases, not even whether there are any
}

// end is the first moment after the period.
func (o reportOptions) end() time.Time { return o.until.AddDate(0, 0, 1) }

func reportOptionsOf(c *cli.Context) (o reportOptions, err error) {
	o = reportOptions{now: time.Now().UTC(), count: c.String("count"), countTime: c.Duration("count-time")}
	o.until = o.now.Truncate(24 * time.Hour)
	for flag, day := range map[string]*time.Time{"until": &o.until, "since": &o.since} {
		if !c.IsSet(flag) {
			continue
		}
		if *day, err = time.Parse(time.DateOnly, c.String(flag)); err != nil {
			return o, usagef(c, "--%s is a day, 2026-01-31 for instance", flag)
		}
	}
	if !c.IsSet("since") {
		o.since = o.until.AddDate(0, 0, 1-reportPeriod)
	}
	switch {
	case o.since.After(o.until):
		return o, usagef(c, "the period ends before it begins")
	case o.count != countExact && o.count != countSample && o.count != countNone:
		return o, usagef(c, "--count is exact, sample or none")
	case o.countTime <= 0:
		return o, usagef(c, "--count-time is a time, 30s for instance")
	}
	return o, nil
}

func keyReport(c *cli.Context) error {
	o, err := reportOptionsOf(c)
	if err != nil {
		return err
	}
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		r, err := steadyReport(ctx, s, t, o)
		if err != nil {
			return forPeople(err)
		}
		if err := output(c, r, r.print); err != nil {
			return err
		}
		if n := len(r.Problems); n > 0 {
			return fmt.Errorf("not everything in the report can be verified, and somebody may have changed it by hand (%d): see the report", n)
		}
		return nil
	})
}

// reportRounds is how often a report is begun again because the tenant's record has changed under it.
const reportRounds = 3

// steadyReport makes a report of one state of the tenant's record: one that is half of before a change of the key would give a wrong answer.
func steadyReport(ctx context.Context, s *site, t *pgstore.Tenant, o reportOptions) (*reportView, error) {
	for range reportRounds {
		r, err := reportOn(ctx, s, t, o)
		if err != nil {
			return nil, err
		}
		again, err := s.store.LookUp(ctx, t.Name)
		if err != nil || again.Version == t.Version {
			return r, err
		}
		t = again
	}
	return nil, errors.New("the tenant's record changed again and again while the report was made; try again")
}

func reportOn(ctx context.Context, s *site, t *pgstore.Tenant, o reportOptions) (*reportView, error) {
	r := &reportView{Made: o.now.Truncate(time.Second), Version: version, Database: s.name, Since: o.since.Format(time.DateOnly), Until: o.until.Format(time.DateOnly),
		Problems: []string{}}
	for _, part := range []func(context.Context, *site, *pgstore.Tenant, reportOptions) error{r.standing, r.wanted, r.use, r.past, r.values} {
		if err := part(ctx, s, t, o); err != nil {
			return nil, err
		}
	}
	return r, r.masterKeys(ctx, s, t, o)
}

// distrust notes records that do not verify.
func (r *reportView) distrust(problems ...error) {
	for _, p := range problems {
		r.Problems = append(r.Problems, whyNot(p))
	}
}
