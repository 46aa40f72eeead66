package doctor

import (
	"slices"
	"strings"
	"testing"
)

// TestClean: nothing but information in a database in which all is well.
func TestClean(t *testing.T) {
	f := newFixture(t, schema)
	found := f.examine(t)
	for _, one := range worse(found) {
		t.Errorf("%+v", one)
	}
	for _, one := range found {
		if one.Kind == "unseen" {
			t.Errorf("%+v", one)
		}
	}
	if Count(found, Information) < 2 {
		t.Errorf("who could take the guard away is not said: %+v", found)
	}
}

// fault is something that is put into a clean database.
type fault struct {
	name     string
	sql      string
	want     Severity
	kind     string
	object   string
	message  string // part of it
	evidence string // part of it
	mend     string // instead of the finding's own, where that is no SQL; "-" where the fault stays until the database is made anew
	also     bool   // it is found in other ways too
}

const disableTriggers = `DO $$ DECLARE n name; BEGIN
	FOR n IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'matters'::regclass AND tgname LIKE '%title%' LOOP EXECUTE format('ALTER TABLE matters DISABLE TRIGGER %I', n); END LOOP; END $$;`

const dropCheck = `DO $$ DECLARE n name; BEGIN
	FOR n IN SELECT conname FROM pg_constraint WHERE conrelid = 'matters'::regclass AND conname LIKE 'pgseal_sealed_title%' LOOP EXECUTE format('ALTER TABLE matters DROP CONSTRAINT %I', n); END LOOP; END $$;`

