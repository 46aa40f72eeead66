package pgstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// Kinds of the events of a drill.
const (
	EventDrillBegun = "drill begun"
	EventDrillEnded = "drill ended" // before its time
	EventDrill      = "drill"       // its report, as detail
)

// Why a drill is not begun. Nothing is changed then.
var (
	ErrDrillTime     = fmt.Errorf("pgstore: a drill lasts from %s to %s", keysource.MinDrill, keysource.MaxDrill)
	ErrDrillUnneeded = errors.New("pgstore: the tenant is locked or retired: there is nothing to take away")
	ErrDrillUnderWay = errors.New("pgstore: another drill of this tenant is under way")
)

// drillRow is the drill as the tenant's row has it.
type drillRow struct {
	id             *[16]byte
	ordered, until *time.Time
	by             string
	proxies        []string
}

// drill is nil where there is nothing in any of the columns: what is in one alone must not go unnoticed by the MAC.
func (r *drillRow) drill() *keysource.Drill {
	if r.id == nil && r.ordered == nil && r.until == nil && r.by == "" && len(r.proxies) == 0 {
		return nil
	}
	d := &keysource.Drill{By: r.by, Proxies: r.proxies}
	if r.id != nil {
		d.ID = *r.id
	}
	if r.ordered != nil {
		d.Ordered = *r.ordered
	}
	if r.until != nil {
		d.Until = *r.until
	}
	return d
}

func drillRowOf(d *keysource.Drill) drillRow {
	if d == nil {
		return drillRow{proxies: []string{}}
	}
	r := drillRow{id: &d.ID, ordered: &d.Ordered, until: &d.Until, by: d.By, proxies: d.Proxies}
	if r.proxies == nil {
		r.proxies = []string{}
	}
	return r
}

// drillParts are the drill's parts of the tenant's MAC.
func (t *Tenant) drillParts(r *record) *record {
	d := t.Drill
	if d == nil {
		return r.flag(false).bytes(nil).time(time.Time{}).time(time.Time{}).text("").texts(nil)
	}
	return r.flag(true).bytes(d.ID[:]).time(d.Ordered).time(d.Until).text(d.By).texts(d.Proxies)
}

// BeginDrill has the tenant's key count as denied for a time, in the proxies of those names or, without names, in all of them. It ends by
// itself. The order counts from the time in the record, which is the database's. Errors: ErrDrillTime and the others; *keysource.Error.
func (s *Store) BeginDrill(ctx context.Context, name string, d time.Duration, proxies []string, actor string) (*Tenant, error) {
	if d < keysource.MinDrill || d > keysource.MaxDrill {
		return nil, ErrDrillTime
	}
	var refused error
	where := "all proxies"
	if len(proxies) > 0 {
		where = strings.Join(proxies, ", ")
	}
	t, err := s.change(ctx, name, Event{Kind: EventDrillBegun, Actor: actor, Detail: fmt.Sprintf("for %s, in %s", d, where)}, func(t *Tenant, _ time.Time) bool {
		refused = nil
		switch {
		case t.Locked || t.Retired:
			refused = ErrDrillUnneeded
		case t.Left(t.ReadAt) > 0:
			refused = ErrDrillUnderWay
		default:
			at := micro(t.ReadAt)
			t.Drill = &keysource.Drill{ID: newID(), Ordered: at, Until: at.Add(d), By: actor, Proxies: proxies}
		}
		return refused == nil
	})
	if err == nil {
		err = refused
	}
	return t, err
}

// EndDrill ends a drill now, if it is still under way.
func (s *Store) EndDrill(ctx context.Context, name, actor string) (*Tenant, error) {
	return s.change(ctx, name, Event{Kind: EventDrillEnded, Actor: actor}, func(t *Tenant, _ time.Time) bool {
		if t.Left(t.ReadAt) == 0 {
			return false
		}
		d := *t.Drill
		d.Until = micro(t.ReadAt)
		t.Drill = &d
		return true
	})
}

// ReportDrill keeps the report of a drill as an event.
func (s *Store) ReportDrill(ctx context.Context, tenant *Tenant, report, actor string) error {
	if len(report) > maxDrillReport {
		return fmt.Errorf("pgstore: the report of a drill has %d bytes, and at most %d can be kept", len(report), maxDrillReport)
	}
	return s.write(ctx, func(w writer, _ storeRow) error {
		return w.event(ctx, Event{Tenant: tenant.ID, Kind: EventDrill, Actor: actor, Detail: report})
	})
}

// DrillReports gives the reports of the tenant's drills, newest first. Every event of the tenant is verified.
func (s *Store) DrillReports(ctx context.Context, tenant string) ([]Event, error) {
	events, err := s.Events(ctx, EventFilter{Tenant: tenant, Limit: 1 << 30})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(events, func(e Event) bool { return e.Kind != EventDrill }), nil
}

// Probe has every proxy that uses the tenant's key, or was told no, ask the key service now.
func (s *Store) Probe(ctx context.Context, name, actor string) (*Tenant, error) {
	return s.change(ctx, name, Event{Kind: EventProbed, Actor: actor}, func(t *Tenant, _ time.Time) bool {
		t.Probes++
		return true
	})
}
