package pgstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
)

// dropInvalidPins takes away pins that do not verify: they make the whole tenant unusable. The export's take their place, or they are missed.
func (im *importer) dropInvalidPins(ctx context.Context, x exportedTenant) (dropped int, err error) {
	rows, err := im.tx.Query(ctx, "SELECT column_id, key_number, created_at, version, mac FROM pgseal.column_pin WHERE tenant = $1", [16]byte(x.ID))
	if err != nil {
		return 0, err
	}
	s, p := im.blank(), pin{tenant: x.ID}
	var number int64
	var mac []byte
	var bad [][]byte
	_, err = pgx.ForEachRow(rows, []any{&p.column, &number, &p.created, &p.version, &mac}, func() error {
		p.number = crypto.KeyNumber(number)
		if _, err := s.verifyPin(&p, mac); err != nil {
			bad = append(bad, slices.Clone(p.column))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	theirs, err := im.e.rows.of("column_pin", "tenant", x.ID)
	if err != nil {
		return 0, err
	}
	for _, column := range bad {
		if !hasColumnID(theirs, column) && !im.o.Replace {
			im.refuse("tenant %q: the pin of a deterministic column, %x, does not verify, and the export does not have it", x.Name, column)
		}
		if _, err := im.tx.Exec(ctx, "DELETE FROM pgseal.column_pin WHERE tenant = $1 AND column_id = $2", [16]byte(x.ID), column); err != nil {
			return 0, err
		}
	}
	return len(bad), nil
}

func hasColumnID(rows rawRows, column []byte) bool {
	want := fmt.Sprintf(`\x%x`, column)
	return slices.ContainsFunc(rows, func(raw json.RawMessage) bool {
		var row struct {
			ColumnID string `json:"column_id"`
		}
		return json.Unmarshal(raw, &row) == nil && strings.EqualFold(row.ColumnID, want)
	})
}

// exportedPins reads the export's pins of a tenant as the store would.
func (im *importer) exportedPins(ctx context.Context, tenant crypto.TenantID, rows rawRows) (pins map[crypto.ColumnID]crypto.KeyNumber, err error) {
	err = im.trial(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM pgseal.column_pin WHERE tenant = $1", [16]byte(tenant)); err != nil {
			return err
		}
		if err := put(ctx, tx, "column_pin", rows, 0); err != nil {
			return err
		}
		pins, err = im.source().readPins(ctx, tx, tenant)
		return err
	})
	return pins, err
}

// pins brings back the data keys that deterministic columns keep.
func (im *importer) pins(ctx context.Context, out *ImportedTenant) error {
	rows, err := im.e.rows.of("column_pin", "tenant", out.id)
	if err != nil || len(rows) == 0 {
		return err
	}
	have, err := im.blank().readPins(ctx, im.tx, out.id)
	if err != nil {
		return err
	}
	theirs, err := im.exportedPins(ctx, out.id, rows)
	if err != nil {
		return err
	}
	for column, number := range theirs {
		switch now, ok := have[column]; {
		case !ok:
			out.Pins++
		case now != number && !im.o.Replace:
			im.refuse("tenant %q: the deterministic column %s has been pinned to the data key %s since its pin to %s was lost: equal values of before and after do not meet",
				out.Name, column, hexNumber(now), hexNumber(number))
		case now != number:
			out.Pins++
			out.note("column %s is pinned to the data key %s again; values that were sealed in between are not found by equality before they are written anew", column, hexNumber(number))
		}
	}
	if out.Pins == 0 {
		return nil
	}
	for column := range theirs {
		encoded, err := column.MarshalBinary()
		if err != nil {
			return err
		}
		if _, err := im.tx.Exec(ctx, "DELETE FROM pgseal.column_pin WHERE tenant = $1 AND column_id = $2", [16]byte(out.id), encoded); err != nil {
			return err
		}
	}
	return put(ctx, im.tx, "column_pin", rows, 0)
}
