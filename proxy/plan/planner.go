package plan

import (
	"bytes"
	"runtime"
	"sync"
	"sync/atomic"

	pg_query "github.com/pganalyze/pg_query_go/v6"
)

// Options bound what the planner takes in. Zero values stand for the defaults.
type Options struct {
	CacheBytes        int // memory of the plan cache; default 32 MiB
	MaxStatementBytes int // longest text that may name something protected; default 16 MiB
	MaxTokens         int // most tokens that are parsed, equal rows and elements counted once; default 100,000
	MaxDepth          int // most tokens in a row without a comma, AND or OR between them; default 3,000
	Parsers           int // texts that are parsed at the same time; default 2 for each processor
}

func (o Options) withDefaults() Options {
	set := func(v *int, to int) {
		if *v <= 0 {
			*v = to
		}
	}
	set(&o.CacheBytes, 32<<20)
	set(&o.MaxStatementBytes, 16<<20)
	set(&o.MaxTokens, 100_000)
	set(&o.MaxDepth, defaultDepth)
	set(&o.Parsers, 2*runtime.GOMAXPROCS(0))
	return o
}

// Planner plans the texts that clients send. It is safe for concurrent use.
type Planner struct {
	options Options
	state   atomic.Pointer[state]
	parsers chan struct{} // one for each text that is being parsed
	rooms   sync.Pool     // of *room
}

// state is what belongs to one snapshot of the catalogue. Plans of an older one cannot come out of the cache of a newer.
type state struct {
	catalogue *Catalogue
	probe     *probe
	cache     *cache
}

// room is memory for one call that is used again.
type room struct {
	toks   []token
	normal normaliser
}

// maxRoom is the number of tokens up to which a room is kept for the next call.
const maxRoom = 1 << 15

// New makes a planner with an empty catalogue: until SetCatalogue nothing is protected, so call that first.
func New(o Options) *Planner {
	p := &Planner{options: o.withDefaults()}
	p.parsers = make(chan struct{}, p.options.Parsers)
	p.rooms.New = func() any { return new(room) }
	p.SetCatalogue(NewCatalogue(0, nil, nil, nil))
	return p
}

// SetCatalogue puts a new snapshot in force for all calls of Plan that begin after it. It takes ownership of c.
func (p *Planner) SetCatalogue(c *Catalogue) {
	p.state.Store(&state{catalogue: c, probe: newProbe(c), cache: newCache(p.options.CacheBytes)})
}

// Catalogue returns the snapshot in force.
func (p *Planner) Catalogue() *Catalogue { return p.state.Load().catalogue }

// Plan says what has to be done to a text. Both results nil: the text names nothing protected and does nothing to the
// session, so that it goes to the server as it is; nothing has been allocated then. A refused text must not get to the
// server at all.
func (p *Planner) Plan(req Request) (*Plan, *Refusal) {
	st := p.state.Load()
	if req.NonStandardStrings && bytes.IndexByte(req.SQL, '\\') >= 0 || req.OtherEncoding && !isASCII(req.SQL) {
		return st.unreadable(&req)
	}
	s := st.probe.scan(req.SQL)
	if s == (sighting{}) {
		return nil, nil
	}
	return p.look(st, &req, s)
}

// look plans a text in which the first look has seen something.
func (p *Planner) look(st *state, req *Request, s sighting) (*Plan, *Refusal) {
	var effects Effects
	if s.kinds != 0 || s.signs&^signsProtected != 0 {
		var refusal *Refusal
		if effects, refusal = st.probe.effectsOf(req.SQL, req.Handles); refusal != nil {
			return nil, refusal
		}
	}
	if s.signs&signsProtected == 0 && !s.unclear {
		return st.native(req, effects), nil
	}
	r := p.rooms.Get().(*room)
	plan, refusal := p.planText(st, req, effects, r)
	if cap(r.toks) <= maxRoom {
		p.rooms.Put(r)
	}
	return plan, refusal
}

// native is the plan of a text that names nothing protected: nil where it has no effects either.
func (st *state) native(req *Request, effects Effects) *Plan {
	if effects == (Effects{}) {
		return nil
	}
	return &Plan{Shape: &Shape{Catalogue: st.catalogue, Statements: []Statement{{Native: true}}, Effects: effects}, sql: bytes.Clone(req.SQL)}
}

// unreadable judges a text whose tokens cannot be told for certain because of a setting: it may not hold a protected name
// anywhere, nor lead to a protected column by a name that the session holds.
func (st *state) unreadable(req *Request) (*Plan, *Refusal) {
	held := req.Handles != nil && req.Handles.Any() && hasWord(req.SQL, "execute", "fetch", "move", "deallocate")
	if held || st.probe.mentions(req.SQL) {
		return nil, refuseReading(req)
	}
	var effects Effects
	effects.Settings = hasWord(req.SQL, "set_config", "standard_conforming_strings", "client_encoding", "backslash_quote", "names", "reset", "discard",
		"pg_settings", "do", "call", "execute")
	effects.DDL = hasWord(req.SQL, "create", "alter", "drop", "import")
	effects.DeallocatesAll = hasWord(req.SQL, "discard")
	return st.native(req, effects), nil
}

// planText plans a text that may name something protected.
func (p *Planner) planText(st *state, req *Request, effects Effects, r *room) (*Plan, *Refusal) {
	if len(req.SQL) > p.options.MaxStatementBytes {
		return nil, refuseComplex("It is longer than the proxy analyses.")
	}
	var ok bool
	r.toks, ok = tokenise(req.SQL, r.toks[:0])
	if !ok || bytes.IndexByte(req.SQL, 0) >= 0 {
		if st.probe.mentions(req.SQL) {
			return nil, refuseUnclear("Its tokens could not be read.", "")
		}
		return st.native(req, effects), nil
	}
	v := p.verdict(st, req, r)
	switch {
	case v.refusal != nil:
		return nil, v.refusal
	case v.shape == nil:
		return st.native(req, effects), nil
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
	return shape.instantiate(req.SQL, r.toks)
}

// verdict finds out about a text from the cache, or by parsing it.
func (p *Planner) verdict(st *state, req *Request, r *room) verdict {
	if !cacheable(req.SQL, r.toks) {
		return p.analyse(st, req, r.toks, input{text: string(req.SQL), toks: r.toks})
	}
	r.normal = normalise(req.SQL, r.toks, !req.Extended, r.normal)
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

// parse parses a text whose depth has been bounded. Only so many texts are parsed at a time: each takes a thread.
func (p *Planner) parse(text string) (*pg_query.ParseResult, error) {
	p.parsers <- struct{}{}
	defer func() { <-p.parsers }()
	return pg_query.Parse(text)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
