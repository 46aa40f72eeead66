package crypto

import (
	"fmt"
	"strings"
)

// maxIDPart bounds one name in a column id. PostgreSQL's own names have at most 63 bytes; builds with a longer NAMEDATALEN exist.
const maxIDPart = 1024

// ColumnID is the frozen identity under which a column's values are sealed: schema, table and column at the moment of the first
// seal, or the equality domain that the column belongs to. Comparable; the zero value names nothing and seals nothing.
type ColumnID struct {
	canonical string // length-prefixed parts: three for a column, one for a domain
}

// NewColumnID is the identity of a column that is in no equality domain. Names are as the catalogue spells them, unquoted.
func NewColumnID(schema, table, column string) ColumnID {
	return ColumnID{string(appendParts(nil, schema, table, column))}
}

// NewDomainID is the identity that all columns of one equality domain share.
func NewDomainID(domain string) ColumnID {
	return ColumnID{string(appendParts(nil, domain))}
}

// ParseColumnID reads what MarshalBinary gives, and nothing else.
func ParseColumnID(encoded []byte) (ColumnID, error) {
	id := ColumnID{string(encoded)}
	if err := id.check(); err != nil {
		return ColumnID{}, err
	}
	return id, nil
}

// MarshalBinary gives the canonical bytes that go into derivation and additional data. The error is always nil.
func (id ColumnID) MarshalBinary() ([]byte, error) { return []byte(id.canonical), nil }

// IsZero tells whether the id names nothing.
func (id ColumnID) IsZero() bool { return id.canonical == "" }

// String is for people: schema.table.column with quotes where a name needs them, or "domain name".
func (id ColumnID) String() string {
	parts, err := splitParts(id.canonical, 3)
	switch {
	case err == nil && len(parts) == 3:
		return quoteName(parts[0]) + "." + quoteName(parts[1]) + "." + quoteName(parts[2])
	case err == nil && len(parts) == 1:
		return "domain " + quoteName(parts[0])
	}
	return "no column"
}

// check tells whether the id can be sealed under.
func (id ColumnID) check() error {
	parts, err := splitParts(id.canonical, 3)
	if err != nil || (len(parts) != 1 && len(parts) != 3) {
		return fmt.Errorf("%w: column id", ErrMalformed)
	}
	for _, p := range parts {
		if p == "" || len(p) > maxIDPart {
			return fmt.Errorf("%w: a name in a column id has 1 to %d bytes", ErrMalformed, maxIDPart)
		}
	}
	return nil
}

func quoteName(name string) string {
	for i, r := range name {
		lower := r == '_' || 'a' <= r && r <= 'z'
		if !lower && (i == 0 || r < '0' || r > '9') {
			return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	return name
}

// Column is the frozen identity of a column together with the family of its type ("text", "integer", ...): all that a sealed
// value is bound to besides tenant and key number. Comparable.
type Column struct {
	ID     ColumnID
	Family string
}

const paddedSuffix = "+pad"

// PaddedFamily is the family of a column whose plaintexts are padded (AppendPadded) before they are sealed: family with a suffix,
// so that a padded value never opens as an unpadded one.
func PaddedFamily(family string) string { return family + paddedSuffix }

func (c Column) check() error {
	if c.Family == "" || len(c.Family) > maxIDPart {
		return fmt.Errorf("%w: a type family has 1 to %d bytes", ErrMalformed, maxIDPart)
	}
	return c.ID.check()
}
