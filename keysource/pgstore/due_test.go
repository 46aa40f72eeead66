package pgstore

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
)

// TestDue: by age from the moment on at which it is reached, by values from the day on which they are, and a new data key ends it.
func TestDue(t *testing.T) {
	now := time.Now()
	f := newFixture(t)
	f.store = f.open(t, Options{Now: func() time.Time { return now }})
	tenant := f.addTenant(t, "acme")
	made := tenant.KeySince
	due := func(limits KeyLimits) Due {
		t.Helper()
		read, err := f.store.LookUp(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		d, err := f.store.Due(t.Context(), read, limits)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	year := KeyLimits{After: 365 * 24 * time.Hour}
	now = made.Add(year.After - time.Second)
	if d := due(year); !d.Since.IsZero() {
		t.Errorf("too early: %+v", d)
	}
	now = made.Add(year.After + time.Hour)
	if d := due(year); !d.Since.Equal(made.Add(year.After)) || !strings.Contains(d.Why, "365 days") {
		t.Errorf("by age: %+v", d)
	}

	for day := range 4 { // 100 values a day, those of the first not counted
		now = made.AddDate(0, 0, day)
		log := f.store.NewUsageLog("p")
		log.Add([]keysource.Usage{{Tenant: tenant.ID, Sealed: 100}})
		if err := log.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for values, day := range map[int64]int{100: 1, 101: 2, 300: 3} {
		want := made.UTC().AddDate(0, 0, day).Truncate(24 * time.Hour)
		if d := due(KeyLimits{Values: values}); !d.Since.Equal(want) {
			t.Errorf("%d values: %+v, want %s", values, d, want)
		}
	}
	if d := due(KeyLimits{Values: 301}); !d.Since.IsZero() {
		t.Errorf("by values: %+v", d)
	}
	both := KeyLimits{After: 36 * time.Hour, Values: 100}
	if d := due(both); !strings.Contains(d.Why, "100 values") {
		t.Errorf("what came first: %+v", d)
	}
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	if d := due(both); !d.Since.IsZero() {
		t.Errorf("with a new data key: %+v", d)
	}
}

// TestRotateDue: of many proxies that find the data key due one makes the new one, also when another has done so long ago.
func TestRotateDue(t *testing.T) {
	f := newFixture(t)
	before := f.addTenant(t, "acme")
	var made atomic.Int32
	var all sync.WaitGroup
	for range 6 {
		s := f.open(t, Options{})
		all.Go(func() {
			for range 3 {
				_, err := s.RotateDue(t.Context(), before, Due{time.Now(), "a test"}, "proxy", f.wrapper)
				switch {
				case err == nil:
					made.Add(1)
				case !errors.Is(err, ErrConflict):
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	now, err := f.store.LookUp(t.Context(), "acme")
	if err != nil || made.Load() != 1 || len(now.Elders) != 1 {
		t.Errorf("made %d times; %+v, %v", made.Load(), now, err)
	}
	events, err := f.store.Events(t.Context(), EventFilter{Tenant: "acme", Limit: 1})
	if err != nil || len(events) != 1 || !strings.HasSuffix(events[0].Detail, "a new data key was due: a test") {
		t.Errorf("%+v, %v", events, err)
	}
}
