package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// direct is a connection past pgseal.
type direct struct{ *pgx.Conn }

func (d direct) exec(ctx context.Context, sql string) error {
	_, err := d.PgConn().Exec(ctx, sql).ReadAll()
	return err
}

// stored looks into the sealed database: each sealed column holds NULL or values of the store, in the column's mode.
func (w *world) stored(ctx context.Context) (err error) {
	for _, t := range schema {
		for _, c := range t.columns {
			if !c.sealed() {
				continue
			}
			rows, e := w.behind.Query(ctx, "SELECT "+c.name+" FROM "+t.name+" WHERE "+c.name+" IS NOT NULL")
			if e != nil {
				return e
			}
			values, e := pgx.CollectRows(rows, pgx.RowTo[[]byte])
			if e != nil {
				return e
			}
			for _, v := range values {
				if e := w.sealedValue(c, v); e != nil {
					err = errors.Join(err, fmt.Errorf("stored in %s.%s: %w", t.name, c.name, e))
				}
			}
		}
	}
	return err
}

// sealedValue checks the head of a value: format and mode, the store's tag, and the least length.
func (w *world) sealedValue(c *column, v []byte) error {
	if c.kind.physical == "text" {
		text, ok := strings.CutPrefix(string(v), "pgs1_")
		raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
		if !ok || err != nil {
			return fmt.Errorf("%q is no armour", v)
		}
		v = raw
	}
	format, least := byte(1), 47
	if c.mode == deterministic {
		format, least = 2, 35
	}
	if len(v) < least || v[0] != format {
		return fmt.Errorf("%q is not sealed", v)
	}
	if w.tag == nil {
		w.tag = bytes.Clone(v[1:3])
	}
	if !bytes.Equal(v[1:3], w.tag) {
		return fmt.Errorf("%q has another tag", v)
	}
	return nil
}
