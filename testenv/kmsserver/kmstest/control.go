package kmstest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The control interface: POST /_control/VERB with a JSON object, answered by a JSON object. 400 and {"error": ".."}
// for what is not understood, 404 for an unknown verb or key. Durations are Go's ("300ms"). It asks for no
// credentials: the server is for tests.

// control serves one verb.
func (s *Server) control(w http.ResponseWriter, r *http.Request, verb string, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	f, ok := s.verbs[verb]
	switch {
	case !ok:
		answerControl(w, http.StatusNotFound, map[string]string{"error": "no such verb: " + verb})
		return
	case r.Method != http.MethodPost:
		answerControl(w, http.StatusMethodNotAllowed, map[string]string{"error": "use POST"})
		return
	}
	out, err := f(body)
	switch {
	case errors.Is(err, ErrNoSuchKey):
		answerControl(w, http.StatusNotFound, map[string]string{"error": err.Error()})
	case err != nil:
		answerControl(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
	default:
		answerControl(w, http.StatusOK, out)
	}
}

func answerControl(w http.ResponseWriter, status int, out any) {
	w.WriteHeader(status)
	_, _ = w.Write(append(encode(out), '\n'))
}

type verb func(body []byte) (any, error)

// switching turns a function of a decoded object into a verb. Unknown members are errors: a misspelt switch that
// does nothing would make a test pass for nothing.
func switching[In any](f func(In) (any, error)) verb {
	return func(body []byte) (any, error) {
		var in In
		if len(body) > 0 {
			d := json.NewDecoder(bytes.NewReader(body))
			d.DisallowUnknownFields()
			if err := d.Decode(&in); err != nil {
				return nil, err
			}
			if _, err := d.Token(); !errors.Is(err, io.EOF) {
				return nil, errors.New("more than one JSON value")
			}
		}
		return f(in)
	}
}

// done is switching for a function without a result.
func done[In any](f func(In) error) verb {
	return switching(func(in In) (any, error) { return nothing{}, f(in) })
}

type keySwitch struct {
	Key        string   `json:"key"`
	State      State    `json:"state"`
	Code       string   `json:"code"`
	Principals []string `json:"principals"`
}

type faultSwitch struct {
	Kind       string   `json:"kind"`
	Operation  string   `json:"operation"`
	Times      int      `json:"times"`
	Delay      duration `json:"delay"`
	Code       string   `json:"code"`
	Message    string   `json:"message"`
	Status     int      `json:"status"`
	Location   string   `json:"location"`
	RetryAfter duration `json:"retry_after"`
}

type userSwitch struct {
	ARN       string `json:"arn"`
	AccessKey string `json:"access_key"`
	Secret    string `json:"secret"`
}

// controlVerbs is the whole control interface.
func (s *Server) controlVerbs() map[string]verb {
	return map[string]verb{
		"key/create": switching(func(o KeyOptions) (any, error) {
			return map[string]string{"key": s.CreateKey(o)}, nil
		}),
		"key/state":   done(func(in keySwitch) error { return s.SetState(in.Key, in.State) }),
		"key/trouble": done(func(in keySwitch) error { return s.Trouble(in.Key, in.Code) }),
		"key/delete":  done(func(in keySwitch) error { return s.DeleteKey(in.Key) }),
		"key/rotate": switching(func(in keySwitch) (any, error) {
			id, err := s.Rotate(in.Key)
			return map[string]string{"material": id}, err
		}),
		"key/restrict": done(func(in keySwitch) error { return s.Restrict(in.Key, in.Principals...) }),
		"key/open":     done(func(in keySwitch) error { return s.Open(in.Key) }),
		"keys": switching(func(nothing) (any, error) {
			return map[string][]string{"keys": s.Keys()}, nil
		}),
		"deny":            done(func(d Denial) error { s.Deny(d); return nil }),
		"allow":           done(func(d Denial) error { s.Allow(d); return nil }),
		"user/add":        done(func(in userSwitch) error { s.AddUser(in.ARN, in.AccessKey, in.Secret); return nil }),
		"role/add":        done(func(r Role) error { s.AddRole(r); return nil }),
		"role/remove":     done(func(r Role) error { s.RemoveRole(r.ARN); return nil }),
		"strict":          done(func(in struct{ On bool }) error { s.SetStrict(in.On); return nil }),
		"sessions/expire": done(func(nothing) error { s.ExpireSessions(); return nil }),
		"fault/add":       done(s.addFault),
		"fault/clear":     done(func(nothing) error { s.ClearFaults(); return nil }),
		"skew":            done(func(in struct{ By duration }) error { s.SetClockSkew(time.Duration(in.By)); return nil }),
		"counts":          switching(func(nothing) (any, error) { return s.Counts(), nil }),
		"counts/reset":    done(func(nothing) error { s.ResetCounts(); return nil }),
		"calls":           switching(func(nothing) (any, error) { return map[string][]Call{"calls": s.Calls()}, nil }),
	}
}

func (s *Server) addFault(in faultSwitch) error {
	_, err := s.Inject(Fault{
		Kind: FaultKind(in.Kind), Operation: in.Operation, Times: in.Times, Delay: time.Duration(in.Delay),
		Code: in.Code, Message: in.Message, Status: in.Status, Location: in.Location, RetryAfter: time.Duration(in.RetryAfter),
	})
	return err
}

// duration is a time.Duration written as "1.5s" in JSON.
type duration time.Duration

func (d *duration) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return fmt.Errorf("a duration is written as \"300ms\": %w", err)
	}
	v, err := time.ParseDuration(text)
	*d = duration(v)
	return err
}
