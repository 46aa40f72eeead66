package plan

import "strings"

// Functions of the server and of its extensions that run SQL which they are given as text. No plan sees that SQL, so that it has to stand
// there as one string, and may neither name anything protected nor call such a function again.

// dynamic looks at the call of such a function at token i.
func (r *effectReader) dynamic(ts tokens, i int) {
	function := ts.name(i)
	if ts.op(i+1, "(") {
		for _, at := range sqlArguments(function, ts.arguments(i+1)) {
			if !ts.plainString(at) {
				r.refuse(refuseDump(function))
			}
		}
	}
	where := "the argument of " + function + "()"
	r.code(ts, where)
	for _, t := range ts.list {
		if !isString(t.kind) {
			continue
		}
		if text, _, ok := literalText(nil, ts.src, t); ok && r.probe.callsDynamic(text) {
			r.refuse(refuseHiddenSQL(where))
		}
	}
}

// sqlArguments are those of the function's arguments that are SQL, or that become a part of it.
func sqlArguments(function string, arguments []int) []int {
	count := 1 // the XML functions, ts_stat
	switch {
	case strings.HasPrefix(function, "dblink"): // runs it on another connection, which is not this session's
		count = 0
	case function == "ts_rewrite" && len(arguments) == 2:
		return arguments[1:]
	case function == "ts_rewrite":
		count = 0
	case strings.HasPrefix(function, "crosstab"):
		count = 2
	case function == "connectby":
		count = 3
	case function == "xpath_table":
		count = 5
	}
	return arguments[:min(count, len(arguments))]
}

// arguments returns the first tokens of the arguments of a call; open is its opening parenthesis.
func (ts tokens) arguments(open int) (starts []int) {
	starts = append(starts, open+1)
	for i, depth := open+1, 0; i < len(ts.list); i++ {
		switch {
		case ts.op(i, "(") || ts.op(i, "["):
			depth++
		case depth == 0 && ts.op(i, ")"):
			return starts
		case ts.op(i, ")") || ts.op(i, "]"):
			depth--
		case depth == 0 && ts.op(i, ","):
			starts = append(starts, i+1)
		}
	}
	return starts
}

// plainString tells whether an argument that begins with token i is one string constant or number, with casts at most.
func (ts tokens) plainString(i int) bool {
	if i >= len(ts.list) || !isString(ts.list[i].kind) && ts.list[i].kind != tokInt {
		return false
	}
	i++
	for ts.op(i, "::") || ts.op(i, ".") {
		i++
		if i >= len(ts.list) || ts.list[i].kind != tokWord && ts.list[i].kind != tokQuoted {
			return false
		}
		i++
	}
	return ts.op(i, ",") || ts.op(i, ")")
}

// calls tells whether token i, a name, is that of a function which is called there.
func (ts tokens) calls(i int) bool {
	if ts.is(i+1, "uescape") {
		i += 2
	}
	return ts.op(i+1, "(")
}

// callsDynamic tells whether SQL in a string names one of these functions.
func (p *probe) callsDynamic(sql []byte) bool {
	for i := 0; i < len(sql); i++ {
		start := i
		for i < len(sql) && wordByte(sql[i]) {
			i++
		}
		if i > start && p.word(sql[start:i])&(signDynamic|signDump) != 0 {
			return true
		}
	}
	return false
}
