package main

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// proofView is what verifying the event log has found out.
type proofView struct {
	Whole        bool            `json:"whole"`
	Events       int64           `json:"events"`
	OfTenant     *int64          `json:"events_of_tenant,omitempty"`
	Writers      int             `json:"writers"`
	From         *time.Time      `json:"from,omitempty"`
	To           *time.Time      `json:"to,omitempty"`
	Forgotten    []forgetting    `json:"forgotten"`
	Restored     []restoringView `json:"restored"`
	Problems     []string        `json:"problems"`
	MoreProblems int             `json:"more_problems,omitempty"`
}

type forgetting struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Detail string    `json:"detail"`
}

type restoringView struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

func proofViewOf(p *pgstore.EventProof, tenant string) proofView {
	v := proofView{Whole: p.Err() == nil, Events: p.Events, Writers: p.Writers, Forgotten: []forgetting{}, Restored: []restoringView{}, Problems: []string{},
		MoreProblems: p.More}
	if tenant != "" {
		v.OfTenant = &p.OfTenant
	}
	if p.Events > 0 {
		from, to := p.From.UTC(), p.To.UTC()
		v.From, v.To = &from, &to
	}
	for _, f := range p.Forgotten {
		v.Forgotten = append(v.Forgotten, forgetting{f.At.UTC(), f.Actor, f.Detail})
	}
	for _, r := range p.Restored {
		v.Restored = append(v.Restored, restoringView{r.At.UTC(), r.Actor})
	}
	for _, problem := range p.Problems {
		v.Problems = append(v.Problems, problem.String())
	}
	return v
}

func verifyEvents(c *cli.Context, tenant string) error {
	if c.IsSet("since") || c.IsSet("until") || c.IsSet("limit") || c.String("format") == "csv" {
		return usagef(c, "--verify is about the whole log: without --since, --until, --limit and --format csv")
	}
	var noted []pgstore.NotedHead
	for _, text := range c.StringSlice("head") {
		head, err := pgstore.ParseHead(text)
		if err != nil {
			return usagef(c, "--head %q is not WRITER:NUMBER:HASH, as the proxy's log has it", text)
		}
		noted = append(noted, head)
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		proof, err := s.store.VerifyEvents(ctx, tenant, noted)
		if err != nil {
			return forPeople(err)
		}
		if c.String("format") == "json" {
			if err := c.Set("json", "true"); err != nil {
				return err
			}
		}
		v := proofViewOf(proof, tenant)
		if err := output(c, v, func(t *table) { printProof(t, v, tenant, len(noted)) }); err != nil {
			return err
		}
		if !v.Whole {
			return fmt.Errorf("the event log of database %s is not as it was written: %s", s.name, counted(len(v.Problems)+v.MoreProblems, "problem"))
		}
		return nil
	})
}

func printProof(t *table, v proofView, tenant string, noted int) {
	for _, p := range v.Problems {
		t.row(p)
	}
	if v.MoreProblems > 0 {
		t.row("and " + counted(v.MoreProblems, "more problem"))
	}
	word := "proved"
	if !v.Whole {
		word = "verified by themselves"
	}
	text := fmt.Sprintf("%s: %d events of %d writers", word, v.Events, v.Writers)
	if v.From != nil {
		text += fmt.Sprintf(", from %s to %s", v.From.Format(time.RFC3339), v.To.Format(time.RFC3339))
	}
	t.row(text)
	if v.OfTenant != nil {
		t.row(fmt.Sprintf("%d of them are about tenant %s", *v.OfTenant, tenant))
	}
	if noted > 0 && v.Whole {
		t.row(fmt.Sprintf("the %d heads given are in it", noted))
	}
	for _, f := range v.Forgotten {
		t.row(fmt.Sprintf("deleted by retention on %s by %s: %s", f.At.Format(time.RFC3339), f.By, f.Detail))
	}
	for _, r := range v.Restored {
		t.row(fmt.Sprintf("a restore was accepted on %s by %s: what came after the time that was restored may be missing", r.At.Format(time.RFC3339), r.By))
	}
}
