package plan

import (
	"bytes"
	"encoding/binary"
)

// planText plans a text that may name something protected.
func (p *Planner) planText(st *state, req *Request, effects Effects, r *room) (*Plan, *Refusal) {
	if v, ok := st.known(req, r); ok {
		return st.answer(req, effects, v, nil)
	}
	var ok bool
	r.toks, ok = tokenise(req.SQL, r.toks[:0])
	if !ok || bytes.IndexByte(req.SQL, 0) >= 0 {
		if st.probe.mentions(req.SQL) {
			return nil, refuseUnclear("Its tokens could not be read.", "")
		}
		if (effects.Names || effects.Planned) && req.holds() {
			return nil, refuseCursorText()
		}
		return st.native(req, effects), nil
	}
	v := p.verdict(st, req, r)
	if v.exact(req) {
		if v.shape != nil {
			v.whole, _ = v.shape.instantiate(req.SQL, r.toks) // no literal is decoded, so that nothing is refused
		}
		st.exact.put(r.key, v, v.size()+len(req.SQL))
	}
	return st.answer(req, effects, v, r.toks)
}

// known looks a text of the extended protocol up by its very bytes. The key is left in r.
func (st *state) known(req *Request, r *room) (verdict, bool) {
	if !req.Extended {
		return verdict{}, false
	}
	r.key = append(append(r.key[:0], req.SQL...), 0)
	r.key = binary.AppendUvarint(r.key, uint64(len(req.ParamOIDs)))
	return st.exact.get(r.key)
}

// exact tells whether a text is worth keeping by its very bytes: nothing in it is rewritten but what every such text is, and no comment makes it
// unlike others.
func (v verdict) exact(req *Request) bool {
	return req.Extended && v.refusal == nil && (v.shape == nil || v.shape.literals == 0) &&
		!bytes.Contains(req.SQL, []byte("--")) && !bytes.Contains(req.SQL, []byte("/*"))
}

// answer makes the plan of one text of a verdict. toks may be nil where nothing is rewritten.
func (st *state) answer(req *Request, effects Effects, v verdict, toks []token) (*Plan, *Refusal) {
	switch {
	case v.refusal != nil:
		return nil, v.refusal
	case v.shape == nil && (effects.Names || effects.Planned) && req.holds():
		return nil, refuseCursorText()
	case v.shape == nil:
		return st.native(req, effects), nil
	case v.shape.Native(): // reads cursors: which, and whether they are protected, is known to the session
	case req.NonStandardStrings || req.OtherEncoding:
		return nil, refuseReading(req)
	case effects.Settings:
		return nil, refuseUnclear("It changes the settings that texts are read by, and names something protected.", "Send the two in messages of their own.")
	}
	shape := v.shape
	if effects != (Effects{}) {
		own := *shape
		own.Effects = effects
		shape = &own
	}
	switch {
	case v.whole == nil:
		return shape.instantiate(req.SQL, toks)
	case shape == v.shape:
		return v.whole, nil
	}
	whole := *v.whole
	whole.Shape = shape
	return &whole, nil
}

// verdict finds out about a text from the cache, or by parsing it.
func (p *Planner) verdict(st *state, req *Request, r *room) verdict {
	if !cacheable(req.SQL, r.toks) {
		return p.analyse(st, req, r.toks, input{text: string(req.SQL), toks: r.toks})
	}
	r.normal.normalise(req.SQL, r.toks, !req.Extended)
	r.normal.src = nil // not ours to keep
	extended := uint64(0)
	if req.Extended {
		extended = 1
	}
	text, key := r.normal.appendKey(extended, uint64(len(req.ParamOIDs)))
	if v, ok := st.cache.get(key); ok {
		return v
	}
	normal := string(text)
	toks, ok := tokenise([]byte(normal), nil)
	v := verdict{refusal: refuseUnclear("Its normal form could not be read.", "")}
	if ok && len(toks) == r.normal.kept {
		v = p.analyse(st, req, r.toks, input{text: normal, toks: toks, runs: r.normal.runs, normal: true})
	}
	st.cache.put(key, v, v.size())
	return v
}

// cacheable tells whether a text consists of statements whose meaning does not depend on their literals.
func cacheable(src []byte, toks []token) bool {
	first := true
	for _, t := range toks {
		switch {
		case t.kind == tokOp && src[t.start] == ';':
			first = true
		case first && t.kind == tokWord:
			if !isQueryWord(src[t.start:t.end]) {
				return false
			}
			first = false
		case first && !(t.kind == tokOp && src[t.start] == '('):
			return false
		}
	}
	return true
}

func isQueryWord(word []byte) bool {
	for _, k := range [...]string{"select", "insert", "update", "delete", "with", "values", "table", "merge", "explain", "begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"} {
		if isWord(word, k) {
			return true
		}
	}
	return false
}
