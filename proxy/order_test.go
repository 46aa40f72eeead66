package proxy_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy"
	"github.com/legatics/pgseal/proxy/plan"
	"github.com/legatics/pgseal/proxy/value"
)

// A column that was sealed by way of a second one lies behind the others. Statements that do not name the columns are answered as if it lay where it
// was: as those of a database are in which nothing was ever converted.

const orderSchema = `
CREATE TABLE matters (id bigint PRIMARY KEY, title text, email text, amount numeric, note text DEFAULT 'none', twice bigint GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE papers (id bigint PRIMARY KEY, email text, body text, pages int);
CREATE TABLE clients (client bigint, email text, name text);
CREATE TABLE pairs (id bigint, title text);
CREATE VIEW before AS SELECT * FROM matters;
`

// orderMove is what a conversion does to the columns: dropped, added, renamed.
const orderMove = `
DROP VIEW before;
ALTER TABLE matters ADD pgseal_1 text; ALTER TABLE matters DROP title; ALTER TABLE matters RENAME pgseal_1 TO title;
ALTER TABLE matters ADD pgseal_2 bytea; ALTER TABLE matters DROP amount; ALTER TABLE matters RENAME pgseal_2 TO amount;
CREATE VIEW before AS SELECT id, title, email, amount, note, twice FROM matters;
`

// orderFilling is what a conversion does to a table before it takes any column away.
const orderFilling = "ALTER TABLE matters ADD pgseal_1a text, ADD pgseal_2b bytea"

// orderKind is how far a conversion of the columns has come.
type orderKind struct {
	name          string
	move          string
	title, amount plan.ColumnState
}

// orderKinds: sealed; opened again, where they lie; and about to be converted.
var orderKinds = []orderKind{
	{"sealed", orderMove, plan.StateSealed, plan.StateSealed},
	{"opened", strings.ReplaceAll(orderMove, "bytea", "numeric"), plan.StatePlain, plan.StatePlain},
	{"filling", orderFilling, plan.StateReadable, plan.StatePlain},
}

const orderPolicy = `version: 1
tables:
  public.matters:
    columns:
      title: {mode: deterministic, type: text}
      amount: {mode: randomized, type: numeric}
  public.papers:
    columns:
      body: {mode: randomized, type: text}
`

const orderRows = `
INSERT INTO matters (id, title, email, amount, note) VALUES (1, 'canary one', 'a@b', 12.50, 'first'), (2, 'canary two', 'c@d', NULL, ''), (3, NULL, NULL, 3, NULL);
INSERT INTO papers (id, email, body, pages) VALUES (1, 'a@b', 'canary paper', 10), (3, 'x@y', NULL, 30);
INSERT INTO clients VALUES (1, 'a@b', 'Ann'), (7, 'c@d', 'Cem');
`

// orderTwins is a proxy in front of a database with moved columns, and a database that is as it always was.
type orderTwins struct {
	*safe
	orderKind
	plain     string
	announced bool // the store says where the columns stand
}

func startOrder(t *testing.T, kind orderKind) *orderTwins {
	t.Helper()
	s := &orderTwins{orderKind: kind, announced: true, safe: &safe{keys: newSwitchedKeys(t), name: cluster.NewDatabase(t), planner: plan.New(plan.Options{})}, plain: cluster.NewDatabase(t)}
	for _, name := range []string{s.safe.name, s.plain} {
		cluster.Exec(t, name, orderSchema)
	}
	cluster.Exec(t, s.safe.name, kind.move)
	s.planner.SetCatalogue(s.load(t))
	s.running = start(t, proxy.Config{Databases: map[string]*proxy.Database{s.safe.name: {Planner: s.planner, Keys: s.keys, Tenant: fixedTenant("acme")}}})
	for _, conn := range s.both(t) {
		mustExec(t, conn, orderRows, pgx.QueryExecModeSimpleProtocol)
	}
	return s
}

