package pgstore

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// macDomain is the first part of every MAC: the kind of thing and its format.
const macDomain = "pgseal control record 1"

// record collects the parts of one control record's MAC, each of a fixed
// encoding: text and bytes as they are, numbers as 8 bytes big endian (two's
// complement), flags as one byte, times as microseconds since 1970. A value
// that may be NULL is preceded by a flag. All fields of a table go in, in the
// table's order.
type record struct {
	table string
	parts [][]byte
}

// newRecord begins with what keeps a record in its place: the store's id and
// the table's name.
func newRecord(store storeID, table string) *record {
	return &record{table: table, parts: [][]byte{[]byte(macDomain), store[:], []byte(table)}}
}

func (r *record) bytes(values ...[]byte) *record {
	r.parts = append(r.parts, values...)
	return r
}

func (r *record) text(values ...string) *record {
	for _, v := range values {
		r.parts = append(r.parts, []byte(v))
	}
	return r
}

func (r *record) number(values ...int64) *record {
	for _, v := range values {
		r.parts = append(r.parts, binary.BigEndian.AppendUint64(nil, uint64(v)))
	}
	return r
}

func (r *record) flag(values ...bool) *record {
	for _, v := range values {
		b := byte(0)
		if v {
			b = 1
		}
		r.parts = append(r.parts, []byte{b})
	}
	return r
}

// time takes the zero time as NULL.
func (r *record) time(t time.Time) *record {
	if t.IsZero() {
		return r.flag(false).bytes(nil)
	}
	return r.flag(true).number(t.UnixMicro())
}

func (r *record) texts(values []string) *record {
	return r.number(int64(len(values))).text(values...)
}

// sign gives the record's MAC.
func (r *record) sign(key *crypto.ControlKey) []byte {
	sum := key.Sum(r.parts...)
	return sum[:]
}

// verify is nil or a KeyRecordInvalid that names the record for people.
func (r *record) verify(key *crypto.ControlKey, mac []byte, what string) error {
	if key.Verify(mac, r.parts...) {
		return nil
	}
	return invalid(what, fmt.Errorf("pgstore: the MAC of %s in pgseal.%s does not verify", what, r.table))
}

// invalid is the error of a control record that is not to be believed. For a
// tenant's record, the caller adds the tenant.
func invalid(what string, cause error) *keysource.Error {
	return &keysource.Error{Kind: keysource.KeyRecordInvalid, Op: keysource.OpRecord, Key: what, Cause: cause}
}

// micro is a time as the database keeps it.
func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
