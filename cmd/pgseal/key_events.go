package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
)

func keyEventsCommand() *cli.Command {
	return &cli.Command{
		Name: "events", Usage: "what was done to keys, columns and tenants, newest first; and the proof of it", ArgsUsage: "[TENANT]",
		Description: `Prints the event log. Whoever can write the database cannot change or delete events unnoticed: each writer's events are a
chain under the control key, and writers witness each other's.

   pgseal key events acme --since 2026-01-01 --until 2026-02-01 --format csv > january.csv
   pgseal key events --verify
   pgseal key events --verify --head b2f0c5d4-...:4711:8f3a90c27d115e66
   pgseal key events --forget-before 400d

--verify checks the whole log and exits 1, saying what is wrong, if it is not as it was written. With --head it must also have that event: a proxy
writes its own last event to its log ("event log") once a minute; of the metrics, take pgseal_event_log_head and, after an #,
pgseal_event_log_head_hash.

--forget-before deletes events that are older, and leaves a signed record of that, so that the others can still be proved.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "verify", Usage: "prove that nothing is missing and nothing was changed"},
			&cli.StringSliceFlag{Name: "head", Usage: "with --verify: the log must have this event, `WRITER:NUMBER:HASH`"},
			&cli.StringFlag{Name: "since", Usage: "from this `TIME` on: 2026-01-31, 2026-01-31T12:00:00Z, or 24h or 30d ago"},
			&cli.StringFlag{Name: "until", Usage: "before this `TIME`"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "text, csv or json"},
			&cli.IntFlag{Name: "limit", Usage: "at most `N` events, the latest", DefaultText: "100 as text; all as csv or json"},
			&cli.StringFlag{Name: "forget-before", Usage: "delete the events from before this `TIME`"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: keyEvents,
	}
}

// eventViewOf is an event as commands and the API print it.
func eventViewOf(e pgstore.Event) admin.Event {
	return admin.Event{At: e.At.UTC(), Tenant: e.Name, Kind: e.Kind, Actor: e.Actor, Detail: e.Detail, Key: e.Key, Requests: e.Requests, Writer: e.Writer.String(), Number: e.Seq, Hash: hex.EncodeToString(e.Hash[:])}
}

// defaultEvents is how many events are shown to people who do not say how many.
const defaultEvents = 100

func keyEvents(c *cli.Context) error {
	filter, format, err := wantedEvents(c)
	switch {
	case err != nil:
		return err
	case c.IsSet("forget-before"):
		return forgetEvents(c, time.Now())
	case c.Bool("verify"):
		return verifyEvents(c, filter.Tenant)
	case len(c.StringSlice("head")) > 0:
		return usagef(c, "--head goes with --verify")
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		if filter.Tenant != "" {
			if _, err := s.store.LookUp(ctx, filter.Tenant); err != nil {
				return forPeople(err)
			}
		}
		each := func(f func(pgstore.Event) error) error { return s.store.EachEvent(ctx, filter, f) }
		switch format {
		case "csv":
			return forPeople(writeEventsCSV(c.App.Writer, each))
		case "json":
			return forPeople(writeEventsJSON(c.App.Writer, each))
		}
		return printEvents(c, s, filter)
	})
}

// wantedEvents reads from the command line which events are wanted, and in what form.
func wantedEvents(c *cli.Context) (filter pgstore.EventFilter, format string, err error) {
	filter, format = pgstore.EventFilter{Tenant: c.Args().First(), Limit: c.Int("limit")}, c.String("format")
	if c.Bool("json") {
		if c.IsSet("format") && format != "json" {
			return filter, format, usagef(c, "--json and --format %s contradict each other", format)
		}
		format = "json"
	}
	if c.NArg() > 1 {
		return filter, format, usagef(c, "one tenant at a time: %q is too much", c.Args().Get(1))
	}
	if err := oneOf("--format", format, "text", "csv", "json"); err != nil {
		return filter, format, usagef(c, "%v", err)
	}
	if c.IsSet("limit") && filter.Limit < 1 {
		return filter, format, usagef(c, "--limit is a number of events, 1 or more")
	}
	if err := within(&filter, c.String("since"), c.String("until")); err != nil {
		return filter, format, usagef(c, "%v", err)
	}
	return filter, format, nil
}

// within sets the period of events.
func within(filter *pgstore.EventFilter, since, until string) (err error) {
	if filter.Since, err = pointInTime(since, time.Now()); err != nil {
		return fmt.Errorf("--since: %w", err)
	}
	if filter.Until, err = pointInTime(until, time.Now()); err != nil {
		return fmt.Errorf("--until: %w", err)
	}
	if !filter.Until.IsZero() && !filter.Since.Before(filter.Until) {
		return errors.New("the period ends before it begins")
	}
	return nil
}

// printEvents prints the latest events for people, and says so where there are more.
func printEvents(c *cli.Context, s *site, filter pgstore.EventFilter) error {
	if filter.Limit == 0 {
		filter.Limit = defaultEvents
	}
	most := filter.Limit
	filter.Limit++
	events, err := s.store.Events(c.Context, filter)
	if err != nil {
		return forPeople(err)
	}
	return output(c, events, func(out *table) {
		out.row("WHEN", "TENANT", "WHAT", "BY", "", "KMS REQUEST")
		for _, e := range events[:min(most, len(events))] {
			out.row(e.At.UTC().Format(time.RFC3339), dash(e.Name), e.Kind, e.Actor, e.Detail, strings.Join(e.Requests, " "))
		}
		if len(events) > most {
			out.row("There are older events: --limit, --since and --until show them.")
		}
	})
}

// pointInTime reads a time as people write it; zero for nothing. Dates are of UTC.
func pointInTime(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int
		if _, err := fmt.Sscanf(days+" ", "%d ", &n); err == nil && n >= 0 {
			return now.AddDate(0, 0, -n), nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return now.Add(-d), nil
	}
	return time.Time{}, fmt.Errorf("%q is no time: 2026-01-31, 2026-01-31T12:00:00Z, or 24h or 30d for so long ago", text)
}

// forgottenView is what retention has deleted.
type forgottenView struct {
	Before  time.Time `json:"before"`
	Events  int64     `json:"events"`
	Writers int       `json:"writers"`
}

func forgetEvents(c *cli.Context, now time.Time) error {
	if c.NArg() > 0 || c.Bool("verify") {
		return usagef(c, "--forget-before is about the whole log, and goes by itself")
	}
	before, err := pointInTime(c.String("forget-before"), now)
	if err != nil || before.IsZero() {
		return usagef(c, "--forget-before: %q is no time: 400d, or 2026-01-31", c.String("forget-before"))
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		done, err := s.store.ForgetEvents(ctx, before, actor())
		switch {
		case errors.Is(err, pgstore.ErrEventsTooYoung):
			return usagef(c, "--forget-before: events of the last 24 hours are kept")
		case err != nil && !errors.Is(err, pgstore.ErrNothingToForget):
			return fmt.Errorf("nothing was deleted: %w", forPeople(err))
		}
		if err != nil && !c.Bool("json") {
			return output(c, nil, func(t *table) {
				t.row("no event is from before " + before.UTC().Format(time.RFC3339) + ": nothing was deleted")
			})
		}
		v := forgottenView{before.UTC(), done.Events, done.Writers}
		return output(c, v, func(t *table) {
			t.row(fmt.Sprintf("%d events from before %s were deleted; a signed record of it stays in the log", v.Events, v.Before.Format(time.RFC3339)))
		})
	})
}