// load is the catalogue as the program loads it, with the columns' places as the store has them.
func (s *orderTwins) load(t *testing.T) *plan.Catalogue {
	t.Helper()
	pol, err := policy.Load("p.yaml", []byte(orderPolicy))
	if err != nil {
		t.Fatal(err)
	}
	frozen := func(state plan.ColumnState, table, column string, mode crypto.Mode, oid uint32, before ...string) plan.FrozenColumn {
		typ := value.Type{OID: oid, Typmod: -1}
		if !s.announced {
			before = nil
		}
		return plan.FrozenColumn{Schema: "public", Table: table, Column: column, Mode: mode, State: state, Type: typ,
			Key: crypto.Column{ID: crypto.NewColumnID("public", table, column), Family: typ.Family()}, Before: before}
	}
	c, problems, err := plan.LoadCatalogue(t.Context(), cluster.Conn(t, s.safe.name, ""), pol, []plan.FrozenColumn{
		frozen(s.title, "matters", "title", crypto.Deterministic, value.OIDText, "email", "amount", "note", "twice"),
		frozen(s.amount, "matters", "amount", crypto.Randomized, value.OIDNumeric, "note", "twice"),
		frozen(plan.StateSealed, "papers", "body", crypto.Randomized, value.OIDText),
	}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == policy.SeverityError {
			t.Fatal(p)
		}
	}
	c.Epoch = "1"
	return c
}

// both are a connection to the plain database and one through the proxy.
func (s *orderTwins) both(t *testing.T) [2]*pgx.Conn {
	t.Helper()
	return [2]*pgx.Conn{cluster.Conn(t, s.plain, ""), s.connect(t)}
}

// orderAnswer is what a text was answered with, as a driver that reads the protocol sees it.
type orderAnswer struct {
	Code    string
	Columns [][]string
	Rows    [][]string
	Tags    []string
}

func (a *orderAnswer) add(r *pgconn.Result) {
	var names []string
	for _, f := range r.FieldDescriptions {
		names = append(names, fmt.Sprintf("%s:%d", f.Name, f.DataTypeOID))
	}
	a.Columns = append(a.Columns, names)
	for _, row := range r.Rows {
		var cells []string
		for _, cell := range row {
			if cell == nil {
				cells = append(cells, "NULL")
			} else {
				cells = append(cells, string(cell))
			}
		}
		a.Rows = append(a.Rows, cells)
	}
	a.Tags = append(a.Tags, r.CommandTag.String())
	a.Code = max(a.Code, code(r.Err))
}

func askSimple(t *testing.T, conn *pgx.Conn, sql string) (a orderAnswer) {
	t.Helper()
	results, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
	for _, r := range results {
		a.add(r)
	}
	a.Code = max(a.Code, code(err))
	return a
}

// askExtended sends each statement of a text by itself.
func askExtended(t *testing.T, conn *pgx.Conn, sql string) (a orderAnswer) {
	t.Helper()
	for _, one := range strings.Split(sql, "; ") {
		a.add(conn.PgConn().ExecParams(t.Context(), one, nil, nil, nil, nil).Read())
	}
	return a
}

