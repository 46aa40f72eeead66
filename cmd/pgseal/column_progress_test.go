package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// TestProgressLines: what is written where there is no terminal, for people and for programs.
func TestProgressLines(t *testing.T) {
	at := time.Unix(1e9, 0)
	records := []pgstore.Bulk{
		{Status: pgstore.BulkRunning, Phase: "sealing", Pass: 1, Total: 1000, Skipped: 2},
		{Status: pgstore.BulkRunning, Phase: "sealing", Pass: 1, Total: 1000, Seen: 250, Written: 240, Skipped: 3, Reason: "resting: replication lag 12s over 10s"},
	}
	for _, programs := range []bool{false, true} {
		var out bytes.Buffer
		p := &progress{out: &out, column: "public.letters.body", json: programs}
		for i := range records {
			p.pace.add(at.Add(time.Duration(i)*5*time.Second), &records[i])
			p.tally.add(&records[i])
			p.line(&records[i], "sealing, pass 1, running")
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 2 {
			t.Fatalf("%q", lines)
		}
		if !programs {
			if want := "sealing, pass 1, running: 250 of about 1000 rows, 750 left, 240 values written, 50 rows/s, about 15s left: resting: replication lag 12s over 10s"; lines[1] != want {
				t.Errorf("%q", lines[1])
			}
			continue
		}
		var line progressLine
		if err := json.Unmarshal([]byte(lines[1]), &line); err != nil || line.Rate != 50 || line.Seconds != 15 || line.Left != 750 || line.Column != "public.letters.body" || line.Reason == "" {
			t.Errorf("%v: %s", err, lines[1])
		}
	}
	for want, rows := range map[string][2]int64{"0 rows": {0, 0}, "5000 rows": {5000, 0}, "12 rows": {12, 10}, "0 of about 10 rows": {0, 10}, "10 of about 10 rows": {10, 10}} {
		if got := ofAbout(rows[0], rows[1]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	var tally passTally
	for _, b := range []pgstore.Bulk{records[0], records[1], {Phase: "sealing", Pass: 2}, {Phase: "sealing", Pass: 2, Skipped: 1}, {Phase: "verifying", Pass: 2}} {
		tally.add(&b)
	}
	if n := tally.skipped + tally.last; n != 4 {
		t.Errorf("%d rows skipped, want 4", n)
	}
}
