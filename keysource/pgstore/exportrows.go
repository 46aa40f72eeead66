package pgstore

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/crypto"
)

// exportedRows is what is read of an export's records without a database. The rest of them goes into a database as it is.
type exportedRows struct {
	Store       []exportedStore    `json:"store"`
	Tenant      []exportedTenant   `json:"tenant"`
	DataKey     []exportedKey      `json:"data_key"`
	ColumnState []ExportedColumn   `json:"column_state"`
	raw         map[string]rawRows // the same and the rest, by table
}

// rawRows are rows as PostgreSQL's to_jsonb gives them.
type rawRows []json.RawMessage

type exportedStore struct {
	ID      crypto.TenantID `json:"id"` // a UUID, as a tenant's is
	Tag     byteaText       `json:"tag"`
	Family  crypto.TenantID `json:"family"`
	Epoch   int64           `json:"epoch"`
	Version int64           `json:"version"`
}

type exportedTenant struct {
	ID       crypto.TenantID  `json:"id"`
	Name     string           `json:"name"`
	Provider string           `json:"provider"`
	KeyARN   string           `json:"key_arn"`
	Resolved string           `json:"resolved_arn"`
	RoleARN  string           `json:"role_arn"`
	External string           `json:"external_id"`
	Endpoint string           `json:"endpoint"`
	Current  crypto.KeyNumber `json:"current_key"`
	Version  int64            `json:"version"`
}

type exportedKey struct {
	Number    crypto.KeyNumber  `json:"key_number"`
	Tenant    crypto.TenantID   `json:"tenant"`
	WrappedBy *crypto.KeyNumber `json:"wrapped_by"`
	Wrapped   byteaText         `json:"wrapped"`
	KeyARN    string            `json:"key_arn"`
	Material  string            `json:"material_id"`
}

// ExportedColumn is where a column was at the time, and what its values are bound to.
type ExportedColumn struct {
	Schema   string    `json:"schema_name"`
	Table    string    `json:"table_name"`
	Column   string    `json:"column_name"`
	ColumnID byteaText `json:"column_id"`
	Family   string    `json:"family"`
	TypeOID  uint32    `json:"type_oid"`
	Typmod   int32     `json:"typmod"`
	Pad      int       `json:"pad"`
	State    string    `json:"state"`
	Retired  bool      `json:"retired"`
}

// byteaText is a bytea as PostgreSQL writes it in JSON: \x and hexadecimal digits.
type byteaText []byte

// UnmarshalJSON implements json.Unmarshaler.
func (b *byteaText) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	digits, ok := strings.CutPrefix(text, `\x`)
	if !ok {
		return errors.New("no bytea in hex")
	}
	raw, err := hex.DecodeString(digits)
	*b = raw
	return err
}

// parse reads the records.
func (e *Export) parse() error {
	if err := json.Unmarshal(e.Records, &e.rows); err != nil {
		return err
	}
	if err := json.Unmarshal(e.Records, &e.rows.raw); err != nil {
		return err
	}
	if len(e.rows.Store) != 1 || len(e.rows.Store[0].Tag) != len(crypto.StoreTag{}) {
		return errors.New("it does not name its store")
	}
	for i := range e.rows.Tenant {
		if t := &e.rows.Tenant[i]; e.key(t.Current) == nil {
			return fmt.Errorf("the data key of tenant %q is missing", t.Name)
		}
	}
	return nil
}

// key finds a data key.
func (e *Export) key(n crypto.KeyNumber) *exportedKey {
	i := slices.IndexFunc(e.rows.DataKey, func(k exportedKey) bool { return k.Number == n })
	if i < 0 {
		return nil
	}
	return &e.rows.DataKey[i]
}

// of are a table's rows of one tenant. field is what the table calls the tenant's id.
func (r *exportedRows) of(table, field string, tenant crypto.TenantID) (rawRows, error) {
	var mine rawRows
	for _, raw := range r.raw[table] {
		var row map[string]json.RawMessage
		if err := json.Unmarshal(raw, &row); err != nil {
			return nil, err
		}
		if string(row[field]) == `"`+tenant.String()+`"` {
			mine = append(mine, raw)
		}
	}
	return mine, nil
}
