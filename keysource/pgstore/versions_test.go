package pgstore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource"
)

// TestChangedFollows: what polling finds is the table, however it is changed, and while nothing changes only a digest is read.
func TestChangedFollows(t *testing.T) {
	f := newFixture(t)
	for i := range 5 {
		f.addTenant(t, fmt.Sprintf("tenant-%d", i))
	}
	polled := func() []keysource.TenantVersion {
		t.Helper()
		list, err := f.store.Changed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(list, func(a, b keysource.TenantVersion) int { return strings.Compare(a.Name, b.Name) })
		return slices.Clone(list)
	}
	before := polled()
	if len(before) != 5 || before[4].Version != 1 {
		t.Fatalf("%v", before)
	}
	if a, b := raw(t, f.store), raw(t, f.store); &a[0] != &b[0] {
		t.Error("the list was read though nothing has changed")
	}
	for _, step := range []struct{ sql, name string }{
		{"UPDATE pgseal.tenant SET version = version + 1 WHERE name = 'tenant-3'", "a change"},
		{"UPDATE pgseal.tenant SET version = 3 - version WHERE name IN ('tenant-3', 'tenant-4')", "two that change places"},
		{"UPDATE pgseal.tenant SET name = 'tenant-9' WHERE name = 'tenant-0'", "another name"},
		{"DELETE FROM pgseal.data_key; DELETE FROM pgseal.tenant WHERE name = 'tenant-1'", "one that is gone"},
	} {
		f.exec(t, step.sql)
		after := polled()
		if slices.Equal(before, after) {
			t.Errorf("%s is not noticed", step.name)
		}
		before = after
	}
	f.exec(t, "ALTER TABLE pgseal.tenant RENAME COLUMN name TO label")
	if _, err := f.store.Changed(t.Context()); err == nil {
		t.Error("a table that cannot be read is no error")
	}
}

// raw is what Changed gives, not copied.
func raw(t *testing.T, s *Store) []keysource.TenantVersion {
	t.Helper()
	list, err := s.Changed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}
