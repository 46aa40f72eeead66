package pgstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// exportFormat is what the first field of an export says. It is part of its MAC.
const exportFormat = "pgseal-key-export-1"

// Export is a copy of what opens tenants' values, apart from the customer master keys: the control records of the tenants with their wrapped data keys,
// their history and pins, and of the columns. It holds no secret. It is kept as JSON.
type Export struct {
	Format  string          `json:"format"`
	At      time.Time       `json:"at"`
	Tenant  string          `json:"tenant,omitempty"` // the one tenant that it is of; empty: all of the store
	Records json.RawMessage `json:"records"`          // rows as the database has them, by table
	SHA256  string          `json:"sha256"`           // for whoever has no control key
	MAC     string          `json:"mac"`              // under the control key, over the same

	rows exportedRows
}

// ErrExportSpoilt: the file is not what an export has written.
var ErrExportSpoilt = errors.New("pgstore: the key export is spoilt or cut off")

// selectRecords are the records of an export as one JSON object, of one tenant or, with NULL, of all.
const selectRecords = `SELECT jsonb_build_object(
	'store', (SELECT jsonb_agg(to_jsonb(s)) FROM pgseal.store s),
	'tenant', (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY name), '[]') FROM pgseal.tenant t WHERE $1::uuid IS NULL OR id = $1),
	'data_key', (SELECT coalesce(jsonb_agg(to_jsonb(k) ORDER BY tenant, key_number), '[]') FROM pgseal.data_key k WHERE $1::uuid IS NULL OR tenant = $1),
	'key_history', (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY at, id), '[]') FROM pgseal.key_history h WHERE $1::uuid IS NULL OR tenant = $1),
	'column_pin', (SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY tenant, column_id), '[]') FROM pgseal.column_pin p WHERE $1::uuid IS NULL OR tenant = $1),
	'column_state', (SELECT coalesce(jsonb_agg(to_jsonb(c) ORDER BY schema_name, table_name, column_name, id), '[]') FROM pgseal.column_state c))::text`

// Export copies what opens a tenant's values, in one snapshot; all tenants' where name is empty. Nothing is copied that does not verify.
func (s *Store) Export(ctx context.Context, name string) (*Export, error) {
	e := &Export{Format: exportFormat, At: micro(s.now()), Tenant: name}
	err := s.read(ctx, func(tx pgx.Tx, row storeRow) error {
		only, err := s.verifyForExport(ctx, tx, row, name)
		if err != nil {
			return err
		}
		var text string
		if err := tx.QueryRow(ctx, selectRecords, only).Scan(&text); err != nil {
			return err
		}
		e.Records = json.RawMessage(text)
		return nil
	})
	if err != nil {
		return nil, ofTenant(err, name)
	}
	parts, err := e.parts(s.id)
	if err != nil {
		return nil, err
	}
	sum := s.key.Sum(parts...)
	e.MAC, e.SHA256 = hex.EncodeToString(sum[:]), e.digest(parts)
	return e, e.parse()
}

// verifyForExport reads all that an export copies, and returns the id of the one tenant, nil for all.
func (s *Store) verifyForExport(ctx context.Context, tx pgx.Tx, row storeRow, name string) (only *[16]byte, err error) {
	all := []string{name}
	if name == "" {
		rows, err := tx.Query(ctx, "SELECT name FROM pgseal.tenant ORDER BY name")
		if err != nil {
			return nil, err
		}
		if all, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			return nil, err
		}
	}
	for _, n := range all {
		t, _, err := s.readTenant(ctx, tx, row, n, false)
		if err != nil {
			return nil, err
		}
		if err := s.wholeHistory(ctx, tx, t.ID); err != nil {
			return nil, ofTenant(err, n)
		}
		if name != "" {
			only = (*[16]byte)(&t.ID)
		}
	}
	_, err = s.readColumns(ctx, tx, row)
	return only, err
}

// parts are what MAC and digest go over. The records' white space does not count.
func (e *Export) parts(store storeID) ([][]byte, error) {
	var compact, escaped bytes.Buffer
	if err := json.Compact(&compact, e.Records); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExportSpoilt, err)
	}
	json.HTMLEscape(&escaped, compact.Bytes()) // as json.Marshal writes them
	return [][]byte{[]byte(e.Format), store[:], []byte(e.At.UTC().Format(time.RFC3339Nano)), []byte(e.Tenant), escaped.Bytes()}, nil
}

func (e *Export) digest(parts [][]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s,", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// ReadExport reads what Export was kept as. Without the control key it tells a spoilt file from a whole one, but not who has written it.
func ReadExport(r io.Reader) (*Export, error) {
	var e Export
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	err := d.Decode(&e)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) && e.Format == "":
		return nil, ErrExportSpoilt
	case err != nil:
		return nil, fmt.Errorf("pgstore: no key export: %w", err)
	case e.Format != exportFormat:
		return nil, fmt.Errorf("pgstore: no key export of a form that is known: %q", e.Format)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: there is something behind its end", ErrExportSpoilt)
	}
	if err := e.parse(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrExportSpoilt, err)
	}
	parts, err := e.parts(storeID(e.rows.Store[0].ID))
	if err != nil {
		return nil, err
	}
	if e.digest(parts) != e.SHA256 {
		return nil, ErrExportSpoilt
	}
	return &e, nil
}

// verify is nil where the export was written with the control key.
func (e *Export) verify(key *crypto.ControlKey) error {
	parts, err := e.parts(storeID(e.rows.Store[0].ID))
	if err != nil {
		return err
	}
	mac, err := hex.DecodeString(e.MAC)
	if err != nil || !key.Verify(mac, parts...) {
		return ErrExportForeign
	}
	return nil
}
