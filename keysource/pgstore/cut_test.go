package pgstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/testenv/postgres"
)

// cutting tells when a connection is cut: at the n-th request that the store sends, before the server sees it or before its answer comes back.
type cutting struct {
	at     int
	answer bool // the request is carried out, and its answer lost
	dead   bool // nothing works from then on, as if the process or the database had been killed
}

// relay stands between a store and its database and cuts.
type relay struct {
	listener net.Listener
	server   string
	all      sync.WaitGroup

	mu    sync.Mutex
	cut   cutting
	seen  int
	fired bool
	doing sync.WaitGroup // requests whose answer is lost, until the server has carried them out
	conns map[net.Conn]struct{}
}

func newRelay(t *testing.T, cluster *postgres.Cluster) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, server: cluster.Address(), conns: map[net.Conn]struct{}{}}
	r.all.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			r.all.Go(func() { r.serve(client) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		r.mu.Lock()
		for c := range r.conns {
			_ = c.Close()
		}
		r.mu.Unlock()
		r.all.Wait()
	})
	return r
}

func (r *relay) set(c cutting) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut, r.seen, r.fired = c, 0, false
}

// requests is how many there were since the last set.
func (r *relay) requests() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen
}

// hit says whether the cut was reached.
func (r *relay) hit() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fired
}

func (r *relay) keep(c net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[c] = struct{}{}
}

func (r *relay) serve(client net.Conn) {
	defer client.Close()
	r.mu.Lock()
	dead := r.fired && r.cut.dead
	r.mu.Unlock()
	if dead {
		return
	}
	server, err := net.Dial("tcp", r.server)
	if err != nil {
		return
	}
	defer server.Close()
	r.keep(client)
	r.keep(server)
	var lose sync.Mutex // held when answers are lost
	r.all.Go(func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			lose.Lock()
			if n > 0 && err == nil {
				_, err = client.Write(buf[:n])
			}
			lose.Unlock()
			if err != nil {
				return
			}
		}
	})
	buf := make([]byte, 64<<10)
	for { // a request of pgx is one write, and it waits for the answer: what one Read gives is one request
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		cut, answer := r.next()
		if cut && !answer {
			return
		}
		if cut {
			lose.Lock() // what has not been sent to the client yet never is
			_ = client.Close()
			lose.Unlock()
		}
		if _, err := server.Write(buf[:n]); err != nil || cut {
			_ = server.(*net.TCPConn).CloseWrite()
			_, _ = io.Copy(io.Discard, server) // until the server has carried it out
			if answer {
				r.doing.Done()
			}
			return
		}
	}
}

func (r *relay) next() (cut, answer bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen++
	if r.cut.at > 0 && r.seen == r.cut.at || r.fired && r.cut.dead {
		r.fired, answer = true, r.cut.answer && r.seen == r.cut.at
		if answer {
			r.doing.Add(1)
		}
		return true, answer
	}
	return false, false
}

// cutWrapper is a driver whose call number at is lost on its way, or its answer after it was carried out.
type cutWrapper struct {
	keysource.Wrapper
	*callCount
}

type callCount struct {
	n, at  int
	answer bool
	kill   context.CancelFunc // not nil: the process is killed instead
}

var errCut = &keysource.Error{Kind: keysource.KMSUnreachable, Cause: errors.New("cut")}

// call does one call, or what is to become of it.
func (c *callCount) call(f func() error) error {
	c.n++
	if c.n != c.at {
		return f()
	}
	if c.kill != nil {
		defer c.kill()
		return f()
	}
	if c.answer {
		_ = f()
	}
	return errCut
}

func (w cutWrapper) Generate(ctx context.Context, spec keysource.KeySpec) (out keysource.Wrapped, key *crypto.DataKey, err error) {
	err = w.call(func() (err error) { out, key, err = w.Wrapper.Generate(ctx, spec); return err })
	if err != nil {
		key.Destroy()
		return keysource.Wrapped{}, nil, err
	}
	return out, key, nil
}

func (w cutWrapper) Unwrap(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) (key *crypto.DataKey, material string, err error) {
	err = w.call(func() (err error) { key, material, err = w.Wrapper.Unwrap(ctx, spec, wrapped); return err })
	if err != nil {
		key.Destroy()
		return nil, "", err
	}
	return key, material, nil
}

func (w cutWrapper) Rewrap(ctx context.Context, from, to keysource.KeySpec, wrapped keysource.Wrapped) (out keysource.Wrapped, err error) {
	err = w.call(func() (err error) { out, err = w.Wrapper.Rewrap(ctx, from, to, wrapped); return err })
	return out, err
}

