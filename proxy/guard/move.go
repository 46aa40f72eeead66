package guard

import (
	"context"
	"fmt"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// moveKey is how a proxy's acknowledgements name a column's being sealed anew.
func moveKey(column [16]byte) string { return pgstore.AckKey(column) + "/anew" }

// moveAck is what a proxy acknowledges of it: to what, in which round, whether what it writes is sealed so, and by which version of the record: an order that
// is given up and comes again is another one. Empty where the column is not sealed anew.
func moveAck(r *pgstore.Column) pgstore.ColumnState {
	if r.NextMode == 0 {
		return ""
	}
	return pgstore.ColumnState(fmt.Sprintf("%s round %d turned %t version %d", r.NextMode, r.Round+1, r.Turned, r.Version))
}

// notYet names the live proxies that do not work by the policy and by how the column is sealed anew now.
func notYet(proxies []pgstore.Proxy, policy pgstore.PolicyHash, r *pgstore.Column) string {
	var names []string
	for i := range proxies {
		if p := &proxies[i]; p.Live() && (p.Policy != policy || p.Acks[moveKey(r.ID)] != moveAck(r)) {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// move takes a column that is sealed anew from its order to where values may be
// written in the other way. First every live proxy reads, and looks for, values
// of both ways, and what was planned before that has ended; then all of them
// write in the new one; then the rows may be gone through.
func (w *walk) move(ctx context.Context, m *matched, c *ColumnStatus) (outcome, error) {
	if m.record.NextMode == 0 || m.record.State != pgstore.ColumnSealed || !w.mayChange || w.drains == nil {
		return stuck, nil
	}
	if o, mine, err := w.movesAtOnce(ctx, m, c); mine || err != nil {
		return o, err
	}
	proxies, err := w.store.Proxies(ctx)
	if err != nil {
		return stuck, err
	}
	if names := notYet(proxies, w.policy, m.record); names != "" {
		c.Note = fmt.Sprintf("waiting for every live proxy to know that it is sealed anew (%s): %s", moveAck(m.record), names)
		return pending, nil
	}
	left, err := w.drains.Ended(ctx, w.store.Conns(ctx), moveKey(m.record.ID)+string(moveAck(m.record)))
	switch {
	case err != nil:
		return stuck, err
	case left != "":
		c.Note = "waiting for transactions that began before every proxy knew that it is sealed anew: " + left
		return pending, nil
	case m.record.Turned:
		c.Turned = true
		return stuck, nil
	}
	return w.turn(ctx, m, c)
}

// turn has what is written sealed in the new way from now on.
func (w *walk) turn(ctx context.Context, m *matched, c *ColumnStatus) (outcome, error) {
	next := *m.record
	err := w.store.Update(ctx, func(tx *pgstore.Tx) error {
		proxies, err := tx.Proxies(ctx)
		if err != nil {
			return err
		}
		if names := notYet(proxies, w.policy, m.record); names != "" {
			return &waiting{"waiting for every live proxy to know that it is sealed anew: " + names}
		}
		next.Turned = true
		if err := tx.SaveColumn(ctx, &next); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column written anew", Actor: "pgseal", Detail: fmt.Sprintf("%s, in mode %s", m.Column.String(), next.NextMode)})
	})
	if err != nil {
		return w.excuse(ctx, m, c, preparation{}, err)
	}
	*m.record = next
	w.log.Info("a column is written in the way that it is sealed anew in", "column", m.Column.String(), "mode", next.NextMode.String())
	return pending, nil
}

// OrderMove has all values of a sealed column sealed anew in a mode. Values in randomized mode that stay in it need no order. The error says for
// people why it cannot be.
func OrderMove(ctx context.Context, store *pgstore.Store, column [16]byte, mode crypto.Mode, actor string) error {
	return store.Update(ctx, func(tx *pgstore.Tx) error {
		r, err := recordOf(ctx, tx, column)
		if err != nil {
			return err
		}
		before := r.NextMode
		switch {
		case r.State != pgstore.ColumnSealed || r.Wanted != "":
			return fmt.Errorf("it is %s%s: only a sealed column is sealed anew", r.State, wantedNote(r))
		case r.NextMode == mode, r.NextMode == 0 && mode == r.Mode && mode == crypto.Randomized:
			return nil
		case r.NextMode != 0 && !r.Turned:
			return fmt.Errorf("it was ordered a moment ago to be sealed anew in mode %s, and not every proxy knows yet: ask again when pgseal column status says that it is under way", r.NextMode)
		case r.NextMode != 0: // what was written until now is one of several ways: none of them is looked for before all is done
			r.Mode, r.Round = r.NextMode, r.Round+1
		}
		r.NextMode, r.Turned = mode, false
		if err := tx.SaveColumn(ctx, r); err != nil {
			return err
		}
		detail := fmt.Sprintf("%s.%s.%s, from mode %s to %s", r.Schema, r.Table, r.Name, r.Mode, mode)
		if before != 0 {
			detail += ", in place of " + before.String()
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column reseal ordered", Actor: actor, Detail: detail})
	})
}

// abandonMove ends the being sealed anew of a column of which no sealed value is left. Neither of its rounds comes again: what was acknowledged and waited for
// in them would else be taken for what has to be in the next one.
func abandonMove(r *pgstore.Column) {
	if r.NextMode != 0 {
		r.NextMode, r.Turned, r.Round = 0, false, r.Round+2
	}
}

func wantedNote(r *pgstore.Column) string {
	if r.Wanted == "" {
		return ""
	}
	return ", and was ordered to be " + string(r.Wanted)
}

// EndMove records that all values of a column are sealed in the way that was
// ordered. again: they are to be sealed anew once more, for there is a newer data
// key. ErrConflict where the record is not the one of that version any more.
func EndMove(ctx context.Context, store *pgstore.Store, column [16]byte, version int64, again bool) error {
	return store.Update(ctx, func(tx *pgstore.Tx) error {
		r, err := recordOf(ctx, tx, column)
		if err != nil {
			return err
		}
		if r.Version != version || r.NextMode == 0 || !r.Turned {
			return pgstore.ErrConflict
		}
		r.Mode, r.Round, r.NextMode, r.Turned = r.NextMode, r.Round+1, 0, false
		kind := "column sealed anew"
		if again {
			r.NextMode, kind = r.Mode, "column reseal goes on"
		}
		if err := tx.SaveColumn(ctx, r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: kind, Actor: "pgseal", Detail: fmt.Sprintf("%s.%s.%s, in mode %s", r.Schema, r.Table, r.Name, r.Mode)})
	})
}
