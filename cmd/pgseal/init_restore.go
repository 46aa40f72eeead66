package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// restoreView is what accepting a restore has given up, as init prints it.
type restoreView struct {
	Remembered bool               `json:"remembered"` // whether anybody here knows what there was
	GivenUp    []pgstore.Outdated `json:"given_up"`
}

// initView is what init prints with --accept-restore.
type initView struct {
	Restore restoreView `json:"restore"`
	Columns []stateView `json:"columns"`
}

// sentence says what became of a record.
func sentence(o *pgstore.Outdated) string {
	switch {
	case o.Kind == "tenant" && o.Version == 0:
		return fmt.Sprintf("tenant %q is gone: it was added later", o.Name)
	case o.Kind == "tenant":
		return fmt.Sprintf("tenant %q is as it was %s ago (version %d, %d was seen): locks, rotations and other settings made since then are gone",
			o.Name, counted(int(o.Seen-o.Version), "change"), o.Version, o.Seen)
	case o.Kind == "data key":
		return fmt.Sprintf("data key %s is gone: values that were sealed under it do not open (KD002)", o.Name)
	case o.Version == 0:
		return strings.TrimSpace(o.Kind+" "+o.Name) + " is gone"
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s", o.Kind, o.Name)) + fmt.Sprintf(" is of version %d, %d was seen", o.Version, o.Seen)
}

// olderThanSeen is why init does not go on where the database looks restored.
func olderThanSeen(all []pgstore.Outdated) error {
	var lines []string
	for i := range all {
		lines = append(lines, "  "+sentence(&all[i]))
	}
	return fmt.Errorf("KU012: the records of this database are older than what was seen of them: it was restored to an earlier time, or somebody has put old records back.\n%s\n"+
		"If the restore is meant: pgseal init --accept-restore; every proxy refuses the records until then (docs/restore.md)", strings.Join(lines, "\n"))
}

// printAccepted prints what was given up, and how the columns stand.
func printAccepted(c *cli.Context, restore restoreView, s *guard.Status) error {
	if restore.GivenUp == nil {
		restore.GivenUp = []pgstore.Outdated{}
	}
	if c.Bool("json") {
		if err := output(c, initView{restore, columnViews(s)}, nil); err != nil {
			return err
		}
		return staleError(s)
	}
	if err := output(c, nil, func(t *table) {
		t.row("the state of the database is accepted as it is; every proxy follows within two seconds")
		for i := range restore.GivenUp {
			t.row("  " + sentence(&restore.GivenUp[i]))
		}
		switch {
		case !restore.Remembered:
			t.row("nobody here remembers what there was: no state_dir on this machine, and no live proxy. Look through what is kept of pgseal key events for locks made since then")
		case len(restore.GivenUp) == 0:
			t.row("nothing is known here that would be newer")
		default:
			t.row("what a later key export has of it comes back with: pgseal key import FILE")
		}
	}); err != nil {
		return err
	}
	return printColumns(c, s)
}
