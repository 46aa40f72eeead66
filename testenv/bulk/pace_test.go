package bulk

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// TestPaceOfServer: work rests while a real replica is behind, and says so; bounds that nobody could hold are refused; what keeps VACUUM back is named.
func TestPaceOfServer(t *testing.T) {
	unraced(t)
	rows := 10 * *rowsEach
	w := startLetters(t, rows, postgres.Options{Settings: map[string]string{"max_prepared_transactions": "2", "max_wal_senders": "4"}}, program.Options{})
	w.serve(t)
	t.Cleanup(func() {
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	replica := w.server.Follow(t, postgres.Options{Settings: map[string]string{"max_prepared_transactions": "2", "hot_standby": "on"}})

	w.exec1(t, "CREATE ROLE plain")
	conn := w.server.Conn(t, database, "")
	for _, role := range []string{"plain", "postgres"} {
		if _, err := conn.Exec(t.Context(), "SET ROLE "+role); err != nil {
			t.Fatal(err)
		}
		err := bulk.Pace{MaxBytes: 1}.Observable(t.Context(), conn, &guard.ColumnStatus{})
		if refused := err != nil && strings.Contains(err.Error(), "GRANT pg_read_all_stats TO plain"); refused != (role == "plain") {
			t.Errorf("%s: %v", role, err)
		}
	}
	for args, want := range map[string]string{
		"--max-dead 0.1": "autovacuum begins when 0.1", "--max-dead 2": "between 0 and 1", "--max-lag soon": "neither a time", "--max-wal-rate -1": "no number of bytes",
		"--max-slower 0.5": "above 1",
	} {
		if out := w.column(t, false, append([]string{"encrypt", letters, "--detach"}, strings.Fields(args)...)...); !strings.Contains(out, want) {
			t.Errorf("%s: %s", args, out)
		}
	}
	w.exec1(t, "ALTER TABLE letters SET (autovacuum_enabled = off)")
	if out := w.column(t, false, "encrypt", letters, "--detach", "--max-dead", "0.5"); !strings.Contains(out, "does not look after") {
		t.Error(out)
	}

	w.exec1(t, "BEGIN; CREATE TABLE left_behind (a int); PREPARE TRANSACTION 'forgotten'")
	replica.Exec(t, database, "SELECT pg_wal_replay_pause()")
	w.column(t, true, "encrypt", letters, "--detach", "--max-lag", "100kB")
	w.until(t, letters, "resting: replication lag")
	out := w.column(t, true, "status", letters)
	for _, want := range []string{"the prepared transaction 'forgotten' waits", "dead rows"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing:\n%s", want, out)
		}
	}
	if n := w.number(t, "SELECT written FROM pgseal.bulk"); n == rows {
		t.Error("every value was sealed nevertheless")
	}
	// Who rests can be paused, and who was paused goes on.
	w.column(t, true, "pause", letters)
	w.until(t, letters, "paused")
	replica.Exec(t, database, "SELECT pg_wal_replay_resume()")
	w.column(t, true, "resume", letters)
	w.until(t, letters, "done")
	if plain := w.number(t, "SELECT count(*) FROM letters WHERE body NOT LIKE 'pgs1\\_%'"); plain > 0 {
		t.Errorf("%d values lie in plaintext", plain)
	}
	w.exec1(t, "ROLLBACK PREPARED 'forgotten'")
}
