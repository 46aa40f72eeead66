package proxy_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/proxy"
)

// rivalBug is something that went wrong in another system that does the same job, or that its users complained of, and the tests that hold this one to
// better. Where tests is empty, reason says why there is none.
type rivalBug struct{ what, tests, reason string }

var rivalBugs = []rivalBug{
	{what: "ON CONFLICT DO UPDATE SET leaves plaintext", tests: "TestNoPlaintextInWrites TestRivalWrites"},
	{what: "a literal or parameter whose type is not worked out passes as plaintext", tests: "TestNoPlaintextInWrites TestRivalWrites"},
	{what: "a table of the same name in another schema takes over the policy", tests: "TestTablesOfTheSameName"},
	{what: "a name that BEGIN or COMMIT has taken over still stands for the old statement", tests: "TestUnnamedStatementBehindSkippedOne TestNamesInPipelines"},
	{what: "the proxy's own error overtakes answers in flight", tests: "TestRefusedInPipelines TestRefusedInStep"},
	{what: "one parameter in two roles", tests: "TestOneParameterInTwoRoles TestRivalParameters"},
	{what: "parameters in binary form", tests: "TestRivalParameters TestSealedInEveryMode"},
	{what: "DISTINCT, GROUP BY and count(DISTINCT) over randomized values", tests: "TestSilentlyWrongReads"},
	{what: "ORDER BY on sealed values, in windows too", tests: "TestSilentlyWrongReads"},
	{what: "SELECT INTO copies sealed values to an unknown table", tests: "TestSilentlyWrongReads"},
	{what: "LIMIT and a bare column as a condition", tests: "TestSilentlyWrongReads TestSealedExpressions"},
	{what: "UPDATE FROM with columns of the same name", tests: "TestNoPlaintextInWrites TestRivalWrites"},
	{what: "a half-migrated column is served as plaintext", tests: "TestSilentlyWrongReads TestValuesThatDoNotOpen TestSealingReadsBothForms"},
	{what: "a filter that may be NULL sends the compared value in plain", tests: "TestRivalOptionalFilter"},
	{what: "memory leaks in pass-through", tests: "TestMemory TestLargeMessagesAreGivenBack"},
	{what: "after a cancelled renewal nothing works any more", tests: "TestAllWaitersLeave TestWaiterLeaves"},
	{what: "ON CONFLICT on a randomized column never fires", tests: "TestSilentlyWrongReads"},
	{what: "WITHIN GROUP (ORDER BY sealed)", tests: "TestSilentlyWrongReads"},

	{what: "a revoked tenant stays unlocked until a restart", tests: "TestKeyGoesDuringCopyIn TestKeyGoneWhileRowsFlow TestWithdrawnInKMS TestLockAndUnlock"},
	{what: "an outage of the key store stops everything after a minute", tests: "TestOutageServesFromTheCache"},
	{what: "a cache time that is too short, or for ever", tests: "TestLongerCacheTime TestShorterCacheTime TestDeadlineIsNotExtendedByUse"},
	{what: "a statement that is not understood passes", tests: "TestFates TestRegressionSuiteIsPlanned"},
	{what: "NULL, IS NULL, DISTINCT, IN, CASE on sealed columns", tests: "TestFates TestSealedExpressions TestShort"},
	{what: "dump and restore, or an upsert, seal twice", tests: "TestSealedTwice TestRawBackup TestRivalUpsert"},
	{what: "UPDATE stores clear text", tests: "TestRivalWrites"},
	{what: "several customers' credentials; a key cached across tenants", tests: "TestAssumeRole TestTwoTenantsInOneTable TestOneQueryForTwoTenants"},
	{what: "old data after the rotation of a key", tests: "TestRotationKeepsOldCiphertext TestRotation TestPinOfAnother"},
	{what: "key management throttles under load; the cache is not used and nobody sees", tests: "TestOneCallForManySessions TestSingleFlight TestCacheUse"},
	{what: "a denial is retried for an hour, and is not told from an outage", tests: "TestRows TestAnswersOfTheKMS"},
	{what: "a cleared tenant key is quietly wrapped again; uniqueness breaks with a younger key", tests: "TestRewrapRefused TestPins"},
	{what: "an upgrade makes old values unreadable", tests: "TestGoldenValuesOpen TestCanonicalFormsAreFrozen"},
	{what: "how to move 100 million rows without a stop; key by tenant in batches; when the old key may go", reason: "bulk jobs have tests of their own where they are"},
}

