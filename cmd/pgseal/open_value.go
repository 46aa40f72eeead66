package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

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
	g := o.generations[header.Number]
	switch {
	case header.Tag != crypto.StoreTag(o.export.StoreTag):
		return nil, errors.New("the value was sealed for another store")
	case g == nil:
		return nil, fmt.Errorf("the key export has no data key %08x: the value is another tenant's, or younger than the export", uint32(header.Number))
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
		return nil, errors.New("the value does not belong to this column and tenant, or was altered")
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
