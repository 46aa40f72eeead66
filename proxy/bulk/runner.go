package bulk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/guard"
)

// Phases of the work, as records name them.
const (
	phaseSealing   = "sealing"
	phaseVerifying = "verifying"
)

// What becomes of the application's triggers on the rows that are written.
const (
	TriggersNone = "none" // there are none, or it would have been asked
	TriggersRun  = "run"
	TriggersSkip = "skip" // session_replication_role = replica, while a batch is written
)

// Options of a Runner. All but Log are required.
type Options struct {
	Store *pgstore.Store
	Pool  *pgxpool.Pool // connections of the control role for the rows
	// Acquire gives a tenant's key handle; the error is of key management.
	Acquire func(ctx context.Context, tenant string) (Key, error)
	// Column gives how a column stands, by the id of its record; nil where the
	// policy in force does not list it. The error says why nothing may be done now.
	Column func(ctx context.Context, id [16]byte) (*guard.ColumnStatus, error)
	// Tenant says whose the rows of a table are: all one tenant's, or what the
	// column names.
	Tenant func(schema, table string) (tenant, column string)
	// Settle has the guard prove that a column holds no plaintext. The note says
	// what keeps it from that; it is empty where the column is sealed.
	Settle func(ctx context.Context, column [16]byte) (note string, err error)
	Log    *slog.Logger // nil: none
}

// Runner does the work on columns. It is safe for concurrent use on different columns.
type Runner struct{ o Options }

// NewRunner makes a Runner.
func NewRunner(o Options) *Runner {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Runner{o}
}

// outcome is how a stretch of work ended.
type outcome int

const (
	goesOn  outcome = iota // there is more to do
	waits                  // for something that comes back by itself
	stopped                // by somebody, or for good
)

// stretch is one column being worked on for a while.
type stretch struct {
	*Runner
	form   form
	leaves []*leaf
	bulk   *pgstore.Bulk
	keys   map[string]Key
	tenant string // of all rows; empty: their own
	ranges bool   // the server can scan a range of places
	pace   pace
	care   bool // rows that are locked are left alone in the next batch
}

// Work goes on with a column for at most the given time. The record of the work
// says how far it came and why it stopped. The error is one of the database or of
// ctx: it was not the work's.
func (r *Runner) Work(ctx context.Context, column [16]byte, most time.Duration) (o outcome, err error) {
	b, err := r.o.Store.Bulk(ctx, column)
	if err != nil {
		return stopped, err
	}
	if b == nil || b.Status == pgstore.BulkPaused || b.Status.Ended() {
		return stopped, nil
	}
	mine, give, err := takeTurn(ctx, r.o.Pool, column)
	if err != nil {
		return goesOn, err
	}
	if !mine {
		return waits, nil
	}
	defer give()
	s := &stretch{Runner: r, bulk: b, keys: make(map[string]Key)}
	defer s.release()
	if err := s.begin(ctx, column); err != nil {
		return s.end(ctx, err)
	}
	for end := time.Now().Add(most); time.Now().Before(end); {
		began := time.Now()
		done, err := s.step(ctx)
		if err == nil && !done {
			err = s.pace.rest(ctx, r.o.Pool, time.Since(began))
		}
		if err != nil {
			return s.end(ctx, err)
		}
		if done {
			return stopped, nil
		}
	}
	return goesOn, nil
}

// halt is why the work stops, other than by an error of the database.
type halt struct {
	waits  bool // it goes on by itself
	code   string
	reason string
}

func (h *halt) Error() string { return h.reason }

