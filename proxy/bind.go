package proxy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// namePrefix is how much of a Bind is looked at for the names of its portal and statement, in bytes.
const namePrefix = 512

// firstName is the name at the start of a message's first namePrefix bytes. A longer one counts by its beginning.
func firstName(head []byte) []byte {
	if name, _, ok := text(head); ok {
		return name
	}
	return head
}

var errLongName = &wireError{code: codeProtocolViolation, message: "the name of a portal or prepared statement is too long"}

// errEncoding refuses values of protected columns in another encoding than the one in which they are sealed.
var errEncoding = &plan.Refusal{Code: plan.StatementNotUnderstood,
	Message: "protected columns cannot be used while client_encoding is not UTF8",
	Hint:    "Set client_encoding to UTF8."}

// errUnsure refuses values whose reading depends on a setting that the same pipeline may just have changed.
var errUnsure = &plan.Refusal{Code: plan.StatementNotUnderstood,
	Message: "protected columns cannot be used right behind a change of the settings that values are read by",
	Hint:    "Wait for the answer to the change (a Sync) before using protected columns."}

// otherEncoding says why values of protected columns can be neither taken nor given at the moment, or nil.
func (r *requests) otherEncoding() error {
	switch {
	case r.unsure == r.segment:
		return errUnsure
	case !r.s.settings.Load().utf8:
		return errEncoding
	}
	return nil
}

// errMalformedBind is what the server says to a Bind that it cannot take apart.
var errMalformedBind = &wireError{code: codeProtocolViolation, message: "invalid message format"}

// wrongCount is what the server says to a Bind with another number of parameters than the client's statement has.
func wrongCount(m *bindMessage, want int) *wireError {
	return &wireError{code: codeProtocolViolation,
		message: fmt.Sprintf("bind message supplies %d parameters, but prepared statement \"%s\" requires %d", len(m.params), m.statement, want)}
}

// bind deals with a Bind: parameters for a prepared statement.
func (r *requests) bind(size int) error {
	if !r.guarded() && len(r.names.statements) == 0 && len(r.names.portals) == 0 {
		return r.native(reqBind)
	}
	head, err := r.prefix(namePrefix)
	if err != nil {
		return err
	}
	portalName, rest, ok1 := text(head)
	name, _, ok2 := text(rest)
	if !ok1 || !ok2 {
		if size-wire.HeaderSize <= len(head) {
			return r.native(reqBind) // malformed: the server says so
		}
		return r.refuse(errLongName, false)
	}
	name, portalName = clip(name), clip(portalName)
	if err := r.awaitName(false, name); err != nil {
		return err
	}
	stmt, refused, err := r.current(name)
	switch {
	case err != nil:
		return err
	case refused != nil:
		return r.refuse(refused, false)
	case !stmt.matters():
		return r.bindNative(portalName)
	}
	return r.bindPlanned(string(portalName), stmt, size)
}

// bindNative sends a Bind as it is.
func (r *requests) bindNative(portalName []byte) error {
	_, known := r.names.portals[string(portalName)]
	seq, err := r.push(entry{request: reqBind})
	if err != nil {
		return err
	}
	if known || len(r.names.pending) > 0 {
		r.names.setPortal(string(portalName), nil, seq, r.segment)
	}
	r.names.bound(string(portalName), seq, r.segment)
	return r.forward()
}

// errStale has the client prepare a statement again, which drivers do on it.
var errStale = &wireError{code: codeFeatureNotSupported, message: "cached plan must not change result type",
	hint: "The column policy or a table has changed since the statement was prepared; prepare it again."}

