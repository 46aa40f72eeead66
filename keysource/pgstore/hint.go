package pgstore

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// HintChannel is the channel of the NOTIFY that follows every change. Anybody
// may send on it, and a notification may get lost: it says no more than that it
// may be worth looking now. The truth is what polling finds.
const HintChannel = "pgseal"

// AwaitHint waits on a connection of its own until somebody notifies, ctx ends,
// or the connection breaks.
func (s *Store) AwaitHint(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+HintChannel); err != nil {
		return err
	}
	_, err = conn.WaitForNotification(ctx)
	return err
}
