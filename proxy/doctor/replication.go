package doctor

import (
	"context"
	"fmt"
	"strings"

	"github.com/legatics/pgseal/proxy/plan"
)

// unsealed names the sealed columns of a relation into which plaintext is still written.
func unsealed(r *plan.Relation) (names []string) {
	for i := range r.Columns {
		if p := r.Columns[i].Protected; p != nil && p.Sealed && p.State < plan.StateSealing {
			names = append(names, p.Name)
		}
	}
	return names
}

// publications reports which protected tables are sent to subscribers, who get sealed values and cannot open them.
func (e *examination) publications(ctx context.Context) error {
	_, names := e.tableNames()
	byName := map[[2]string]*plan.Relation{}
	e.tables(func(r *plan.Relation) { byName[[2]string{r.Schema, r.Name}] = r })
	var publication, schema, table string
	return e.each(ctx, "SELECT pubname::text, schemaname::text, tablename::text FROM pg_catalog.pg_publication_tables ORDER BY 1, 2, 3",
		nil, []any{&publication, &schema, &table}, func() error {
			r := byName[[2]string{schema, table}]
			if r == nil || !r.Sealed {
				return nil
			}
			f := Finding{Severity: Information, Kind: "replication", Object: "publication " + publication, Evidence: "table " + names[r.OID],
				Message: "subscribers get the sealed values of a protected table; they can be opened only through a pgseal with this store's keys: " +
					"make the subscriber's store with pgseal init --join, and bring it each new data key with pgseal key import (docs/replication.md)"}
			if plain := unsealed(r); len(plain) > 0 {
				f.Severity, f.Evidence = Warning, f.Evidence+": "+strings.Join(plain, ", ")
				f.Message = "subscribers get plaintext of a protected table whose columns are not sealed yet"
				f.Mend = fmt.Sprintf("seal the columns, or: ALTER PUBLICATION %s DROP TABLE %s; and have the subscribers' copies removed", quoted(publication), quoted(schema, table))
			}
			e.note(f)
			return nil
		})
}

// subscriptions reports those that write into protected tables. They apply with session_replication_role = replica, in which
// the guard's triggers fire all the same (ENABLE ALWAYS): a plaintext, or what another store has sealed, stops the subscription.
func (e *examination) subscriptions(ctx context.Context) error {
	oids, names := e.tableNames()
	failures, err := e.subscriptionFailures(ctx)
	if err != nil {
		return err
	}
	var name string
	var enabled bool
	var table uint32
	return e.each(ctx, `
SELECT s.subname::text, s.subenabled, r.srrelid FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_subscription_rel r ON r.srsubid = s.oid
WHERE r.srrelid = ANY($1) ORDER BY 1, 3`, []any{oids}, []any{&name, &enabled, &table}, func() error {
		if r := e.catalogue.ByOID(table); r == nil || !r.Sealed {
			return nil
		}
		f := Finding{Severity: Warning, Kind: "replication", Object: "subscription " + name, Evidence: "table " + names[table],
			Message: "it writes into a protected table behind pgseal: the guard refuses whatever this store has not sealed, values of another store too, and the subscription stops there",
			Mend: "ALTER SUBSCRIPTION " + quoted(name) + " DISABLE; unless the publisher sends sealed values of this store. For values of the publisher's own store, this database's has to be " +
				"made anew from a key export of it: pgseal init --join FILE (docs/replication.md)"}
		if e.Joined {
			f.Severity, f.Mend = Information, ""
			f.Message = "it writes sealed values of the store that this one is joined with: bring each new data key of the publisher's with pgseal key import FILE, until then its values do not open here (KD002)"
		}
		if n := failures[name]; n > 0 {
			f.Severity = Error
			f.Evidence += fmt.Sprintf(", %d failures to copy or apply", n)
			f.Message += ". It has failed; the server's log says at which row and why"
		}
		if !enabled {
			f.Severity, f.Mend = Information, ""
			f.Evidence += ", disabled"
		}
		e.note(f)
		return nil
	})
}

// subscriptionFailures counts, by subscription, what the server tells of since its version 15.
func (e *examination) subscriptionFailures(ctx context.Context) (map[string]int64, error) {
	var counted bool
	if err := e.each(ctx, "SELECT pg_catalog.to_regclass('pg_catalog.pg_stat_subscription_stats') IS NOT NULL", nil, []any{&counted}, func() error { return nil }); err != nil || !counted {
		return nil, err
	}
	all := map[string]int64{}
	var name string
	var failures int64
	err := e.each(ctx, "SELECT subname::text, apply_error_count + sync_error_count FROM pg_catalog.pg_stat_subscription_stats", nil, []any{&name, &failures}, func() error {
		all[name] = failures
		return nil
	})
	return all, err
}

// receivers reports standbys and logical slots: whoever reads the WAL has what was written before columns were sealed.
func (e *examination) receivers(ctx context.Context) error {
	var senders int64
	var slots []string
	err := e.each(ctx, `SELECT (SELECT count(*) FROM pg_catalog.pg_stat_replication),
		ARRAY(SELECT slot_name::text FROM pg_catalog.pg_replication_slots ORDER BY 1)`, nil, []any{&senders, &slots}, func() error { return nil })
	if err != nil || senders == 0 && len(slots) == 0 {
		return err
	}
	e.note(Finding{Severity: Information, Kind: "replication", Object: "receivers of the WAL", Evidence: fmt.Sprintf("%d connected, slots: %s", senders, strings.Join(slots, ", ")),
		Message: "standbys and other receivers hold what was written before columns were sealed for as long as this server's old files do"})
	return nil
}
