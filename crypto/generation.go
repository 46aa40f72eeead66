package crypto

import (
	"crypto/rand"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
)

// maxColumns bounds the column keys that a generation keeps; one more than that pushes out another.
const maxColumns = 1024

// Generation is one data-key generation of one tenant, with every key derived from it. Safe for concurrent use.
type Generation struct {
	tag       StoreTag
	tenant    TenantID
	number    KeyNumber
	key       *DataKey
	random    func([]byte)
	destroyed atomic.Bool
	prefixes  prefixCache

	mu      sync.Mutex // held by whoever replaces columns
	columns atomic.Pointer[map[Column]*ColumnKey]
}

// NewGeneration takes ownership of key: it is destroyed with the generation.
func NewGeneration(tag StoreTag, tenant TenantID, n KeyNumber, key *DataKey) *Generation {
	g := &Generation{tag: tag, tenant: tenant, number: n, key: key}
	g.random = func(b []byte) { rand.Read(b) } // never fails, never from a buffer that a cloned machine would share
	g.columns.Store(&map[Column]*ColumnKey{})
	return g
}

// Number is the generation's number, which every value that it seals carries.
func (g *Generation) Number() KeyNumber { return g.number }

// Tenant is the tenant whose generation this is.
func (g *Generation) Tenant() TenantID { return g.tenant }

// Column gives the key of a column, derived at the first call and kept. ErrMalformed for a column without a name or family,
// ErrDestroyed.
func (g *Generation) Column(c Column) (*ColumnKey, error) {
	if k := (*g.columns.Load())[c]; k != nil {
		return k, nil
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	if g.number == 0 {
		return nil, fmt.Errorf("%w: 0 is no key number", ErrMalformed)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	old := *g.columns.Load()
	if k := old[c]; k != nil {
		return k, nil
	}
	k, err := newColumnKey(g, c)
	if err != nil {
		return nil, err
	}
	columns := maps.Clone(old) // if Destroy has begun since, it waits for mu, and drops this key with the others
	if len(columns) >= maxColumns {
		for other := range columns {
			delete(columns, other) // whoever holds it may go on using it
			break
		}
	}
	columns[c] = k
	g.columns.Store(&columns)
	return k, nil
}

// Destroy zeroes the data key, after every derivation that is under way, and drops the derived keys. What is being sealed or opened
// at this moment ends well, with the real keys; everything later gives ErrDestroyed. Idempotent.
func (g *Generation) Destroy() {
	g.destroyed.Store(true)
	g.key.Destroy()
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, k := range *g.columns.Load() {
		k.keys.Store(nil)
	}
	g.columns.Store(&map[Column]*ColumnKey{})
	g.prefixes.drop()
}
