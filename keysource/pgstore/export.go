package pgstore

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// exportFormat is what the first field of an export says.
const exportFormat = "pgseal-key-export-1"

// Export is a copy of what opens a tenant's values, apart from the customer master key: the wrapped data keys, and under which identity each column
// was sealed. It holds no secret. It is kept as JSON.
type Export struct {
	Format   string           `json:"format"`
	At       time.Time        `json:"at"`
	StoreTag []byte           `json:"store_tag"`
	Tenant   string           `json:"tenant"`
	TenantID crypto.TenantID  `json:"tenant_id"`
	Provider string           `json:"provider"`
	KeyARN   string           `json:"key,omitempty"`
	Resolved string           `json:"resolved_key,omitempty"`
	RoleARN  string           `json:"role,omitempty"`
	External string           `json:"external_id,omitempty"`
	Endpoint string           `json:"endpoint,omitempty"`
	Current  ExportedKey      `json:"current"`
	Elders   []ExportedKey    `json:"elders"`
	Columns  []ExportedColumn `json:"columns"`
}

// ExportedKey is one data key, wrapped: the current one by the customer master key, the others by the current one.
type ExportedKey struct {
	Number   crypto.KeyNumber `json:"number"`
	Wrapped  []byte           `json:"wrapped"`
	KeyARN   string           `json:"key,omitempty"`
	Material string           `json:"key_material,omitempty"`
}

// ExportedColumn is where a column was at the time, and what its values are bound to.
type ExportedColumn struct {
	Schema  string `json:"schema"`
	Table   string `json:"table"`
	Column  string `json:"column"`
	ID      []byte `json:"id"`
	Family  string `json:"family"`
	TypeOID uint32 `json:"type_oid"`
	Typmod  int32  `json:"typmod"`
	Pad     int    `json:"pad,omitempty"`
}

// Export copies what opens a tenant's values, in one snapshot.
func (s *Store) Export(ctx context.Context, name string) (*Export, error) {
	var out *Export
	err := s.read(ctx, func(tx pgx.Tx, row storeRow) error {
		t, _, err := s.readTenant(ctx, tx, row, name, false)
		if err != nil {
			return err
		}
		columns, err := s.readColumns(ctx, tx, row)
		if err != nil {
			return err
		}
		out, err = exportOf(t, columns, s.now())
		return err
	})
	if err != nil {
		return nil, ofTenant(err, name)
	}
	return out, nil
}

func exportOf(t *Tenant, columns []Column, now time.Time) (*Export, error) {
	e := &Export{Format: exportFormat, At: now.UTC().Truncate(time.Second), StoreTag: t.Tag[:], Tenant: t.Name, TenantID: t.ID, Provider: t.Spec.Provider, KeyARN: t.Spec.KeyARN,
		Resolved: t.Spec.ResolvedARN, RoleARN: t.Spec.RoleARN, External: t.Spec.ExternalID, Endpoint: t.Spec.Endpoint,
		Current: ExportedKey{t.Current.Number, t.Current.Wrapped.Ciphertext, t.Current.Wrapped.KeyARN, t.Current.Wrapped.MaterialID},
		Elders:  []ExportedKey{}, Columns: []ExportedColumn{}}
	for _, elder := range t.Elders {
		e.Elders = append(e.Elders, ExportedKey{Number: elder.Number, Wrapped: elder.Wrapped})
	}
	for i := range columns {
		c := &columns[i]
		id, err := c.Key.ID.MarshalBinary()
		if err != nil {
			return nil, err
		}
		e.Columns = append(e.Columns, ExportedColumn{c.Schema, c.Table, c.Name, id, c.Key.Family, c.TypeOID, c.Typmod, c.Pad})
	}
	return e, nil
}

// ReadExport reads what Export was kept as.
func ReadExport(r io.Reader) (*Export, error) {
	var e Export
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return nil, fmt.Errorf("pgstore: no key export: %w", err)
	}
	if e.Format != exportFormat || len(e.StoreTag) != len(crypto.StoreTag{}) {
		return nil, fmt.Errorf("pgstore: no key export of a form that is known: %q", e.Format)
	}
	return &e, nil
}

// spec is what a driver has to know.
func (e *Export) spec() keysource.KeySpec {
	return keysource.KeySpec{TenantID: e.TenantID, TenantName: e.Tenant, Provider: e.Provider, KeyARN: e.KeyARN, ResolvedARN: e.Resolved, RoleARN: e.RoleARN,
		ExternalID: e.External, Endpoint: e.Endpoint, KeyNumber: e.Current.Number}
}

// Open has the customer master key open the data keys. The caller destroys them.
func (e *Export) Open(ctx context.Context, wrapper keysource.Wrapper) (map[crypto.KeyNumber]*crypto.Generation, error) {
	key, _, err := wrapper.Unwrap(ctx, e.spec(), keysource.Wrapped{Ciphertext: e.Current.Wrapped, KeyARN: e.Current.KeyARN, MaterialID: e.Current.Material})
	if err != nil {
		return nil, err
	}
	current := crypto.NewGeneration(crypto.StoreTag(e.StoreTag), e.TenantID, e.Current.Number, key)
	all := map[crypto.KeyNumber]*crypto.Generation{e.Current.Number: current}
	for _, elder := range e.Elders {
		g, err := current.UnwrapElder(elder.Number, elder.Wrapped)
		if err != nil {
			destroyAll(all)
			return nil, &keysource.Error{Kind: keysource.KeyMismatch, Tenant: e.Tenant, Op: keysource.OpUnwrap, Cause: err}
		}
		all[elder.Number] = g
	}
	return all, nil
}

// Column finds a column by where it was.
func (e *Export) Column(schema, table, column string) (*ExportedColumn, bool) {
	for i := range e.Columns {
		if c := &e.Columns[i]; c.Schema == schema && c.Table == table && c.Column == column {
			return c, true
		}
	}
	return nil, false
}

// Key is what the column's values are bound to.
func (c *ExportedColumn) Key() (crypto.Column, error) {
	id, err := crypto.ParseColumnID(c.ID)
	return crypto.Column{ID: id, Family: c.Family}, err
}
