package plan

import "testing"

var benchTexts = []struct{ name, sql string }{
	{"begin", "BEGIN"},
	{"tpcb-select", "SELECT abalance FROM pgbench_accounts WHERE aid = $1;"},
	{"tpcb-update", "UPDATE pgbench_accounts SET abalance = abalance + 4711 WHERE aid = 99887;"},
	{"tpcb-insert", "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (7, 1, 99887, 4711, CURRENT_TIMESTAMP);"},
	{"orm-15", `SELECT "t0"."id", "t0"."tenant_id", "t0"."created_at", "t0"."updated_at", "t0"."status", "t0"."kind", "t0"."owner_id", "t0"."number", "t0"."opened_on", "t0"."closed_on", "t0"."team_id", "t0"."office", "t0"."currency", "t0"."budget", "t0"."notes" FROM "jobs" "t0" WHERE "t0"."tenant_id" = $1 AND "t0"."status" IN ($2, $3) ORDER BY "t0"."created_at" DESC LIMIT $4 OFFSET $5`},
}

func BenchmarkScan(b *testing.B) {
	p := newProbe(nil)
	for _, text := range benchTexts {
		src := []byte(text.sql)
		b.Run(text.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if s := p.scan(src); s != (sighting{}) {
					b.Fatal(s)
				}
			}
		})
	}
}