var faults = []fault{
	{name: "disabled triggers", sql: disableTriggers, want: Error, kind: "guard", object: "public.matters.title", message: "BEFORE trigger is disabled"},
	{name: "ordinary triggers", sql: strings.ReplaceAll(disableTriggers, "DISABLE", "ENABLE"), want: Error, kind: "guard", object: "public.matters.title", message: "AFTER trigger is disabled"},
	{name: "dropped check", sql: dropCheck, want: Error, kind: "guard", object: "public.matters.title", message: "is missing"},
	{name: "altered function", sql: `CREATE OR REPLACE FUNCTION pgseal.refuse_plaintext() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN NEW; END'`,
		want: Error, kind: "guard", object: "public.matters.title", message: "is altered", mend: "init", also: true},
	{name: "plaintext past the guard", sql: disableTriggers + dropCheck + `INSERT INTO matters (id, title) VALUES (1, 'canary'), (2, NULL), (3, 'canary too')`,
		want: Error, kind: "plaintext", object: "public.matters.title", message: "is sealed, and holds plaintext", mend: "DELETE FROM matters; init", also: true},
	{name: "plaintext in a partition", sql: `SET session_replication_role = replica; ALTER TABLE notes DISABLE TRIGGER ALL; ALTER TABLE notes_1 DISABLE TRIGGER ALL;
		DO $$ DECLARE n name; BEGIN SELECT conname INTO n FROM pg_constraint WHERE conrelid = 'notes'::regclass AND conname LIKE 'pgseal_sealed%';
		EXECUTE format('ALTER TABLE notes DROP CONSTRAINT %I', n); END $$; INSERT INTO notes VALUES (1, 'canary')`,
		want: Error, kind: "plaintext", object: "public.notes.body", message: "holds plaintext", mend: "DELETE FROM notes; init", also: true},
	{name: "plaintext behind a forged proof", sql: `ALTER ROLE pgseal SET constraint_exclusion = on; reconnect; ALTER TABLE notes DISABLE TRIGGER ALL; ALTER TABLE notes_1 DISABLE TRIGGER ALL;
		DO $$ DECLARE r record; BEGIN
			FOR r IN SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conrelid = 'notes'::regclass AND conname LIKE 'pgseal_sealed%' LOOP
				EXECUTE format('ALTER TABLE notes DROP CONSTRAINT %I', r.conname);
				INSERT INTO notes VALUES (1, 'canary');
				EXECUTE format('ALTER TABLE notes ADD CONSTRAINT %I %s NOT VALID', r.conname, r.def);
			END LOOP;
		END $$; UPDATE pg_constraint SET convalidated = true WHERE conname LIKE 'pgseal_sealed_body%'; init`,
		want: Error, kind: "plaintext", object: "public.notes.body", message: "holds plaintext", mend: "DELETE FROM notes; ALTER ROLE pgseal RESET constraint_exclusion; reconnect"},
	{name: "statistics", sql: disableTriggers + dropCheck + `INSERT INTO matters (id, title) SELECT n, 'canary ' || n % 3 FROM generate_series(1, 300) n; ANALYZE matters; DELETE FROM matters; init`,
		want: Warning, kind: "statistics", object: "public.matters.title", message: "from before it was sealed"},
	{name: "statistics of a table with rows", sql: `init; SEALED; ` + disableTriggers + dropCheck + `INSERT INTO matters (id, title) SELECT n, 'canary ' || n % 3 FROM generate_series(1, 300) n;
		ANALYZE matters; DELETE FROM matters WHERE title LIKE 'canary%'; init`, want: Warning, kind: "statistics", object: "public.matters.title"},
	{name: "extended statistics", sql: `CREATE STATISTICS both_of (mcv) ON title, email FROM matters`, want: Warning, kind: "statistics", object: "statistics public.both_of", message: "extended statistics"},
	{name: "expression index", sql: `CREATE INDEX lowered ON matters (lower(title))`, want: Error, kind: "policy", object: "index lowered", message: "computes with the column"},
	{name: "partial index", sql: `CREATE INDEX few ON matters (id) WHERE title = 'x'`, want: Error, kind: "policy", object: "index few", message: "computes with the column"},
	{name: "check", sql: `ALTER TABLE matters ADD CONSTRAINT short CHECK (length(title) < 10000)`, want: Error, kind: "policy", object: "the check constraint short of public.matters"},
	{name: "row-level security", sql: `CREATE POLICY mine ON matters USING (email = current_user)`, want: Error, kind: "policy", object: "the row-level security policy mine on public.matters"},
	{name: "trigger", sql: `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER note BEFORE INSERT ON matters FOR EACH ROW EXECUTE FUNCTION note()`,
		want: Error, kind: "policy", object: "trigger note", mend: "DROP TRIGGER note ON matters; DROP FUNCTION note()"},
	{name: "rule", sql: `CREATE RULE copy AS ON INSERT TO matters DO ALSO INSERT INTO plain VALUES (NEW.id, NEW.title)`, want: Error, kind: "policy", object: "rule copy", mend: "DROP RULE copy ON matters", also: true},
	{name: "trigger that comes first", sql: `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER "   first" BEFORE INSERT ON matters FOR EACH ROW EXECUTE FUNCTION note()`,
		want: Warning, kind: "guard", object: "public.matters.title", message: "fires before the guard", mend: `DROP TRIGGER "   first" ON matters; DROP FUNCTION note()`, also: true},
	{name: "foreign child", sql: `CREATE EXTENSION postgres_fdw; CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE far () INHERITS (matters) SERVER other`,
		want: Error, kind: "policy", object: "foreign table public.far", mend: "DROP EXTENSION postgres_fdw CASCADE", also: true},
	{name: "function", sql: `CREATE FUNCTION totals() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM matters'`, want: Warning, kind: "policy", object: "function public.totals", mend: "DROP FUNCTION totals()"},
	{name: "materialized view", sql: disableTriggers + dropCheck + `INSERT INTO matters (id, title) VALUES (1, 'canary'); CREATE MATERIALIZED VIEW old AS SELECT title, id FROM matters;
		ALTER MATERIALIZED VIEW old OWNER TO owner; DELETE FROM matters; init`, want: Warning, kind: "copy", object: "materialized view public.old", message: "plaintext from before", also: true},
	{name: "materialized view out of sight", sql: `CREATE MATERIALIZED VIEW unseen AS SELECT title FROM matters`, want: Warning, kind: "copy", object: "materialized view public.unseen",
		message: "cannot be seen", mend: "DROP MATERIALIZED VIEW unseen"},

	{name: "publication", sql: `CREATE PUBLICATION everything FOR ALL TABLES`, want: Information, kind: "replication", object: "publication everything", message: "sealed values", mend: "DROP PUBLICATION everything"},
	{name: "publication with a row filter", sql: `CREATE PUBLICATION few FOR TABLE matters WHERE (email <> '')`, want: Error, kind: "policy", object: "the row filter of the publication few of public.matters", mend: "DROP PUBLICATION few", also: true},
	{name: "subscription", sql: `CREATE SUBSCRIPTION inflow CONNECTION 'host=127.0.0.1 port=1 dbname=none' PUBLICATION other WITH (connect = false);
		INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate) SELECT s.oid, 'matters'::regclass, 'i' FROM pg_subscription s; UPDATE pg_subscription SET subenabled = true`,
		want: Warning, kind: "replication", object: "subscription inflow", message: "the guard refuses", mend: "ALTER SUBSCRIPTION inflow DISABLE; ALTER SUBSCRIPTION inflow SET (slot_name = NONE); DROP SUBSCRIPTION inflow"},
	{name: "logical slot", sql: `SELECT pg_create_logical_replication_slot('reader', 'test_decoding')`, want: Information, kind: "replication", object: "receivers of the WAL", mend: "SELECT pg_drop_replication_slot('reader')"},
	{name: "log_statement", sql: `ALTER SYSTEM SET log_statement = 'mod'; reload`, want: Warning, kind: "log", object: "log_statement", evidence: "parameters are logged with the texts"},
	{name: "slow statements", sql: `ALTER SYSTEM SET log_min_duration_statement = 100; reload`, want: Warning, kind: "log", object: "log_min_duration_statement"},
	{name: "parameters of failures", sql: `ALTER SYSTEM SET log_parameter_max_length_on_error = -1; reload`, want: Warning, kind: "log", object: "log_parameter_max_length_on_error"},
	{name: "log_statement of a role", sql: `ALTER ROLE app SET log_statement = 'all'`, want: Warning, kind: "log", object: "role app"},
	{name: "pg_stat_statements", sql: `CREATE EXTENSION pg_stat_statements`, want: Warning, kind: "extension", object: "extension pg_stat_statements", mend: "DROP EXTENSION pg_stat_statements"},
	{name: "auto_explain", sql: `ALTER ROLE pgseal SET session_preload_libraries = 'auto_explain'; reconnect`, want: Warning, kind: "extension", object: "library auto_explain", mend: "ALTER ROLE pgseal RESET session_preload_libraries; reconnect"},
	{name: "replica role", sql: `ALTER ROLE app SET session_replication_role = replica`, want: Warning, kind: "setting", object: "role app", message: "ENABLE ALWAYS"},
	{name: "strings of the database", sql: `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', current_database()); END $$`, want: Error, kind: "setting", message: "KP002"},
	{name: "encoding of a role", sql: `ALTER ROLE app SET client_encoding = 'LATIN1'`, want: Warning, kind: "setting", object: "role app", message: "client_encoding"},
	{name: "bytea_output", sql: `ALTER ROLE app SET bytea_output = 'escape'`, want: Information, kind: "setting", object: "role app"},
	{name: "search_path", sql: `ALTER ROLE app SET search_path = public, pgseal`, want: Warning, kind: "setting", object: "role app", message: "search_path"},
	{name: "strings of the server", sql: `ALTER SYSTEM SET standard_conforming_strings = off; reload`, want: Error, kind: "setting", object: "the server", mend: "ALTER SYSTEM RESET standard_conforming_strings; reload"},
	{name: "rights to read", sql: `GRANT USAGE ON SCHEMA pgseal TO app; GRANT SELECT ON pgseal.tenant, pgseal.data_key TO app`, want: Warning, kind: "rights", object: "role app", message: "may read"},
	{name: "rights to write", sql: `GRANT UPDATE ON pgseal.tenant TO PUBLIC`, want: Error, kind: "rights", object: "role app", message: "may change", also: true},
	{name: "rights to create", sql: `GRANT CREATE ON SCHEMA pgseal TO app`, want: Error, kind: "rights", object: "role app", message: "may change"},
	{name: "owner of a record", sql: `ALTER TABLE pgseal.event OWNER TO app`, want: Error, kind: "rights", object: "pgseal.event", also: true},
}

