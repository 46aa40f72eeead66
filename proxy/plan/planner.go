package plan

import (
	"bytes"
	"fmt"
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
	MaxDepth          int // most tokens in a row without a comma, AND or OR between them; default 1,500, less on a small stack
	Parsers           int // texts that are parsed at the same time; default 2 for each processor

	// Observe is told what would become of each text that names a column in state observe. It must not keep the text.
	Observe func(Observation)
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
	set(&o.MaxDepth, depthOnStack(threadStack()))
	set(&o.Parsers, 2*runtime.GOMAXPROCS(0))
	return o
}

// Planner plans the texts that clients send. It is safe for concurrent use.
type Planner struct {
	options Options
	state   atomic.Pointer[state]
	parsers chan struct{} // one for each text that is being parsed
	rooms   sync.Pool     // of *room
	trees   treeComparer

	exactUse, normalUse cacheUse
}

// state is what belongs to one snapshot of the catalogue. Plans of an older one cannot come out of the cache of a newer.
type state struct {
	catalogue *Catalogue
	probe     *probe
	cache     *cache // by normal form
	exact     *cache // by the text itself, of those that need no rewriting
	observed  *state // of the catalogue's Observed; nil where there is none
}

// room is memory for one call that is used again.
type room struct {
	toks   []token
	normal normaliser
	key    []byte
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
	p.state.Store(p.newState(c))
}

func (p *Planner) newState(c *Catalogue) *state {
	st := newState(c, p.options.CacheBytes, &p.normalUse, &p.exactUse)
	if c.Observed != nil {
		st.observed = newState(c.Observed, p.options.CacheBytes/4, new(cacheUse), new(cacheUse))
	}
	return st
}

func newState(c *Catalogue, bytes int, normalUse, exactUse *cacheUse) *state {
	exact := bytes / 4
	return &state{catalogue: c, probe: newProbe(c), cache: newCache(bytes-exact, normalUse), exact: newCache(exact, exactUse)}
}

// Catalogue returns the snapshot in force.
func (p *Planner) Catalogue() *Catalogue { return p.state.Load().catalogue }

// CacheUse is how the plan cache has been used since the planner was made, and what it holds now.
type CacheUse struct {
	Hits      int64 // texts whose plan was known
	Misses    int64 // texts that had to be parsed
	Evictions int64 // plans that made room for others
	Bytes     int   // held now, about
}

// CacheUse tells how the plan cache is doing.
func (p *Planner) CacheUse() CacheUse {
	st := p.state.Load()
	return CacheUse{Hits: p.exactUse.hits.Load() + p.normalUse.hits.Load(), Misses: p.normalUse.misses.Load(),
		Evictions: p.exactUse.evictions.Load() + p.normalUse.evictions.Load(), Bytes: st.cache.size() + st.exact.size()}
}

// Plan says what has to be done to a text. Both results nil: the text names nothing protected and does nothing to the
// session, so that it goes to the server as it is; nothing has been allocated then. A refused text must not get to the
// server at all.
func (p *Planner) Plan(req Request) (*Plan, *Refusal) {
	st := p.state.Load()
	plan, refusal := p.planWith(st, &req)
	if st.observed != nil && refusal == nil {
		p.observe(st.observed, req)
	}
	return plan, refusal
}

// planWith plans a text with one snapshot.
func (p *Planner) planWith(st *state, req *Request) (*Plan, *Refusal) {
	if !st.catalogue.Protects() {
		return st.unprotected(req), nil
	}
	for _, name := range req.Fresh {
		if mentionsName(req.SQL, name) && !p.leavesFresh(req.SQL) {
			return nil, RefuseFresh(name)
		}
	}
	if req.FreshAny && !p.leaves(req.SQL, leavesViews) {
		return nil, refuseFreshAny()
	}
	if req.NonStandardStrings && bytes.IndexByte(req.SQL, '\\') >= 0 || req.OtherEncoding && !isASCII(req.SQL) {
		return st.cautious(req, refuseReading(req))
	}
	s := st.probe.scan(req.SQL)
	if s == (sighting{}) {
		return nil, nil
	}
	return p.look(st, req, s)
}

// look plans a text in which the first look has seen something.
func (p *Planner) look(st *state, req *Request, s sighting) (*Plan, *Refusal) {
	if len(req.SQL) > p.options.MaxStatementBytes {
		return st.cautious(req, refuseComplex(fmt.Sprintf("It is longer than %d bytes.", p.options.MaxStatementBytes)))
	}
	var effects Effects
	if s.kinds != 0 || s.signs&^signsProtected != 0 || s.unclear {
		var refusal *Refusal
		if effects, refusal = st.probe.effectsOf(req); refusal != nil {
			return nil, refusal
		}
	}
	if s.signs&signsProtected == 0 && !s.unclear && !effects.Names && !effects.Planned {
		return st.native(req, effects), nil
	}
	if st.catalogue.Stale == "" && st.catalogue.Term.Over() {
		st = p.expired(st)
	}
	if prepares(req.SQL) {
		if plan, refusal, ok := p.planPrepare(st, req, effects); ok {
			return plan, refusal
		}
	}
	r := p.rooms.Get().(*room)
	plan, refusal := p.planText(st, req, effects, r)
	if cap(r.toks) <= maxRoom {
		p.rooms.Put(r)
	}
	return plan, refusal
}

// unprotected plans a text while nothing is protected: only its effects matter, and nothing is refused.
func (st *state) unprotected(req *Request) *Plan {
	if st.probe.scan(req.SQL) == (sighting{}) {
		return nil
	}
	r := effectReader{probe: st.probe, lenient: true}
	r.read(req.SQL)
	return st.native(req, r.effects)
}

// native is the plan of a text that names nothing protected: nil where it has no effects either.
func (st *state) native(req *Request, effects Effects) *Plan {
	effects.Names, effects.Planned = false, false
	if effects == (Effects{}) {
		return nil
	}
	return &Plan{Shape: &Shape{Catalogue: st.catalogue, Statements: []Statement{{Native: true}}, Effects: effects}, sql: bytes.Clone(req.SQL)}
}

// Native is the plan of a text that names nothing protected and has to be followed all the same.
func (p *Planner) Native(sql []byte) *Plan {
	return &Plan{Shape: &Shape{Catalogue: p.Catalogue(), Statements: []Statement{{Native: true}}}, sql: bytes.Clone(sql)}
}

// cautious judges a text whose tokens are not looked at, because a setting makes them uncertain or because there are too
// many: it may not hold a protected name anywhere, nor that of a function which runs SQL, nor lead to a protected column by a name
// that the session holds. The effects of what passes are told too broadly rather than too narrowly.
func (st *state) cautious(req *Request, r *Refusal) (*Plan, *Refusal) {
	held := req.holds() && hasWord(req.SQL, "execute", "deallocate", "prepare", "declare", "fetch", "move", "close")
	if held || st.probe.mentions(req.SQL) || st.probe.callsDynamic(req.SQL) {
		return nil, r
	}
	var effects Effects
	effects.Settings = hasWord(req.SQL, "set_config", "standard_conforming_strings", "client_encoding", "backslash_quote", "names", "timezone", "zone", "datestyle", "intervalstyle", "reset", "discard",
		"pg_settings", "do", "call", "execute")
	effects.DDL = hasWord(req.SQL, "create", "alter", "drop", "import")
	effects.DeallocatesAll = hasWord(req.SQL, "discard")
	effects.ClosesAll = effects.DeallocatesAll
	return st.native(req, effects), nil
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
