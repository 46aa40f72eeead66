package guard

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// Held says why a column with rows is not taken on by itself: half of its values sealed would break what the server holds it to, or they do not fit
// beside each other. It stays plain, and everything goes on as it was, until an operator has all of it converted at once.
type Held struct {
	Reason  string
	Columns [][16]byte // ids of the records that are converted with it, its own among them, in an order that stays
}

// The key of the advisory lock that whoever works on a column holds: TurnClass, and what TurnKey gives.
const TurnClass = 0x70677362

// TurnKey is the second half of the lock's key.
func TurnKey(column [16]byte) int32 { return int32(binary.BigEndian.Uint32(column[:4])) }

// hold finds the columns that are held.
func (w *walk) hold(ctx context.Context, listed []*matched) error {
	var open []*matched
	for _, m := range listed {
		if m.live != nil && m.record != nil && m.record.Wanted == "" &&
			(m.record.State == pgstore.ColumnPlain || m.record.State == pgstore.ColumnReadable || m.record.State == pgstore.ColumnUnsealing) && prepare(m.live, m.logical).obstacle == "" {
			open = append(open, m)
		}
	}
	if len(open) == 0 {
		return w.shut(ctx, listed)
	}
	keyed, err := keys(ctx, w.store.Conns(ctx), open)
	if err != nil {
		return err
	}
	for i, m := range open {
		reason := keyed[i]
		if p := prepare(m.live, m.logical); reason == "" && p.empty {
			reason = fmt.Sprintf("values of type %s do not lie as they are sealed", m.live.typeName)
		}
		if reason == "" {
			continue
		}
		has, err := w.mayHaveRows(ctx, m.live)
		if err != nil {
			return err
		}
		if has {
			m.holdWith(open, reason)
		}
	}
	return w.shut(ctx, listed)
}

// holdWith holds the column, and what is of its equality domain.
func (m *matched) holdWith(open []*matched, reason string) {
	for o, held := range m.together(open, reason) {
		if o == m || o.held == nil {
			o.held = held
		}
	}
}

// together gives the column, and what of the columns is of its equality domain, with why each is converted with the others.
func (m *matched) together(columns []*matched, reason string) map[*matched]*Held {
	group := []*matched{m}
	for _, o := range columns {
		if o != m && m.Domain != "" && o.Domain == m.Domain {
			group = append(group, o)
		}
	}
	var ids [][16]byte
	for _, o := range group {
		ids = append(ids, o.record.ID)
	}
	slices.SortFunc(ids, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	all := make(map[*matched]*Held)
	for _, o := range group {
		if all[o] = (&Held{reason, ids}); o != m {
			all[o].Reason = fmt.Sprintf("it is of one equality domain with %s, of which %s", m.Column.String(), reason)
		}
	}
	return all
}

// keys says of each column which unique index, exclusion constraint or foreign key it is in; empty: none.
func keys(ctx context.Context, db Querier, columns []*matched) ([]string, error) {
	var relations []int64
	var names []string
	for _, m := range columns {
		relations, names = append(relations, int64(m.live.relation)), append(names, m.live.Name)
	}
	rows, err := db.Query(ctx, `
		WITH RECURSIVE tree (ord, relation, name) AS (
			SELECT ord, r::oid, c FROM unnest($1::int8[], $2::text[]) WITH ORDINALITY u (r, c, ord)
			UNION SELECT tree.ord, i.inhrelid, tree.name FROM tree JOIN pg_catalog.pg_inherits i ON i.inhparent = tree.relation),
		place AS (SELECT t.ord, t.relation, a.attnum FROM tree t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.relation AND a.attname = t.name AND NOT a.attisdropped)
		SELECT ord, min(why) FROM (
			SELECT p.ord, 'the unique index ' || i.indexrelid::pg_catalog.regclass::text || ' would not hold while it is sealed or opened row by row' AS why
			FROM place p JOIN pg_catalog.pg_index i ON i.indrelid = p.relation AND (i.indisunique OR i.indisexclusion) AND p.attnum = ANY (i.indkey)
			UNION ALL
			SELECT p.ord, 'the foreign key ' || pg_catalog.quote_ident(k.conname) || ' on ' || k.conrelid::pg_catalog.regclass::text || ' would not hold while it is sealed or opened row by row'
			FROM place p JOIN pg_catalog.pg_constraint k ON k.contype = 'f'
				AND (k.conrelid = p.relation AND p.attnum = ANY (k.conkey) OR k.confrelid = p.relation AND p.attnum = ANY (k.confkey))) AS all_of_them
		GROUP BY ord`, relations, names)
	if err != nil {
		return nil, err
	}
	found := make([]string, len(columns))
	var ord int64
	var why string
	_, err = pgx.ForEachRow(rows, []any{&ord, &why}, func() error {
		found[ord-1] = why
		return nil
	})
	return found, err
}

// stay keeps a column where it is. One that is readable, and on which nobody works any more, becomes plain again: nothing of it is sealed.
func (w *walk) stay(ctx context.Context, m *matched, c *ColumnStatus) (outcome, error) {
	c.Held = m.held
	c.Note = fmt.Sprintf("it can only be sealed all at once, for %s: run pgseal column encrypt %s", m.held.Reason, m.Column.String())
	if m.record.State == pgstore.ColumnUnsealing { // it was opened at once, and the order was taken back before all knew
		return w.proveOpened(ctx, m, c, "pgseal")
	}
	if !w.mayChange || m.record.State != pgstore.ColumnReadable {
		return stuck, nil
	}
	r, free := *m.record, false
	err := w.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := tx.Conn().QueryRow(ctx, "SELECT pg_catalog.pg_try_advisory_xact_lock($1::int4, $2::int4)", TurnClass, TurnKey(r.ID)).Scan(&free); err != nil || !free {
			return err
		}
		r.State = pgstore.ColumnPlain
		if err := tx.SaveColumn(ctx, &r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column plain", Actor: "pgseal", Detail: m.Column.String()})
	})
	if err != nil {
		return w.excuse(ctx, m, c, preparation{}, err)
	}
	if free {
		*m.record = r
	}
	return pending, nil
}
