package main

import (
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// rehearsedAt is a proxy's record in which times are seconds since the order of a drill of ten.
func rehearsedAt(order time.Time, beat float64, code string, noticed, value, over, again float64) pgstore.Proxy {
	at := func(s float64) *time.Time {
		if s == 0 {
			return nil
		}
		t := order.Add(time.Duration(s * float64(time.Second)))
		return &t
	}
	r := &keysource.Rehearsed{Drill: "01000000000000000000000000000000", Noticed: at(noticed), LastValue: at(value), Over: at(over), FirstValue: at(again), Held: 1,
		Refused: map[string]int64{"KU001": 3}, Blur: 3 * time.Millisecond}
	if noticed == 0 {
		r = nil
	}
	return pgstore.Proxy{Name: "p", Heartbeat: *at(beat), Keys: []pgstore.KeyReport{{Tenant: "other"}, {Tenant: "acme", Code: code, State: "x", Rehearsed: r}}}
}

// TestDrillVerdict: what a drill's report calls a failure.
func TestDrillVerdict(t *testing.T) {
	order := time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name   string
		heard  pgstore.Proxy
		locked bool
		want   string // in the failures; "" passes
	}{
		{"well", rehearsedAt(order, 12, "", 1, 0.9, 10.1, 10.2), false, ""},
		{"at the bound", rehearsedAt(order, 12, "", 2.002, 2.002, 10.1, 10.2), false, ""},
		{"too late", rehearsedAt(order, 12, "", 2.01, 1, 10.1, 10.2), false, "followed after 2010 ms"},
		{"a late value", rehearsedAt(order, 12, "", 1, 2.5, 10.1, 10.2), false, "a value was sealed or opened 2500 ms after"},
		{"died in it", rehearsedAt(order, 5, "KU001", 1, 0.9, 0, 0), false, "not heard of after"},
		{"does not end it", rehearsedAt(order, 25, "KU001", 1, 0.9, 0, 0), false, "does not say that the drill is over"},
		{"not back", rehearsedAt(order, 25, "KU002", 1, 0.9, 10.1, 0), false, "has not come back: x KU002"},
		{"locked meanwhile", rehearsedAt(order, 25, "KU009", 1, 0.9, 10.1, 0), true, ""},
		{"nobody asks any more", rehearsedAt(order, 25, "", 1, 0.9, 10.1, 0), false, ""},
		{"nobody used it", rehearsedAt(order, 12, "", 0, 0, 0, 0), false, ""},
		{"dead before", rehearsedAt(order, -1, "", 0, 0, 0, 0), false, "not heard of after"},
	} {
		w := &drillWatch{s: &site{name: "app"}, name: "acme", tenant: &pgstore.Tenant{TenantRecord: keysource.TenantRecord{Name: "acme"}}, locked: tt.locked, proxies: []string{"p"},
			drill: keysource.Drill{ID: [16]byte{1}, Ordered: order, Until: order.Add(10 * time.Second)}, heard: map[string]heardProxy{}}
		stale := tt.heard // of an id that the proxy has given up
		stale.Heartbeat = stale.Heartbeat.Add(-time.Second)
		w.hear(tt.heard)
		w.hear(stale)
		r := w.report()
		if got := strings.Join(r.Failures, "; "); r.Passed != (tt.want == "") || !strings.Contains(got, tt.want) || len(r.Proxies) != 1 || !r.Proxies[0].Heard.Equal(tt.heard.Heartbeat) {
			t.Errorf("%s: passed %v, failures %q, proxies %+v", tt.name, r.Passed, got, r.Proxies)
		}
	}
	w := &drillWatch{s: &site{}, tenant: &pgstore.Tenant{}, proxies: []string{"p"}}
	if r := w.report(); r.Passed || len(r.Failures) != 1 || !strings.Contains(r.Failures[0], "it was not heard of") {
		t.Errorf("%+v", r)
	}
}
