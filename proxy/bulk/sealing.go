package bulk

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
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
	record   *pgstore.Column
	typ      value.Type
	armoured bool // else bytea
}

func formOf(r *pgstore.Column) form {
	armoured := (&guard.ColumnStatus{Record: r}).Armoured()
	if r.TypeOID == 0 { // an enum or citext, whose values are sealed as the texts that they are
		return form{record: r, typ: value.Type{OID: value.OIDText, Typmod: -1}, armoured: armoured}
	}
	return form{record: r, typ: value.Type{OID: r.TypeOID, Typmod: r.Typmod}, armoured: armoured}
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

// unarmoured gives the bytes of a stored value that looks sealed by the key's store.
func (f form) unarmoured(key Key, stored []byte) (raw []byte, ok bool) {
	var err error
	if f.armoured {
		raw, err = crypto.AppendUnarmour(nil, stored)
	} else if bytes.HasPrefix(stored, []byte(`\x`)) {
		raw, err = value.DecodeBytea(nil, stored)
	}
	return raw, err == nil && crypto.CarriesTag(key.Tag(), raw)
}

// opened gives the plaintext of a stored value that is sealed; nil where it is none, which is found out by opening it.
func (f form) opened(key Key, stored []byte) ([]byte, error) {
	raw, ok := f.unarmoured(key, stored)
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
	if _, ok := f.unarmoured(key, stored); ok {
		return nil, errNotOpened
	}
	plain, err := f.canonical(stored)
	if err == nil && f.record.Pad > 0 {
		plain = crypto.AppendPadded(nil, plain, f.record.Pad)
	}
	return plain, err
}

// canonical is the canonical form of a stored plaintext, normalized.
func (f form) canonical(stored []byte) ([]byte, error) {
	plain, err := f.typ.Canonical([]byte{}, stored, f.typ.OID, 0, nil)
	if err != nil {
		return nil, err
	}
	if !f.armoured { // what it reads as is printed again as the server prints it, or it was read as something else
		if printed, err := f.typ.Wire([]byte{}, plain, 0, nil); err != nil || !bytes.Equal(printed, stored) {
			return nil, errors.Join(errNotProved, err)
		}
	}
	if len(f.record.Normalize) > 0 {
		return value.Normalize([]byte{}, plain, f.record.Normalize)
	}
	return plain, nil
}

// seal gives what plain gave as it is stored sealed, in text form, proved to open to the same bytes.
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
	if !f.armoured {
		return value.AppendByteaText(nil, sealed), nil
	}
	return crypto.AppendArmour(nil, sealed), nil
}