// change is one way to change a tenant's key; first and second are the drivers of the key before and after, of which the test counts the calls.
type change struct {
	name string
	do   func(ctx context.Context, s *Store, name string, first, second keysource.Wrapper) error
}

func changes() []change {
	set := MasterKey{Provider: keysource.ProviderLocal, KeyARN: otherARN}
	away := MasterKey{Provider: keysource.ProviderAWS, KeyARN: otherARN, RoleARN: "arn:fake:role"}
	return []change{
		{"set-arn", func(ctx context.Context, s *Store, name string, first, _ keysource.Wrapper) error {
			_, err := s.Rewrap(ctx, name, "tester", set, first)
			return err
		}},
		{"new data key", func(ctx context.Context, s *Store, name string, first, _ keysource.Wrapper) error {
			_, err := s.Rotate(ctx, name, "tester", first)
			return err
		}},
		{"set-provider", func(ctx context.Context, s *Store, name string, first, second keysource.Wrapper) error {
			_, err := s.SetProvider(ctx, name, "tester", away, first, second)
			return err
		}},
	}
}

// patient is a tenant that a change is cut for, with a value of before.
type patient struct {
	f      *fixture
	before *Tenant
	sealed []byte
	pinned crypto.KeyNumber
}

var cutColumn = crypto.NewDomainID("email")

func (f *fixture) patient(t *testing.T, name string) *patient {
	t.Helper()
	p := &patient{f: f, before: f.addTenant(t, name)}
	seal, _ := f.sealedWith(t, p.before, f.wrapper)
	p.sealed = seal()
	var err error
	if p.pinned, err = f.store.Pin(t.Context(), p.before.ID, cutColumn, p.before.Current.Number); err != nil {
		t.Fatal(err)
	}
	return p
}

