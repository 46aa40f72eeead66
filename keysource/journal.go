package keysource

import (
	"errors"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// Journal hears what becomes of tenants' keys, for the event log: what an owner of a key wants to see, never single statements. It
// is called with locks held: it must come back at once and must not call the keyring.
type Journal interface {
	Happened(h Happening)
}

// What is what became of a key.
type What uint8

const (
	// Fetched: the key service opened the data key.
	Fetched What = iota + 1
	// Back: the same, for the first time after Denied, Unreachable or Alarmed.
	Back
	// Denied: the key service said no, for the first time in a row.
	Denied
	// Unreachable: it did not answer, for the first time in a row.
	Unreachable
	// Evicted: a key that somebody may have used until then is used no more: after a no, a lock, or the end of its cache time
	// without another yes, and when the keyring closes.
	Evicted
	// Alarmed: the record does not verify, or the wrapped key does not open.
	Alarmed
)

// Happening is one thing that became of a tenant's key.
type Happening struct {
	What     What
	At       time.Time
	Tenant   crypto.TenantID // zero while its record was never read
	Name     string          // of the tenant
	Key      string
	Requests []string  // the key service's ids of the calls
	Until    time.Time // Fetched: when what was fetched ends
	Failure  *Error    // Denied, Unreachable, Evicted, Alarmed: why; Back: after what
}

type noJournal struct{}

func (noJournal) Happened(Happening) {}

// tell gives the journal something about a tenant that exists. The caller holds mu.
func (k *Keyring) tell(e *entry, what What, f *Error, requests []string) {
	h := Happening{What: what, At: now(k.o.Clock).wall, Tenant: e.spec.TenantID, Name: e.name, Key: keyName(e.spec), Requests: requests, Failure: f}
	if h.Tenant == (crypto.TenantID{}) && what != Alarmed {
		return // sessions may name what they like
	}
	if l := k.cached(e.name); what == Fetched && l != nil {
		h.Until = l.deadline.Load().wallTime(k.o.Clock)
	}
	k.o.Journal.Happened(h)
}

// tellFailure tells of an answer that is not a yes, where it is news. The caller holds mu.
func (k *Keyring) tellFailure(e *entry, last, f *Error) {
	if last != nil && last.Kind == f.Kind {
		return
	}
	var requests []string
	if f.RequestID != "" {
		requests = []string{f.RequestID}
	}
	switch stateOf(f.Kind) {
	case StateWithdrawn:
		k.tell(e, Denied, f, requests)
	case StateUnreachable:
		k.tell(e, Unreachable, f, requests)
	case StateInvalid:
		k.tell(e, Alarmed, f, requests)
	}
}

// tellFetched tells of a yes. The caller holds mu.
func (k *Keyring) tellFetched(e *entry, last *Error, requests []string) {
	k.tell(e, Fetched, nil, requests)
	if last == nil {
		return
	}
	switch stateOf(last.Kind) {
	case StateWithdrawn, StateUnreachable, StateInvalid:
		k.tell(e, Back, last, requests)
	}
}

// overFor is why a lease that is over was not followed by another; nil when nobody wanted one.
func overFor(e *entry, l *lease) *Error {
	if e.failure == nil {
		return nil
	}
	return l.expired()
}

// Closing tells whether a key was given up because the process ends.
func (h Happening) Closing() bool { return h.Failure != nil && errors.Is(h.Failure.Cause, ErrClosed) }
