package plan

import "bytes"

// StepKind is what a statement does to a setting that is followed, or to the transaction that its changes belong to.
type StepKind uint8

// The kinds of steps.
const (
	StepSet        StepKind = iota + 1 // SET, SET LOCAL, set_config
	StepReset                          // back to the value of the session's start
	StepResetAll                       // RESET ALL, DISCARD ALL
	StepOpaque                         // the setting may have another value now
	StepCode                           // DO, CALL: that, and outside a transaction block a transaction may have ended
	StepRun                            // EXECUTE, FETCH: what was prepared or declared before runs, whatever that was
	StepLost                           // the statement was not understood: anything may have happened
	StepAlone                          // outside a transaction block the statement may be a transaction of its own
	StepBegin                          // BEGIN, START TRANSACTION
	StepCommit                         // COMMIT, END, PREPARE TRANSACTION; of a failed transaction it is a rollback
	StepRollback                       // ROLLBACK, ABORT
	StepSavepoint                      // SAVEPOINT
	StepRollbackTo                     // ROLLBACK TO SAVEPOINT
	StepRelease                        // RELEASE SAVEPOINT
)

// Step is one thing that a statement does, in the order in which it does it. It counts once the server has carried the statement out.
type Step struct {
	Kind  StepKind
	Local bool   // StepSet, StepReset: until the transaction's end
	Chain bool   // StepCommit, StepRollback: the next transaction begins at once
	Value string // StepSet: the value; StepRun: the name of what runs, empty for any; of the steps about savepoints: the name
	Call  *ConfigCall
}

// ConfigCall is a call of set_config some of whose arguments are parameters, so that only the Bind says what the step does. Each is the index of a
// parameter, or -1 where the argument is a literal.
type ConfigCall struct{ Name, Value, Local int }

// Changes tells that a step may change the setting's value by itself.
func (s Step) Changes() bool {
	switch s.Kind {
	case StepSet, StepReset, StepResetAll, StepOpaque, StepCode, StepRun, StepLost:
		return true
	}
	return false
}

// Steps are those of a text: a list for each of its statements.
type Steps struct {
	Statements [][]Step
	// Hidden are the names of statements that are prepared, and of cursors that are declared, which may change the setting when they run; Hides: there may be others.
	Hidden []string
	Hides  bool
}

// SettingReader reads in texts what they do to one setting.
type SettingReader struct {
	name string // in lower case
}

// NewSettingReader returns a reader for a setting.
func NewSettingReader(name string) *SettingReader {
	var buf [2*maxName + 2]byte
	return &SettingReader{name: string(lowerASCII(buf[:0], []byte(name)))}
}

// Read returns what a text does; nil where it does nothing that matters. A call of one of the functions may change the setting. With uncertain, settings by which texts are read are not what they should be, so
// that a text in which that makes a difference is not understood.
func (s *SettingReader) Read(src []byte, uncertain bool, functions map[string]bool) *Steps {
	if uncertain && (bytes.IndexByte(src, '\\') >= 0 || !isASCII(src)) {
		return notUnderstood()
	}
	r := stepReader{name: s.name, functions: functions}
	var room [64]token
	l := lexer{src: src}
	for more := true; more; {
		ts := tokens{src: src, list: room[:0]}
		depth := 0
	statement:
		for {
			t := l.next()
			switch t.kind {
			case tokEOF:
				more = false
				break statement
			case tokBad:
				return notUnderstood()
			case tokOp:
				switch src[t.start] {
				case '(':
					depth++
				case ')':
					depth--
				case ';':
					if depth <= 0 { // a rule's actions stand in parentheses
						break statement
					}
				}
			}
			ts.list = append(ts.list, t)
		}
		if len(ts.list) == 0 {
			continue
		}
		if at := ts.find(0, "atomic"); at > 0 && ts.is(at-1, "begin") {
			return notUnderstood() // the body of a function goes on behind the semicolon
		}
		r.statement(ts)
	}
	if !r.any {
		return nil
	}
	return &Steps{Statements: r.all, Hidden: r.hidden}
}

func notUnderstood() *Steps { return &Steps{Statements: [][]Step{{{Kind: StepLost}}}, Hides: true} }

// stepReader goes through the statements of one text.
type stepReader struct {
	name      string
	functions map[string]bool
	all       [][]Step
	current   []Step
	any       bool
	hidden    []string
}

func (r *stepReader) add(s Step) { r.current, r.any = append(r.current, s), true }

// statement dispatches by the first words.
func (r *stepReader) statement(ts tokens) {
	r.current = nil
	switch {
	case ts.is(0, "set"):
		r.set(ts)
	case ts.is(0, "reset"):
		r.reset(ts)
	case ts.is(0, "discard"):
		if ts.is(1, "all") {
			r.add(Step{Kind: StepResetAll})
			r.add(Step{Kind: StepAlone})
		}
	case ts.is(0, "do", "call"):
		r.add(Step{Kind: StepCode})
	case ts.is(0, "begin") || ts.is(0, "start") && ts.is(1, "transaction"):
		r.add(Step{Kind: StepBegin})
	case ts.is(0, "commit", "end", "rollback", "abort", "savepoint", "release"):
		r.transaction(ts)
	case ts.is(0, "prepare") && ts.is(1, "transaction"):
		r.add(Step{Kind: StepCommit})
	case ts.is(0, "fetch", "move"):
		r.add(Step{Kind: StepRun, Value: ts.name(len(ts.list) - 1)})
	default:
		if alone(ts) {
			r.add(Step{Kind: StepAlone})
		}
		r.words(ts)
	}
	r.all = append(r.all, r.current)
}

