package main

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
)

// standing tells who the tenant is, and how its key stands by the records and by what the proxies have registered.
func (r *reportView) standing(ctx context.Context, s *site, t *pgstore.Tenant, _ reportOptions) error {
	r.Tenant, r.DataKey = viewOf(t), dataKeyName(t.Current.Number)
	if arn, err := awskms.ParseKeyARN(t.Spec.KeyARN); err == nil {
		r.Region = arn.Region
	}
	proxies, err := s.store.Proxies(ctx)
	until, errUntil := s.store.HeldUntil(ctx, t.ID)
	err = errors.Join(err, errUntil)
	if keysource.KindOf(err) == keysource.KeyRecordInvalid {
		r.distrust(err)
		r.Standing = standingView{State: "unknown", Why: "a proxy's record does not verify, so that it cannot be said until when the key can be used", Proxies: []proxyView{}}
		return nil
	}
	if err != nil {
		return err
	}
	r.Standing = standingOf(t, statusOf(t, proxies, until))
	return nil
}

// standingOf says in words how a key stands.
func standingOf(t *pgstore.Tenant, v keyView) standingView {
	st := standingView{State: v.State, ReadableUntil: v.ReadableUntil, Proxies: v.Proxies}
	for _, p := range v.Proxies {
		if p.Silent == nil && p.State == v.State && (st.Since == nil || p.Since != nil && p.Since.After(*st.Since)) {
			st.Since, st.Code = p.Since, p.Code
		}
	}
	switch {
	case t.Retired:
		st.State, st.Why = "retired", "the tenant was retired: its key is not asked for any more"
	case t.Locked:
		st.Since, st.Code = &t.LockedSince, keysource.KeyLocked.Code()
		st.Why = "an operator of pgseal, " + t.LockedBy + ", has locked the tenant; it says nothing about the customer's key"
	case st.State == stateUnused:
		st.Why = "no proxy that serves now has asked for the key lately"
	case st.Code == "":
		st.Why = "the key service said yes when it was last asked"
	default:
		st.Why = whyOf(st.Code, t.Name)
	}
	return st
}

// whyOf is what an application reads with a code.
func whyOf(code, tenant string) string {
	for _, kind := range keysource.Kinds() {
		if kind.Code() == code {
			return (&keysource.Error{Kind: kind, Tenant: tenant}).UserMessage()
		}
	}
	return "the reason has the code " + code
}

// use adds up what the proxies have recorded, by day.
func (r *reportView) use(ctx context.Context, s *site, t *pgstore.Tenant, o reportOptions) error {
	rows, invalid, err := s.store.Usage(ctx, t.ID, o.since, o.until)
	if err != nil {
		return err
	}
	r.distrust(invalid...)
	r.Usage.Days = []usageDayView{}
	for _, u := range rows {
		day := u.Day.Format(time.DateOnly)
		n := len(r.Usage.Days)
		if n == 0 || r.Usage.Days[n-1].Day != day {
			r.Usage.Days = append(r.Usage.Days, usageDayView{Day: day})
			n++
		}
		r.Usage.Days[n-1].Proxies++
		r.Usage.Days[n-1].add(u)
		r.Usage.Total.add(u)
	}
	return nil
}

func (sum *usageSum) add(u pgstore.Usage) {
	sum.Sealed += u.Sealed
	sum.Opened += u.Opened
	sum.Fetched += u.Fetched
	sum.Failed += u.Failed
	sum.Refused += u.Refused
}

// toldChanges are the kinds of events that a report tells beside the key history and drills.
var toldChanges = map[string]bool{pgstore.EventLocked: true, pgstore.EventUnlocked: true, pgstore.EventCacheTime: true, pgstore.EventExported: true,
	pgstore.EventImported: true, pgstore.EventProviderChanged: true, pgstore.EventTenantRetired: true, pgstore.EventTenantRestored: true}

// past tells the key history, drills and changes.
func (r *reportView) past(ctx context.Context, s *site, t *pgstore.Tenant, o reportOptions) error {
	entries, problems, err := s.store.HistoryAsFound(ctx, t.Name)
	if err != nil {
		return err
	}
	r.distrust(problems...)
	r.History, r.Drills, r.Changes = historyOf(t, entries), []heldDrillView{}, []admin.Event{}
	kinds := append(slices.Sorted(maps.Keys(toldChanges)), pgstore.EventDrill)
	events, err := s.store.Events(ctx, pgstore.EventFilter{Tenant: t.Name, Kinds: kinds, Since: o.since, Until: o.end()})
	if keysource.KindOf(err) == keysource.KeyRecordInvalid {
		r.distrust(err)
		return nil
	}
	for _, e := range events {
		if e.Kind == pgstore.EventDrill {
			r.Drills = append(r.Drills, heldDrillOf(e))
		} else {
			r.Changes = append(r.Changes, eventViewOf(e))
		}
	}
	return err
}

// heldDrillProxy is what was measured in one proxy, in milliseconds; nil is never.
type heldDrillProxy struct {
	Name         string `json:"proxy"`
	State        string `json:"state"`
	LastValue    *int64 `json:"last_value_ms"`    // since the order; less than 0: before it
	FirstRefusal *int64 `json:"first_refusal_ms"` // since the order
	FirstValue   *int64 `json:"first_value_ms"`   // since the end
}

// heldDrillOf reads the report that the event holds.
func heldDrillOf(e pgstore.Event) heldDrillView {
	v := heldDrillView{At: e.At, By: e.Actor}
	var report struct {
		Ordered time.Time        `json:"ordered"`
		Ended   time.Time        `json:"ended"`
		BoundMS int64            `json:"bound_ms"`
		Passed  *bool            `json:"passed"`
		Proxies []heldDrillProxy `json:"proxies"`
	}
	if err := json.Unmarshal([]byte(e.Detail), &report); err != nil || report.Passed == nil {
		v.Text = e.Detail
		return v
	}
	v.Passed, v.BoundMS, v.Proxies, v.Took = report.Passed, report.BoundMS, report.Proxies, report.Ended.Sub(report.Ordered).Round(time.Second).String()
	return v
}
