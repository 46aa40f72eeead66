package bulk

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// chunk is a batch that was read and treated, and is not written yet.
type chunk struct {
	fetched
	out  sealedRows
	next pgstore.Bulk // the record behind the batch, but for what writing adds to it
	lost int64        // rows that were not as they had been read
}

// fetched is a batch that was read, and is not treated yet. Its transaction is open, and with it the lock of the table that reading takes: were the table
// rewritten between reading and writing (VACUUM FULL), another row of the same version could lie at a row's place.
type fetched struct {
	tx    pgx.Tx
	leaf  *leaf
	batch *batch
	err   error // of reading, and for a chunk of treating
}

// beginBatch begins the transaction of a batch. No lock is waited for longer than this, so that none that is held meanwhile is held for much longer than
// a second. A batch that is lost in a crash of the server was not noted as done either, so that nobody waits for the disk.
const beginBatch = "BEGIN; SET LOCAL lock_timeout = '400ms'; SET LOCAL synchronous_commit = off"

// patience is how long the server may take for a statement of a batch; one that takes longer is tried with fewer rows.
const patience = "SET LOCAL statement_timeout = '900ms'"

const skipTriggers = "SET LOCAL session_replication_role = replica"

// size is how many rows the next batch is to have at most.
func (s *stretch) size() int { return min(s.rows, s.pace.rows()) }

// fetch reads the batch that follows a record; the caller closes it. Of the stretch it uses what does not change.
func (s *stretch) fetch(ctx context.Context, from pgstore.Bulk, rows int) (r fetched) {
	if err := s.contained(func() error { s.fetchInto(ctx, &r, from, rows); return nil }); err != nil {
		r.err = err
	}
	return r
}

func (s *stretch) fetchInto(ctx context.Context, r *fetched, from pgstore.Bulk, rows int) {
	begin := beginBatch
	if rows > leastRows {
		begin += "; " + patience
	}
	if s.fills() { // the column is of any type
		begin += "; " + writtenExactly
	}
	if r.tx, r.err = s.o.Pool.BeginTx(ctx, pgx.TxOptions{BeginQuery: begin}); r.err != nil {
		return
	}
	r.leaf = s.leaf(&from)
	r.batch, r.err = r.leaf.read(ctx, r.tx, from.Position, extent{rows, s.ranges})
}

// behind takes a record behind the batch.
func (r *fetched) behind(b *pgstore.Bulk) {
	b.Relation, b.Position = r.leaf.relation, r.batch.next
	if r.batch.last {
		r.leaf.behind(b)
	}
}

// look reads and treats the batch that follows a record; the caller closes it. It may run beside write, so that of the stretch it uses what does not change,
// and the keys, which write leaves alone. further: the batch behind it is read while this one is treated.
func (s *stretch) look(ctx context.Context, from pgstore.Bulk, rows int, further bool) *chunk {
	c := &chunk{next: from}
	if err := s.contained(func() error { s.lookInto(ctx, c, from, rows, further); return nil }); err != nil {
		c.err = err
	}
	return c
}

func (s *stretch) lookInto(ctx context.Context, c *chunk, from pgstore.Bulk, rows int, further bool) {
	c.next.Status, c.next.Code, c.next.Reason = pgstore.BulkRunning, "", ""
	if c.fetched = s.ahead.fetch.take(); c.tx == nil && c.err == nil {
		c.fetched = s.fetch(ctx, from, rows)
	}
	if c.err != nil {
		return
	}
	if further && !c.batch.last {
		behind := from
		c.behind(&behind)
		s.ahead.fetch.begin(func() fetched { return s.fetch(ctx, behind, rows) })
	}
	if c.out, c.err = s.treat(ctx, c.leaf, c.batch, &c.next); c.err != nil {
		return
	}
	c.next.Seen += int64(len(c.batch.rows))
	c.behind(&c.next)
}

// write writes a batch and the record, which is then that of the stretch.
func (s *stretch) write(ctx context.Context, c *chunk, before *pgstore.Bulk, lost int64) error {
	c.next.Written, c.next.Skipped, c.next.Version = before.Written, c.next.Skipped+lost, before.Version
	c.next.Reason = s.pace.note
	if len(c.out.places) > 0 {
		if s.bulk.Triggers == TriggersSkip {
			if _, err := c.tx.Exec(ctx, skipTriggers); err != nil {
				return err
			}
		}
		n, err := c.leaf.put(ctx, c.tx, c.out, s.care)
		if err != nil {
			return err
		}
		c.lost = int64(len(c.out.places)) - n
		c.next.Written += n
		c.next.Skipped += c.lost
	}
	if err := s.o.Store.SaveBulk(ctx, c.tx, &c.next); err != nil {
		return err
	}
	return c.tx.Commit(ctx)
}

// close gives the connection back. What was not committed is undone.
func (r *fetched) close(ctx context.Context) {
	if r.tx != nil {
		_ = r.tx.Rollback(context.WithoutCancel(ctx)) // committed, or the connection is gone: nothing is left to undo
	}
}

// ahead are the batch that is read and treated while the one before it is being written, and the one that is read while that is treated.
type ahead struct {
	chunk coming[*chunk]
	fetch coming[fetched]
}

// begin starts to read and treat behind a record.
func (a *ahead) begin(ctx context.Context, s *stretch, from pgstore.Bulk) {
	rows := s.size()
	a.chunk.begin(func() *chunk { return s.look(ctx, from, rows, true) })
}

// drop waits for what is being read, and lets go of it.
func (a *ahead) drop(ctx context.Context) {
	if c := a.chunk.take(); c != nil {
		c.close(ctx)
	}
	r := a.fetch.take()
	r.close(ctx)
}

// coming is something that is being made beside.
type coming[T any] struct{ made chan T }

func (c *coming[T]) begin(produce func() T) {
	made := make(chan T, 1)
	c.made = made
	go func() { made <- produce() }()
}

// take waits for it; the zero value where nothing is being made.
func (c *coming[T]) take() (made T) {
	if c.made != nil {
		made, c.made = <-c.made, nil
	}
	return made
}
