package keysource

import (
	"context"
	"sync"
	"time"
)

const (
	// gateWidth is how many fetches may be young at once. It is what a few cores can shake hands for within the driver's time-outs: when
	// a thousand tenants come back together, more at once would all time out.
	gateWidth = 128
	// gatePatience is how long a fetch counts as young. After that it waits for somebody else's answer, and is in nobody's way.
	gatePatience = 100 * time.Millisecond
)

// gate spreads fetches that begin together. It is no bound on how many are under way: one that is not answered gives its place up
// after gatePatience, so that however many tenants' KMSs hang, the next tenant waits for at most that long for each gateWidth of
// fetches that began just before, and not at all if those were fewer.
type gate struct {
	places   chan struct{}
	patience time.Duration
	observer Observer
}

func newGate(width int, patience time.Duration, observer Observer) *gate {
	return &gate{places: make(chan struct{}, width), patience: patience, observer: observer}
}

// enter waits for a place, which leave gives back. The error is ctx's.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.places <- struct{}{}:
	default:
		began := time.Now()
		select {
		case g.places <- struct{}{}:
			g.observer.Queued(time.Since(began))
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	give := sync.OnceFunc(func() { <-g.places })
	old := time.AfterFunc(g.patience, give)
	return func() {
		old.Stop()
		give()
	}, nil
}

// storeWidth is how many fetches may be at the store at once. A store has few connections, and a lock has to be read within 2 s however many tenants are
// asked for, and even where nothing can be written: what looks at changed records takes no place.
const storeWidth = 2

// atStore waits for a place at the store, which leave gives back.
func (k *Keyring) atStore(ctx context.Context, op string) (leave func(), err *Error) {
	select {
	case k.stores <- struct{}{}:
		return func() { <-k.stores }, nil
	case <-ctx.Done():
		return nil, &Error{Kind: KMSUnreachable, Op: op, Cause: context.Cause(ctx)}
	}
}
