package kmstest

import (
	"errors"
	"net/http"
	"path"
	"slices"
	"strconv"
	"time"
)

// FaultKind is a way in which the server misbehaves.
type FaultKind string

const (
	Latency  FaultKind = "latency"   // answers after Fault.Delay
	Hang     FaultKind = "hang"      // reads the request and never answers
	HalfHead FaultKind = "half-head" // sends half of the header, then nothing more
	HalfBody FaultKind = "half-body" // sends the header and half of the body, then nothing more
	Trickle  FaultKind = "trickle"   // sends the header and then a byte of the body every 100 ms
	CutBody  FaultKind = "cut-body"  // sends the header and half of the body, then closes the connection
	Endless  FaultKind = "endless"   // sends a body without end
	Drop     FaultKind = "drop"      // resets the connection
	Throttle FaultKind = "throttle"  // ThrottlingException
	Answer   FaultKind = "answer"    // the error of Fault.Code, Message and Status
	Garbage  FaultKind = "garbage"   // a web page, with Fault.Status or 200
	Redirect FaultKind = "redirect"  // to Fault.Location, with Fault.Status or 307
	Empty    FaultKind = "empty"     // 200 without a body, which the SDK takes for a success without any content
)

// Fault is one misbehaviour, for the operations that it names.
type Fault struct {
	Kind      FaultKind
	Operation string        // pattern as in path.Match; "" is every operation, AssumeRole included
	Times     int           // how often; 0 is until removed
	Delay     time.Duration // Latency: how late; every other kind: waits as long first
	Code      string        // Answer
	Message   string        // Answer
	Status    int           // Answer, Garbage, Redirect; 0 is the usual one
	Location  string        // Redirect
	// RetryAfter, if above 0, is sent as X-Amz-Retry-After in milliseconds with Throttle and Answer.
	RetryAfter time.Duration
}

// ErrBadFault is returned for a fault whose kind or pattern is unknown.
var ErrBadFault = errors.New("kmstest: no such fault")

func (f Fault) check() error {
	_, err := path.Match(f.Operation, "")
	switch f.Kind {
	case Latency, Hang, HalfHead, HalfBody, Trickle, CutBody, Endless, Drop, Throttle, Answer, Garbage, Redirect, Empty:
		if err == nil && (f.Kind != Answer || f.Code != "") && (f.Kind != Redirect || f.Location != "") {
			return nil
		}
	}
	return ErrBadFault
}

// Inject adds a fault and returns what removes it again. Of several that fit a request the oldest is used; requests
// that are already hanging go on hanging until their client gives up or the server is closed.
func (s *Server) Inject(f Fault) (remove func(), err error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := &f
	s.faults = append(s.faults, entry)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.faults = slices.DeleteFunc(s.faults, func(o *Fault) bool { return o == entry })
	}, nil
}

// ClearFaults removes every fault and the clock skew.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.skew = nil, 0
}

// SetClockSkew moves the clock that the Date header and the check of signatures use.
func (s *Server) SetClockSkew(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew = d
}

// takeFault returns a copy of the fault that hits operation, if any, and counts it down.
func (s *Server) takeFault(operation string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if ok, _ := path.Match(orElse(f.Operation, "*"), operation); !ok {
			continue
		}
		hit := *f
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
		}
		return &hit
	}
	return nil
}

// misbehave does what f says. It returns the error to answer with, or done when the request is dealt with.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, f *Fault) (answer *apiError, done bool) {
	if f.Delay > 0 && !s.pause(r, f.Delay) {
		reset(w)
		return nil, true
	}
	switch f.Kind {
	case Hang:
		s.pause(r, 0)
		reset(w) // returning instead would send an empty success
		return nil, true
	case Empty:
		return nil, true
	case Drop:
		reset(w)
		return nil, true
	case HalfHead:
		s.halfHead(w)
		return nil, true
	case Endless:
		s.flood(r, w)
		return nil, true
	case Redirect:
		w.Header().Set("Location", f.Location)
		status := f.Status
		if status == 0 {
			status = http.StatusTemporaryRedirect
		}
		w.WriteHeader(status)
		return nil, true
	case Garbage:
		w.Header().Set("Content-Type", "text/html")
		if f.Status != 0 {
			w.WriteHeader(f.Status)
		}
		_, _ = w.Write([]byte("<html><body>welcome to the guest network</body></html>"))
		return nil, true
	case Throttle:
		retryAfter(w, f)
		return throttled(), false
	case Answer:
		retryAfter(w, f)
		e := fail(f.Code, "%s", f.Message)
		if f.Status != 0 {
			e.status = f.Status
		}
		return e, false
	}
	return nil, false
}

func retryAfter(w http.ResponseWriter, f *Fault) {
	if f.RetryAfter > 0 {
		w.Header().Set("X-Amz-Retry-After", strconv.FormatInt(f.RetryAfter.Milliseconds(), 10))
	}
}

// pause waits for d, or for ever if d is 0. False means that the client or the server has gone.
func (s *Server) pause(r *http.Request, d time.Duration) bool {
	var late <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-late:
		return true
	case <-r.Context().Done():
	case <-s.closing:
	}
	return false
}