// alone tells that a statement is one of those that cannot run inside a transaction block: behind one of the extended protocol the server commits
// without waiting for a Sync.
func alone(ts tokens) bool {
	switch {
	case ts.is(0, "vacuum", "analyze", "cluster", "reindex"):
		return true
	case ts.is(0, "create", "alter", "drop", "refresh"):
		return ts.is(1, "database", "tablespace", "system", "subscription") || ts.find(1, "concurrently") >= 0
	}
	return false
}

// transaction reads what ends a transaction or a part of it.
func (r *stepReader) transaction(ts tokens) {
	i := 1
	if ts.is(i, "work", "transaction") {
		i++
	}
	chain := ts.is(i, "and") && !ts.is(i+1, "no")
	switch {
	case ts.is(0, "savepoint"):
		r.savepoint(ts, 1, StepSavepoint)
	case ts.is(0, "release"):
		if ts.is(1, "savepoint") && len(ts.list) > 2 {
			r.savepoint(ts, 2, StepRelease)
		} else {
			r.savepoint(ts, 1, StepRelease)
		}
	case ts.is(1, "prepared"):
		r.add(Step{Kind: StepAlone})
	case ts.is(0, "commit", "end"):
		r.add(Step{Kind: StepCommit, Chain: chain})
	case ts.is(i, "to"):
		if i++; ts.is(i, "savepoint") && i+1 < len(ts.list) {
			i++
		}
		r.savepoint(ts, i, StepRollbackTo)
	default:
		r.add(Step{Kind: StepRollback, Chain: chain})
	}
}

func (r *stepReader) savepoint(ts tokens, i int, kind StepKind) {
	if i < len(ts.list) && ts.list[i].kind == tokUQuoted { // an escaped name may be any
		r.add(Step{Kind: StepLost})
		return
	}
	r.add(Step{Kind: kind, Value: ts.name(i)})
}

// set reads SET.
func (r *stepReader) set(ts tokens) {
	i, local := 1, ts.is(1, "local")
	if (local || ts.is(1, "session")) && !ts.op(2, ".") {
		i++
	}
	ours, clear, i := r.setting(ts, i)
	switch {
	case !clear:
		r.add(Step{Kind: StepOpaque})
	case !ours:
	case i+2 == len(ts.list) && (ts.op(i, "=") || ts.is(i, "to")):
		r.add(valueStep(ts, i+1, local))
	default: // FROM CURRENT, or what the server refuses
		r.add(Step{Kind: StepOpaque})
	}
}

func (r *stepReader) reset(ts tokens) {
	ours, clear, _ := r.setting(ts, 1)
	switch {
	case !clear:
		r.add(Step{Kind: StepOpaque})
	case ours:
		r.add(Step{Kind: StepReset})
	case ts.is(1, "all"):
		r.add(Step{Kind: StepResetAll})
	}
}

// setting tells whether the name that begins at token i is the setting's, and where it ends; it is not clear where it is escaped. Names of settings are
// compared without regard to case even where they are quoted, and a quoted one may hold the dot.
func (r *stepReader) setting(ts tokens, i int) (ours, clear bool, end int) {
	var buf [4 * maxName]byte
	joined := buf[:0]
	for ; i < len(ts.list); i++ {
		var part [maxName + 1]byte
		switch t := ts.list[i]; t.kind {
		case tokWord:
			joined = append(joined, foldWord(&part, ts.text(i))...)
		case tokQuoted:
			joined = lowerASCII(joined, unquote(&part, ts.text(i)))
		default:
			return false, t.kind != tokUQuoted, i
		}
		if !ts.op(i+1, ".") {
			return string(joined) == r.name, true, i + 1
		}
		joined = append(joined, '.')
		i++
	}
	return false, true, i
}

// valueStep reads the value of SET at token i, the last of its statement.
func valueStep(ts tokens, i int, local bool) Step {
	t := ts.list[i]
	switch {
	case ts.is(i, "default"):
		return Step{Kind: StepReset, Local: local}
	case t.kind == tokWord, t.kind == tokQuoted:
		return Step{Kind: StepSet, Local: local, Value: ts.name(i)}
	case t.kind == tokInt && t.end-t.start < 10 && (ts.src[t.start] != '0' || t.end-t.start == 1):
		return Step{Kind: StepSet, Local: local, Value: string(ts.text(i))}
	case isString(t.kind):
		if text, _, ok := literalText(nil, ts.src, t); ok {
			return Step{Kind: StepSet, Local: local, Value: string(text)}
		}
	}
	return Step{Kind: StepOpaque}
}

// lowerASCII appends b with its ASCII letters in lower case, as the names of settings are compared.
func lowerASCII(dst, b []byte) []byte {
	for _, c := range b {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
