package tenants

import (
	"errors"
	"sync"
	"testing"
	"time"
)

// herd is a proxy that starts anew while everybody waits for it.
type herd struct {
	tenants, sessions int
	took              time.Duration   // until everybody was served
	first             []time.Duration // how long it took until each tenant was served
	again             int             // statements that were refused because the KMS did not answer in time: on a machine that does other things
	queued            int             // fetches that waited before they began
}

// restart starts the first proxy anew and has all tenants ask it at once.
func (w *world) restart(t *testing.T) herd {
	if err := errors.Join(w.proxies[0].Stop(), w.proxies[0].Serve()); err != nil {
		t.Fatal(err)
	}
	h := herd{tenants: len(w.tenants), sessions: min(250, len(w.tenants))}
	all := make([]*session, h.sessions)
	for i := range all {
		s, err := w.connect(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		defer s.close()
		all[i] = s
	}
	w.kms.ResetCounts()
	var mu sync.Mutex
	var running sync.WaitGroup
	began := time.Now()
	for i, s := range all {
		running.Go(func() {
			for j := i; j < len(w.tenants); j += len(all) {
				took, again, err := s.served(t.Context(), w.tenants[j])
				if err != nil {
					t.Errorf("%s: %v", w.tenants[j].name, err)
				}
				mu.Lock()
				h.first = append(h.first, took)
				h.again += again
				mu.Unlock()
			}
		})
	}
	running.Wait()
	h.took = time.Since(began)
	m, _ := w.metrics(t, 0)
	h.queued = int(m["pgseal_key_fetch_queued_seconds_count"])
	t.Logf("after a restart %d tenants, %d at once, were served within %v: p50 %v, p99 %v, %d fetches waited before they began, %d statements were refused", h.tenants, h.sessions,
		h.took.Round(time.Millisecond), at(h.first, .5), at(h.first, .99), h.queued, h.again)
	// One each; the other proxy may have refreshed, and second attempts been made.
	if n := w.kms.Count("Decrypt"); h.again == 0 && n > len(w.proxies)*h.tenants {
		t.Errorf("%d calls for %d tenants", n, h.tenants)
	}
	return h
}
