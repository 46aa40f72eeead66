package plan

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

// TestKnownPlanAllocatesNothing: a prepared statement that was planned before costs a look-up.
func TestKnownPlanAllocatesNothing(t *testing.T) {
	p := samplePlanner(t)
	for _, text := range planTexts {
		if !text.extended {
			continue // the plan of a simple Query holds its own literals
		}
		req := Request{SQL: []byte(text.sql), Extended: true}
		plan := func() *Plan {
			plan, r := p.Plan(req)
			if r != nil {
				t.Fatal(r)
			}
			return plan
		}
		if first, again := plan(), plan(); first == nil || first != again {
			t.Errorf("%s: planned twice", text.name)
		}
		if n := testing.AllocsPerRun(100, func() { plan() }); n > poolLosses {
			t.Errorf("%s: %v allocations", text.name, n)
		}
	}
}

// TestCacheUse: what is told of the cache's use is what happened.
func TestCacheUse(t *testing.T) {
	p := samplePlanner(t)
	for i := range 10 {
		for _, sql := range []string{fmt.Sprintf("UPDATE matters SET title = 't%d' WHERE id = %d", i, i), "SELECT title FROM matters"} {
			for _, extended := range []bool{false, true} {
				if _, r := p.Plan(Request{SQL: []byte(sql), Extended: extended}); r != nil {
					t.Fatal(r)
				}
			}
		}
	}
	use := p.CacheUse()
	if use.Hits != 36 || use.Misses != 4 || use.Evictions != 0 || use.Bytes == 0 {
		t.Errorf("%+v", use)
	}
	p.SetCatalogue(sampleCatalogue())
	if now := p.CacheUse(); now.Hits != use.Hits || now.Bytes != 0 {
		t.Errorf("behind a new catalogue: %+v", now)
	}
}

// TestDistinctTexts: an application that writes its values into its statements, and one that makes a new form of statement each time, neither exhaust
// the memory nor make planning slower and slower.
func TestDistinctTexts(t *testing.T) {
	for name, tt := range map[string]struct {
		sql    string
		texts  int
		misses int64
	}{
		"values":     {"SELECT title FROM matters WHERE client_email = 'somebody%d@example.org' AND id > %[1]d", 100_000, 1},
		"statements": {"SELECT title AS t%d FROM matters WHERE client_email = 'somebody@example.org'", 20_000, 20_000},
	} {
		t.Run(name, func(t *testing.T) {
			const limit = 4 << 20
			p := New(Options{CacheBytes: limit})
			p.SetCatalogue(sampleCatalogue())
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var took []time.Duration // by a quarter of the texts each
			for quarter := range 4 {
				began := time.Now()
				for i := range tt.texts / 4 {
					if _, r := p.Plan(Request{SQL: fmt.Appendf(nil, tt.sql, quarter*tt.texts/4+i)}); r != nil {
						t.Fatal(r)
					}
				}
				took = append(took, time.Since(began))
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			use := p.CacheUse()
			if use.Misses != tt.misses || use.Bytes > limit {
				t.Errorf("%+v", use)
			}
			if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 2*limit {
				t.Errorf("%d KiB are held, for a cache of %d KiB", grown>>10, limit>>10)
			}
			t.Logf("%d texts: %v, %+v", tt.texts, took, use)
			if fastest := min(took[0], took[1], took[2]); took[3] > 30*fastest {
				t.Errorf("planning gets slower: %v", took)
			}
			runtime.KeepAlive(p)
		})
	}
}
