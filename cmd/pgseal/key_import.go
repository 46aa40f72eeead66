package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyImportCommand() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "give back to the store what it has lost, from a key export of it", ArgsUsage: "FILE",
		Description: `Brings back tables of the schema pgseal that were dropped, the store's own row, tenants with their data keys, history and pins, and the records of
columns. What the store has stays. Where the whole schema is gone it is made again as the same store, so that what is sealed in the tables opens again;
run pgseal init behind it, which puts the guard back. It takes the control key that the export was written with, and all of it is one transaction.

Of a database that was joined with another (pgseal init --join) it takes an export of the other one too, and brings what is new there: data keys, tenants,
columns. Run it after each new data key, tenant or column of the other; until then values that were sealed under a new data key do not open here (KD002).

   pgseal key import --dry-run all.json     says what it would do
   pgseal key import all.json

An export that is older than what was seen of a tenant is refused: it would undo a lock or a rotation. --accept-older puts it back all the same, above every
version that was seen, and locks the tenant until somebody has looked (pgseal key unlock).`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "dry-run", Usage: "say what would be done, and do nothing"},
			&cli.StringFlag{Name: "tenant", Usage: "only the tenant `NAME` of the export's"},
			&cli.BoolFlag{Name: "accept-older", Usage: "put back records older than ones that were seen; the tenant comes back locked"},
			&cli.BoolFlag{Name: "replace", Usage: "put back pins and columns in whose place others have been made since"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: keyImport,
	}
}

// importView is what an import did, as commands print it.
type importView struct {
	DryRun bool `json:"dry_run"`
	pgstore.Imported
	Problems []string `json:"problems"`
}

func keyImport(c *cli.Context) error {
	file, err := argument(c, "file")
	if err != nil {
		return err
	}
	export, err := readExport(file)
	if err != nil {
		return err
	}
	s, err := siteOf(c)
	if err != nil {
		return err
	}
	options := pgstore.ImportOptions{Tenant: c.String("tenant"), Actor: actor(), Now: time.Now(), StateDir: s.config.file(s.config.StateDir), DryRun: c.Bool("dry-run"),
		AcceptOlder: c.Bool("accept-older"), Replace: c.Bool("replace"), Wrapper: s.wrapper}
	done, err := s.importKeys(c.Context, export, options)
	var refused *pgstore.ImportRefused
	if err != nil && !errors.As(err, &refused) {
		return importError(err)
	}
	view := importView{DryRun: options.DryRun, Imported: *done, Problems: []string{}}
	if refused != nil {
		view.Problems = refused.Problems
	}
	if err := output(c, view, func(t *table) { printImport(t, &view) }); err != nil {
		return err
	}
	if refused != nil {
		return errors.New("nothing was imported")
	}
	return nil
}

func (s *site) importKeys(ctx context.Context, export *pgstore.Export, options pgstore.ImportOptions) (*pgstore.Imported, error) {
	path := s.config.file(s.config.Keys.Control.File)
	key, err := pgstore.ReadControlKey(path)
	if err != nil {
		return nil, fmt.Errorf("the control key: %w (an import needs the one that the export was written with; without it there is pgseal open, which needs none)", err)
	}
	defer key.Destroy()
	conn, err := pgstore.Connect(ctx, s.control())
	if err != nil {
		return nil, s.controlError(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return pgstore.Import(ctx, conn, key, export, options)
}

// importError says why nothing was imported.
func importError(err error) error {
	switch {
	case errors.Is(err, pgstore.ErrOtherStore):
		return fmt.Errorf("nothing was imported: %w. If the database's own was made by pgseal init after the old one was lost, and has no tenant yet, it has sealed nothing: "+
			"DROP SCHEMA pgseal CASCADE, then import again", err)
	case errors.Is(err, pgstore.ErrOlder):
		return fmt.Errorf("nothing was imported: %w. After a restore of the database: pgseal init --accept-restore", err)
	case keysource.KindOf(err) != 0:
		return fmt.Errorf("nothing was imported: %w", forPeople(err))
	}
	return fmt.Errorf("nothing was imported: %w", err)
}

func printImport(t *table, v *importView) {
	if v.Joined {
		t.row("the store of this database is one of its own, joined with the one of the export: the same tag, tenants, data keys and columns; locks, events, proxies and history apart")
	}
	if v.StoreMade && !v.Joined {
		t.row("the store was lost, and is made again under its id and tag. Run pgseal init: it puts the guard back, and says what proxies remember that is newer than the export")
	}
	if len(v.Made) > 0 {
		t.row("made in the schema pgseal: " + strings.Join(v.Made, ", "))
	}
	if len(v.Tenants) > 0 {
		t.row("TENANT", "WHAT", "DATA KEYS", "HISTORY", "PINS", "STILL LOST")
	}
	for _, x := range v.Tenants {
		t.row(x.Name, x.Outcome, dash(strings.Join(x.DataKeys, " ")), fmt.Sprint(x.History), fmt.Sprint(x.Pins), dash(strings.Join(x.Lost, " ")))
	}
	for _, x := range v.Columns {
		t.row("column "+x.Column, x.Outcome, x.State, x.Note)
	}
	for _, x := range v.Tenants {
		for _, note := range x.Notes {
			t.row(x.Name + ": " + note)
		}
		if len(x.Lost) > 0 {
			t.row(x.Name + ": values sealed under the data keys that are still lost do not open; a later export may have them")
		}
	}
	for _, p := range v.Problems {
		t.row("refused: " + p)
	}
	switch {
	case len(v.Problems) > 0:
	case !v.Changed:
		t.row("the store has all that the export has; nothing to do")
	case v.DryRun:
		t.row("this is what would be done; nothing was written")
	}
}