// current returns the statement that a name stands for, as the policy in force wants it. An error ends the session.
func (r *requests) current(name []byte) (stmt *statement, refused, err error) {
	stmt = r.names.statements[string(name)]
	catalogue := r.s.planner().Catalogue()
	epoch := catalogue.Epoch
	switch {
	case stmt == nil && (epoch != r.epoch || r.remade() != 0):
		return nil, errStale, nil // SQL may have prepared it under the old policy
	case stmt == nil:
		return nil, nil, nil
	case stmt.keyState:
		return stmt, nil, nil
	case stmt.plan == nil && stmt.epoch != r.nativeEpoch(epoch, nil) && stmt.epoch != controlEpoch(epoch):
		return nil, errStale, nil
	case stmt.plan != nil && stmt.plan.Catalogue != catalogue:
		return r.planAgain(string(name), stmt)
	case stmt.plan != nil && stmt.verdict.Load() == describedOtherwise:
		return nil, errStale, nil
	case stmt.plan != nil:
		return stmt, r.overMade(stmt), nil
	}
	return stmt, nil, nil
}

// planAgain plans a statement that was prepared under an older policy. Where that would change what the server was told,
// the client has to prepare it again.
func (r *requests) planAgain(name string, old *statement) (next *statement, refused, err error) {
	if old.verdict.Load() == describedOtherwise {
		return nil, errStale, nil
	}
	p, refusal, err := r.planAlone(old.sql, old.paramOIDs, true)
	if err != nil {
		return nil, nil, err
	}
	if r.judged(old.sql, p, refusal); refusal != nil {
		return nil, refusal, nil
	}
	switch p = r.withSteps(p, old.steps, old.sql); {
	case p == nil || !samePlan(p, old.plan):
		return nil, errStale, nil
	}
	next = &statement{plan: p, epoch: p.Catalogue.Epoch, sql: old.sql, paramOIDs: old.paramOIDs, guarded: guards(p), steps: old.steps, reads: old.reads, bySQL: old.bySQL,
		literalsAs: old.literalsAs, verdict: old.verdict}
	r.names.putStatement(name, next)
	return next, nil, nil
}

// bindPlanned sends a Bind with its values sealed.
func (r *requests) bindPlanned(portalName string, stmt *statement, size int) error {
	limit := r.s.server.limits.Message
	body, err := r.body(limit)
	if errors.Is(err, wire.ErrTooLarge) {
		return r.refuse(tooLong(limit), false)
	}
	if err != nil {
		return err
	}
	m := &r.bound
	defer m.forget()
	if !m.read(body) {
		return r.refuse(errMalformedBind, false) // not left to the server: it would get to see the values
	}
	if full, err := r.checkPortals(portalName); full != nil || err != nil {
		return r.refuseUnless(full, err)
	}
	if n := len(stmt.plan.Params); (stmt.guarded || stmt.keyState) && len(m.params) != n {
		return r.miscounted(m, n)
	}
	if stmt.keyState {
		if refused, err := r.bindKeyState(m); err != nil || refused != nil {
			return r.refuseUnless(refused, err)
		}
	}
	if err := r.awaitSettings(); err != nil {
		return err
	}
	p := newPortal(stmt, m.resultFormats, r.segment)
	refused, err := r.bindRead(p)
	switch refusal := r.otherEncoding(); {
	case err != nil:
		return err
	case refused != nil:
		return r.refuse(refused, false)
	case refusal != nil && (stmt.guarded || p.reads.opens()):
		return r.refuse(refusal, false)
	}
	var key Key
	if len(stmt.plan.Slots) > 0 {
		if err := r.awaitTenant(); err != nil {
			return err
		}
		if key, err = r.acquire(); err != nil {
			return r.refuse(err, false)
		}
		defer key.Release()
	}
	p.steps = r.boundSteps(stmt, m)
	message, err := r.appendBind(r.message[:0], m, p, key)
	if err == nil {
		err = inTime(stmt.plan)
	}
	if err != nil {
		return r.refuse(err, false)
	}
	r.message = message
	if stmt.bySQL && stmt.verdict.Load() == undescribed && opens(stmt.plan) {
		if err := r.describeOwn(stmt, m.statement); err != nil {
			return err
		}
	}
	if err := r.discard(); err != nil {
		return err
	}
	seq, err := r.push(entry{request: reqBind, work: &p.keyless})
	if err != nil {
		return err
	}
	r.names.setPortal(portalName, p, seq, r.segment)
	r.names.bound(portalName, seq, r.segment)
	if err := r.out.Write(r.message); err != nil {
		return err
	}
	return r.describeRead(portalName, p)
}

