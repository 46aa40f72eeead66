package proxy

import (
	"fmt"

	"github.com/legatics/pgseal/proxy/plan"
)

// checkRoom refuses where one more prepared statement of that name would be more than a session may have. The unnamed one has its place always. An error
// ends the session.
func (r *requests) checkRoom(name []byte) (refused, err error) {
	if len(name) == 0 || r.names.statements[string(clip(name))] != nil {
		return nil, nil
	}
	return r.checkNames("prepared statements", func() int { return named(r.names.statements) + 1 })
}

// named counts names, of which the empty one is none.
func named[T any](all map[string]T) int {
	n := len(all)
	if _, ok := all[""]; ok {
		n--
	}
	return n
}

// checkRoomOf is checkRoom for what statements of SQL prepare.
func (r *requests) checkRoomOf(p *plan.Plan) (refused, err error) {
	if p == nil { // nothing of it is pgseal's business
		return nil, nil
	}
	made, bytes := 0, 0
	for i := range p.Statements {
		prepare := p.Statements[i].Prepare
		if prepare == nil {
			continue
		}
		bytes += len(prepare.SQL)
		if r.names.statements[prepare.Name] == nil {
			made++
		}
	}
	if full, err := r.checkTexts(bytes); full != nil || err != nil {
		return full, err
	}
	if made == 0 {
		return nil, nil
	}
	return r.checkNames("prepared statements", func() int { return named(r.names.statements) + made })
}

// checkPortals refuses where one more portal would be more than a session may have.
func (r *requests) checkPortals(name string) (refused, err error) {
	if name == "" || r.names.portals[name] != nil {
		return nil, nil
	}
	return r.checkNames("portals", func() int { return named(r.names.portals) + 1 })
}

// checkNames counts what a session would have of something. What is too much may only not be known to have gone yet.
func (r *requests) checkNames(what string, count func() int) (refused, err error) {
	limit := r.s.server.limits.Prepared
	if limit < 0 || count() <= limit {
		return nil, nil
	}
	if r.segment > 1 {
		if err := r.await(r.segment-1, false); err != nil {
			return nil, err
		}
	}
	r.settle()
	if count() <= limit {
		return nil, nil
	}
	return &wireError{code: codeConfigurationLimit, message: fmt.Sprintf("the session would have more than the %d %s that pgseal lets it have", limit, what),
		hint: "Close or DEALLOCATE what is no longer needed, or have limits.prepared_statements raised."}, nil
}

// heldTexts is how many bytes of texts of statements a session may have, in messages of the largest size that is looked into: one may be bound while the next
// is prepared.
const heldTexts = 2

// checkTexts refuses where one more text of so many bytes would be more than the prepared statements and portals of a session may be of. Those that have
// taken the place of others without a Sync count until it is known that they have.
func (r *requests) checkTexts(bytes int) (refused, err error) {
	limit := heldTexts * r.s.server.limits.Message
	if bytes == 0 || r.names.texts+bytes <= limit {
		return nil, nil
	}
	if err := r.awaitAnswers(); err != nil {
		return nil, err
	}
	r.settle()
	if r.names.texts+bytes <= limit {
		return nil, nil
	}
	return &wireError{code: codeConfigurationLimit,
		message: fmt.Sprintf("the texts of the session's prepared statements and portals would be longer than the %d MiB that pgseal keeps of them", limit>>20),
		hint:    "Close or DEALLOCATE what is no longer needed, send long values as parameters, or have limits.message_mib raised."}, nil
}
