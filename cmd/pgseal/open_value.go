package main

import (
	"encoding/hex"
	"errors"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// errNotOfColumn: the value does not authenticate as one of the column's.
var errNotOfColumn = errors.New("the value does not belong to this column and tenant, or was altered")

// openText opens a sealed value as text has it, and returns its plaintext as PostgreSQL would print it.
func (o *opener) openText(c *pgstore.ExportedColumn, text string) ([]byte, error) {
	sealed, err := unarmoured(text)
	if err != nil {
		return nil, err
	}
	header, err := crypto.ParseHeader(sealed)
	if err != nil {
		return nil, errors.New("this is no sealed value")
	}
	if header.Tag != o.export.Tag() {
		return nil, errors.New("the value was sealed for another store")
	}
	g, err := o.generation(header.Number)
	if err != nil {
		return nil, err
	}
	key, err := c.Key()
	if err != nil {
		return nil, err
	}
	column, err := g.Column(key)
	if err != nil {
		return nil, err
	}
	plain, err := column.Open(nil, sealed)
	if err != nil {
		return nil, errNotOfColumn
	}
	if c.Pad > 0 {
		if plain, err = crypto.Unpad(plain); err != nil {
			return nil, err
		}
	}
	if c.TypeOID == 0 { // an enum or citext, whose values are texts; the type has another OID in each database
		return plain, nil
	}
	t := value.Type{OID: c.TypeOID, Typmod: c.Typmod}
	return t.Wire(nil, plain, 0, &value.Settings{})
}

// unarmoured gives a sealed value's bytes, of its armour or of a bytea's text.
func unarmoured(text string) ([]byte, error) {
	if digits, ok := strings.CutPrefix(text, `\x`); ok {
		b, err := hex.DecodeString(digits)
		if err != nil {
			return nil, errors.New("this is no bytea in hex")
		}
		return b, nil
	}
	b, err := crypto.AppendUnarmour(nil, []byte(text))
	if err != nil {
		return nil, errors.New("this is no sealed value")
	}
	return b, nil
}

// looksSealed tells that a whole text is a sealed value of the export's store, by its first bytes and its length.
func (o *opener) looksSealed(text string) bool {
	if !strings.HasPrefix(text, crypto.ArmourPrefix) && !strings.HasPrefix(text, `\x`) {
		return false
	}
	sealed, err := unarmoured(text)
	if err != nil {
		return false
	}
	header, err := crypto.ParseHeader(sealed)
	return err == nil && header.Tag == o.export.Tag()
}

// identify finds the column that a value of an unknown column belongs to: it opens as that column's and as no other's. Nil where there is none.
func (o *opener) identify(text string) (*pgstore.ExportedColumn, error) {
	columns := o.export.Columns()
	for i := range columns {
		_, err := o.openText(&columns[i], text)
		switch {
		case err == nil:
			return &columns[i], nil
		case !errors.Is(err, errNotOfColumn):
			return nil, err
		}
	}
	return nil, nil
}
