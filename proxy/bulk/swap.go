package bulk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// Swap converts held columns (guard.Held) at once: what the server holds them to would not hold while half of their values are sealed, or their sealed
// values are of another type. All of it is one transaction, during which reads go on and writes wait; its last part, for which reads wait too, is the
// server's own. It is done, or nothing is.
type Swap struct {
	r        *Runner
	policy   pgstore.PolicyHash
	opening  bool // they are opened for good; else sealed
	anew     bool // they are sealed already, and are sealed anew
	actor    string
	tables   []*swapTable
	foreign  []foreignKey
	triggers string
	keys     map[string]Key
}

// swapTable is a table of which columns are converted.
type swapTable struct {
	name    string // schema and table, quoted
	fill    string // of the temporary table that has the sealed values, by place
	number  int
	columns []*swapColumn
}

// swapColumn is one of the columns.
type swapColumn struct {
	status *guard.ColumnStatus
	column string // quoted
	place  string // its column in the table of sealed values
	how    guard.Conversion
	lies   string // the type that the values lie as afterwards
	*stretch

	sum     *summed
	written int64
}

// NewSwap looks at the columns that are to be converted together. The caller ends it with Close.
func NewSwap(ctx context.Context, r *Runner, policy pgstore.PolicyHash, columns []*guard.ColumnStatus) (*Swap, error) {
	return newSwap(ctx, r, policy, columns, false)
}

// NewOpening looks at sealed columns that are to be opened for good together (guard.ColumnStatus.AtOnce). The order (guard.Open) has to be there when it is
// run. The caller ends it with Close.
func NewOpening(ctx context.Context, r *Runner, policy pgstore.PolicyHash, columns []*guard.ColumnStatus) (*Swap, error) {
	return newSwap(ctx, r, policy, columns, true)
}

func newSwap(ctx context.Context, r *Runner, policy pgstore.PolicyHash, columns []*guard.ColumnStatus, opening bool) (*Swap, error) {
	s := &Swap{r: r, policy: policy, opening: opening, triggers: TriggersNone, keys: make(map[string]Key)}
	var server int
	if err := r.o.Pool.QueryRow(ctx, "SELECT current_setting('server_version_num')::int").Scan(&server); err != nil {
		return nil, err
	}
	for _, c := range columns {
		if err := s.add(ctx, c, server >= 140000); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(s.tables, func(a, b *swapTable) int { return cmp.Compare(a.name, b.name) })
	for i, t := range s.tables {
		t.number, t.fill = i, fmt.Sprintf("pg_temp.pgseal_fill_%d", i)
	}
	var err error
	s.foreign, err = foreignKeys(ctx, r.o.Pool, s.statuses())
	return s, err
}

func (s *Swap) add(ctx context.Context, c *guard.ColumnStatus, ranges bool) error {
	table, column := c.Quoted()
	tenant, tenantColumn := s.r.o.Tenant(c.Schema, c.Table)
	if tenant == "" && tenantColumn == "" {
		return errors.New("whose row is which is not known: name the table's tenant_column in the policy")
	}
	all, err := leaves(ctx, s.r.o.Pool, c, tenantColumn)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(s.tables, func(t *swapTable) bool { return t.name == table })
	if at < 0 {
		at = len(s.tables)
		s.tables = append(s.tables, &swapTable{name: table})
	}
	t := s.tables[at]
	swapped := &swapColumn{status: c, column: column, place: fmt.Sprintf("s%d", len(t.columns)), how: c.Conversion(), lies: "bytea",
		stretch: &stretch{Runner: s.r, kind: encryption{}, form: formOf(c.Record), leaves: all, keys: s.keys, tenant: tenant, ranges: ranges, bulk: &pgstore.Bulk{}}}
	if c.Armoured() {
		swapped.lies = "text"
	}
	if s.opening {
		err = swapped.revert(ctx)
	}
	t.columns = append(t.columns, swapped)
	return err
}

// SetTriggers says what becomes of the application's triggers: TriggersNone at first.
func (s *Swap) SetTriggers(triggers string) { s.triggers = triggers }

// Close gives the keys back.
func (s *Swap) Close() {
	for _, k := range s.keys {
		k.Release()
	}
}

func (s *Swap) columns() []*swapColumn {
	var all []*swapColumn
	for _, t := range s.tables {
		all = append(all, t.columns...)
	}
	return all
}

func (s *Swap) statuses() []*guard.ColumnStatus {
	var all []*guard.ColumnStatus
	for _, c := range s.columns() {
		all = append(all, c.status)
	}
	return all
}

// ids are the records of the columns, in the order in which their locks are taken.
func (s *Swap) ids() [][16]byte {
	var all [][16]byte
	for _, c := range s.columns() {
		all = append(all, c.form.record.ID)
	}
	slices.SortFunc(all, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	return all
}

// rewritten tells whether the rows of the table are written anew; else they are updated.
func (t *swapTable) rewritten() bool {
	return slices.ContainsFunc(t.columns, func(c *swapColumn) bool { return c.how.Rewrite != "" })
}
