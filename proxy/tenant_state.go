package proxy

import (
	"slices"

	"github.com/legatics/pgseal/proxy/plan"
)

// settingValue is the value of the setting that names the tenant, as far as it is known.
type settingValue struct {
	text  string
	known bool
	reset bool // it is what RESET has gone back to, so that RESET ALL does nothing more
}

// settingState follows a setting through a session as the server's own stack does (guc.c, AtEOXact_GUC): SET counts from the transaction's end on, SET LOCAL up to
// it, and what a transaction or savepoint that is rolled back has changed is taken back. The zero state is that of a session that has not said anything.
type settingState struct {
	value      settingValue
	start      settingValue // what RESET goes back to
	stack      []settingFrame
	savepoints []string
	block      bool // an explicit transaction block is open
	failed     bool // and has failed
	lost       bool // it is not known which transactions and savepoints are open
	doubt      bool // the implicit transaction may have been committed already
}

// settingFrame is what one level of nesting has changed: 1 is the transaction, those above are savepoints.
type settingFrame struct {
	level  int
	kind   frameKind
	prior  settingValue // before the level
	masked settingValue // frameSetLocal: what was SET, and counts once the transaction has ended
}

type frameKind uint8

const (
	frameSet      frameKind = iota // SET
	frameLocal                     // SET LOCAL
	frameSetLocal                  // SET, and SET LOCAL behind it
)

// clone returns a state that shares nothing with t.
func (t *settingState) clone() *settingState {
	c := *t
	c.stack, c.savepoints = slices.Clone(t.stack), slices.Clone(t.savepoints)
	return &c
}

// settled tells that the end of no transaction or savepoint can change the value.
func (t *settingState) settled() bool { return len(t.stack) == 0 && !t.lost }

// current is the value now.
func (t *settingState) current() settingValue {
	if t.lost {
		return settingValue{}
	}
	return t.value
}

func (t *settingState) level() int { return 1 + len(t.savepoints) }

// apply carries a step out. rolledBack says that the server has answered a COMMIT with ROLLBACK.
func (t *settingState) apply(s plan.Step, rolledBack bool) {
	switch s.Kind {
	case plan.StepSet:
		t.set(settingValue{text: s.Value, known: true}, s.Local)
	case plan.StepReset:
		t.set(t.start, s.Local)
	case plan.StepResetAll:
		t.resetAll()
	case plan.StepOpaque:
		t.set(settingValue{}, false)
	case plan.StepCode:
		t.set(settingValue{}, false)
		t.lost = t.lost || !t.block // it may have committed
	case plan.StepRun, plan.StepLost:
		t.lost = true
	case plan.StepAlone:
		if n := len(t.stack); !t.block && n > 0 {
			t.doubt, t.lost = true, t.lost || t.stack[n-1].kind != frameSet
		}
	case plan.StepBegin:
		t.block, t.lost = true, t.lost || t.doubt
	case plan.StepCommit, plan.StepRollback:
		commit := s.Kind == plan.StepCommit && !rolledBack && !t.failed
		t.lost = t.lost || t.doubt && !commit
		t.finish(commit)
		t.block = t.block && s.Chain
	default:
		t.savepoint(s)
	}
}

// savepoint carries a step about a savepoint out.
func (t *settingState) savepoint(s plan.Step) {
	if s.Kind == plan.StepSavepoint {
		t.savepoints = append(t.savepoints, s.Value)
		return
	}
	at := len(t.savepoints) - 1
	for at >= 0 && t.savepoints[at] != s.Value {
		at--
	}
	if at < 0 {
		t.lost = true
		return
	}
	if s.Kind == plan.StepRollbackTo {
		t.close(at+2, false)
		t.savepoints, t.failed = t.savepoints[:at+1], false
		return
	}
	for l := t.level(); l >= at+2; l-- {
		t.close(l, true)
	}
	t.savepoints = t.savepoints[:at]
}

// set changes the value at the present level.
func (t *settingState) set(v settingValue, local bool) {
	if n := len(t.stack); n > 0 && t.stack[n-1].level >= t.level() {
		switch top := &t.stack[n-1]; {
		case !local:
			top.kind = frameSet
		case top.kind == frameSet:
			top.kind, top.masked = frameSetLocal, t.value
		}
	} else {
		kind := frameSet
		if local {
			kind = frameLocal
		}
		t.stack = append(t.stack, settingFrame{level: t.level(), kind: kind, prior: t.value})
	}
	t.value = v
}

// resetAll passes over a value that has been reset: where that was done by SET LOCAL, the older one comes back at the transaction's end (ResetAllOptions).
func (t *settingState) resetAll() {
	switch {
	case t.value.known && t.value.reset:
	case !t.value.known && len(t.stack) > 0:
		t.set(settingValue{}, false)
	default:
		t.set(t.start, false)
	}
}

// close ends a level, and with a rollback all above it.
func (t *settingState) close(level int, commit bool) {
	for n := len(t.stack); n > 0 && t.stack[n-1].level >= level; n = len(t.stack) {
		top := t.stack[n-1]
		switch {
		case !commit:
			t.value = top.prior
		case level == 1 && top.kind == frameLocal:
			t.value = top.prior
		case level == 1 && top.kind == frameSetLocal:
			t.value = top.masked
		case level == 1:
		case n == 1 || t.stack[n-2].level < top.level-1:
			t.stack[n-1].level-- // becomes a change of the level below
			continue
		default:
			t.stack[n-2].absorb(top)
		}
		t.stack = t.stack[:n-1]
	}
}

// absorb takes over what a level above, which has ended well, has changed.
func (f *settingFrame) absorb(above settingFrame) {
	switch above.kind {
	case frameSet:
		f.kind = frameSet
	case frameLocal:
		if f.kind == frameSet {
			f.kind, f.masked = frameSetLocal, above.prior
		}
	case frameSetLocal:
		f.kind, f.masked = frameSetLocal, above.masked
	}
}

// finish ends the transaction.
func (t *settingState) finish(commit bool) {
	if commit {
		for l := t.level(); l > 1; l-- {
			t.close(l, true)
		}
	}
	t.close(1, commit)
	t.savepoints, t.failed, t.doubt = nil, false, false
}

// ready holds the state against what a ReadyForQuery says: status is its own, failed tells that an error came before it.
func (t *settingState) ready(status byte, failed bool) {
	switch {
	case status == 'I' && (t.lost || t.block || t.doubt && failed): // something has ended a transaction out of sight
		*t = settingState{start: t.start}
	case status == 'I':
		t.finish(!failed)
	default:
		t.lost = t.lost || !t.block // something has begun one
		t.failed = status == 'E'
	}
}
