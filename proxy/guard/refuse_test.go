package guard

import (
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource/pgstore"
)

// canary is a plaintext that is searched for in the server's files.
const canary = "Canary-7f3a-in-the-coal-mine"

const refuseTables = `
	CREATE TABLE t (id int PRIMARY KEY, txt text UNIQUE, bin bytea, other text);
	CREATE TABLE parted (id int, txt text) PARTITION BY LIST (id);
	CREATE TABLE part1 PARTITION OF parted FOR VALUES IN (1);
	CREATE TABLE parent (id int, txt text);
	CREATE TABLE child () INHERITS (parent);
	CREATE VIEW v AS SELECT id, txt FROM t;
	CREATE FUNCTION write_it(p text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t (id, txt) VALUES (50, p); END $$;
	CREATE TABLE "odd ""name" (id int, "Col "" x" text)`

func refuseFixture(t *testing.T) *fixture {
	f := newFixture(t, refuseTables)
	f.sealed(t, columnOf("t", "txt"), columnOf("t", "bin"), columnOf("parted", "txt"), columnOf("parent", "txt"), columnOf(`odd "name`, `Col " x`))
	f.as(t, "app", "INSERT INTO t VALUES (1, "+f.armour(crypto.Deterministic, 0)+", "+f.bytes(crypto.Randomized, 0)+", 'o'), (2, NULL, NULL, NULL)")
	return f
}

// TestPlaintextRefused: every way of writing, by the application, by the owner
// and by the superuser.
func TestPlaintextRefused(t *testing.T) {
	f := refuseFixture(t)
	tests := []struct{ name, table, column, sql string }{
		{"insert", "t", "txt", "INSERT INTO t (id, txt) VALUES (10, 'CANARY')"},
		{"insert bytea literal", "t", "bin", "INSERT INTO t (id, bin) VALUES (10, 'CANARY')"},
		{"second row", "t", "txt", "INSERT INTO t (id, txt) VALUES (10, NULL), (11, 'CANARY')"},
		{"insert select", "t", "txt", "INSERT INTO t (id, txt) SELECT 10, 'CANARY' || repeat('x', 100)"},
		{"update", "t", "txt", "UPDATE t SET txt = 'CANARY' WHERE id = 1"},
		{"update of NULL", "t", "txt", "UPDATE t SET txt = 'CANARY' WHERE id = 2"},
		{"update of bytea", "t", "bin", "UPDATE t SET txt = NULL, bin = 'CANARY'::bytea WHERE id = 1"},
		{"on conflict", "t", "txt", "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET txt = 'CANARY'"},
		{"on conflict excluded", "t", "txt", "INSERT INTO t (id, txt) VALUES (1, 'CANARY') ON CONFLICT (id) DO UPDATE SET txt = EXCLUDED.txt"},
		{"on conflict do nothing", "t", "txt", "INSERT INTO t (id, txt) VALUES (1, 'CANARY') ON CONFLICT DO NOTHING"},
		{"merge", "t", "txt", "MERGE INTO t USING (VALUES (1)) s (id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET txt = 'CANARY'"},
		{"cte", "t", "txt", "WITH w AS (INSERT INTO t (id, txt) VALUES (10, 'CANARY') RETURNING *) SELECT * FROM w"},
		{"prepared", "t", "txt", "PREPARE p (text) AS INSERT INTO t (id, txt) VALUES (10, $1); EXECUTE p ('CANARY')"},
		{"function", "t", "txt", "SELECT write_it('CANARY')"},
		{"view", "t", "txt", "INSERT INTO v VALUES (10, 'CANARY')"},
		{"in a transaction", "t", "txt", "BEGIN; INSERT INTO t (id, txt) VALUES (10, 'CANARY'); COMMIT"},
		{"deferred constraints", "t", "txt", "BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO t (id, txt) VALUES (10, 'CANARY'); COMMIT"},
		{"partitioned", "part1", "txt", "INSERT INTO parted VALUES (1, 'CANARY')"},
		{"partition", "part1", "txt", "INSERT INTO part1 VALUES (1, 'CANARY')"},
		{"parent", "parent", "txt", "INSERT INTO parent VALUES (1, 'CANARY')"},
		{"child", "child", "txt", "INSERT INTO child VALUES (1, 'CANARY')"},
		{"odd names", `odd "name`, `Col " x`, `INSERT INTO "odd ""name" VALUES (1, 'CANARY')`},
		{"empty string", "t", "txt", "INSERT INTO t (id, txt) VALUES (10, '')"},
	}
	for _, tt := range tests {
		for _, user := range []string{"app", "owner", ""} {
			t.Run(tt.name+" as "+user, func(t *testing.T) {
				wantRefused(t, f.try(t, user, strings.ReplaceAll(tt.sql, "CANARY", canary)), tt.table, tt.column)
			})
		}
		t.Run(tt.name+" in replica role", func(t *testing.T) {
			sql := "SET session_replication_role = replica; " + strings.ReplaceAll(tt.sql, "CANARY", canary)
			wantRefused(t, f.try(t, "", sql), tt.table, tt.column)
		})
	}
	t.Run("copy", func(t *testing.T) {
		for _, user := range []string{"app", "owner", ""} {
			conn := server.Conn(t, f.database, user)
			_, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader("20\t\\N\n21\t"+canary+"\n"), "COPY t (id, txt) FROM STDIN")
			wantRefused(t, err, "t", "txt")
		}
	})
	if n := f.get(t, "SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM parted), (SELECT count(*) FROM parent)"); n != "2|0|0\n" {
		t.Errorf("rows: %q", n)
	}
	// Neither heap nor write-ahead log has seen it.
	if found := server.FilesWith(t, canary); len(found) > 0 {
		t.Errorf("the canary lies in %v", found)
	}
}

