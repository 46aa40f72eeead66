package proxy

import "github.com/legatics/pgseal/proxy/plan"

// made are the views over protected tables that the session has made in a transaction that may not have ended yet: only then can the
// planner's catalogue know what their columns are.
type made struct {
	name    string
	segment uint64
}

// noteMade notes the views that the statements of a plan make.
func (r *requests) noteMade(p *plan.Plan, segment uint64) {
	for i := range p.Statements {
		if name := p.Statements[i].Creates; name != "" {
			r.made = append(r.made, made{name, segment})
		}
	}
}

// madeNames are the names of the views that are not known for certain.
func (r *requests) madeNames() (names []string) {
	for _, m := range r.made {
		names = append(names, m.name)
	}
	return names
}

// settleMade forgets the views of transactions that have ended: the catalogue was looked at before that was told.
func (r *requests) settleMade(idleAt uint64) {
	kept := r.made[:0]
	for _, m := range r.made {
		if m.segment > idleAt {
			kept = append(kept, m)
		}
	}
	r.made = kept
}

// lastMade is the last segment before the current one in which a view was made that is not certain; 0 for none.
func (r *requests) lastMade() uint64 {
	for i := len(r.made) - 1; i >= 0; i-- {
		if r.made[i].segment < r.segment {
			return r.made[i].segment
		}
	}
	return 0
}
