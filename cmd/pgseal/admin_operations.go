package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
)

// operations are what the admin page and the API read and do: with the functions that the commands use, on the stores of the running proxy.
type operations struct {
	sites     map[string]*liveSite
	overviews map[string]*overview // by database
	now       func() time.Time
	log       *slog.Logger
	reads     *readTurns
	probes    *asked[*admin.Probe]
	checks    *asked[*admin.Check]
	rotations *rotations
}

func newOperations(sites []*liveSite, log *slog.Logger) *operations {
	o := &operations{sites: make(map[string]*liveSite), overviews: make(map[string]*overview), now: time.Now, log: log, reads: newReadTurns()}
	o.probes, o.checks, o.rotations = newAsked[*admin.Probe](o.now), newAsked[*admin.Check](o.now), newRotations(o.now)
	for _, s := range sites {
		o.sites[s.name], o.overviews[s.name] = s, o.newOverview(s)
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
	return s, t, o.hidden(err)
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
