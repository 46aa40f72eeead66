package guard

import (
	"encoding/base64"
	"fmt"

	"github.com/legatics/pgseal/crypto"
)

// expression is the guard's test of one value: true for a sealed value of this
// store, false for anything else, NULL for NULL. It is made of immutable
// operators of pg_catalog alone and looks up no table. It has two forms for the
// two modes of sealing, each with its own minimum length.
//
// ref is the value ("new.email"), quoted as quote_ident does. The text is
// exactly what PostgreSQL itself prints for the expression (search_path
// pg_catalog), so that an altered one can be told by comparison.
func expression(tag crypto.StoreTag, armoured bool, ref string) string {
	one := func(m crypto.Mode, overhead int) string {
		head := []byte{byte(m), tag[0], tag[1]}
		if !armoured {
			return fmt.Sprintf(`((substr(%s, 1, %d) = '\x%x'::bytea) AND (octet_length(%[1]s) >= %[4]d))`, ref, len(head), head, overhead)
		}
		// Three bytes are exactly four characters. Other collations than C may take
		// different strings for equal.
		prefix := crypto.ArmourPrefix + base64.RawURLEncoding.EncodeToString(head)
		length := len(crypto.ArmourPrefix) + base64.RawURLEncoding.EncodedLen(overhead)
		return fmt.Sprintf(`(((substr(%s, 1, %d) COLLATE "C") = '%s'::text) AND (octet_length(%[1]s) >= %[4]d))`, ref, len(prefix), prefix, length)
	}
	return "(" + one(crypto.Randomized, crypto.OverheadRandomized) + " OR " + one(crypto.Deterministic, crypto.OverheadDeterministic) + ")"
}

// changed tells that an UPDATE gives the column another value, byte for byte.
func changed(armoured bool, name string) string {
	if armoured {
		return fmt.Sprintf(`((new.%s COLLATE "C") IS DISTINCT FROM (old.%[1]s COLLATE "C"))`, name)
	}
	return fmt.Sprintf(`(new.%s IS DISTINCT FROM old.%[1]s)`, name)
}
