package bulk

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// encryption seals what lies in a column in plaintext.
type encryption struct {
	prove  func(ctx context.Context, column [16]byte) (note string, err error)
	runner *Runner
}

func (encryption) phase() string { return "sealing" }

// ready waits for transactions that began before every proxy read both forms: a statement of theirs that was planned for plaintext, and waits for something,
// would take what is sealed meanwhile for that, and find nothing by what it looks for.
func (e encryption) ready(ctx context.Context, c *guard.ColumnStatus) (behind bool, err error) {
	switch {
	case c.State() == pgstore.ColumnSealed: // the guard was faster
		return true, nil
	case c.State() != pgstore.ColumnSealing:
		return false, notNow(c)
	}
	return false, e.runner.ended(ctx, e.runner.moved.statements, fmt.Sprintf("%x sealing, version %d", c.Record.ID, c.Record.Version),
		"waiting for transactions that began before every proxy read both forms, and may take sealed values for plaintext: ")
}

func (encryption) treat(f form, key Key, stored []byte) (plain, next []byte, err error) {
	if plain, err = f.opened(key, stored); plain != nil || err != nil {
		return plain, nil, err
	}
	if plain, err = f.plain(key, stored); err != nil {
		return nil, nil, err
	}
	next, err = f.seal(key, plain)
	return plain, next, err
}

func (e encryption) settle(ctx context.Context, column [16]byte) (string, error) {
	return e.prove(ctx, column)
}
