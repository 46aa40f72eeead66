package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/guard"
)

// join makes the store from a key export of another, once the policy is known to fit the database. A second run changes nothing.
func (s *site) join(ctx context.Context, pol *policy.Policy, file string) (*importView, error) {
	export, err := readExport(file)
	if err != nil {
		return nil, err
	}
	conn, err := pgstore.Connect(ctx, s.control())
	if err != nil {
		return nil, s.controlError(err)
	}
	err = fits(ctx, conn, pol)
	if err := errors.Join(err, conn.Close(context.WithoutCancel(ctx))); err != nil {
		return nil, err
	}
	done, err := s.importKeys(ctx, export, pgstore.ImportOptions{Join: true, Actor: actor(), Now: time.Now(), StateDir: s.config.file(s.config.StateDir), Wrapper: s.wrapper})
	if errors.Is(err, pgstore.ErrOtherStore) {
		err = fmt.Errorf("%w. A store is joined when it is made: this database has one of its own already, whose values the other's would not be", err)
	}
	if err != nil {
		return nil, fmt.Errorf("not joined: %w", err)
	}
	return &importView{Imported: *done, Problems: []string{}}, nil
}

// joinView is what init prints with --join.
type joinView struct {
	Join    *importView `json:"join"`
	Columns []stateView `json:"columns"`
}

func printJoined(c *cli.Context, joined *importView, s *guard.Status) error {
	if c.Bool("json") {
		if err := output(c, joinView{joined, columnViews(s)}, nil); err != nil {
			return err
		}
		return staleError(s)
	}
	if err := output(c, nil, func(t *table) { printImport(t, joined) }); err != nil {
		return err
	}
	return printColumns(c, s)
}
