package pgstore

import (
	"testing"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// used is the sum of a tenant's usage.
func (f *fixture) used(t *testing.T, tenant crypto.TenantID) (sum Usage, rows, invalid int) {
	t.Helper()
	all, bad, err := f.store.Usage(t.Context(), tenant, time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range all {
		sum.Sealed += u.Sealed
		sum.Opened += u.Opened
		sum.Fetched += u.Fetched
		sum.Failed += u.Failed
		sum.Refused += u.Refused
	}
	return sum, len(all), len(bad)
}

func save(t *testing.T, l *UsageLog) {
	t.Helper()
	if err := l.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestUsageLog: totals by day and process, whatever fails in between.
func TestUsageLog(t *testing.T) {
	f := newFixture(t)
	acme, other := f.addTenant(t, "acme"), f.addTenant(t, "other")
	now := time.Date(2026, 3, 1, 23, 59, 50, 0, time.UTC)
	f.store = f.open(t, Options{Now: func() time.Time { return now }})
	one, two := f.store.NewUsageLog("one:1"), f.store.NewUsageLog("two:2")
	one.Add([]keysource.Usage{{Tenant: acme.ID, Sealed: 1, Opened: 2, Fetched: 3, Failed: 4, Refused: 5}, {Tenant: other.ID, Opened: 7}})
	two.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 10}})
	save(t, one)
	save(t, two)
	one.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 1}})
	save(t, one)
	save(t, one) // nothing to write
	if sum, rows, bad := f.used(t, acme.ID); sum != (Usage{Sealed: 1, Opened: 13, Fetched: 3, Failed: 4, Refused: 5}) || rows != 2 || bad != 0 {
		t.Errorf("%+v in %d rows, %d invalid", sum, rows, bad)
	}
	now = now.Add(20 * time.Second) // the next day
	one.Add([]keysource.Usage{{Tenant: acme.ID, Sealed: 100}})
	f.exec(t, "ALTER TABLE pgseal.usage RENAME TO away")
	if err := one.Save(t.Context()); err == nil {
		t.Error("written into no table")
	}
	f.exec(t, "ALTER TABLE pgseal.away RENAME TO usage")
	one.Add([]keysource.Usage{{Tenant: acme.ID, Sealed: 1}})
	save(t, one)
	rows, _, err := f.store.Usage(t.Context(), acme.ID, time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), time.Time{})
	if err != nil || len(rows) != 1 || rows[0].Sealed != 101 || rows[0].Name != "one:1" {
		t.Errorf("the next day: %+v, %v", rows, err)
	}
	if len(one.rows) != 1 {
		t.Errorf("%d rows are kept in memory", len(one.rows))
	}
}

// TestUsageLostReply: a write whose fate is not known is neither lost nor counted twice.
func TestUsageLostReply(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	l := f.store.NewUsageLog("one:1")
	l.Add([]keysource.Usage{{Tenant: acme.ID, Sealed: 5}})
	row := l.rows[usageKey{acme.ID, f.store.now().UTC().Truncate(24 * time.Hour)}]
	before := *row
	save(t, l)
	before.version = row.version
	*row = before // as if the answer had not come
	l.Add([]keysource.Usage{{Tenant: acme.ID, Sealed: 1}})
	save(t, l)
	if sum, rows, bad := f.used(t, acme.ID); sum.Sealed != 6 || rows != 1 || bad != 0 {
		t.Errorf("%+v in %d rows, %d invalid", sum, rows, bad)
	}
}

// TestUsageAltered: what somebody writes by hand is not believed, not covered up, and takes nothing of what comes later.
func TestUsageAltered(t *testing.T) {
	f := newFixture(t)
	acme := f.addTenant(t, "acme")
	l := f.store.NewUsageLog("one:1")
	l.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 1000}})
	save(t, l)
	f.exec(t, "UPDATE pgseal.usage SET opened = 1")
	l.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 20}})
	save(t, l)
	save(t, l)
	if sum, rows, bad := f.used(t, acme.ID); sum.Opened != 20 || rows != 1 || bad != 1 {
		t.Errorf("%+v in %d rows, %d invalid", sum, rows, bad)
	}
	f.exec(t, "DELETE FROM pgseal.usage WHERE opened = 1; CREATE TABLE kept AS TABLE pgseal.usage")
	l.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 300}})
	save(t, l)
	f.exec(t, "DELETE FROM pgseal.usage; INSERT INTO pgseal.usage TABLE kept")
	l.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 4000}})
	save(t, l)
	if sum, rows, bad := f.used(t, acme.ID); sum.Opened != 4320 || rows != 1 || bad != 0 {
		t.Errorf("after an older one was put back: %+v in %d rows, %d invalid", sum, rows, bad)
	}
	f.exec(t, "DELETE FROM pgseal.usage")
	l.Add([]keysource.Usage{{Tenant: acme.ID, Opened: 1}})
	save(t, l)
	if sum, rows, bad := f.used(t, acme.ID); sum.Opened != 4321 || rows != 1 || bad != 0 {
		t.Errorf("after a deletion: %+v in %d rows, %d invalid", sum, rows, bad)
	}
}
