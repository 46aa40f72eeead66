package guard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// What whoever converts held columns at once does to their states: MakeReadable before, Seal in the transaction that converts them. He holds the lock of TurnKey of
// each from before MakeReadable, else the next look of a proxy makes them plain again.

// MakeReadable makes columns readable, so that every proxy reads both forms. waitingFor names what keeps it from that just now: it is to be asked again until it
// is empty; then every live proxy works by it.
func MakeReadable(ctx context.Context, store *pgstore.Store, policy pgstore.PolicyHash, ids [][16]byte) (waitingFor string, err error) {
	err = store.Update(ctx, func(tx *pgstore.Tx) error {
		proxies, err := tx.Proxies(ctx)
		if err != nil {
			return err
		}
		if waitingFor = others(proxies, policy); waitingFor != "" {
			return nil
		}
		records, err := recordsOf(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, r := range records {
			if r.State != pgstore.ColumnPlain {
				waitingFor = join(waitingFor, waitingForAck(proxies, policy, r))
				continue
			}
			if late := notPlain(proxies, r.ID); late != "" {
				waitingFor = join(waitingFor, late)
				continue
			}
			r.State = pgstore.ColumnReadable
			if err := tx.SaveColumn(ctx, r); err != nil {
				return err
			}
			if err := tx.Event(ctx, pgstore.Event{Kind: "column readable", Actor: "pgseal", Detail: nameOf(r)}); err != nil {
				return err
			}
			waitingFor = join(waitingFor, waitingForAck(proxies, policy, r))
		}
		return nil
	})
	return waitingFor, err
}

func waitingForAck(proxies []pgstore.Proxy, policy pgstore.PolicyHash, r *pgstore.Column) string {
	return waitingFor(proxies, policy, r.ID, r.State)
}

// notPlain names live proxies whose last word about a column is of a former time at which it was readable: it must not be taken for one about the next.
func notPlain(proxies []pgstore.Proxy, column [16]byte) string {
	var names []string
	for i := range proxies {
		if acked, ok := proxies[i].Acks[pgstore.AckKey(column)]; ok && proxies[i].Live() && acked != pgstore.ColumnPlain {
			names = append(names, proxies[i].Name)
		}
	}
	return strings.Join(names, ", ")
}

func join(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + ", " + b
}

func nameOf(r *pgstore.Column) string {
	return (&Column{Schema: r.Schema, Table: r.Table, Name: r.Name}).String()
}

func recordsOf(ctx context.Context, tx *pgstore.Tx, ids [][16]byte) ([]*pgstore.Column, error) {
	all, err := tx.Columns(ctx)
	if err != nil {
		return nil, err
	}
	var found []*pgstore.Column
	for i := range all {
		if slices.Contains(ids, all[i].ID) {
			found = append(found, &all[i])
		}
	}
	if len(found) != len(ids) {
		return nil, pgstore.ErrConflict
	}
	return found, nil
}

// Ready says in a transaction that converts columns which live proxies do not read both forms of them; empty: all do, and it can begin.
func Ready(ctx context.Context, tx *pgstore.Tx, policy pgstore.PolicyHash, ids [][16]byte) (waitingFor string, err error) {
	may := func(r *pgstore.Column) bool {
		return (r.State == pgstore.ColumnReadable || r.State == pgstore.ColumnSealing) && r.Wanted == ""
	}
	return readyFor(ctx, tx, policy, ids, may, waitingForAck)
}

// readyFor names the live proxies that columns wait for, each of which may be worked on: else somebody has changed them meanwhile.
func readyFor(ctx context.Context, tx *pgstore.Tx, policy pgstore.PolicyHash, ids [][16]byte, may func(*pgstore.Column) bool,
	lacking func([]pgstore.Proxy, pgstore.PolicyHash, *pgstore.Column) string) (waitingFor string, err error) {
	proxies, err := tx.Proxies(ctx)
	if err != nil {
		return "", err
	}
	records, err := recordsOf(ctx, tx, ids)
	if err != nil {
		return "", err
	}
	waitingFor = others(proxies, policy)
	for _, r := range records {
		if !may(r) {
			return "", pgstore.ErrConflict
		}
		waitingFor = join(waitingFor, lacking(proxies, policy, r))
	}
	return waitingFor, nil
}

// Seal puts the guard on columns in the transaction in which all of their values were sealed, has the CHECK prove that, and records the columns as
// sealed.
func Seal(ctx context.Context, store *pgstore.Store, tx *pgstore.Tx, ids [][16]byte) error {
	records, err := recordsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, r := range records {
		if err := sealOne(ctx, store, tx, r); err != nil {
			return err
		}
	}
	return nil
}

func sealOne(ctx context.Context, store *pgstore.Store, tx *pgstore.Tx, r *pgstore.Column) error {
	found, err := readLive(ctx, tx.Conn(), "WHERE c.oid = $1::int8::oid AND a.attnum = $2", int64(r.Relation), r.Attnum)
	if err != nil {
		return err
	}
	if len(found) != 1 {
		return pgstore.ErrConflict
	}
	l, tag := found[0], store.Tag()
	report, err := installTriggers(ctx, tx.Conn(), tag, l, armoured(r))
	if err != nil {
		return err
	}
	if err := dropStale(ctx, tx.Conn(), l); err != nil {
		return err
	}
	t := targetOf(l, armoured(r))
	if !report.Whole() {
		for _, s := range append(remakeCheck(tag, t, &report), validate(t)) {
			if _, err := tx.Conn().Exec(ctx, s); err != nil {
				return err
			}
		}
	}
	if report, err = verifyOne(ctx, tx.Conn(), tag, l, armoured(r)); err != nil {
		return err
	}
	if !report.Whole() {
		return fmt.Errorf("guard: the guard of %s is not as it was made just now: %s", l, &report)
	}
	r.State = pgstore.ColumnSealed
	if err := tx.SaveColumn(ctx, r); err != nil {
		return err
	}
	return tx.Event(ctx, pgstore.Event{Kind: "column sealed", Actor: "pgseal", Detail: nameOf(r)})
}

// EnsureFunction makes the function that the triggers of Seal run.
func EnsureFunction(ctx context.Context, store *pgstore.Store) error {
	return ensureFunction(ctx, store)
}

// Conversion says how values of a held column come to lie as sealed ones.
type Conversion struct {
	Change  string // the statement that makes the column fit without touching a row; empty: it does
	Rewrite string // the type that the rows are written anew as; empty: they are updated
}

// Conversion of a column that is not sealed yet.
func (c *ColumnStatus) Conversion() Conversion {
	if len(c.Guard.tree) == 0 || c.Record == nil {
		return Conversion{}
	}
	l := c.Guard.tree[0]
	switch p := prepare(l, c.logical(c.Record, l)); {
	case !p.empty:
		return Conversion{Change: p.statement}
	case armoured(c.Record):
		return Conversion{Rewrite: "text"}
	}
	return Conversion{Rewrite: "bytea"}
}
