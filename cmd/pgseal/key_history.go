package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
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
	At         time.Time `json:"at"`
	Action     string    `json:"action"`
	DataKey    string    `json:"data_key"`
	Provider   string    `json:"provider"`
	Key        string    `json:"key"`
	Configured string    `json:"configured_key,omitempty"` // where the key was named by an alias
	Role       string    `json:"role,omitempty"`
	Material   string    `json:"key_material,omitempty"`
	Actor      string    `json:"actor"`
	Present    bool      `json:"present"`
}

// historyOf turns what was found of the history into what commands print.
func historyOf(t *pgstore.Tenant, entries []pgstore.HistoryEntry) []historyView {
	views := make([]historyView, len(entries))
	for i, e := range entries {
		views[i] = historyView{At: e.At, Action: e.Action, DataKey: dataKeyName(e.KeyNumber), Provider: e.Provider, Key: e.KeyARN, Role: e.RoleARN,
			Material: e.MaterialID, Actor: e.Actor, Present: e.KeyARN == t.Current.Wrapped.KeyARN && e.MaterialID == t.Current.Wrapped.MaterialID}
		if e.Configured != e.KeyARN {
			views[i].Configured = e.Configured
		}
	}
	return views
}

// dataKeyName is how people see a data key's number.
func dataKeyName(n crypto.KeyNumber) string { return fmt.Sprintf("%08x", uint32(n)) }

func keyHistory(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		entries, problems, err := s.store.HistoryAsFound(ctx, t.Name)
		if err != nil {
			return forPeople(err)
		}
		views := historyOf(t, entries)
		if err := output(c, views, func(out *table) {
			out.row("WHEN", "WHAT", "DATA KEY", "PROVIDER", "KEY", "MATERIAL", "ROLE", "BY", "STATE")
			for _, v := range views {
				present := ""
				if v.Present {
					present = "present"
				}
				out.row(v.At.Format(time.RFC3339), v.Action, v.DataKey, v.Provider, v.Key, dash(v.Material), dash(v.Role), v.Actor, present)
			}
		}); err != nil {
			return err
		}
		return notVerifiable(problems)
	})
}

// notVerifiable is the error of a report that leaves out what is not to be believed.
func notVerifiable(problems []error) error {
	if len(problems) == 0 {
		return nil
	}
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = whyNot(p)
	}
	return fmt.Errorf("not everything can be verified, and somebody may have changed it by hand: %s", strings.Join(texts, "; "))
}

// whyNot says in words for people what is wrong with a record.
func whyNot(err error) string {
	var e *keysource.Error
	if errors.As(err, &e) && e.Cause != nil {
		err = e.Cause
	}
	return strings.TrimPrefix(err.Error(), "pgstore: ")
}
