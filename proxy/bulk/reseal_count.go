package bulk

import (
	"context"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/census"
)

// countTime bounds the count of a column's values.
const countTime = 24 * time.Hour

// count asks the server how many values of a column lie under which data key, in one snapshot and without opening any. elder are those that are not under
// the newest one of a tenant's. The note says what should not be there at all.
func (k *resealing) count(ctx context.Context, record *pgstore.Column) (elder int64, note string, err error) {
	newest, pinned, err := k.newest(ctx, record)
	if err != nil {
		return 0, "", err
	}
	counted, err := census.Take(ctx, census.Options{DB: k.r.o.Pool, Tag: k.r.o.Store.Tag(), Exact: true, Time: countTime}, []pgstore.Column{*record})
	if err != nil {
		return 0, "", err
	}
	if len(counted) != 1 || counted[0].NotCounted != "" {
		return 0, "", &halt{waits: true, reason: "every value is done, but they could not be counted: " + counted[0].NotCounted}
	}
	found := &counted[0]
	if wrong := found.Plain.N + found.Spoilt.N; wrong > 0 {
		return 0, fmt.Sprintf("%d values are not sealed values of this store", wrong), nil
	}
	var other int64
	for number, n := range found.Sealed {
		if !newest[number] {
			elder += n.N
		}
		if !pinned[number] {
			other += n.N
		}
	}
	if other > 0 && wayOf(record) == crypto.Deterministic {
		return 0, fmt.Sprintf("%d values are not sealed under the data key that the column keeps", other), nil
	}
	return elder, "", nil
}

// wayOf is the mode that all values are in once the work is done.
func wayOf(r *pgstore.Column) crypto.Mode {
	if r.NextMode != 0 {
		return r.NextMode
	}
	return r.Mode
}

// newest are the data keys that what is written now in randomized mode is sealed under; pinned are those that the column's deterministic values are.
func (k *resealing) newest(ctx context.Context, record *pgstore.Column) (newest, pinned map[crypto.KeyNumber]bool, err error) {
	tenants, err := k.r.o.Store.Tenants(ctx)
	if err != nil {
		return nil, nil, err
	}
	newest, pinned = make(map[crypto.KeyNumber]bool), make(map[crypto.KeyNumber]bool)
	for _, t := range tenants {
		if t.Err != nil {
			return nil, nil, &halt{waits: true, reason: "every value is done, but which data keys are the newest is not known: " + t.Err.Error()}
		}
		newest[t.Tenant.Current.Number] = true
		if number, ok := t.Tenant.Pins[keysource.PinOf(record.Key.ID, k.round)]; ok {
			pinned[number] = true
		}
	}
	return newest, pinned, nil
}
