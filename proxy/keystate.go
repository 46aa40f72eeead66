package proxy

import (
	"errors"
	"strings"
	"time"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// keyState is the answer to SHOW pgseal.key_state: "available", or the symbolic name of the error that a statement which needs the key would meet; since when,
// where that is known; why, in a sentence; and whether it may come back by itself.
type keyState [len(plan.KeyStateFields)]string

// unavailableSince is what an error of key management may know besides.
type unavailableSince interface{ UnavailableSince() time.Time }

// keyState asks for the key as a statement that needs it would. An error is one that the client is to read in place of the answer.
func (r *requests) keyState() (keyState, error) {
	key, err := r.acquire()
	if err == nil {
		key.Release()
		return keyState{"available", "", "", ""}, nil
	}
	e := clientError(err, r.s.tenant, nil)
	if e.name == "" || e.internal() {
		return keyState{}, err
	}
	state := keyState{0: e.name, 2: e.message, 3: "no"}
	if strings.HasSuffix(e.detail, "retryable=yes") {
		state[3] = "yes"
	}
	var known unavailableSince
	if errors.As(err, &known) && !known.UnavailableSince().IsZero() {
		state[1] = known.UnavailableSince().UTC().Format(time.RFC3339)
	}
	return state, nil
}

// sendKeyState sends a Query that answers what was asked.
func (r *requests) sendKeyState(p *plan.Plan) error {
	if err := r.awaitTenant(); err != nil {
		return err
	}
	state, err := r.keyState()
	if err != nil {
		return r.refuseQuery(err)
	}
	dst, at := wire.Begin(r.message[:0], 'Q')
	for i, name := range plan.KeyStateFields {
		dst = append(dst, [...]string{"SELECT ", ", "}[min(i, 1)]...)
		dst = append(appendString(dst, state[i]), "::text AS "...)
		dst = append(dst, name...)
	}
	r.message = wire.Finish(append(dst, 0), at)
	if err := r.discard(); err != nil {
		return err
	}
	r.behindCopy = false
	seq, err := r.push(entry{request: reqQuery, work: &work{plan: p}})
	if err != nil {
		return err
	}
	r.dropUnnamed(seq)
	return r.out.Write(r.message)
}

// appendString appends a string constant that means the same under every setting.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, " E'"...)
	dst = append(dst, strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s)...)
	return append(dst, '\'')
}
