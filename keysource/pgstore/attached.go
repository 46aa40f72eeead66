package pgstore

import (
	"context"

	"github.com/legatics/pgseal/crypto"
)

// attached is what hangs on a tenant's row, as it was read: nothing of it is verified.
type attached struct {
	keys    []dataKey // in the order of their numbers
	pins    []pin
	refusal *refusal // nil: none
}

// readAttached reads it for tenants, with as many statements for many of them as for one. Each of the tenants has an entry.
func readAttached(ctx context.Context, db querier, tenants ...crypto.TenantID) (map[crypto.TenantID]*attached, error) {
	all := make(map[crypto.TenantID]*attached, len(tenants))
	for _, id := range tenants {
		all[id] = &attached{}
	}
	keys, err := scanDataKeys(ctx, db, tenants...)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		all[k.tenant].keys = append(all[k.tenant].keys, k)
	}
	pins, err := scanPins(ctx, db, tenants...)
	if err != nil {
		return nil, err
	}
	for _, p := range pins {
		all[p.tenant].pins = append(all[p.tenant].pins, p)
	}
	refusals, err := scanRefusals(ctx, db, tenants...)
	for i := range refusals {
		all[refusals[i].tenant].refusal = &refusals[i]
	}
	return all, err
}