// TestFaults puts each fault into a clean database, demands that it is found and called by its name, and that what the finding says mends it.
func TestFaults(t *testing.T) {
	f := newFixture(t, schema)
	for _, c := range faults {
		t.Run(c.name, func(t *testing.T) {
			f.change(t, c.sql)
			found := f.examine(t)
			at := -1
			for i, one := range found {
				if one.Severity == c.want && one.Kind == c.kind && (c.object == "" || one.Object == c.object) && strings.Contains(one.Message, c.message) && strings.Contains(one.Evidence, c.evidence) {
					at = i
				}
			}
			if at < 0 {
				t.Errorf("not found: %s %s %s, but\n%s", c.want, c.kind, c.object, shown(worse(found)))
			} else if n := len(worse(found)); !c.also && n > 1 {
				t.Errorf("more was found:\n%s", shown(worse(found)))
			}
			mend := c.mend
			if mend == "" && at >= 0 {
				mend = found[at].Mend
			}
			if mend == "" && c.want != Information {
				t.Errorf("nothing is said that mends it: %+v", found[at])
			}
			f.change(t, strings.ReplaceAll(mend, "SELECT pg_reload_conf();", "reload;"))
			if rest := worse(f.examine(t)); len(rest) > 0 {
				t.Fatalf("not mended by %s\n%s", mend, shown(rest))
			}
		})
		if t.Failed() {
			f = newFixture(t, schema)
		}
	}
}

