package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/census"
	"github.com/legatics/pgseal/proxy/guard"
)

// values tells each data key, and what is sealed under it.
func (r *reportView) values(ctx context.Context, s *site, t *pgstore.Tenant, o reportOptions) error {
	r.Values = valuesView{How: o.count, Columns: []columnCensusView{}}
	columns, err := s.store.Columns(ctx)
	if keysource.KindOf(err) == keysource.KeyRecordInvalid { // then it is not known which columns are protected
		if o.alone {
			err = errors.New("the records of the protected columns do not verify") // they name columns
		}
		r.distrust(err)
		r.Values.How, o.count, columns, err = countNone, countNone, nil, nil
	}
	if err != nil {
		return err
	}
	var counted []census.Column
	if o.count != countNone {
		counted, err = census.Take(ctx, census.Options{DB: s.store.Conns(ctx), Tag: s.store.Tag(), Exact: o.count == countExact, Time: o.countTime}, columns)
		if err != nil {
			return err
		}
	}
	numbers := []crypto.KeyNumber{t.Current.Number}
	for _, e := range t.Elders {
		numbers = append(numbers, e.Number)
	}
	r.Values.alone = o.alone
	r.Values.incomplete = slices.ContainsFunc(counted, func(c census.Column) bool { return c.NotCounted != "" })
	if o.alone {
		counted = ownCounts(counted, numbers)
	}
	for _, n := range numbers {
		r.DataKeys = append(r.DataKeys, r.dataKey(t, n, counted, columns))
	}
	slices.SortStableFunc(r.DataKeys, func(a, b dataKeyView) int { // the youngest first; one whose birth is not known last
		return momentOf(b.Made).Compare(momentOf(a.Made))
	})
	orders, err := guard.Orders(ctx, s.store, columns)
	if err != nil {
		return err
	}
	opened := make(map[string]*guard.Order)
	for i := range columns {
		if o := orders[columns[i].ID]; o != nil && !columns[i].Retired {
			opened[crypto.NewColumnID(columns[i].Schema, columns[i].Table, columns[i].Name).String()] = o
		}
	}
	for _, c := range counted {
		if o.alone && len(c.Sealed) == 0 {
			continue
		}
		v := censusOf(c)
		if o := opened[v.Column]; o != nil {
			v.Opened = &openedView{By: o.By, Since: o.Since}
		}
		r.Values.Columns = append(r.Values.Columns, v)
	}
	return r.unknownNumbers(ctx, s, numbers, counted) // with o.alone there are none: only his own numbers are left
}

// ownCounts is what was counted of the tenant's own values. What else lies in the columns is other tenants', or may be, and how large they are says how much of it there is.
func ownCounts(counted []census.Column, own []crypto.KeyNumber) []census.Column {
	mine := make([]census.Column, len(counted))
	for i, c := range counted {
		mine[i] = census.Column{Schema: c.Schema, Table: c.Table, Name: c.Name, State: c.State, NotCounted: c.NotCounted, Sealed: map[crypto.KeyNumber]census.Count{}}
		for _, n := range own {
			if count, ok := c.Sealed[n]; ok {
				mine[i].Sealed[n] = count
			}
		}
	}
	return mine
}

func momentOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func (r *reportView) dataKey(t *pgstore.Tenant, n crypto.KeyNumber, counted []census.Column, columns []pgstore.Column) dataKeyView {
	v := dataKeyView{Number: dataKeyName(n), Current: n == t.Current.Number, Opened: "data key " + dataKeyName(t.Current.Number)}
	if v.Current {
		v.Opened = t.Current.Wrapped.KeyARN
	}
	for i := range r.History {
		if h := &r.History[i]; h.DataKey == v.Number {
			v.Made, v.Provider = &h.At, h.Provider
			break
		}
	}
	var sum census.Count
	known := false
	for _, c := range counted {
		if c.NotCounted != "" {
			continue
		}
		known = true
		if count, ok := c.Sealed[n]; ok {
			sum = sum.Add(count)
			v.Columns = append(v.Columns, columnCountView{nameOfColumn(c), viewOfCount(count)})
		}
	}
	if known {
		count := viewOfCount(sum)
		v.Values = &count
	}
	for id, pinned := range t.Pins {
		if name := pinName(id, columns); pinned == n && name != "" {
			v.Pinned = append(v.Pinned, name)
		}
	}
	slices.Sort(v.Pinned)
	return v
}

func nameOfColumn(c census.Column) string {
	return crypto.NewColumnID(c.Schema, c.Table, c.Name).String()
}

// pinName is whose values are sealed under a pin: a column by its present name, or a domain. It is empty for a pin of before the column was sealed anew,
// and for one that checksums are made by.
func pinName(id crypto.ColumnID, columns []pgstore.Column) string {
	former := false
	for _, c := range columns {
		for round := range c.Round + 2 {
			if keysource.PinOf(c.Key.ID, round) != id {
				continue
			}
			if former = round < c.Round || round > c.Round && c.NextMode == 0; former {
				continue
			}
			if c.Domain == "" {
				return crypto.NewColumnID(c.Schema, c.Table, c.Name).String()
			}
			return crypto.NewDomainID(c.Domain).String()
		}
	}
	if former || bulk.IsSum(id) {
		return ""
	}
	return id.String()
}

func censusOf(c census.Column) columnCensusView {
	v := columnCensusView{Column: nameOfColumn(c), State: string(c.State), Percent: c.Percent, Unseen: c.Unseen, NotCounted: c.NotCounted}
	for _, part := range []struct {
		count census.Count
		view  **countView
	}{{c.Plain, &v.Plain}, {c.Spoilt, &v.Spoilt}} {
		if part.count.N > 0 {
			count := viewOfCount(part.count)
			*part.view = &count
		}
	}
	return v
}

// unknownNumbers tells of values whose data key the store does not have. Those of other tenants are not this report's.
func (r *reportView) unknownNumbers(ctx context.Context, s *site, own []crypto.KeyNumber, counted []census.Column) error {
	known := make(map[crypto.KeyNumber]bool)
	for _, n := range own {
		known[n] = true
	}
	for _, c := range counted {
		for _, n := range slices.Sorted(maps.Keys(c.Sealed)) {
			if _, asked := known[n]; !asked {
				var err error
				if known[n], err = s.store.Knows(ctx, n); err != nil {
					return err
				}
			}
			if !known[n] {
				r.Values.Unknown = append(r.Values.Unknown, unknownNumberView{dataKeyName(n), columnCountView{nameOfColumn(c), viewOfCount(c.Sealed[n])}})
			}
		}
	}
	return nil
}
