package main

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
	"github.com/legatics/pgseal/proxy/admin/access"
)

// Key implements admin.Operations.
func (o *operations) Key(ctx context.Context, ref admin.TenantRef) (*admin.Key, error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	k, err := s.adminKey(ctx, t)
	return k, o.hidden(err)
}

func (s *site) adminKey(ctx context.Context, t *pgstore.Tenant) (*admin.Key, error) {
	v, err := s.keyView(ctx, t)
	if err != nil {
		return nil, err
	}
	st := standingOf(t, v)
	k := &admin.Key{Tenant: v.Tenant, State: st.State, Code: st.Code, Since: st.Since, Why: st.Why, ReadableUntil: v.ReadableUntil, Proxies: []admin.KeyProxy{},
		Rotation: (*admin.Material)(v.Rotation), NewDataKey: (*admin.Due)(v.NewDataKey), Drill: (*admin.Drill)(v.Drill)}
	for _, p := range v.Proxies {
		k.Proxies = append(k.Proxies, admin.KeyProxy(p))
	}
	entries, _, err := s.store.HistoryAsFound(ctx, t.Name)
	if err != nil {
		return nil, err
	}
	if n := len(entries); n > 0 {
		k.Rotated = &entries[n-1].At
	}
	return k, nil
}

// History implements admin.Operations.
func (o *operations) History(ctx context.Context, ref admin.TenantRef) (*admin.History, error) {
	r, err := o.reported(ctx, ref, "", "", countNone)
	if err != nil {
		return nil, err
	}
	return &admin.History{Entries: historyEntries(r.History), MasterKeys: masterKeyUses(r.MasterKeys), Problems: r.Problems}, nil
}

func historyEntries(views []historyView) []admin.HistoryEntry {
	all := make([]admin.HistoryEntry, len(views))
	for i, v := range views {
		all[i] = admin.HistoryEntry(v)
	}
	return all
}

func masterKeyUses(views []masterKeyView) []admin.MasterKeyUse {
	all := make([]admin.MasterKeyUse, len(views))
	for i, v := range views {
		all[i] = admin.MasterKeyUse{Provider: v.Provider, Key: v.Key, DataKeys: v.DataKeys, Others: v.Others, MayDelete: v.MayDelete, Reasons: v.Reasons}
		for _, b := range v.Backups {
			all[i].Backups = append(all[i].Backups, b.Name)
		}
	}
	return all
}

// reported is the report of a period of days; no day is the last 30.
func (o *operations) reported(ctx context.Context, ref admin.TenantRef, since, until, count string) (*reportView, error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	now := o.now().UTC()
	options := reportOptions{now: now, until: now.Truncate(24 * time.Hour), count: count, countTime: 10 * time.Second}
	if u, ok := access.FromContext(ctx); ok && u.Role == access.Officer {
		options.alone = true
	}
	if until != "" {
		if options.until, err = time.Parse(time.DateOnly, until); err != nil {
			return nil, badInput("until is a day, 2026-01-31 for instance")
		}
	}
	options.since = options.until.AddDate(0, 0, -29)
	if since != "" {
		if options.since, err = time.Parse(time.DateOnly, since); err != nil {
			return nil, badInput("since is a day, 2026-01-31 for instance")
		}
	}
	if options.since.After(options.until) {
		return nil, badInput("the period ends before it begins")
	}
	end, err := o.reads.begin(ctx, false)
	if err != nil {
		return nil, err
	}
	defer end()
	r, err := steadyReport(ctx, s.site, t, options)
	return r, o.hidden(err)
}

// Usage implements admin.Operations.
func (o *operations) Usage(ctx context.Context, ref admin.TenantRef, since, until string) (*admin.Usage, error) {
	r, err := o.reported(ctx, ref, since, until, countNone)
	if err != nil {
		return nil, err
	}
	u := adminUsage(r)
	return &u, nil
}

func adminUsage(r *reportView) admin.Usage {
	u := admin.Usage{Since: r.Since, Until: r.Until, Days: []admin.UsageDay{}, Total: admin.UsageSum(r.Usage.Total)}
	for _, d := range r.Usage.Days {
		u.Days = append(u.Days, admin.UsageDay{Day: d.Day, UsageSum: admin.UsageSum(d.usageSum), Proxies: d.Proxies})
	}
	return u
}

// Report implements admin.Operations.
func (o *operations) Report(ctx context.Context, ref admin.TenantRef, since, until string) (*admin.Report, error) {
	k, err := o.Key(ctx, ref)
	if err != nil {
		return nil, err
	}
	r, err := o.reported(ctx, ref, since, until, countSample)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	t := newTable(&text)
	r.print(t)
	if err := t.w.Flush(); err != nil {
		return nil, err
	}
	out := &admin.Report{Made: r.Made, Version: r.Version, Database: r.Database, Since: r.Since, Until: r.Until, Key: *k, Usage: adminUsage(r), Changes: []admin.Event{}, Text: text.String(),
		History: admin.History{Entries: historyEntries(r.History), MasterKeys: masterKeyUses(r.MasterKeys), Problems: r.Problems}}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, admin.Event(c))
	}
	return out, nil
}

