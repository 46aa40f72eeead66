package guard

import (
	"context"
	"fmt"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

// Plaintext is what a look for values that are not sealed has found in a column.
// No value leaves the server.
type Plaintext struct {
	Count   int64   // values that are not sealed, among those that were looked at; at most countedPlaintext
	Percent float64 // of the table that was looked at
	Hidden  bool    // row-level security hides rows from the present role: nothing was looked at
	Foreign bool    // the column's type is none that holds sealed values: nothing was looked at
}

// countedPlaintext bounds the count: more is as bad.
const countedPlaintext = 100_000

// More tells that there may be more than were counted.
func (p Plaintext) More() bool { return p.Count >= countedPlaintext || p.Percent < 100 }

// FindPlaintext looks through the column's table, its partitions and children for
// values that this store has not sealed. Of a table larger than budget bytes only
// about as much is read, spread over it; 0 stands for all.
func (c *ColumnStatus) FindPlaintext(ctx context.Context, db Querier, tag crypto.StoreTag, budget int64) (Plaintext, error) {
	found := Plaintext{Percent: 100}
	if c.Record == nil || len(c.Guard.tree) == 0 {
		return found, nil
	}
	l := c.Guard.tree[0]
	if l.typeOID != value.OIDText && l.typeOID != value.OIDBytea || (l.typeOID == value.OIDText) != armoured(c.Record) {
		found.Foreign = true
		return found, nil
	}
	var err error
	if found.Hidden, err = rowsHidden(ctx, db, l); err != nil || found.Hidden {
		return found, err
	}
	size, err := sizeOf(ctx, db, l)
	if err != nil {
		return found, err
	}
	sample := ""
	if budget > 0 && size > budget {
		found.Percent = max(100*float64(budget)/float64(size), 0.001)
		sample = fmt.Sprintf(" TABLESAMPLE system (%.4f)", found.Percent)
	}
	for _, part := range c.Guard.tree {
		if part.kind != 'r' || found.Count >= countedPlaintext {
			continue // rows lie in the partitions; those of foreign tables on other servers
		}
		// CASE keeps the server from taking the CHECK for granted, as it does with constraint_exclusion.
		n, err := one[int64](ctx, db, fmt.Sprintf("SELECT count(*) FROM (SELECT FROM ONLY %s%s WHERE CASE WHEN %s IS NULL THEN false ELSE NOT %s END LIMIT %d) AS plain",
			part.quotedRelation, sample, part.quotedName, expression(tag, armoured(c.Record), part.quotedName), countedPlaintext))
		if err != nil {
			return found, err
		}
		found.Count += n
	}
	return found, nil
}

// Sealed is a condition that tells sealed values of the store: of the text or
// bytea that ref stands for (quoted as quote_ident does it). It is NULL for NULL.
func Sealed(tag crypto.StoreTag, armoured bool, ref string) string {
	return expression(tag, armoured, ref)
}

// Armoured tells whether the column holds text with armour, else bytea.
func (c *ColumnStatus) Armoured() bool { return c.Record != nil && armoured(c.Record) }

// Relations are the column's table, its partitions and children, by OID, the
// root first.
func (c *ColumnStatus) Relations() []uint32 {
	var oids []uint32
	for _, l := range c.Guard.tree {
		oids = append(oids, l.relation)
	}
	return oids
}

// Quoted is the column's table and name, each quoted for statements.
func (c *ColumnStatus) Quoted() (table, name string) {
	if len(c.Guard.tree) == 0 {
		return quoteName(c.Schema) + "." + quoteName(c.Table), quoteName(c.Name)
	}
	return c.Guard.tree[0].quotedRelation, c.Guard.tree[0].quotedName
}
