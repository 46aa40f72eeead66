package proxy

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// longSegment is a session that sends rows of one statement without a Sync, and the answers.
type longSegment struct {
	req *offlineRequests
	res *offlineResponses
	ask []byte // two messages
	say []byte // two messages
}

func newLongSegment(t testing.TB) *longSegment {
	req, res := offlinePumps(guardedDatabase(), io.Discard, io.Discard)
	l := &longSegment{req: req, res: res}
	l.ask, _ = (&pgproto3.Bind{PreparedStatement: "s"}).Encode(nil)
	l.ask, _ = (&pgproto3.Execute{}).Encode(l.ask)
	l.say, _ = (&pgproto3.BindComplete{}).Encode(nil)
	l.say, _ = (&pgproto3.CommandComplete{CommandTag: []byte("DELETE 0")}).Encode(l.say)
	req.feed(t, &pgproto3.Parse{Name: "s", Query: "DELETE FROM other"})
	res.feed(t, &pgproto3.ParseComplete{})
	return l
}

// row sends one more row.
func (l *longSegment) row(t testing.TB) {
	l.req.from.Write(l.ask)
	if err := l.req.take(2); err != nil {
		t.Fatal(err)
	}
}

// answer answers one more.
func (l *longSegment) answer(t testing.TB) {
	l.res.from.Write(l.say)
	if err := l.res.take(2); err != nil {
		t.Fatal(err)
	}
}

