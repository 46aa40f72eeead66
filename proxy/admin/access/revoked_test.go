package access

import (
	"fmt"
	"testing"
	"time"
)

// TestLogoutIsNotForgotten: however many sessions end after it, one that was logged out is taken no more until its time is over; and to be told of many of them
// again and again, as every look into the databases does, costs next to nothing.
func TestLogoutIsNotForgotten(t *testing.T) {
	v := &revoked{known: map[string]bool{}}
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	life := 12 * time.Hour
	if !v.add("victim", start, start.Add(-life)) || v.add("victim", start, start.Add(-life)) {
		t.Fatal("not ended, or ended twice")
	}
	began := time.Now()
	for round := range 5 {
		for i := range maxRevoked + 1000 {
			at := start.Add(time.Duration(i+1) * 100 * time.Millisecond)
			if v.add(fmt.Sprint("other", i), at, at.Add(-life)) != (round == 0) {
				t.Fatalf("round %d: %d", round, i)
			}
		}
	}
	t.Logf("a quarter of a million in %s", time.Since(began))
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %s", took)
	}
	if len(v.order) != maxRevoked || len(v.known) != maxRevoked {
		t.Errorf("%d and %d are remembered", len(v.order), len(v.known))
	}
	for what, test := range map[string]struct {
		id    string
		begun time.Time
		ended bool
	}{
		"the first":                    {"victim", start, true},
		"one that is remembered":       {"other50999", start, true},
		"never ended, but as old":      {"somebody", start.Add(time.Minute), true},
		"never ended, and younger":     {"somebody", start.Add(2 * time.Minute), false},
		"the first without a memory":   {"other0", start.Add(100 * time.Millisecond), true},
		"the last without a memory":    {"other1000", start.Add(100100 * time.Millisecond), true},
		"the first that is remembered": {"other1001", start.Add(100200 * time.Millisecond), true},
	} {
		if v.has(test.id, test.begun) != test.ended {
			t.Errorf("%s: ended %v", what, !test.ended)
		}
	}
	late := start.Add(2*life + time.Hour)
	if !v.add("late", late, late.Add(-life)) || len(v.order) != 1 || len(v.known) != 1 {
		t.Errorf("what is over is remembered: %d", len(v.order))
	}
	if v.add("long over", start, late.Add(-life)) {
		t.Error("what is over is taken")
	}
}

// TestRevokedInAnyOrder: log-outs are not told in the order in which the sessions began.
func TestRevokedInAnyOrder(t *testing.T) {
	v := &revoked{known: map[string]bool{}}
	start := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, minute := range []int{5, 1, 9, 3, 7, 3} {
		v.add(fmt.Sprint(minute), start.Add(time.Duration(minute)*time.Minute), start)
	}
	v.add("10", start.Add(10*time.Minute), start.Add(3*time.Minute))
	for minute, ended := range map[int]bool{1: false, 3: false, 5: true, 7: true, 9: true, 10: true} {
		if v.has(fmt.Sprint(minute), start.Add(time.Duration(minute)*time.Minute)) != ended {
			t.Errorf("%d: ended %v", minute, !ended)
		}
	}
}
