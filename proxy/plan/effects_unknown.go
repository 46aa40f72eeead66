package plan

// hiddenCode refuses a DO block that cannot be looked into, where the policy refuses functions of that kind: of another language
// than PL/pgSQL, or with SQL that it puts together itself.
func (r *effectReader) hiddenCode(ts tokens) {
	if !r.probe.strict {
		return
	}
	if i := ts.find(1, "language"); i >= 0 && i+1 < len(ts.list) && ts.name(i+1) != "plpgsql" && string(ts.text(i+1)) != "'plpgsql'" {
		r.refuse(refuseUnknownCode("it is not written in plpgsql"))
	}
	for _, t := range ts.list {
		if !isString(t.kind) {
			continue
		}
		text, _, ok := literalText(nil, ts.src, t)
		if !ok || hasWord(text, "execute") || r.probe.callsDynamic(text) {
			r.refuse(refuseUnknownCode("it runs SQL that it puts together (EXECUTE)"))
		}
	}
}
