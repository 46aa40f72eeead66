package plan

// tokens are the tokens of one statement, without its semicolon.
type tokens struct {
	src  []byte
	list []token
}

func (ts tokens) text(i int) []byte { return ts.src[ts.list[i].start:ts.list[i].end] }

// is tells whether token i is there and is one of the keywords, given in lower case.
func (ts tokens) is(i int, keywords ...string) bool {
	if i >= len(ts.list) || ts.list[i].kind != tokWord {
		return false
	}
	for _, k := range keywords {
		if isWord(ts.text(i), k) {
			return true
		}
	}
	return false
}

// op tells whether token i is there and is that operator or punctuation.
func (ts tokens) op(i int, text string) bool {
	return i < len(ts.list) && ts.list[i].kind == tokOp && string(ts.text(i)) == text
}

// find returns the position of the first token from i on that is one of the keywords, or -1.
func (ts tokens) find(i int, keywords ...string) int {
	for ; i < len(ts.list); i++ {
		if ts.is(i, keywords...) {
			return i
		}
	}
	return -1
}

// name is the identifier that token i stands for, empty where it is none.
func (ts tokens) name(i int) string {
	if i >= len(ts.list) {
		return ""
	}
	return name(ts.src, ts.list[i])
}

// effectReader finds out from the tokens of a text what it does to the session, whatever it names. It needs no parser.
type effectReader struct {
	probe   *probe
	handles Handles
	fresh   []string          // as in Request
	before  func(string) bool // Request.PreparedBefore
	lenient bool              // nothing is refused
	names   bool              // what is done with names matters
	parse   bool              // the text is that of a Parse
	prepare bool              // a name is given or taken back
	taken   string            // the one of those that DEALLOCATE names which leads to protected columns
	effects Effects
	refusal *Refusal
}

// effectsOf reads a text in which scan has seen something. The refusal is for statements that lead to protected columns
// by a name that the session holds, and for code that names a protected relation in a string.
func (p *probe) effectsOf(req *Request) (Effects, *Refusal) {
	// What is prepared now may be executed when there are cursors to know of.
	r := effectReader{probe: p, handles: req.Handles, parse: req.Extended, names: req.Extended || req.holds() || req.PreparedBefore != nil}
	r.fresh, r.before = req.Fresh, req.PreparedBefore
	r.read(req.SQL)
	if r.effects.Planned && r.prepare {
		r.refuse(refuseStatement("EXECUTE beside PREPARE or DEALLOCATE in one text", "Send the statements one by one."))
	}
	return r.effects, r.refusal
}

// read goes through the statements of a text, up to the first refusal.
func (r *effectReader) read(src []byte) {
	var room [64]token
	l := lexer{src: src}
	for more := true; more && r.refusal == nil; {
		ts := tokens{src: src, list: room[:0]}
		for {
			t := l.next()
			if more = t.kind != tokEOF; !more || t.kind == tokOp && src[t.start] == ';' {
				break
			}
			if len(ts.list) > 0 || t.kind != tokOp { // parentheses in front of a query
				ts.list = append(ts.list, t)
			}
		}
		r.statement(ts)
	}
}

// statement dispatches by the first words.
func (r *effectReader) statement(ts tokens) {
	switch {
	case ts.is(0, "set", "reset"):
		r.setting(ts)
	case ts.is(0, "discard"):
		if ts.is(1, "all") {
			r.effects.Settings, r.effects.DeallocatesAll, r.effects.ClosesAll = true, true, true
			r.prepare = true
		}
	case ts.is(0, "deallocate"):
		r.prepare = true
		r.deallocate(ts)
	case ts.is(0, "prepare"):
		if !ts.is(1, "transaction") {
			r.prepare, r.effects.Names = true, r.effects.Names || r.names
		}
	case ts.is(0, "execute"):
		r.execute(ts)
	case ts.is(0, "declare", "fetch", "move", "close"):
		r.effects.Names = r.effects.Names || r.names
	case ts.is(0, "explain"):
		r.executeWithin(ts)
	case ts.is(0, "create", "alter", "drop", "import"):
		r.effects.DDL = true
		if ts.is(0, "alter") && ts.is(1, "schema") && ts.is(3, "rename") && r.probe.schemas[ts.name(2)] {
			r.refuse(refuseDDL(ts.name(2)))
		}
		if ts.is(0, "drop") && ts.is(1, "schema") {
			r.dropsSchema(ts)
		}
		r.executeWithin(ts)
		if ts.is(0, "create") && ts.find(1, "function", "procedure") >= 0 {
			r.code(ts, "a function's body")
		}
	case ts.is(0, "do"):
		r.effects.DDL, r.effects.Settings = true, true
		r.code(ts, "a DO block")
		r.hiddenCode(ts)
	case ts.is(0, "call"):
		r.effects.Settings = true
	}
	r.words(ts)
}

