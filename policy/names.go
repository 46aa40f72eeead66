package policy

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// maxName is the longest identifier of PostgreSQL in bytes (NAMEDATALEN - 1); a longer name would never match.
const maxName = 63

// TableName is a schema-qualified name as the catalogue spells it. It is comparable.
type TableName struct{ Schema, Name string }

// String writes the name as the policy file does: a part with a dot or a double quote in it stands in double quotes.
func (n TableName) String() string { return quotePart(n.Schema) + "." + quotePart(n.Name) }

// Compare orders names by schema, then by name.
func (n TableName) Compare(o TableName) int {
	return cmp.Or(cmp.Compare(n.Schema, o.Schema), cmp.Compare(n.Name, o.Name))
}

func quotePart(s string) string {
	if s != "" && !strings.ContainsAny(s, `."`) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// ParseTableName reads schema.table. Either part may stand in double quotes, a double quote inside is then written
// twice. Nothing is folded to lower case.
func ParseTableName(s string) (TableName, error) {
	schema, rest, err := namePart(s)
	if err != nil {
		return TableName{}, err
	}
	if rest == "" {
		return TableName{}, fmt.Errorf("%q has no schema: write schema.table, such as public.%s", s, s)
	}
	table, rest, err := namePart(rest[1:])
	if err != nil {
		return TableName{}, err
	}
	if rest != "" {
		return TableName{}, fmt.Errorf("%q has more than two parts: write schema.table, and a part with a dot in double quotes", s)
	}
	return TableName{Schema: schema, Name: table}, nil
}

// namePart takes the first part off s; rest is empty or begins with the dot.
func namePart(s string) (part, rest string, err error) {
	if strings.HasPrefix(s, `"`) {
		part, rest, err = quotedPart(s)
		if err != nil {
			return "", "", err
		}
		return part, rest, checkIdentifier(part)
	}
	part, rest = s, ""
	if i := strings.IndexByte(s, '.'); i >= 0 {
		part, rest = s[:i], s[i:]
	}
	if strings.Contains(part, `"`) {
		return "", "", fmt.Errorf("%q has a double quote in the middle: quote the whole part and write the quote twice", s)
	}
	return part, rest, checkIdentifier(part)
}

func quotedPart(s string) (part, rest string, err error) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] != '"':
			b.WriteByte(s[i])
		case i+1 < len(s) && s[i+1] == '"':
			b.WriteByte('"')
			i++
		case i+1 == len(s) || s[i+1] == '.':
			return b.String(), s[i+1:], nil
		default:
			return "", "", fmt.Errorf("%q goes on after its closing double quote", s)
		}
	}
	return "", "", fmt.Errorf("%q has no closing double quote", s)
}

// checkIdentifier refuses what cannot be the name of anything in PostgreSQL.
func checkIdentifier(s string) error {
	switch {
	case s == "":
		return errors.New("a name is empty")
	case len(s) > maxName:
		return fmt.Errorf("the name %q has %d bytes, PostgreSQL keeps %d", s, len(s), maxName)
	case strings.IndexByte(s, 0) >= 0:
		return errors.New("a name holds a NUL byte")
	}
	return nil
}

// checkSchema refuses the schemas whose tables cannot be protected.
func checkSchema(schema string) error {
	switch {
	case schema == "pgseal":
		return errors.New("the schema pgseal is the proxy's own and cannot be protected")
	case schema == "information_schema" || strings.HasPrefix(schema, "pg_"):
		return fmt.Errorf("%s is a schema of PostgreSQL itself and cannot be protected", schema)
	}
	return nil
}
