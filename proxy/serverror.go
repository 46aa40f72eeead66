package proxy

import (
	"bytes"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// errorLimit is the largest ErrorResponse that is looked into as a whole, in bytes. Of a larger one only the first fields are.
const errorLimit = 1 << 20

// serverError is an ErrorResponse of the server.
type serverError struct {
	pgproto3.ErrorResponse
	whole bool // all of its fields are here
}

func (e *serverError) fatal() bool {
	for _, severity := range [...]string{e.SeverityUnlocalized, e.Severity} {
		if severity == "FATAL" || severity == "PANIC" {
			return true
		}
	}
	return false
}

// readError reads the error without taking it from the stream.
func (p *responses) readError() (e serverError, err error) {
	body, err := p.in.Body(errorLimit)
	switch {
	case err == nil:
		e.whole = true
		err = e.Decode(body)
		return e, err
	case !errors.Is(err, wire.ErrTooLarge):
		return e, err
	}
	head, err := p.in.Prefix(namePrefix)
	if err != nil {
		return e, err
	}
	// Severity and code come first; what follows is cut off.
	fields := head[:bytes.LastIndexByte(head, 0)+1]
	err = e.Decode(append(bytes.Clone(fields), 0))
	return e, err
}

// errorResponse deals with an error of the server: the answer to a request that was made to fail gets its typed error,
// and what the server may say about stored values is taken out of the others.
func (p *responses) errorResponse() error {
	msg, err := p.readError()
	if err != nil {
		return err
	}
	if msg.fatal() {
		p.fatal = true
		return p.in.Forward(p.out)
	}
	e, asked := p.expect()
	if !asked {
		return p.in.Forward(p.out)
	}
	if !p.failed {
		p.failed, p.failedAt, p.begun = true, p.headSeq, begun(e.request, msg.Code)
	}
	err = p.tellError(&msg, e.work)
	p.skipping = e.request != reqQuery && e.request != reqFunctionCall
	p.copying, p.copyTarget, p.copyOut = false, nil, nil
	p.s.queue.fail(p.skipping)
	if p.skipping {
		p.head, p.have = entry{}, false
	}
	return err
}

// begun tells that the server has dropped the unnamed statement for a request that failed: it does so before it parses the text, but not for a message
// that it cannot take apart, or whose text is not of the encoding. Where that is not certain it has not.
func begun(r request, code string) bool {
	if r != reqQuery && r != reqParse {
		return false
	}
	switch code {
	case codeInFailedTransaction, "42601", "42P01", "26000": // syntax error; what the messages fail with that stand in for refused ones
		return true
	}
	return false
}

// tellError passes the error on, or another in its place.
func (p *responses) tellError(msg *serverError, w *work) error {
	var err error
	refused, asked := p.copyTarget.answers(msg)
	if p.code == "" {
		p.code = msg.Code
	}
	switch {
	case p.abort.swallows():
		return p.in.Discard()
	case asked:
		p.code = refused.code
		p.s.tellKeys(refused)
		p.message = refused.append(p.message[:0])
	case w.denies(msg.Code):
		p.code = w.deny.code
		p.s.tellKeys(w.deny)
		p.message = w.deny.append(p.message[:0])
	case !msg.whole && p.guarded():
		p.message = (&wireError{code: msg.Code, message: "the server's error is too long to be passed on"}).append(p.message[:0])
	case msg.whole && p.censor(&msg.ErrorResponse, w.guards()):
		if p.message, err = msg.Encode(p.message[:0]); err != nil {
			return err
		}
	default:
		return p.in.Forward(p.out)
	}
	if err := p.in.Discard(); err != nil {
		return err
	}
	return p.out.Write(p.message)
}

// guarded tells that the session's database has something protected.
func (p *responses) guarded() bool {
	planner := p.s.planner()
	return planner != nil && planner.Catalogue().Protects()
}

// censor takes out of a server's error what may show a stored value, or a place in a text that the client did not send. It tells
// whether it changed anything.
func (p *responses) censor(msg *pgproto3.ErrorResponse, guarded bool) (changed bool) {
	if p.s.planner() == nil {
		return false
	}
	if !guarded && !p.namesProtected(msg) {
		return false
	}
	if msg.Code == string(plan.PlaintextRefused) {
		*msg = p.guardError(msg)
		return true
	}
	// Integrity constraint violations and data exceptions print the row or the value in DETAIL and CONTEXT.
	if strings.HasPrefix(msg.Code, "23") || strings.HasPrefix(msg.Code, "22") {
		changed = msg.Detail != "" || msg.Where != ""
		msg.Detail, msg.Where = "", ""
	}
	if guarded && (msg.Position != 0 || msg.InternalQuery != "") {
		msg.Position = 0
		changed = true
	}
	return changed
}

// namesProtected tells that the error is about a protected relation, or comes from the guard.
func (p *responses) namesProtected(msg *pgproto3.ErrorResponse) bool {
	if msg.Code == string(plan.PlaintextRefused) {
		return true
	}
	if msg.TableName == "" {
		return false
	}
	for _, r := range p.s.planner().Catalogue().Named(msg.TableName) {
		if r.Schema == msg.SchemaName {
			return true
		}
	}
	return false
}

// guardError is the guard's refusal as the client reads it: the guard in the database has stopped a plaintext that the planner did not see.
func (p *responses) guardError(msg *pgproto3.ErrorResponse) pgproto3.ErrorResponse {
	e := &wireError{code: string(plan.PlaintextRefused), name: plan.PlaintextRefused.Name(), message: msg.Message,
		detail: machineReadable("The guard in the database refused a value that is not sealed.", p.using(), false),
		hint:   "Write the column in a statement that names it, so that pgseal can seal the value.",
		schema: msg.SchemaName, table: msg.TableName, column: msg.ColumnName}
	p.s.refused(e, nil, "")
	var out pgproto3.ErrorResponse
	if err := out.Decode(e.append(nil)[wire.HeaderSize:]); err != nil {
		return *msg
	}
	return out
}
