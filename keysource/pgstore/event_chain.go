package pgstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
)

// chain is this process's chain of events: each event carries the MAC of the one
// before it, and now and then the heads of other writers' chains. It belongs to
// whoever has its turn: from the writing of events at the end of a transaction,
// where nothing is waited for any more, to the transaction's end.
type chain struct {
	turn   chan struct{} // one token
	memory *memory       // nil: none
	log    *slog.Logger
	links
}

// links is where a chain has come to. An end of a transaction that is not known
// to be one begins another chain.
type links struct {
	writer    WriterID
	epoch     int64 // of the store, when the chain was begun
	seq       int64
	mac       []byte    // of event seq
	looked    time.Time // when heads of others were last looked for, by the database's clock
	witnessed map[WriterID]int64
	lost      []Head // of chains that this process has left
	cut       bool   // it was told of that events are gone
	asked     bool   // the next event has to look for heads
}

// Bounds of looking for the heads of others: a writer's first event has the
// latest; later ones, once a minute, what has changed.
const (
	firstHeads   = 64
	witnessEvery = time.Minute
	witnessSlack = time.Minute // for transactions that were under way
	mostHeads    = 1000
)

// seenEvents is how Seen names the number of events that were ever written.
const seenEvents = "events"

func newChain(m *memory, log *slog.Logger) *chain {
	c := &chain{turn: make(chan struct{}, 1), memory: m, log: log, links: fresh()}
	c.turn <- struct{}{}
	return c
}

func fresh() links { return links{writer: newID(), witnessed: map[WriterID]int64{}} }

// head is nil before the first event.
func (l *links) head() []Head {
	if l.seq == 0 {
		return nil
	}
	return []Head{{l.writer, l.seq, shortHash(l.mac)}}
}

// turn is one transaction's place in the chain.
type turn struct {
	c        *chain
	next     links
	total    int64 // events that there were ever, with these
	looked   bool
	complete bool // nothing but the commit was missing
}

