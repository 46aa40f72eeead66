package guard

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// Order is an operator's order to open a column for good.
type Order struct {
	By    string
	Since time.Time
}

// opening tells whether a column is to be plain by an operator's order.
func opening(r *pgstore.Column) bool { return r.Wanted == pgstore.ColumnPlain }

// Orders finds out by whom, and since when, columns are to be plain.
func Orders(ctx context.Context, store *pgstore.Store, records []pgstore.Column) (map[[16]byte]*Order, error) {
	all := make(map[[16]byte]*Order)
	for i := range records {
		if r := &records[i]; opening(r) {
			all[r.ID] = &Order{By: "an operator", Since: r.Changed}
		}
	}
	if len(all) == 0 {
		return all, nil
	}
	work, err := store.Bulks(ctx)
	if keysource.KindOf(err) == keysource.KeyRecordInvalid { // then it is not known whose orders they are; that they were given is in the columns' records
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	for _, b := range work {
		if o := all[b.Column]; o != nil && b.Kind == pgstore.BulkDecrypt {
			o.By, o.Since = b.Actor, b.Started
		}
	}
	return all, nil
}

// What an order is called in the chain of events.
const (
	EventOpen     = "column decrypt ordered"
	EventSealAnew = "column decrypt taken back"
)

// orderPatience bounds how long an order waits for its turn among those who change columns.
const orderPatience = 10 * time.Second

// Open orders that the column whose record has the id be opened for good: it becomes plain, and stays so. SealAnew takes the order back. Both do it
// in one transaction with what also does, which gets the record as it then is. The steps that follow from the order are taken in the looks of coordinators.
func Open(ctx context.Context, store *pgstore.Store, id [16]byte, actor string, also func(tx *pgstore.Tx, r *pgstore.Column) error) error {
	return order(ctx, store, id, pgstore.ColumnPlain, pgstore.Event{Kind: EventOpen, Actor: actor}, also)
}

// SealAnew takes back what Open has ordered.
func SealAnew(ctx context.Context, store *pgstore.Store, id [16]byte, actor string, also func(tx *pgstore.Tx, r *pgstore.Column) error) error {
	return order(ctx, store, id, "", pgstore.Event{Kind: EventSealAnew, Actor: actor}, also)
}

func order(ctx context.Context, store *pgstore.Store, id [16]byte, wanted pgstore.ColumnState, event pgstore.Event, also func(tx *pgstore.Tx, r *pgstore.Column) error) error {
	for end := time.Now().Add(orderPatience); ; {
		err := store.Update(ctx, func(tx *pgstore.Tx) error {
			r, err := recordOf(ctx, tx, id)
			if err != nil {
				return err
			}
			if r.Wanted != wanted {
				r.Wanted = wanted
				if err := tx.SaveColumn(ctx, r); err != nil {
					return err
				}
				event.Detail = (&Column{Schema: r.Schema, Table: r.Table, Name: r.Name}).String()
				if err := tx.Event(ctx, event); err != nil {
					return err
				}
			}
			return also(tx, r)
		})
		if !errors.Is(err, pgstore.ErrBusy) && !errors.Is(err, pgstore.ErrConflict) || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Reopen has a column that is plain by order, and in which sealed values turned up nevertheless (a dump of before was loaded into it), read in both
// forms again while they are opened. It is for what Open also does.
func Reopen(ctx context.Context, tx *pgstore.Tx, r *pgstore.Column) error {
	if !opening(r) || r.State != pgstore.ColumnPlain {
		return nil
	}
	r.State = pgstore.ColumnUnsealing
	return tx.SaveColumn(ctx, r)
}

// HoldsSealed tells whether a value of this store lies in the column.
func (c *ColumnStatus) HoldsSealed(ctx context.Context, db Querier, tag crypto.StoreTag) (bool, error) {
	root := c.Guard.root()
	if root == nil || c.Record == nil || !root.holdsSealed() {
		return false, nil
	}
	return hasRow(ctx, db, root, expression(tag, armoured(c.Record), root.quotedName))
}

// recordOf reads a column's record in a transaction.
func recordOf(ctx context.Context, tx *pgstore.Tx, id [16]byte) (*pgstore.Column, error) {
	all, err := tx.Columns(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(r pgstore.Column) bool { return r.ID == id && !r.Retired })
	if at < 0 {
		return nil, fmt.Errorf("guard: the column's record is gone")
	}
	return &all[at], nil
}

// unchanged is ErrConflict where the record is not the one that was looked at.
func unchanged(ctx context.Context, tx *pgstore.Tx, r *pgstore.Column) error {
	now, err := recordOf(ctx, tx, r.ID)
	if err == nil && now.Version != r.Version {
		err = pgstore.ErrConflict
	}
	return err
}

// TypeBack is the statement that gives a column that was opened for good the type back that applications saw; empty where it has it. The server writes the
// whole table anew for it.
func (c *ColumnStatus) TypeBack() string {
	root := c.Guard.root()
	if root == nil || !c.Opening() || c.State() != pgstore.ColumnPlain || root.typeOID != value.OIDText || !armoured(c.Record) {
		return ""
	}
	name := "citext" // which has no OID that could be frozen
	if c.Record.TypeOID != 0 {
		name = value.Type{OID: c.Record.TypeOID, Typmod: c.Record.Typmod}.Name()
	}
	if name == "text" || root.citext {
		return ""
	}
	return alterType(root, name, "") + ";"
}
