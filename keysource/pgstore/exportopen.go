package pgstore

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// Tag is the tag of the store that the export is of.
func (e *Export) Tag() crypto.StoreTag { return crypto.StoreTag(e.rows.Store[0].Tag) }

// Columns are the columns that the export knows, retired ones too.
func (e *Export) Columns() []ExportedColumn { return e.rows.ColumnState }

// Column finds a column by where it was.
func (e *Export) Column(schema, table, column string) (*ExportedColumn, bool) {
	var found *ExportedColumn
	for i := range e.rows.ColumnState {
		c := &e.rows.ColumnState[i]
		if c.Schema == schema && c.Table == table && c.Column == column && (found == nil || found.Retired) {
			found = c
		}
	}
	return found, found != nil
}

// Key is what the column's values are bound to.
func (c *ExportedColumn) Key() (crypto.Column, error) {
	id, err := crypto.ParseColumnID(c.ColumnID)
	return crypto.Column{ID: id, Family: c.Family}, err
}

// Unsealed tells that the column may have held plaintext when it was exported.
func (c *ExportedColumn) Unsealed() bool { return ColumnState(c.State) != ColumnSealed }

// Spec is what a driver has to know to open the data keys of whose number n is one; false where the export has no such data key.
func (e *Export) Spec(n crypto.KeyNumber) (keysource.KeySpec, bool) {
	k := e.key(n)
	if k == nil {
		return keysource.KeySpec{}, false
	}
	for _, t := range e.rows.Tenant {
		if t.ID == k.Tenant {
			return keysource.KeySpec{TenantID: t.ID, TenantName: t.Name, Provider: t.Provider, KeyARN: t.KeyARN, ResolvedARN: t.Resolved, RoleARN: t.RoleARN,
				ExternalID: t.External, Endpoint: t.Endpoint, KeyNumber: t.Current}, true
		}
	}
	return keysource.KeySpec{}, false
}

// Providers are the providers of the tenants' keys.
func (e *Export) Providers() map[string]bool {
	all := make(map[string]bool)
	for _, t := range e.rows.Tenant {
		all[t.Provider] = true
	}
	return all
}

// Open has the customer master key open the data keys of the tenant of spec. The caller destroys them.
func (e *Export) Open(ctx context.Context, spec keysource.KeySpec, wrapper keysource.Wrapper) (map[crypto.KeyNumber]*crypto.Generation, error) {
	k := e.key(spec.KeyNumber)
	if k == nil {
		return nil, fmt.Errorf("pgstore: the export has no data key %08x", uint32(spec.KeyNumber))
	}
	key, _, err := wrapper.Unwrap(ctx, spec, keysource.Wrapped{Ciphertext: k.Wrapped, KeyARN: k.KeyARN, MaterialID: k.Material})
	if err != nil {
		return nil, ofTenant(err, spec.TenantName)
	}
	current := crypto.NewGeneration(e.Tag(), spec.TenantID, spec.KeyNumber, key)
	all := map[crypto.KeyNumber]*crypto.Generation{spec.KeyNumber: current}
	for _, elder := range e.rows.DataKey {
		if elder.Tenant != spec.TenantID || elder.Number == spec.KeyNumber {
			continue
		}
		g, err := current.UnwrapElder(elder.Number, elder.Wrapped)
		if err != nil {
			destroyAll(all)
			return nil, &keysource.Error{Kind: keysource.KeyMismatch, Tenant: spec.TenantName, Op: keysource.OpUnwrap, Cause: err}
		}
		all[elder.Number] = g
	}
	return all, nil
}
