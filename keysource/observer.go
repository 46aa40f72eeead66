package keysource

import "time"

// Observer hears what the keyring does, for metrics. It is called from many goroutines, in part with locks held: it must come back
// at once and must not call the keyring.
type Observer interface {
	// Called: one call of a driver has ended; kind is 0 when it succeeded.
	Called(op, provider string, kind Kind, took time.Duration)
	// Looked: somebody acquired a handle; hit is false when it was not there and had to be asked for.
	Looked(hit bool)
	// Waited: somebody who acquired a handle that was not there has it, or an error, after that time.
	Waited(wait time.Duration)
	// Queued: a fetch had to wait before it could begin, because very many began at once.
	Queued(wait time.Duration)
	// Evicted: a tenant's keys are no longer used although their cache time is not over.
	Evicted(kind Kind)
	// Alarmed: somebody changed what nobody should have (KeyMismatch, KeyRecordInvalid).
	Alarmed(e *Error)
}

type silent struct{}

func (silent) Called(string, string, Kind, time.Duration) {}
func (silent) Looked(bool)                                {}
func (silent) Waited(time.Duration)                       {}
func (silent) Queued(time.Duration)                       {}
func (silent) Evicted(Kind)                               {}
func (silent) Alarmed(*Error)                             {}