// mostEvents bounds one answer.
const mostEvents = 1000

// Events implements admin.Operations.
func (o *operations) Events(ctx context.Context, q admin.EventQuery) (*admin.Events, error) {
	s, filter, err := o.wanted(ctx, q)
	if err != nil {
		return nil, err
	}
	if filter.Limit < 1 || filter.Limit > mostEvents {
		filter.Limit = defaultEvents
	}
	most := filter.Limit
	filter.Limit++
	end, err := o.reads.begin(ctx, false)
	if err != nil {
		return nil, err
	}
	defer end()
	events, err := s.store.Events(ctx, filter)
	if err != nil {
		return nil, o.hidden(err)
	}
	out := &admin.Events{Events: []admin.Event{}, More: len(events) > most, Kinds: pgstore.EventKinds()}
	for _, e := range events[:min(most, len(events))] {
		out.Events = append(out.Events, eventViewOf(e))
	}
	return out, nil
}

func (o *operations) wanted(ctx context.Context, q admin.EventQuery) (*liveSite, pgstore.EventFilter, error) {
	filter := pgstore.EventFilter{Tenant: q.Name, Limit: q.Limit}
	s, _, err := o.tenant(ctx, q.TenantRef)
	if err != nil {
		return nil, filter, err
	}
	if q.Kind != "" {
		if !slices.Contains(pgstore.EventKinds(), q.Kind) {
			return nil, filter, badInput("there are no events of the kind %q", q.Kind)
		}
		filter.Kinds = []string{q.Kind}
	}
	if err := within(&filter, q.Since, q.Until); err != nil {
		return nil, filter, badInput("%s", strings.TrimPrefix(err.Error(), "--"))
	}
	return s, filter, nil
}

// WriteEvents implements admin.Operations.
func (o *operations) WriteEvents(ctx context.Context, w io.Writer, q admin.EventQuery, format string) error {
	s, filter, err := o.wanted(ctx, q)
	if err != nil {
		return err
	}
	end, err := o.reads.begin(ctx, true)
	if err != nil {
		return err
	}
	defer end()
	each := func(f func(pgstore.Event) error) error { return s.store.EachEvent(ctx, filter, f) }
	if format == "json" {
		return o.hidden(writeEventsJSON(w, each))
	}
	return o.hidden(writeEventsCSV(w, each))
}

// Onboarding implements admin.Operations.
func (o *operations) Onboarding(ctx context.Context, q admin.OnboardingQuery) (*admin.Onboarding, error) {
	s, err := o.site(q.Database)
	if err != nil {
		return nil, err
	}
	out := &admin.Onboarding{Principal: q.Principal, Region: q.Region, Format: q.Format, Formats: []string{"text", "policy", "grant", "terraform", "cloudformation"}}
	if out.Format == "" {
		out.Format = "text"
	}
	if err := checkSheet(q.Name, q.Principal, out.Region, out.Format); err != nil {
		return nil, badInput("%v", err)
	}
	var text strings.Builder
	if err := s.writeOnboarding(ctx, &text, q.Name, q.Principal, out.Region, out.Format); err != nil {
		return nil, o.hidden(err)
	}
	out.Text = text.String()
	return out, nil
}

// Check implements admin.Operations.
func (o *operations) Check(ctx context.Context, ref admin.TenantRef) (*admin.Check, error) {
	s, t, err := o.tenant(ctx, ref)
	if err != nil {
		return nil, err
	}
	wrapper, err := s.wrapper(t.Spec.Provider)
	if err != nil {
		return nil, reply(err)
	}
	driver, ok := wrapper.(*awskms.Wrapper)
	if !ok {
		return nil, badInput("the key of %q is of the provider %s: only %s has permissions", t.Name, t.Spec.Provider, keysource.ProviderAWS)
	}
	return o.checks.get(ctx, ref, func(ctx context.Context) (*admin.Check, error) {
		return checked(driver.Check(ctx, t.Spec, t.Current.Wrapped)), nil
	})
}

func checked(found []awskms.Finding) *admin.Check {
	views, failed := findingsOf(found)
	out := &admin.Check{OK: failed == nil, Findings: []admin.Finding{}}
	if failed != nil {
		out.Problem = failed.Error()
	}
	for _, v := range views {
		out.Findings = append(out.Findings, admin.Finding{What: v.What, For: v.For, Principal: v.Principal, OK: v.OK, Unknown: v.Unknown, Needed: v.Needed, Code: v.Code,
			Reason: v.Reason, Note: v.Note, TookMS: v.TookMS})
	}
	return out
}
