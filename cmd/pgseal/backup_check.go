package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/backup"
)

func backupCheckCommand() *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "does this backup hold plaintext; does each key it needs still open", ArgsUsage: "FILE | DIR | -",
		Description: `Reads what pg_dump makes in any of its formats, of a role that sees values as they are stored (a raw role, or past pgseal), what pg_dumpall makes, and
base backups of pg_basebackup, plain or tar; each may be gzipped. Every value of a sealed column has to be sealed; a sample of them (--open all: every one) is
opened, so that a plaintext that only looks sealed is found. Every customer's key that the backup needs is asked for now. No value is printed.

   pgseal backup check nightly.dump
   pg_dump app | tee >(gzip > nightly.sql.gz) | pgseal backup check -

What was found is listed in the store (pgseal backup list), with the SHA-256 of the file, so that pgseal key report knows which backups need which key;
--no-record leaves that out. Archives need pg_restore on this machine, base backups the server programs of their version: a private server reads a copy.

Exits 1 where a sealed column holds plaintext, where anything was not understood, where control records are missing, where a value does not open, and where a key that is
needed does not (--allow-closed: that is reported and no failure). See docs/backups.md.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "open", Value: openSample, Usage: "which values are opened: sample, all or none"},
			&cli.BoolFlag{Name: "allow-closed", Usage: "a key that does not open is no failure"},
			&cli.BoolFlag{Name: "no-record", Usage: "do not list the backup"},
			&cli.StringFlag{Name: "made", Usage: "the `TIME` of the backup, 2026-01-31T02:00:00Z, where it does not say itself"},
			&cli.StringFlag{Name: "name", Usage: "`NAME` to list it by, in place of the file's"},
			&cli.BoolFlag{Name: "no-archive", Usage: "of a base backup: no WAL is archived with which it could be restored to a later time"},
			&cli.StringFlag{Name: "wal", Usage: "of a base backup without WAL: `DIR` of the archived files that it needs"},
			&cli.StringFlag{Name: "temp", Usage: "`DIR` for the copy of a base backup, which needs as much room as the database", DefaultText: "the system's"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: backupCheck,
	}
}

// The values of --open.
const (
	openSample = "sample"
	openAll    = "all"
	openNone   = "none"
)

// checkOptions are what the command line asks for.
type checkOptions struct {
	open  string
	made  time.Time
	base  baseOptions
	stamp bool // the backup is listed
}

func checkOptionsOf(c *cli.Context) (o checkOptions, err error) {
	o = checkOptions{open: c.String("open"), base: baseOptions{temp: c.String("temp"), wal: c.String("wal")}, stamp: !c.Bool("no-record")}
	if o.open != openSample && o.open != openAll && o.open != openNone {
		return o, usagef(c, "--open is sample, all or none")
	}
	if c.IsSet("made") {
		if o.made, err = time.Parse(time.RFC3339, c.String("made")); err != nil {
			return o, usagef(c, "--made is a time, 2026-01-31T02:00:00Z for instance")
		}
	}
	return o, nil
}

func backupCheck(c *cli.Context) error {
	path, err := argument(c, "backup: a file, a folder, or - for standard input")
	if err != nil {
		return err
	}
	o, err := checkOptionsOf(c)
	if err != nil {
		return err
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		o.base.database = s.name
		v, err := s.checkBackup(ctx, c, path, o)
		if err != nil {
			return forPeople(err)
		}
		if o.stamp && (v.dump || len(v.Keys) > 0) { // what is no backup is not listed
			if err := s.listBackup(ctx, c, v); err != nil {
				return forPeople(err)
			}
		}
		if err := output(c, v, v.print); err != nil {
			return err
		}
		return v.verdict(c.Bool("allow-closed"))
	})
}

// checkBackup looks into a backup and asks for the keys that it needs.
func (s *site) checkBackup(ctx context.Context, c *cli.Context, path string, o checkOptions) (v *backupCheckView, err error) {
	pol, err := s.policy()
	if err != nil {
		return nil, err
	}
	records, err := s.store.Columns(ctx)
	if err != nil {
		return nil, err
	}
	keys, err := newBackupKeys(ctx, s)
	if err != nil {
		return nil, err
	}
	defer keys.destroy()
	watched, err := watchedColumns(records, pol, keys)
	if err != nil {
		return nil, err
	}
	parts, err := partsOfTables(ctx, s)
	if err != nil {
		return nil, err
	}
	source, err := openBackup(ctx, path, c.App.Reader, o.base)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, source.remove()) }()
	options := backup.Options{Tag: s.store.Tag(), Watched: watched, Parents: parts, Database: s.name, All: o.open == openAll, None: o.open == openNone}
	found, dumped, err := source.check(ctx, s.store, options, keys)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source.name, err)
	}
	v = viewOfCheck(source, found, dumped, keys)
	v.Database, v.Name = s.name, c.String("name")
	if v.Name == "" {
		v.Name = filepath.Base(source.name)
	}
	if !o.made.IsZero() {
		v.Made = &o.made
	}
	v.Archive = source.kind == backup.Base && !c.Bool("no-archive")
	return v, nil
}

func (b *backupSource) remove() error {
	if b.end == nil {
		return nil
	}
	return b.end()
}

// check reads the backup, and once more where its records tell of columns that had other names then.
func (b *backupSource) check(ctx context.Context, store *pgstore.Store, o backup.Options, keys *backupKeys) (*backup.Result, *pgstore.Dumped, error) {
	for {
		found, err := b.read(ctx, o)
		if err != nil {
			return nil, nil, err
		}
		dumped := store.ReadDumped(found.Records, backup.Bytea)
		others := unwatched(dumped, o.Watched, keys)
		if len(others) == 0 {
			return found, dumped, nil
		}
		if b.once {
			for i := range others {
				found.Problems = append(found.Problems, fmt.Sprintf("%s was sealed by that name when the backup was made, and was not looked into: what comes as a stream is read once; "+
					"give it as a file that is not gzipped", others[i].Name()))
			}
			return found, dumped, nil
		}
		o.Watched = append(o.Watched, others...)
	}
}

func (b *backupSource) read(ctx context.Context, o backup.Options) (found *backup.Result, err error) {
	in, err := b.text(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return backup.Check(ctx, in, o)
}

// verdict is nil for a backup that is as it should be.
func (v *backupCheckView) verdict(allowClosed bool) error {
	var why []string
	if v.Plaintext > 0 {
		why = append(why, counted(int(v.Plaintext), "value")+" of sealed columns in plaintext")
	}
	if v.Spoilt > 0 {
		why = append(why, counted(int(v.Spoilt), "value")+" that do not open with their key")
	}
	if len(v.Lost) > 0 {
		why = append(why, counted(len(v.Lost), "data key")+" that nobody has")
	}
	if n := len(v.Missing); n > 0 {
		why = append(why, counted(n, "control record or table")+" missing")
	}
	if n := len(v.Problems); n > 0 {
		why = append(why, counted(n, "problem"))
	}
	closed := 0
	for _, k := range v.Keys {
		if !k.Opens {
			closed++
		}
	}
	if closed > 0 && !allowClosed {
		why = append(why, counted(closed, "customer's key")+" that does not open now")
	}
	if len(why) == 0 {
		return nil
	}
	return fmt.Errorf("this backup is not as it should be: %s", strings.Join(why, "; "))
}

// listBackup writes what was found to the store.
func (s *site) listBackup(ctx context.Context, c *cli.Context, v *backupCheckView) error {
	b := &pgstore.Backup{SHA256: v.sum, Name: v.Name, Kind: string(v.Kind), Size: v.Size, Archive: v.Archive, Plaintext: v.Plaintext, Problems: int64(len(v.Problems) + len(v.Lost)), Actor: actor()}
	if v.Made != nil {
		b.Made = *v.Made
	}
	for _, k := range v.Keys {
		need := pgstore.BackupNeed{Tenant: k.Tenant, ID: k.ID, Provider: k.Provider, Key: k.Key, Inside: k.Inside, Values: k.Values}
		for _, d := range k.DataKeys {
			need.Keys = append(need.Keys, d.Number)
		}
		b.Needs = append(b.Needs, need)
		b.Sealed += k.Values
	}
	if err := s.store.ListBackup(ctx, b); err != nil {
		return err
	}
	v.Listed = true
	return nil
}
