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
	SealIn(dst []byte, c crypto.Column, m crypto.Mode, round int, plaintext []byte) ([]byte, error)
	Open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error)
	Check() error
	Tag() crypto.StoreTag
	// Newest is the data key that what is written in randomized mode is sealed under, Pinned that of a deterministic column's round.
	Newest() crypto.KeyNumber
	Pinned(column crypto.ColumnID, round int) (crypto.KeyNumber, error)
	Release()
}

// form is what values of a column are sealed as, by its record.
type form struct {
	record *pgstore.Column
	typ    value.Type
	bytea  bool // values lie as the sealed bytes, else in armour
}

func formOf(r *pgstore.Column) form {
	if r.TypeOID == 0 { // an enum or citext: of those that are armoured it is citext, whose values are texts
		return form{record: r, typ: value.Type{OID: value.OIDText, Typmod: -1}}
	}
	return form{record: r, typ: value.Type{OID: r.TypeOID, Typmod: r.Typmod}}
}

// Errors of values.
var (
	errNotOpened = errors.New("a value carries this store's seal and does not open: it is spoilt, or was sealed for another tenant or column")
	errNotProved = errors.New("a value that was just sealed does not open to what it was")
)

// way is how what is written is sealed.
func (f form) way() (crypto.Mode, int) {
	if r := f.record; r.NextMode != 0 && r.Turned {
		return r.NextMode, r.Round + 1
	}
	return f.record.Mode, f.record.Round
}

// raw gives the bytes of a stored value that looks sealed by the key's store.
func (f form) raw(key Key, stored []byte) (raw []byte, ok bool) {
	if f.bytea {
		return stored, crypto.CarriesTag(key.Tag(), stored)
	}
	raw, err := crypto.AppendUnarmour(nil, stored)
	return raw, err == nil && crypto.CarriesTag(key.Tag(), raw)
}

// opened gives the plaintext of a stored value that is sealed; nil where it is none, which is found out by opening it.
func (f form) opened(key Key, stored []byte) ([]byte, error) {
	raw, ok := f.raw(key, stored)
	if !ok {
		return nil, nil
	}
	plain, err := key.Open([]byte{}, f.record.Key, raw)
	if err != nil {
		if gone := key.Check(); gone != nil { // asked once: a second answer could be another one, and the value be taken for a plaintext
			return nil, gone
		}
		return nil, fmt.Errorf("%w (%w)", errNotOpened, err)
	}
	return plain, nil
}

// plain gives what is sealed of a stored plaintext: its canonical form, normalized and padded. What carries the store's seal is none, whatever the caller
// says.
func (f form) plain(key Key, stored []byte) ([]byte, error) {
	if _, ok := f.raw(key, stored); ok {
		return nil, errNotOpened
	}
	plain, err := f.typ.Canonical([]byte{}, stored, f.typ.OID, 0, nil)
	if err != nil {
		return nil, err
	}
	if len(f.record.Normalize) > 0 {
		if plain, err = value.Normalize([]byte{}, plain, f.record.Normalize); err != nil {
			return nil, err
		}
	}
	if f.record.Pad > 0 {
		plain = crypto.AppendPadded(nil, plain, f.record.Pad)
	}
	return plain, nil
}

// seal gives the stored form of what plain gave, proved to open to the same bytes.
func (f form) seal(key Key, plain []byte) ([]byte, error) {
	mode, round := f.way()
	sealed, err := key.SealIn(nil, f.record.Key, mode, round, plain)
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
	if f.bytea {
		return sealed, nil
	}
	return crypto.AppendArmour(nil, sealed), nil
}
