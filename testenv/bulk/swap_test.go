package bulk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/testenv/bench/program"
	"github.com/legatics/pgseal/testenv/postgres"
)

// keyed are tables whose columns cannot be sealed row by row.
const keyed = `
	CREATE TYPE mood AS ENUM ('glad', 'so so', 'sad');
	CREATE TABLE people (id bigint PRIMARY KEY, email varchar(80) NOT NULL UNIQUE, changed int NOT NULL DEFAULT 0);
	CREATE TABLE letters (n bigint PRIMARY KEY, recipient varchar(80) REFERENCES people (email) ON UPDATE CASCADE, copy_to varchar(80));
	COMMENT ON CONSTRAINT letters_recipient_fkey ON letters IS 'whom';
	CREATE INDEX ON letters (recipient);
	CREATE TABLE accounts (id uuid PRIMARY KEY, owner text, balance numeric(12,2), mood mood, tags jsonb, parts int[], code char(6), raw bytea, CONSTRAINT owned UNIQUE (owner, id));
	CREATE TABLE entries (n bigint PRIMARY KEY, account uuid NOT NULL REFERENCES accounts, amount numeric(12,2) NOT NULL, at timestamptz) PARTITION BY HASH (n);
	CREATE TABLE entries_0 PARTITION OF entries FOR VALUES WITH (MODULUS 2, REMAINDER 0);
	CREATE TABLE entries_1 PARTITION OF entries FOR VALUES WITH (MODULUS 2, REMAINDER 1);
	INSERT INTO people SELECT i, 'zq7734.' || i || '@example.org' FROM generate_series(1, %[1]d) i;
	INSERT INTO letters SELECT i, CASE WHEN i %% 5 > 0 THEN 'zq7734.' || 1 + i %% %[1]d || '@example.org' END, 'zq7734.' || i || '@example.org' FROM generate_series(1, %[1]d) i;
	INSERT INTO accounts SELECT md5(i::text)::uuid, 'o' || i, CASE WHEN i %% 9 > 0 THEN i / 4.0 - 100 END, (enum_range(NULL::mood))[1 + i %% 3], jsonb_build_object('zq7734', i, 'b', '[1.50, null]'::jsonb), ARRAY[i, NULL, -i], 'c' || i, decode(md5(i::text), 'hex') FROM generate_series(1, %[1]d) i;
	INSERT INTO entries SELECT i, md5((1 + i %% %[1]d)::text)::uuid, i / 8.0, timestamptz '2020-01-01 00:00:00.000001+00' + i * interval '1 hour' FROM generate_series(1, %[1]d) i;
`

const keyedPolicy = `version: 1
tables:
  public.people: {columns: {email: {mode: deterministic, domain: addresses}}}
  public.letters: {columns: {recipient: {mode: deterministic, domain: addresses}, copy_to: {mode: deterministic, domain: addresses}}}
  public.accounts: {columns: {id: {mode: deterministic, domain: accounts, type: uuid}, balance: {mode: randomized, type: "numeric(12,2)"}, mood: {mode: randomized, type: public.mood}, tags: {mode: randomized}, parts: {mode: randomized}, code: {mode: randomized}, raw: {mode: randomized}}}
  public.entries: {columns: {account: {mode: deterministic, domain: accounts}, amount: {mode: deterministic, type: "numeric(12,2)"}, at: {mode: randomized}}}
`

// keyedRows are fewer: each column is a command of its own.
func keyedRows() int { return *rowsEach / 5 }

