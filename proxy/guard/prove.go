package guard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/proxy/contain"
)

// prover finds out in the background whether a column still holds plaintext, and
// where it does not, adds the CHECK that proves it and calls the column sealed.
// It may take as long as reading the table does; heartbeats go on meanwhile.
type prover struct {
	store *pgstore.Store
	clock keysource.Clock
	log   *slog.Logger

	ctx    context.Context // of the jobs; ended by close
	cancel context.CancelFunc
	jobs   sync.WaitGroup

	mu      sync.Mutex
	running bool               // one job at a time
	proofs  map[[16]byte]proof // the last answer for each column
}

// job is one column to be looked through, as it was when it was asked for.
type job struct {
	column   string
	live     liveColumn
	record   pgstore.Column
	armoured bool
	policy   pgstore.PolicyHash
	unproved bool   // its CHECK was not whole when it was asked for: plaintext may have been there
	open     bool   // it is looked for sealed values, and not for plaintext
	actor    string // by whose order
}

// proof is what is known about one column.
type proof struct {
	running   bool
	plaintext bool   // there are values of the form that must be gone: plaintext, or sealed ones of a column that is being opened
	horizon   string // of a column that is being opened: the transaction before which no sealed value was left; see proveOpen
	err       error
	version   int64         // of the record that was looked at
	next      time.Duration // boot time before which it is not looked at again
	wait      time.Duration
}

// Looking again for plaintext costs a read of the table: it is done ever more
// seldom while the answer stays the same.
const (
	firstWait = 2 * time.Second
	maxWait   = 5 * time.Minute
)

func newProver(store *pgstore.Store, clock keysource.Clock, log *slog.Logger) *prover {
	ctx, cancel := context.WithCancel(context.Background())
	return &prover{store: store, clock: clock, log: log, ctx: ctx, cancel: cancel, proofs: make(map[[16]byte]proof)}
}

func (p *prover) close() {
	p.cancel()
	p.jobs.Wait()
}

// ask gives the last answer for the column and starts a new look where it is
// time for one.
func (p *prover) ask(j job) proof {
	p.mu.Lock()
	defer p.mu.Unlock()
	last, known := p.proofs[j.record.ID]
	if last.running {
		return last
	}
	if known && last.version == j.record.Version && p.clock.Boot() < last.next {
		return last
	}
	if p.running { // another column's turn
		return proof{running: true}
	}
	last.running, p.running = true, true
	p.proofs[j.record.ID] = last
	p.jobs.Go(func() { p.run(j, last) })
	return last
}

func (p *prover) run(j job, last proof) {
	next := proof{version: j.record.Version}
	if j.open && last.version == j.record.Version {
		next.horizon = last.horizon
	}
	p.contained(&next, func() {
		if j.open {
			next.plaintext, next.err = p.proveOpen(p.ctx, j, &next.horizon)
		} else {
			next.plaintext, next.err = p.prove(p.ctx, j)
		}
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	err, wait := next.err, min(max(2*last.wait, firstWait), maxWait)
	if w := (*waiting)(nil); errors.As(err, &w) || again(err) {
		wait = 0
	}
	p.running = false
	next.next, next.wait = p.clock.Boot()+wait, wait
	p.proofs[j.record.ID] = next
}

// errPanicked is all that is told of a panic: what it says could hold a value.
var errPanicked = errors.New("guard: a fault in pgseal; its log says where")

// contained makes a panic the outcome of the look that it happened in: nothing is proved.
func (p *prover) contained(next *proof, look func()) {
	defer func() {
		if panicked := recover(); panicked != nil {
			contain.Log(p.log, "a look through a column panicked", panicked)
			next.plaintext, next.horizon, next.err = false, "", errPanicked
		}
	}()
	look()
}

// prove looks for plaintext; where there is none, it adds the CHECK under a
// short lock, has it validated, and records the column as sealed.
func (p *prover) prove(ctx context.Context, j job) (plaintext bool, err error) {
	conn, err := p.store.Conns(ctx).Acquire(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Release()
	tag, t := p.store.Tag(), targetOf(&j.live, j.armoured)
	// A row that row-level security hides would be taken for none: an error
	// instead, should that be switched on in this moment.
	if _, err := conn.Exec(ctx, "SET row_security = off; SET lock_timeout = '"+lockTimeout+"'"); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, reset(conn)) }()
	r, err := verifyOne(ctx, conn, tag, &j.live, j.armoured)
	if err != nil {
		return false, err
	}
	if !r.Whole() { // else the owner has seen to it, and the rows need not be looked at
		if plaintext, err = provedByCheck(ctx, conn, tag, t, j, &r); plaintext || err != nil {
			return plaintext, err
		}
	}
	return false, p.record(ctx, j)
}

// provedByCheck looks for plaintext and, where there is none, has the CHECK
// prove it.
func provedByCheck(ctx context.Context, conn *pgxpool.Conn, tag crypto.StoreTag, t *target, j job, r *Report) (plaintext bool, err error) {
	hidden, err := rowsHidden(ctx, conn, &j.live)
	if err != nil {
		return false, err
	}
	if hidden {
		return provedAtOnce(ctx, conn, tag, t, j, r)
	}
	plaintext, err = hasRow(ctx, conn, &j.live, "NOT "+expression(tag, j.armoured, j.live.quotedName))
	if err != nil {
		return false, err
	}
	if plaintext {
		return true, dropUnproved(ctx, conn, t, r)
	}
	if err := addCheck(ctx, conn, tag, t, r); err != nil {
		return false, err
	}
	_, err = conn.Exec(ctx, validate(t))
	if sqlState(err) == checkViolation { // written past disabled triggers since
		r.Check = NotValid
		return true, dropUnproved(ctx, conn, t, r)
	}
	return false, err
}

// smallTable is up to which size, in bytes, a table may be kept locked while all
// its rows are looked at: some milliseconds.
const smallTable = 16 << 20

// provedAtOnce adds the CHECK and has it proved under one lock. That is for rows
// that the present role may not see: looking first is not possible, and a CHECK
// that is not valid yet would refuse every update of a row that turns out to hold
// plaintext.
func provedAtOnce(ctx context.Context, conn *pgxpool.Conn, tag crypto.StoreTag, t *target, j job, r *Report) (plaintext bool, err error) {
	size, err := sizeOf(ctx, conn, &j.live)
	if err != nil {
		return false, err
	}
	if size > smallTable {
		return false, &obstacleError{"row-level security hides rows from the control role, and the table is too large to be kept locked while they are looked at: " +
			"give the role BYPASSRLS"}
	}
	_, err = conn.Exec(ctx, strings.Join(append(remakeCheck(tag, t, r), validate(t)), "; ")) // one transaction
	if sqlState(err) == checkViolation {
		return true, dropUnproved(ctx, conn, t, r)
	}
	return false, err
}

// reset gives the connection back as it was.
func reset(conn *pgxpool.Conn) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, err := conn.Exec(ctx, "RESET row_security; RESET lock_timeout")
	if err != nil {
		return conn.Conn().Close(ctx)
	}
	return nil
}

