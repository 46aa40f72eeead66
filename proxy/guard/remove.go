package guard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// root is the column in its own table; nil where there is none.
func (r *Report) root() *liveColumn {
	if len(r.tree) == 0 {
		return nil
	}
	return r.tree[0]
}

// gone tells whether nothing of the guard is there.
func (r *Report) gone() bool {
	for _, conditions := range r.parts {
		if slices.ContainsFunc(conditions, func(c Condition) bool { return c != Missing }) {
			return false
		}
	}
	return true
}

// removed is the report of the same relations with nothing of the guard on them.
func (r *Report) removed() Report {
	next := absent()
	next.tree, next.parts = r.tree, make(map[uint32][]Condition)
	return next
}

// remove are the statements that take what is there off one relation.
func (r *Report) remove(l *liveColumn) []string {
	var statements []string
	for p, condition := range r.parts[l.relation] {
		switch p := part(p); {
		case condition == Missing:
		case p == check:
			statements = append(statements, dropCheck(targetOf(l, false)))
		default:
			statements = append(statements, fmt.Sprintf("DROP TRIGGER IF EXISTS %s ON %s", quoteName(p.name(l.Name)), l.quotedRelation))
		}
	}
	return statements
}

// removeGuard takes the guard off the column's whole tree, in tx: off the root first, which takes along what partitions and children have of it.
func (w *walk) removeGuard(ctx context.Context, tx pgx.Tx, m *matched) error {
	if _, err := tx.Exec(ctx, "SET LOCAL lock_timeout = '"+lockTimeout+"'"); err != nil {
		return err
	}
	for round := 0; ; round++ {
		r, err := verifyOne(ctx, tx, w.store.Tag(), m.live, armoured(m.record))
		if err != nil || r.gone() {
			return err
		}
		if round == 2 {
			return fmt.Errorf("guard: what was taken off %s just now is there: %s", m.live, &r)
		}
		relations := r.tree
		if round == 0 {
			relations = relations[:1]
		}
		for _, l := range relations {
			for _, statement := range r.remove(l) {
				if _, err := tx.Exec(ctx, statement); err != nil {
					return err
				}
			}
		}
	}
}

// sqlToRemove are the statements with which the table's owner takes the guard off; empty where nothing of it is there.
func (r *Report) sqlToRemove(root *liveColumn) string {
	if r.gone() {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "-- pgseal: %s, to be run by the owner of the table\nBEGIN;\nSET LOCAL lock_timeout = '5s';\n", root)
	for i, l := range r.tree {
		if i == 0 || r.tree[0].kind != 'p' { // partitions have theirs from the parent
			for _, s := range r.remove(l) {
				b.WriteString(s + ";\n")
			}
		}
	}
	b.WriteString("COMMIT;\n")
	return b.String()
}
