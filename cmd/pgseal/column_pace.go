package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

// workFlags are of every command that orders work on the rows of a column.
func workFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.BoolFlag{Name: "detach", Usage: "order it and return: running proxies do the work"},
		&cli.BoolFlag{Name: "dry-run", Usage: "say what would be done, and change nothing"},
		&cli.StringFlag{Name: "triggers", Usage: "what becomes of the application's triggers on rows that are written: run or skip"},
		databaseFlag(), configFlag(), jsonFlag(),
	}, paceFlags()...)
}

// paceFlags bound what work on the rows of a column may do to the server.
func paceFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "max-load", Usage: "rest while more than `N` sessions of others are active", DefaultText: "no bound"},
		&cli.StringFlag{Name: "max-lag", Usage: "rest while a replica is further behind than this: a time (10s) or `BYTES` (64MB)"},
		&cli.StringFlag{Name: "max-wal-rate", Usage: "rest while the server writes more than `BYTES` of WAL in a second (20MB)"},
		&cli.Float64Flag{Name: "max-dead", Usage: "rest while more than this `SHARE` of the table's rows is dead, until VACUUM has been (0.3)", DefaultText: "no bound"},
		&cli.Float64Flag{Name: "max-slower", Usage: "how many times what it is while the work rests the p99 of statements may be, where a proxy does the work", DefaultText: "2"},
	}
}

// checkWorkFlags refuses values of flags that no work can be ordered with, before anything is looked at.
func checkWorkFlags(c *cli.Context) error {
	if chosen := c.String("triggers"); chosen != "" && chosen != bulk.TriggersRun && chosen != bulk.TriggersSkip {
		return usagef(c, "--triggers is run or skip")
	}
	_, _, err := paceFlagged(c)
	return err
}

// paceFlagged are the settings that flags ask for; given is false where none was used.
func paceFlagged(c *cli.Context) (s bulk.Settings, given bool, err error) {
	s.MaxLoad, s.MaxDead, s.MaxSlow = c.Int("max-load"), c.Float64("max-dead"), c.Float64("max-slower")
	if lag := c.String("max-lag"); lag != "" {
		if d, err := time.ParseDuration(lag); err == nil {
			s.MaxLag = d
		} else if s.MaxBytes, err = parseBytes(lag); err != nil {
			return s, false, usagef(c, "--max-lag: %q is neither a time (10s) nor a number of bytes (64MB)", lag)
		}
	}
	if rate := c.String("max-wal-rate"); rate != "" {
		if s.MaxWAL, err = parseBytes(rate); err != nil {
			return s, false, usagef(c, "--max-wal-rate: %s", err)
		}
	}
	if err := s.Validate(); err != nil {
		return s, false, usagef(c, "%s", err)
	}
	for _, f := range paceFlags() {
		given = given || c.IsSet(f.Names()[0])
	}
	return s, given, nil
}

// paceSettings are those that flags ask for, checked against the server.
func paceSettings(ctx context.Context, c *cli.Context, db guard.Querier, col *guard.ColumnStatus) (s bulk.Settings, given bool, err error) {
	if s, given, err = paceFlagged(c); err != nil {
		return s, false, err
	}
	return s, given, s.Observable(ctx, db, col)
}

// paceOf gives what puts the settings that flags ask for into a record of work; without a flag those that are there stay.
func paceOf(ctx context.Context, c *cli.Context, db guard.Querier, col *guard.ColumnStatus) (func(*pgstore.Bulk), error) {
	settings, given, err := paceSettings(ctx, c, db, col)
	if err != nil {
		return nil, err
	}
	return func(b *pgstore.Bulk) {
		if given || b.Settings == "" {
			b.Settings = settings.Text()
		}
	}, nil
}

// parseBytes reads 500000, 500kB, 20MB or 1GB.
func parseBytes(text string) (int64, error) {
	number, unit := strings.TrimRight(text, "kMGB"), int64(1)
	switch text[len(number):] {
	case "", "B":
	case "kB":
		unit = 1 << 10
	case "MB":
		unit = 1 << 20
	case "GB":
		unit = 1 << 30
	default:
		number = ""
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > 1<<60/unit {
		return 0, fmt.Errorf("%q is no number of bytes, as 500kB, 20MB or 1GB", text)
	}
	return n * unit, nil
}