func shown(all []Finding) string {
	var b strings.Builder
	for _, f := range all {
		b.WriteString(strings.Join([]string{string(f.Severity), f.Kind, f.Object, f.Message, f.Evidence, f.Mend}, " | ") + "\n")
	}
	return b.String()
}

// TestUnseen: what the control role may not look at is said, and is no failure.
func TestUnseen(t *testing.T) {
	f := newFixture(t, schema)
	f.exec(t, "REVOKE pg_monitor, pg_read_all_settings FROM pgseal; REVOKE EXECUTE ON FUNCTION pg_show_all_file_settings() FROM pgseal")
	f.store.Pool().Reset()
	defer f.exec(t, "GRANT pg_monitor, pg_read_all_settings TO pgseal")
	found := f.examine(t)
	for _, object := range []string{"loaded libraries", "settings of the server"} {
		if !slices.ContainsFunc(found, func(one Finding) bool { return one.Kind == "unseen" && one.Object == object }) {
			t.Errorf("nothing is said of %s:\n%s", object, shown(found))
		}
	}
	if rest := worse(found); len(rest) > 0 {
		t.Error(shown(rest))
	}
}

// TestNotSealedYet: columns that held plaintext when they were listed.
func TestNotSealedYet(t *testing.T) {
	f := newFixture(t, schema+`ALTER TABLE matters ALTER amount TYPE numeric USING NULL; INSERT INTO matters SELECT n, 'canary ' || n, NULL, n FROM generate_series(1, 7) n;
		RESET ROLE; CREATE PUBLICATION everything FOR ALL TABLES`)
	found := f.examine(t)
	for _, want := range []Finding{
		{Severity: Error, Kind: "plaintext", Object: "public.matters.title", Evidence: "7 values are not sealed", Message: "still holds plaintext"},
		{Severity: Error, Kind: "state", Object: "public.matters.amount", Evidence: "state plain", Message: "what is written to it is not sealed"},
		{Severity: Warning, Kind: "replication", Object: "publication everything", Evidence: "table public.matters: amount", Message: "get plaintext"},
		{Severity: Information, Kind: "replication", Object: "publication everything", Evidence: "table public.notes_1", Message: "sealed values"},
	} {
		if !slices.ContainsFunc(found, func(one Finding) bool {
			return one.Severity == want.Severity && one.Kind == want.Kind && one.Object == want.Object && one.Evidence == want.Evidence && strings.Contains(one.Message, want.Message)
		}) {
			t.Errorf("not found: %+v", want)
		}
	}
	if t.Failed() {
		t.Log(shown(found))
	}
}

// TestSample: of a large table a part is looked at, and the finding says how much.
func TestSample(t *testing.T) {
	f := newFixture(t, schema+"INSERT INTO matters SELECT n, repeat('canary', 50), NULL, NULL FROM generate_series(1, 20000) n")
	f.budget = 1 << 20
	found := f.examine(t)
	at := slices.IndexFunc(found, func(one Finding) bool { return one.Kind == "plaintext" })
	if at < 0 || !strings.Contains(found[at].Evidence, "% of the table that were looked at") {
		t.Errorf("%s", shown(found))
	}
}
