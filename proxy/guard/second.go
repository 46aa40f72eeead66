package guard

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// A column may be sealed by way of a second one, which is filled while the first stays plain and authoritative, and then takes its place. What says so is the record's
// Before, in the state plain: from then on lists of all columns are written out, and the second column is in none of them.

// SecondColumn is the name of the second column of the column whose record has the id.
func SecondColumn(id [16]byte) string { return fmt.Sprintf("pgseal_%x", id[:4]) }

// CheckName is the name of the guard's CHECK on a column.
func CheckName(column string) string { return check.name(column) }

// SealedExpression is true for a sealed value of the store, and NULL for none. ref is quoted.
func SealedExpression(tag crypto.StoreTag, armoured bool, ref string) string {
	return expression(tag, armoured, ref)
}

// orderKey is how a proxy's acknowledgements name the place of a column in lists of all columns.
func orderKey(column [16]byte) string { return pgstore.AckKey(column) + "/order" }

// orderAck is what a proxy acknowledges of it; empty where the column stands where it lies.
func orderAck(before []string) pgstore.ColumnState {
	if len(before) == 0 {
		return ""
	}
	digest := sha256.Sum256([]byte(strings.Join(before, "\x00")))
	return pgstore.ColumnState(fmt.Sprintf("%x", digest[:8]))
}

// orderWaits names the live proxies that do not write lists of all columns by the record yet.
func orderWaits(proxies []pgstore.Proxy, policy pgstore.PolicyHash, r *pgstore.Column) string {
	var names []string
	for i := range proxies {
		if p := &proxies[i]; p.Live() && (p.Policy != policy || p.Acks[orderKey(r.ID)] != orderAck(r.Before)) {
			names = append(names, p.Name)
		}
	}
	return strings.Join(names, ", ")
}

// Announce records where a plain column stands, so that every proxy knows of its second column before there is one. waitingFor names the live proxies that
// do not yet: it is asked again until it is empty.
func Announce(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash, id [16]byte, before []string, actor string) (waitingFor string, err error) {
	err = store.Update(ctx, func(tx *pgstore.Tx) error {
		proxies, err := tx.Proxies(ctx)
		if err != nil {
			return err
		}
		if waitingFor = others(proxies, policy); waitingFor != "" {
			return nil
		}
		r, err := recordOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State != pgstore.ColumnPlain || opening(r) {
			return fmt.Errorf("the column is %s%s: only a plain one is sealed by way of a second column", r.State, wantedNote(r))
		}
		if !slices.Equal(r.Before, before) {
			for i := range proxies { // what was said in a former time must not be taken for the next one's
				if p := &proxies[i]; p.Live() && p.Acks[orderKey(id)] != orderAck(r.Before) {
					waitingFor = join(waitingFor, p.Name)
				}
			}
			if waitingFor != "" {
				return nil
			}
			r.Before = slices.Clone(before)
			if err := tx.SaveColumn(ctx, r); err != nil {
				return err
			}
			if err := tx.Event(ctx, pgstore.Event{Kind: "column second ordered", Actor: actor, Detail: nameOf(r)}); err != nil {
				return err
			}
		}
		waitingFor = orderWaits(proxies, policy, r)
		return nil
	})
	return waitingFor, err
}

// Withdraw records where a column stands when its second one is gone.
func Withdraw(ctx context.Context, store *pgstore.Store, id [16]byte, before []string, actor string) error {
	return store.Update(ctx, func(tx *pgstore.Tx) error {
		r, err := recordOf(ctx, tx, id)
		if err != nil {
			return err
		}
		r.Before = slices.Clone(before)
		if err := tx.SaveColumn(ctx, r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column second withdrawn", Actor: actor, Detail: nameOf(r)})
	})
}

// TakePlace records, in the transaction in which the second column takes the place of the first, where the column lies from now on.
func TakePlace(ctx context.Context, tx *pgstore.Tx, id [16]byte, attnum int16) error {
	r, err := recordOf(ctx, tx, id)
	if err != nil {
		return err
	}
	r.Attnum = attnum
	return tx.SaveColumn(ctx, r)
}
