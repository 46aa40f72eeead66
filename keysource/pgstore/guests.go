package pgstore

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// guestConns is how many connections there are for guests, and guestIdle how long one of them is kept that nobody uses.
const (
	guestConns = 4
	guestIdle  = time.Minute
)

type guestKey struct{}

// AsGuest has what is done under the context use connections apart, which all that is so marked share: however much that is, and however long it takes, what a proxy
// does by itself (heartbeats, looking for locks, reading keys' records) finds connections.
func AsGuest(ctx context.Context) context.Context { return context.WithValue(ctx, guestKey{}, true) }

// newGuests makes the connections for guests. None is opened before it is needed.
func newGuests(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	config = config.Copy()
	config.MaxConns, config.MinConns, config.MinIdleConns, config.MaxConnIdleTime = guestConns, 0, 0, guestIdle
	return pgxpool.NewWithConfig(ctx, config)
}

// Conns are the connections for what is done under the context.
func (s *Store) Conns(ctx context.Context) *pgxpool.Pool {
	if guest, _ := ctx.Value(guestKey{}).(bool); guest {
		return s.guests
	}
	return s.pool
}

// Reset has no connection used again that there is.
func (s *Store) Reset() {
	s.pool.Reset()
	s.guests.Reset()
}
