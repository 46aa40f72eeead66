package plan

import (
	"sync/atomic"
	"testing"
	"time"
)

// bootClock is a boot clock that a test moves.
type bootClock struct{ at atomic.Int64 }

func (c *bootClock) boot() time.Duration { return time.Duration(c.at.Load()) }

func (c *bootClock) set(at time.Duration) { c.at.Store(int64(at)) }

// sample is a snapshot of a term.
func (c *bootClock) sample(t *Term) *Catalogue {
	s := sampleCatalogue()
	s.Term = t
	return s
}

// Behind the end of its term nothing protected is planned with a snapshot, also what is in the cache, and nothing brings the term back: only a snapshot of
// another one does.
func TestTermEndsPlanning(t *testing.T) {
	var clock bootClock
	p := New(Options{})
	of := clock.sample(NewTerm(clock.boot, 10*time.Second))
	p.SetCatalogue(of)
	texts := planTexts
	texts = append(texts, struct {
		name, sql string
		extended  bool
	}{"prepare", "PREPARE s AS SELECT title FROM matters WHERE id = $1", false})
	look := func(refused bool) {
		t.Helper()
		for _, text := range texts {
			pl, r := p.Plan(Request{SQL: []byte(text.sql), Extended: text.extended})
			if refused && (r == nil || r.Code != StatementNotUnderstood || r.Hint == "") || !refused && (r != nil || pl == nil || pl.Catalogue.RefuseOver() != nil) {
				t.Errorf("%s, at %s: %+v, %+v", text.name, clock.boot(), pl, r)
			}
		}
		if pl, r := p.Plan(Request{SQL: []byte("SELECT 1 FROM plain")}); pl != nil || r != nil {
			t.Errorf("native, at %s: %+v, %+v", clock.boot(), pl, r)
		}
	}
	look(false)
	clock.set(10*time.Second - 1)
	look(false)
	if !of.Term.Extend(20 * time.Second) {
		t.Error("the term is over")
	}
	clock.set(15 * time.Second)
	look(false)
	before, _ := p.Plan(Request{SQL: []byte(planTexts[0].sql), Extended: true})
	clock.set(20 * time.Second)
	look(true)
	if of.Term.Extend(time.Hour) || p.Catalogue().Stale == "" {
		t.Error("the term goes on")
	}
	clock.set(21 * time.Second)
	look(true)
	if before.Catalogue.RefuseOver() == nil {
		t.Error("what was planned before may be sent")
	}
	p.SetCatalogue(clock.sample(of.Term)) // of what was known before
	look(true)
	p.SetCatalogue(clock.sample(NewTerm(clock.boot, time.Minute)))
	look(false)
	if before.Catalogue.RefuseOver() == nil {
		t.Error("what was planned before may be sent")
	}
}

// Once somebody has seen that the term is over, whoever looked a moment earlier does not extend it: planning would have ended, and nothing begin it again.
func TestTermIsOverForAll(t *testing.T) {
	var clock bootClock
	var term *Term
	looks := 0
	term = NewTerm(func() time.Duration {
		if looks++; looks == 1 { // the look of Extend: by the time that it knows, another is over
			clock.set(10 * time.Second)
			if !term.Over() {
				t.Error("the term goes on")
			}
			return 9 * time.Second
		}
		return clock.boot()
	}, 10*time.Second)
	if term.Extend(20*time.Second) || !term.Over() {
		t.Error("the term is over for some")
	}
	term = NewTerm(clock.boot, time.Hour)
	if term.End(); !term.Over() || term.Extend(2*time.Hour) {
		t.Error("the term has not ended")
	}
}

// A text whose plan is known costs no memory for it.
func TestTermAllocatesNothing(t *testing.T) {
	p := New(Options{})
	began := time.Now()
	term := NewTerm(func() time.Duration { return time.Since(began) }, time.Hour)
	c := sampleCatalogue()
	c.Term = term
	p.SetCatalogue(c)
	req := Request{SQL: []byte("SELECT id, title FROM matters WHERE id = $1"), Extended: true}
	if n := testing.AllocsPerRun(1000, func() {
		pl, r := p.Plan(req)
		if r != nil || pl.Catalogue.RefuseOver() != nil {
			t.Fatal(r)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
