package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource/pgstore"
)

func keyProposalsCommand() *cli.Command {
	return &cli.Command{
		Name: "proposals", Usage: "what operators have proposed on the admin page and officers have not decided yet",
		Description: `Lists what waits, of every tenant or of one. --withdraw takes one back in the name of whoever proposed it; the event says who has
given the command. An officer of the tenant approves or rejects on the page (docs/admin-access.md).`,
		Flags: []cli.Flag{&cli.StringFlag{Name: "tenant", Usage: "only the proposals of `NAME`"},
			&cli.StringFlag{Name: "withdraw", Usage: "take back the proposal that is listed with `ID`; nothing is changed of the tenant's key"}, databaseFlag(), configFlag(), jsonFlag()},
		Action: keyProposals,
	}
}

// proposedView is a proposal that waits.
type proposedView struct {
	ID         string    `json:"id"`
	Tenant     string    `json:"tenant"`
	Kind       string    `json:"kind"`
	Wanted     string    `json:"wanted"`
	ProposedBy string    `json:"proposed_by"`
	ProposedAt time.Time `json:"proposed_at"`
	Until      time.Time `json:"until"`
}

func proposedViewOf(p *pgstore.Proposal) proposedView {
	return proposedView{ID: proposalName(p.ID), Tenant: p.Name, Kind: string(actionOf(p.Kind)), Wanted: p.Words(), ProposedBy: p.Actor, ProposedAt: p.Proposed, Until: p.Expires}
}

func proposalName(id [16]byte) string { return hex.EncodeToString(id[:]) }

// proposalID is the inverse of proposalName.
func proposalID(name string) (id [16]byte, ok bool) {
	n, err := hex.Decode(id[:], []byte(name[:min(len(name), 2*len(id))]))
	return id, err == nil && n == len(id) && len(name) == 2*len(id)
}

func keyProposals(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if c.IsSet("withdraw") {
		return withdrawProposal(c)
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		if name := c.String("tenant"); name != "" {
			if _, err := s.store.LookUp(ctx, name); err != nil {
				return forPeople(err)
			}
		}
		all, err := s.store.Proposals(ctx, c.String("tenant"))
		if err != nil {
			return forPeople(err)
		}
		views := []proposedView{}
		for i := range all {
			if all[i].Standing(time.Now()) == pgstore.ProposalOpen {
				views = append(views, proposedViewOf(&all[i]))
			}
		}
		return output(c, views, func(out *table) {
			out.row("ID", "TENANT", "WANTED", "PROPOSED", "BY", "UNTIL")
			for _, v := range views {
				out.row(v.ID, v.Tenant, v.Wanted, v.ProposedAt.Format(time.RFC3339), v.ProposedBy, v.Until.Format(time.RFC3339))
			}
		})
	})
}

func withdrawProposal(c *cli.Context) error {
	name := c.String("withdraw")
	if c.IsSet("tenant") {
		return usagef(c, "--withdraw is about one proposal, whatever its tenant")
	}
	id, ok := proposalID(name)
	if !ok {
		return usagef(c, "%q is no proposal's ID: pgseal key proposals lists those that wait", name)
	}
	return withStore(c, func(ctx context.Context, s *site) error {
		p, err := s.store.Proposal(ctx, id)
		if err == nil {
			p, err = s.withdraw(ctx, p, actor())
		}
		switch {
		case errors.Is(err, pgstore.ErrNoProposal), errors.Is(err, pgstore.ErrProposalSettled):
			return fmt.Errorf("%s; pgseal key proposals lists those that wait", whyNot(err))
		case err != nil:
			return forPeople(err)
		}
		v := proposedViewOf(p)
		return output(c, v, func(out *table) { out.row("taken back: " + v.Wanted + " for " + v.Tenant) })
	})
}

// withdraw takes a proposal back in the name of whoever made it.
func (s *site) withdraw(ctx context.Context, p *pgstore.Proposal, by string) (*pgstore.Proposal, error) {
	return s.store.Decide(ctx, p.ID, pgstore.Decision{By: p.Proposer, Actor: by})
}