// append writes the transaction's events, if there are any. From here to end the
// turn is this transaction's.
func (t *turn) append(ctx context.Context, w writer, epoch int64) error {
	if len(*w.events) == 0 {
		return nil
	}
	select {
	case <-t.c.turn:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	t.next = t.c.links
	if t.next.seq == 0 {
		t.next.epoch = epoch
	} else if t.next.epoch != epoch { // the past of before a restore is not this chain's
		t.next = fresh()
		t.next.epoch = epoch
	}
	if err := t.look(ctx, w); err != nil {
		if sqlState(err) == uniqueViolation { // somebody has put a row where this chain goes on
			t.c.leave()
		}
		t.c.turn <- struct{}{}
		t.next = links{}
		return err
	}
	t.complete = true
	return nil
}

// look finds out how the log stands, and writes the events accordingly.
func (t *turn) look(ctx context.Context, w writer) error {
	own := headRow{writer: t.next.writer}
	var now time.Time
	err := w.tx.QueryRow(ctx, `SELECT clock_timestamp(), least(coalesce(sum(seq), 0), 9000000000000000000)::bigint, coalesce(max(seq) FILTER (WHERE writer = $1), 0),
		coalesce((SELECT hash FROM pgseal.event_head WHERE writer = $1), '') FROM pgseal.event_head`, [16]byte(own.writer)).
		Scan(&now, &t.total, &own.seq, &own.hash)
	if err != nil {
		return err
	}
	events := append(t.missed(w, own), *w.events...)
	t.total += int64(len(events))
	var heads []Head
	if t.looked = t.next.asked || now.Sub(t.next.looked) >= witnessEvery; t.looked {
		if heads, err = t.witness(ctx, w, now); err != nil {
			return err
		}
	}
	own = headRow{writer: t.next.writer, changed: now}
	rows := make([]eventRow, len(events))
	for i, e := range events {
		e.clean()
		t.next.seq++
		rows[i] = eventRow{Event: e, epoch: t.next.epoch, witness: []byte{}, previous: append([]byte{}, t.next.mac...)}
		rows[i].Writer, rows[i].Seq = t.next.writer, t.next.seq
		switch {
		case e.heads != nil:
			rows[i].witness = packHeads(e.heads)
		case len(heads) > 0:
			rows[i].witness, heads = packHeads(heads), nil
		}
		rows[i].sign(w)
		t.next.mac = rows[i].mac
	}
	if err := insertEvents(ctx, w.tx, rows); err != nil {
		return err
	}
	own.seq, own.hash = t.next.seq, t.next.mac
	return own.save(ctx, w)
}

// missed begins another chain where events are gone that were written or seen
// here, and tells of it.
func (t *turn) missed(w writer, own headRow) []Event {
	what := ""
	if own.seq != t.next.seq || !bytes.Equal(own.hash, t.next.mac) {
		what = fmt.Sprintf("this writer's last event was %d of writer %s, and the database has %d", t.next.seq, t.next.writer, own.seq)
	} else if seen := t.c.seen(); t.total < seen && !t.next.cut {
		what = fmt.Sprintf("%d events were seen, and the database has had %d", seen, t.total)
	}
	if what == "" {
		return nil
	}
	t.c.log.Error("ALARM: events are missing from the event log: pgseal key events --verify says which", "reason", what)
	epoch, lost := t.next.epoch, append(t.next.head(), t.next.lost...)
	t.next = fresh()
	t.next.epoch, t.next.lost, t.next.cut = epoch, lost, true
	return []Event{{At: w.now, Kind: EventCut, Actor: "pgseal", Detail: what}}
}

func (c *chain) seen() int64 {
	if c.memory == nil {
		return 0
	}
	return c.memory.highest(seenEvents)
}

// witness gives the heads of others that have moved since this writer last
// looked. One that does not verify is not witnessed.
func (t *turn) witness(ctx context.Context, w writer, now time.Time) ([]Head, error) {
	since, most := t.next.looked.Add(-witnessSlack), mostHeads
	if t.next.looked.IsZero() {
		since, most = time.Unix(0, 0), firstHeads
	}
	rows, err := readHeads(ctx, w.tx, since, most)
	if err != nil {
		return nil, err
	}
	heads := t.next.lost
	next := map[WriterID]int64{}
	for _, row := range rows {
		if row.writer == t.next.writer {
			continue
		}
		if err := row.record(w.store).verify(w.key, row.mac, row.what()); err != nil {
			t.c.log.Error("ALARM: a head of the event log does not verify", "writer", row.writer.String(), "error", err)
			continue
		}
		next[row.writer] = row.seq
		if t.next.witnessed[row.writer] < row.seq {
			heads = append(heads, row.head())
		}
	}
	t.next.looked, t.next.witnessed, t.next.lost, t.next.asked = now, next, nil, false
	return heads, nil
}

// end takes the outcome of the transaction. Whether a commit that gave an error
// came to pass is not known: the next event begins another chain.
func (t *turn) end(err error) {
	if t.next.writer == (WriterID{}) {
		return // no events, or none were written
	}
	switch {
	case err == nil:
		t.c.links = t.next
		if t.looked && t.c.memory != nil {
			t.c.memory.raise(seenEvents, t.total)
		}
	case t.complete:
		t.c.leave()
	}
	t.c.turn <- struct{}{}
}

// leave has the next event begin another chain, and witness this one. The caller
// has the turn.
func (c *chain) leave() {
	lost := append(c.head(), c.lost...)
	c.links = fresh()
	c.lost = lost
}

// errNoEvents is why a process has no head.
var errNoEvents = errors.New("pgstore: this process has written no event yet")

// unwitnessed tells whether another writer has written something that this one
// has not witnessed; the next event then has it. What proxies write all the time
// does not count: two would witness each other's checkpoints for ever.
func (s *Store) unwitnessed(ctx context.Context) (bool, error) {
	<-s.chain.turn
	own := s.chain.links
	s.chain.turn <- struct{}{}
	rows, err := s.Conns(ctx).Query(ctx, `SELECT h.writer, h.seq FROM pgseal.event_head h JOIN pgseal.event e ON e.writer = h.writer AND e.seq = h.seq
		WHERE h.changed_at >= $1 AND h.writer <> $2 AND e.kind NOT IN ($3, $4)`,
		own.looked.Add(-witnessSlack), [16]byte(own.writer), EventCheckpoint, EventFetched)
	if err != nil {
		return false, err
	}
	var other WriterID
	var seq int64
	found := false
	_, err = pgx.ForEachRow(rows, []any{(*[16]byte)(&other), &seq}, func() error {
		found = found || seq > own.witnessed[other]
		return nil
	})
	if found = found && own.seq > 0; found {
		<-s.chain.turn
		s.chain.asked = true
		s.chain.turn <- struct{}{}
	}
	return found, err
}

// EventHead is the last event that this process has written.
func (s *Store) EventHead() (Head, error) {
	<-s.chain.turn
	defer func() { s.chain.turn <- struct{}{} }()
	if head := s.chain.head(); head != nil {
		return head[0], nil
	}
	return Head{}, errNoEvents
}