// TestRivalBugs: each bug has tests that exist.
func TestRivalBugs(t *testing.T) {
	known := testFunctions(t, "..")
	for _, bug := range rivalBugs {
		if (bug.tests == "") == (bug.reason == "") {
			t.Errorf("%s: tests or a reason are wanted", bug.what)
		}
		for _, name := range strings.Fields(bug.tests) {
			if !known[name] {
				t.Errorf("%s: there is no %s", bug.what, name)
			}
		}
	}
}

// rivalSecret is a value that no byte of a sealed column may show.
const rivalSecret = "hunter2"

// wantSealed fails if the secret lies in a sealed column of matters.
func (s *safe) wantSealed(t *testing.T, after string) {
	t.Helper()
	for _, row := range s.stored(t, "concat_ws(' ', title, email, encode(value, 'escape'), encode(closes, 'escape'))") {
		if strings.Contains(row, rivalSecret) {
			t.Errorf("%s: plaintext is stored: %s", after, row)
		}
	}
}

// TestRivalWrites runs, on a real server without a guard, writes with which other proxies stored plaintext, in both protocols: each is refused with a
// typed error, or what it stores is sealed and comes back.
func TestRivalWrites(t *testing.T) {
	s := startSafe(t)
	cluster.Exec(t, s.name, "CREATE SEQUENCE numbers START 1000")
	conn := s.connect(t)
	right := 0
	for _, sql := range []string{
		"INSERT INTO matters (id, title, note) VALUES (nextval('numbers'), 'hunter2', 'open')",
		"INSERT INTO matters (id, title) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET title = 'hunter2'",
		"INSERT INTO matters (id, title) VALUES (1, 'hunter2') ON CONFLICT (id) DO UPDATE SET (title, email) = ('hunter2', 'hunter2')",
		"INSERT INTO matters (id, title) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title || 'hunter2'",
		"UPDATE matters SET title = CASE WHEN id = 1 THEN 'hunter2' ELSE title END", "UPDATE matters SET title = 'hunter' || '2'", "UPDATE matters SET title = coalesce(title, 'hunter2')",
		"UPDATE matters SET title = (SELECT 'hunter2')", "UPDATE matters SET title = upper('hunter2')", "UPDATE matters SET (title, note) = ROW('hunter2', 'x')",
		"UPDATE matters SET title = x.title FROM (SELECT 'hunter2' AS title) x", "UPDATE matters SET title = 'hunter2' COLLATE \"C\"",
		"INSERT INTO matters (id, title) VALUES (2, 'hunter2'::text), (3, CAST('hunter2' AS varchar)), (4, text 'hunter2')", "INSERT INTO matters (id, title) SELECT 5, 'hunter2'",
		"INSERT INTO matters (id, title) SELECT * FROM (VALUES (6, 'hunter2')) v", "INSERT INTO matters (id, title) SELECT 7, unnest(ARRAY['hunter2'])",
		"WITH v AS (SELECT 'hunter2' AS t) INSERT INTO matters (id, title) SELECT 8, t FROM v", "WITH w AS (INSERT INTO matters (id, title) VALUES (9, 'hunter2') RETURNING id) SELECT * FROM w",
		"MERGE INTO matters m USING (SELECT 10 AS id, 'hunter2' AS t) x ON m.id = x.id WHEN NOT MATCHED THEN INSERT (id, title) VALUES (x.id, x.t)",
		"MERGE INTO matters m USING (SELECT 11 AS id) x ON m.id = x.id WHEN NOT MATCHED THEN INSERT (id, title) VALUES (x.id, 'hunter2')",
		"DO $$ BEGIN INSERT INTO matters (id, title) VALUES (12, 'hunter2'); END $$", "EXPLAIN ANALYZE INSERT INTO matters (id, title) VALUES (13, 'hunter2')",
		"SELECT 1; INSERT INTO matters (id, title) VALUES (15, 'hunter2')", "PREPARE p AS INSERT INTO matters (id, title) VALUES (16, 'hunter2'); EXECUTE p", "INSERT INTO matters VALUES (17, 'hunter2')",
		`INSERT INTO "public"."matters" ("id", "title") VALUES (18, 'hunter2')`, `INSERT INTO U&"m\0061tters" (id, title) VALUES (19, 'hunter2')`, "INSERT INTO matters (id, value) VALUES (20, 'hunter2')",
		"INSERT INTO matters (id, title) VALUES (21, '')", "COPY (INSERT INTO matters (id, title) VALUES (22, 'hunter2') RETURNING id) TO STDOUT", "INSERT INTO matters (id, title) VALUES (23, N'hunter2')",
		"SET standard_conforming_strings = off; INSERT INTO matters (id, title) VALUES (24, 'hunter2')",
	} {
		for _, extended := range []bool{false, true} {
			var err error
			if extended {
				_, err = conn.PgConn().ExecParams(t.Context(), sql, nil, nil, nil, nil).Close()
			} else {
				_, err = conn.PgConn().Exec(t.Context(), sql).ReadAll()
			}
			var refused *pgconn.PgError
			if err != nil && !errors.As(err, &refused) {
				t.Fatalf("%s: %v", sql, err)
			}
			if err == nil {
				right++
			}
			s.wantSealed(t, sql)
			if _, err := conn.Exec(t.Context(), "SELECT title, email, value FROM matters", pgx.QueryExecModeSimpleProtocol); err != nil {
				t.Errorf("%s: what it stored does not open: %v", sql, err)
			}
		}
	}
	if right < 15 {
		t.Errorf("only %d writes were carried out", right)
	}
}

