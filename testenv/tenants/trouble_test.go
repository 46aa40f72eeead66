package tenants

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// troubles are the ways in which victims' keys fail, in turn, with the code that their sessions get.
var troubles = []struct {
	words, code string
	fault       kmstest.Fault
}{
	{"denied", "KU001", kmstest.Fault{Kind: kmstest.Answer, Code: "AccessDeniedException"}},
	{"throttled", "KU007", kmstest.Fault{Kind: kmstest.Throttle}},
	{"answered after 2 s", "KU006", kmstest.Fault{Kind: kmstest.Latency, Delay: 2 * time.Second}},
	{"never answered", "KU006", kmstest.Fault{Kind: kmstest.Hang}},
}

// round is what the other tenants notice in one round.
type round struct {
	trouble    bool
	warm, cold []time.Duration // how long statements took with a key that is held, and with one that has to be fetched
}

func (r round) String() string {
	return fmt.Sprintf("trouble %-5v  held: p50 %v p99 %v of %d;  fetched: p50 %v p95 %v most %v of %d", r.trouble, at(r.warm, .5), at(r.warm, .99), len(r.warm),
		at(r.cold, .5), at(r.cold, .95), at(r.cold, 1), len(r.cold))
}

// at is a quantile.
func at(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	return all[int(q*float64(len(all)-1))].Round(10 * time.Microsecond)
}

// medianOf is the median over rounds, with trouble or without, of some figure.
func medianOf(rounds []round, trouble bool, figure func(round) time.Duration) time.Duration {
	var all []time.Duration
	for _, r := range rounds {
		if r.trouble == trouble {
			all = append(all, figure(r))
		}
	}
	return at(all, .5)
}

func held99(r round) time.Duration    { return at(r.warm, .99) }
func fetched95(r round) time.Duration { return at(r.cold, .95) }

// mostSlowdown is what the others' latencies may grow by. One that waited behind another tenant's call would grow a hundredfold.
const mostSlowdown = 10

// inTrouble alternates rounds in which a tenth of the tenants is in trouble with rounds in which none is. Each round has fresh tenants,
// whose keys the proxy does not hold, in trouble and not.
func (w *world) inTrouble(t *testing.T) (all []round, back time.Duration) {
	const warm = 40
	victims := max(10, len(w.tenants)/10)
	part := (len(w.tenants) - warm) / (2 * *rounds)
	if part < victims+10 {
		t.Fatalf("%d tenants are not enough for %d rounds", len(w.tenants), 2*(*rounds))
	}
	rest := w.tenants[warm:]
	w.sessions(t, 0, 4, func(i int, s *session) error {
		for j := i; j < warm; j += 4 {
			if _, _, err := s.served(t.Context(), w.tenants[j]); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range 2 * *rounds {
		r := round{trouble: (i+i/2)%2 == 0} // with, without, without, with
		fresh := rest[i*part : (i+1)*part]
		took := w.round(t, &r, w.tenants[:warm], fresh[:victims], fresh[victims:])
		back = max(back, took)
		t.Log(r)
		all = append(all, r)
	}
	for name, figure := range map[string]func(round) time.Duration{"held": held99, "fetched": fetched95} {
		with, without := medianOf(all, true, figure), medianOf(all, false, figure)
		t.Logf("key %s: %v with, %v without, ratio %.2f", name, with, without, float64(with)/float64(without))
		if with > mostSlowdown*without {
			t.Errorf("key %s: %v while %d others are in trouble, %v without", name, with, victims, without)
		}
	}
	if m, _ := w.metrics(t, 0); m["pgseal_key_fetch_queued_seconds_count"] != 0 && victims <= 100 { // then there are never more fetches than the gate is wide
		t.Errorf("%v fetches waited before they began", m["pgseal_key_fetch_queued_seconds_count"])
	}
	t.Logf("all of %d were served again after %v", victims, back)
	return all, back
}

// round measures what the others notice; afterwards it ends the trouble, and gives how long it took until every victim was served.
func (w *world) round(t *testing.T, r *round, warm, victims, cold []*tenant) (back time.Duration) {
	if r.trouble {
		w.harm(t, victims)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var asking, asked sync.WaitGroup
	served := make([]atomic.Bool, len(victims))
	asked.Add(len(victims))
	for i, c := range victims {
		asking.Go(func() { w.insist(t, ctx, c, r.trouble, troubles[i%len(troubles)].code, &asked, &served[i]) })
	}
	asked.Wait() // the first calls are under way
	r.measure(t, w, warm, cold)
	for i := range served {
		if r.trouble && served[i].Load() {
			t.Errorf("%s was served, %s", victims[i].name, troubles[i%len(troubles)].words)
		}
	}
	w.kms.ClearFaults()
	began := time.Now()
	for i := range served {
		for end := time.Now().Add(patience); !served[i].Load(); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%s is not served again", victims[i].name)
			}
		}
	}
	back = time.Since(began)
	stop()
	asking.Wait()
	return back
}

// harm makes the keys of tenants fail, and the sessions of their roles too.
func (w *world) harm(t *testing.T, victims []*tenant) {
	for i, c := range victims {
		f := troubles[i%len(troubles)].fault
		for _, about := range []string{c.key, c.role} {
			if f.Key = about; about == "" {
				continue
			}
			if _, err := w.kms.Inject(f); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// insist asks for a victim's value again and again.
func (w *world) insist(t *testing.T, ctx context.Context, c *tenant, trouble bool, want string, asked *sync.WaitGroup, served *atomic.Bool) {
	once := sync.OnceFunc(asked.Done)
	defer once()
	s, err := w.connect(ctx, 0)
	if err != nil {
		t.Error(err)
		return
	}
	defer s.close()
	for ctx.Err() == nil {
		time.AfterFunc(20*time.Millisecond, once)
		_, err := s.read(ctx, c)
		switch {
		case err == nil:
			served.Store(true)
		case ctx.Err() == nil && code(err) != slow && (!trouble || code(err) != want):
			t.Errorf("%s: %v, want %s", c.name, err, want)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// measure has sessions ask for keys that are held, as fast as they can, and beside them for keys that have to be fetched.
func (r *round) measure(t *testing.T, w *world, warm, cold []*tenant) {
	ctx, stop := context.WithTimeout(t.Context(), time.Duration(*seconds)*time.Second)
	defer stop()
	const busy = 3
	var mu sync.Mutex
	var loading sync.WaitGroup
	loading.Go(func() {
		w.sessions(t, 0, busy, func(_ int, s *session) error {
			var mine []time.Duration
			for ctx.Err() == nil {
				took, _, err := s.served(t.Context(), warm[rand.IntN(len(warm))])
				if err != nil {
					return err
				}
				mine = append(mine, took)
			}
			mu.Lock()
			defer mu.Unlock()
			r.warm = append(r.warm, mine...)
			return nil
		})
	})
	pause := time.Duration(*seconds) * time.Second / time.Duration(len(cold)+1)
	w.sessions(t, 0, 1, func(_ int, s *session) error {
		for _, c := range cold {
			time.Sleep(pause)
			took, _, err := s.served(t.Context(), c)
			if err != nil {
				return err
			}
			r.cold = append(r.cold, took)
		}
		return nil
	})
	loading.Wait()
}
