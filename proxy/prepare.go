package proxy

import (
	"sync/atomic"

	"github.com/legatics/pgseal/proxy/plan"
)

// Statements that SQL prepares share their names with those of the protocol, and are dealt with in the same way: EXECUTE seals its arguments as Bind its
// parameters, and each can run what the other's means have prepared.

// applyPrepare takes note of a PREPARE.
func (r *requests) applyPrepare(p *plan.Plan, seq, segment uint64) {
	for i := range p.Statements {
		switch made := p.Statements[i].Prepare; {
		case made == nil:
		case made.Plan == nil:
			r.names.takes(made.Name, r.names.nativeOf(r.nativeEpoch(p.Catalogue.Epoch, nil)), seq, segment, i, r.beforeNames() != nil)
		default:
			r.prepareSQL(made, seq, segment)
		}
	}
}

func (r *requests) prepareSQL(made *plan.Prepare, seq, segment uint64) {
	s := &statement{plan: made.Plan, epoch: made.Plan.Catalogue.Epoch, sql: made.SQL, paramOIDs: made.OIDs, guarded: true, bySQL: true, steps: r.reads(made.SQL), verdict: new(atomic.Int32)}
	r.names.setStatement(made.Name, s, seq, segment)
}

// refuseExecute refuses, when it is run, an EXECUTE in a Parse whose statement leads to protected columns by now. An error ends the session.
func (r *requests) refuseExecute(p *plan.Plan) (refused, err error) {
	name := p.Effects.Executes
	if name == "" {
		return nil, nil
	}
	if err := r.awaitName(false, []byte(name)); err != nil {
		return nil, err
	}
	if before := r.beforeNames(); before != nil && before(name) {
		return plan.RefusePreparedBefore, nil
	}
	if !r.names.Protected(name) {
		return nil, nil
	}
	return plan.RefuseHandle("EXECUTE", name), nil
}

// describeOwn asks the server for the description of a statement.
func (r *requests) describeOwn(s *statement, name []byte) error {
	if _, err := r.push(entry{request: reqDescribeStatement, own: true, work: &work{statement: s}}); err != nil {
		return err
	}
	question, err := describeStatement(nil, name)
	if err != nil {
		return err
	}
	return r.out.Write(question)
}
