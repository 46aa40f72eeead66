package keysourcetest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Store is a keysource.Store in memory, with switches for faults. Safe for concurrent use.
type Store struct {
	mu      sync.Mutex
	tenants map[string]keysource.TenantRecord
	held    map[crypto.TenantID]time.Duration
	fault   error
	before  func(op string)
	reads   int
	asked   int
	now     func() time.Time
}

// What Before is told.
const (
	StoreTenant  = "tenant"
	StorePin     = "pin"
	StoreChanged = "changed"
	StoreKnows   = "knows"
	StoreRefused = "refused"
	StoreHold    = "hold"
)

// NewStore is empty.
func NewStore() *Store {
	return &Store{tenants: make(map[string]keysource.TenantRecord), held: make(map[crypto.TenantID]time.Duration)}
}

// Put stores a record as it is, its version included.
func (s *Store) Put(rec keysource.TenantRecord) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rec.Pins = maps.Clone(rec.Pins)
	s.tenants[rec.Name] = rec
}

// Record is what is stored; the zero record when there is none.
func (s *Store) Record(name string) keysource.TenantRecord {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.copy(name)
}

// Remove deletes a record.
func (s *Store) Remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tenants, name)
}

// Update changes a record and raises its version by one.
func (s *Store) Update(name string, change func(*keysource.TenantRecord)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := s.copy(name)
	change(&rec)
	rec.Version++
	s.tenants[name] = rec
}

// Lock locks a tenant.
func (s *Store) Lock(name, by string, since time.Time) {
	s.Update(name, func(r *keysource.TenantRecord) { r.Locked, r.LockedBy, r.LockedSince = true, by, since })
}

// Unlock unlocks a tenant.
func (s *Store) Unlock(name string) {
	s.Update(name, func(r *keysource.TenantRecord) { r.Locked, r.LockedBy, r.LockedSince = false, "", time.Time{} })
}

// Drill orders a drill.
func (s *Store) Drill(name string, d keysource.Drill) {
	s.Update(name, func(r *keysource.TenantRecord) { r.Drill = &d })
}

// Probe orders that the KMS be asked.
func (s *Store) Probe(name string) {
	s.Update(name, func(r *keysource.TenantRecord) { r.Probes++ })
}

// Clock gives the store a clock of its own, by which it stamps what it reads.
func (s *Store) Clock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// Fail makes every call fail with err; nil lets them work again.
func (s *Store) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = err
}

// Before has f called at the start of every call; nil ends that. f may block and may change the store.
func (s *Store) Before(f func(op string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = f
}

// Reads tells how often Tenant was called.
func (s *Store) Reads() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reads
}

// Asked tells how often Knows was called.
func (s *Store) Asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// Tenant is keysource.Store's.
func (s *Store) Tenant(ctx context.Context, name string) (keysource.TenantRecord, error) {
	if err := s.enter(ctx, StoreTenant); err != nil {
		return keysource.TenantRecord{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reads++
	if _, ok := s.tenants[name]; !ok {
		return keysource.TenantRecord{}, &keysource.Error{Kind: keysource.TenantUnknown, Op: keysource.OpRecord, Tenant: name}
	}
	rec := s.copy(name)
	if s.now != nil {
		rec.ReadAt = s.now()
	}
	return rec, nil
}

// Pin is keysource.Store's.
func (s *Store) Pin(ctx context.Context, tenant crypto.TenantID, col crypto.ColumnID, want crypto.KeyNumber) (crypto.KeyNumber, error) {
	if err := s.enter(ctx, StorePin); err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for name := range s.tenants {
		rec := s.copy(name)
		if rec.ID != tenant {
			continue
		}
		if pinned, ok := rec.Pins[col]; ok {
			return pinned, nil
		}
		rec.Pins[col] = want
		s.tenants[name] = rec
		return want, nil
	}
	return 0, errors.New("no tenant of that id")
}

// Changed is keysource.Store's.
func (s *Store) Changed(ctx context.Context) ([]keysource.TenantVersion, error) {
	if err := s.enter(ctx, StoreChanged); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var versions []keysource.TenantVersion
	for name, rec := range s.tenants {
		versions = append(versions, keysource.TenantVersion{Name: name, Version: rec.Version, Refusals: rec.Refusal.Count})
	}
	return versions, nil
}

// Refused is keysource.Store's.
func (s *Store) Refused(ctx context.Context, name string, version int64, kind keysource.Kind) error {
	if err := s.enter(ctx, StoreRefused); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := s.copy(name)
	rec.Refusal = keysource.Refusal{Count: rec.Refusal.Count + 1, Kind: kind, Version: version, At: time.Now()}
	s.tenants[name] = rec
	return nil
}

// Hold is keysource.Store's.
func (s *Store) Hold(ctx context.Context, tenant crypto.TenantID, left time.Duration) error {
	if err := s.enter(ctx, StoreHold); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held[tenant] = left
	return nil
}

// Held is what was last registered of a tenant's key.
func (s *Store) Held(name string) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held[s.tenants[name].ID]
}

// Knows is keysource.Store's.
func (s *Store) Knows(ctx context.Context, n crypto.KeyNumber) (bool, error) {
	if err := s.enter(ctx, StoreKnows); err != nil {
		return false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	for _, rec := range s.tenants {
		if rec.Current.Number == n || slices.ContainsFunc(rec.Elders, func(e keysource.WrappedElder) bool { return e.Number == n }) {
			return true, nil
		}
	}
	return false, nil
}

func (s *Store) enter(ctx context.Context, op string) error {
	s.mu.Lock()
	before := s.before
	s.mu.Unlock()
	if before != nil {
		before(op)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fault
}

// copy gives a record whose map is its own. The caller holds mu.
func (s *Store) copy(name string) keysource.TenantRecord {
	rec := s.tenants[name]
	pins := make(map[crypto.ColumnID]crypto.KeyNumber, len(rec.Pins))
	maps.Copy(pins, rec.Pins)
	rec.Pins = pins
	return rec
}
