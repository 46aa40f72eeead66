package pgstore

import (
	"errors"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// EventProof is what VerifyEvents has found out about the whole log.
type EventProof struct {
	Events    int64 // that are there and verify
	Writers   int   // whose events are there
	OfTenant  int64 // of Events, those about the tenant that was asked for
	From, To  time.Time
	Forgotten []Forgetting
	Restored  []Event
	Problems  []EventProblem // the first of them
	More      int            // problems beyond those

	heads map[WriterID]Head
}

// Forgetting is the signed record of what retention has deleted.
type Forgetting struct {
	Event
	Writers int // whose chains were cut
}

// EventProblem is one thing that is wrong with the log.
type EventProblem struct {
	Writer WriterID // zero: with the log as a whole
	What   string
}

// String is the problem for people.
func (p EventProblem) String() string {
	if p.Writer == (WriterID{}) {
		return p.What
	}
	return "writer " + p.Writer.String() + ": " + p.What
}

// maxProblems bounds how many problems are listed.
const maxProblems = 100

func (p *EventProof) problem(writer WriterID, format string, args ...any) {
	if len(p.Problems) >= maxProblems {
		p.More++
		return
	}
	p.Problems = append(p.Problems, EventProblem{writer, fmt.Sprintf(format, args...)})
}

// Err is nil when the log is whole, and KeyRecordInvalid otherwise.
func (p *EventProof) Err() error {
	if len(p.Problems) == 0 {
		return nil
	}
	return invalid("event log", errors.New("pgstore: the event log is not whole: "+p.Problems[0].String()))
}

// count enters an event that verifies.
func (p *EventProof) count(e *eventRow, tenant crypto.TenantID) {
	p.Events++
	if tenant != (crypto.TenantID{}) && e.Tenant == tenant {
		p.OfTenant++
	}
	if p.From.IsZero() || e.At.Before(p.From) {
		p.From = e.At
	}
	if e.At.After(p.To) {
		p.To = e.At
	}
}
