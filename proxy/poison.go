package proxy

import (
	"context"
	"crypto/rand"
	"log/slog"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/wire"
)

// A refused request is not answered beside the server: in its place goes one that the server itself must fail, and the server's
// error is replaced on its way back. So the order of answers, the skipping up to Sync and the transaction's status are those of a
// native error, and in a failed transaction the server's own 25P02 comes first. The failing request names something that does not exist; the
// name is new and unguessable each time, so that nobody can make it succeed.

var flushMessage = []byte{'H', 0, 0, 0, 4}

// poisonQuery stands in for a Query, or for a FunctionCall.
func poisonQuery(dst []byte) []byte {
	dst, at := wire.Begin(dst, 'Q')
	dst = append(dst, `DEALLOCATE "pgseal_refused_`...)
	dst = append(dst, rand.Text()...)
	dst = append(dst, '"', 0)
	return wire.Finish(dst, at)
}

// poisonParse stands in for any message of the extended protocol. Where it stands in for a Parse of the unnamed statement it is one
// too, since the server drops the old unnamed statement then.
func poisonParse(dst []byte, unnamed bool) []byte {
	name := rand.Text()
	dst, at := wire.Begin(dst, 'P')
	if !unnamed {
		dst = append(dst, "pgseal_refused_"...)
		dst = append(dst, name...)
	}
	dst = append(dst, 0)
	dst = append(dst, `SELECT FROM "pgseal_refused_`...)
	dst = append(dst, name...)
	dst = append(dst, '"', 0, 0, 0)
	return wire.Finish(dst, at)
}

// poisonBind stands in for a Bind with a wrong number of parameters. The server looks for the statement first, then at the numbers, and only
// then whether the transaction has failed: two formats for one parameter are wrong whatever the statement is.
func poisonBind(dst, statement []byte) []byte {
	dst, at := wire.Begin(dst, 'B')
	dst = append(append(append(dst, 0), statement...), 0)
	dst = append(dst, 0, 2, 0, 0, 0, 0) // formats
	dst = append(dst, 0, 1, 0xff, 0xff, 0xff, 0xff)
	return wire.Finish(append(dst, 0, 0), at)
}

// miscounted puts a failing Bind in place of one with another number of parameters than the client's statement has: the server would count the
// planner's own parameters too.
func (r *requests) miscounted(m *bindMessage, want int) error {
	r.message = poisonBind(r.message[:0], m.statement)
	work := &work{deny: r.deny(wrongCount(m, want)), instead: codeProtocolViolation}
	if err := r.discard(); err != nil {
		return err
	}
	if _, err := r.push(entry{request: reqBind, work: work}); err != nil {
		return err
	}
	r.skipping = true
	return r.out.Write(r.message)
}

// refuseQuery puts a failing Query in place of the client's.
func (r *requests) refuseQuery(err error) error {
	if err := r.discard(); err != nil {
		return err
	}
	seq, err := r.push(entry{request: reqQuery, work: &work{deny: r.deny(err)}})
	if err != nil {
		return err
	}
	r.dropUnnamed(seq)
	r.copies, r.behindCopy = true, true // if it was a COPY, its data go nowhere
	r.message = poisonQuery(r.message[:0])
	return r.out.Write(r.message)
}

// refuse puts a failing Parse in place of a message of the extended protocol, and drops what the client sends up to its Sync.
func (r *requests) refuse(err error, unnamedParse bool) error {
	if err := r.discard(); err != nil {
		return err
	}
	seq, err := r.push(entry{request: reqParse, work: &work{deny: r.deny(err)}})
	if err != nil {
		return err
	}
	if unnamedParse {
		r.names.setStatement("", nil, seq, r.segment)
	}
	r.skipping = true
	r.message = poisonParse(r.message[:0], unnamedParse)
	return r.out.Write(r.message)
}

// deny makes the error that the client is to read, and logs the cause.
func (r *requests) deny(err error) *wireError {
	e := clientError(err, r.using, nil)
	r.s.refused(e, err, r.refused)
	r.refused = ""
	return e
}

// refused counts and logs a typed error. The cause never holds a value or a text.
func (s *session) refused(e *wireError, cause error, fingerprint string) {
	s.server.counters.refused(e.code)
	if e.internal() {
		s.log.Error("statement failed", "sqlstate", e.code, "fingerprint", fingerprint, "cause", cause)
		return
	}
	level := slog.LevelInfo
	if strings.HasPrefix(e.code, "KU") {
		level = slog.LevelDebug // the keyring says once that the key is gone; every statement of a busy tenant would be a flood
	}
	s.log.Log(context.Background(), level, "statement refused", "sqlstate", e.code, "fingerprint", fingerprint, "table", e.table, "column", e.column, "cause", cause)
}

// tellKeys tells Keys that want to know it that the client reads an error of theirs.
func (s *session) tellKeys(e *wireError) {
	if e == nil || e.key == nil || s.database == nil {
		return
	}
	if keys, ok := s.database.Keys.(RefusedKeys); ok {
		keys.Refused(e.key)
	}
}

// describePortal is the proxy's own question for the results of a portal.
func describePortal(dst []byte, name string) ([]byte, error) {
	return (&pgproto3.Describe{ObjectType: 'P', Name: name}).Encode(dst)
}

// describeStatement is the proxy's own question for a statement's parameters and results.
func describeStatement(dst, name []byte) ([]byte, error) {
	return (&pgproto3.Describe{ObjectType: 'S', Name: string(name)}).Encode(dst)
}
