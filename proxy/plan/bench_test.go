package plan

import (
	"strings"
	"testing"
	"time"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

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

var planTexts = []struct {
	name, sql string
	extended  bool
}{
	{"select-param", "SELECT id, title FROM matters WHERE client_email = $1", true},
	{"select-id", "SELECT id, title, client_email, status FROM matters WHERE id = $1", true},
	{"insert-param", "INSERT INTO matters (id, title, client_email, status) VALUES ($1, $2, $3, $4) RETURNING id", true},
	{"select-literal", "SELECT id, title FROM matters WHERE client_email = 'someone@example.org'", false},
	{"insert-literal", "INSERT INTO matters (id, title, client_email, status) VALUES (1, 'A title of some length', 'someone@example.org', 'open')", false},
	{"update-literal", "UPDATE matters SET title = 'Another title', value = 12.50 WHERE id = 5", false},
	{"orm", `SELECT "m"."id", "m"."title", "m"."client_email", "m"."value", "m"."signed_on", "m"."status", "m"."owner_id", "u"."name", "u"."email" FROM "matters" "m" LEFT JOIN "users" "u" ON "u"."id" = "m"."owner_id" WHERE "m"."status" = $1 AND "m"."client_email" IN ($2, $3) ORDER BY "m"."id" DESC LIMIT $4`, true},
}

// BenchmarkPlanCached plans texts whose shape is in the cache.
func BenchmarkPlanCached(b *testing.B) {
	for _, text := range planTexts {
		b.Run(text.name, func(b *testing.B) {
			p := samplePlanner(b)
			req := Request{SQL: []byte(text.sql), Extended: text.extended}
			b.ReportAllocs()
			for b.Loop() {
				if _, r := p.Plan(req); r != nil {
					b.Fatal(r)
				}
			}
		})
	}
}

// forget empties the cache.
func (p *Planner) forget() {
	st := p.state.Load()
	for _, c := range []*cache{st.cache, st.exact} {
		for i := range c.shards {
			clear(c.shards[i].entries)
			c.shards[i].ring, c.shards[i].bytes, c.shards[i].hand = c.shards[i].ring[:0], 0, 0
		}
	}
}

// BenchmarkPlanMiss plans texts whose shape is not in the cache, and parses each of them as well: what a miss costs is best told in parses of the
// same text.
func BenchmarkPlanMiss(b *testing.B) {
	for _, text := range planTexts {
		b.Run(text.name, func(b *testing.B) {
			p := samplePlanner(b)
			req := Request{SQL: []byte(text.sql), Extended: text.extended}
			var parsing time.Duration
			b.ReportAllocs()
			for b.Loop() {
				p.forget()
				if _, r := p.Plan(req); r != nil {
					b.Fatal(r)
				}
				began := time.Now()
				if _, err := pg_query.Parse(text.sql); err != nil {
					b.Fatal(err)
				}
				parsing += time.Since(began)
			}
			b.ReportMetric(float64(b.Elapsed()-parsing)/float64(parsing), "parses")
		})
	}
}

// BenchmarkQuery plans and rewrites simple Queries whose shape is in the cache; nothing is really sealed.
func BenchmarkQuery(b *testing.B) {
	sealed := make([]byte, 60)
	seal := func(dst []byte, _ *Slot, _ []byte) ([]byte, error) { return append(dst, sealed...), nil }
	texts := planTexts
	rows := "INSERT INTO matters (id, title, client_email, value, signed_on) VALUES " + strings.Repeat("(1, 'a title', 'someone@example.org', 12.5, '2020-01-01'), ", 999) + "(1, 'a', 'b', 3, NULL)"
	texts = append(texts, struct {
		name, sql string
		extended  bool
	}{"insert-1000-rows", rows, false})
	for _, text := range texts {
		if text.extended {
			continue
		}
		b.Run(text.name, func(b *testing.B) {
			p := samplePlanner(b)
			req := Request{SQL: []byte(text.sql)}
			var out []byte
			b.ReportAllocs()
			for b.Loop() {
				plan, r := p.Plan(req)
				if r != nil {
					b.Fatal(r)
				}
				var err error
				if out, err = plan.AppendQuery(out[:0], seal); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPlanNative plans texts that name nothing protected, on all processors.
func BenchmarkPlanNative(b *testing.B) {
	p := samplePlanner(b)
	req := Request{SQL: []byte("SELECT abalance FROM pgbench_accounts WHERE aid = $1")}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if plan, r := p.Plan(req); plan != nil || r != nil {
				b.Error("planned")
			}
		}
	})
}
