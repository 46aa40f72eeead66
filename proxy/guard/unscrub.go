package guard

import (
	"context"
	"time"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// unscrub notes that the CHECK of a sealed column is not whole, or was not for a
// while. Plaintext may have come in and gone since, so that the column is
// scrubbed no more, and a scrub that is under way begins anew: the record's
// version tells it. (Where the column leaves sealed, SaveColumn sees to that.)
func unscrub(ctx context.Context, store *pgstore.Store, r *pgstore.Column, column string) error {
	return store.Update(ctx, func(tx *pgstore.Tx) error {
		next := *r
		next.Scrubbed = time.Time{}
		if err := tx.SaveColumn(ctx, &next); err != nil {
			return err
		}
		*r = next
		return tx.Event(ctx, pgstore.Event{Kind: "column not proved", Actor: "pgseal", Detail: column})
	})
}