// holds demands that the record is whole, that history and events tell exactly what happened, and that the value opens. It returns the version.
func (p *patient) holds(t *testing.T, second keysource.Wrapper) int64 {
	t.Helper()
	s := p.f.open(t, Options{}) // one that has seen nothing yet
	now, err := s.LookUp(t.Context(), p.before.Name)
	if err != nil {
		t.Fatal(err)
	}
	driver := keysource.Wrapper(p.f.wrapper)
	if now.Spec.Provider == keysource.ProviderAWS {
		driver = second
	}
	if _, opens := p.f.sealedWith(t, now, driver); !opens(p.sealed) {
		t.Error("a value of before does not open")
	}
	if now.Pins[cutColumn] != p.pinned {
		t.Error("a deterministic column has left its generation")
	}
	history, err := s.History(t.Context(), now.Name)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(t.Context(), EventFilter{Tenant: now.Name, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	last := history[len(history)-1]
	if int64(len(history)) != now.Version || int64(len(events)) != now.Version ||
		last.KeyNumber != now.Current.Number || last.KeyARN != now.Current.Wrapped.KeyARN {
		t.Errorf("version %d, and history %+v, events %+v", now.Version, history, events)
	}
	s.Close()
	return now.Version
}

// cuts are the ways in which requests get lost: each request in one of them, and the last ones, among which is the COMMIT, in all.
func cuts(requests int) (all []cutting) {
	kinds := []cutting{{}, {answer: true}, {answer: true, dead: true}}
	for at := 1; at <= requests; at++ {
		for i, kind := range kinds {
			if kind.at = at; i == at%len(kinds) || at > requests-4 {
				all = append(all, kind)
			}
		}
	}
	return all
}

// told holds what the change said against what became of it.
func told(t *testing.T, err error, version int64) {
	t.Helper()
	made := version == 2
	if !errors.Is(err, ErrOutcome) && made != (err == nil) {
		t.Errorf("it was made: %v, and it says: %v", made, err)
	}
}

// TestCutAtEveryStatement loses the connection at every request of every change, before it is carried out and after, once and for good. Afterwards
// nothing is half done, what was said is true, and the same change works.
func TestCutAtEveryStatement(t *testing.T) {
	f := newFixture(t)
	second := keysourcetest.NewWrapper()
	second.AddKey(otherARN)
	f.wrapper.AddKey(otherARN)
	relay := newRelay(t, server)
	conn := strings.Replace(server.URL(f.database, "pgseal"), server.Address(), relay.listener.Addr().String(), 1)
	open := func() *Store {
		relay.set(cutting{})
		s, err := Open(t.Context(), Options{Conn: conn, Key: f.key})
		if err != nil {
			t.Fatal(err)
		}
		relay.set(cutting{})
		return s
	}
	unknown := 0
	for i, c := range changes() {
		whole := f.patient(t, c.name)
		s := open()
		if err := c.do(t.Context(), s, c.name, f.wrapper, second); err != nil {
			t.Fatal(err)
		}
		requests := relay.requests()
		s.Close()
		whole.holds(t, second)
		for _, cut := range cuts(requests) {
			t.Run(fmt.Sprintf("%s/%+v", c.name, cut), func(t *testing.T) {
				p := f.patient(t, fmt.Sprintf("tenant %d %+v", i, cut))
				s := open()
				relay.set(cut)
				err := c.do(t.Context(), s, p.before.Name, f.wrapper, second)
				s.Close()
				if !relay.hit() {
					t.Error("nothing was cut")
				}
				relay.doing.Wait()
				version := p.holds(t, second)
				told(t, err, version)
				if errors.Is(err, ErrOutcome) {
					unknown++
					if !cut.dead {
						t.Errorf("the database can be asked: %v", err)
					}
				}
				if version == 2 && i == 2 { // the provider is another one now, and the command does not get that far
					return
				}
				if err := c.do(t.Context(), f.store, p.before.Name, f.wrapper, second); err != nil {
					t.Errorf("once more: %v", err)
				}
				p.holds(t, second)
			})
		}
	}
	if unknown == 0 {
		t.Error("no cut left it open whether the change was made: was COMMIT never cut?")
	}
}

// TestCutAtEveryKMSCall loses each request to the KMS, or its answer, or the process at that moment.
func TestCutAtEveryKMSCall(t *testing.T) {
	f := newFixture(t)
	second := keysourcetest.NewWrapper()
	second.AddKey(otherARN)
	f.wrapper.AddKey(otherARN)
	for i, c := range changes() {
		for _, kind := range []string{"request lost", "answer lost", "killed"} {
			for at := 1; ; at++ {
				p := f.patient(t, fmt.Sprintf("tenant %d %s %d", i, kind, at))
				ctx, stop := context.WithCancel(t.Context())
				count := &callCount{at: at, answer: kind == "answer lost"}
				if kind == "killed" {
					count.kill = stop
				}
				err := c.do(ctx, f.store, p.before.Name, cutWrapper{f.wrapper, count}, cutWrapper{second, count})
				stop()
				if count.n < at {
					t.Logf("%s: %d calls", c.name, count.n)
					break
				}
				t.Run(fmt.Sprintf("%s/%s %d", c.name, kind, at), func(t *testing.T) {
					if err == nil {
						t.Error("the cut was not noticed")
					}
					if p.holds(t, second) != 1 {
						t.Error("something was written")
					}
					if err := c.do(t.Context(), f.store, p.before.Name, f.wrapper, second); err != nil {
						t.Errorf("once more: %v", err)
					}
					p.holds(t, second)
				})
			}
		}
	}
}

// spoiltWrapper is a driver that gives back a ciphertext with one bit changed.
type spoiltWrapper struct{ keysource.Wrapper }

func (w spoiltWrapper) Generate(ctx context.Context, spec keysource.KeySpec) (keysource.Wrapped, *crypto.DataKey, error) {
	out, key, err := w.Wrapper.Generate(ctx, spec)
	if err == nil {
		out.Ciphertext[len(out.Ciphertext)-1] ^= 1
	}
	return out, key, err
}

func (w spoiltWrapper) Rewrap(ctx context.Context, from, to keysource.KeySpec, wrapped keysource.Wrapped) (keysource.Wrapped, error) {
	out, err := w.Wrapper.Rewrap(ctx, from, to, wrapped)
	if err == nil {
		out.Ciphertext[len(out.Ciphertext)-1] ^= 1
	}
	return out, err
}

// TestSpoiltWrapping: a wrapping that does not open is not switched to.
func TestSpoiltWrapping(t *testing.T) {
	f := newFixture(t)
	second := keysourcetest.NewWrapper()
	second.AddKey(otherARN)
	f.wrapper.AddKey(otherARN)
	for _, c := range changes() {
		p := f.patient(t, c.name)
		wantKind(t, c.do(t.Context(), f.store, c.name, spoiltWrapper{f.wrapper}, spoiltWrapper{second}), keysource.KeyMismatch)
		if p.holds(t, second) != 1 {
			t.Errorf("%s: something was written", c.name)
		}
	}
}
