package bulk

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// kind is what is done to all values of a column.
type kind interface {
	// phase is what the passes that write are called.
	phase() string
	// ready tells whether the state of the column is one to write in. behind: it has been left already, so that it only remains to look once more. The
	// error is a halt. c is as it is when it returns.
	ready(ctx context.Context, c *guard.ColumnStatus) (behind bool, err error)
	// treat gives the plaintext of a stored value as it is sealed, for the checksum, and what is to lie in its place; nil where it is as it is to be.
	treat(f form, key Key, stored []byte) (plain, next []byte, err error)
	// settle takes the column to the state that the work was for. The note says what keeps it from that; it is empty where it is there.
	settle(ctx context.Context, column [16]byte) (note string, err error)
}

// kindOf is nil for what this version does not know.
func (r *Runner) kindOf(b *pgstore.Bulk) kind {
	switch b.Kind {
	case "", pgstore.BulkEncrypt:
		return encryption{r.o.Settle, r}
	case pgstore.BulkReseal:
		return &resealing{r: r}
	case pgstore.BulkFill:
		return &filling{r: r}
	case pgstore.BulkDecrypt:
		return decryption{r.o.Settle}
	}
	return nil
}

// phaseOf is what the first pass of a kind of work is called.
func phaseOf(kind string) string {
	return (&Runner{}).kindOf(&pgstore.Bulk{Kind: kind}).phase()
}

// notNow says that the column's state is not one to work in yet.
func notNow(c *guard.ColumnStatus) error {
	note := c.Note
	if note == "" {
		note = "waiting for every live proxy to know it; where it stays so, pgseal init says what stands in the way"
	}
	return &halt{waits: true, reason: fmt.Sprintf("the column is %s: %s", c.State(), note)}
}
