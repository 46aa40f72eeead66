package bulk

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// stretch is one column being worked on for a while.
type stretch struct {
	*Runner
	kind   kind
	column string // schema.table.column; empty until it is known
	form   form
	leaves []*leaf
	bulk   *pgstore.Bulk
	keys   map[string]Key
	tenant string // of all rows; empty: their own
	ranges bool   // the server can scan a range of places
	pace   *pace
	said   time.Time // when the record was told why the work rests
	rows   int       // of the next batch, at most
	care   bool      // rows that are locked are left alone in the next batch
	ahead  ahead
	lost   int64 // rows of the last batch that the one that was read meanwhile does not know of
}

func (s *stretch) begin(ctx context.Context, id [16]byte) error {
	c, err := s.o.Column(ctx, id)
	switch {
	case err != nil:
		return &halt{waits: true, reason: err.Error()}
	case c == nil || c.Record == nil:
		return &halt{reason: "the policy does not list the column any more"}
	}
	s.column = c.Column.String()
	switch {
	case s.kind == nil:
		return &halt{reason: "this version does not know what is to be done: " + s.bulk.Kind}
	}
	if behind, err := s.kind.ready(ctx, c); err != nil {
		return err
	} else if behind && s.bulk.Phase != phaseVerifying {
		s.bulk.Phase, s.bulk.Relation, s.bulk.Position = phaseVerifying, 0, nil
		s.bulk.Seen, s.bulk.Skipped, s.bulk.Verified = 0, 0, 0
	}
	if anew, ok := s.kind.(*resealing); ok {
		if err := s.beginFor(ctx, anew.round); err != nil {
			return err
		}
	}
	settings, err := settingsOf(s.bulk.Settings)
	if err != nil {
		return &halt{reason: err.Error()}
	}
	s.pace = s.paceOf(id, settings.Pace)
	s.form = formOf(c.Record)
	tenantColumn := ""
	if s.tenant, tenantColumn = s.o.Tenant(c.Schema, c.Table); s.tenant == "" && tenantColumn == "" {
		return &halt{reason: "whose row is which is not known: name the table's tenant_column in the policy"}
	}
	if s.leaves, err = leaves(ctx, s.o.Pool, c, tenantColumn); err != nil {
		return err
	}
	for _, l := range s.leaves {
		if l.kind != 'r' {
			return &halt{reason: "a part of the table lies on another server"}
		}
		if s.fills() {
			l.second = secondOf(s.form, s.o.Store.Tag())
		}
	}
	s.ranges, err = scansRanges(ctx, s.o.Pool)
	return err
}

// step does the next batch, or what comes behind the last one. At full pace the batch behind it is read meanwhile.
func (s *stretch) step(ctx context.Context) (done bool, err error) {
	c := s.ahead.chunk.take()
	if c == nil {
		if s.leaf(s.bulk) == nil {
			return s.passed(ctx)
		}
		c = s.look(ctx, *s.bulk, s.size(), s.pace.full())
	}
	defer c.close(ctx)
	if err = c.err; err == nil && !s.keysHold() {
		s.lost = 0
		s.ahead.drop(ctx)
		return false, nil
	}
	if err == nil {
		if behind := c.next; s.pace.full() && s.leaf(&behind) != nil {
			s.ahead.begin(ctx, s, behind)
		} else { // no transaction stays open over a rest
			s.ahead.drop(ctx)
		}
		err = s.write(ctx, c, s.bulk, s.lost)
	}
	if err != nil {
		s.lost = 0
		s.ahead.drop(ctx)
		return false, s.again(err)
	}
	s.bulk, s.lost, s.care = &c.next, c.lost, false
	if s.ahead.chunk.made == nil {
		s.lost = 0
	}
	s.rows = min(batchRows, s.rows+s.rows/8+1)
	return false, nil
}

// again is nil for an error behind which the batch is tried in another way: without the rows that somebody has locked, or with fewer of them.
func (s *stretch) again(err error) error {
	var server *pgconn.PgError
	switch {
	case !errors.As(err, &server):
	case busy(server.Code) && !s.care:
		s.care = true
		return nil
	case server.Code == "57014" && s.rows > leastRows:
		s.rows = max(leastRows, s.rows/4)
		return nil
	}
	return err
}

// leaf is the table whose turn it is by a record; nil when all have been gone through.
func (s *stretch) leaf(b *pgstore.Bulk) *leaf {
	for _, l := range s.leaves {
		if l.relation >= b.Relation {
			if l.relation > b.Relation {
				b.Position = nil
			}
			return l
		}
	}
	return nil
}

// behind takes the record to the table that follows.
func (l *leaf) behind(b *pgstore.Bulk) { b.Relation, b.Position = l.relation+1, nil }

// treat does what the phase asks for to the rows of a batch, and gives those that are to be written.
func (s *stretch) treat(ctx context.Context, l *leaf, b *batch, next *pgstore.Bulk) (out sealedRows, err error) {
	sum := begun(s.form.record, next)
	for i := range b.rows {
		r := &b.rows[i]
		key, err := s.key(ctx, l, r)
		if err != nil {
			return out, err
		}
		plain, v, err := s.kind.treat(s.form, key, r.value)
		if err == nil && sum != nil && (!r.again || next.Phase == phaseVerifying) {
			err = sum.add(key, plain)
		}
		switch {
		case err != nil:
			return out, spoilt(err)
		case v == nil:
			next.Verified++
			continue
		case next.Phase == phaseVerifying && !s.fills():
			next.Skipped++
			continue
		}
		out.add(r, v)
	}
	sum.keep(next)
	return out, nil
}

// key is the key handle of the row's tenant.
func (s *stretch) key(ctx context.Context, l *leaf, r *row) (Key, error) {
	tenant := s.tenant
	if l.tenant != "" {
		tenant = r.tenant
	}
	if k := s.keys[tenant]; k != nil {
		if k.Check() == nil {
			return k, nil
		}
		k.Release()
		delete(s.keys, tenant)
	}
	k, err := s.o.Acquire(ctx, tenant)
	if err != nil {
		return nil, err
	}
	s.keys[tenant] = k
	return k, nil
}

// keysHold lets go of keys that may be used no more, and tells whether there were none: what was treated with one before is not written, but read anew. The
// batch that is read ahead must be none.
func (s *stretch) keysHold() bool {
	hold := true
	for tenant, k := range s.keys {
		if k.Check() != nil {
			k.Release()
			delete(s.keys, tenant)
			hold = false
		}
	}
	return hold
}

// release gives back what the stretch holds.
func (s *stretch) release(ctx context.Context) {
	s.ahead.drop(ctx)
	for _, k := range s.keys {
		k.Release()
	}
}