// addCheck makes the CHECK, not valid yet, unless it is there.
func addCheck(ctx context.Context, conn *pgxpool.Conn, tag crypto.StoreTag, t *target, r *Report) error {
	if r.Check == Whole || r.Check == NotValid {
		return nil
	}
	_, err := conn.Exec(ctx, strings.Join(remakeCheck(tag, t, r), "; ")) // one transaction
	if sqlState(err) == duplicateObject {
		return nil // another proxy was faster
	}
	return err
}

// remakeCheck are the statements that make the CHECK. What bears its name
// anywhere in the tree goes first, parents before children.
func remakeCheck(tag crypto.StoreTag, t *target, r *Report) []string {
	var statements []string
	for _, l := range r.tree {
		if r.parts[l.relation][check] != Missing {
			statements = append(statements, dropCheck(targetOf(l, t.armoured)))
		}
	}
	return append(statements, check.create(tag, t))
}

// dropUnproved takes a CHECK away that rows with plaintext violate: it would
// refuse every update of theirs.
func dropUnproved(ctx context.Context, conn *pgxpool.Conn, t *target, r *Report) error {
	if r.Check != NotValid {
		return nil
	}
	_, err := conn.Exec(ctx, dropCheck(t))
	return err
}

func dropCheck(t *target) string {
	return fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s", t.relation, quoteName(check.name(t.column)))
}

// record calls the column sealed, if its guard is whole on all relations and
// every live proxy seals what it writes.
func (p *prover) record(ctx context.Context, j job) error {
	if j.record.State == pgstore.ColumnSealed {
		if !j.unproved {
			return nil
		}
		return unscrub(ctx, p.store, &j.record, j.column)
	}
	return p.store.Update(ctx, func(tx *pgstore.Tx) error {
		if _, err := tx.Conn().Exec(ctx, "SET LOCAL lock_timeout = '"+lockTimeout+"'"); err != nil { // nobody else changes columns meanwhile
			return err
		}
		proxies, err := tx.Proxies(ctx)
		if err != nil {
			return err
		}
		if names := waitingFor(proxies, j.policy, j.record.ID, pgstore.ColumnSealing); names != "" {
			return &waiting{"waiting for every live proxy to seal what it writes: " + names}
		}
		r, err := verifyOne(ctx, tx.Conn(), p.store.Tag(), &j.live, j.armoured)
		if err != nil {
			return err
		}
		if !r.Whole() {
			return &waiting{"its guard is not whole: " + r.String()}
		}
		next := j.record
		next.State = pgstore.ColumnSealed
		if err := tx.SaveColumn(ctx, &next); err != nil {
			return err
		}
		p.log.Info("column state", "column", j.column, "state", string(next.State))
		return tx.Event(ctx, pgstore.Event{Kind: "column sealed", Actor: "pgseal", Detail: j.column})
	})
}
