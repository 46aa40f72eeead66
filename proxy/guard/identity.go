package guard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/value"
)

// matched is a listed column with its place in the catalogue and its record.
type matched struct {
	Column
	live    *liveColumn     // nil: there is no such column
	record  *pgstore.Column // nil: it has none yet
	logical value.Type
	dirty   bool            // the record is to be written
	retire  *pgstore.Column // a former record of the name, to be written as retired
	problem string          // why the column cannot be sealed at all
	held    *Held           // why it is not taken on by itself; nil: it is
	atOnce  *Held           // why it is not opened row by row; nil: it may be
}

// match finds for each listed column its record: first by place, which survives
// a rename; else by name, which survives a restore elsewhere. It changes records
// where they say something out of date, and writes nothing. The records belong
// to the matches afterwards.
func match(columns []Column, l *live, records []pgstore.Column) []*matched {
	taken := make(map[[16]byte]bool)
	var all []*matched
	for _, c := range columns {
		m := &matched{Column: c, live: l.byName[[3]string{c.Schema, c.Table, c.Name}]}
		all = append(all, m)
		if m.live == nil {
			m.problem = "there is no such column"
			continue
		}
		m.find(l, records)
		if m.record != nil {
			taken[m.record.ID] = true
		}
		m.logical = c.logical(m.record, m.live)
	}
	for _, m := range all {
		if m.live != nil && m.record == nil {
			m.adopt(l, records, taken)
		}
	}
	return all
}

// find looks for the record that points to the column's place.
func (m *matched) find(l *live, records []pgstore.Column) {
	for i := range records {
		r := &records[i]
		if r.Retired || l.of(r) != m.live {
			continue
		}
		m.record = r
		if r.Schema != m.Schema || r.Table != m.Table || r.Name != m.Name { // renamed
			r.Schema, r.Table, r.Name = m.Schema, m.Table, m.Name
			m.dirty = true
		}
		return
	}
}

// adopt takes the record of a column of the same name whose place is gone: the
// database was restored, or the table made anew. Values of it may be there, so
// that from now on writes are sealed and both forms are read; whether it may
// be called sealed is found out again.
func (m *matched) adopt(l *live, records []pgstore.Column, taken map[[16]byte]bool) {
	at := slices.IndexFunc(records, func(r pgstore.Column) bool {
		return !r.Retired && !taken[r.ID] && l.of(&r) == nil && r.Schema == m.Schema && r.Table == m.Table && r.Name == m.Name
	})
	if at < 0 {
		return
	}
	r := &records[at]
	fits := prepare(m.live, m.Column.logical(r, m.live)) == preparation{}
	if !fits && r.State != pgstore.ColumnPlain {
		if m.Column.family(m.logical) != r.Key.Family {
			r.Retired = true // another column, with an identity of its own
			m.retire = r
			return
		}
		r.State = pgstore.ColumnPlain
	}
	switch {
	case r.State == pgstore.ColumnSealed:
		r.State = pgstore.ColumnSealing
	case r.State == pgstore.ColumnPlain && opening(r) && fits:
		r.State = pgstore.ColumnUnsealing // sealed values of before may have come back
	}
	r.Origin, r.Relation, r.Attnum = l.origin, m.live.relation, m.live.attnum
	m.record, m.dirty = r, true
	m.logical = m.Column.logical(r, m.live)
}

// create makes the record of a column that is listed for the first time. all are
// the store's records, retired ones too: an identity that one of them holds is
// not given away again.
func (m *matched) create(origin string, all []*pgstore.Column) {
	r := &pgstore.Column{Schema: m.Schema, Table: m.Table, Name: m.Name, Origin: origin, Relation: m.live.relation, Attnum: m.live.attnum,
		State: pgstore.ColumnPlain}
	m.Column.freeze(r, m.logical)
	r.Key.ID = m.newID(all)
	m.record, m.dirty = r, true
}

