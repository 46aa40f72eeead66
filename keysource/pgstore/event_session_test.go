package pgstore

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// TestSessionsEnded: log-outs are found once, whatever their writers' clocks say, by the index that is of them alone.
func TestSessionsEnded(t *testing.T) {
	f := newFixture(t)
	start := time.Now()
	one := f.open(t, Options{Now: func() time.Time { return start.Add(3 * time.Hour) }})
	two := f.open(t, Options{Now: func() time.Time { return start.Add(-3 * time.Hour) }})
	known := map[WriterID]int64{}
	look := func(want ...string) {
		t.Helper()
		events, err := f.store.SessionsEnded(t.Context(), start.Add(-4*time.Hour), known)
		var got []string
		for _, e := range events {
			got = append(got, e.Detail)
			known[e.Writer] = e.Seq
		}
		if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%v, want %v; %v", got, want, err)
		}
	}
	record := func(s *Store, kind, detail string) {
		t.Helper()
		if err := s.Record(t.Context(), Event{Kind: kind, Actor: "olga", Detail: detail}); err != nil {
			t.Fatal(err)
		}
	}
	look()
	record(one, EventSessionEnded, "a")
	record(one, EventLocked, "-")
	look("a")
	record(two, EventSessionEnded, "b")
	record(one, EventSessionEnded, "c")
	look("b", "c")
	record(two, EventSessionEnded, "d")
	look("d")
	look()
	if events, err := f.store.SessionsEnded(t.Context(), start, nil); err != nil || len(events) != 2 {
		t.Errorf("since then: %v, %v", events, err)
	}
	conn := connect(t, f.database)
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), "SELECT indexdef FROM pg_indexes WHERE indexname = 'event_session_ended'")
	if err != nil {
		t.Fatal(err)
	}
	if def, err := pgx.CollectOneRow(rows, pgx.RowTo[string]); err != nil || !strings.Contains(def, "'"+EventSessionEnded+"'") {
		t.Errorf("the index: %s, %v", def, err)
	}
	f.exec(t, "ALTER TABLE pgseal.event DISABLE TRIGGER refuse_change; UPDATE pgseal.event SET detail = 'x' WHERE detail = 'c'")
	if _, err := f.store.SessionsEnded(t.Context(), start, nil); !isInvalid(err) {
		t.Errorf("an altered row: %v", err)
	}
}