// orderStatements are answered alike. Those that change rows are followed by a look at all of them.
var orderStatements = []string{
	"SELECT * FROM matters ORDER BY id",
	"SELECT*FROM matters ORDER BY 1",
	"SELECT matters.* FROM matters ORDER BY id",
	"SELECT public.matters.* FROM public.matters ORDER BY id",
	"SELECT m.*, m.id AS again FROM matters m ORDER BY id",
	"SELECT 1 AS one, *, *, note FROM matters ORDER BY id",
	"SELECT * FROM ONLY matters ORDER BY id",
	"TABLE matters ORDER BY id",
	"TABLE ONLY (public.matters)",
	"(TABLE matters) ORDER BY 1 LIMIT 2",
	"SELECT * FROM (SELECT * FROM matters) s ORDER BY id",
	"SELECT s.* FROM (SELECT * FROM (TABLE matters) a) s ORDER BY id",
	"SELECT * FROM matters WHERE title = 'canary one'",
	"SELECT * FROM matters WHERE title IN ('canary one', 'canary two') ORDER BY id",
	"SELECT * FROM matters, clients ORDER BY id, client",
	"SELECT * FROM clients, matters ORDER BY id, client",
	"SELECT c.*, m.* FROM clients c JOIN matters m ON m.email = c.email ORDER BY id",
	"SELECT * FROM matters m LEFT JOIN clients c ON m.email = c.email ORDER BY id",
	"SELECT * FROM matters m JOIN papers p ON p.id = m.id ORDER BY m.id",
	"SELECT * FROM matters JOIN papers USING (id) ORDER BY id",
	"SELECT * FROM papers JOIN matters USING (email, id) ORDER BY id",
	"SELECT * FROM matters RIGHT JOIN papers USING (id) ORDER BY id",
	"SELECT * FROM matters FULL JOIN papers USING (id) ORDER BY id",
	"SELECT * FROM matters NATURAL JOIN papers ORDER BY id",
	"SELECT * FROM papers NATURAL LEFT JOIN matters ORDER BY id",

	"SELECT * FROM matters a JOIN matters b USING (title) ORDER BY a.id",
	"SELECT a.* FROM matters a JOIN matters b USING (title, id) ORDER BY id",
	"SELECT j.* FROM (matters JOIN papers USING (id)) AS j ORDER BY 1",
	"SELECT u.*, matters.* FROM matters JOIN papers USING (id) AS u ORDER BY 1",
	"SELECT * FROM matters m CROSS JOIN LATERAL (SELECT p.* FROM papers p WHERE p.id = m.id) q ORDER BY m.id",
	"SELECT * FROM matters m CROSS JOIN LATERAL (SELECT m.*) q ORDER BY m.id",
	"SELECT * FROM matters CROSS JOIN generate_series(1, 2) AS g ORDER BY id, g",
	"SELECT * FROM matters, generate_series(1, 2) ORDER BY id, generate_series",
	"SELECT x.* FROM matters AS x (a, b, c) ORDER BY a",
	"SELECT * FROM matters x (a, b, c, d, e, f) ORDER BY f",
	"SELECT a, b, c, amount FROM matters AS x (a, b, c) WHERE b = 'canary two'",
	"SELECT b FROM ONLY (matters) AS x (a, b) ORDER BY a",
	"SELECT * FROM matters AS x (a, b, c, d, e, f, g)",
	"WITH m AS (SELECT * FROM matters) SELECT * FROM m ORDER BY id",
	"WITH m (a, b, c) AS (SELECT * FROM matters) SELECT c, b, a FROM m ORDER BY a",
	"WITH RECURSIVE m AS (SELECT * FROM matters WHERE id = 1 UNION ALL SELECT x.* FROM matters x JOIN m ON x.id = m.id + 1) SELECT * FROM m ORDER BY id",
	"SELECT * FROM matters WHERE id = 1 UNION ALL SELECT * FROM matters WHERE id > 1 ORDER BY id",
	"(SELECT * FROM matters WHERE id = 2) UNION ALL TABLE matters ORDER BY 1",
	"SELECT * FROM matters GROUP BY id ORDER BY id",
	"SELECT * FROM matters ORDER BY 3 DESC NULLS LAST, 1",

	"SELECT email, count(*) FROM matters GROUP BY 1 ORDER BY 1",
	"SELECT count(*) FROM matters",
	"SELECT * FROM matters JOIN clients USING (email) ORDER BY id",
	"SELECT * FROM clients LEFT JOIN matters m USING (email) ORDER BY id",
	"SELECT * FROM clients JOIN ONLY (public.matters) AS m USING (email) WHERE m.title = 'canary one' FOR UPDATE OF m",
	"SELECT m.*, * FROM ONLY matters m JOIN clients USING (email) ORDER BY m.id",
	"SELECT * FROM (matters JOIN clients USING (email)) AS j (a, b, c, d) ORDER BY b",
	"SELECT * FROM (matters m JOIN papers p ON p.id = m.id) AS j (a, b, c, d, e, f, g) ORDER BY a",
	"SELECT * FROM (matters m JOIN clients ON m.email = clients.email) AS j ORDER BY 1",
	"SELECT * FROM matters, clients JOIN papers USING (email) ORDER BY matters.id",
	"SELECT * FROM matters CROSS JOIN (SELECT 1, 2) two ORDER BY id",
	"SELECT * FROM matters, ROWS FROM (generate_series(1, 1), generate_series(3, 3)) ORDER BY matters.id",
	"SELECT * FROM matters a JOIN matters b USING (id) JOIN clients c ON c.email = b.email ORDER BY id",
	"SELECT EXISTS (SELECT * FROM matters JOIN clients USING (email))",
	"SELECT * FROM clients WHERE EXISTS (SELECT * FROM matters m WHERE m.email = clients.email) ORDER BY client",
	"SELECT * FROM matters ORDER BY id LIMIT 1 OFFSET 1 FOR UPDATE",
	"SELECT * /* all of it */ FROM matters -- and no more\nORDER BY id",
	"SELECT * FROM before ORDER BY id",
	"SELECT * FROM before b JOIN matters m USING (id) ORDER BY id",
	"BEGIN; DECLARE c CURSOR FOR SELECT * FROM matters ORDER BY id; FETCH ALL FROM c; COMMIT",

	"EXPLAIN (COSTS off) SELECT * FROM clients",

	"INSERT INTO matters VALUES (10, 'canary ten', 'ten', 10, 'n10')",
	"INSERT INTO matters VALUES (10, 'canary ten', 'ten')",
	"INSERT INTO matters VALUES (10, 'canary ten', 'ten', 10, DEFAULT, DEFAULT), (11, NULL, DEFAULT, NULL, 'x', DEFAULT)",
	"INSERT INTO matters (id, note, title) VALUES (10, 'n10', 'canary ten')",
	"INSERT INTO public.matters AS m VALUES (10, 'canary ten', 'ten', 1) RETURNING *",
	"INSERT INTO matters VALUES (10, 'canary ten') RETURNING matters.*, 5 AS five",
	"INSERT INTO matters VALUES (10, 'canary ten', 'ten', 10, 'n10', 20)",

	"INSERT INTO matters OVERRIDING USER VALUE VALUES (10, 'canary ten', 'ten', 10)",
	"INSERT INTO matters VALUES (1, 'canary ten', 'ten') ON CONFLICT (id) DO UPDATE SET title = excluded.title, email = excluded.email RETURNING *",
	"INSERT INTO matters DEFAULT VALUES",
	"INSERT INTO pairs TABLE pairs",
	"INSERT INTO matters (id, title, email, amount, note, twice) OVERRIDING USER VALUE (TABLE matters) ON CONFLICT DO NOTHING",
	"INSERT INTO matters SELECT id + 10, title, email, amount FROM matters",
	"INSERT INTO matters SELECT client + 10, NULL, email FROM clients",
	"INSERT INTO matters SELECT 20, 'canary twenty', 'e20'",
	"WITH old AS (SELECT * FROM matters WHERE id = 1) INSERT INTO matters SELECT 30, o.title, o.email, o.amount, o.note FROM old o RETURNING *",
	"WITH gone AS (DELETE FROM matters WHERE id < 3 RETURNING *) INSERT INTO matters (id, title, email, amount, note, twice) OVERRIDING USER VALUE SELECT * FROM gone",
	"INSERT INTO pairs SELECT id, email FROM matters",
	"INSERT INTO papers (id, email) SELECT s.a + 100, s.c FROM (SELECT * FROM matters) AS s (a, b, c)",
	"UPDATE matters SET note = 'changed' WHERE id = 1 RETURNING *",
	"UPDATE matters m SET note = c.name FROM clients c WHERE c.email = m.email RETURNING *",
	"UPDATE matters m SET title = 'canary new' FROM papers p WHERE p.id = m.id AND m.id = 1 RETURNING m.*, p.*",
	"UPDATE matters SET (title, email) = ('canary both', 'both') WHERE id = 2 RETURNING *",
	"UPDATE matters SET (title, note) = (SELECT title, email FROM (SELECT * FROM matters) s WHERE s.id = 1) WHERE id = 2",
	"UPDATE papers SET (id, email) = (SELECT * FROM clients LIMIT 0) WHERE false",
	"DELETE FROM matters WHERE id = 1 RETURNING *",
	"DELETE FROM matters m USING clients c WHERE c.email = m.email RETURNING *",
	"MERGE INTO matters m USING clients c ON m.email = c.email WHEN MATCHED THEN UPDATE SET note = c.name WHEN NOT MATCHED THEN INSERT VALUES (c.client, 'canary merged', c.email)",
	"MERGE INTO matters m USING (VALUES (1), (50), (51)) v (k) ON m.id = v.k WHEN MATCHED THEN DELETE WHEN NOT MATCHED AND k = 50 THEN INSERT VALUES (v.k, 'canary fifty', 'e50') " +
		"WHEN NOT MATCHED AND k = 0 THEN INSERT (id) VALUES (0) WHEN NOT MATCHED THEN INSERT VALUES (v.k, NULL, 'e51', 51)",
	"MERGE INTO matters m USING (VALUES (50)) v (k) ON m.id = v.k WHEN NOT MATCHED THEN INSERT OVERRIDING USER VALUE VALUES (v.k, 'canary fifty', 'e50')",
	"TRUNCATE matters",
}

