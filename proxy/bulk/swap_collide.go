package bulk

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Collision is a unique index that would not hold once the values are sealed: rows whose values differ as they lie, and no longer once they are
// normalized.
type Collision struct {
	Index string   `json:"index"`
	Table string   `json:"table"`
	Count int64    `json:"count"` // of rows that equal one before them
	Rows  []string `json:"rows"`  // the first of them, by primary key or by place; never by a value that is sealed
}

// namedCollisions bounds how many rows are named of each index.
const namedCollisions = 50

// unique is a unique index over a column.
type unique struct {
	name      string
	others    string // its other keys, as an array of texts
	predicate string
}

// Collisions are looked for without a lock, before anything is touched.
func (s *Swap) Collisions(ctx context.Context) (all []Collision, err error) {
	for _, c := range s.columns() {
		if s.opening || s.anew || len(c.form.record.Normalize) == 0 {
			continue // what differs as it lies, differs sealed
		}
		for _, l := range c.leaves {
			indexes, err := uniqueIndexes(ctx, s.r, l, c.status.Name)
			if err != nil {
				return nil, err
			}
			for _, u := range indexes {
				found, err := c.collide(ctx, l, u)
				if err != nil {
					return nil, err
				}
				if found.Count > 0 {
					all = append(all, found)
				}
			}
		}
	}
	return all, nil
}

func uniqueIndexes(ctx context.Context, r *Runner, l *leaf, column string) ([]unique, error) {
	rows, err := r.o.Pool.Query(ctx, `
		SELECT i.indexrelid::pg_catalog.regclass::text, coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), 'true'),
		       coalesce((SELECT pg_catalog.string_agg(pg_catalog.pg_get_indexdef(i.indexrelid, n + 1, true) || '::text', ', ') FROM pg_catalog.generate_series(0, i.indnkeyatts - 1) n WHERE i.indkey[n] <> a.attnum), '')
		FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attname = $2
		WHERE i.indrelid = $1::int8::oid AND i.indisunique AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1]) ORDER BY 1`, int64(l.relation), column)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (u unique, err error) {
		err = row.Scan(&u.name, &u.predicate, &u.others)
		return u, err
	})
}

// collide reads the values of a table and holds them against each other as they will be sealed.
func (c *swapColumn) collide(ctx context.Context, l *leaf, u unique) (found Collision, err error) {
	found = Collision{Index: u.name, Table: l.name}
	name := "t.ctid::text"
	if len(l.key) > 0 && !slices.Contains(l.key, l.column) {
		name = "concat_ws(', ', t." + strings.Join(l.key, "::text, t.") + "::text)"
	}
	rows, err := c.o.Pool.Query(ctx, fmt.Sprintf("SELECT %s, t.%s::text, ARRAY[%s]::text[] FROM ONLY %s AS t WHERE t.%[2]s IS NOT NULL AND (%[5]s)", name, l.column, u.others, l.name, u.predicate))
	if err != nil {
		return found, err
	}
	seen := make(map[[16]byte]bool)
	var row, stored string
	var others []*string
	_, err = pgx.ForEachRow(rows, []any{&row, &stored, &others}, func() error {
		if slices.Contains(others, nil) {
			return nil // NULL equals nothing
		}
		digest, err := c.digest([]byte(stored), others)
		if err != nil {
			return err
		}
		if seen[digest] {
			if found.Count++; found.Count <= namedCollisions {
				found.Rows = append(found.Rows, row)
			}
		}
		seen[digest] = true
		return nil
	})
	return found, err
}

// digest stands for what makes a row of the index unique.
func (c *swapColumn) digest(stored []byte, others []*string) (digest [16]byte, err error) {
	plain, err := c.form.canonical(stored)
	if err != nil {
		return digest, err
	}
	h := sha256.New()
	for _, part := range append([]string{string(plain)}, deref(others)...) {
		_ = binary.Write(h, binary.BigEndian, int64(len(part))) // a hash takes everything
		h.Write([]byte(part))
	}
	copy(digest[:], h.Sum(nil))
	return digest, nil
}

func deref(texts []*string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = *t
	}
	return out
}
