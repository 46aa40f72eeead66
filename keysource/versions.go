package keysource

import "sync"

// Versions remembers the highest record version seen of each tenant, so that an older record is noticed. It is safe for concurrent
// use.
type Versions interface {
	// Seen is the highest version remembered, 0 for none.
	Seen(name string) int64
	// Remember raises the highest version; a lower one changes nothing. After an error the version is remembered for the life of
	// the process, but perhaps not beyond.
	Remember(name string, version int64) error
}

// NewVersions remembers in memory, for the life of the process.
func NewVersions() Versions { return &memoryVersions{seen: make(map[string]int64)} }

type memoryVersions struct {
	mu   sync.Mutex
	seen map[string]int64
}

func (v *memoryVersions) Seen(name string) int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.seen[name]
}

func (v *memoryVersions) Remember(name string, version int64) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen[name] = max(v.seen[name], version)
	return nil
}
