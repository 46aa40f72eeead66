package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

func statementFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "statements", Usage: "tell which of the statements in `FILE` would be refused (-: what is piped in)"},
		&cli.StringFlag{Name: "format", Usage: "what the file is, where that is not found out rightly: sql, csv, json or log"},
	}
}

// The fates of a statement.
const (
	fateNative   = "native"   // names nothing protected
	fatePlanned  = "planned"  // is carried out, with values sealed or opened
	fateRefused  = "refused"  // a typed error
	fateObserved = "observed" // goes on as it is while columns are in state observe, and would be refused without
)

// fateView is what becomes of some statements of a file, for one reason.
type fateView struct {
	Fate       string `json:"fate"`
	SQLState   string `json:"sqlstate,omitempty"`
	Message    string `json:"message,omitempty"`
	Detail     string `json:"detail,omitempty"`
	Hint       string `json:"hint,omitempty"`
	Statements int64  `json:"statements"`
	Calls      int64  `json:"calls,omitempty"` // where the file counts them
	Example    string `json:"example,omitempty"`
}

// statementsView is the report on a file.
type statementsView struct {
	Format     string      `json:"format"`
	Statements int64       `json:"statements"`
	Fates      []*fateView `json:"fates"`
}

// checkView is what check prints with --statements.
type checkView struct {
	Problems   []problemView  `json:"problems"`
	Statements statementsView `json:"statements"`
}

func policyCheckStatements(c *cli.Context, s *site) error {
	format := c.String("format")
	if format != "" && oneOf("--format", format, formatSQL, formatCSV, formatJSON, formatLog) != nil {
		return usagef(c, "--format: %q is not one of sql, csv, json, log", format)
	}
	f, err := openStatements(c.App.Reader, c.String("statements"))
	if err != nil {
		return err
	}
	defer f.Close()
	foreseen, problems, err := s.forecast(c.Context)
	if err != nil {
		return err
	}
	t := newTally(foreseen)
	if format, err = readStatements(f, format, t.add); err != nil {
		return fmt.Errorf("%s: %w", c.String("statements"), err)
	}
	view := checkView{Problems: problemsOf(problems), Statements: t.view(format)}
	if err := output(c, view, func(out *table) {
		printProblems(out, problems)
		printFates(out, &view.Statements)
	}); err != nil {
		return err
	}
	return errors.Join(errorIf(policy.HasErrors(problems), errUnfit), t.err())
}

func errorIf(yes bool, err error) error {
	if yes {
		return err
	}
	return nil
}

// forecast is the live catalogue as it will be once every listed column is sealed.
func (s *site) forecast(ctx context.Context) (*plan.Catalogue, []policy.Problem, error) {
	pol, conn, err := s.policyAndDatabase(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	frozen, err := s.frozen(ctx, conn, pol)
	if err != nil {
		return nil, nil, err
	}
	return plan.LoadForecast(ctx, conn, pol, frozen)
}

// frozen is what the store, if there is one, holds of the columns: their types from before they were sealed are there alone.
func (s *site) frozen(ctx context.Context, conn *pgx.Conn, pol *policy.Policy) ([]plan.FrozenColumn, error) {
	exists, err := pgstore.Exists(ctx, conn)
	if err != nil || !exists {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	defer s.close()
	columns, err := guardColumns(pol)
	if err != nil {
		return nil, err
	}
	status, err := guard.Look(ctx, s.store, pol.Hash(), columns)
	if err != nil {
		return nil, err
	}
	return frozenColumns(status), nil
}

// tally plans statements and counts what becomes of them.
type tally struct {
	planner  *plan.Planner
	observed *plan.Refusal // of the text that is being planned
	count    int64
	fates    map[string]*fateView
}

func newTally(c *plan.Catalogue) *tally {
	t := &tally{fates: map[string]*fateView{}}
	t.planner = plan.New(plan.Options{Observe: func(o plan.Observation) { t.observed = o.Refusal }})
	t.planner.SetCatalogue(c)
	return t
}

// add plans one text.
func (t *tally) add(s statementText) {
	t.observed = nil
	p, refusal := t.planner.Plan(plan.Request{SQL: s.sql, Extended: s.extended})
	fate := fatePlanned
	switch {
	case refusal != nil:
		fate = fateRefused
	case t.observed != nil:
		fate, refusal = fateObserved, t.observed
	case p == nil || p.Native():
		fate = fateNative
	}
	key := fate
	if refusal != nil {
		key += "\n" + string(refusal.Code) + "\n" + refusal.Message
	}
	v := t.fates[key]
	if v == nil {
		v = &fateView{Fate: fate, Example: plan.Shown(s.sql, mostShown)}
		if refusal != nil {
			v.SQLState, v.Message, v.Detail, v.Hint = string(refusal.Code), refusal.Message, refusal.Detail, refusal.Hint
		}
		t.fates[key] = v
	}
	t.count++
	v.Statements++
	v.Calls += s.calls
}

// view orders the fates: what is refused first, the most frequent ones first.
func (t *tally) view(format string) statementsView {
	rank := func(v *fateView) int {
		return slices.Index([]string{fateRefused, fateObserved, fatePlanned, fateNative}, v.Fate)
	}
	return statementsView{Format: format, Statements: t.count, Fates: slices.SortedFunc(maps.Values(t.fates), func(a, b *fateView) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(b.Statements, a.Statements), cmp.Compare(a.Message, b.Message))
	})}
}

// err says that statements would be refused.
func (t *tally) err() error {
	refused := int64(0)
	for _, v := range t.fates {
		if v.Fate == fateRefused {
			refused += v.Statements
		}
	}
	if refused == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d statements would be refused", refused, t.count)
}

func printFates(t *table, v *statementsView) {
	t.row(fmt.Sprintf("\n%s, read as %s", counted(int(v.Statements), "statement"), v.Format))
	if v.Statements == 0 {
		return
	}
	calls := slices.ContainsFunc(v.Fates, func(f *fateView) bool { return f.Calls > 0 })
	head := []string{"STATEMENTS", "FATE", "CODE", "REASON"}
	if calls {
		head = slices.Insert(head, 1, "CALLS")
	}
	t.row(head...)
	for _, f := range v.Fates {
		row := []string{fmt.Sprint(f.Statements), f.Fate, dash(f.SQLState), dash(f.Message)}
		if calls {
			row = slices.Insert(row, 1, fmt.Sprint(f.Calls))
		}
		t.row(row...)
	}
	for _, f := range v.Fates {
		t.row("\n" + strings.TrimRight(fmt.Sprintf("%s: %s %s", f.Fate, f.SQLState, f.Message), ": "))
		for _, line := range []struct{ name, text string }{{"detail", f.Detail}, {"hint", f.Hint}, {"example", f.Example}} {
			if line.text != "" {
				t.row("  " + line.name + ": " + line.text)
			}
		}
	}
}
