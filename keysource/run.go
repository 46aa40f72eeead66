package keysource

import (
	"context"
	"sync"
	"time"
)

// Run looks after the keys until ctx ends: it refreshes those in use, destroys those that are over, reads records that changed, and
// watches master keys that can be watched. It returns when its goroutines have; nil, for there is nothing that it does not go on
// after. Close is another thing.
func (k *Keyring) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { every(ctx, k.o.Sweep, nil, func() { k.sweep(ctx) }) })
	wg.Go(func() { every(ctx, k.o.Poll, k.hints, func() { k.poll(ctx) }) })
	wg.Go(func() { every(ctx, k.o.Watch, nil, func() { k.watch(ctx) }) })
	wg.Wait()
	return nil
}

// Hint says that a record may have changed: it is looked for at once, though not more often than every 100 ms. It never blocks.
func (k *Keyring) Hint() {
	select {
	case k.hints <- struct{}{}:
	default: // one is waiting already
	}
}

const hintGap = 100 * time.Millisecond

// every does f after each interval, and after a hint.
func every(ctx context.Context, interval time.Duration, hints <-chan struct{}, f func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f()
		case <-hints:
			f()
			select {
			case <-ctx.Done():
				return
			case <-time.After(hintGap):
			}
		}
	}
}

// sweep destroys what is over, begins the refreshes that are due and forgets names of no tenant.
func (k *Keyring) sweep(ctx context.Context) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return
	}
	boot := k.o.Clock.Boot()
	for name, e := range k.entries {
		k.sweepDrill(e)
		l := k.cached(name)
		switch {
		case l == nil:
		case l.deadline.Load().reached(k.o.Clock):
			if f := overFor(e, l); f != nil {
				k.tell(e, Evicted, f, nil)
			}
			k.drop(name)
		case boot >= e.nextTry && l.refresh.Load().reached(k.o.Clock) && l.used.CompareAndSwap(true, false):
			k.startFetch(ctx, e)
		}
	}
	k.forgetUnknown(unknownAge)
}

// changed asks the store, whose panic counts as no answer.
func (k *Keyring) changed(ctx context.Context) (versions []TenantVersion, err error) {
	if panicked := k.contained("", OpRecord, func() *Error {
		versions, err = k.o.Store.Changed(ctx)
		return nil
	}); panicked != nil {
		return nil, panicked
	}
	return versions, err
}

// poll reads the records whose versions are not those that are known here.
func (k *Keyring) poll(ctx context.Context) {
	asking, cancel := context.WithTimeout(ctx, k.o.CallTimeout)
	defer cancel()
	versions, err := k.changed(asking)
	current := make(map[string]TenantVersion, len(versions))
	for _, v := range versions {
		current[v.Name] = v
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed || ctx.Err() != nil {
		return
	}
	if news := k.deaf != (err != nil); news && err != nil {
		k.o.Log.Warn("the key records can't be read; keys that are held are used until their deadline", "error", err)
	} else if news {
		k.o.Log.Info("the key records can be read again")
	}
	k.deaf = err != nil
	if k.deaf {
		return
	}
	for name, e := range k.entries {
		v, there := current[name]
		suspect := v.Version != e.version || v.Refusals != e.refusals || e.failure != nil && e.failure.Kind == KeyRecordInvalid
		if suspect && (there || k.cached(name) != nil) {
			k.startLook(ctx, e)
		}
		k.startTell(ctx, e)
	}
}
