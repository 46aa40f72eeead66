package guard

import (
	"fmt"
	"testing"

	"github.com/legatics/pgseal/keysource/pgstore"
)

// TestVerifyNotices spoils each part of a guard in each way and looks: at what
// Verify says, at what the column is called, and at what init makes of it.
func TestVerifyNotices(t *testing.T) {
	f := newFixture(t, `CREATE TABLE t (id int, txt text); CREATE TABLE kid () INHERITS (t);
		CREATE TABLE parted (id int, bin bytea) PARTITION BY LIST (id); CREATE TABLE part1 PARTITION OF parted FOR VALUES IN (1)`)
	columns := []Column{columnOf("t", "txt"), columnOf("parted", "bin")}
	f.sealed(t, columns...)
	name := func(p part, column string) string { return quoteName(p.name(column)) }
	always := "EXECUTE FUNCTION pgseal.refuse_plaintext('txt')"
	tests := []struct {
		name, sql            string
		column               int
		before, after, check Condition
	}{
		{"nothing", "SELECT 1", 0, Whole, Whole, Whole},
		{"before dropped", "DROP TRIGGER " + name(beforeInsert, "txt") + " ON t", 0, Missing, Whole, Whole},
		{"before update dropped", "DROP TRIGGER " + name(beforeUpdate, "txt") + " ON t", 0, Missing, Whole, Whole},
		{"after dropped", "DROP TRIGGER " + name(afterUpdate, "txt") + " ON t", 0, Whole, Missing, Whole},
		{"before disabled", "ALTER TABLE t DISABLE TRIGGER " + name(beforeInsert, "txt"), 0, Disabled, Whole, Whole},
		{"all disabled", "ALTER TABLE t DISABLE TRIGGER USER", 0, Disabled, Disabled, Whole},
		{"only origin", "ALTER TABLE t ENABLE TRIGGER " + name(afterInsert, "txt"), 0, Whole, Disabled, Whole},
		{"only replica", "ALTER TABLE t ENABLE REPLICA TRIGGER " + name(beforeUpdate, "txt"), 0, Disabled, Whole, Whole},
		{"condition weakened", fmt.Sprintf("DROP TRIGGER %[1]s ON t; CREATE TRIGGER %[1]s BEFORE INSERT ON t FOR EACH ROW WHEN (new.id = 0) %[2]s; ALTER TABLE t ENABLE ALWAYS TRIGGER %[1]s",
			name(beforeInsert, "txt"), always), 0, Altered, Whole, Whole},
		{"no condition", fmt.Sprintf("CREATE OR REPLACE TRIGGER %[1]s BEFORE INSERT ON t FOR EACH ROW %[2]s; ALTER TABLE t ENABLE ALWAYS TRIGGER %[1]s",
			name(beforeInsert, "txt"), always), 0, Altered, Whole, Whole},
		{"another function", fmt.Sprintf(`CREATE FUNCTION mild() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
			CREATE OR REPLACE TRIGGER %[1]s BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION mild(); ALTER TABLE t ENABLE ALWAYS TRIGGER %[1]s`,
			name(beforeUpdate, "txt")), 0, Altered, Whole, Whole},
		{"check dropped", "ALTER TABLE t DROP CONSTRAINT " + name(check, "txt"), 0, Whole, Whole, Missing},
		{"check weakened", fmt.Sprintf("ALTER TABLE t DROP CONSTRAINT %[1]s; ALTER TABLE t ADD CONSTRAINT %[1]s CHECK (txt <> '')", name(check, "txt")), 0, Whole, Whole, Altered},
		{"check for a child alone", fmt.Sprintf("ALTER TABLE t DROP CONSTRAINT %[1]s; ALTER TABLE ONLY kid ADD CONSTRAINT %[1]s CHECK (true)", name(check, "txt")), 0, Whole, Whole, Missing},
		{"child disabled", "ALTER TABLE kid DISABLE TRIGGER " + name(beforeInsert, "txt"), 0, Disabled, Whole, Whole},
		{"child dropped", "DROP TRIGGER " + name(afterInsert, "txt") + " ON kid", 0, Whole, Missing, Whole},
		{"new child", "CREATE TABLE another () INHERITS (t)", 0, Missing, Missing, Whole},
		{"partition disabled", "ALTER TABLE part1 DISABLE TRIGGER " + name(beforeInsert, "bin"), 1, Disabled, Whole, Whole},
		{"new partition", "CREATE TABLE part2 PARTITION OF parted FOR VALUES IN (2)", 1, Whole, Whole, Whole},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f.as(t, "owner", tt.sql)
			c := columns[tt.column]
			reports, err := Verify(t.Context(), f.store.Pool(), f.store.Tag(), Target{c.Schema, c.Table, c.Name, c.Name == "txt"})
			if err != nil {
				t.Fatal(err)
			}
			r := reports[0]
			if r.Before != tt.before || r.After != tt.after || r.Check != tt.check {
				t.Errorf("%s", &r)
			}
			status := ColumnStatus{Record: &pgstore.Column{State: pgstore.ColumnSealed}, Guard: r}
			if whole := tt.before == Whole && tt.after == Whole && tt.check == Whole; (status.Called() == pgstore.ColumnSealed) != whole {
				t.Errorf("called %s", status.Called())
			}
			f.sealed(t, columns...)
		})
	}
}

// TestFunctionAltered: the triggers are worth nothing without their function.
func TestFunctionAltered(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (txt text)")
	f.sealed(t, columnOf("t", "txt"))
	for _, sql := range []string{
		"CREATE OR REPLACE FUNCTION pgseal.refuse_plaintext() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN NEW; END'",
		"ALTER FUNCTION pgseal.refuse_plaintext() SET search_path = public",
		"ALTER FUNCTION pgseal.refuse_plaintext() SECURITY DEFINER",
	} {
		f.as(t, "", sql)
		reports, err := Verify(t.Context(), f.store.Pool(), f.store.Tag(), Target{"public", "t", "txt", true})
		if err != nil || reports[0].Before != Altered || reports[0].After != Altered {
			t.Errorf("%v, %v\n%s", reports, err, sql)
		}
		f.sealed(t, columnOf("t", "txt"))
		wantRefused(t, f.try(t, "app", "INSERT INTO t VALUES ('x')"), "t", "txt")
	}
}

// TestEarlierTriggers: triggers that see a plaintext before it is refused are
// named.
func TestEarlierTriggers(t *testing.T) {
	f := newFixture(t, `CREATE TABLE t (txt text);
		CREATE FUNCTION nosy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
		CREATE TRIGGER "   first" BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION nosy();
		CREATE TRIGGER aaa BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION nosy();
		CREATE TRIGGER "   after" AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION nosy()`)
	s := f.sealed(t, columnOf("t", "txt"))
	if e := s.Columns[0].Guard.Earlier; len(e) != 1 || e[0] != `public.t."   first"` {
		t.Errorf("%q", e)
	}
}

func TestVerifyUnknown(t *testing.T) {
	f := newFixture(t, "CREATE TABLE t (txt text)")
	reports, err := Verify(t.Context(), f.store.Pool(), f.store.Tag(), Target{"public", "nothing", "txt", true}, Target{"public", "t", "nothing", true})
	if err != nil || len(reports) != 2 {
		t.Fatal(reports, err)
	}
	for _, r := range reports {
		if r.Before != Missing || r.After != Missing || r.Check != Missing {
			t.Errorf("%s", &r)
		}
	}
}