func (m *matched) newID(all []*pgstore.Column) crypto.ColumnID {
	if m.Domain != "" {
		return crypto.NewDomainID(m.Domain)
	}
	held := func(id crypto.ColumnID) bool {
		return slices.ContainsFunc(all, func(r *pgstore.Column) bool { return r.Key.ID == id })
	}
	id := crypto.NewColumnID(m.Schema, m.Table, m.Name)
	for n := 2; held(id); n++ {
		id = crypto.NewColumnID(m.Schema, m.Table, fmt.Sprintf("%s#%d", m.Name, n))
	}
	return id
}

// settle holds the record against the policy. While nothing can have been
// sealed it is frozen anew; afterwards it stays. The text, if any, says what the
// policy may not ask for.
func (m *matched) settle(all []*pgstore.Column) string {
	r, next := m.record, *m.record
	m.Column.freeze(&next, m.logical)
	if r.State == pgstore.ColumnPlain {
		abandonMove(&next)
		if next.Domain != r.Domain {
			next.Key.ID = m.newID(slices.DeleteFunc(slices.Clone(all), func(o *pgstore.Column) bool { return o == r }))
		}
	} else {
		mode := next.Mode
		if mode == r.NextMode { // which the policy may list from the order on, and has to at the end
			next.Mode = r.Mode
		}
		if what := frozenDifference(r, &next); what != "" {
			way := ""
			if next.Mode != r.Mode {
				way = fmt.Sprintf(", or have its values sealed anew first: pgseal column reseal %s --mode %s", m.Column.String(), mode)
			}
			if way == "" {
				way = fmt.Sprintf("; for another setting have it opened (pgseal column decrypt %s), list it with that, and have it sealed again (pgseal column encrypt %[1]s)", m.Column.String())
			}
			return fmt.Sprintf("the policy gives column %s %s, but what a column is sealed as is frozen once it is sealed: list it as it was%s", m.Column.String(), what, way)
		}
		next.Unicode = r.Unicode
	}
	if !sameRecord(r, &next) {
		*r, m.dirty = next, true
	}
	return ""
}

// frozenDifference names what next would change of what may not change.
func frozenDifference(r, next *pgstore.Column) string {
	switch {
	case next.Domain != r.Domain:
		return fmt.Sprintf("the domain %q in place of %q", next.Domain, r.Domain)
	case next.Mode != r.Mode:
		return fmt.Sprintf("the mode %s in place of %s", next.Mode, r.Mode)
	case next.Pad != r.Pad:
		return fmt.Sprintf("pad %d in place of %d", next.Pad, r.Pad)
	case next.Key.Family != r.Key.Family:
		return fmt.Sprintf("a type of the family %s in place of %s", next.Key.Family, r.Key.Family)
	case !slices.Equal(next.Normalize, r.Normalize):
		return fmt.Sprintf("the normalisation [%s] in place of [%s]", strings.Join(next.Normalize, ", "), strings.Join(r.Normalize, ", "))
	}
	return ""
}

// sameRecord compares what settle may change.
func sameRecord(a, b *pgstore.Column) bool {
	return a.Key == b.Key && a.TypeOID == b.TypeOID && a.Typmod == b.Typmod && a.Mode == b.Mode && a.NextMode == b.NextMode && a.Domain == b.Domain &&
		a.Unicode == b.Unicode && a.Pad == b.Pad && slices.Equal(a.Normalize, b.Normalize)
}

// domainConflict says where columns of one equality domain differ in what makes
// equal values equal.
func domainConflict(all []*matched) string {
	first := make(map[string]*matched)
	for _, m := range all {
		if m.Domain == "" || m.record == nil {
			continue
		}
		o := first[m.Domain]
		if o == nil {
			first[m.Domain] = m
			continue
		}
		a, b := o.record, m.record
		if a.Key.Family != b.Key.Family || a.Mode != b.Mode || a.Pad != b.Pad || a.Round != b.Round || !slices.Equal(a.Normalize, b.Normalize) {
			return fmt.Sprintf("columns %s and %s are in the equality domain %q, but differ in type family, mode, pad or normalisation", o, m, m.Domain)
		}
	}
	return ""
}
