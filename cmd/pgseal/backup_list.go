package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

func backupListCommand() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "the backups that were checked, and the keys that each needs",
		Flags: []cli.Flag{&cli.BoolFlag{Name: "all", Usage: "those that were destroyed, too"}, databaseFlag(), configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return withStore(c, func(ctx context.Context, s *site) error {
				return printBackups(ctx, c, s, c.Bool("all"))
			})
		},
	}
}

func backupForgetCommand() *cli.Command {
	return &cli.Command{
		Name: "forget", Usage: "note that a backup was destroyed, so that no key is kept for it", ArgsUsage: "HASH",
		Description: `HASH is its SHA-256 or the beginning of that, as pgseal backup list prints it. Nothing is deleted: it is your word that the backup, and every copy of it, is
gone. The record stays, with who said so and when. A backup that is checked again counts again.`,
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			hash, err := argument(c, "backup, by its hash")
			if err != nil {
				return err
			}
			if _, err := hex.DecodeString(hash + strings.Repeat("0", len(hash)%2)); err != nil || len(hash) < shortHash || len(hash) > 64 {
				return usagef(c, "%q is no hash: give at least %d hexadecimal digits of it", hash, shortHash)
			}
			return withStore(c, func(ctx context.Context, s *site) error {
				b, err := s.store.ForgetBackup(ctx, strings.ToLower(hash), actor())
				if err != nil {
					return forPeople(err)
				}
				v := viewOfBackup(b)
				return output(c, v, func(out *table) {
					out.row(v.Name, "destroyed, by the word of "+v.ForgottenBy+" of "+clock(*v.Forgotten))
				})
			})
		},
	}
}

func backupAllListedCommand() *cli.Command {
	return &cli.Command{
		Name: "all-listed", Usage: "state that every copy of the database that is kept is listed",
		Description: `pgseal cannot know which copies of the database exist. This is your word that each one that was made until now and is still kept is in pgseal backup list:
dumps, base backups with the WAL that is archived behind them, snapshots of disks and of the cloud, replicas that have stopped, key exports that somebody would use. With it
pgseal key report answers whether a former key of a customer may be deleted; it shows your name and the time, and counts nothing that was made later.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "by", Usage: "`NAME` of whoever answers for it", DefaultText: "the account that runs the command"},
			&cli.BoolFlag{Name: "withdraw", Usage: "take the statement back"},
			databaseFlag(), configFlag(), jsonFlag(),
		},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			by := c.String("by")
			if by == "" {
				by = actor()
			}
			return withStore(c, func(ctx context.Context, s *site) error {
				if _, err := s.store.SayBackupsComplete(ctx, by, actor(), c.Bool("withdraw")); err != nil {
					return forPeople(err)
				}
				return printBackups(ctx, c, s, false)
			})
		},
	}
}

// shortHash is how much of a hash is shown in a list, and needed to name a backup.
const shortHash = 12

// backupView is one listed backup.
type backupView struct {
	SHA256      string               `json:"sha256"`
	Name        string               `json:"name"`
	Kind        string               `json:"kind"`
	Size        int64                `json:"size"`
	Made        *time.Time           `json:"made,omitempty"`
	Archive     bool                 `json:"wal_archive,omitempty"`
	Checked     time.Time            `json:"checked"`
	By          string               `json:"by"`
	Sealed      int64                `json:"sealed"`
	Plaintext   int64                `json:"plaintext"`
	Problems    int64                `json:"problems"`
	Needs       []pgstore.BackupNeed `json:"needs"`
	Forgotten   *time.Time           `json:"destroyed,omitempty"`
	ForgottenBy string               `json:"destroyed_by,omitempty"`
}

// backupsView is the list.
type backupsView struct {
	Statement *statementView `json:"all_listed,omitempty"`
	Backups   []backupView   `json:"backups"`
}

// statementView is somebody's word that all backups are listed.
type statementView struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

func viewOfBackup(b *pgstore.Backup) backupView {
	v := backupView{SHA256: hex.EncodeToString(b.SHA256[:]), Name: b.Name, Kind: b.Kind, Size: b.Size, Archive: b.Archive, Checked: b.Checked.UTC(), By: b.Actor,
		Sealed: b.Sealed, Plaintext: b.Plaintext, Problems: b.Problems, Needs: b.Needs, ForgottenBy: b.By}
	if !b.Made.IsZero() {
		v.Made = &b.Made
	}
	if !b.Forgotten.IsZero() {
		v.Forgotten = &b.Forgotten
	}
	return v
}

func backupsOf(all []pgstore.Backup, list pgstore.BackupList, forgotten bool) backupsView {
	v := backupsView{Backups: []backupView{}}
	if !list.Complete.IsZero() {
		v.Statement = &statementView{list.Complete.UTC(), list.By}
	}
	for i := range all {
		if forgotten || all[i].Forgotten.IsZero() {
			v.Backups = append(v.Backups, viewOfBackup(&all[i]))
		}
	}
	return v
}

func printBackups(ctx context.Context, c *cli.Context, s *site, forgotten bool) error {
	all, list, err := s.store.Backups(ctx)
	if err != nil {
		return forPeople(err)
	}
	v := backupsOf(all, list, forgotten)
	return output(c, v, func(out *table) {
		if len(v.Backups) > 0 {
			out.row("SHA256", "MADE", "KIND", "NAME", "TENANT", "DATA KEYS", "NEEDS THE KEY")
		}
		for _, b := range v.Backups {
			b.print(out)
		}
		if v.Statement == nil {
			out.row("nobody has stated that all backups are listed (pgseal backup all-listed)")
			return
		}
		out.row(v.Statement.sentence())
	})
}

func (s *statementView) sentence() string {
	return fmt.Sprintf("every copy of the database that was made until %s and is kept is listed, by the word of %s", clock(s.At), s.By)
}

func (b *backupView) print(out *table) {
	made := "?"
	if b.Made != nil {
		made = shortTime(b.Made)
	}
	name := b.Name
	if b.Forgotten != nil {
		name += " (destroyed)"
	}
	if b.Plaintext > 0 {
		name += " (" + countedIn(b.Plaintext, "value") + " IN PLAINTEXT)"
	}
	cells := []string{b.SHA256[:shortHash], made, b.Kind, name}
	if len(b.Needs) == 0 {
		out.row(append(cells, "-", "-", "no key")...)
	}
	for _, n := range b.Needs {
		key := n.Key
		if !n.Inside {
			key = "as the store: the backup has no wrapped keys"
		}
		out.row(append(cells, n.Tenant, strings.Join(n.Keys, ", "), key)...)
		cells = []string{"", "", "", ""}
	}
}