// startWith makes a database by DDL, with pgseal before it.
func startWith(t *testing.T, ddl, policy string) *world {
	t.Helper()
	w := &world{server: postgres.Start(t, postgres.Options{}), binary: binary}
	w.server.Exec(t, "postgres", "CREATE DATABASE "+database)
	w.server.Exec(t, database, ddl)
	var err error
	w.pgseal, err = program.Prepare(t.Context(), program.Options{Binary: binary, Dir: filepath.Join(t.TempDir(), "pgseal"), Upstream: w.server.Address(),
		Database: database, Control: "user=postgres", Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	w.serve(t)
	t.Cleanup(func() {
		if err := w.pgseal.Stop(); err != nil {
			t.Error(err)
		}
	})
	if w.url, err = w.pgseal.URL(w.server.URL(database, "")); err != nil {
		t.Fatal(err)
	}
	return w
}

// rowsOf are all rows of a table as text, in the order of a key that is not sealed.
func rowsOf(t *testing.T, url, query string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	results, err := conn.PgConn().Exec(t.Context(), query).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var b strings.Builder
	for _, row := range results[0].Rows {
		for _, v := range row {
			fmt.Fprintf(&b, "%q ", v)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var keyedQueries = []string{"SELECT * FROM people ORDER BY id", "SELECT * FROM letters ORDER BY n", "SELECT * FROM accounts ORDER BY owner", "SELECT * FROM entries ORDER BY n"}

// atOnceColumns are converted one after the other; the first few of them where not much time is to be spent.
var atOnceColumns = []string{"people.email", "accounts.id", "accounts.tags", "accounts.code", "accounts.raw", "accounts.balance", "accounts.mood", "accounts.parts", "entries.amount", "entries.at"}

const atOnceFew = 5

// TestAtOnce converts whole equality domains with their keys, and columns of other types, and holds every row against what it was.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	w := startWith(t, fmt.Sprintf(keyed, keyedRows()), keyedPolicy)
	before := map[string]string{}
	for _, q := range keyedQueries {
		before[q] = rowsOf(t, w.url, q)
	}
	// Until somebody says so everything goes on as it was.
	if out := w.column(t, true, "status"); !strings.Contains(out, "pgseal column encrypt public.people.email") || strings.Count(out, "sealing") > 1 { // raw, which lies as it is sealed
		t.Error(out)
	}
	if got := rowsOf(t, w.url, "SELECT id FROM people WHERE email = 'zq7734.3@example.org'"); got != "\"3\" \n" {
		t.Errorf("found by value: %s", got)
	}
	if out := w.column(t, false, "encrypt", "public.people.email", "--route", "in-place"); !strings.Contains(out, "--route pause") {
		t.Error(out)
	}
	if out := w.column(t, false, "encrypt", "public.people.email", "--route", "column"); !strings.Contains(out, "equality domain") {
		t.Error(out)
	}
	if out := w.column(t, true, "encrypt", "public.people.email", "--dry-run"); !strings.Contains(out, "SHARE ROW EXCLUSIVE") || !strings.Contains(out, "DROP CONSTRAINT letters_recipient_fkey") {
		t.Error(out)
	}
	if out := w.column(t, false, "encrypt", "public.people.email", "--max-write-pause", "1ms"); !strings.Contains(out, "writes would wait") {
		t.Error(out)
	}
	for i, column := range atOnceColumns {
		if i >= atOnceFew && *rowsEach <= 3000 {
			break
		}
		began := time.Now()
		out := w.column(t, true, "encrypt", "public."+column, "--max-write-pause", "60s")
		t.Logf("%s: %s\n%s", column, time.Since(began).Round(time.Millisecond), out)
	}
	out := w.column(t, true, "status")
	if strings.Contains(out, "sealing") || strings.Count(out, "  sealed") < 8 || strings.Contains(out, "another checksum") {
		t.Error(out)
	}
	for _, q := range keyedQueries {
		if got := rowsOf(t, w.url, q); got != before[q] {
			t.Errorf("%s: rows are not what they were:\n%.300s\n%.300s", q, got, before[q])
		}
	}
	w.keysHold(t)
}

// keysHold: what the server held the columns to before, it holds them to now.
func (w *world) keysHold(t *testing.T) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	for sql, code := range map[string]string{
		"INSERT INTO people (id, email) VALUES (-1, 'zq7734.3@example.org')":                                                               "23505",
		"INSERT INTO letters VALUES (-1, 'nobody@example.org')":                                                                            "23503",
		"DELETE FROM people WHERE email = 'zq7734.3@example.org'":                                                                          "23503",
		"INSERT INTO entries VALUES (-2, 'ffffffff-0000-0000-0000-000000000000', 1)":                                                       "23503",
		"INSERT INTO entries VALUES (-3, 'c4ca4238-a0b9-2382-0dcc-509a6f75849b', NULL)":                                                    "23502",
		"INSERT INTO people (id, email) VALUES (3, 'zq7734.3@example.org') ON CONFLICT (email) DO UPDATE SET changed = people.changed + 1": "",
		"INSERT INTO entries VALUES (-1, 'c4ca4238-a0b9-2382-0dcc-509a6f75849b', 4.50)":                                                    "",
		"UPDATE people SET email = 'moved@example.org' WHERE email = 'zq7734.4@example.org'":                                               "",
		"DO $$ BEGIN IF (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated AND conparentid = 0 AND connamespace = 'public'::regnamespace) <> 2 THEN RAISE EXCEPTION 'foreign keys'; END IF; END $$": "-",
	} {
		if code == "-" {
			w.exec1(t, sql)
			continue
		}
		_, err := conn.Exec(t.Context(), sql)
		var server *pgconn.PgError
		if code == "" && err != nil || code != "" && (!errors.As(err, &server) || server.Code != code) {
			t.Errorf("%s: %v, want %q", sql, err, code)
		}
	}
	var n int
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM people p JOIN letters l ON l.recipient = p.email WHERE p.email = $1", "moved@example.org").Scan(&n); err != nil || n == 0 {
		t.Errorf("%d letters followed their recipient: %v", n, err)
	}
	if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM entries e JOIN accounts a ON a.id = e.account WHERE a.id = $1", "c4ca4238-a0b9-2382-0dcc-509a6f75849b").Scan(&n); err != nil || n != 2 {
		t.Errorf("%d entries of the account: %v", n, err)
	}
	w.exec1(t, `DO $$ BEGIN
		IF (SELECT obj_description(oid) FROM pg_constraint WHERE conname = 'letters_recipient_fkey') <> 'whom' THEN RAISE EXCEPTION 'comment'; END IF;
		IF EXISTS (SELECT FROM people WHERE email NOT LIKE 'pgs1\_%') OR EXISTS (SELECT FROM letters WHERE recipient || copy_to NOT LIKE 'pgs1\_%') THEN RAISE EXCEPTION 'plaintext'; END IF;
		IF (SELECT count(*) FROM pg_attribute WHERE attrelid IN ('accounts'::regclass, 'entries'::regclass, 'entries_0'::regclass) AND atttypid = 'bytea'::regtype) < 5 THEN RAISE EXCEPTION 'types'; END IF;
	END $$`)
}

// TestAtOnceRefused: what would not hold is named before anything is touched, and what takes too long is undone; then all is as it was.
func TestAtOnceRefused(t *testing.T) {
	t.Parallel()
	w := startWith(t, `CREATE TABLE users (id bigint PRIMARY KEY, login varchar(40) UNIQUE, born date);
		INSERT INTO users SELECT i, 'zq7734.' || i, date '2000-01-01' + i FROM generate_series(1, 200) i;
		INSERT INTO users VALUES (1001, 'ZQ7734.7'), (1002, ' zq7734.7 ');
		CREATE VIEW birthdays AS SELECT id, born FROM users;
		CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_catalog.pg_sleep(0.04); RETURN new; END';
		CREATE TRIGGER slow BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION slow()`,
		"version: 1\ntables:\n  public.users: {acknowledge_triggers: [slow], columns: {login: {mode: deterministic, normalize: [trim, lower]}, born: {mode: randomized}}}\n")
	out := w.column(t, false, "encrypt", "users.login", "--triggers", "run")
	if !strings.Contains(out, "users_login_key on public.users: 2 rows") || !strings.Contains(out, "1001; 1002") || strings.Contains(out, "7734") {
		t.Error(out)
	}
	w.exec1(t, `DELETE FROM users WHERE id > 1000`)
	before := rowsOf(t, w.url, "SELECT * FROM users ORDER BY id")
	if out := w.column(t, false, "encrypt", "users.login"); !strings.Contains(out, "--triggers") {
		t.Error(out)
	}
	if out := w.column(t, false, "encrypt", "users.login", "--triggers", "run", "--max-write-pause", "4s"); !strings.Contains(out, "undone") {
		t.Error(out)
	}
	w.until(t, "users.login", "plain") // by the proxy, since nobody works on it
	if got := rowsOf(t, w.url, "SELECT * FROM users ORDER BY id"); got != before {
		t.Errorf("rows are not what they were:\n%.300s", got)
	}
	if out := w.column(t, false, "encrypt", "users.born"); !strings.Contains(out, "the view public.birthdays names the column") && !strings.Contains(out, "the view birthdays names the column") {
		t.Error(out)
	}
	w.exec1(t, "DROP VIEW birthdays")
	// A transaction with a snapshot of before would find the table empty.
	reader, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close(context.WithoutCancel(t.Context()))
	if _, err := reader.Exec(t.Context(), "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class"); err != nil {
		t.Fatal(err)
	}
	if out := w.column(t, false, "encrypt", "users.born"); !strings.Contains(out, "end them, or try again later") {
		t.Error(out)
	}
	if _, err := reader.Exec(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	w.column(t, true, "encrypt", "users.born", "--max-write-pause", "60s")
	w.column(t, true, "encrypt", "users.login", "--triggers", "skip", "--max-write-pause", "60s")
	if got := rowsOf(t, w.url, "SELECT * FROM users ORDER BY id"); got != before {
		t.Errorf("rows are not what they were:\n%.300s\n%.300s", got, before)
	}
	w.exec1(t, `DO $$ BEGIN IF EXISTS (SELECT FROM users WHERE login NOT LIKE 'pgs1\_%') THEN RAISE EXCEPTION 'plaintext'; END IF; END $$`)
}
