package proxy

import (
	"slices"
	"strconv"

	"github.com/legatics/pgseal/proxy/plan"
)

// made are the tables and views that the session has made or changed in a transaction that may not have ended yet: only then can the planner's
// catalogue know what their columns are.
type made struct {
	plan.Statement        // that did it
	segment        uint64 // it belongs to
	anew           uint64 // not 0: the name was no protected one, so that texts that passed as native may use it; rises
}

// noteMade notes the tables and views that the statements of a plan make or change.
func (r *requests) noteMade(p *plan.Plan, segment uint64) {
	for i := range p.Statements {
		m := made{Statement: p.Statements[i], segment: segment}
		if m.Creates == "" {
			continue
		}
		if len(p.Catalogue.Named(m.Creates)) == 0 {
			r.anew++
			m.anew = r.anew
		}
		again := func(before made) bool { // as CREATE OR REPLACE does
			return before.Creates == m.Creates && before.ReplacesAny == m.ReplacesAny && slices.Equal(before.Above, m.Above) && (before.anew == 0) == (m.anew == 0)
		}
		r.made = append(slices.DeleteFunc(r.made, again), m)
	}
}

// madeNames are the names of those, and of the views above them, that are not known for certain.
func (r *requests) madeNames() (names []string) {
	for _, m := range r.made {
		names = append(append(names, m.Creates), m.Above...)
	}
	return names
}

// madeAny tells that any view may be another than the catalogue says.
func (r *requests) madeAny() bool {
	return slices.ContainsFunc(r.made, func(m made) bool { return m.ReplacesAny })
}

// remade is not 0 where a native text that was prepared before may use what is protected by now, and rises each time.
func (r *requests) remade() (last uint64) {
	for _, m := range r.made {
		last = max(last, m.anew)
	}
	return last
}

// nativeEpoch is what a native statement is prepared in: an epoch of the catalogue, and what the session's transaction has made of it. The ends of
// transactions and their like stay what they are.
func (r *requests) nativeEpoch(epoch string, sql []byte) string {
	if plan.Controls(sql) {
		return controlEpoch(epoch)
	}
	if last := r.remade(); last != 0 {
		return epoch + " " + strconv.FormatUint(last, 10)
	}
	return epoch
}

const controlMark = " control"

func controlEpoch(epoch string) string { return epoch + controlMark }

// preparedBefore tells whether a name may stand for what passed as native and uses what is protected by now.
func (r *requests) preparedBefore(name string) bool {
	epoch := r.s.planner().Catalogue().Epoch
	switch s := r.names.statements[name]; {
	case s == nil: // nothing, or SQL has prepared it
		return epoch != r.epoch || r.remade() != 0
	case s.plan == nil:
		return s.epoch != r.nativeEpoch(epoch, nil) && s.epoch != controlEpoch(epoch)
	default:
		return s.plan.Effects.Executes != "" || r.overMade(s) != nil
	}
}

// beforeNames is preparedBefore, where names may have another meaning than they had.
func (r *requests) beforeNames() func(string) bool {
	if r.remade() == 0 && len(r.made) == 0 && r.s.planner().Catalogue().Epoch == r.epoch {
		return nil
	}
	return r.preparedBefore
}

// overMade refuses to run a statement that was planned before what it uses was changed; the server reads its text again.
func (r *requests) overMade(s *statement) error {
	if len(r.made) == 0 {
		return nil
	}
	if refusal := plan.OverFresh(s.sql, r.madeNames(), r.madeAny()); refusal != nil {
		return refusal
	}
	return nil
}

// settleMade forgets what was made in transactions that have ended: the catalogue was looked at before that was told.
func (r *requests) settleMade(idleAt uint64) {
	kept := r.made[:0]
	for _, m := range r.made {
		if m.segment > idleAt {
			kept = append(kept, m)
		}
	}
	r.made = kept
}

// lastMade is the last segment before the current one in which something was made that is not certain; 0 for none.
func (r *requests) lastMade() uint64 {
	for i := len(r.made) - 1; i >= 0; i-- {
		if r.made[i].segment < r.segment {
			return r.made[i].segment
		}
	}
	return 0
}