func (s *stretch) begin(ctx context.Context, id [16]byte) error {
	c, err := s.o.Column(ctx, id)
	switch {
	case err != nil:
		return &halt{waits: true, reason: err.Error()}
	case c == nil || c.Record == nil:
		return &halt{reason: "the policy does not list the column any more"}
	case c.State() == pgstore.ColumnSealed:
		if s.bulk.Phase == phaseSealing { // the guard was faster
			s.bulk.Phase, s.bulk.Relation, s.bulk.Position = phaseVerifying, 0, nil
			s.bulk.Seen, s.bulk.Skipped, s.bulk.Verified = 0, 0, 0
		}
	case c.State() != pgstore.ColumnSealing:
		return &halt{waits: true, reason: fmt.Sprintf("the column is %s: %s", c.State(), c.Note)}
	case !c.Armoured():
		return &halt{reason: "only columns of the text family are sealed in place"}
	}
	if s.form = formOf(c.Record); !s.form.typ.Supported() {
		return &halt{reason: unsupported}
	}
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

// end notes why the work stopped.
func (s *stretch) end(ctx context.Context, cause error) (outcome, error) {
	var h *halt
	var key interface {
		SQLState() string
		UserMessage() string
	}
	var server *pgconn.PgError
	switch {
	case ctx.Err() != nil:
		return goesOn, ctx.Err()
	case errors.Is(cause, pgstore.ErrConflict): // paused, cancelled or taken over
		return goesOn, nil
	case errors.As(cause, &h):
	case errors.As(cause, &server) && (busy(server.Code) || transient(server.Code)):
		return goesOn, cause
	case errors.As(cause, &server):
		// Of a value of the application's nothing is in the message that is kept.
		h = &halt{code: server.Code, reason: "the server refuses a row: " + server.ConstraintName + " (SQLSTATE " + server.Code + ")"}
	case errors.As(cause, &key):
		h = &halt{waits: true, code: key.SQLState(), reason: key.UserMessage()}
	default:
		return goesOn, cause
	}
	status := pgstore.BulkFailed
	if h.waits {
		status = pgstore.BulkWaiting
	}
	err := s.o.Store.ChangeBulk(ctx, s.bulk.Column, func(b *pgstore.Bulk) (*pgstore.Bulk, error) {
		if b == nil || b.Status == pgstore.BulkPaused || b.Status.Ended() || b.Status == status && b.Code == h.code && b.Reason == h.reason {
			return nil, nil
		}
		b.Status, b.Code, b.Reason = status, h.code, h.reason
		return b, nil
	})
	s.o.Log.Warn("work on a column has stopped", "column", s.name(), "status", string(status), "sqlstate", h.code, "reason", h.reason)
	if h.waits {
		return waits, err
	}
	return stopped, err
}

// busy are the codes behind which a batch is simply tried again.
func busy(code string) bool {
	return slices.Contains([]string{"55P03", "40P01", "40001"}, code)
}

// transient are errors of the server's condition, not of the statement's: connections, resources, an operator, the system.
func transient(code string) bool {
	return len(code) == 5 && slices.Contains([]string{"08", "25", "53", "57", "58", "XX"}, code[:2])
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
	for i := range b.rows {
		r := &b.rows[i]
		key, err := s.key(ctx, l, r)
		if err != nil {
			return err
		}
		sealed, err := s.form.sealed(key, r.value)
		if err != nil {
			return spoilt(err)
		}
		if sealed {
			next.Verified++
			continue
		}
		if next.Phase == phaseVerifying {
			next.Skipped++
			continue
		}
		v, err := s.form.seal(key, r.value)
		if err != nil {
			return spoilt(err)
		}
		out.add(r, v)
	}
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

// spoilt makes of an error of a value one that stops the work; errors of the key pass.
func spoilt(err error) error {
	var key interface{ Retryable() bool }
	if errors.As(err, &key) {
		return err
	}
	return &halt{reason: err.Error()}
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

// passed is behind the last row of a pass: another one, the next phase, or the end.
func (s *stretch) passed(ctx context.Context) (done bool, err error) {
	switch {
	case s.bulk.Skipped > 0:
		return false, s.restart(ctx, phaseSealing, s.bulk.Pass+1)
	case s.bulk.Phase == phaseSealing:
		return false, s.restart(ctx, phaseVerifying, s.bulk.Pass)
	}
	return true, s.finish(ctx)
}

// restart has the rows gone through from the beginning.
func (s *stretch) restart(ctx context.Context, phase string, pass int) error {
	next := *s.bulk
	next.Phase, next.Pass = phase, pass
	next.Relation, next.Position, next.Seen, next.Skipped, next.Verified = 0, nil, 0, 0, 0
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error { return s.o.Store.SaveBulk(ctx, tx, &next) })
	if err == nil {
		s.bulk = &next
	}
	return err
}

// finish has the guard prove it, and ends the work.
func (s *stretch) finish(ctx context.Context) error {
	note, err := s.o.Settle(ctx, s.bulk.Column)
	if err != nil {
		return err
	}
	if note != "" { // should there be plaintext nevertheless, it is looked for once more
		if err := s.restart(ctx, phaseSealing, s.bulk.Pass+1); err != nil {
			return err
		}
		return &halt{waits: true, reason: "every value is sealed; the guard could not prove it yet: " + note}
	}
	next := *s.bulk
	next.Status, next.Code, next.Reason, next.Finished = pgstore.BulkDone, "", "", time.Now()
	s.o.Log.Info("a column is sealed throughout", "column", s.name(), "sealed", next.Written, "verified", next.Verified)
	return pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error { return s.o.Store.SaveBulk(ctx, tx, &next) })
}

// Begin is the record of work that is ordered: the one there is where it has not ended, so that it goes on from where it was, else a new one.
func Begin(now *pgstore.Bulk, column [16]byte, rows int64, triggers, actor string) *pgstore.Bulk {
	next := &pgstore.Bulk{Column: column, Started: time.Now(), Phase: phaseSealing, Pass: 1, Total: rows}
	if now != nil && !now.Status.Ended() {
		*next = *now
	} else if now != nil {
		next.Version = now.Version
	}
	next.Status, next.Code, next.Reason, next.Triggers, next.Actor = pgstore.BulkRunning, "", "", triggers, actor
	return next
}
