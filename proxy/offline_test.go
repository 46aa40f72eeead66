package proxy

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/wire"
)

// offlineRequests and offlineResponses are the pumps without sockets and goroutines: they take the messages that a test feeds them.
type offlineRequests struct {
	*requests
	from *bytes.Buffer
}

type offlineResponses struct {
	*responses
	from *bytes.Buffer
}

// offlinePumps returns both pumps of a session that has logged in, on a database (nil: without protection).
func offlinePumps(d *Database, toServer, toClient io.Writer) (*offlineRequests, *offlineResponses) {
	srv := New(Config{Log: slog.New(slog.DiscardHandler)})
	s := &session{server: srv, database: d, log: srv.log, queue: newQueue()}
	s.settings.Store(&settings{utf8: true, standardStrings: true})
	s.ready.Store(true)
	fromClient, fromServer := &bytes.Buffer{}, &bytes.Buffer{}
	return &offlineRequests{newRequests(context.Background(), s, fromClient, wire.NewWriter(toServer)), fromClient},
		&offlineResponses{newResponses(context.Background(), s, fromServer, wire.NewWriter(toClient)), fromServer}
}

// take handles the messages that lie ready.
func (r *offlineRequests) take(messages int) error {
	for range messages {
		typ, size, err := r.next()
		if err == nil {
			err = r.handle(typ, size)
		}
		if err != nil {
			return err
		}
	}
	return r.out.Flush()
}

func (p *offlineResponses) take(messages int) error {
	for range messages {
		typ, _, err := p.next()
		if err == nil {
			err = p.handle(typ)
		}
		if err != nil {
			return err
		}
	}
	return p.out.Flush()
}

func (r *offlineRequests) feed(t testing.TB, messages ...pgproto3.FrontendMessage) {
	t.Helper()
	for _, m := range messages {
		b, err := m.Encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		r.from.Write(b)
	}
	if err := r.take(len(messages)); err != nil {
		t.Fatal(err)
	}
}

func (p *offlineResponses) feed(t testing.TB, messages ...pgproto3.BackendMessage) {
	t.Helper()
	for _, m := range messages {
		b, err := m.Encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		p.from.Write(b)
	}
	if err := p.take(len(messages)); err != nil {
		t.Fatal(err)
	}
}

// conversation is what a client sends, and what the server answers.
type conversation struct {
	name                      string
	requests, answers         []byte
	requestCount, answerCount int
}

func newConversation(name string, requests []pgproto3.FrontendMessage, answers []pgproto3.BackendMessage) *conversation {
	c := &conversation{name: name, requestCount: len(requests), answerCount: len(answers)}
	for _, m := range requests {
		c.requests, _ = m.Encode(c.requests)
	}
	for _, m := range answers {
		c.answers, _ = m.Encode(c.answers)
	}
	return c
}

// passing are transactions that need nothing done.
func passing() []*conversation {
	rows := func(size int) []pgproto3.BackendMessage {
		return []pgproto3.BackendMessage{&pgproto3.DataRow{Values: [][]byte{make([]byte, size)}}, &pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")}, &pgproto3.ReadyForQuery{TxStatus: 'I'}}
	}
	bind := &pgproto3.Bind{PreparedStatement: "s1", Parameters: [][]byte{[]byte("12345")}}
	prepared := []pgproto3.FrontendMessage{bind, &pgproto3.Execute{}, &pgproto3.Sync{}}
	parse := &pgproto3.Parse{Query: "SELECT abalance FROM accounts WHERE aid = $1"}
	return []*conversation{
		newConversation("prepared", prepared, append([]pgproto3.BackendMessage{&pgproto3.BindComplete{}}, rows(100)...)),
		newConversation("long row", prepared, append([]pgproto3.BackendMessage{&pgproto3.BindComplete{}}, rows(20_000)...)),
		newConversation("unnamed, then simple",
			[]pgproto3.FrontendMessage{parse, &pgproto3.Bind{}, &pgproto3.Execute{}, &pgproto3.Sync{}, &pgproto3.Query{String: "SELECT 1"}},
			append(append([]pgproto3.BackendMessage{&pgproto3.ParseComplete{}, &pgproto3.BindComplete{}}, rows(10)...), rows(10)...)),
	}
}

// pass has the pumps handle a conversation.
func (c *conversation) pass(t testing.TB, req *offlineRequests, res *offlineResponses) {
	req.from.Write(c.requests)
	res.from.Write(c.answers)
	if err := req.take(c.requestCount); err != nil {
		t.Fatal(err)
	}
	if err := res.take(c.answerCount); err != nil {
		t.Fatal(err)
	}
}

// guardedDatabase has a policy, but not for what the conversations name.
func guardedDatabase() *Database {
	column := &plan.Column{Schema: "public", Table: "other", Name: "v", Relation: 1, Attnum: 1, Sealed: true, State: plan.StateSealed}
	planner := plan.New(plan.Options{})
	planner.SetCatalogue(plan.NewCatalogue(1, []*plan.Relation{{OID: 1, Schema: "public", Name: "other", Kind: 'r', Sealed: true,
		Columns: []plan.Attribute{{Name: "v", Attnum: 1, TypeOID: 25, Typmod: -1, Protected: column}}}}, nil, nil))
	return &Database{Planner: planner}
}

// A transaction that needs nothing done takes no memory, with a policy or without.
func TestPassingAllocatesNothing(t *testing.T) {
	for _, database := range []*Database{nil, guardedDatabase()} {
		for _, c := range passing() {
			toServer, toClient := &bytes.Buffer{}, &bytes.Buffer{}
			req, res := offlinePumps(database, toServer, toClient)
			if n := testing.AllocsPerRun(1000, func() {
				toServer.Reset()
				toClient.Reset()
				c.pass(t, req, res)
			}); n != 0 {
				t.Errorf("%s, policy %v: %v allocations per transaction", c.name, database != nil, n)
			}
			if !bytes.Equal(toServer.Bytes(), c.requests) || !bytes.Equal(toClient.Bytes(), c.answers) {
				t.Errorf("%s, policy %v: not as it came", c.name, database != nil)
			}
		}
	}
}

// Measured on the 2-core development machine, no allocations, without and with a policy: prepared 0.5 and 0.6 µs, long row 1.6 and 1.7 µs,
// unnamed, then simple 0.8 and 1.5 µs. Of each statement 0.05 to 0.1 µs are the two looks at the clock, without which there would be no times of statements.
func BenchmarkPassing(b *testing.B) {
	for name, database := range map[string]*Database{"no policy": nil, "policy": guardedDatabase()} {
		for _, c := range passing() {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				req, res := offlinePumps(database, io.Discard, io.Discard)
				b.ReportAllocs()
				for b.Loop() {
					c.pass(b, req, res)
				}
			})
		}
	}
}