// TestRivalParameters: one parameter that is stored and searched for, in text and in binary form.
func TestRivalParameters(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	for _, mode := range []pgx.QueryExecMode{pgx.QueryExecModeExec, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeCacheStatement} {
		if _, err := conn.Exec(t.Context(), "DELETE FROM matters", mode); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, email, title, note) VALUES (1, $1, $1, $2)", mode, rivalSecret, "open"); err != nil {
			t.Fatal(err)
		}
		tag, err := conn.Exec(t.Context(), "UPDATE matters SET email = $1, title = $2 WHERE email = $1", mode, rivalSecret, rivalSecret)
		if err != nil || tag.RowsAffected() != 1 {
			t.Errorf("%v: %v, %v", mode, tag, err)
		}
		s.wantSealed(t, mode.String())
	}
}

// TestRivalOptionalFilter: a filter that is left out where its parameter is NULL does not send the parameter in plain, whatever it is cast to.
func TestRivalOptionalFilter(t *testing.T) {
	r := &recorder{}
	s := startSafe(t, func(c *proxy.Config) { c.Dial = r.dial })
	conn := s.connect(t)
	if _, err := conn.Exec(t.Context(), "INSERT INTO matters (id, email) VALUES (1, $1), (2, 'other')", rivalSecret); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"$1 IS NULL OR email = $1", "$1::text IS NULL OR email = $1", "email = $1::varchar OR CAST($1 AS varchar) IS NULL"} {
		for _, arg := range []any{rivalSecret, nil} {
			var n int
			if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM matters WHERE "+sql, arg).Scan(&n); err != nil || n != map[bool]int{true: 2, false: 1}[arg == nil] {
				t.Errorf("%s: %d rows, %v", sql, n, err)
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if at := bytes.Index(r.sent.Bytes(), []byte(rivalSecret)); at >= 0 {
		t.Errorf("the value went to the server: %q", r.sent.Bytes()[max(0, at-200):at+20])
	}
	if !bytes.Contains(r.sent.Bytes(), []byte("IS NULL OR email")) {
		t.Error("nothing was recorded")
	}
}

// TestRivalUpsert: a row that is written again with what was read is not sealed twice.
func TestRivalUpsert(t *testing.T) {
	s := startSafe(t)
	conn := s.connect(t)
	for range 3 {
		var title, email string
		if err := conn.QueryRow(t.Context(), `INSERT INTO matters (id, title, email) VALUES (1, $1, $1)
			ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title, email = matters.email RETURNING title, email`, rivalSecret).Scan(&title, &email); err != nil {
			t.Fatal(err)
		}
		if title != rivalSecret || email != rivalSecret {
			t.Errorf("%q, %q", title, email)
		}
		if _, err := conn.Exec(t.Context(), "UPDATE matters SET title = $1, email = $2 WHERE id = 1", title, email); err != nil {
			t.Fatal(err)
		}
	}
	s.wantSealed(t, "upsert")
}