// bindMessage is a Bind taken apart. Names and parameters lie in the message's body; it is used again for the next Bind.
type bindMessage struct {
	portal, statement []byte
	formats           formatCodes // of the parameters
	params            [][]byte    // nil is NULL
	resultFormats     formatCodes // of the results
}

// paramsKept is for how many parameters room is kept between two Binds.
const paramsKept = 1024

// forget lets go of the message's body.
func (m *bindMessage) forget() {
	clear(m.params)
	if cap(m.params) > paramsKept {
		m.params = nil
	}
	*m = bindMessage{params: m.params[:0]}
}

// read takes a Bind apart. It is false for a body that the server would refuse.
func (m *bindMessage) read(body []byte) (ok bool) {
	if m.portal, body, ok = text(body); !ok {
		return false
	}
	if m.statement, body, ok = text(body); !ok {
		return false
	}
	if m.formats, body, ok = readFormats(body); !ok {
		return false
	}
	if len(body) < 2 {
		return false
	}
	n := int(binary.BigEndian.Uint16(body))
	if body = body[2:]; n*4 > len(body) {
		return false
	}
	if m.formats.count() > 1 && m.formats.count() != n {
		return false
	}
	m.params = m.params[:0]
	for range n {
		var param []byte
		if param, body, ok = readField(body); !ok {
			return false
		}
		m.params = append(m.params, param)
	}
	m.resultFormats, body, ok = readFormats(body)
	return ok && len(body) == 0
}

// readField reads one value with its length in front; nil is NULL.
func readField(b []byte) (field, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	n := int32(binary.BigEndian.Uint32(b))
	if b = b[4:]; n == -1 {
		return nil, b, true
	}
	if n < 0 || int64(n) > int64(len(b)) {
		return nil, nil, false
	}
	return b[:n:n], b[n:], true
}

// appendBind writes the Bind for the rewritten statement: the client's parameters, sealed where the plan says so, then the planner's own.
func (r *requests) appendBind(dst []byte, m *bindMessage, p *portal, key Key) ([]byte, error) {
	pl := p.statement.plan
	total := len(m.params) + len(pl.Extra)
	if total > math.MaxUint16 {
		return nil, &plan.Refusal{Code: plan.StatementTooComplex,
			Message: "the statement has more literals and parameters than one message can carry",
			Hint:    "Split the statement."}
	}
	dst, at := wire.Begin(dst, 'B')
	dst = append(append(dst, m.portal...), 0)
	dst = append(append(dst, m.statement...), 0)
	dst = binary.BigEndian.AppendUint16(dst, uint16(total))
	for i := range m.params {
		format := m.formats.of(i)
		if slotOf(pl, i) != nil {
			format = binaryFormat
		}
		dst = binary.BigEndian.AppendUint16(dst, uint16(format))
	}
	for range pl.Extra {
		dst = binary.BigEndian.AppendUint16(dst, binaryFormat)
	}
	dst = binary.BigEndian.AppendUint16(dst, uint16(total))
	var err error
	for i, v := range m.params {
		s := slotOf(pl, i)
		if s == nil || v == nil {
			dst = appendField(dst, v)
			continue
		}
		if dst, err = r.appendSealed(dst, key, s, sent{value: v, oid: clientOID(p.statement, i, s), format: m.formats.of(i)}); err != nil {
			return nil, err
		}
	}
	for _, e := range pl.Extra {
		in, null := extraValue(m, p.statement, e)
		if null {
			dst = appendField(dst, nil)
			continue
		}
		if dst, err = r.appendSealed(dst, key, e.Slot, in); err != nil {
			return nil, err
		}
	}
	return wire.Finish(appendResultFormats(dst, p), at), nil
}

