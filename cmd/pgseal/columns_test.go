package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
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

// An order that was given up and came again between two looks of a proxy plans nothing otherwise, but is waited for until it is acknowledged, too.
func TestOrderedAgainIsAcknowledgedAgain(t *testing.T) {
	status := func(version int64, next crypto.Mode) *guard.Status {
		r := &pgstore.Column{Schema: "public", Table: "t", Name: "c", State: pgstore.ColumnSealed, Mode: crypto.Deterministic, NextMode: next, Version: version}
		return &guard.Status{Columns: []guard.ColumnStatus{{Record: r}}}
	}
	if samePlanning(status(3, crypto.Deterministic), status(5, crypto.Deterministic)) {
		t.Error("the order of before is taken for the one of now")
	}
	if !samePlanning(status(3, 0), status(5, 0)) {
		t.Error("a record that was written again and says the same is planned by anew")
	}
}

// What is known behind a time in which the others did not wait for this proxy is put in force and acknowledged, though it says the same.
func TestAnotherTermIsPlannedByAnew(t *testing.T) {
	boot := func() time.Duration { return 0 }
	one, two := &guard.Status{Term: plan.NewTerm(boot, 1)}, &guard.Status{Term: plan.NewTerm(boot, 1)}
	if samePlanning(one, two) || !samePlanning(one, &guard.Status{Term: one.Term}) {
		t.Error("the term counts for nothing")
	}
}
