package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// The way back at once: what differs from sealing at once.

// reversion opens all values. What lies open already gets its place in the table of values nevertheless: the rows are written from there.
type reversion struct{ decryption }

func (reversion) treat(f form, key Key, stored []byte) (plain, next []byte, err error) {
	if plain, next, err = (decryption{}).treat(f, key, stored); err != nil || next != nil {
		return plain, next, err
	}
	if !f.armoured && f.typ.Family() != "bytea" {
		return nil, nil, errPlaintext
	}
	return plain, append([]byte{}, stored...), nil
}

// revert has the column get the type back that applications see.
func (c *swapColumn) revert(ctx context.Context) error {
	original, rewrite, err := c.status.Reversion(ctx, c.o.Pool)
	c.kind, c.lies, c.how = reversion{}, original, guard.Conversion{}
	if rewrite {
		c.how.Rewrite = original
	}
	return err
}

// errMisfit is about a value that was opened and that the server takes for another one.
var errMisfit = errors.New("a value that was opened does not lie in the column's type as what it is: it may be longer than the type allows; nothing has changed")

// put puts values into the table of them. Those that were opened are read again as the server has them, so that none is cut, rounded or otherwise another.
func (w *swapTx) put(ctx context.Context, t *swapTable, c *swapColumn, l *leaf, out sealedRows) error {
	if !w.opening {
		return w.exec(ctx, t.insert(c), int64(l.relation), out.places, out.values)
	}
	if err := w.limit(ctx); err != nil {
		return err
	}
	rows, err := w.db.Query(ctx, t.insert(c)+fmt.Sprintf(" RETURNING f.place::text, pg_catalog.concat(f.%s)", c.place), int64(l.relation), out.places, out.values)
	if err != nil {
		return err
	}
	defer rows.Close()
	given := make(map[string]string, len(out.places))
	for i, p := range out.places {
		given[p] = out.values[i]
	}
	for rows.Next() {
		raw := rows.RawValues()
		place := string(raw[0])
		value, there := given[place]
		if !there || !c.form.same([]byte(value), raw[1]) {
			return errMisfit
		}
		delete(given, place)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(given) > 0 {
		return errMisfit
	}
	return nil
}

// same tells whether two texts are one value of the type.
func (f form) same(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	one, errOne := f.typ.Canonical([]byte{}, a, f.typ.OID, 0, nil)
	other, errOther := f.typ.Canonical([]byte{}, b, f.typ.OID, 0, nil)
	return errOne == nil && errOther == nil && bytes.Equal(one, other)
}

// readable has every proxy read both forms; names are of those that do not yet.
func (s *Swap) readable(ctx context.Context) (names string, err error) {
	if s.anew {
		return guard.AwaitAnew(ctx, s.r.o.Store, s.policy, s.ids(), s.actor)
	}
	if s.opening {
		return guard.AwaitOpening(ctx, s.r.o.Store, s.policy, s.ids())
	}
	return guard.MakeReadable(ctx, s.r.o.Store, s.policy, s.ids())
}

func (w *swapTx) ready(ctx context.Context) (names string, err error) {
	if w.anew {
		return guard.ReadyAnew(ctx, w.tx, w.policy, w.ids())
	}
	if w.opening {
		return guard.ReadyToOpen(ctx, w.tx, w.policy, w.ids())
	}
	return guard.Ready(ctx, w.tx, w.policy, w.ids())
}

// unguard takes the guard off before values are opened.
func (w *swapTx) unguard(ctx context.Context) error {
	if !w.opening {
		return nil
	}
	if err := w.limit(ctx); err != nil {
		return err
	}
	return guard.TakeOff(ctx, w.r.o.Store, w.tx, w.ids())
}

// settle records what the columns are, behind the conversion.
func (w *swapTx) settle(ctx context.Context) error {
	if w.anew {
		return guard.Renew(ctx, w.r.o.Store, w.tx, w.ids(), w.actor)
	}
	if w.opening {
		return guard.Unseal(ctx, w.r.o.Store, w.tx, w.ids())
	}
	return guard.Seal(ctx, w.r.o.Store, w.tx, w.ids())
}

// kind is the work that comes behind it: every value is read once more.
func (s *Swap) kind() string {
	switch {
	case s.anew:
		return pgstore.BulkReseal
	case s.opening:
		return pgstore.BulkDecrypt
	}
	return pgstore.BulkEncrypt
}

func (s *Swap) done() string {
	switch {
	case s.anew:
		return "opened, sealed anew, opened again"
	case s.opening:
		return "opened, held against what the server makes of them"
	}
	return "sealed, opened again"
}

// openingSteps are the last ones.
func (s *Swap) openingSteps(steps []Step) []Step {
	for _, c := range s.columns() {
		steps = append(steps, Step{fmt.Sprintf("-- the guard is taken off %s before its values are written; sealed values are refused from then on, by a CHECK that is there until every proxy knows; the column is plain when they do",
			c.status.Column.String()), lockAll})
	}
	return steps
}
