package guard

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// What whoever seals deterministic columns anew at once does to their records: AwaitAnew before, ReadyAnew and Renew in the transaction that writes them,
// AdmitElder when all proxies know. He holds the lock of TurnKey of each from before AwaitAnew, else the next look of a proxy gives the order up.

// AwaitAnew orders that deterministic columns be sealed anew at once, under the newest data key, and has every proxy look for both forms. waitingFor names
// what keeps it from that just now: it is to be asked again until it is empty.
func AwaitAnew(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash, ids [][16]byte, actor string) (waitingFor string, err error) {
	err = store.Update(ctx, func(tx *pgstore.Tx) error {
		proxies, err := tx.Proxies(ctx)
		if err != nil {
			return err
		}
		records, err := recordsOf(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, r := range records {
			switch {
			case r.State != pgstore.ColumnSealed || r.Wanted != "" || r.Mode != crypto.Deterministic:
				return fmt.Errorf("%s is %s%s, in mode %s: only deterministic columns that are sealed are sealed anew at once", nameOf(r), r.State, wantedNote(r), r.Mode)
			case r.NextMode != 0 && (r.NextMode != r.Mode || r.Turned):
				return fmt.Errorf("%s is being sealed anew row by row already: see pgseal column status", nameOf(r))
			case r.NextMode == 0:
				r.NextMode, r.Turned = r.Mode, false
				if err := tx.SaveColumn(ctx, r); err != nil {
					return err
				}
				if err := tx.Event(ctx, pgstore.Event{Kind: "column reseal ordered", Actor: actor, Detail: nameOf(r) + ", at once"}); err != nil {
					return err
				}
			}
			waitingFor = join(waitingFor, notYet(proxies, policy, r))
		}
		return nil
	})
	return waitingFor, err
}

// ReadyAnew says in a transaction that seals columns anew which live proxies do not look for both forms of them; empty: all do, and it can begin.
func ReadyAnew(ctx context.Context, tx *pgstore.Tx, policy pgstore.PolicyHash, ids [][16]byte) (waitingFor string, err error) {
	may := func(r *pgstore.Column) bool {
		return r.State == pgstore.ColumnSealed && r.Wanted == "" && r.NextMode == crypto.Deterministic && r.Mode == crypto.Deterministic && !r.Turned
	}
	return readyFor(ctx, tx, policy, ids, may, notYet)
}

// Renew records columns as sealed anew in the transaction in which all of their values were. What is sealed as before is refused from then on: a proxy that
// does not know yet would write values that are equal to none of those. What is of their equality domain and holds nothing sealed comes along.
func Renew(ctx context.Context, store *pgstore.Store, tx *pgstore.Tx, ids [][16]byte, actor string) error {
	tenants, err := store.Tenants(ctx)
	if err != nil {
		return err
	}
	if err := bringAlong(ctx, tx, ids); err != nil {
		return err
	}
	return eachLive(ctx, tx, ids, func(r *pgstore.Column, l *liveColumn) error {
		heads, err := elderHeads(store.Tag(), tenants, r)
		if err != nil {
			return err
		}
		if err := refuseElder(ctx, tx.Conn(), heads, l, armoured(r)); err != nil {
			return err
		}
		r.Round, r.NextMode, r.Turned = r.Round+1, 0, false
		if err := tx.SaveColumn(ctx, r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column sealed anew", Actor: actor, Detail: fmt.Sprintf("%s, in mode %s", nameOf(r), r.Mode)})
	})
}

// bringAlong has the other columns of the domains enter the same round.
func bringAlong(ctx context.Context, tx *pgstore.Tx, ids [][16]byte) error {
	all, err := tx.Columns(ctx)
	if err != nil {
		return err
	}
	rounds := make(map[string]int)
	for i := range all {
		if r := &all[i]; slices.Contains(ids, r.ID) && r.Domain != "" {
			rounds[r.Domain] = r.Round + 1
		}
	}
	for i := range all {
		r := &all[i]
		round, there := rounds[r.Domain]
		switch {
		case !there || r.Retired || slices.Contains(ids, r.ID):
		case r.State != pgstore.ColumnPlain:
			return fmt.Errorf("%s is of the same equality domain and is %s: all of it is sealed anew together", nameOf(r), r.State)
		default:
			r.Round = round
			if err := tx.SaveColumn(ctx, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostHeads bounds the CHECK against what is sealed as before.
const mostHeads = 2000

// elderHeads are what values begin with that are sealed as before, of each tenant whose data key changes.
func elderHeads(tag crypto.StoreTag, tenants []pgstore.Listed, r *pgstore.Column) (heads [][]byte, err error) {
	for i := range tenants {
		t := &tenants[i]
		if t.Err != nil {
			return nil, t.Err
		}
		elder, there := t.Tenant.Pins[keysource.PinOf(r.Key.ID, r.Round)]
		newer, pinned := t.Tenant.Pins[keysource.PinOf(r.Key.ID, r.Round+1)]
		if !pinned {
			newer = t.Tenant.Current.Number
		}
		if there && elder != newer {
			heads = append(heads, binary.BigEndian.AppendUint32([]byte{byte(crypto.Deterministic), tag[0], tag[1]}, uint32(elder)))
		}
	}
	if len(heads) > mostHeads {
		return nil, fmt.Errorf("%d tenants have values in %s: too many to be sealed anew at once", len(heads), nameOf(r))
	}
	return heads, nil
}

// elderName is the name of that CHECK.
func elderName(column string) string { return "pgseal_newer_" + check.name(column)[len(checkPrefix):] }

// refuseElder makes it in place of one that is there.
func refuseElder(ctx context.Context, tx pgx.Tx, heads [][]byte, l *liveColumn, armoured bool) error {
	if err := dropCheckNamed(ctx, tx, l, elderName(l.Name)); err != nil || len(heads) == 0 {
		return err
	}
	head := fmt.Sprintf("substr(%s, 1, %d)", l.quotedName, len(heads[0]))
	if armoured { // 12 characters are nine bytes
		head = fmt.Sprintf("substr(decode(translate(substr(%s, %d, 12), '-_', '+/'), 'base64'), 1, %d)", l.quotedName, len(crypto.ArmourPrefix)+1, len(heads[0]))
	}
	var texts []string
	for _, h := range heads {
		texts = append(texts, fmt.Sprintf(`'\x%x'::bytea`, h))
	}
	_, err := tx.Exec(ctx, fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s <> ALL (ARRAY[%s])) NOT VALID", l.quotedRelation, quoteName(elderName(l.Name)), head, strings.Join(texts, ", ")))
	return err
}

// AdmitElder takes that CHECK off once every live proxy writes the columns as they are now, and the transactions have ended that were under way when all of them
// had begun to: a statement that was sealed before may wait in one of them, behind another of its Query or pipeline, and would write what no search finds.
// waitingFor says what it waits for; it is to be asked again, with the same elders, until it is empty.
func AdmitElder(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash, ids [][16]byte, elders *Drains) (waitingFor string, err error) {
	proxies, err := store.Proxies(ctx)
	if err != nil {
		return "", err
	}
	if waitingFor = notWritingAnew(proxies, policy, ids); waitingFor != "" {
		return waitingFor, nil
	}
	if left, err := elders.Ended(ctx, store.Pool(), "sealed as before"); err != nil || left != "" {
		return "transactions that began before all proxies knew: " + left, err
	}
	err = store.Update(ctx, func(tx *pgstore.Tx) error {
		proxies, err := tx.Proxies(ctx)
		if err != nil {
			return err
		}
		if waitingFor = notWritingAnew(proxies, policy, ids); waitingFor != "" {
			return nil
		}
		return eachLive(ctx, tx, ids, func(_ *pgstore.Column, l *liveColumn) error {
			return dropCheckNamed(ctx, tx.Conn(), l, elderName(l.Name))
		})
	})
	return waitingFor, err
}

// notWritingAnew names the live proxies that may still write the columns as they were sealed before.
func notWritingAnew(proxies []pgstore.Proxy, policy pgstore.PolicyHash, ids [][16]byte) (names string) {
	for _, id := range ids {
		for i := range proxies {
			if p := &proxies[i]; p.Live() && (p.Policy != policy || p.Acks[pgstore.AckKey(id)] != pgstore.ColumnSealed || p.Acks[moveKey(id)] != "") {
				names = join(names, p.Name)
			}
		}
	}
	return names
}

// movesAtOnce looks after a deterministic column that may only be sealed anew at once: nothing is written in the new way before all of it is. When nobody
// works on it any more, the order is given up: nothing of it is sealed anew.
func (w *walk) movesAtOnce(ctx context.Context, m *matched, c *ColumnStatus) (o outcome, mine bool, err error) {
	if m.record.Turned || m.record.NextMode != m.record.Mode || m.record.Mode != crypto.Deterministic {
		return stuck, false, nil
	}
	reason := "it is in an equality domain"
	if m.Domain == "" {
		found, err := keys(ctx, w.store.Pool(), []*matched{m})
		if err != nil || found[0] == "" {
			return stuck, false, err
		}
		reason = found[0]
	}
	if b, err := w.store.Bulk(ctx, m.record.ID); err != nil || b != nil && b.Kind == pgstore.BulkReseal && !b.Status.Ended() {
		return stuck, false, err // row by row: the work says what stands in its way
	}
	c.Note = fmt.Sprintf("it is sealed anew at once, for %s: run pgseal column reseal %s", reason, m.Column.String())
	r, free := *m.record, false
	err = w.store.Update(ctx, func(tx *pgstore.Tx) error {
		if err := tx.Conn().QueryRow(ctx, "SELECT pg_catalog.pg_try_advisory_xact_lock($1::int4, $2::int4)", TurnClass, TurnKey(r.ID)).Scan(&free); err != nil || !free {
			return err
		}
		r.NextMode = 0
		if err := tx.SaveColumn(ctx, &r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column reseal given up", Actor: "pgseal", Detail: m.Column.String()})
	})
	if err != nil {
		o, err = w.excuse(ctx, m, c, preparation{}, err)
		return o, true, err
	}
	if free {
		*m.record = r
	}
	return pending, true, nil
}
