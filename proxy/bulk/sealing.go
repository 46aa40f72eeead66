package bulk

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// Key is a tenant's key handle, with its own deadline.
type Key interface {
	Seal(dst []byte, c crypto.Column, m crypto.Mode, plaintext []byte) ([]byte, error)
	Open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error)
	Check() error
	Tag() crypto.StoreTag
	Release()
}

// form is what values of a column are sealed as, by its record.
type form struct {
	record *pgstore.Column
	typ    value.Type
}

func formOf(r *pgstore.Column) form {
	return form{record: r, typ: value.Type{OID: r.TypeOID, Typmod: r.Typmod}}
}

// Errors of values.
var (
	errNotOpened = errors.New("a value carries this store's seal and does not open: it is spoilt, or was sealed for another tenant or column")
	errNotProved = errors.New("a value that was just sealed does not open to what it was")
)

// sealed tells whether a stored value is sealed, by opening it.
func (f form) sealed(key Key, stored []byte) (bool, error) {
	raw, err := crypto.AppendUnarmour(nil, stored)
	if err != nil || !crypto.CarriesTag(key.Tag(), raw) {
		return false, nil
	}
	if _, err := key.Open(nil, f.record.Key, raw); err != nil {
		if key.Check() != nil {
			return false, key.Check()
		}
		return false, fmt.Errorf("%w (%w)", errNotOpened, err)
	}
	return true, nil
}

// seal gives the armour of a stored plaintext, proved to open to the same bytes.
func (f form) seal(key Key, stored []byte) ([]byte, error) {
	plain, err := f.typ.Canonical(nil, stored, f.record.TypeOID, 0, nil)
	if err != nil {
		return nil, err
	}
	if len(f.record.Normalize) > 0 {
		if plain, err = value.Normalize(nil, plain, f.record.Normalize); err != nil {
			return nil, err
		}
	}
	if f.record.Pad > 0 {
		plain = crypto.AppendPadded(nil, plain, f.record.Pad)
	}
	sealed, err := key.Seal(nil, f.record.Key, f.record.Mode, plain)
	if err != nil {
		return nil, err
	}
	opened, err := key.Open(nil, f.record.Key, sealed)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(opened, plain) {
		return nil, errNotProved
	}
	return crypto.AppendArmour(nil, sealed), nil
}
