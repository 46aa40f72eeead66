package pgstore

import (
	"errors"
	"fmt"
	"maps"
	"sync"
)

// Seen is the highest version of each control record that somebody has seen, in
// one epoch of the store. An operator's accept-restore begins a new epoch.
type Seen struct {
	Epoch    int64            `json:"epoch"`
	Versions map[string]int64 `json:"versions"` // "store", "tenant <id>", "name <tenant>", "data_key <number>", "column <id>"
}

// ErrOlder is the cause of a KeyRecordInvalid whose record verifies, but is older
// than one that was seen: the database was restored to an earlier time, or
// somebody has put an old record back.
var ErrOlder = errors.New("older than what was seen before")

// memory holds what this process has seen. A record that is older than what was
// seen is refused: somebody has put it back.
type memory struct {
	mu      sync.Mutex
	seen    Seen
	changed bool // since the last save
}

// note checks the version of a verified record and remembers it. The epoch is
// that of the store's row in the same snapshot.
func (m *memory) note(epoch int64, what string, version int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.enter(epoch); err != nil {
		return err
	}
	switch highest := m.seen.Versions[what]; {
	case version < highest:
		return invalid(what, fmt.Errorf("pgstore: %s is of version %d, and version %d was seen: it is %w", what, version, highest, ErrOlder))
	case version > highest:
		m.seen.Versions[what] = version
		m.changed = true
	}
	return nil
}

// raise remembers a version in the present epoch.
func (m *memory) raise(what string, version int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if version > m.seen.Versions[what] {
		m.seen.Versions[what] = version
		m.changed = true
	}
}

// enter begins a newer epoch and refuses an older one.
func (m *memory) enter(epoch int64) error {
	if m.seen.Versions == nil || epoch > m.seen.Epoch {
		m.seen = Seen{Epoch: epoch, Versions: make(map[string]int64)}
		m.changed = true
	}
	if epoch < m.seen.Epoch {
		return invalid("store", fmt.Errorf("pgstore: the store is of epoch %d, and epoch %d was seen: it is %w", epoch, m.seen.Epoch, ErrOlder))
	}
	return nil
}

// merge takes over what another proxy, or this one before a restart, has seen.
func (m *memory) merge(other Seen) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.enter(other.Epoch) != nil {
		return // of an epoch that is over
	}
	for what, version := range other.Versions {
		if version > m.seen.Versions[what] {
			m.seen.Versions[what] = version
			m.changed = true
		}
	}
}

// copy gives what was seen; changed tells whether that was not saved yet.
func (m *memory) copy() (seen Seen, changed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Seen{Epoch: m.seen.Epoch, Versions: maps.Clone(m.seen.Versions)}, m.changed
}

// saved notes that a copy was saved; what was seen since then stays unsaved.
func (m *memory) saved(copy Seen) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.changed = copy.Epoch != m.seen.Epoch || !maps.Equal(copy.Versions, m.seen.Versions)
}
