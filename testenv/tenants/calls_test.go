package tenants

import (
	"math"
	"testing"
	"time"
)

// calls are what the KMS was asked for while tenants of the shortest cache time were in use in every proxy.
type calls struct {
	tenants       int
	elapsed       time.Duration
	least, most   int // of Decrypt, for one tenant
	bound         int
	all, sessions int     // of Decrypt, and of AssumeRole
	others        int     // of Decrypt, for tenants that nobody asked for meanwhile
	bytes         float64 // a second, between the second proxy and the database for all that is not sessions
}

// count uses all tenants of the shortest cache time in every proxy for a while.
func (w *world) count(t *testing.T, elapsed time.Duration) calls {
	var used []*tenant
	inUse := map[string]bool{}
	for _, c := range w.tenants {
		if c.cacheTime == time.Minute {
			used = append(used, c)
			inUse[c.key] = true
		}
	}
	pass := func() { // well within the 18 s in which a refresh is due and the key still serves
		for proxy := range w.proxies {
			w.sessions(t, proxy, 4, func(i int, s *session) error {
				for j := i; j < len(used); j += 4 {
					if _, _, err := s.served(t.Context(), used[j]); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	pass()
	w.kms.ResetCounts()
	began, bytes := time.Now(), w.control.bytes.Load()
	for time.Since(began) < elapsed {
		pass()
		time.Sleep(3 * time.Second)
	}
	n := calls{tenants: len(used), elapsed: time.Since(began), least: math.MaxInt, all: w.kms.Count("Decrypt"), sessions: w.kms.Count("AssumeRole")}
	n.bytes = float64(w.control.bytes.Load()-bytes) / n.elapsed.Seconds()
	byKey := w.kms.CountsByKey("Decrypt")
	for _, c := range used {
		n.least, n.most = min(n.least, byKey[c.key]), max(n.most, byKey[c.key])
	}
	for key, times := range byKey {
		if !inUse[key] {
			n.others += times
		}
	}
	n.bound = len(w.proxies) * (1 + int(n.elapsed.Minutes()/0.7))
	t.Logf("%d tenants with a cache time of 1 m in use for %v in %d proxies: %d to %d calls each, at most %d are allowed; %d calls, %d sessions; %d calls for others; %.0f bytes a second",
		n.tenants, n.elapsed.Round(time.Second), len(w.proxies), n.least, n.most, n.bound, n.all, n.sessions, n.others, n.bytes)
	if n.most > n.bound+2 { // of second attempts where this machine took its time
		t.Errorf("%d calls for one tenant, at most %d are allowed", n.most, n.bound)
	}
	if n.others > len(w.proxies)*len(w.tenants) {
		t.Errorf("%d calls for tenants that nobody asked for", n.others)
	}
	return n
}
