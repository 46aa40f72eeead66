package guard

import (
	"fmt"
	"strings"

	"github.com/legatics/pgseal/crypto"
)

// sqlForOwner gives the statements that the table's owner runs where the control
// role may not: what the coordinator would do itself. first is what has to be
// done to the column before, if anything.
func sqlForOwner(tag crypto.StoreTag, c *liveColumn, armoured bool, first string, r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-- pgseal: %s.%s, to be run by the owner of the table\nBEGIN;\n", c.quotedRelation, c.quotedName)
	b.WriteString("SET LOCAL search_path = pg_catalog;\nSET LOCAL lock_timeout = '5s';\n")
	if first != "" {
		b.WriteString(first + ";\n")
	}
	for i, l := range r.tree {
		// Partitions get theirs from the parent.
		if i == 0 || r.tree[0].kind != 'p' {
			for _, s := range r.mend(tag, l, armoured) {
				b.WriteString(s + ";\n")
			}
		}
	}
	b.WriteString("COMMIT;\n")
	if r.Check != Whole {
		t := targetOf(c, armoured)
		b.WriteString("-- Once no plaintext is left in the column (at once, if the table is empty):\n")
		fmt.Fprintf(&b, "SET search_path = pg_catalog;\n")
		if r.Check != NotValid {
			fmt.Fprintf(&b, "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s;\n%s;\n", t.relation, quoteName(check.name(t.column)), check.create(tag, t))
		}
		fmt.Fprintf(&b, "%s;\nRESET search_path;\n", validate(t))
	}
	return b.String()
}

func validate(t *target) string {
	return fmt.Sprintf("ALTER TABLE %s VALIDATE CONSTRAINT %s", t.relation, quoteName(check.name(t.column)))
}
