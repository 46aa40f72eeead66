package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

func initCommand() *cli.Command {
	return &cli.Command{
		Name:  "init",
		Usage: "create or upgrade the pgseal schema, and guard the protected columns",
		Description: `Makes the schema pgseal in the protected database (a second run changes nothing), takes up the columns of the policy,
and installs the guard that refuses plaintext. Columns of empty tables are sealed at once, with the physical type that
sealed values need. Where the control role may not change a table, the SQL for the table's owner is printed instead.

The first init of a database makes the control key (keys.control.file). Copy it to every proxy of the deployment, and
keep a copy: without it no record of pgseal can be verified.

--join makes the store of a second database from a key export of the first one's, so that sealed values open in both: for a subscriber of a publication.
It takes the control key of the first. New data keys come later with pgseal key import FILE (docs/replication.md).`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "accept-restore", Usage: "after a point-in-time restore: older control records than those already seen are meant"},
			&cli.StringFlag{Name: "join", Usage: "make the store from `FILE`, a key export of another database's, with whose sealed values this one's are to be exchanged"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: runInit,
	}
}

// settleLimit is how long init waits for the columns to come as far as they get: live proxies have to agree.
const settleLimit = 60 * time.Second

func runInit(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	s, err := siteOf(c)
	if err != nil {
		return err
	}
	pol, err := s.policy()
	if err != nil {
		return err
	}
	accept := c.Bool("accept-restore")
	var joined *importView
	if file := c.String("join"); file != "" {
		if joined, err = s.join(c.Context, pol, file); err != nil {
			return err
		}
	}
	restore, err := s.makeStore(c.Context, pol, accept, c.App.ErrWriter)
	if err != nil {
		return err
	}
	if err := s.openStore(c.Context); err != nil {
		return err
	}
	defer s.close()
	if err := bulk.Migrate(c.Context, s.store.Pool()); err != nil {
		return err
	}
	if err := s.store.CloseToOthers(c.Context); err != nil {
		return err
	}
	status, err := s.settle(c.Context, pol)
	if err != nil {
		return err
	}
	switch {
	case accept:
		return printAccepted(c, restore, status)
	case joined != nil:
		return printJoined(c, joined, status)
	}
	return printColumns(c, status)
}

// makeStore creates or upgrades the schema, once the policy is known to fit the database.
func (s *site) makeStore(ctx context.Context, pol *policy.Policy, acceptRestore bool, said io.Writer) (restore restoreView, err error) {
	conn, err := pgstore.Connect(ctx, s.control())
	if err != nil {
		return restore, s.controlError(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := fits(ctx, conn, pol); err != nil {
		return restore, err
	}
	exists, err := pgstore.Exists(ctx, conn)
	if err != nil {
		return restore, err
	}
	if !exists {
		if err := refuseSecondStore(ctx, conn); err != nil {
			return restore, err
		}
	}
	file := s.config.file(s.config.Keys.Control.File)
	key, created, err := pgstore.EnsureControlKey(file, exists)
	if err != nil {
		return restore, fmt.Errorf("the control key: %w", err)
	}
	defer key.Destroy()
	if created {
		fmt.Fprintf(said, "the control key was made: %s. Copy it to every proxy of the deployment, and keep a copy: without it no record of pgseal can be verified\n", file)
	}
	if _, err := pgstore.Init(ctx, conn, key, time.Now()); err != nil {
		return restore, fmt.Errorf("%w%s", err, s.controlHint(err))
	}
	if restore.GivenUp, restore.Remembered, err = pgstore.FindOutdated(ctx, conn, key, s.config.file(s.config.StateDir)); err != nil {
		return restore, err
	}
	switch {
	case acceptRestore:
		err = pgstore.AcceptRestore(ctx, conn, key, actor(), time.Now())
	case len(restore.GivenUp) > 0:
		err = olderThanSeen(restore.GivenUp)
	}
	return restore, err
}

// fits is nil where the policy fits the database.
func fits(ctx context.Context, conn *pgx.Conn, pol *policy.Policy) error {
	problems, err := plan.Problems(ctx, conn, pol)
	if err != nil || !policy.HasErrors(problems) {
		return err
	}
	var all []error
	for _, p := range problems {
		if p.Severity == policy.SeverityError {
			all = append(all, errors.New(p.String()))
		}
	}
	return fmt.Errorf("the policy does not fit the database:\n%w", errors.Join(all...))
}

// refuseSecondStore keeps init from making a new store where one was lost: it would take the values that the lost one has sealed for plaintext.
func refuseSecondStore(ctx context.Context, conn *pgx.Conn) error {
	traces, err := guard.Traces(ctx, conn)
	if err != nil || len(traces) == 0 {
		return err
	}
	return fmt.Errorf("there is no store in this database, but there was one, which has sealed columns (%s). A new one would not open them. "+
		"Bring the old one back: pgseal key import FILE, with a key export of it (docs/way-out.md). Only where those values are given up: drop these constraints, and run pgseal init again",
		strings.Join(traces, ", "))
}

// settle takes the columns as far as they get.
func (s *site) settle(ctx context.Context, pol *policy.Policy) (*guard.Status, error) {
	columns, err := guardColumns(pol)
	if err != nil {
		return nil, err
	}
	coordinator := guard.New(guard.Options{Store: s.store, Policy: pol.Hash(), Columns: columns, Production: s.config.production(), Log: s.log})
	defer coordinator.Close(context.WithoutCancel(ctx))
	ctx, stop := context.WithTimeout(ctx, settleLimit)
	defer stop()
	return coordinator.Settle(ctx)
}

// stateView is a column's state as commands print it.
type stateView struct {
	Column string `json:"column"`
	State  string `json:"state"`
	Note   string `json:"note,omitempty"`
	SQL    string `json:"sql,omitempty"`
}

func printColumns(c *cli.Context, s *guard.Status) error {
	views := columnViews(s)
	if err := output(c, views, func(t *table) {
		for _, v := range views {
			t.row(v.Column, v.State, v.Note)
		}
		for _, v := range views {
			if v.SQL != "" {
				t.row("\nthe owner of the table has to run, for " + v.Column + ":\n" + v.SQL)
			}
		}
	}); err != nil {
		return err
	}
	return staleError(s)
}

func columnViews(s *guard.Status) []stateView {
	views := []stateView{}
	for i := range s.Columns {
		col := &s.Columns[i]
		views = append(views, stateView{col.Column.String(), string(col.Called()), col.Note, col.SQL})
	}
	return views
}

func staleError(s *guard.Status) error {
	if s.Stale != "" {
		return errors.New(s.Stale)
	}
	return nil
}
