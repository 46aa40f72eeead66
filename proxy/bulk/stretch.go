package bulk

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// stretch is one column being worked on for a while.
type stretch struct {
	*Runner
	kind   kind
	form   form
	leaves []*leaf
	bulk   *pgstore.Bulk
	keys   map[string]Key
	tenant string // of all rows; empty: their own
	ranges bool   // the server can scan a range of places
	pace   pace
	care   bool // rows that are locked are left alone in the next batch
}

func (s *stretch) begin(ctx context.Context, id [16]byte) error {
	c, err := s.o.Column(ctx, id)
	switch {
	case err != nil:
		return &halt{waits: true, reason: err.Error()}
	case c == nil || c.Record == nil:
		return &halt{reason: "the policy does not list the column any more"}
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
	s.form = formOf(c.Record)
	s.form.bytea = !c.Armoured()
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
	}
	var server int
	if err := s.o.Pool.QueryRow(ctx, "SELECT current_setting('server_version_num')::int").Scan(&server); err != nil {
		return err
	}
	s.ranges = server >= 140000
	return nil
}

func (s *stretch) name() string {
	if s.form.record == nil {
		return ""
	}
	return crypto.NewColumnID(s.form.record.Schema, s.form.record.Table, s.form.record.Name).String()
}

// step does the next batch, or what comes behind the last one.
func (s *stretch) step(ctx context.Context) (done bool, err error) {
	l := s.leaf()
	if l == nil {
		return s.passed(ctx)
	}
	next := *s.bulk
	next.Status, next.Code, next.Reason = pgstore.BulkRunning, "", ""
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		b, err := l.read(ctx, tx, next.Position, s.ranges)
		if err != nil {
			return err
		}
		if err := s.batch(ctx, tx, l, b, &next); err != nil {
			return err
		}
		next.Seen += int64(len(b.rows))
		next.Relation, next.Position = l.relation, b.next
		if b.last {
			s.behind(l, &next)
		}
		return s.o.Store.SaveBulk(ctx, tx, &next)
	})
	var server *pgconn.PgError
	if errors.As(err, &server) && busy(server.Code) && !s.care {
		s.care = true
		return false, nil
	}
	if err != nil {
		return false, err
	}
	s.bulk, s.care = &next, false
	return false, nil
}

// leaf is the table whose turn it is; nil when all have been gone through.
func (s *stretch) leaf() *leaf {
	for _, l := range s.leaves {
		if l.relation >= s.bulk.Relation {
			if l.relation > s.bulk.Relation {
				s.bulk.Position = nil
			}
			return l
		}
	}
	return nil
}

// behind takes the record to the table that follows.
func (s *stretch) behind(l *leaf, b *pgstore.Bulk) {
	b.Relation, b.Position = l.relation+1, nil
}

// batch does what the phase asks for to the rows of a batch.
func (s *stretch) batch(ctx context.Context, tx pgx.Tx, l *leaf, b *batch, next *pgstore.Bulk) error {
	var out sealedRows
	sum := begun(s.form.record, next)
	for i := range b.rows {
		r := &b.rows[i]
		key, err := s.key(ctx, l, r)
		if err != nil {
			return err
		}
		plain, v, err := s.kind.treat(s.form, key, r.value)
		if err == nil && sum != nil && (!r.again || next.Phase == phaseVerifying) {
			err = sum.add(key, plain)
		}
		switch {
		case err != nil:
			return spoilt(err)
		case v == nil:
			next.Verified++
			continue
		case next.Phase == phaseVerifying:
			next.Skipped++
			continue
		}
		out.add(r, l.encode(v))
	}
	sum.keep(next)
	if len(out.places) == 0 {
		return nil
	}
	if err := s.prepare(ctx, tx); err != nil {
		return err
	}
	want := int64(len(out.places))
	n, err := l.put(ctx, tx, out, s.care)
	next.Written += n
	next.Skipped += want - n
	return err
}

// prepare sets what the statements that write need.
func (s *stretch) prepare(ctx context.Context, tx pgx.Tx) error {
	sql := "SET LOCAL lock_timeout = '1s'"
	if s.bulk.Triggers == TriggersSkip {
		sql += "; SET LOCAL session_replication_role = replica"
	}
	_, err := tx.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	return err
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

func (s *stretch) release() {
	for _, k := range s.keys {
		k.Release()
	}
}
