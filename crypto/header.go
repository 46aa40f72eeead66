package crypto

import (
	"encoding/binary"
	"fmt"
)

// Mode is how a column is sealed; its value is the first byte of a sealed value.
type Mode byte

const (
	// Randomized values reveal their length and nothing else.
	Randomized Mode = 0x01
	// Deterministic values of one column and tenant reveal, besides, which of them are equal.
	Deterministic Mode = 0x02
)

// String is the mode's name in a policy.
func (m Mode) String() string {
	switch m {
	case Randomized:
		return "randomized"
	case Deterministic:
		return "deterministic"
	}
	return fmt.Sprintf("mode(0x%02x)", byte(m))
}

const (
	headerSize         = 1 + 2 + 4
	nonceRandomized    = 24
	nonceDeterministic = 12
	tagSize            = 16

	// OverheadRandomized and OverheadDeterministic are what sealing adds to a plaintext, in bytes.
	OverheadRandomized    = headerSize + nonceRandomized + tagSize
	OverheadDeterministic = headerSize + nonceDeterministic + tagSize

	// maxPlaintext is the longest plaintext that is sealed: PostgreSQL's own limit for one field.
	maxPlaintext = 1 << 30
)

// overhead is 0 for a mode that does not exist.
func (m Mode) overhead() int {
	switch m {
	case Randomized:
		return OverheadRandomized
	case Deterministic:
		return OverheadDeterministic
	}
	return 0
}

// Header is the open part of a sealed value. Nothing in it is to be believed before the value has opened.
type Header struct {
	Mode   Mode
	Tag    StoreTag
	Number KeyNumber
}

func (h Header) bytes() [headerSize]byte {
	b := [headerSize]byte{byte(h.Mode), h.Tag[0], h.Tag[1]}
	binary.BigEndian.PutUint32(b[3:], uint32(h.Number))
	return b
}

// ParseHeader reads the header of a sealed value (not of its armour). ErrMalformed when the format byte is unknown or the value
// is shorter than its mode's overhead.
func ParseHeader(sealed []byte) (Header, error) {
	if len(sealed) < headerSize {
		return Header{}, ErrMalformed
	}
	m := Mode(sealed[0])
	if m.overhead() == 0 || len(sealed) < m.overhead() || len(sealed) > m.overhead()+maxPlaintext {
		return Header{}, ErrMalformed
	}
	return Header{
		Mode:   m,
		Tag:    StoreTag{sealed[1], sealed[2]},
		Number: KeyNumber(binary.BigEndian.Uint32(sealed[3:headerSize])),
	}, nil
}

// CarriesTag tells whether bytes (not armour) look sealed by this store: format byte, tag and minimum length. That is what
// "already sealed" means; it is no proof that the value opens.
func CarriesTag(tag StoreTag, sealed []byte) bool {
	h, err := ParseHeader(sealed)
	return err == nil && h.Tag == tag
}
