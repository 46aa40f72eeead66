package main

import (
	"context"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// ringTimeout bounds what is written when a command's keyring ends.
const ringTimeout = 5 * time.Second

// commandRing is a keyring for a command that seals or opens values. What it does with keys is recorded as it is of a proxy: its use by day, what
// becomes of the key, and until when it may use one; the caller ends it, which takes the last back, so that nobody is told of a key that is gone.
func (s *site) commandRing(ctx context.Context, wrappers map[string]keysource.Wrapper) (ring *keysource.Keyring, events *pgstore.Recorder, end func()) {
	events = s.store.NewRecorder(pgstore.RecorderOptions{Actor: actor()})
	ring = keysource.NewKeyring(keysource.Options{Store: s.store, Wrappers: wrappers, Log: s.log, Journal: events, Versions: s.store.Versions(), Name: proxyName()})
	recorded := s.recordUsage(ctx, ring)
	return ring, events, func() {
		recorded()
		ring.Close()
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), ringTimeout)
		defer stop()
		events.Close(last)
		if err := s.store.HoldNothing(last); err != nil {
			s.log.Debug("the keys that the command held are still registered", "cause", err)
		}
	}
}
