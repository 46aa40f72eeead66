package crypto

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// StoreTag tells the values of one store (one database's pgseal schema) from any other bytes. It is drawn once, when the store is
// made.
type StoreTag [2]byte

// NewStoreTag draws a tag at random.
func NewStoreTag() StoreTag {
	var t StoreTag
	rand.Read(t[:])
	return t
}

// String is the tag as four hexadecimal digits.
func (t StoreTag) String() string { return hex.EncodeToString(t[:]) }

// TenantID is a tenant's immutable identity. It is random and has nothing to do with the tenant's name.
type TenantID [16]byte

// NewTenantID draws an identity at random, as a version 4 UUID (RFC 9562, section 5.4).
func NewTenantID() TenantID {
	var id TenantID
	rand.Read(id[:])
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id
}

// ParseTenantID reads exactly the text that String gives: lower-case 8-4-4-4-12 hexadecimal digits.
func ParseTenantID(text string) (TenantID, error) {
	var id TenantID
	if len(text) != 36 {
		return TenantID{}, fmt.Errorf("%w: a tenant id has 36 characters", ErrMalformed)
	}
	digits := text[0:8] + text[9:13] + text[14:18] + text[19:23] + text[24:36]
	if _, err := hex.Decode(id[:], []byte(digits)); err != nil || id.String() != text {
		return TenantID{}, fmt.Errorf("%w: a tenant id is a UUID in lower-case letters", ErrMalformed)
	}
	return id, nil
}

// String is the id as a lower-case UUID.
func (id TenantID) String() string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[0:4], id[4:6], id[6:8], id[8:10], id[10:16])
}

// MarshalText is String, for JSON and maps.
func (id TenantID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText is ParseTenantID.
func (id *TenantID) UnmarshalText(text []byte) error {
	parsed, err := ParseTenantID(string(text))
	if err == nil {
		*id = parsed
	}
	return err
}

// KeyNumber names one data-key generation of one tenant within a store. It is random, unique in the store and never used again;
// 0 is never used.
type KeyNumber uint32

// NewKeyNumber draws a number at random. Whether it is free in the store is for the store to say.
func NewKeyNumber() KeyNumber {
	for {
		var b [4]byte
		rand.Read(b[:])
		if n := KeyNumber(binary.BigEndian.Uint32(b[:])); n != 0 {
			return n
		}
	}
}
