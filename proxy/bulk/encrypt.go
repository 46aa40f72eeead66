package bulk

import (
	"cmp"
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

// ready: what a column that is still readable waits for is asked anew here, so that its status says it. The guard itself lets nothing be sealed before.
func (e encryption) ready(ctx context.Context, c *guard.ColumnStatus) (behind bool, err error) {
	switch c.State() {
	case pgstore.ColumnSealed: // the guard was faster
		return true, nil
	case pgstore.ColumnSealing:
		return false, nil
	case pgstore.ColumnReadable:
		err = e.runner.ended(ctx, e.runner.moved.statements, fmt.Sprintf("%x readable, version %d", c.Record.ID, c.Record.Version),
			"waiting for transactions that began before every proxy read both forms, and may take sealed values for plaintext: ")
	}
	return false, cmp.Or(err, notNow(c))
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
