package proxy

import (
	"fmt"

	"github.com/legatics/pgseal/proxy/plan"
)

// checkRoom refuses where one more prepared statement of that name would be more than a session may have. The unnamed one has its place always. An error
// ends the session.
func (r *requests) checkRoom(name []byte) (refused, err error) {
	return r.checkNames(len(name) > 0, "prepared statements", func() (int, bool) {
		return len(r.names.statements), r.names.statements[string(clip(name))] != nil
	})
}

// checkRoomOf is checkRoom for what statements of SQL prepare.
func (r *requests) checkRoomOf(p *plan.Plan) (refused, err error) {
	if p == nil { // nothing of it is pgseal's business
		return nil, nil
	}
	for i := range p.Statements {
		if made := p.Statements[i].Prepare; made != nil {
			if refused, err := r.checkRoom([]byte(made.Name)); refused != nil || err != nil {
				return refused, err
			}
		}
	}
	return nil, nil
}

// checkPortals refuses where one more portal would be more than a session may have.
func (r *requests) checkPortals(name string) (refused, err error) {
	return r.checkNames(name != "", "portals", func() (int, bool) { return len(r.names.portals), r.names.portals[name] != nil })
}

// checkNames counts what a session has of something, and whether the name is among it. What seems to be full may only not be known to have gone yet.
func (r *requests) checkNames(named bool, what string, count func() (n int, known bool)) (refused, err error) {
	limit := r.s.server.limits.Prepared
	if limit < 0 || !named {
		return nil, nil
	}
	n, known := count()
	if n < limit || known {
		return nil, nil
	}
	if r.segment > 1 {
		if err := r.await(r.segment-1, false); err != nil {
			return nil, err
		}
	}
	r.settle()
	if n, known = count(); n < limit || known {
		return nil, nil
	}
	return &wireError{code: codeConfigurationLimit, message: fmt.Sprintf("the session has %d %s, which is all that pgseal lets it have", n, what),
		hint: "Close or DEALLOCATE what is no longer needed, or have limits.prepared_statements raised."}, nil
}
