package proxy

import (
	"bytes"
	"sync/atomic"

	"github.com/legatics/pgseal/proxy/plan"
)

// publishedState is the state of the setting as of the last ReadyForQuery. What it points to does not change.
type publishedState = atomic.Pointer[settingState]

// follow carries out the steps of a statement that the server has completed; its CommandComplete, or what stands for it, is before the pump.
func (p *responses) follow(e *entry, statement int) error {
	if p.s.setting == nil || e.work == nil || statement >= len(e.work.steps) {
		return nil
	}
	for _, s := range e.work.steps[statement] {
		rolledBack := false
		if s.Kind == plan.StepCommit {
			tag, err := p.in.Prefix(len("ROLLBACK"))
			if err != nil {
				return err
			}
			rolledBack = bytes.Equal(tag, []byte("ROLLBACK"))
		}
		p.followed.state.apply(s, rolledBack)
		p.followed.dirty = true
	}
	return nil
}

// followReady publishes the state at a ReadyForQuery, before anybody is told that the segment has ended.
func (p *responses) followReady() {
	if p.s.setting == nil {
		return
	}
	f := &p.followed
	if !f.dirty && p.status == 'I' && f.state.settled() && !f.state.block {
		return
	}
	f.state.ready(p.status, p.failed)
	f.dirty = false
	p.s.setting.published.Store(f.state.clone())
}

// followSwallowed: the Syncs behind a COPY that is complete were not answered, so that their segments end without a ReadyForQuery, which alone would say what has
// become of their steps.
func (p *responses) followSwallowed() {
	if p.s.setting == nil || !p.followed.dirty {
		return
	}
	unknown := p.followed.state.clone()
	unknown.lost = true
	p.s.setting.published.Store(unknown)
}
