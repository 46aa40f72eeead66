package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/urfave/cli/v2"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/pgstore"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/bulk"
	"github.com/legatics/pgseal/proxy/guard"
)

func columnCommand() *cli.Command {
	return &cli.Command{Name: "column", Usage: "seal what lies in columns already, seal it anew, open it for good, remove what it left behind; and see how far that is", Subcommands: []*cli.Command{
		columnEncryptCommand(), columnDecryptCommand(), columnResealCommand(), columnStatusCommand(), columnPauseCommand(), columnResumeCommand(), columnCancelCommand(), columnScrubCommand(),
	}}
}

// columnWork is what commands and a running proxy need to work on columns.
type columnWork struct {
	site   *site
	policy func() *policy.Policy
	ring   *keysource.Keyring
	pool   *pgxpool.Pool     // for rows and for the job queue
	events *pgstore.Recorder // of a command's keyring; nil in a proxy, which has its own
}

// bulkConnections: three for the rows, one for the turn, one for the queue's polling and one for its upkeep.
const bulkConnections = 6

// openColumnWork connects. The caller closes it.
func openColumnWork(ctx context.Context, s *site, ring *keysource.Keyring, pol func() *policy.Policy) (*columnWork, error) {
	config, err := pgstore.PoolConfig(s.control())
	if err != nil {
		return nil, err
	}
	config.MaxConns = bulkConnections
	config.ConnConfig.RuntimeParams["bytea_output"] = "hex"
	for name, setting := range map[string]string{"extra_float_digits": "1", "intervalstyle": "postgres", "datestyle": "ISO, YMD", "timezone": "UTC"} {
		config.ConnConfig.RuntimeParams[name] = setting // values of all types are read as texts
	}
	config.ConnConfig.RuntimeParams["row_security"] = "off" // a row that is hidden is an error, and not left in plaintext
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &columnWork{site: s, policy: pol, ring: ring, pool: pool}, nil
}

func (w *columnWork) close() { w.pool.Close() }

// runner works on rows. times are of statements, where this process sees some; nil elsewhere.
func (w *columnWork) runner(times bulk.Times) *bulk.Runner {
	return bulk.NewRunner(bulk.Options{Times: times, Store: w.site.store, Pool: w.pool, Acquire: w.acquire, Column: w.byRecord, Tenant: w.tenantOf, Settle: w.prove, Turn: w.turn, Log: w.site.log})
}

// serve shares in the work on the rows of columns until ctx ends. What goes wrong with the queue is no reason to stop anything else.
func (w *columnWork) serve(ctx context.Context, times bulk.Times) error {
	for {
		err := bulk.Serve(ctx, w.pool, w.runner(times))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		w.site.log.Warn("the job queue cannot be worked on; pgseal init makes its tables", "cause", err)
		select {
		case <-ctx.Done():
		case <-time.After(queuePause):
		}
	}
}

// queuePause is how long the job queue is left alone when it could not be worked on.
const queuePause = 30 * time.Second

