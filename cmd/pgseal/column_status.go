package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

func columnStatusCommand() *cli.Command {
	return &cli.Command{
		Name: "status", Usage: "how far the listed columns are, and the work on their rows", ArgsUsage: "[SCHEMA.TABLE.COLUMN]",
		Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return columnStatus(c)
			}
			return withColumn(c, func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error {
				b, err := w.site.store.Bulk(ctx, col.Record.ID)
				if err != nil {
					return err
				}
				view := bulkViewOf(col, b)
				if b != nil && !b.Status.Ended() {
					v, err := bulk.LookVacuum(ctx, w.pool, col)
					if err != nil {
						return err
					}
					of := vacuumViewOf(&v)
					view.Vacuum = &of
				}
				return printBulk(c, []bulkView{view})
			})
		},
	}
}

// bulkView is a column and the work on it, as commands print it.
type bulkView struct {
	Column string      `json:"column"`
	State  string      `json:"state"`
	Note   string      `json:"note,omitempty"`
	Next   string      `json:"next,omitempty"`           // the command that takes it on, where nothing is under way
	Anew   string      `json:"sealed_anew_in,omitempty"` // the mode that all values are being sealed anew in, whether or not anybody works on it
	Opened *openedView `json:"opened,omitempty"`
	Work   *workView   `json:"work,omitempty"`

	Vacuum *vacuumView `json:"vacuum,omitempty"` // where work is under way, and one column was asked for
	Report *workReport `json:"report,omitempty"` // by the command that saw the end of it
}

// openedView is the order by which a column is opened for good, or was.
type openedView struct {
	By    string    `json:"by"`
	Since time.Time `json:"since"`
	Type  string    `json:"type_back,omitempty"` // the statement that gives the column its type back
}

type workView struct {
	Kind     string     `json:"kind"` // encrypt, decrypt or reseal
	Status   string     `json:"status"`
	Code     string     `json:"code,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	Phase    string     `json:"phase"`
	Pass     int        `json:"pass"`
	Total    int64      `json:"rows_estimated"`
	Seen     int64      `json:"rows_seen"`
	Written  int64      `json:"values_written"`
	Verified int64      `json:"values_verified"`
	Count    int64      `json:"values_before"`
	After    int64      `json:"values_after"`
	Sum      string     `json:"checksum_before,omitempty"` // keyed, of the plaintexts
	SumAfter string     `json:"checksum_after,omitempty"`
	Started  time.Time  `json:"started"`
	Changed  time.Time  `json:"changed"`
	Finished *time.Time `json:"finished,omitempty"`
	Actor    string     `json:"by"`
}

func bulkViewOf(col *guard.ColumnStatus, b *pgstore.Bulk) bulkView {
	v := bulkView{Column: col.Column.String(), State: string(col.Called()), Note: col.Note}
	if r := col.Record; r != nil && r.NextMode != 0 {
		v.Anew = r.NextMode.String()
	}
	if col.Order != nil {
		v.Opened = &openedView{col.Order.By, col.Order.Since, col.TypeBack()}
	}
	if b != nil {
		v.Work = &workView{Kind: cmp.Or(b.Kind, pgstore.BulkEncrypt), Status: string(b.Status), Code: b.Code, Reason: b.Reason, Phase: b.Phase, Pass: b.Pass, Total: b.Total, Seen: b.Seen,
			Written: b.Written, Verified: b.Verified,
			Count: b.Count, After: b.CountAfter, Sum: hex.EncodeToString(b.Sum), SumAfter: hex.EncodeToString(b.SumAfter), Started: b.Started, Changed: b.Changed, Actor: b.Actor}
		if !b.Finished.IsZero() {
			v.Work.Finished = &b.Finished
		}
	}
	if b == nil || b.Status.Ended() {
		v.Next = nextFor(col)
	}
	return v
}

// nextFor is the command for a column on whose rows nobody works.
func nextFor(col *guard.ColumnStatus) string {
	switch {
	case col.Note != "" || col.Opening():
		return ""
	case col.Record == nil || col.State() == pgstore.ColumnPlain:
		return "pgseal init, which says what keeps it from being sealed"
	case col.State() == pgstore.ColumnSealing:
		return "pgseal column encrypt " + col.Column.String() + ", which seals what lies there in plaintext"
	case col.Record.NextMode != 0:
		return "pgseal column reseal " + col.Column.String()
	}
	return ""
}

// standing is how it stands, in a line.
func (w *workView) standing() string {
	return fmt.Sprintf("%s: %s, %s, pass %d: %s looked at, %d values written in all, %d opened again", w.Kind, w.Status, w.Phase, w.Pass, ofAbout(w.Seen, w.Total), w.Written, w.Verified)
}

// compared says what the checksums of the plaintexts before and after the work tell.
func (w *workView) compared() string {
	switch {
	case w.Written == 0 && w.Count == 0:
		return fmt.Sprintf("nothing was written; %d values were looked at", w.After)
	case w.Count == w.After && w.Sum == w.SumAfter:
		return fmt.Sprintf("the same before and after, of %d values", w.Count)
	}
	return fmt.Sprintf("%d values before, %d after, with another checksum: applications have written meanwhile; each value was opened again before it was written", w.Count, w.After)
}

// columnStatus prints all listed columns.
func columnStatus(c *cli.Context) error {
	return withStore(c, func(ctx context.Context, s *site) error {
		pol, err := s.policy()
		if err != nil {
			return err
		}
		columns, work, err := s.columnsAndWork(ctx, pol)
		if err != nil {
			return forPeople(err)
		}
		views := []bulkView{}
		for i := range columns {
			views = append(views, bulkViewOf(&columns[i], work[i]))
		}
		return printBulk(c, views)
	})
}

// columnsAndWork are the listed columns, and the work on the rows of each; nil where none was ever ordered.
func (s *site) columnsAndWork(ctx context.Context, pol *policy.Policy) ([]guard.ColumnStatus, []*pgstore.Bulk, error) {
	columns, err := guardColumns(pol)
	if err != nil {
		return nil, nil, err
	}
	status, err := guard.Look(ctx, s.store, pol.Hash(), columns)
	if err != nil {
		return nil, nil, err
	}
	all, err := s.store.Bulks(ctx)
	if err != nil {
		return nil, nil, err
	}
	work := make([]*pgstore.Bulk, len(status.Columns))
	for i, c := range status.Columns {
		for j := range all {
			if c.Record != nil && all[j].Column == c.Record.ID {
				work[i] = &all[j]
			}
		}
	}
	return status.Columns, work, nil
}

func printBulk(c *cli.Context, views []bulkView) error {
	return output(c, views, func(t *table) {
		for _, v := range views {
			t.row(v.Column, v.State, v.Note)
			if v.Next != "" {
				t.row("", "next", v.Next)
			}
			if v.Anew != "" {
				t.row("", "sealed anew", "in mode "+v.Anew+": until that is done some values are, and others are not yet")
			}
			if v.Opened != nil && v.Opened.Type != "" {
				t.row("", "its type", "is text still; this rewrites the table under an exclusive lock: "+v.Opened.Type)
			}
			if w := v.Work; w != nil {
				t.row("", "work", w.standing())
				if w.Status == string(pgstore.BulkDone) {
					t.row("", "checksum", w.compared())
				}
				if w.Reason != "" {
					t.row("", "because", strings.TrimSpace(w.Code+" "+w.Reason))
				}
				if v.Vacuum != nil {
					v.Vacuum.printStanding(t)
				}
				if v.Report != nil {
					v.Report.print(t)
				}
			}
		}
	})
}
