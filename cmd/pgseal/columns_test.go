package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/proxy/plan"
)

// The planner learns from the store where a column stands, and a new place is something to plan by, and to acknowledge.
func TestFrozenColumnsSayWhereTheyStand(t *testing.T) {
	status := func(before ...string) *guard.Status {
		r := &pgstore.Column{Schema: "public", Table: "t", Name: "c", State: pgstore.ColumnSealed, Before: before}
		return &guard.Status{Columns: []guard.ColumnStatus{{Record: r}}}
	}
	if diff := cmp.Diff([]string{"d", "e"}, frozenColumns(status("d", "e"))[0].Before); diff != "" {
		t.Error(diff)
	}
	if f := frozenColumns(status())[0]; f.Before != nil || f.State != plan.StateSealed {
		t.Errorf("%+v", f)
	}
	if samePlanning(status(), status("d")) || samePlanning(status("e"), status("d")) || !samePlanning(status("d"), status("d")) {
		t.Error("a place is planned by")
	}
}
