package pgstore

import (
	"bytes"
	"fmt"
	"slices"
)

// walk goes along one writer's chain.
type walk struct {
	v      *verifier
	writer WriterID
	seq    int64  // of the event that was last passed, or the end of what retention has deleted
	mac    []byte // its MAC; only the beginning where retention has deleted it
	claims []claim
	seen   bool // there is an event
}

func (v *verifier) begin(writer WriterID) *walk {
	w := &walk{v: v, writer: writer, claims: v.claimsOf(writer)}
	if base, ok := v.bases[writer]; ok {
		w.seq, w.mac = base.Seq, base.Hash[:]
	}
	return w
}

// step passes one event.
func (w *walk) step(e *eventRow) {
	if !w.seen {
		w.seen = true
		w.v.proof.Writers++
	}
	problem := w.v.proof.problem
	if e.Seq <= w.seq {
		problem(w.writer, "event %d is there, though retention has deleted up to %d: it was put back", e.Seq, w.seq)
		return
	}
	if e.Seq != w.seq+1 {
		problem(w.writer, "%s", missing(w.seq+1, e.Seq-1))
	} else if !bytes.HasPrefix(e.previous, w.mac) || len(w.mac) == 0 && len(e.previous) > 0 {
		problem(w.writer, "event %d does not follow on event %d: one of them is another than was written", e.Seq, w.seq)
	}
	w.pass(e.Seq - 1)
	w.seq, w.mac = e.Seq, e.mac
	for len(w.claims) > 0 && w.claims[0].seq == e.Seq {
		if c := w.claims[0]; !bytes.HasPrefix(e.mac, c.hash) {
			problem(w.writer, "event %d is another than was written: %s with another hash", e.Seq, c.by)
		}
		w.claims = w.claims[1:]
	}
	if e.record(w.v.s.id).verify(w.v.s.key, e.mac, "") != nil {
		problem(w.writer, "event %d of %s does not verify: somebody has changed it or put it there", e.Seq, e.At.UTC().Format("2006-01-02 15:04:05"))
		return
	}
	w.v.proof.count(e, w.v.tenant)
}

// pass leaves claims behind up to a number: of events that retention has
// deleted, or that are told of as missing.
func (w *walk) pass(seq int64) {
	for len(w.claims) > 0 && w.claims[0].seq <= seq {
		w.claims = w.claims[1:]
	}
}

// end looks for heads that the chain does not reach. It may be nil.
func (w *walk) end() {
	if w == nil {
		return
	}
	w.pass(w.seq)
	w.claims = slices.DeleteFunc(w.claims, func(c claim) bool { return w.v.excused(w.writer, c) })
	if len(w.claims) == 0 {
		if w.seen {
			w.checkHead()
		}
		return
	}
	last := w.claims[len(w.claims)-1]
	switch {
	case !w.seen && w.seq == 0:
		w.v.proof.problem(w.writer, "all its events, %d, are missing: %s", last.seq, last.by)
	default:
		w.v.proof.problem(w.writer, "%s: %s", missing(w.seq+1, last.seq), last.by)
	}
}

// checkHead: the record of the head is written with the events, and is neither
// missing nor behind.
func (w *walk) checkHead() {
	head, ok := w.v.proof.heads[w.writer]
	switch {
	case !ok:
		w.v.proof.problem(w.writer, "the record of its head is missing")
	case head.Seq < w.seq:
		w.v.proof.problem(w.writer, "the record of its head is an old one: it says %d, and there are %d events", head.Seq, w.seq)
	}
}

func missing(from, to int64) string {
	if from == to {
		return fmt.Sprintf("event %d is missing", from)
	}
	return fmt.Sprintf("events %d to %d are missing", from, to)
}
