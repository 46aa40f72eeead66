package keysource

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Bounds of how long a drill lasts.
const (
	MinDrill = 10 * time.Second
	MaxDrill = time.Hour
)

// Drill is a rehearsal of a withdrawal, as a tenant's record orders it: until its end the key counts as denied by the KMS, in the
// proxies that it names. It ends by itself, since its end is in the record. Whoever gets one does not change it.
type Drill struct {
	ID             [16]byte
	Ordered, Until time.Time // by the store's clock
	By             string
	Proxies        []string // Options.Name of those that it is about; none: all
}

// concerns tells whether a drill is about the proxy of that name.
func (d *Drill) concerns(name string) bool {
	return d != nil && (len(d.Proxies) == 0 || slices.Contains(d.Proxies, name))
}

// Left is how long the drill of a record goes on from the moment at which the record was read; 0 where there is none, or it is over.
func (r *TenantRecord) Left(wall time.Time) time.Duration {
	if r.Drill == nil {
		return 0
	}
	if !r.ReadAt.IsZero() {
		wall = r.ReadAt
	}
	return min(max(r.Drill.Until.Sub(wall), 0), MaxDrill)
}

// DrillUntil is when the drill ends that the error is of; the zero time where it is of none.
func (e *Error) DrillUntil() time.Time {
	if e.Drill == nil {
		return time.Time{}
	}
	return e.Drill.Until
}

const drillHint = "This is a drill, not a withdrawal: nobody has touched the key. It ends by itself; the operator of pgseal can end it now with: pgseal key drill TENANT --end"

func (d *Drill) detail() string {
	return fmt.Sprintf("This is a DRILL, ordered by %s; it ends by itself at %s UTC.", d.By, d.Until.UTC().Format("2006-01-02 15:04:05"))
}

// same tells whether two answers are the same to whoever counts since when: a drill's no is not the owner's.
func (e *Error) same(o *Error) bool {
	return e != nil && o != nil && stateOf(e.Kind) == stateOf(o.Kind) && (e.Drill == nil) == (o.Drill == nil)
}

// drilled is the answer that a drill gives; nil where none is in force here. read are the boot times around the read of the record.
func (k *Keyring) drilled(rec *TenantRecord, before time.Duration, after moment) *Error {
	left := rec.Left(after.wall)
	if left <= 0 || !rec.Drill.concerns(k.o.Name) {
		return nil
	}
	seen := rec.ReadAt
	if seen.IsZero() {
		seen = after.wall
	}
	half := (after.boot - before) / 2
	return &Error{Kind: AccessDenied, Op: OpRecord, Since: rec.Drill.Ordered, Drill: rec.Drill,
		rehearsal: &rehearsal{drill: rec.Drill, end: after.add(left), zero: before + half, zeroAt: seen, blur: half}}
}

// gone tells whether the KMS's own no stands: the key is really gone, so that a drill takes nothing away. The caller holds mu.
func (e *entry) gone() bool {
	f := e.failure
	return f != nil && f.Drill == nil && f.Op != OpRecord && f.Kind.answer() == evict
}

// rehearse notes that a drill has been noticed, or that its end has moved. The caller holds mu.
func (k *Keyring) rehearse(e *entry, f *Error) {
	if e.rehearsal != nil && e.rehearsal.drill.ID == f.Drill.ID {
		e.rehearsal.end, e.rehearsal.drill, e.rehearsal.over = f.rehearsal.end, f.Drill, 0
		return
	}
	r := f.rehearsal
	r.noticed, r.refused = k.o.Clock.Boot(), make(map[string]int64)
	r.before, e.uses = e.uses, &uses{}
	r.after = e.uses
	e.live.each(func(l *lease) {
		r.held++
		r.left.Add(1)
		l.rehearsal.Store(r)
	})
	e.rehearsal = r
	k.o.Log.Warn("DRILL: the key counts as denied; nobody has withdrawn it", "tenant", e.name, "ordered_by", f.Drill.By, "until", f.Drill.Until)
}

// endDrill notes that a drill is over, and forgets its answer. The caller holds mu.
func (k *Keyring) endDrill(e *entry) {
	if e.failure != nil && e.failure.Drill != nil {
		e.failure, e.failures, e.nextTry = nil, 0, 0 // whoever asks next asks the KMS
	}
	if r := e.rehearsal; r != nil && r.over == 0 {
		r.over = k.o.Clock.Boot()
		k.o.Log.Info("DRILL over: the key is asked for again", "tenant", e.name, "refused", r.total())
	}
}

// sweepDrill ends a drill whose time has come, and forgets in time what it did. The caller holds mu.
func (k *Keyring) sweepDrill(e *entry) {
	r := e.rehearsal
	switch {
	case r == nil:
	case r.over == 0 && r.end.reached(k.o.Clock):
		k.endDrill(e)
	case r.over != 0 && k.o.Clock.Boot() >= r.over+keepRehearsal:
		e.rehearsal = nil
	}
}

// rehearsed counts a refused statement for the drill that it belongs to, if there is one. The caller holds mu.
func (k *Keyring) rehearsed(e *entry, f *Error) {
	if r := e.rehearsal; r != nil && (r.over == 0 || f.Drill != nil && f.Drill.ID == r.drill.ID) {
		r.refuse(f.Kind.Code(), k.o.Clock.Boot())
	}
}

// goneAlready is the answer that stands when a drill is noticed and the key is really gone: a drill hides no withdrawal. Otherwise nil.
func (k *Keyring) goneAlready(e *entry, f *Error) *Error {
	if f.Drill == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if !e.gone() {
		return nil
	}
	k.rehearse(e, f)
	return e.failure
}

// inDrill is the answer to whoever asks for the key in a drill. A key that is really gone is asked for as ever, so that its return is
// noticed; a yes gives no lease. Otherwise the KMS is not asked.
func (k *Keyring) inDrill(ctx context.Context, e *entry, rec TenantRecord, drill *Error) *Error {
	if k.goneAlready(e, drill) == nil {
		return drill
	}
	l, no := k.unwrap(ctx, e, rec)
	if no != nil && no.Kind.answer() == evict {
		return no
	}
	if l != nil {
		l.release()
	}
	return drill
}

// probing notes which order to ask the KMS the fetch that is under way carries out.
func (k *Keyring) probing(e *entry, rec TenantRecord) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e.probes = rec.Probes
}