// What is remembered of the changes of names is bounded by the requests under way, however many lie between two Syncs.
func TestLongSegmentTakesNoMemory(t *testing.T) {
	l := newLongSegment(t)
	const ahead = 100
	for i := range 10_000 {
		l.row(t)
		if i >= ahead {
			l.answer(t)
		}
		if n := l.req.names; len(n.uncertain()) > ahead+2 || len(n.pending) > 2*(ahead+2) || len(n.segments) > 1 {
			t.Fatalf("after %d rows: %d changes, %d of them uncertain, %d portals", i, len(n.pending), len(n.uncertain()), len(n.segments))
		}
	}
	for range ahead {
		l.answer(t)
	}
	l.req.feed(t, &pgproto3.Sync{})
	l.res.feed(t, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	l.req.feed(t, &pgproto3.Sync{})
	if n := l.req.names; len(n.pending) != 0 || len(n.portals) != 0 || len(n.segments) != 0 || n.changes != (pendingKinds{}) || n.texts != len("DELETE FROM other") {
		t.Errorf("left over: %+v", n)
	}
}

// Nor in a segment that has failed: the server passes over what comes up to Sync, and so does the proxy.
func TestFailedSegmentTakesNoMemory(t *testing.T) {
	l := newLongSegment(t)
	l.req.feed(t, &pgproto3.Parse{Query: "SELECT FROM nothing"})
	l.res.feed(t, &pgproto3.ErrorResponse{Severity: "ERROR", Code: "42P01", Message: "m"})
	for range 1000 {
		l.row(t)
		l.req.feed(t, &pgproto3.Parse{Name: "n", Query: "DELETE FROM other WHERE false"}, &pgproto3.Flush{}, &pgproto3.Query{String: "SELECT 1"}, &pgproto3.CopyData{Data: []byte("x")})
		if n := l.req.names; len(n.pending) > 2 || len(n.statements) > 1 {
			t.Fatalf("%d changes, %d statements", len(n.pending), len(n.statements))
		}
	}
	l.req.feed(t, &pgproto3.Sync{})
	l.res.feed(t, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	l.row(t)
	l.answer(t)
	l.req.feed(t, &pgproto3.Sync{}, &pgproto3.Query{String: "SELECT 1"})
	l.res.feed(t, &pgproto3.ReadyForQuery{TxStatus: 'I'}, &pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	if q := l.req.s.queue; q.n != 0 || q.resolved != q.segment-1 || l.req.segment != q.segment {
		t.Errorf("%d answers owed, %d of %d segments ended, %d sent", q.n, q.resolved, q.segment-1, l.req.segment-1)
	}
}

// The texts of unnamed statements that take the place of one another are kept only until the server has taken over the next.
func TestTextsOfALongSegment(t *testing.T) {
	req, res := offlinePumps(guardedDatabase(), io.Discard, io.Discard)
	text := "DELETE FROM other -- " + strings.Repeat("x", 1<<20)
	for i := range 50 {
		req.feed(t, &pgproto3.Parse{Query: text})
		res.feed(t, &pgproto3.ParseComplete{})
		if n := req.names.texts; n > 2*len(text) {
			t.Fatalf("after %d texts: %d bytes", i, n)
		}
	}
}

// What was answered without an error is certain; what comes behind a failure is undone, and neither counts any more.
func TestFailureBehindCertainChanges(t *testing.T) {
	l := newLongSegment(t)
	before := l.req.names.statements["s"]
	l.row(t)
	l.answer(t)
	l.req.feed(t, &pgproto3.Close{ObjectType: 'S', Name: "s"}, &pgproto3.Parse{Name: "s", Query: "DELETE FROM other WHERE false"}, &pgproto3.Parse{Name: "n", Query: "SELECT 1"}, &pgproto3.Sync{})
	l.res.feed(t, &pgproto3.ErrorResponse{Severity: "ERROR", Code: "57014", Message: "m"}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	l.req.feed(t, &pgproto3.Sync{})
	n := l.req.names
	if n.statements["s"] != before || n.statements["n"] != nil || len(n.pending) != 0 || n.changes != (pendingKinds{}) || n.protected != 1 || n.texts != len(before.sql) {
		t.Errorf("%+v", n)
	}
}

// Random changes, failures and answers: the counts are those of what is there.
func TestCountsOfChanges(t *testing.T) {
	for seed := range uint64(200) {
		n, seq, segment := newNames(), uint64(0), uint64(1)
		random := rand.New(rand.NewPCG(seed, 0))
		var o outcome
		for range 100 {
			name := string(rune('a' + random.IntN(3)))
			s := guardedStatement()
			s.sql = bytes.Repeat([]byte{'x'}, 1+random.IntN(5))
			switch random.IntN(7) {
			case 0:
				n.setStatement(name, s, seq, segment)
			case 1:
				n.setStatement(name, n.nativeOf("1"), seq, segment)
			case 2:
				n.setStatement(name, nil, seq, segment)
			case 3:
				if of := n.statements[name]; of.matters() {
					n.setPortal(name, &portal{statement: of, segment: segment}, seq, segment)
				}
			case 4:
				n.setPortal(name, nil, seq, segment)
			case 5:
				segment++
			case 6:
				o.failures = nil
				if from := o.carried + uint64(random.IntN(int(seq-o.carried)+1)); random.IntN(2) == 0 && from < seq {
					o.failures = []failure{{from: from, to: seq, begun: random.IntN(2) == 0}}
				}
				o.carried, o.resolved = seq, segment-1
				if random.IntN(3) == 0 {
					o.idleAt = o.resolved
				}
				n.settle(o)
			}
			seq++
			checkCounts(t, n)
		}
	}
}

// checkCounts holds what is counted against what is there.
func checkCounts(t *testing.T, n *names) {
	t.Helper()
	var changes pendingKinds
	texts := map[*statement]bool{}
	protected := 0
	note := func(s *statement, counts bool) {
		if s != nil && s.sql != nil {
			texts[s] = true
		}
		if counts && s.protected() {
			protected++
		}
	}
	for i := range n.uncertain() {
		c := &n.uncertain()[i]
		changes.count(c, 1)
		note(c.statement, false)
		note(c.bound.of(), false)
	}
	for _, s := range n.statements {
		note(s, true)
	}
	for _, p := range n.portals {
		note(p.of(), true)
	}
	bytes := 0
	for s := range texts {
		bytes += len(s.sql)
	}
	if n.changes != changes || n.texts != bytes || n.protected != protected {
		t.Fatalf("counted %+v, %d bytes, %d protected; there are %+v, %d, %d", n.changes, n.texts, n.protected, changes, bytes, protected)
	}
}

// BenchmarkLongSegment sends rows in one segment, with 2,000 of them under way.
func BenchmarkLongSegment(b *testing.B) {
	l := newLongSegment(b)
	for range 2000 {
		l.row(b)
	}
	b.ReportAllocs()
	for b.Loop() {
		l.row(b)
		l.answer(b)
	}
}
