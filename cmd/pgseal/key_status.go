package main

import (
	"context"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/admin"
)

// keyView is how a tenant's key stands: by the store's records, and in each live proxy.
type keyView struct {
	Tenant        admin.Tenant `json:"tenant"`
	State         string       `json:"state"`                    // the worst that a live proxy reports, locked, or unused
	ReadableUntil *time.Time   `json:"readable_until,omitempty"` // by the database's clock: no proxy, heard of or not, uses the key longer unless the key service says yes again
	Drill         *drillView   `json:"drill,omitempty"`          // that is under way
	Proxies       []proxyView  `json:"proxies"`

	Rotation   *kmsMaterialView `json:"rotation,omitempty"`     // what the KMS last said; nil where it was never asked
	NewDataKey *dueView         `json:"new_data_key,omitempty"` // that one is due; nil where it is not
}

type proxyView struct {
	Name          string     `json:"name"`
	State         string     `json:"state"`
	Code          string     `json:"code,omitempty"`
	Since         *time.Time `json:"since,omitempty"`
	ReadableUntil *time.Time `json:"readable_until,omitempty"`
	Silent        *time.Time `json:"silent_since,omitempty"` // not live any more, but what it held may not be over
	Drill         *time.Time `json:"drill_until,omitempty"`  // the state is a drill's
}

// stateUnused: no proxy that is live holds the key, or has asked for it lately.
const stateUnused = "unused"

// drillView is a drill that is under way.
type drillView struct {
	Until   time.Time `json:"until"`
	Ordered time.Time `json:"ordered"`
	By      string    `json:"ordered_by"`
	Proxies []string  `json:"proxies"` // empty: all
}

func keyStatus(c *cli.Context) error {
	return withTenant(c, func(ctx context.Context, s *site, t *pgstore.Tenant) error {
		v, err := s.keyView(ctx, t)
		if err != nil {
			return forPeople(err)
		}
		return output(c, v, func(out *table) {
			out.pair("tenant", v.Tenant.Name)
			out.pair("state", v.State)
			if v.Tenant.Locked {
				out.pair("locked", "since "+v.Tenant.LockedSince.Format(time.RFC3339)+" by "+v.Tenant.LockedBy)
			}
			if d := v.Drill; d != nil {
				out.pair("DRILL", "until "+d.Until.Format(time.RFC3339)+", ordered by "+d.By+", in "+scopeWords(d.Proxies)+": nobody has withdrawn the key")
			}
			out.pair("readable until", timeOf(v.ReadableUntil))
			out.pair("cache time", v.Tenant.CacheTime)
			v.Rotation.print(out, t.Name)
			out.pair("data key", "made on "+t.KeySince.Format(time.RFC3339))
			v.NewDataKey.print(out, t.Name)
			for _, p := range v.Proxies {
				state := p.State
				if p.Silent != nil {
					state = "silent since " + timeOf(p.Silent)
				}
				out.row("proxy "+p.Name, state, dash(p.Code), "since "+dash(timeOf(p.Since)), "until "+dash(timeOf(p.ReadableUntil)), drillWords(p.Drill))
			}
		})
	})
}

// keyView is how a tenant's key stands, by the store's records and what the proxies have registered.
func (s *site) keyView(ctx context.Context, t *pgstore.Tenant) (v keyView, err error) {
	proxies, err := s.store.Proxies(ctx)
	if err != nil {
		return v, err
	}
	until, err := s.store.HeldUntil(ctx, t.ID)
	if err != nil {
		return v, err
	}
	v = statusOf(t, proxies, until)
	if v.Rotation, err = s.materialView(ctx, t); err != nil {
		return v, err
	}
	v.NewDataKey, err = s.dueView(ctx, t)
	return v, err
}

// statusOf puts together what the proxies have registered. One that is not live any more says nothing about the state, but its process may still have the key in
// memory. until is when the key may be used at the latest, by the register of holds. Where that has nothing, because it was lost with the schema or somebody
// has taken its rows away, what the proxies' own records say counts.
func statusOf(t *pgstore.Tenant, proxies []pgstore.Proxy, until time.Time) keyView {
	v := keyView{Tenant: viewOf(t), State: stateUnused, Proxies: []proxyView{}}
	var reported time.Time
	for _, p := range proxies {
		now := p.Heartbeat.Add(p.Age)
		for _, k := range p.Keys {
			held := k.ReadableUntil != nil && k.ReadableUntil.After(now)
			if k.Tenant != t.Name || !p.Live() && !held {
				continue
			}
			view := proxyView{Name: p.Name, State: keyStateOf(k), Code: k.Code, Since: k.Since, ReadableUntil: k.ReadableUntil, Drill: k.DrillUntil}
			if !p.Live() {
				view.Silent = &p.Heartbeat
			} else if v.State == stateUnused || k.Code != "" {
				v.State = view.State
			}
			v.Proxies = append(v.Proxies, view)
			if held && k.ReadableUntil.After(reported) {
				reported = *k.ReadableUntil
			}
		}
	}
	if until.IsZero() {
		until = reported
	}
	if !until.IsZero() {
		v.ReadableUntil = &until
	}
	if t.Left(t.ReadAt) > 0 {
		v.Drill = &drillView{t.Drill.Until, t.Drill.Ordered, t.Drill.By, append([]string{}, t.Drill.Proxies...)}
	}
	if t.Locked {
		v.State = "locked"
	}
	if t.Retired {
		v.State = "retired"
	}
	return v
}

// keyStateOf is how a proxy reports a key; one that it does not hold and that nobody has asked for lately is unused there.
func keyStateOf(k pgstore.KeyReport) string {
	if k.State == keysource.StateUnknown.String() {
		return stateUnused
	}
	return k.State
}

func scopeWords(proxies []string) string {
	if len(proxies) == 0 {
		return "all proxies"
	}
	return strings.Join(proxies, ", ")
}

func drillWords(until *time.Time) string {
	if until == nil {
		return ""
	}
	return "DRILL until " + until.Format(time.RFC3339)
}

func timeOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.RFC3339)
}