func (w *columnWork) acquire(ctx context.Context, tenant string) (bulk.Key, error) {
	handle, err := w.ring.Acquire(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return handle, nil
}

// look is how the listed columns stand. Where nothing may be done to any of them now, the error says why.
func (w *columnWork) look(ctx context.Context) (*guard.Status, error) {
	pol := w.policy()
	columns, err := guardColumns(pol)
	if err != nil {
		return nil, err
	}
	status, err := guard.Look(ctx, w.site.store, pol.Hash(), columns)
	if err == nil && status.Stale != "" {
		err = errors.New(status.Stale)
	}
	return status, err
}

// byRecord finds a column by its record.
func (w *columnWork) byRecord(ctx context.Context, id [16]byte) (*guard.ColumnStatus, error) {
	return w.find(ctx, func(c *guard.ColumnStatus) bool { return c.Record != nil && c.Record.ID == id })
}

func (w *columnWork) find(ctx context.Context, such func(*guard.ColumnStatus) bool) (*guard.ColumnStatus, error) {
	status, err := w.look(ctx)
	if err != nil {
		return nil, err
	}
	return findColumn(status, such), nil
}

func findColumn(status *guard.Status, such func(*guard.ColumnStatus) bool) *guard.ColumnStatus {
	for i := range status.Columns {
		if c := &status.Columns[i]; such(c) {
			return c
		}
	}
	return nil
}

// tenantOf says whose the rows of a table are.
func (w *columnWork) tenantOf(schema, table string) (tenant, column string) {
	rule := w.site.database.Tenant
	if !rule.several() {
		return rule.Tenant("", w.site.name), ""
	}
	if t := w.policy().Table(policy.TableName{Schema: schema, Name: table}); t != nil {
		return "", t.TenantColumn
	}
	return "", ""
}

// settle has the guard prove that a column holds no plaintext, or no sealed value where it is opened for good, if that is possible now, and says else what
// keeps it from that.
func (w *columnWork) settle(ctx context.Context, id [16]byte) (note string, err error) {
	note, _, err = w.until(ctx, id, (*guard.ColumnStatus).Arrived)
	return note, err
}

// prove is settle for the work: what has to be waited for is no reason to go through the rows again.
func (w *columnWork) prove(ctx context.Context, id [16]byte) (note string, err error) {
	note, pending, err := w.until(ctx, id, (*guard.ColumnStatus).Arrived)
	if err == nil && pending {
		err = bulk.NotYet("every value is done; it is not settled yet: " + note)
	}
	return note, err
}

// turn waits until rows of a column may be written in the way that it is sealed anew in, and says else what keeps them from that.
func (w *columnWork) turn(ctx context.Context, id [16]byte) (note string, err error) {
	note, _, err = w.until(ctx, id, func(c *guard.ColumnStatus) bool { return c.Turned })
	return note, err
}

// until takes the columns as far as they can go, until one of them is as it should be; else the note says what keeps it from that. pending: it may come by
// itself, and was waited for long enough.
func (w *columnWork) until(ctx context.Context, id [16]byte, done func(*guard.ColumnStatus) bool) (note string, pending bool, err error) {
	pol := w.policy()
	columns, err := guardColumns(pol)
	if err != nil {
		return "", false, err
	}
	coordinator := guard.New(guard.Options{Store: w.site.store, Policy: pol.Hash(), Columns: columns, Production: w.site.config.production(), Log: w.site.log})
	defer coordinator.Close(context.WithoutCancel(ctx))
	for end := time.Now().Add(proofLimit); ; {
		status, err := coordinator.Tick(ctx)
		if err != nil {
			return "", false, err
		}
		c := findColumn(status, func(c *guard.ColumnStatus) bool { return c.Record != nil && c.Record.ID == id })
		switch {
		case c == nil:
			return "the policy does not list it any more", false, nil
		case done(c):
			return "", false, nil
		case status.Stale != "":
			return status.Stale, false, nil
		case !status.Again:
			return c.Note, false, nil
		case c.Proves: // as long as it takes to read the table
			end = time.Now().Add(proofLimit)
		case time.Now().After(end):
			return cmp.Or(c.Note, "the guard has not come to an end yet"), true, nil
		}
		select {
		case <-ctx.Done():
			return "", false, ctx.Err()
		case <-time.After(proofEvery):
		}
	}
}

// proofLimit bounds a wait for the guard in which it does not look through the rows, proofEvery is between two looks.
const (
	proofLimit = 20 * time.Second
	proofEvery = 100 * time.Millisecond
)

// withColumn runs a command on the listed column that its one argument names.
func withColumn(c *cli.Context, f func(ctx context.Context, w *columnWork, col *guard.ColumnStatus) error) error {
	text, err := argument(c, "column, as SCHEMA.TABLE.COLUMN")
	if err != nil {
		return err
	}
	schema, table, column, err := splitColumn(c, text)
	if err != nil {
		return err
	}
	return withColumnWork(c, func(ctx context.Context, w *columnWork) error {
		col, err := w.find(ctx, func(col *guard.ColumnStatus) bool {
			return col.Schema == schema && col.Table == table && col.Name == column
		})
		if err != nil {
			return err
		}
		if col == nil || col.Record == nil {
			return fmt.Errorf("the policy %s does not list %s.%s.%s: list it with a mode, have every proxy load the policy, and ask again", w.site.policyFile(), schema, table, column)
		}
		return f(ctx, w, col)
	})
}

// withColumns runs a command on all listed columns.
func withColumns(c *cli.Context, f func(ctx context.Context, w *columnWork, all []*guard.ColumnStatus) error) error {
	return withColumnWork(c, func(ctx context.Context, w *columnWork) error {
		status, err := w.look(ctx)
		if err != nil {
			return err
		}
		var all []*guard.ColumnStatus
		for i := range status.Columns {
			all = append(all, &status.Columns[i])
		}
		return f(ctx, w, all)
	})
}

// withColumnWork runs a command that works on columns.
func withColumnWork(c *cli.Context, f func(ctx context.Context, w *columnWork) error) error {
	return withStore(c, func(ctx context.Context, s *site) error {
		pol, err := s.policy()
		if err != nil {
			return err
		}
		wrappers, err := s.config.wrappers()
		if err != nil {
			return err
		}
		ring, events, end := s.commandRing(ctx, wrappers)
		defer end()
		w, err := openColumnWork(ctx, s, ring, func() *policy.Policy { return pol })
		if err != nil {
			return err
		}
		defer w.close()
		w.events = events
		return f(ctx, w)
	})
}
