package pgstore

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestForgetEvents: retention cuts the oldest part of each chain, and what is
// left can be proved, again and again; what is deleted beside it shows.
func TestForgetEvents(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme") // now
	now := time.Now()
	record := func(s *Store, ages ...time.Duration) {
		t.Helper()
		for _, age := range ages {
			if err := s.Record(t.Context(), Event{At: now.Add(-age), Kind: EventCheckpoint}); err != nil {
				t.Fatal(err)
			}
		}
	}
	const day = 24 * time.Hour
	old, mixed := f.open(t, Options{}), f.open(t, Options{})
	record(old, 90*day, 80*day, 70*day)
	record(mixed, 60*day, 50*day, 20*day, 10*day, 45*day) // an event that was written late
	f.store.chain.looked = time.Time{}
	record(f.store, 0) // has seen both heads
	whole := f.wantWhole(t)

	if _, err := f.store.ForgetEvents(t.Context(), now, "officer"); !errors.Is(err, ErrEventsTooYoung) {
		t.Errorf("events of today: %v", err)
	}
	done, err := f.open(t, Options{}).ForgetEvents(t.Context(), now.Add(-30*day), "officer")
	if err != nil || done != (Forgotten{Events: 5, Writers: 2}) {
		t.Errorf("%+v, %v", done, err)
	}
	proof := f.wantWhole(t)
	if proof.Events != whole.Events-5+1 || len(proof.Forgotten) != 1 || proof.Forgotten[0].Actor != "officer" || proof.Forgotten[0].Writers != 2 {
		t.Errorf("%+v", proof)
	}
	record(mixed, 0)
	record(old, 0) // goes on behind the cut
	f.wantWhole(t)
	if _, err := f.store.ForgetEvents(t.Context(), now.Add(-30*day), "officer"); !errors.Is(err, ErrNothingToForget) {
		t.Errorf("a second time: %v", err)
	}
	if done, err := f.open(t, Options{}).ForgetEvents(t.Context(), now.Add(-15*day), "officer"); err != nil || done.Events != 1 {
		t.Errorf("the second cut: %+v, %v", done, err)
	}
	f.wantWhole(t)

	conn := server.Conn(t, f.database, "")
	for name, tt := range map[string]struct{ sql, says string }{
		"one more deleted":    {"DELETE FROM pgseal.event WHERE writer = '" + f.writer(t, mixed).String() + "' AND seq = 4", "event 4 is missing"},
		"the record of a cut": {"DELETE FROM pgseal.event WHERE kind = 'events forgotten'", "events 1 to 3 are missing"},
		"one put back": {"INSERT INTO pgseal.event SELECT writer, 1, epoch, at, tenant, kind, actor, detail, key_arn, requests, witness, previous, mac FROM pgseal.event WHERE writer = '" +
			f.writer(t, mixed).String() + "' AND seq = 4", "it was put back"},
	} {
		for _, sql := range []string{"BEGIN", "ALTER TABLE pgseal.event DISABLE TRIGGER ALL", "CREATE TABLE kept AS TABLE pgseal.event", tt.sql, "COMMIT"} {
			if _, err := conn.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		if text := f.prove(t).text(); !strings.Contains(text, tt.says) {
			t.Errorf("%s: %q, want %q", name, text, tt.says)
		}
		if _, err := f.open(t, Options{}).ForgetEvents(t.Context(), now.Add(-2*day), "officer"); err == nil {
			t.Errorf("%s: retention would have deleted the traces", name)
		}
		f.exec(t, "DELETE FROM pgseal.event; INSERT INTO pgseal.event TABLE kept; DROP TABLE kept")
	}
	f.wantWhole(t)
}
