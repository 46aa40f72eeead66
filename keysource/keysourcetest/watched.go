package keysourcetest

import (
	"context"
	"sync"

	"github.com/legatics/pgseal/keysource"
)

// WatchedWrapper is a Wrapper that is a keysource.Watcher too. What Look sees is switched apart from what the calls answer.
type WatchedWrapper struct {
	*Wrapper

	mu    sync.Mutex
	seen  keysource.Kind
	looks int
}

// See makes Look fail with an error of that kind; 0 lets it see the key again.
func (w *WatchedWrapper) See(k keysource.Kind) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = k
}

// Looks tells how often Look was called.
func (w *WatchedWrapper) Looks() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.looks
}

// Look is keysource.Watcher's.
func (w *WatchedWrapper) Look(_ context.Context, spec keysource.KeySpec) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.looks++
	if w.seen != 0 {
		return failure(w.seen, keysource.OpWatch, spec, errSwitched)
	}
	return nil
}
