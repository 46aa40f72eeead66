package pgstore

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// TestDrill: a drill is in the record, by the database's clock, with its end; a second one waits for that, and ending it moves it.
func TestDrill(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	for _, d := range []time.Duration{9 * time.Second, time.Hour + 1} {
		if _, err := f.store.BeginDrill(t.Context(), "acme", d, nil, "tester"); !errors.Is(err, ErrDrillTime) {
			t.Errorf("%v: %v", d, err)
		}
	}
	_, err := f.store.BeginDrill(t.Context(), "nobody", time.Minute, nil, "tester")
	wantKind(t, err, keysource.TenantUnknown)
	begun, err := f.store.BeginDrill(t.Context(), "acme", time.Minute, []string{"a", "b"}, "tester")
	if err != nil {
		t.Fatal(err)
	}
	rec, err := f.store.Tenant(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if d := rec.Drill; d == nil || d.ID != begun.Drill.ID || d.Until.Sub(d.Ordered) != time.Minute || len(d.Proxies) != 2 || d.By != "tester" || rec.Version != 2 {
		t.Errorf("%+v", rec.Drill)
	}
	if left := rec.Left(time.Time{}); left <= 0 || left > time.Minute || !rec.ReadAt.Equal(rec.Drill.Until.Add(-left)) {
		t.Errorf("%v are left at %v", left, rec.ReadAt)
	}
	if _, err := f.store.BeginDrill(t.Context(), "acme", time.Minute, nil, "tester"); !errors.Is(err, ErrDrillUnderWay) {
		t.Errorf("a second drill: %v", err)
	}
	if ended, err := f.store.EndDrill(t.Context(), "acme", "tester"); err != nil || ended.Left(ended.ReadAt) != 0 || ended.Drill.ID != begun.Drill.ID || ended.Version != 3 {
		t.Errorf("%+v, %v", ended, err)
	}
	if again, err := f.store.EndDrill(t.Context(), "acme", "tester"); err != nil || again.Version != 3 {
		t.Errorf("ended twice: %+v, %v", again, err)
	}
	if _, err := f.store.Lock(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.BeginDrill(t.Context(), "acme", time.Minute, nil, "tester"); !errors.Is(err, ErrDrillUnneeded) {
		t.Errorf("of a locked tenant: %v", err)
	}
}

// TestDrillIsShown: an application sees in the view that it is a drill, and until when.
func TestDrillIsShown(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	f.addTenant(t, "other")
	begun, err := f.store.BeginDrill(t.Context(), "acme", time.Minute, nil, "tester")
	if err != nil {
		t.Fatal(err)
	}
	conn := server.Conn(t, f.database, "app")
	shown := func(name string) (until *time.Time) {
		if err := conn.QueryRow(t.Context(), "SELECT drill_until FROM pgseal.tenant_state WHERE tenant = $1", name).Scan(&until); err != nil {
			t.Fatal(err)
		}
		return until
	}
	if until := shown("acme"); until == nil || !until.Equal(begun.Drill.Until) {
		t.Errorf("%v, want %v", until, begun.Drill.Until)
	}
	if until := shown("other"); until != nil {
		t.Errorf("of the other: %v", until)
	}
	if _, err := f.store.EndDrill(t.Context(), "acme", "tester"); err != nil {
		t.Fatal(err)
	}
	if until := shown("acme"); until != nil {
		t.Errorf("after its end: %v", until)
	}
}

// TestDrillReports: a report is what was kept, to the letter, and of this tenant.
func TestDrillReports(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	f.addTenant(t, "other")
	report := `{"proxies":["` + strings.Repeat("a proxy and what it did, ", 10_000) + `"]}` // longer than other texts of events may be
	if err := f.store.ReportDrill(t.Context(), acme, report, "tester"); err != nil {
		t.Fatal(err)
	}
	for tenant, want := range map[string]int{"acme": 1, "other": 0} {
		all, err := f.store.DrillReports(t.Context(), tenant)
		if err != nil || len(all) != want || want > 0 && (all[0].Detail != report || all[0].Actor != "tester") {
			t.Errorf("%s: %+v, %v", tenant, all, err)
		}
	}
	f.exec(t, "ALTER TABLE pgseal.event DISABLE TRIGGER ALL; UPDATE pgseal.event SET actor = 'x' WHERE kind = 'drill'")
	if all, err := f.store.DrillReports(t.Context(), "acme"); err == nil {
		t.Errorf("an altered event: %+v", all)
	}
}

// TestProbe: an order to ask the key service raises the version, so that proxies look.
func TestProbe(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	for n := range 2 {
		rec, err := f.store.Probe(t.Context(), "acme", "tester")
		if err != nil || rec.Probes != int64(n+1) || rec.Version != int64(n+2) {
			t.Errorf("%+v, %v", rec, err)
		}
	}
}