// dropsSchema refuses to drop a schema with protected tables, however it is called.
func (r *effectReader) dropsSchema(ts tokens) {
	for i := 2; i < len(ts.list); i++ {
		if r.probe.schemas[ts.name(i)] {
			r.refuse(refuseDDL(ts.name(i)))
		}
	}
}

// execute looks at the name of what is executed: it may lead to protected columns, and what it does to the session is that of the statement behind it.
func (r *effectReader) execute(ts tokens) {
	name := ts.name(1)
	if r.parse {
		r.effects.Executes = name
	}
	if r.handles != nil && !r.parse && name != "" {
		if query := r.handles.Prepared(name); query != nil {
			r.effects.Planned = true
			r.effects.Settings = r.effects.Settings || query.Effects.Settings
			for _, fresh := range r.fresh {
				if mentionsName(query.sql, fresh) {
					r.refuse(RefuseFresh(fresh))
				}
			}
			return
		}
	}
	r.executesUnseen(name)
	r.effects.Settings = true // it may be a set_config
	r.byHandle(ts, 1)
}

// deallocate notes the name. A text may hold only one that leads to protected columns: where a later statement of it fails, the session takes none of
// the names for given up.
func (r *effectReader) deallocate(ts tokens) {
	i := 1
	if ts.is(i, "prepare") && len(ts.list) > 2 {
		i++
	}
	if ts.is(i, "all") {
		r.effects.DeallocatesAll = true
		return
	}
	if i < len(ts.list) && ts.list[i].kind == tokUQuoted {
		r.byHandle(ts, i)
	}
	name := ts.name(i)
	if r.handles != nil && r.handles.Protected(name) {
		if r.taken != "" && r.taken != name {
			r.refuse(refuseTwoDeallocations())
		}
		r.taken = name
	}
	if r.effects.deallocates == nil {
		r.effects.deallocates = new([]string)
	}
	*r.effects.deallocates = append(*r.effects.deallocates, name)
}

// byHandle refuses a statement whose token i is the name of a prepared statement that leads to protected columns.
func (r *effectReader) byHandle(ts tokens, i int) {
	if r.handles == nil || !r.handles.Any() {
		return
	}
	switch n := ts.name(i); {
	case i < len(ts.list) && ts.list[i].kind == tokUQuoted: // an escaped name may be any
		r.refuse(RefuseHandle(string(ts.text(0)), string(ts.text(i))))
	case n != "" && r.handles.Protected(n):
		r.refuse(RefuseHandle(string(ts.text(0)), n))
	}
}

// executeWithin looks for EXPLAIN EXECUTE and CREATE TABLE AS EXECUTE.
func (r *effectReader) executeWithin(ts tokens) {
	for i := ts.find(1, "execute"); i >= 0; i = ts.find(i+1, "execute") {
		if r.parse && ts.name(i+1) != "" {
			r.effects.Executes = ts.name(i + 1)
		}
		r.executesUnseen(ts.name(i + 1))
		r.byHandle(ts, i+1)
	}
}

// executesUnseen refuses to execute what was prepared before names got another meaning; an escaped name may be any.
func (r *effectReader) executesUnseen(name string) {
	if r.before != nil && (name == "" || r.before(name)) {
		r.refuse(RefusePreparedBefore)
	}
}

// code refuses a string that names something protected: it is SQL that runs where the planner cannot see it.
func (r *effectReader) code(ts tokens, where string) {
	for i, t := range ts.list {
		if !isString(t.kind) {
			continue
		}
		text, _, ok := literalText(nil, ts.src, t)
		if !ok && t.kind != tokNString || r.probe.mentions(text) || r.probe.mentions(ts.text(i)) {
			r.refuse(refuseHiddenSQL(where))
			return
		}
	}
}

func (r *effectReader) refuse(refusal *Refusal) {
	if r.refusal == nil && !r.lenient {
		r.refusal = refusal
	}
}

// isString tells whether a token is a string constant, in whatever quotes.
func isString(k tokenKind) bool {
	switch k {
	case tokString, tokEscape, tokUString, tokNString, tokDollar:
		return true
	}
	return false
}
