package pgstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// readAll reads every control record that there is and gives the first error.
func (f *fixture) readAll(t *testing.T, s *Store) error {
	t.Helper()
	list, err := s.Tenants(t.Context())
	if err != nil {
		return err
	}
	for _, entry := range list {
		if entry.Err != nil {
			return entry.Err
		}
		if _, err := s.History(t.Context(), entry.Name); err != nil {
			return err
		}
		if _, err := s.HeldUntil(t.Context(), entry.Tenant.ID); err != nil {
			return err
		}
		if _, err := s.readRefusal(t.Context(), s.pool, entry.Tenant.ID); err != nil { // counts as a no, and the tenant's record stands
			return err
		}
		if _, err := s.Material(t.Context(), entry.Tenant); err != nil {
			return err
		}
		if _, invalid, err := s.Usage(t.Context(), entry.Tenant.ID, time.Time{}, time.Time{}); err != nil || len(invalid) > 0 {
			return errors.Join(append(invalid, err)...)
		}
	}
	_, errE := s.Events(t.Context(), EventFilter{Limit: 1000})
	if proof, err := s.VerifyEvents(t.Context(), "", nil); errE == nil && err == nil {
		errE = proof.Err()
	}
	_, errC := s.Columns(t.Context())
	_, errB := s.Bulks(t.Context())
	_, errS := s.Scrubs(t.Context())
	_, _, errL := s.Backups(t.Context())
	_, errP := s.Proxies(t.Context())
	_, errW := s.readProposals(t.Context(), s.pool, "")
	return errors.Join(errE, errC, errB, errS, errL, errP, errW)
}