// orderState is everything in the tables, by the columns' names.
const orderState = "SELECT id, title, email, amount, note, twice FROM matters ORDER BY id; SELECT id, email, body, pages FROM papers ORDER BY id; SELECT id, title FROM pairs ORDER BY id"

func TestMovedColumnsStandWhereTheyWere(t *testing.T) {
	for _, kind := range orderKinds {
		s := startOrder(t, kind)
		for name, ask := range map[string]func(*testing.T, *pgx.Conn, string) orderAnswer{"simple": askSimple, "extended": askExtended} {
			t.Run(kind.name+"/"+name, func(t *testing.T) { s.compare(t, ask) })
		}
		if kind.amount == plan.StateSealed {
			s.noPlaintext(t, "canary")
		}
	}
}

// compare asks both databases for everything.
func (s *orderTwins) compare(t *testing.T, ask func(*testing.T, *pgx.Conn, string) orderAnswer) {
	both := s.both(t)
	refused := 0
	for _, sql := range orderStatements {
		var got, state [2]orderAnswer
		for i, conn := range both {
			own := strings.HasPrefix(sql, "BEGIN")
			if !own {
				mustExec(t, conn, "BEGIN")
			}
			got[i] = ask(t, conn, sql)
			if !own && got[i].Code == "" {
				state[i] = askSimple(t, conn, orderState)
			}
			mustExec(t, conn, "ROLLBACK")
		}
		if s.title == plan.StateReadable && strings.HasPrefix(got[1].Code, "KP") {
			refused++ // not to be searched yet
			continue
		}
		if diff := cmp.Diff(got[0], got[1]); diff != "" {
			t.Errorf("%s\n(-plain +moved)\n%s", sql, diff)
		}
		if diff := cmp.Diff(state[0], state[1]); diff != "" {
			t.Errorf("the tables behind %s\n(-plain +moved)\n%s", sql, diff)
		}
	}
	if refused > len(orderStatements)/8 {
		t.Errorf("%d statements are refused", refused)
	}
}
