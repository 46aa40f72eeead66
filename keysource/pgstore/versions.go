package pgstore

import "github.com/legatics/pgseal/keysource"

// Versions is the store's memory as a keyring asks for it, by tenants' names:
// one memory, one file, and a new epoch empties both.
func (s *Store) Versions() keysource.Versions { return nameVersions{s} }

type nameVersions struct{ s *Store }

// Seen implements keysource.Versions.
func (v nameVersions) Seen(name string) int64 {
	m := &v.s.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen.Versions[nameKey(name)]
}

// Remember implements keysource.Versions.
func (v nameVersions) Remember(name string, version int64) error {
	v.s.memory.raise(nameKey(name), version)
	return v.s.saveSeen()
}

func nameKey(name string) string { return "name " + name }
