package main

import (
	"context"
	"slices"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/guard"
)

// Columns implements admin.Operations.
func (o *operations) Columns(ctx context.Context, database string) (*admin.Columns, error) {
	s, err := o.site(database)
	if err != nil {
		return nil, err
	}
	columns, work, err := s.columnsAndWork(ctx, s.inForce.Load())
	if err != nil {
		return nil, o.hidden(err)
	}
	out := &admin.Columns{Database: database, Columns: []admin.Column{}}
	for i := range columns {
		v := bulkViewOf(&columns[i], work[i])
		c := admin.Column{Column: v.Column, Mode: columns[i].Mode.String(), State: v.State, Note: v.Note, Next: v.Next}
		if w := v.Work; w != nil {
			c.Work = &admin.Work{Kind: w.Kind, Status: w.Status, Reason: w.Reason, Phase: w.Phase, Pass: w.Pass, Total: w.Total, Seen: w.Seen, Written: w.Written, Started: w.Started,
				Finished: w.Finished, Actor: w.Actor}
		}
		out.Columns = append(out.Columns, c)
	}
	return out, nil
}

// ColumnWork implements admin.Operations. Who it was is in the proxy's log: the record of the work says by whom it was ordered.
func (o *operations) ColumnWork(ctx context.Context, by admin.Actor, database, column, what string) error {
	s, err := o.site(database)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"pause", "resume", "cancel"}, what) {
		return badInput("%q is not pause, resume or cancel", what)
	}
	c, err := s.work.find(ctx, func(c *guard.ColumnStatus) bool { return c.Record != nil && c.Column.String() == column })
	if err != nil {
		return o.hidden(err)
	}
	if c == nil {
		return admin.ErrUnknown
	}
	o.log.Info("work on a column", "database", database, "column", column, "order", what, "actor", string(by))
	if _, err := s.work.control(ctx, what, c); err != nil {
		failure := &admin.Failure{Code: "failed", Message: err.Error(), Cause: err}
		if said := discreet(failure); said != error(failure) { // the database's
			o.log.Error("work on a column could not be changed", "database", database, "column", column, "cause", err)
			return said
		}
		failure.Code = "conflict"
		return failure
	}
	return nil
}

// Proxies implements admin.Operations.
func (o *operations) Proxies(ctx context.Context, database string) (*admin.Proxies, error) {
	s, err := o.site(database)
	if err != nil {
		return nil, err
	}
	all, err := s.store.Proxies(ctx)
	if err != nil {
		return nil, o.hidden(err)
	}
	mine := pgstore.PolicyHash(s.inForce.Load().Hash())
	out := &admin.Proxies{Database: database, Policy: mine.String(), Proxies: []admin.Proxy{}}
	for i := range all {
		p := &all[i]
		v := admin.Proxy{Name: p.Name, Live: p.Live(), Heartbeat: p.Heartbeat, Policy: p.Policy.String(), Same: p.Policy == mine}
		for _, k := range p.Keys {
			if k.ReadableUntil != nil {
				v.Keys++
			}
		}
		if v.Live && !v.Same {
			out.Drift = "not every live proxy has this policy: columns do not change their state until they agree"
		}
		out.Proxies = append(out.Proxies, v)
	}
	return out, nil
}
