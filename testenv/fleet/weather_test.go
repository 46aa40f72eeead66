package fleet

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// weather is what was going on when: which codes may come, for which tenant, from which proxy.
type weather struct {
	mu     sync.Mutex
	spells []*spell
	seen   map[string]int // refusals by code
}

// spell is a time in which codes may come.
type spell struct {
	codes    []string
	tenant   string  // "": every one
	proxy    *member // nil: each
	from, to time.Time
	after    time.Duration // how long after the end they may still come
}

// What may come of what. 57P01..57P03: the server is ended, has crashed, is starting; 08xxx: pgseal cannot reach it.
var (
	ofProxy    = []string{"net", "57P01"}
	ofDatabase = []string{"net", "57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "KU006", "KP002"}
	ofPolicy   = []string{"KP002", "0A000"} // a policy that not all hold; a statement that was prepared under the one before
	ofLock     = []string{"KU009"}
	ofDenial   = []string{"KU001"}
)

// begin says that something is going on from now on; the result ends it.
func (w *weather) begin(codes []string, tenant string, proxy *member, after time.Duration) (end func()) {
	s := &spell{codes: codes, tenant: tenant, proxy: proxy, from: time.Now(), after: after}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spells = append(w.spells, s)
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		s.to = time.Now()
	}
}

// fits says whether what a client was told between two moments has a reason.
func (w *weather) fits(code, tenant string, m *member, asked, told time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.seen == nil {
		w.seen = make(map[string]int)
	}
	w.seen[code]++
	for _, s := range w.spells {
		over := !s.to.IsZero() && asked.After(s.to.Add(s.after))
		if slices.Contains(s.codes, code) && (s.tenant == "" || s.tenant == tenant) && (s.proxy == nil || s.proxy == m) && !over && !told.Before(s.from) {
			return nil
		}
	}
	return fmt.Errorf("%s for %s from %s, asked at %s and told at %s, has no reason", code, tenant, m.name, asked.Format(clock), told.Format(clock))
}

const clock = "15:04:05.000"

// refusals are how often each code came.
func (w *weather) refusals() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return fmt.Sprint(w.seen)
}
