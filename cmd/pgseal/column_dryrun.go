package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

// inspectionView is what --dry-run has found, as the command prints it.
type inspectionView struct {
	Column     string     `json:"column"`
	Rows       int64      `json:"rows_estimated"`
	Bytes      int64      `json:"bytes"`
	Run        string     `json:"triggers"`    // none, run or skip
	Triggers   []string   `json:"triggers_on"` // of the application's, with their tables
	Vacuum     vacuumView `json:"vacuum"`
	Statements []sentView `json:"statements"`
}

type sentView struct {
	When string `json:"when"`
	SQL  string `json:"sql"`
	Lock string `json:"lock,omitempty"`
}

// vacuumView is what becomes of dead rows.
type vacuumView struct {
	Live    int64      `json:"live_rows"`
	Dead    int64      `json:"dead_rows"`
	Trigger float64    `json:"autovacuum_at"` // share of dead rows; 0: it does not come
	Last    *time.Time `json:"last_vacuum,omitempty"`
	Holders []string   `json:"held_back_by"`
}

func vacuumViewOf(v *bulk.Vacuum) vacuumView {
	view := vacuumView{Live: v.Live, Dead: v.Dead, Trigger: v.Trigger, Holders: append([]string{}, v.Holders...)}
	if !v.Last.IsZero() {
		view.Last = &v.Last
	}
	return view
}

// dryRun says what sealing would do, and every statement that would be sent.
func (w *columnWork) dryRun(ctx context.Context, c *cli.Context, col *guard.ColumnStatus, in *bulk.Inspection, triggers string) error {
	if _, _, err := paceSettings(ctx, c, w.pool, col); err != nil {
		return err
	}
	_, tenantColumn := w.tenantOf(col.Schema, col.Table)
	statements, err := bulk.Sealing(ctx, w.pool, col, tenantColumn, triggers, w.site.store.Tag())
	if err != nil {
		return err
	}
	view, err := w.inspectionOf(ctx, col, in, triggers, statements)
	if err != nil {
		return err
	}
	return output(c, view, func(t *table) { view.print(t) })
}

// inspectionOf joins what is known before any work on a column.
func (w *columnWork) inspectionOf(ctx context.Context, col *guard.ColumnStatus, in *bulk.Inspection, triggers string, statements []bulk.Statement) (inspectionView, error) {
	v, err := bulk.LookVacuum(ctx, w.pool, col)
	view := inspectionView{Column: col.Column.String(), Rows: in.Rows, Bytes: in.Bytes, Run: triggers, Triggers: append([]string{}, in.Triggers...), Vacuum: vacuumViewOf(&v),
		Statements: []sentView{}}
	for _, s := range statements {
		view.Statements = append(view.Statements, sentView(s))
	}
	return view, err
}

func (v *inspectionView) print(t *table) {
	t.pair("column", v.Column)
	t.pair("rows", fmt.Sprintf("about %d", v.Rows))
	t.pair("size of the table", fmt.Sprintf("%.1f MB", float64(v.Bytes)/1e6))
	t.pair("triggers", strings.Join(append([]string{v.Run}, v.Triggers...), " "))
	t.pair("dead rows", fmt.Sprintf("%d now, and one more for each value: the table grows by up to %.1f MB unless VACUUM keeps up", v.Vacuum.Dead, float64(v.Bytes)/1e6))
	v.Vacuum.print(t)
	t.pair("statements", "")
	when := ""
	for _, s := range v.Statements {
		if s.When != when {
			t.row("", s.When+":")
		}
		when = s.When
		t.row("", "  "+s.SQL)
		if s.Lock != "" {
			t.row("", "    locks "+s.Lock)
		}
	}
}

// print says whether VACUUM keeps up.
func (v *vacuumView) print(t *table) {
	switch {
	case v.Trigger == 0:
		t.pair("autovacuum", "does not look after the table: run VACUUM meanwhile")
	default:
		t.pair("autovacuum", fmt.Sprintf("begins when %.0f %% of the rows are dead", 100*v.Trigger))
	}
	for _, h := range v.Holders {
		t.pair("VACUUM is held back", h)
	}
}

// printStanding says how it stands while work is under way.
func (v *vacuumView) printStanding(t *table) {
	share := 0.0
	if v.Dead > 0 {
		share = 100 * float64(v.Dead) / float64(v.Live+v.Dead)
	}
	t.row("", "dead rows", fmt.Sprintf("%d, %.0f %% of the table's; autovacuum begins at %.0f %%", v.Dead, share, 100*v.Trigger))
	for _, h := range v.Holders {
		t.row("", "VACUUM is held back", h)
	}
}
