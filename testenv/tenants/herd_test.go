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
				asked, again := time.Now(), 0
				_, err := s.read(t.Context(), w.tenants[j])
				for ; code(err) == "KU006" && time.Since(asked) < patience; again++ {
					time.Sleep(100 * time.Millisecond)
					_, err = s.read(t.Context(), w.tenants[j])
				}
				if err != nil {
					t.Errorf("%s: %v", w.tenants[j].name, err)
				}
				mu.Lock()
				h.first = append(h.first, time.Since(asked))
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
	for key, n := range w.kms.CountsByKey("Decrypt") {
		if n > len(w.proxies) && h.again == 0 { // the other proxy may have refreshed
			t.Errorf("%s: %d calls", key, n)
		}
	}
	return h
}
