package bulk

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// chunk is a batch that was read and treated, and is not written yet. Its transaction is open, and with it the lock of the table that reading takes: were
// the table rewritten between reading and writing (VACUUM FULL), another row of the same version could lie at a row's place.
type chunk struct {
	tx   pgx.Tx
	leaf *leaf
	out  sealedRows
	next pgstore.Bulk // the record behind the batch, but for what writing adds to it
	lost int64        // rows that were not as they had been read
	err  error        // of reading or treating
}

// beginBatch begins the transaction of a batch. No lock is waited for longer than this, so that none that is held meanwhile is held for much longer than
// a second. A batch that is lost in a crash of the server was not noted as done either, so that nobody waits for the disk.
const beginBatch = "BEGIN; SET LOCAL lock_timeout = '400ms'; SET LOCAL synchronous_commit = off"

// patience is how long the server may take for a statement of a batch; one that takes longer is tried with fewer rows.
const patience = "SET LOCAL statement_timeout = '900ms'"

const skipTriggers = "SET LOCAL session_replication_role = replica"

// size is how many rows the next batch is to have at most.
func (s *stretch) size() int { return min(s.rows, s.pace.rows()) }

// look reads and treats the batch that follows a record; the caller closes it. It may run beside write, so that of the stretch it uses what does not change,
// and the keys, which write leaves alone.
func (s *stretch) look(ctx context.Context, from pgstore.Bulk, rows int) *chunk {
	c := &chunk{next: from}
	c.next.Status, c.next.Code, c.next.Reason = pgstore.BulkRunning, "", ""
	begin := beginBatch
	if rows > leastRows {
		begin += "; " + patience
	}
	if c.tx, c.err = s.o.Pool.BeginTx(ctx, pgx.TxOptions{BeginQuery: begin}); c.err != nil {
		return c
	}
	c.leaf = s.leaf(&c.next)
	b, err := c.leaf.read(ctx, c.tx, c.next.Position, extent{rows, s.ranges})
	if c.err = err; err != nil {
		return c
	}
	if c.out, c.err = s.treat(ctx, c.leaf, b, &c.next); c.err != nil {
		return c
	}
	c.next.Seen += int64(len(b.rows))
	c.next.Relation, c.next.Position = c.leaf.relation, b.next
	if b.last {
		c.leaf.behind(&c.next)
	}
	return c
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
func (c *chunk) close(ctx context.Context) {
	if c.tx != nil {
		_ = c.tx.Rollback(context.WithoutCancel(ctx)) // committed, or the connection is gone: nothing is left to undo
	}
}

// ahead is the batch that is read while the one before it is being written.
type ahead struct{ coming chan *chunk }

// begin starts to read behind a record.
func (a *ahead) begin(ctx context.Context, s *stretch, from pgstore.Bulk) {
	coming, rows := make(chan *chunk, 1), s.size()
	a.coming = coming
	go func() { coming <- s.look(ctx, from, rows) }()
}

// take waits for the batch that is being read; nil where none is.
func (a *ahead) take() *chunk {
	if a.coming == nil {
		return nil
	}
	c := <-a.coming
	a.coming = nil
	return c
}

// drop waits for the batch that is being read, and lets go of it.
func (a *ahead) drop(ctx context.Context) {
	if c := a.take(); c != nil {
		c.close(ctx)
	}
}