// TestSealedAccepted: what is sealed, and NULL, goes in by every way.
func TestSealedAccepted(t *testing.T) {
	f := refuseFixture(t)
	for _, m := range []crypto.Mode{crypto.Randomized, crypto.Deterministic} {
		for _, extra := range []int{0, 1, 2, 1500} {
			f.as(t, "app", "INSERT INTO t (id, txt, bin) VALUES (10, "+f.armour(m, extra)+", "+f.bytes(m, extra)+")")
			f.as(t, "app", "UPDATE t SET txt = "+f.armour(m, extra)+", bin = NULL WHERE id = 10")
			f.as(t, "app", "DELETE FROM t WHERE id = 10")
		}
	}
	f.as(t, "app", "INSERT INTO parted VALUES (1, "+f.armour(crypto.Randomized, 0)+"); INSERT INTO child VALUES (1, NULL); UPDATE t SET other = 'plain'")
}

// TestCanaryReachesFiles shows that the search would find it: the test above
// can fail.
func TestCanaryReachesFiles(t *testing.T) {
	f := newFixture(t, "CREATE TABLE u (v text)")
	const other = "Canary-that-is-meant-to-be-found"
	f.as(t, "app", "INSERT INTO u VALUES ('"+other+"')")
	if found := server.FilesWith(t, other); len(found) < 2 {
		t.Errorf("found in %v, want heap and WAL", found)
	}
}

// TestLaterTrigger: a BEFORE trigger that fires after the guard's and writes a
// plaintext into the row.
func TestLaterTrigger(t *testing.T) {
	const spoil = `
		CREATE TABLE t (id int, txt text);
		CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.txt := 'from a later trigger'; RETURN NEW; END $$;
		CREATE TRIGGER zz BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION spoil();
		ALTER TABLE t ENABLE ALWAYS TRIGGER zz;`
	t.Run("sealing", func(t *testing.T) {
		f := newFixture(t, spoil+"ALTER TABLE t DISABLE TRIGGER zz; INSERT INTO t VALUES (1, 'old'); ALTER TABLE t ENABLE ALWAYS TRIGGER zz")
		s := f.settle(t, columnOf("t", "txt"))
		if s.Columns[0].State() != pgstore.ColumnSealing || !s.Columns[0].Guard.Guarded() {
			t.Fatalf("%+v", s.Columns[0])
		}
		for _, sql := range []string{"INSERT INTO t VALUES (2, NULL)", "INSERT INTO t VALUES (2, " + f.armour(crypto.Randomized, 0) + ")", "UPDATE t SET id = 3"} {
			wantRefused(t, f.try(t, "app", sql), "t", "txt")
			wantRefused(t, f.try(t, "", "SET session_replication_role = replica; "+sql), "t", "txt")
		}
	})
	t.Run("sealed", func(t *testing.T) {
		f := newFixture(t, spoil)
		f.sealed(t, columnOf("t", "txt"))
		// The CHECK comes first: not even the heap sees it.
		err := f.try(t, "app", "INSERT INTO t VALUES (2, NULL)")
		if sqlState(err) != checkViolation {
			t.Errorf("got %v", err)
		}
	})
}

// TestOldPlaintextMayStay: while a column is sealing, a row that still holds
// plaintext may be updated in its other columns and deleted, and its plaintext
// may be replaced by a sealed value, but not by another plaintext.
func TestOldPlaintextMayStay(t *testing.T) {
	f := newFixture(t, `CREATE TABLE t (id int, txt text, bin bytea, n int);
		INSERT INTO t VALUES (1, 'old one', 'old one', 0), (2, 'old two', 'old two', 0)`)
	s := f.settle(t, columnOf("t", "txt"), columnOf("t", "bin"))
	for i := range s.Columns {
		if c := &s.Columns[i]; c.State() != pgstore.ColumnSealing || !c.Guard.Guarded() || c.Guard.Check != Missing || !strings.Contains(c.Note, "plaintext") {
			t.Errorf("%s: %s, %s, %q", c.Column.String(), c.State(), &c.Guard, c.Note)
		}
	}
	f.as(t, "app", "UPDATE t SET n = n + 1; UPDATE t SET txt = txt, bin = bin; UPDATE t SET txt = 'old one', n = 7 WHERE id = 1")
	wantRefused(t, f.try(t, "app", "UPDATE t SET txt = 'OLD ONE' WHERE id = 1"), "t", "txt")
	wantRefused(t, f.try(t, "app", "UPDATE t SET bin = 'old two' WHERE id = 1"), "t", "bin")
	wantRefused(t, f.try(t, "app", "INSERT INTO t VALUES (3, 'old one')"), "t", "txt")
	f.as(t, "app", "UPDATE t SET txt = "+f.armour(crypto.Randomized, 0)+", bin = "+f.bytes(crypto.Deterministic, 3)+" WHERE id = 1; DELETE FROM t WHERE id = 2")
	f.sealed(t, columnOf("t", "txt"), columnOf("t", "bin"))
}

// TestLooseCollation: to a collation that takes different strings for equal,
// another plaintext would be no change.
func TestLooseCollation(t *testing.T) {
	f := newFixture(t, `CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
		CREATE TABLE t (txt text COLLATE loose); INSERT INTO t VALUES ('old')`)
	f.settle(t, columnOf("t", "txt"))
	wantRefused(t, f.try(t, "app", "UPDATE t SET txt = 'OLD'"), "t", "txt")
	f.as(t, "app", "UPDATE t SET txt = "+f.armour(crypto.Randomized, 0))
	f.sealed(t, columnOf("t", "txt"))
	wantRefused(t, f.try(t, "app", "UPDATE t SET txt = upper(txt)"), "t", "txt")
}
