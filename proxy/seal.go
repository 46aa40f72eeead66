package proxy

import (
	"bytes"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// sent is a value as the client sent it: its type (0 where the client left it to the server) and its format code.
type sent struct {
	value  []byte
	oid    uint32
	format int16
	as     *value.Settings // by which it is read; nil: the session's present ones
}

// sealBytes appends the sealed value of what the client sent for a slot. The value is checked as the server would
// check it against the column's logical type first; nothing of it is in an error.
func (r *requests) sealBytes(dst []byte, key Key, slot *plan.Slot, in sent) ([]byte, error) {
	if w := r.sealing(); w != nil {
		defer w.add(&w.seal, time.Now())
	}
	col := slot.Column
	if slot.Cut > 0 {
		var err error
		if in, err = cutTo(slot, in); err != nil {
			return nil, clientError(err, r.s.tenant, col)
		}
	}
	t := col.Type
	if slot.Free {
		t.Typmod = -1
	}
	canonical := t.Canonical
	if slot.Search {
		canonical = t.CanonicalSearch
	}
	if in.as == nil {
		in.as = &r.s.settings.Load().value
	}
	plain, err := canonical(r.plain[:0], in.value, in.oid, in.format, in.as)
	if err != nil {
		if restored(key.Tag(), col, in) {
			return nil, alreadySealed(col)
		}
		return nil, clientError(err, r.using, col)
	}
	r.plain = plain
	if len(col.Normalize) > 0 {
		if plain, err = value.Normalize(nil, plain, col.Normalize); err != nil {
			return nil, clientError(err, r.using, col)
		}
	}
	if err := refuseSealed(key.Tag(), col, plain); err != nil {
		return nil, err
	}
	if col.Pad > 0 {
		plain = crypto.AppendPadded(nil, plain, col.Pad)
	}
	out, err := key.SealIn(dst, col.Key, col.Mode, slot.Round(), plain)
	if err != nil {
		return nil, clientError(err, r.using, col)
	}
	r.s.server.counters.sealed()
	return out, nil
}

// cutTo cuts a value as the cast to varchar(n) around it does.
func cutTo(slot *plan.Slot, in sent) (sent, error) {
	var err error
	in.value, err = value.Cut(in.value, in.oid, int(slot.Cut))
	if in.oid == value.OIDBpchar {
		in.oid = value.OIDText
	}
	return in, err
}

// literalOID is the type that the client's text gives a literal, 0 where it leaves that to the column.
func literalOID(s *plan.Slot) uint32 {
	if s.Array {
		return value.ElementOID(s.Cast)
	}
	return s.Cast
}

// refuseSealed refuses a value that already carries this store's seal: sealing it again would make it unreadable.
func refuseSealed(tag crypto.StoreTag, col *plan.Column, plain []byte) error {
	sealed := plain
	if col.Armoured {
		if !bytes.HasPrefix(plain, []byte(crypto.ArmourPrefix)) {
			return nil
		}
		var err error
		if sealed, err = crypto.AppendUnarmour(nil, plain); err != nil {
			return nil // not armoured, so not sealed
		}
	}
	if !crypto.CarriesTag(tag, sealed) {
		return nil
	}
	return alreadySealed(col)
}

// restored tells whether a value that is not of the column's type is a sealed one, as it lies in a dump of stored values.
func restored(tag crypto.StoreTag, col *plan.Column, in sent) bool {
	if col.Armoured {
		return false // armour is text, so that it was of the type
	}
	sealed := in.value
	if in.format != binaryFormat {
		var err error
		if sealed, err = value.DecodeBytea(nil, in.value); err != nil {
			return false
		}
	}
	return crypto.CarriesTag(tag, sealed)
}

func alreadySealed(col *plan.Column) error {
	return &plan.Refusal{Code: plan.AlreadySealed, Schema: col.Schema, Table: col.Table, Column: col.Name,
		Message: fmt.Sprintf("a value for %s.%s.%s is sealed already", col.Schema, col.Table, col.Name),
		Hint:    "Restore a dump of sealed values directly into the database, or as a role that the policy calls raw."}
}

// seal appends the sealed value in the form that the server stores: armour in a text column, else the bytes.
func (r *requests) seal(dst []byte, key Key, slot *plan.Slot, in sent) ([]byte, error) {
	if !slot.Column.Armoured {
		return r.sealBytes(dst, key, slot, in)
	}
	sealed, err := r.sealBytes(r.sealed[:0], key, slot, in)
	if err != nil {
		return nil, err
	}
	r.sealed = sealed
	return crypto.AppendArmour(dst, sealed), nil
}

// sealArray appends an array of sealed values in binary form. Elements that are NULL stay NULL.
func (r *requests) sealArray(dst []byte, key Key, slot *plan.Slot, in sent) ([]byte, error) {
	var elements [][]byte
	total := 0
	oid := value.ElementOID(in.oid)
	err := slot.Column.Type.EachElement(in.value, in.oid, in.format, func(element []byte) error {
		if element == nil {
			elements = append(elements, nil)
			return nil
		}
		sealed, err := r.seal(nil, key, slot, sent{value: element, oid: oid, format: in.format, as: in.as})
		elements = append(elements, sealed)
		total += len(sealed)
		if err == nil && slot.Both {
			var twin []byte
			twin, err = r.seal(nil, key, slot.Twin(), sent{value: element, oid: oid, format: in.format, as: in.as})
			elements = append(elements, twin)
			total += len(twin)
		}
		if total > r.grown() {
			return tooLong(r.s.server.limits.Message)
		}
		return err
	})
	if err != nil {
		return nil, clientError(err, r.using, slot.Column)
	}
	elementOID := uint32(oidBytea)
	if slot.Column.Armoured {
		elementOID = oidText
	}
	return value.AppendArray(dst, elementOID, elements), nil
}

// Types of the sealed form in the database.
const (
	oidBytea = 17
	oidText  = 25
)
