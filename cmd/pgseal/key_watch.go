package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// keyWatch looks now and then, beside the statements and holding none of them up, whether the keys that are in use here have been rotated by the KMS without
// having been wrapped anew (of several proxies one asks), and whether a new data key is due, which it makes where that is configured.
type keyWatch struct {
	store    *pgstore.Store
	ring     *keysource.Keyring
	wrappers map[string]keysource.Wrapper
	actor    string
	interval time.Duration // between two questions about one key; 0: none are asked
	limits   newDataKeyConfig
	log      *slog.Logger
	metrics  *rotationMetrics
	database string

	tenants map[string]*watchedKey
}

// watchedKey is what keyWatch remembers about a tenant.
type watchedKey struct {
	next    time.Time        // when it is looked at again
	pending bool             // rotated there, not re-wrapped here
	due     bool             // a new data key is
	said    crypto.KeyNumber // the data key of which it was said, or tried, last
	tryAt   time.Time        // when a data key that could not be made is tried again
}

// every is how long after a look at a key the next one is, about.
func (k *keyWatch) every() time.Duration {
	if k.interval > 0 {
		return k.interval
	}
	return time.Hour
}

// tick is how often it is seen whether some key is to be looked at. Most ticks find none.
func (k *keyWatch) tick() time.Duration {
	return min(max(k.every()/60, 50*time.Millisecond), time.Minute)
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
			if s.State == keysource.StateAvailable && ctx.Err() == nil {
				k.look(ctx, s)
			}
		}
		k.count()
	}
}

// look looks at one tenant's key, if it is time.
func (k *keyWatch) look(ctx context.Context, s keysource.Status) {
	w, now := k.tenants[s.Tenant], time.Now()
	if w == nil { // the keys of many tenants that come into use together are not looked at together
		w = &watchedKey{next: now.Add(time.Duration(rand.Float64() * float64(k.every()) / 4))}
		k.tenants[s.Tenant] = w
	}
	if now.Before(w.next) && !w.pending && !w.due { // what is wanted is looked at each time, in the store: it may have been done
		return
	}
	w.next = now.Add(k.every() + time.Duration(rand.Float64()*float64(k.every())/10))
	limited, stop := context.WithTimeout(ctx, tickTimeout)
	defer stop()
	if describer, ok := k.wrappers[s.Provider].(keysource.Describer); ok && k.interval > 0 {
		k.lookAtMaterial(limited, s.Tenant, w, describer)
	}
	k.lookAtLimits(limited, s, w)
}

func (k *keyWatch) lookAtMaterial(ctx context.Context, tenant string, w *watchedKey, describer keysource.Describer) {
	c, err := k.store.CheckMaterial(ctx, tenant, k.actor, k.interval, describer)
	if err != nil {
		k.log.Debug("it could not be looked whether a key was rotated", "tenant", tenant, "cause", err)
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

// lookAtLimits looks whether a new data key is due, and says so once. One that could not be made is tried again at the time of the next look.
func (k *keyWatch) lookAtLimits(ctx context.Context, s keysource.Status, w *watchedKey) {
	t, err := k.store.LookUp(ctx, s.Tenant)
	var due pgstore.Due
	if err == nil {
		due, err = k.store.Due(ctx, t, k.limits.limits())
	}
	if err != nil {
		k.log.Debug("it could not be looked whether a new data key is due", "tenant", s.Tenant, "cause", err)
		return
	}
	w.due = !due.Since.IsZero() && !t.Locked && !t.Retired
	if now := time.Now(); !w.due || w.said == t.Current.Number && (!k.limits.Automatic || now.Before(w.tryAt)) {
		return
	}
	w.said, w.tryAt = t.Current.Number, w.next
	wrapper := k.wrappers[t.Spec.Provider]
	if !k.limits.Automatic || wrapper == nil {
		k.log.Warn("a new data key is due", "tenant", s.Tenant, "since", due.Since, "reason", due.Why, "hint", "pgseal key rotate --new-data-key "+s.Tenant)
		return
	}
	made, err := k.store.RotateDue(ctx, t, due, k.actor, wrapper)
	switch {
	case errors.Is(err, pgstore.ErrConflict): // another proxy makes it, or somebody changes something else: the next look sees
		w.said = 0
	case err != nil:
		k.log.Error("a new data key is due and could not be made", "tenant", s.Tenant, "since", due.Since, "reason", due.Why, "cause", err)
	default:
		w.due = false
		k.log.Info("a new data key was made, because it was due", "tenant", s.Tenant, "since", due.Since, "reason", due.Why, "data_key", fmt.Sprintf("%08x", uint32(made.Current.Number)))
	}
}

func (k *keyWatch) count() {
	pending, due := 0, 0
	for _, w := range k.tenants {
		if w.pending {
			pending++
		}
		if w.due {
			due++
		}
	}
	k.metrics.due.WithLabelValues(k.database).Set(float64(due))
	k.metrics.pending.WithLabelValues(k.database).Set(float64(pending))
}
