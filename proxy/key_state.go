package proxy

import (
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// SHOW pgseal.key_state is answered by the server, so that order and transaction are as with any other statement: in its place goes a SELECT of what the proxy knows, as
// literals of a Query, or as parameters that are filled at each Bind.

// SinceKeys are Keys that know since when a tenant's key is in the state that it is in.
type SinceKeys interface {
	// Since returns the zero time where that is not known.
	Since(tenant string) time.Time
}

// keyStateParams is the number of parameters of the statement that is prepared.
const keyStateParams = 4

// keyState makes the row: the state in a word, since when, why, and whether trying again may help. An error is one that is no answer.
func (r *requests) keyState() (values [][]byte, err error) {
	tenant, fault := r.tenant()
	if fault == nil {
		var key Key
		if key, fault = r.acquireFor(tenant); fault == nil {
			key.Release()
		}
	}
	values = [][]byte{[]byte("available"), nil, nil, []byte("no")}
	if fault != nil {
		code, name, retryable, ok := keyFault(fault)
		if !ok {
			return nil, fault
		}
		values[0], values[2] = []byte(stateOf(code)), []byte(code+" "+name)
		if retryable {
			values[3] = []byte("yes")
		}
	}
	since, ok := r.s.database.Keys.(SinceKeys)
	if at := (time.Time{}); ok && tenant != "" && r.s.mayUse(tenant) == nil {
		if at = since.Since(tenant); !at.IsZero() {
			values[1] = []byte(at.UTC().Format(time.RFC3339))
		}
	}
	return values, nil
}

// keyFault takes what is wrong with a key apart; ok is false for other errors.
func keyFault(err error) (code, name string, retryable, ok bool) {
	var key KeyError
	var own *wireError
	switch {
	case errors.As(err, &key):
		return key.SQLState(), key.Name(), key.Retryable(), true
	case errors.As(err, &own) && strings.HasPrefix(own.code, "KU"):
		return own.code, own.name, false, true
	}
	return "", "", false, false
}

// stateOf is the state of a key in a word, by the error that its use gives.
func stateOf(code string) string {
	switch code {
	case "KU001", "KU002", "KU003", "KU004":
		return "withdrawn"
	case "KU005", "KU006", "KU007", "KU008":
		return "unreachable"
	case "KU009":
		return "locked"
	case codeTenantUnknown:
		return "unknown"
	}
	return "invalid"
}

// queryKeyState answers a Query.
func (r *requests) queryKeyState() error {
	if err := r.awaitTenant(); err != nil {
		return err
	}
	values, err := r.keyState()
	if err != nil {
		return r.refuseQuery(err)
	}
	dst, at := wire.Begin(r.message[:0], 'Q')
	r.message = wire.Finish(append(plan.AppendKeyState(dst, values), 0), at)
	if err := r.discard(); err != nil {
		return err
	}
	r.behindCopy = false
	seq, err := r.push(entry{request: reqQuery})
	if err != nil {
		return err
	}
	r.dropUnnamed(seq)
	return r.out.Write(r.message)
}

// parseKeyState prepares the statement that answers.
func (r *requests) parseKeyState(name []byte) error {
	if err := r.discard(); err != nil {
		return err
	}
	p := r.s.planner().Native(plan.AppendKeyState(nil, nil))
	stmt := &statement{plan: p, epoch: p.Catalogue.Epoch, keyState: true, verdict: new(atomic.Int32)}
	seq, err := r.push(entry{request: reqParse, work: &work{statement: stmt}})
	if err != nil {
		return err
	}
	r.names.setStatement(string(clip(name)), stmt, seq, r.segment)
	r.message = appendParse(r.message[:0], name, p, nil)
	return r.out.Write(r.message)
}

// bindKeyState puts the values where a Bind has none.
func (r *requests) bindKeyState(m *bindMessage) (refused, err error) {
	if err := r.awaitTenant(); err != nil {
		return nil, err
	}
	values, refused := r.keyState()
	m.params, m.formats = append(m.params[:0], values...), nil
	return refused, nil
}

// refuseUnless refuses a message of the extended protocol, unless the session ends.
func (r *requests) refuseUnless(refused, err error) error {
	if err != nil {
		return err
	}
	return r.refuse(refused, false)
}
