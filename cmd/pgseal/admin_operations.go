package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"slices"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// operations are what the admin page and the API read and do: with the functions that the commands use, on the stores of the running proxy.
type operations struct {
	sites map[string]*liveSite
	now   func() time.Time
	log   *slog.Logger
	reads *readTurns
}

func newOperations(sites []*liveSite, log *slog.Logger) *operations {
	o := &operations{sites: make(map[string]*liveSite), now: time.Now, log: log, reads: newReadTurns()}
	for _, s := range sites {
		o.sites[s.name] = s
	}
	return o
}

// site is a configured database.
func (o *operations) site(name string) (*liveSite, error) {
	if s := o.sites[name]; s != nil {
		return s, nil
	}
	return nil, admin.ErrUnknown
}

// tenant reads a tenant's record.
func (o *operations) tenant(ctx context.Context, ref admin.TenantRef) (*liveSite, *pgstore.Tenant, error) {
	s, err := o.site(ref.Database)
	if err != nil {
		return nil, nil, err
	}
	t, err := s.store.LookUp(ctx, ref.Name)
	return s, t, reply(err)
}

// Databases implements admin.Operations.
func (o *operations) Databases(ctx context.Context) ([]admin.Database, error) {
	all := []admin.Database{}
	for _, name := range slices.Sorted(maps.Keys(o.sites)) {
		d := admin.Database{Name: name, Tenants: []admin.TenantSummary{}}
		if err := o.summarise(ctx, o.sites[name], &d); err != nil {
			o.log.Error("a store cannot be read for the admin page", "database", name, "cause", err)
			d.Tenants, d.Problem = []admin.TenantSummary{}, discreet(reply(err)).Error()
		}
		all = append(all, d)
	}
	return all, nil
}

func (o *operations) summarise(ctx context.Context, s *liveSite, d *admin.Database) error {
	list, err := s.store.Tenants(ctx)
	if err != nil {
		return err
	}
	proxies, err := s.store.Proxies(ctx)
	if err != nil {
		return err
	}
	proposals, err := s.store.Proposals(ctx, "")
	if err != nil {
		return err
	}
	user, known := access.FromContext(ctx)
	for _, l := range list {
		if known && !user.Sees(access.Tenant(s.name, l.Name)) {
			continue // no work for it either: the time that it takes would tell how many there are
		}
		sum := admin.TenantSummary{Name: l.Name}
		if l.Err != nil {
			sum.State, sum.Problem = "unknown", reply(l.Err).Error()
			d.Tenants = append(d.Tenants, sum)
			continue
		}
		until, err := s.store.HeldUntil(ctx, l.Tenant.ID)
		if err != nil {
			return err
		}
		v := statusOf(l.Tenant, proxies, until)
		st := standingOf(l.Tenant, v)
		sum.Provider, sum.State, sum.Code, sum.ReadableUntil, sum.Drill = l.Tenant.Spec.Provider, st.State, st.Code, st.ReadableUntil, v.Drill != nil
		if m, err := s.materialView(ctx, l.Tenant); err == nil && m != nil {
			sum.Pending = m.Pending
		}
		for i := range proposals {
			if proposals[i].Name == l.Name && proposals[i].Standing(o.now()) == pgstore.ProposalOpen {
				sum.Proposals++
			}
		}
		d.Tenants = append(d.Tenants, sum)
	}
	return nil
}

// reply makes of an error what people and programs are told: *admin.Failure, or admin.ErrUnknown.
func reply(err error) error {
	var of *keysource.Error
	var failure *admin.Failure
	switch {
	case err == nil, errors.Is(err, admin.ErrUnknown), errors.As(err, &failure):
		return err
	case keysource.KindOf(err) == keysource.TenantUnknown, errors.Is(err, pgstore.ErrNoProposal):
		return admin.ErrUnknown
	case errors.Is(err, context.DeadlineExceeded):
		return &admin.Failure{Code: "timeout", Message: "there was no answer in time", Hints: []string{"Try again, or look into the log of the proxy."}, Cause: err}
	case errors.As(err, &of):
		f := &admin.Failure{Code: of.SQLState(), Message: of.UserMessage(), Cause: err}
		if hint := of.UserHint(); hint != "" {
			f.Hints = append(f.Hints, hint)
		}
		if missing := missingPermission(err); missing != "" {
			f.Hints = append(f.Hints, missing)
		}
		return f
	case errors.Is(err, pgstore.ErrConflict):
		return &admin.Failure{Code: "conflict", Message: "somebody else changed it in the same moment; nothing was changed here", Hints: []string{"Look at how it stands now, and do it again if it is still wanted."}, Cause: err}
	}
	return &admin.Failure{Code: "failed", Message: err.Error(), Cause: err}
}

// hidden is reply for an error of the database's, whose text is for the log.
func (o *operations) hidden(err error) error {
	if err == nil {
		return nil
	}
	t := reply(err)
	var failure *admin.Failure
	if errors.As(t, &failure) && failure.Code == "failed" {
		o.log.Error("an operation of the admin page failed", "cause", err)
	}
	return discreet(t)
}

// discreet keeps what the database, or the way to it, says from whoever asks: it names hosts, accounts and tables.
func discreet(err error) error {
	var ofServer *pgconn.PgError
	var ofWay *pgconn.ConnectError
	var ofNet net.Error
	var failure *admin.Failure
	if errors.As(err, &failure) && failure.Code == "failed" && (errors.As(failure.Cause, &ofServer) || errors.As(failure.Cause, &ofWay) || errors.As(failure.Cause, &ofNet)) {
		return &admin.Failure{Code: "store", Message: "the store could not be read or written", Hints: []string{"The log of the proxy says why."}, Cause: failure.Cause}
	}
	return err
}

// badInput is what somebody asked for and cannot be.
func badInput(format string, args ...any) error {
	return &admin.Failure{Code: admin.CodeInput, Message: fmt.Sprintf(format, args...)}
}
