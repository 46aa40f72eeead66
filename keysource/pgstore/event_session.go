package pgstore

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// EventSessionEnded is a log-out at the admin page, by which the other proxies learn of it. Its detail is what the session is called, and not what its cookie says.
const EventSessionEnded = "session ended"

// SessionsEnded gives the events of log-outs since then, the oldest first, but for those of a writer up to the number that is known of him. A writer's numbers rise
// in the order in which others can see his events, so that none is missed, whatever the clocks of proxies say. A row that does not verify is an error, as of Events.
func (s *Store) SessionsEnded(ctx context.Context, since time.Time, known map[WriterID]int64) (events []Event, err error) {
	writers, numbers := make([][16]byte, 0, len(known)), make([]int64, 0, len(known))
	for w, n := range known {
		writers, numbers = append(writers, w), append(numbers, n)
	}
	err = s.readOnce(ctx, func(tx pgx.Tx, _ storeRow) error {
		rows, err := tx.Query(ctx, "SELECT "+eventColumns+` FROM pgseal.event e WHERE e.kind = 'session ended' AND e.at >= $1
			AND NOT EXISTS (SELECT FROM unnest($2::uuid[], $3::bigint[]) k (writer, seq) WHERE k.writer = e.writer AND e.seq <= k.seq)
			ORDER BY e.at, e.writer, e.seq`, since, writers, numbers) // an index is of that kind alone
		if err != nil {
			return err
		}
		all, err := pgx.CollectRows(rows, scanEvent)
		if err != nil {
			return err
		}
		for _, e := range all {
			if err := e.record(s.id).verify(s.key, e.mac, e.what()); err != nil {
				return err
			}
			events = append(events, e.Event)
		}
		return nil
	})
	return events, err
}