// binaryFormat is how sealed values travel to the server: the bytes as they are, or an array of them. Text in binary form is
// the same as in text form.
const binaryFormat = 1

// slotOf is the slot that a client's parameter fills, or nil where it goes to the server as it is.
func slotOf(p *plan.Plan, param int) *plan.Slot {
	if param < len(p.Params) {
		return p.Params[param]
	}
	return nil
}

// clientOID is the type in which the client sends a parameter: what it said in its Parse, or else the type that the
// proxy's ParameterDescription shows.
func clientOID(s *statement, param int, slot *plan.Slot) uint32 {
	if param >= 0 && param < len(s.paramOIDs) && s.paramOIDs[param] != 0 {
		return s.paramOIDs[param]
	}
	return logicalOID(slot)
}

// logicalOID is the type of a slot as the application sees it.
func logicalOID(s *plan.Slot) uint32 {
	switch {
	case s.Cast != 0:
		return s.Cast
	case s.Array:
		return s.Column.Type.ArrayOID()
	}
	return s.Column.Type.OID
}

// extraValue is the value of a parameter that the planner added.
func extraValue(m *bindMessage, s *statement, e plan.Extra) (in sent, null bool) {
	if e.Literal >= 0 {
		return sent{value: s.plan.Literals[e.Literal], oid: e.Slot.Cast, as: s.literalsAs}, s.plan.Literals[e.Literal] == nil
	}
	if e.Param >= len(m.params) || m.params[e.Param] == nil {
		return sent{}, true
	}
	return sent{value: m.params[e.Param], oid: clientOID(s, e.Param, e.Slot), format: m.formats.of(e.Param)}, false
}

// appendSealed appends a value's length and its sealed form.
func (r *requests) appendSealed(dst []byte, key Key, slot *plan.Slot, in sent) ([]byte, error) {
	at := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	var err error
	if slot.Array {
		dst, err = r.sealArray(dst, key, slot, in)
	} else {
		dst, err = r.seal(dst, key, slot, in)
	}
	if err != nil {
		return nil, err
	}
	if len(dst) > r.grown() {
		return nil, tooLong(r.s.server.limits.Message)
	}
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst, nil
}

// grown is how large a message of at most limit bytes may become by sealing: many small values, or one that goes into many columns, grow to a
// multiple of what the client sent. Rows are read up to the same size, so that what was written can be read.
func grown(limit int) int { return 2 * limit }

func (r *requests) grown() int { return grown(r.s.server.limits.Message) }

func appendField(dst, v []byte) []byte {
	if v == nil {
		return binary.BigEndian.AppendUint32(dst, math.MaxUint32)
	}
	return append(binary.BigEndian.AppendUint32(dst, uint32(len(v))), v...)
}

// appendResultFormats asks for sealed values in binary form, since the text form of bytea doubles them, and for the rest as the client
// wants it. Where the number of columns is not known, all come as the client wants them; a wrong number of codes is left to the server to refuse.
func appendResultFormats(dst []byte, p *portal) []byte {
	outputs := p.columns()
	if outputs == nil {
		dst = binary.BigEndian.AppendUint16(dst, uint16(p.formats.count()))
		return append(dst, p.formats...)
	}
	p.binary = true
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(outputs)))
	for i, c := range outputs {
		format := p.format(i)
		if c != nil && c.Sealed {
			format = binaryFormat
		}
		dst = binary.BigEndian.AppendUint16(dst, uint16(format))
	}
	return dst
}

// columns are the outputs, one for each result column; nil where nothing is opened, or their number is not known.
func (p *portal) columns() []*plan.Column {
	outputs := p.statement.plan.Statements[0].Outputs
	if n := p.formats.count(); n > 1 {
		outputs, _ = plan.Widen(outputs, n)
	}
	if slices.Contains(outputs, plan.Rest) {
		return nil
	}
	return outputs
}
