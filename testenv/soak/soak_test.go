package soak

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/legatics/pgseal/testenv/bench/program"
)

var (
	length = flag.Duration("for", 12*time.Second, "how long to play")
	seed   = flag.Uint64("seed", 0, "what happens when is drawn with it; 0: with the time")
)

// longForm is from when on memory is held tightly: before, Go's heap is still finding its size.
const longForm = 5 * time.Minute

// binary is pgseal, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "pgseal-soak-")
		if err == nil {
			defer os.RemoveAll(dir)
			binary, err = program.Build(context.Background(), dir)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

// TestSoak holds resources flat under everything that happens to a proxy.
func TestSoak(t *testing.T) {
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-seed %d -for %s", *seed, *length)
	s := deploy(t, *seed)
	before := s.idle()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var playing sync.WaitGroup
	var workers []*worker
	for n, tenant := range []string{steady, steady, moved, moved} {
		w := s.newWorker(n, tenant)
		workers = append(workers, w)
		playing.Go(func() { w.run(ctx) })
	}
	for n := range 6 {
		playing.Go(func() { s.churn(ctx, n) })
	}
	playing.Go(func() { s.poll(ctx) })
	var taken []reading
	playing.Go(func() { taken = s.watch(ctx) })
	s.disturb(time.Now().Add(*length))
	stop()
	playing.Wait()
	for _, w := range workers {
		w.verdict(t.Context())
	}
	s.givenBack(before)
	t.Logf("done: %s", s.counts())
	tolerances := held(*length < longForm)
	for _, line := range flat(t, taken, tolerances) {
		t.Log(line)
	}
}
