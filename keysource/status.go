package keysource

import (
	"slices"
	"strings"
	"time"
)

// State is what can be said of a tenant's key in one word.
type State uint8

// The states of a tenant's key.
const (
	// StateUnknown: nobody asked lately, or there is no such tenant.
	StateUnknown State = iota
	// StateAvailable: the last answer was a yes, and its cache time is not over.
	StateAvailable
	// StateWithdrawn: the KMS says no.
	StateWithdrawn
	// StateUnreachable: the KMS, or the store, does not answer.
	StateUnreachable
	// StateLocked: an operator said no.
	StateLocked
	// StateInvalid: the record does not verify, or the wrapped key does not open.
	StateInvalid
)

// String is the state's name.
func (s State) String() string {
	switch s {
	case StateAvailable:
		return "available"
	case StateWithdrawn:
		return "withdrawn"
	case StateUnreachable:
		return "unreachable"
	case StateLocked:
		return "locked"
	case StateInvalid:
		return "invalid"
	}
	return "unknown"
}

// stateOf is the state after a failure of some kind.
func stateOf(k Kind) State {
	switch k {
	case AccessDenied, KeyDisabled, KeyInvalidState, KeyNotFound:
		return StateWithdrawn
	case KeyStoreUnavailable, KMSUnreachable, KMSThrottled, KMSCredentials:
		return StateUnreachable
	case KeyLocked:
		return StateLocked
	case KeyMismatch, KeyRecordInvalid:
		return StateInvalid
	}
	return StateUnknown
}

// Status is what the keyring knows about one tenant's key without asking anybody.
type Status struct {
	Tenant        string
	Provider      string
	Key           string     // ARN or the driver's name for it; empty before the record was read
	State         State      // by the last answer
	Since         time.Time  // of the first such answer in a row; zero when there was none
	Kind          Kind       // of the failure; 0 for none
	Failure       *Error     // nil for none
	ReadableUntil time.Time  // when the keys that are held end; zero when none are
	Version       int64      // of the record
	Drill         *Drill     // that the failure is of; nil for none
	Rehearsed     *Rehearsed // what the last drill did here; nil where there was none lately
}

// Status tells about one tenant.
func (k *Keyring) Status(tenant string) Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	if e := k.entries[tenant]; e != nil {
		return k.status(e)
	}
	return Status{Tenant: tenant}
}

// Statuses tells about every tenant that was asked for, by name.
func (k *Keyring) Statuses() []Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := make([]Status, 0, len(k.entries))
	for _, e := range k.entries {
		all = append(all, k.status(e))
	}
	slices.SortFunc(all, func(a, b Status) int { return strings.Compare(a.Tenant, b.Tenant) })
	return all
}

func (k *Keyring) status(e *entry) Status {
	s := Status{Tenant: e.name, Provider: e.spec.Provider, Key: keyName(e.spec), Version: e.version}
	if l := k.cached(e.name); l != nil && l.check() == nil {
		s.State, s.Since = StateAvailable, e.since
		s.ReadableUntil = l.deadline.Load().wallTime(k.o.Clock)
	}
	if f := e.failure; f != nil {
		s.State, s.Since, s.Kind, s.Failure, s.Drill = stateOf(f.Kind), f.Since, f.Kind, f, f.Drill
	}
	if e.rehearsal != nil {
		s.Rehearsed = e.rehearsal.told()
	}
	return s
}
