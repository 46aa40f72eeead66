package guard

import (
	"context"
	"fmt"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// What whoever opens columns at once does to their states, by an order (Open): AwaitOpening before, ReadyToOpen, TakeOff and Unseal in the transaction that
// opens them. He holds the lock of TurnKey of each from before AwaitOpening, else the next look of a proxy makes them sealed again.

// openKey is how a proxy's acknowledgements name a column that is opened at once: it takes values of its own type for what they are, too.
func openKey(column [16]byte) string { return pgstore.AckKey(column) + "/open" }

// openAck is what a proxy acknowledges of it: an order that is taken back and comes again is another one.
func openAck(r *pgstore.Column) pgstore.ColumnState {
	return pgstore.ColumnState(fmt.Sprintf("%s version %d", r.State, r.Version))
}

// AwaitOpening has every proxy read both forms of sealed columns. waitingFor names what keeps it from that just now: it is to be asked again until it is
// empty.
func AwaitOpening(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash, ids [][16]byte) (waitingFor string, err error) {
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
			names, err := awaitOne(ctx, tx, proxies, policy, r)
			if err != nil {
				return err
			}
			waitingFor = join(waitingFor, names)
		}
		return nil
	})
	return waitingFor, err
}

func awaitOne(ctx context.Context, tx *pgstore.Tx, proxies []pgstore.Proxy, policy pgstore.PolicyHash, r *pgstore.Column) (string, error) {
	switch {
	case !opening(r):
		return "", fmt.Errorf("the order to open %s for good was taken back", nameOf(r))
	case !sealsWrites(r.State):
		return "", fmt.Errorf("%s is %s: only sealed columns are opened at once", nameOf(r), r.State)
	case r.State == pgstore.ColumnSealing:
		return notOpen(proxies, policy, r), nil
	}
	if names := waitingForAck(proxies, policy, r); names != "" {
		return names, nil
	}
	r.State, r.Scrubbed = pgstore.ColumnSealing, time.Time{}
	if err := tx.SaveColumn(ctx, r); err != nil {
		return "", err
	}
	return notOpen(proxies, policy, r), tx.Event(ctx, pgstore.Event{Kind: "column sealing", Actor: "pgseal", Detail: nameOf(r)})
}

// notOpen names the live proxies that do not take both forms of a column yet.
func notOpen(proxies []pgstore.Proxy, policy pgstore.PolicyHash, r *pgstore.Column) (names string) {
	for i := range proxies {
		p := &proxies[i]
		if p.Live() && (p.Policy != policy || p.Acks[openKey(r.ID)] != openAck(r) || p.Acks[pgstore.AckKey(r.ID)] != r.State) {
			names = join(names, p.Name)
		}
	}
	return names
}

// ReadyToOpen says in a transaction that opens columns which live proxies do not read both forms of them; empty: all do, and it can begin.
func ReadyToOpen(ctx context.Context, tx *pgstore.Tx, policy pgstore.PolicyHash, ids [][16]byte) (waitingFor string, err error) {
	may := func(r *pgstore.Column) bool { return r.State == pgstore.ColumnSealing && opening(r) }
	return readyFor(ctx, tx, policy, ids, may, notOpen)
}

// TakeOff takes the guard off columns, in the transaction that opens their values.
func TakeOff(ctx context.Context, store *pgstore.Store, tx *pgstore.Tx, ids [][16]byte) error {
	w := &walk{store: store}
	return eachLive(ctx, tx, ids, func(r *pgstore.Column, l *liveColumn) error {
		return w.removeGuard(ctx, tx.Conn(), &matched{live: l, record: r})
	})
}

// Unseal records columns as unsealing in the transaction in which all of their values were opened. Sealed values are refused from then on, wherever one
// could lie, until the columns are plain.
func Unseal(ctx context.Context, store *pgstore.Store, tx *pgstore.Tx, ids [][16]byte) error {
	return eachLive(ctx, tx, ids, func(r *pgstore.Column, l *liveColumn) error {
		if err := refuseSealed(ctx, tx.Conn(), store.Tag(), l, l.typeOID != value.OIDBytea); err != nil {
			return err
		}
		r.State = pgstore.ColumnUnsealing
		if err := tx.SaveColumn(ctx, r); err != nil {
			return err
		}
		return tx.Event(ctx, pgstore.Event{Kind: "column unsealing", Actor: "pgseal", Detail: nameOf(r)})
	})
}

func eachLive(ctx context.Context, tx *pgstore.Tx, ids [][16]byte, f func(r *pgstore.Column, l *liveColumn) error) error {
	records, err := recordsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, r := range records {
		found, err := readLive(ctx, tx.Conn(), "WHERE c.oid = $1::int8::oid AND a.attnum = $2", int64(r.Relation), r.Attnum)
		if err != nil {
			return err
		}
		if len(found) != 1 {
			return pgstore.ErrConflict
		}
		if err := f(r, found[0]); err != nil {
			return err
		}
	}
	return nil
}

// Reversion says as which type the opened values of a sealed column lie, as statements name it, and whether the rows are written anew for that.
func (c *ColumnStatus) Reversion(ctx context.Context, db Querier) (original string, rewrite bool, err error) {
	root := c.Guard.root()
	if root == nil || c.Record == nil {
		return "", false, fmt.Errorf("guard: the column %s is gone", c.Column.String())
	}
	t := c.logical(c.Record, root)
	citext := value.Type{Live: &value.Live{}}.Family()
	switch {
	case t.Live != nil && t.Live.Enum:
		return quoteName(t.Live.Schema) + "." + quoteName(t.Live.Name), true, nil
	case t.Live != nil, c.Record.Key.Family == citext || c.Record.Key.Family == crypto.PaddedFamily(citext):
		original, err = one[string](ctx, db, `SELECT coalesce(min(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname)), '')
			FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'citext'`)
		if err == nil && original == "" {
			err = fmt.Errorf("the type citext of %s is not there any more", c.Column.String())
		}
		return original, true, err
	case t.OID == 0:
		return "", false, fmt.Errorf("the policy does not say of which type %s is: list it with type", c.Column.String())
	case t.OID == value.OIDBpchar && t.Typmod < 0:
		return "bpchar", true, nil
	case t.OID == value.OIDText && root.typeOID == value.OIDText, t.OID == value.OIDBytea:
		return t.Name(), false, nil
	}
	return t.Name(), true, nil
}
