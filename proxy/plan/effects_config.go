package plan

// words looks for what changes the setting from within a statement that is no SET.
func (r *stepReader) words(ts tokens) {
	before, calls := len(r.current), 0
	for i := range ts.list {
		switch {
		case ts.isName(i, "set_config"):
			calls++
		case ts.list[i].kind == tokUQuoted && ts.calls(i): // an escaped name may be any
			r.add(Step{Kind: StepOpaque})
		case len(r.functions) > 0 && ts.op(i+1, "(") && r.functions[ts.name(i)]:
			r.add(Step{Kind: StepOpaque})
		case ts.is(i, "execute"):
			r.add(Step{Kind: StepRun, Value: ts.name(i + 1)})
		case ts.isName(i, "pg_settings") && ts.find(0, "update", "merge") >= 0:
			r.add(Step{Kind: StepOpaque})
		}
	}
	if calls > 0 && !r.plainCalls(ts, calls) && r.touched(ts) {
		r.current = append(r.current[:before], Step{Kind: StepOpaque})
		r.any = true
	}
	if len(r.current) > before && ts.is(0, "prepare", "declare") {
		r.hidden = append(r.hidden, ts.name(1))
	}
}

// isName tells whether token i is an identifier, quoted or not, of that name, which is in lower case.
func (ts tokens) isName(i int, name string) bool {
	switch t := ts.list[i]; {
	case t.kind == tokWord:
		return isWord(ts.text(i), name)
	case t.kind == tokQuoted && int(t.end-t.start) == len(name)+2:
		return string(ts.src[t.start+1:t.end-1]) == name
	}
	return false
}

// touched tells whether a call of set_config anywhere in a statement may be about the setting: not where another one's name stands there in plain text.
func (r *stepReader) touched(ts tokens) bool {
	for i := range ts.list {
		if !ts.isName(i, "set_config") {
			continue
		}
		if !ts.op(i+1, "(") || !ts.op(i+3, ",") || ts.list[i+2].kind != tokString {
			return true
		}
		if text, _, ok := literalText(nil, ts.src, ts.list[i+2]); !ok || r.ours(text) {
			return true
		}
	}
	return false
}

func (r *stepReader) ours(name []byte) bool { return string(lowerASCII(nil, name)) == r.name }

// Names tells whether a name is the setting's.
func (s *SettingReader) Names(name []byte) bool { return string(lowerASCII(nil, name)) == s.name }

// plainCalls reads SELECT set_config(..), ..: calls whose arguments are literals or parameters and nothing else, so that each is carried out once, in
// their order. It is false, and has added nothing, where the statement is any other.
func (r *stepReader) plainCalls(ts tokens, calls int) bool {
	if !ts.is(0, "select") {
		return false
	}
	var steps []Step
	for i := 1; ; i++ {
		if ts.is(i, "pg_catalog") && ts.op(i+1, ".") {
			i += 2
		}
		if i >= len(ts.list) || !ts.isName(i, "set_config") || !ts.op(i+1, "(") {
			return false
		}
		calls--
		args, end, ok := ts.plainArguments(i + 2)
		if !ok {
			return false
		}
		s, ours := r.call(ts, args)
		if ours {
			steps = append(steps, s)
		}
		i = ts.alias(end)
		switch {
		case i == len(ts.list):
			for _, s := range steps {
				r.add(s)
			}
			return calls == 0
		case !ts.op(i, ","):
			return false
		}
	}
}

// alias steps over the name that a result column is given.
func (ts tokens) alias(i int) int {
	if ts.is(i, "as") && i+1 < len(ts.list) {
		return i + 2
	}
	if i < len(ts.list) && ts.list[i].kind == tokQuoted {
		return i + 1
	}
	return i
}

// plainArguments reads three arguments, the first of which begins with token i: each a literal or a parameter, with a cast at most. It returns their tokens,
// and where the call ends.
func (ts tokens) plainArguments(i int) (args [3]int, end int, ok bool) {
	for n := range args {
		if i >= len(ts.list) {
			return args, 0, false
		}
		t := ts.list[i]
		if t.kind != tokParam && !isString(t.kind) && !ts.is(i, "true", "false", "null") {
			return args, 0, false
		}
		args[n] = i
		if i++; ts.op(i, "::") {
			if !ts.is(i+1, "text") && !(n == 2 && ts.is(i+1, "bool", "boolean")) {
				return args, 0, false
			}
			i += 2
		}
		closing := ","
		if n == 2 {
			closing = ")"
		}
		if !ts.op(i, closing) {
			return args, 0, false
		}
		i++
	}
	return args, i, true
}

// call makes the step of one call of set_config; ours is false where it is about another setting.
func (r *stepReader) call(ts tokens, args [3]int) (s Step, ours bool) {
	s = Step{Kind: StepSet}
	call := ConfigCall{Name: ts.parameter(args[0]), Value: ts.parameter(args[1]), Local: ts.parameter(args[2])}
	if call.Name < 0 {
		text, null, ok := literalText(nil, ts.src, ts.list[args[0]])
		switch {
		case !ok:
			return Step{Kind: StepOpaque}, true
		case null || !r.ours(text):
			return s, false
		}
	}
	if call.Value < 0 {
		text, null, ok := literalText(nil, ts.src, ts.list[args[1]])
		switch {
		case !ok:
			return Step{Kind: StepOpaque}, true
		case null:
			s.Kind = StepReset
		}
		s.Value = string(text)
	}
	if call.Local < 0 {
		text, null, ok := literalText(nil, ts.src, ts.list[args[2]])
		local, known := Bool(text)
		if null || !ok || !known {
			return Step{Kind: StepOpaque}, true
		}
		s.Local = local
	}
	if call != (ConfigCall{-1, -1, -1}) {
		s.Call = &call
	}
	return s, true
}

// parameter is the index of the parameter that token i is, or -1.
func (ts tokens) parameter(i int) int {
	if ts.list[i].kind != tokParam {
		return -1
	}
	n := int(min(parse(ts.text(i)[1:], 10), maxParams+1))
	return n - 1
}

// Bool reads the common words for truth; known is false for others, which the server may know.
func Bool(text []byte) (truth, known bool) {
	switch string(lowerASCII(nil, text)) {
	case "t", "true", "1", "on", "yes", "y":
		return true, true
	case "f", "false", "0", "off", "no", "n":
		return false, true
	}
	return false, false
}
