package plan

import "bytes"

// isRiskySetting tells whether the reading of texts or of values depends on the setting, whose name is in lower case.
func isRiskySetting(name []byte) bool {
	switch string(name) {
	case "standard_conforming_strings", "client_encoding", "backslash_quote", "timezone", "datestyle", "intervalstyle":
		return true
	}
	return false
}

// lowerName is the identifier that token i stands for, in lower case, as the names of settings are compared even where they
// are quoted. The result lies in buf.
func (ts tokens) lowerName(i int, buf *[maxName + 1]byte) []byte {
	if i >= len(ts.list) {
		return nil
	}
	switch text := ts.text(i); ts.list[i].kind {
	case tokWord:
		return foldWord(buf, text)
	case tokQuoted:
		return foldWord(buf, unquote(new([maxName + 1]byte), text))
	}
	return nil
}

// setting reads SET and RESET.
func (r *effectReader) setting(ts tokens) {
	i := 1
	if ts.is(i, "session", "local") {
		i++
	}
	var buf [maxName + 1]byte
	name := ts.lowerName(i, &buf)
	switch {
	case isRiskySetting(name), string(name) == "names", string(name) == "time" && ts.is(i+1, "zone"), ts.is(0, "reset") && string(name) == "all":
		r.effects.Settings = true
	case string(name) == "search_path" || string(name) == "schema":
		r.searchPath(ts, i+1)
	case i < len(ts.list) && ts.list[i].kind == tokUQuoted:
		r.effects.Settings = true // an escaped name may be any
	}
}

// searchPath refuses to make the names of the key store's schema visible without it.
func (r *effectReader) searchPath(ts tokens, from int) {
	var buf [maxName + 1]byte
	for i := from; i < len(ts.list); i++ {
		if string(ts.lowerName(i, &buf)) == ownSchema || isString(ts.list[i].kind) && hasWord(ts.text(i), ownSchema) {
			r.refuse(refuseOwnSchema())
		}
	}
}

// words looks for what changes settings from within any statement.
func (r *effectReader) words(ts tokens) {
	for i, t := range ts.list {
		var s sign
		switch t.kind {
		case tokWord:
			s = r.probe.word(ts.text(i))
		case tokQuoted:
			s = r.probe.quoted(ts.text(i))
		}
		switch {
		case s&signSetting != 0 && !ts.is(0, "show"),
			s&signPgSettings != 0 && ts.find(0, "update", "merge") >= 0:
			r.effects.Settings = true
		case s&signSetConfig != 0:
			r.setConfig(ts, i)
		case r.probe.closed(s):
			r.refuse(refuseStatistics(ts.name(i)))
		case s&signDump != 0 && ts.op(i+1, "("):
			r.refuse(refuseDump(ts.name(i)))
		case s&signDynamic != 0:
			r.dynamic(ts, i)
		case t.kind == tokUQuoted && ts.calls(i): // an escaped name may be any
			r.refuse(refuseDump(string(ts.text(i))))
		}
	}
}

// setConfig reads the call of set_config at token i: only a plain string as the setting's name says for certain
// which setting it is.
func (r *effectReader) setConfig(ts tokens, i int) {
	if !ts.op(i+1, "(") || !ts.op(i+3, ",") || ts.list[i+2].kind != tokString {
		r.effects.Settings = true
		return
	}
	var buf [maxName + 1]byte
	setting := foldWord(&buf, bytes.Trim(ts.text(i+2), "'"))
	if isRiskySetting(setting) || bytes.ContainsAny(ts.text(i+2), "\n\r") {
		r.effects.Settings = true
	}
	if string(setting) == "search_path" {
		r.searchPath(ts, i+3)
	}
}