// full is a store with rows in every table.
func full(t *testing.T) (f *fixture, acme, other *Tenant) {
	f = newFixture(t)
	acme, other = f.addTenant(t, "acme"), f.addTenant(t, "other")
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.Pin(t.Context(), acme.ID, crypto.NewDomainID("email"), acme.Current.Number); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.store.Hold(t.Context(), acme.ID, time.Minute), f.store.Refused(t.Context(), "acme", 1, keysource.AccessDenied)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.BeginDrill(t.Context(), "acme", time.Minute, []string{"p"}, "tester"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.CheckMaterial(t.Context(), "acme", "tester", time.Hour, described{}); err != nil {
		t.Fatal(err)
	}
	c := sampleColumn("c")
	f.save(t, c)
	if err := f.store.ChangeBulk(t.Context(), c.ID, func(*Bulk) (*Bulk, error) { return sampleBulk(c), nil }); err != nil {
		t.Fatal(err)
	}
	if err := f.saveScrub(t, sampleScrub(c)); err != nil {
		t.Fatal(err)
	}
	if err := f.store.Update(t.Context(), func(tx *Tx) error { return tx.SetPolicy(t.Context(), PolicyHash{1}) }); err != nil {
		t.Fatal(err)
	}
	if err := f.store.Heartbeat(t.Context(), &Proxy{ID: NewProxyID(), Name: "p", Keys: []KeyReport{{Tenant: "acme", State: "available"}}}); err != nil {
		t.Fatal(err)
	}
	if err := f.store.ListBackup(t.Context(), sampleBackup(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := f.store.SayBackupsComplete(t.Context(), "DBA", "tester", false); err != nil {
		t.Fatal(err)
	}
	f.propose(t, "acme", sampleProposal(ProposeProvider))
	usage := f.store.NewUsageLog("p")
	usage.Add([]keysource.Usage{{Tenant: acme.ID, Sealed: 1}})
	if err := usage.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f, acme, other
}

// altered is an SQL expression of the column's type that differs from the
// column's value.
func altered(column, typ string) string {
	switch typ {
	case "text":
		return column + " || 'x'"
	case "bigint", "integer", "smallint", "date":
		return column + " + 1"
	case "boolean":
		return "NOT " + column
	case "timestamp with time zone":
		return "coalesce(" + column + ", now()) + interval '1 second'"
	case "bytea":
		return "CASE octet_length(" + column + ") WHEN 0 THEN '\\x00' ELSE set_byte(" + column + ", 0, (get_byte(" + column + ", 0) + 1) % 256) END"
	case "uuid":
		return "gen_random_uuid()"
	case "json":
		return "(" + column + "::text || ' ')::json"
	case "text[]":
		return column + " || 'x'::text"
	}
	panic("no alteration for " + typ)
}

// TestEveryColumnIsAuthenticated changes each column of each row by itself.
func TestEveryColumnIsAuthenticated(t *testing.T) {
	f, acme, other := full(t)
	if err := f.readAll(t, f.store); err != nil {
		t.Fatal(err)
	}
	conn := server.Conn(t, f.database, "")
	rows, err := conn.Query(t.Context(), `SELECT c.relname::text, a.attname::text, format_type(a.atttypid, -1)
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'pgseal'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
		AND c.relname <> 'migration' AND a.attname <> 'singleton'`)
	if err != nil {
		t.Fatal(err)
	}
	type column struct{ Table, Name, Type string }
	columns, err := pgx.CollectRows(rows, pgx.RowToStructByPos[column])
	if err != nil {
		t.Fatal(err)
	}
	if len(columns) < 76 {
		t.Fatalf("only %d columns", len(columns))
	}
	f.exec(t, `CREATE SCHEMA kept; ALTER TABLE pgseal.key_history DISABLE TRIGGER ALL;
		ALTER TABLE pgseal.event DISABLE TRIGGER ALL; ALTER TABLE pgseal.event_head DISABLE TRIGGER ALL`)
	macs := make(map[string][]string) // table -> one for each row
	for _, c := range columns {
		if c.Name == "mac" {
			f.exec(t, fmt.Sprintf("CREATE TABLE kept.%[1]s AS TABLE pgseal.%[1]s", c.Table))
			rows, _ := conn.Query(t.Context(), "SELECT encode(mac, 'hex') FROM pgseal."+c.Table)
			if macs[c.Table], err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil || len(macs[c.Table]) == 0 {
				t.Fatalf("%s: %d rows, %v", c.Table, len(macs[c.Table]), err)
			}
		}
	}
	for _, c := range columns {
		t.Run(c.Table+"."+c.Name, func(t *testing.T) {
			to := altered(c.Name, c.Type)
			switch c.Name {
			case "tenant": // carried over to another tenant
				to = fmt.Sprintf("CASE tenant WHEN '%s' THEN '%s' ELSE '%[1]s' END::uuid", acme.ID, other.ID)
			case "seq": // a number that is not taken
				to = "seq + 1000"
			case "wrapped_by":
				to = "coalesce(wrapped_by, 0) + 1"
			}
			for _, mac := range macs[c.Table] {
				f.exec(t, fmt.Sprintf(`SET session_replication_role = replica;
					UPDATE pgseal.%s SET %s = %s WHERE mac = '\x%s'`, c.Table, c.Name, to, mac))
				// A fresh proxy, so that it is the MAC that tells and not the version seen.
				fresh, err := f.tryOpen(t, Options{})
				if err == nil {
					err = f.readAll(t, fresh)
				}
				wantKind(t, err, keysource.KeyRecordInvalid)
				f.exec(t, fmt.Sprintf(`SET session_replication_role = replica;
					DELETE FROM pgseal.%[1]s; INSERT INTO pgseal.%[1]s TABLE kept.%[1]s`, c.Table))
			}
		})
	}
	if err := f.readAll(t, f.store); err != nil {
		t.Errorf("all put back: %v", err)
	}
}

// TestRowsFromAnotherStore: a deployment has one control key for all its
// databases, and a record of one is worth nothing in another.
func TestRowsFromAnotherStore(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	g := &fixture{database: newDatabase(t), key: f.key, wrapper: f.wrapper}
	g.init(t)
	g.store = g.open(t, Options{})
	dump, err := server.Command(t.Context(), "pg_dump", "--data-only", "--disable-triggers", "-t", "pgseal.tenant", "-t", "pgseal.data_key", f.database)
	if err != nil {
		t.Fatal(err)
	}
	out, err := dump.Output()
	if err != nil {
		t.Fatal(err)
	}
	psql, _ := server.Command(t.Context(), "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", g.database)
	psql.Stdin = strings.NewReader(string(out))
	if text, err := psql.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	_, err = g.store.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)
}

// TestDataKeyTakenAway: an elder generation deleted, with nothing else touched.
func TestDataKeyTakenAway(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
		t.Fatal(err)
	}
	f.exec(t, "SET session_replication_role = replica; DELETE FROM pgseal.data_key WHERE wrapped_by IS NOT NULL")
	_, err := f.store.Tenant(t.Context(), "acme")
	wantKind(t, err, keysource.KeyRecordInvalid)
	var e *keysource.Error
	if errors.As(err, &e) && e.Tenant != "acme" {
		t.Errorf("the error names tenant %q", e.Tenant)
	}
}

// TestInvalidHidesNoOther: one spoilt record leaves the other tenants alone.
func TestInvalidHidesNoOther(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	f.addTenant(t, "other")
	f.exec(t, "UPDATE pgseal.tenant SET cache_ms = 86400000 WHERE name = 'acme'")
	if _, err := f.store.Tenant(t.Context(), "other"); err != nil {
		t.Error(err)
	}
	list, err := f.store.Tenants(t.Context())
	if err != nil || len(list) != 2 || !isInvalid(list[0].Err) || list[1].Err != nil {
		t.Errorf("%+v, %v", list, err)
	}
	_, err = f.store.Unlock(t.Context(), "acme", "tester")
	wantKind(t, err, keysource.KeyRecordInvalid)
}

// TestHistoryStays: not even the schema's owner deletes or changes it by
// accident.
func TestHistoryStays(t *testing.T) {
	f := newFixture(t)
	f.addTenant(t, "acme")
	for _, user := range []string{"pgseal", ""} {
		conn := server.Conn(t, f.database, user)
		for _, sql := range []string{
			"DELETE FROM pgseal.key_history", "UPDATE pgseal.key_history SET actor = 'x'", "TRUNCATE pgseal.key_history",
			"SET session_replication_role = replica; DELETE FROM pgseal.key_history",
		} {
			if user == "pgseal" && strings.HasPrefix(sql, "SET") {
				continue
			}
			if _, err := conn.PgConn().Exec(t.Context(), sql).ReadAll(); sqlState(err) != "42501" {
				t.Errorf("%s as %q: %v", sql, user, err)
			}
		}
	}
	if h, err := f.store.History(t.Context(), "acme"); err != nil || len(h) != 1 {
		t.Errorf("%+v, %v", h, err)
	}
}

// TestHistoryGap: a row that somebody takes out of the history is missed, wherever it was.
func TestHistoryGap(t *testing.T) {
	for position := range 4 {
		f := newFixture(t)
		f.addTenant(t, "acme")
		for range 2 {
			if _, err := f.store.Rotate(t.Context(), "acme", "tester", f.wrapper); err != nil {
				t.Fatal(err)
			}
		}
		f.exec(t, fmt.Sprintf("ALTER TABLE pgseal.key_history DISABLE TRIGGER ALL; DELETE FROM pgseal.key_history WHERE position = %d", position))
		entries, problems, err := f.store.HistoryAsFound(t.Context(), "acme")
		if taken := position > 0; err != nil || (len(problems) == 1) != taken || taken && (len(entries) != 2 || !errors.Is(problems[0], ErrHistoryIncomplete)) {
			t.Errorf("without row %d: %d rows, %v, %v", position, len(entries), problems, err)
		}
	}
}
