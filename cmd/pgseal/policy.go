package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/plan"
)

func policyCommand() *cli.Command {
	return &cli.Command{
		Name:  "policy",
		Usage: "check and show the column policy",
		Subcommands: []*cli.Command{
			{
				Name: "check", Usage: "hold the policy against the live database", Flags: append(statementFlags(), databaseFlag(), configFlag(), jsonFlag()), Action: policyCheck,
				Description: `Names everything in the database that would go silently wrong over sealed values (errors), and everything that will be
refused or looks like a mistake (warnings), and says of each view over a protected table what can be done with it. Exits 1 if there is an error.

With --statements it tells, too, which of the statements in a file would be refused once every listed column is sealed, and why.
Nothing is executed. The file holds SQL, each statement ending in a semicolon; or CSV or JSON with a column "query", such as
pg_stat_statements gives (and "calls", if it has it); or a log of the server in English with log_statement = all. Literals are
not shown. Exits 1 if a statement would be refused; statements that concern columns in state observe alone do not count.`,
			},
			{Name: "show", Usage: "show the policy as it was understood", Flags: []cli.Flag{databaseFlag(), configFlag(), jsonFlag()}, Action: policyShow},
			{
				Name: "schema", Usage: "print the JSON Schema of the policy file, for editors",
				Action: func(c *cli.Context) error {
					_, err := c.App.Writer.Write(policy.Schema())
					return err
				},
			},
		},
	}
}

// problemView is a policy.Problem as commands print it.
type problemView struct {
	Severity string `json:"severity"`
	Where    string `json:"where,omitempty"`
	Table    string `json:"table,omitempty"`
	Column   string `json:"column,omitempty"`
	Object   string `json:"object,omitempty"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

func policyCheck(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	s, err := siteOf(c)
	if err != nil {
		return err
	}
	if c.String("statements") != "" {
		return policyCheckStatements(c, s)
	}
	problems, err := s.check(c.Context)
	if err != nil {
		return err
	}
	views := problemsOf(problems)
	if err := output(c, views, func(t *table) { printProblems(t, problems) }); err != nil {
		return err
	}
	if policy.HasErrors(problems) {
		return errUnfit
	}
	return nil
}

var errUnfit = errors.New("the policy does not fit the database")

func problemsOf(problems []policy.Problem) []problemView {
	views := make([]problemView, 0, len(problems))
	for _, p := range problems {
		views = append(views, problemOf(p))
	}
	return views
}

func printProblems(t *table, problems []policy.Problem) {
	for _, p := range problems {
		t.row(p.String())
	}
	if len(problems) > 0 {
		t.row("docs/policies.md, docs/types.md, docs/sql.md and docs/views-and-migrations.md say what goes with sealed columns")
	}
	if !slices.ContainsFunc(problems, func(p policy.Problem) bool { return p.Severity != policy.SeverityNote }) {
		t.row("the policy fits the database")
	}
}

func problemOf(p policy.Problem) problemView {
	v := problemView{Severity: string(p.Severity), Column: p.Column, Object: p.Object, Message: p.Message, Hint: p.Hint}
	if p.Where != (policy.Position{}) {
		v.Where = p.Where.String()
	}
	if p.Table != (policy.TableName{}) {
		v.Table = p.Table.String()
	}
	return v
}

// check holds the site's policy against its live database.
func (s *site) check(ctx context.Context) ([]policy.Problem, error) {
	pol, conn, err := s.policyAndDatabase(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return plan.Problems(ctx, conn, pol)
}

// policyAndDatabase reads the policy and connects to the database that it is about, which need not have a store. The caller closes the connection.
func (s *site) policyAndDatabase(ctx context.Context) (*policy.Policy, *pgx.Conn, error) {
	pol, err := s.policy()
	if err != nil {
		return nil, nil, err
	}
	conn, err := pgstore.Connect(ctx, s.control())
	if err != nil {
		return nil, nil, s.controlError(err)
	}
	return pol, conn, nil
}

// columnView is a column of the policy as commands print it.
type columnView struct {
	Table       string   `json:"table"`
	Column      string   `json:"column,omitempty"`
	Mode        string   `json:"mode,omitempty"`
	Type        string   `json:"type,omitempty"`
	Normalize   []string `json:"normalize,omitempty"`
	Domain      string   `json:"domain,omitempty"`
	Pad         int      `json:"pad,omitempty"`
	RequiresKey string   `json:"requires_key,omitempty"`
	State       string   `json:"state,omitempty"`
}

func policyShow(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	s, err := siteOf(c)
	if err != nil {
		return err
	}
	pol, err := s.policy()
	if err != nil {
		return err
	}
	views := []columnView{}
	for _, name := range pol.Names() {
		t := pol.Table(name)
		if t.RequiresKey.Any() {
			views = append(views, columnView{Table: name.String(), RequiresKey: t.RequiresKey.String()})
		}
		for _, column := range t.ColumnNames() {
			col := t.Columns[column]
			v := columnView{Table: name.String(), Column: column, Mode: string(col.Mode), Type: col.Type, Normalize: col.Normalize,
				Domain: col.Domain, Pad: col.Pad, State: string(col.State)}
			if col.RequiresKey.Any() {
				v.RequiresKey = col.RequiresKey.String()
			}
			views = append(views, v)
		}
	}
	return output(c, views, func(t *table) {
		t.row("TABLE", "COLUMN", "MODE", "TYPE", "NORMALIZE", "DOMAIN", "REQUIRES KEY", "STATE")
		for _, v := range views {
			t.row(v.Table, dash(v.Column), dash(v.Mode), dash(v.Type), dash(strings.Join(v.Normalize, ", ")), dash(v.Domain), dash(v.RequiresKey), dash(v.State))
		}
	})
}
