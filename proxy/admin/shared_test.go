package admin_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/legatics/pgseal/proxy/admin"
)

// TestSharedAnswer: however many ask, and however soon they leave again, one at a time is asked, once a second.
func TestSharedAnswer(t *testing.T) {
	var now atomic.Int64
	var asked, atOnce atomic.Int32
	down, begun, release := errors.New("down"), make(chan struct{}, 100), make(chan struct{})
	shared := admin.NewShared(func() time.Time { return time.Unix(1, now.Load()) }, time.Minute, func(ctx context.Context) (int32, error) {
		if asked.Add(1); atOnce.Add(1) != 1 {
			t.Error("two were asked at once")
		}
		defer atOnce.Add(-1)
		begun <- struct{}{}
		select {
		case <-release:
			return asked.Load(), down
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	})
	ask := func(ctx context.Context) error {
		n, err := shared.Get(ctx)
		if err == down && n != asked.Load() {
			t.Errorf("the answer of question %d, after %d", n, asked.Load())
		}
		return err
	}
	round := func() {
		t.Helper()
		var all sync.WaitGroup
		first, leave := context.WithCancel(t.Context())
		for i := range 50 {
			all.Go(func() {
				ctx := t.Context()
				if i == 0 {
					ctx = first
				}
				if err := ask(ctx); err != down && !(i == 0 && errors.Is(err, context.Canceled)) {
					t.Errorf("the answer: %v", err)
				}
			})
		}
		<-begun
		leave()
		release <- struct{}{}
		all.Wait()
	}
	round()
	if err := ask(t.Context()); err != down || asked.Load() != 1 {
		t.Errorf("after fifty questions: asked %d times, %v", asked.Load(), err)
	}
	now.Add(int64(admin.SharedAge - time.Nanosecond))
	if err := ask(t.Context()); err != down || asked.Load() != 1 {
		t.Errorf("within a second: asked %d times, %v", asked.Load(), err)
	}
	now.Add(1)
	round()
	if asked.Load() != 2 {
		t.Errorf("a second later: asked %d times", asked.Load())
	}
	shared.Forget()
	round()
	if asked.Load() != 3 {
		t.Errorf("after a change: asked %d times", asked.Load())
	}
}
