package keysource

import (
	"context"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// watchAfter is how long after somebody asked in vain a key is still watched for its return.
const watchAfter = time.Minute

// watch has the drivers that can look at the master keys that are in use, or asked for: once at each, however many tenants have it.
func (k *Keyring) watch(ctx context.Context) {
	found := map[KeySpec]*Error{} // nil: it is where it should be
	for _, e := range k.watched() {
		k.mu.Lock()
		spec := e.spec
		k.mu.Unlock()
		w, ok := k.o.Wrappers[spec.Provider].(Watcher)
		if !ok {
			continue
		}
		master := spec
		master.TenantID, master.TenantName, master.KeyNumber = crypto.TenantID{}, "", 0
		err, looked := found[master]
		if !looked {
			looking, cancel := context.WithTimeout(ctx, k.o.CallTimeout)
			err = k.contained(e.name, OpWatch, func() *Error { return fromDriver(w.Look(looking, spec), OpWatch, spec) })
			cancel()
			found[master] = err
		}
		if err != nil {
			k.missed(e, err)
		} else {
			k.spotted(e)
		}
	}
}

func (k *Keyring) watched() []*entry {
	k.mu.Lock()
	defer k.mu.Unlock()
	var list []*entry
	boot := k.o.Clock.Boot()
	for name, e := range k.entries {
		wanted := e.failure != nil && boot-e.askedAt < watchAfter
		if !k.closed && (wanted || k.cached(name) != nil) {
			list = append(list, e)
		}
	}
	return list
}

// missed: a key that is not seen is a no of its owner at once. Trouble in looking is none.
func (k *Keyring) missed(e *entry, err *Error) {
	if err.Kind.answer() != evict {
		return
	}
	k.mu.Lock()
	news := !e.unseen || k.cached(e.name) != nil
	e.unseen = true
	version := e.version
	k.mu.Unlock()
	if news {
		k.refused(e, err, version)
	}
}

// spotted: a key that is seen again may be asked for at once.
func (k *Keyring) spotted(e *entry) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e.unseen {
		e.unseen, e.failures, e.nextTry = false, 0, 0
	}
}
