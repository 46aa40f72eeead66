package main

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// keyWatch looks now and then, beside the statements and holding none of them up, whether the keys that are in use here have been rotated by the KMS without
// having been wrapped anew. Of several proxies one asks.
type keyWatch struct {
	store    *pgstore.Store
	ring     *keysource.Keyring
	wrappers map[string]keysource.Wrapper
	actor    string
	interval time.Duration // between two questions about one key
	log      *slog.Logger
	metrics  *rotationMetrics
	database string

	tenants map[string]*watchedKey
}

// watchedKey is what keyWatch remembers about a tenant.
type watchedKey struct {
	next    time.Time // when it is looked at again
	pending bool
}

// most of the ticks find nothing to do: a tick is a sixtieth of the interval.
func (k *keyWatch) tick() time.Duration {
	return min(max(k.interval/60, 50*time.Millisecond), time.Minute)
}

// run looks until ctx ends.
func (k *keyWatch) run(ctx context.Context) error {
	k.tenants = map[string]*watchedKey{}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(k.tick()):
		}
		for _, s := range k.ring.Statuses() {
			if describer, ok := k.wrappers[s.Provider].(keysource.Describer); ok && k.interval > 0 && s.State == keysource.StateAvailable && ctx.Err() == nil {
				k.look(ctx, s.Tenant, describer)
			}
		}
		k.count()
	}
}

// look looks at one tenant's key, if it is time.
func (k *keyWatch) look(ctx context.Context, tenant string, describer keysource.Describer) {
	w, now := k.tenants[tenant], time.Now()
	if w == nil { // many keys, or proxies, that start together do not ask together
		w = &watchedKey{next: now.Add(time.Duration(rand.Float64() * float64(k.tick())))}
		k.tenants[tenant] = w
	}
	if now.Before(w.next) && !w.pending { // what is pending is looked at each time, in the store: it may have been done
		return
	}
	limited, stop := context.WithTimeout(ctx, tickTimeout)
	defer stop()
	c, err := k.store.CheckMaterial(limited, tenant, k.actor, k.interval, describer)
	w.next = now.Add(k.interval + time.Duration(rand.Float64()*float64(k.interval)/10))
	if err != nil {
		if ctx.Err() == nil {
			k.log.Debug("it could not be looked whether a key was rotated", "tenant", tenant, "cause", err)
		}
		return
	}
	w.pending = c.Pending(c.Tenant)
	switch {
	case c.News:
		k.log.Warn("the customer's key is made of other material now, and the tenant's data key has not been wrapped with it yet", "tenant", tenant,
			"key", c.KeyARN, "material", c.MaterialID, "rotated", c.How, "hint", "pgseal key rotate "+tenant)
	case c.Asked && c.Problem != "":
		k.log.Debug("the KMS does not say whether a key was rotated", "tenant", tenant, "reason", c.Problem)
	}
}

func (k *keyWatch) count() {
	pending := 0
	for _, w := range k.tenants {
		if w.pending {
			pending++
		}
	}
	k.metrics.pending.WithLabelValues(k.database).Set(float64(pending))
}
