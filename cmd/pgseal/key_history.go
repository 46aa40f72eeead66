package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyHistoryCommand() *cli.Command {
	return &cli.Command{
		Name: "history", Usage: "every key that a tenant's data key was ever wrapped by", ArgsUsage: "TENANT",
		Description: `Nothing is ever removed from it. A key in it that is not the present one still opens backups of its time, so that it must not be
deleted while they matter.`,
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: keyHistory,
	}
}

// historyView is one row of the key history.
type historyView struct {
	At       time.Time `json:"at"`
	Action   string    `json:"action"`
	DataKey  string    `json:"data_key"`
	Key      string    `json:"key"`
	Material string    `json:"key_material,omitempty"`
	Actor    string    `json:"actor"`
	Present  bool      `json:"present"`
}

func keyHistory(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		entries, err := s.store.History(ctx, t.Name)
		if err != nil {
			return forPeople(err)
		}
		views := make([]historyView, len(entries))
		for i, e := range entries {
			views[i] = historyView{e.At, e.Action, fmt.Sprintf("%08x", uint32(e.KeyNumber)), e.KeyARN, e.MaterialID, e.Actor,
				e.KeyARN == t.Current.Wrapped.KeyARN && e.MaterialID == t.Current.Wrapped.MaterialID}
		}
		return output(c, views, func(out *table) {
			out.row("WHEN", "WHAT", "DATA KEY", "KEY", "MATERIAL", "BY", "")
			for _, v := range views {
				present := ""
				if v.Present {
					present = "present"
				}
				out.row(v.At.Format(time.RFC3339), v.Action, v.DataKey, v.Key, dash(v.Material), v.Actor, present)
			}
		})
	})
}
