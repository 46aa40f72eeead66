package guard

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Drains wait for the transactions that are under way at a moment, as CREATE
// INDEX CONCURRENTLY does: what they planned, wrote or can still see is of before.
// It is safe for concurrent use; what is waited for is forgotten with the process,
// which then waits anew.
type Drains struct {
	statements bool // prepared transactions, which run no more statements, are not waited for
	mu         sync.Mutex
	of         map[string]*drain
}

// drain is what is waited for. Two moments are: what a session had sent to the
// server behind its transaction of the first belongs to the second.
type drain struct {
	before []string // transactions of the moment that have not ended
	moment int
}

const lastMoment = 2

// NewDrains makes a Drains.
func NewDrains() *Drains { return &Drains{of: make(map[string]*drain)} }

// NewStatementDrains makes Drains that wait for transactions that may still run a
// statement that was planned before; a prepared one runs none.
func NewStatementDrains() *Drains { return &Drains{statements: true, of: make(map[string]*drain)} }

// Ended tells whether all transactions have ended that were under way when it was
// first asked about what; else the text names some. It is asked several times.
func (d *Drains) Ended(ctx context.Context, db Querier, what string) (left string, err error) {
	now, err := underWay(ctx, db, !d.statements)
	if err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.of[what]
	if at == nil {
		d.of[what] = &drain{slices.Sorted(maps.Keys(now)), 1}
		return "those of this moment", nil
	}
	at.before = slices.DeleteFunc(at.before, func(t string) bool { _, there := now[t]; return !there })
	if len(at.before) == 0 && at.moment < lastMoment {
		at.before, at.moment = slices.Sorted(maps.Keys(now)), at.moment+1
	}
	var names []string
	for _, t := range at.before {
		names = append(names, now[t])
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", "), nil
}

// Forget has Ended ask about what anew.
func (d *Drains) Forget(what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.of, what)
}

// underWay are the transactions of the database with what people call them.
// pg_locks and these columns of pg_stat_activity hide nothing from any role.
func underWay(ctx context.Context, db Querier, prepared bool) (map[string]string, error) {
	rows, err := db.Query(ctx, `
		SELECT l.virtualxid, 'process ' || l.pid FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'virtualxid' AND l.granted AND l.mode = 'ExclusiveLock' AND a.datname = pg_catalog.current_database()
		AND a.usesysid IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
		UNION ALL
		SELECT 'prepared ' || transaction::text, 'prepared transaction ' || pg_catalog.quote_literal(gid) FROM pg_catalog.pg_prepared_xacts
		WHERE database = pg_catalog.current_database() AND $1::bool`, prepared)
	if err != nil {
		return nil, err
	}
	all := make(map[string]string)
	var key, name string
	_, err = pgx.ForEachRow(rows, []any{&key, &name}, func() error {
		all[key] = name
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("guard: transactions that are under way: %w", err)
	}
	return all, nil
}
