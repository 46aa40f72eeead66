package guard

import (
	"context"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// Look says how far the protection of columns has come, and changes nothing:
// what a proxy or init would do next is left undone. SQL is set where a guard is
// not whole, for whoever owns the table, whatever the present role may do.
func Look(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash, columns []Column) (*Status, error) {
	w := &walk{store: store, policy: policy}
	s, err := w.run(ctx, columns)
	if err != nil {
		return nil, err
	}
	s.Policy, s.Again = policy, false
	for i := range s.Columns {
		c := &s.Columns[i]
		switch root := c.Guard.root(); {
		case root == nil || c.Record == nil:
		case c.Opening() && c.State() == pgstore.ColumnSealed: // the guard stays until every proxy knows
		case c.Opening():
			c.SQL = c.Guard.sqlToRemove(root)
		case sealsWrites(c.State()) && !c.Guard.Whole():
			c.SQL = sqlForOwner(store.Tag(), root, armoured(c.Record), "", &c.Guard)
		}
	}
	proxies, err := store.Proxies(ctx)
	if err != nil {
		return nil, err
	}
	if names := others(proxies, policy); names != "" && s.Stale == "" {
		s.Stale = "not every live proxy holds the policy " + policy.String() + ": " + names
	}
	return s, nil
}
