package kmstest

import (
	"maps"
	"slices"
	"time"
)

// maxCalls bounds the log of calls; the oldest are forgotten first.
const maxCalls = 10_000

// Call is one request as the server saw it.
type Call struct {
	Time              time.Time         `json:"time"`
	Operation         string            `json:"operation"`
	Principal         string            `json:"principal"`              // "" when it got no further than the signature
	KeyID             string            `json:"key_id,omitempty"`       // as the request named it; ReEncrypt: the source
	DestinationKeyID  string            `json:"destination,omitempty"`  // ReEncrypt
	EncryptionContext map[string]string `json:"context,omitempty"`      // ReEncrypt: the source's
	DryRun            bool              `json:"dry_run,omitempty"`      //
	Answer            string            `json:"answer,omitempty"`       // error code, or "" for success
	RoleSession       string            `json:"role_session,omitempty"` // AssumeRole
	RequestID         string            `json:"request_id,omitempty"`   // as the client was told
}

// Calls returns the latest calls, oldest first. Requests that a fault kept from being answered are among them, with
// the fault's kind in place of the answer.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Counts returns how often each operation was asked for since the last ResetCounts, whatever came of it.
func (s *Server) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.counts)
}

// Count is Counts of one operation.
func (s *Server) Count(operation string) int { return s.Counts()[operation] }

// ResetCounts forgets counts and calls.
func (s *Server) ResetCounts() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
	clear(s.counts)
}

// arrived counts a request before anything is done about it.
func (s *Server) arrived(operation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[operation]++
}

// note adds to the log. The caller holds s.mu.
func (s *Server) note(c Call) {
	if len(s.calls) >= maxCalls {
		s.calls = slices.Delete(s.calls, 0, len(s.calls)-maxCalls+1)
	}
	s.calls = append(s.calls, c)
}
