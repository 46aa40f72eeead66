package proxy

import (
	"bytes"
	"sync/atomic"
	"time"

	"github.com/legatics/pgseal/proxy/plan"
)

// Answered is a query that has been answered: a simple Query, or a pipeline of the extended protocol up to its Sync. Its time goes to the phases, and what
// is left of it to the server and to the client's own pauses in a pipeline.
type Answered struct {
	Session                       uint64
	Database, User, Tenant        string
	Began                         time.Time
	Took                          time.Duration
	Plan, Key, Seal, Server, Open time.Duration
	SQLState                      string // of the error that the client has read; empty where there was none
	Slow                          bool   // it took longer than Config.Slow

	text   []byte
	opaque bool
}

// Form returns the statement without literals, and its fingerprint: see plan.Form. Both are empty where it is not certain what of the text is a literal, or no
// text was seen.
func (a *Answered) Form() (form, fingerprint string) {
	if a.opaque || len(a.text) == 0 {
		return "", ""
	}
	return plan.Form(a.text)
}

// TraceParent is the traceparent in a comment of the text (https://google.github.io/sqlcommenter/spec/), as it came; empty where there is none.
func (a *Answered) TraceParent() string {
	const key = "traceparent='"
	at := bytes.LastIndex(a.text, []byte(key))
	if at < 0 || bytes.LastIndex(a.text[:at], []byte("/*")) < 0 {
		return ""
	}
	val, _, ok := bytes.Cut(a.text[at+len(key):], []byte("'"))
	if !ok || len(val) != traceParentLength {
		return ""
	}
	return string(val)
}

const traceParentLength = 55 // https://www.w3.org/TR/trace-context/#traceparent-header, version 00

// watched is a query that is under way, while somebody watches. The pump that reads the client makes it and hands it over with the entry that ends the query.
type watched struct {
	began           time.Time
	text            []byte
	opaque          bool         // it is not certain what of it is a literal
	plan, key, seal atomic.Int64 // nanoseconds
}

// add is deferred around a phase, with the time at which it began.
func (w *watched) add(phase *atomic.Int64, began time.Time) { phase.Add(int64(time.Since(began))) }

// maxTexts bounds the texts of prepared statements that a watched session keeps.
const maxTexts = 256

// watch takes note of a message that begins or belongs to a query.
func (r *requests) watch(typ byte) error {
	switch typ {
	case 'Q', 'P', 'B', 'D', 'E', 'C', 'S', 'F':
	default:
		return nil
	}
	if r.watched == nil {
		r.watched = &watched{began: time.Now()}
	}
	switch typ {
	case 'Q':
		head, err := r.prefix(plan.FormBytes)
		if err != nil {
			return err
		}
		r.watched.saw(r.cut(head))
	case 'P':
		head, err := r.prefix(plan.FormBytes)
		if err != nil {
			return err
		}
		name, rest, _ := text(head)
		seen := r.cut(rest)
		if _, known := r.texts[string(name)]; known || len(r.texts) < maxTexts {
			if r.texts == nil {
				r.texts = map[string]seenText{}
			}
			r.texts[string(name)] = seen
		}
		r.watched.saw(seen)
	case 'B':
		head, err := r.prefix(namePrefix)
		if err != nil {
			return err
		}
		_, rest, _ := text(head)
		name, _, _ := text(rest)
		r.watched.saw(r.texts[string(name)])
	}
	return nil
}

// seenText is the beginning of a text.
type seenText struct {
	sql    []byte
	opaque bool
}

// cut copies the beginning of a text. Where settings that say what a literal is may be others than the usual ones, texts to which they matter are not shown.
func (r *requests) cut(head []byte) seenText {
	if sql, _, ok := text(head); ok {
		head = sql
	}
	head = head[:min(len(head), plan.FormBytes)]
	set := r.s.settings.Load()
	sure := r.guarded() && r.unsure == 0
	seen := seenText{sql: bytes.Clone(head)}
	seen.opaque = bytes.IndexByte(head, '\\') >= 0 && !(sure && set.standardStrings) || !set.utf8 && bytes.ContainsFunc(head, func(c rune) bool { return c >= 0x80 })
	return seen
}

// saw keeps the first text of a query.
func (w *watched) saw(seen seenText) {
	if w.text == nil {
		w.text, w.opaque = seen.sql, seen.opaque
	}
}

// hand gives what is watched to the entry that ends the query.
func (r *requests) hand(e *entry) {
	if r.watched != nil && e.request.ends() && !e.own {
		e.watched, r.sent, r.watched = r.watched, r.watched, nil
	}
}

// sealing is the query that values are sealed for: that of a COPY has been sent.
func (r *requests) sealing() *watched {
	if r.watched == nil && r.copy != nil {
		return r.sent
	}
	return r.watched
}

// answered tells whoever watches.
func (p *responses) answered(w *watched) {
	took := time.Since(w.began)
	a := &Answered{Session: p.s.id, Database: p.s.name, User: p.s.user, Tenant: p.s.tenant, Began: w.began, Took: took, SQLState: p.code,
		Plan: time.Duration(w.plan.Load()), Key: time.Duration(w.key.Load()), Seal: time.Duration(w.seal.Load()), Open: p.opening, text: w.text, opaque: w.opaque}
	a.Server = max(0, took-a.Plan-a.Key-a.Seal-a.Open)
	if slow := p.s.server.slow; slow > 0 && took >= slow {
		a.Slow = true
		p.s.slow.Add(1)
	}
	p.s.server.watch(a)
}
