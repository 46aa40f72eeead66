package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"sync"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// columnKeeper joins the coordinator of column states, which talks to the store and to the other proxies, with the planner's catalogue.
type columnKeeper struct {
	coordinator *guard.Coordinator
	log         *slog.Logger

	mu     sync.Mutex
	hash   [32]byte      // of the policy that the coordinator has
	status *guard.Status // by the last tick that got through
	stale  bool          // status is of a former policy
	fresh  bool          // status differs from what was last planned by
	damage int64         // looks that found a sealed column's guard damaged, over all columns
}

func newColumnKeeper(s *site, pol *policy.Policy, ring *keysource.Keyring) (*columnKeeper, error) {
	columns, err := guardColumns(pol)
	if err != nil {
		return nil, err
	}
	return &columnKeeper{hash: pol.Hash(), log: s.log, coordinator: guard.New(guard.Options{
		Store: s.store, Policy: pol.Hash(), Columns: columns, Name: proxyName(),
		Keys:       func() []pgstore.KeyReport { return keyReports(ring) },
		Production: s.config.production(), Log: s.log,
	})}, nil
}

// proxyName is what this process is called in the registry of proxies.
func proxyName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	return fmt.Sprintf("%s:%d", host, os.Getpid())
}

func keyReports(ring *keysource.Keyring) []pgstore.KeyReport {
	statuses := ring.Statuses()
	reports := make([]pgstore.KeyReport, 0, len(statuses))
	for _, s := range statuses {
		reports = append(reports, pgstore.ReportStatus(s))
	}
	return reports
}

// guardColumns are the columns that a policy wants sealed.
func guardColumns(pol *policy.Policy) ([]guard.Column, error) {
	var all []guard.Column
	pol = pol.Enforced()
	for _, name := range pol.Names() {
		t := pol.Table(name)
		for _, column := range t.ColumnNames() {
			c := t.Columns[column]
			if !c.Mode.Sealed() {
				continue
			}
			g := guard.Column{Schema: name.Schema, Table: name.Name, Name: column, Mode: crypto.Randomized,
				Domain: c.Domain, Normalize: c.Normalize, Pad: c.Pad}
			if c.Mode == policy.Deterministic {
				g.Mode = crypto.Deterministic
			}
			if c.Type != "" {
				logical, err := policy.ParseType(c.Type)
				if err != nil {
					return nil, fmt.Errorf("%s: %s.%s: %w", c.Where, name, column, err)
				}
				g.Type = plan.ValueType(logical)
			}
			all = append(all, g)
		}
	}
	return all, nil
}

// tick renews the proxy's registration and moves the columns on.
func (k *columnKeeper) tick(ctx context.Context, pol *policy.Policy) error {
	if hash := pol.Hash(); hash != k.hash {
		columns, err := guardColumns(pol)
		if err != nil {
			return err
		}
		k.coordinator.SetPolicy(hash, columns)
		k.hash = hash
		k.renew()
	}
	status, err := k.coordinator.Tick(ctx)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.status != nil && k.status.Term != status.Term {
		k.log.Warn("this proxy was not heard of for so long that the others did not wait for it; protected tables are refused until it knows what they have done")
	}
	if k.status == nil || k.stale || !samePlanning(k.status, status) {
		k.fresh, k.stale = true, false
		k.report(status)
	}
	for i := range status.Columns {
		if status.Columns[i].Damage != "" {
			k.damage++
		}
	}
	k.status = status
	return nil
}

// renew has the planner's catalogue made anew, and so acknowledged, even where no column's state has changed.
func (k *columnKeeper) renew() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.stale = true
}

// report says once what keeps columns from being sealed.
func (k *columnKeeper) report(s *guard.Status) {
	if s.Stale != "" {
		k.log.Error("protected tables are refused", "reason", s.Stale)
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		switch {
		case c.Note != "" && c.Done():
			k.log.Info("column is sealed anew", "column", c.Column.String(), "reason", c.Note)
		case c.Note != "":
			k.log.Warn("column is not sealed yet", "column", c.Column.String(), "state", string(c.Called()), "reason", c.Note)
		}
	}
}

// samePlanning tells that statements are planned alike under both, and that what is acknowledged of the one holds for the other.
func samePlanning(a, b *guard.Status) bool {
	same := slices.EqualFunc(a.Columns, b.Columns, func(x, y guard.ColumnStatus) bool {
		return (x.Record == nil) == (y.Record == nil) && (x.Record == nil || x.Record.ID == y.Record.ID)
	})
	return same && a.Stale == b.Stale && a.Term == b.Term && reflect.DeepEqual(frozenColumns(a), frozenColumns(b)) && a.AcknowledgedAs(b)
}

// changed tells, once, that the planner's catalogue must be made anew.
func (k *columnKeeper) changed() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	fresh := k.fresh
	k.fresh = false
	return fresh
}

// damaged is how often a sealed column's guard was found damaged.
func (k *columnKeeper) damaged() int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.damage
}

// current is what the planner's catalogue is to be made by.
func (k *columnKeeper) current() *guard.Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.status
}

// inForce tells the other proxies that every statement of this one is planned by the status.
func (k *columnKeeper) inForce(s *guard.Status) { k.coordinator.Acknowledge(s) }

// silent says why this proxy must take itself for dead, or "".
func (k *columnKeeper) silent() string { return k.coordinator.Silent() }

func (k *columnKeeper) leave(ctx context.Context) error { return k.coordinator.Close(ctx) }

// frozenColumns is what the planner has to know of a status.
func frozenColumns(s *guard.Status) []plan.FrozenColumn {
	states := map[pgstore.ColumnState]plan.ColumnState{pgstore.ColumnPlain: plan.StatePlain, pgstore.ColumnReadable: plan.StateReadable,
		pgstore.ColumnUnsealing: plan.StateUnsealing, pgstore.ColumnSealing: plan.StateSealing, pgstore.ColumnSealed: plan.StateSealed}
	var all []plan.FrozenColumn
	for i := range s.Columns {
		r := s.Columns[i].Record
		if r == nil {
			continue
		}
		all = append(all, plan.FrozenColumn{Schema: r.Schema, Table: r.Table, Column: r.Name, Key: r.Key, Mode: r.Mode, NextMode: r.NextMode, Round: r.Round, Turned: r.Turned,
			State: states[r.State], Opening: s.Columns[i].OpensAtOnce(), Type: value.Type{OID: r.TypeOID, Typmod: r.Typmod}, Normalize: r.Normalize, Pad: r.Pad, Before: r.Before})
	}
	return all
}
