package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
)

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		name, lie, want string
		before          map[string]string
	}{
		{"nothing moved", "a b c", "a b c", nil},
		{"from the front", "b c a", "a b c", map[string]string{"a": "b c"}},
		{"from the middle", "a c d b", "a b c d", map[string]string{"b": "c d"}},
		{"it was the last", "a b c", "a b c", map[string]string{"c": ""}},
		{"the nearest is gone", "a d b", "a b d", map[string]string{"b": "c d"}},
		{"all are gone", "a b", "a b", map[string]string{"b": "c d"}},
		{"all are gone, and others came", "a b e", "a b e", map[string]string{"b": "c d"}},
		{"another came behind", "a c b e", "a b c e", map[string]string{"b": "c"}},
		{"one that was dropped came again", "a b c", "a b c", map[string]string{"b": "c"}},
		{"two, the first one first", "a d b c", "a b c d", map[string]string{"b": "c d", "c": "d"}},
		{"two, the last one first", "a d c b", "a b c d", map[string]string{"b": "c d", "c": "d"}},
		{"two apart", "a c e b d", "a b c d e", map[string]string{"b": "c d e", "d": "e"}},
		{"two before one", "a d b c", "a b c d", map[string]string{"b": "x d", "c": "d"}},
		{"all", "c a b d", "a b c d", map[string]string{"a": "b c d", "b": "c d", "c": "d"}},
		{"all but one, which was last", "d a b c", "a b c d", map[string]string{"a": "b c d", "b": "c d", "c": "d"}},
		{"the last one moved as well", "b a c", "a b c", map[string]string{"a": "b c", "c": ""}},
		{"of a column that is gone", "a b", "a b", map[string]string{"z": "a"}},
		{"before itself", "a b", "a b", map[string]string{"b": "b"}},
		{"each before the other", "x a b", "x a b", map[string]string{"a": "b", "b": "a"}},
	} {
		before := make(map[string][]string)
		for name, list := range c.before {
			before[name] = strings.Fields(list)
		}
		got := Order(strings.Fields(c.lie), before)
		if diff := cmp.Diff(strings.Fields(c.want), got); diff != "" {
			t.Errorf("%s\n%s", c.name, diff)
		}
	}
}

// orderCatalogue is that of a listed table with moved columns, its partition, and a child whose columns have another order.
func orderCatalogue(t *testing.T, before ...string) *Catalogue {
	t.Helper()
	columns := func(names string) (all []policy.LiveColumn) {
		for i, name := range strings.Fields(names) {
			all = append(all, policy.LiveColumn{Name: name, Attnum: int16(2*i + 1), Type: "text", TypeOID: value.OIDText, Typmod: -1, Kind: 'b'})
		}
		return all
	}
	name := func(n string) policy.TableName { return policy.TableName{Schema: "public", Name: n} }
	db := &policy.Database{Encoding: "UTF8", Relations: []*policy.Relation{
		{OID: 1, Name: name("t"), Kind: 'p', Columns: columns("id email note title"), Children: []policy.TableName{name("t1"), name("t2")}},
		{OID: 2, Name: name("t1"), Kind: 'r', Columns: columns("id email note title own")}, {OID: 3, Name: name("t2"), Kind: 'r', Columns: columns("note id email title")},
		{OID: 4, Name: name("u"), Kind: 'r', Columns: columns("id email note title")},
	}}
	frozen := []FrozenColumn{{Schema: "public", Table: "t", Column: "title", Mode: crypto.Randomized, State: StateSealed, Type: value.Type{OID: value.OIDText, Typmod: -1},
		Key: crypto.Column{ID: crypto.NewColumnID("public", "t", "title"), Family: "text"}, Before: before}}
	pol := mustPolicy(t, "version: 1\ntables:\n  public.t:\n    columns:\n      title: {mode: randomized}\n  public.u:\n    columns:\n      title: {mode: randomized}\n")
	c, problems := buildCatalogue(db, pol, frozen, 1)
	for _, p := range problems {
		if p.Severity == policy.SeverityError {
			t.Fatal(p)
		}
	}
	return c
}

// The order of a table's columns holds for its partitions, as far as their own columns are in the same order.
func TestOrderOfRelations(t *testing.T) {
	for _, c := range []struct{ before, want string }{
		{"email note", "t: id title email note moved; t1: id title email note own moved; t2: note id title email moved unordered; u: id email note title;"},
		{"id email note", "t: title id email note moved; t1: title id email note own moved; t2: note title id email moved unordered; u: id email note title;"},
		{"", "t: id email note title; t1: id email note title own; t2: note id email title; u: id email note title;"},
	} {
		var got strings.Builder
		for _, r := range orderCatalogue(t, strings.Fields(c.before)...).Relations {
			got.WriteString(r.Name + ": " + strings.Join(columnNames(r.Columns), " "))
			if r.Moved {
				got.WriteString(" moved")
			}
			if r.Unordered {
				got.WriteString(" unordered")
			}
			got.WriteString("; ")
		}
		if diff := cmp.Diff(c.want, strings.TrimSpace(got.String())); diff != "" {
			t.Errorf("before %s\n%s", c.before, diff)
		}
	}
}

// What goes to the server in place of what the client wrote.
func TestOrderInTexts(t *testing.T) {
	p := New(Options{})
	p.SetCatalogue(orderCatalogue(t, "email", "note"))
	for _, c := range []struct{ sql, want string }{
		{"SELECT * FROM t", `SELECT  "t"."id", "t"."title", "t"."email", "t"."note"  FROM t`},
		{"SELECT/**/*FROM t--x", `SELECT/**/ "t"."id", "t"."title", "t"."email", "t"."note" FROM t--x`},
		{"SELECT public . t /**/ . * FROM public.t", `SELECT  "public"."t"."id", "public"."t"."title", "public"."t"."email", "public"."t"."note"  FROM public.t`},
		{"TABLE t", ` SELECT "t"."id", "t"."title", "t"."email", "t"."note" FROM  t`},
		{`SELECT * FROM t "X" ("A", b)`, `SELECT  "X"."A", "X"."b", "X"."email", "X"."note"  FROM t "X"  ("A", "email", "note", "b") `},
		{"SELECT * FROM t * AS x, other", `SELECT  "x"."id", "x"."title", "x"."email", "x"."note", "other".*  FROM t * AS x, other`},
		{"SELECT * FROM other o JOIN ONLY (t) x USING (id)", `SELECT * FROM other o JOIN  (SELECT "id", "title", "email", "note" FROM ONLY "t")  x USING (id)`},
		{"SELECT * FROM other JOIN t USING (id)", `SELECT * FROM other JOIN  (SELECT "id", "title", "email", "note" FROM "t") AS "t"  USING (id)`},
		{"SELECT * FROM other JOIN t AS x (a, b) USING (a)", `SELECT * FROM other JOIN  (SELECT "id", "title", "email", "note" FROM "t")  AS x  ("a", "b")  USING (a)`},
		{"SELECT * FROM t, u", `SELECT  "t"."id", "t"."title", "t"."email", "t"."note", "u".*  FROM t, u`},
		{"SELECT * FROM u", "SELECT * FROM u"},
		{"SELECT count(*) FROM t", "SELECT count(*) FROM t"},
		{"SELECT id, title FROM t WHERE id = '1'", "SELECT id, title FROM t WHERE id = '1'"},
		{"COPY public.t TO STDOUT", `COPY public.t ("id", "title", "email", "note")  TO STDOUT`},
		{"COPY t (id) TO STDOUT", "COPY t (id) TO STDOUT"},
		{"INSERT INTO t SELECT id FROM u", `INSERT INTO t ("id")  SELECT id FROM u`},
		{"CREATE VIEW v AS SELECT * FROM t", `CREATE VIEW v AS SELECT  "t"."id", "t"."title", "t"."email", "t"."note"  FROM t`},
		{"SELECT * FROM t2", "KP001"}, {"SELECT id, title FROM t2", "SELECT id, title FROM t2"}, {"INSERT INTO t2 DEFAULT VALUES", "INSERT INTO t2 DEFAULT VALUES"},
		{"INSERT INTO t2 VALUES ('x')", "KP001"}, {"COPY t2 TO STDOUT", "KP001"}, {"SELECT x.a FROM t2 x (a)", "KP001"}, {"SELECT * FROM t2 JOIN other USING (id)", "KP001"},
		{"SELECT * FROM t1", `SELECT  "t1"."id", "t1"."title", "t1"."email", "t1"."note", "t1"."own"  FROM t1`},
		{"SELECT U&\"\\0074\" UESCAPE '\\'.* FROM t", "KP002"},
	} {
		plan, refusal := p.Plan(Request{SQL: []byte(c.sql)})
		if refusal != nil {
			if string(refusal.Code) != c.want || refusal.Hint == "" {
				t.Errorf("%s: %+v", c.sql, refusal)
			}
			continue
		}
		got, err := plan.AppendQuery(nil, nil)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%s", c.sql, err, cmp.Diff(c.want, string(got)))
		}
	}
}

// A text whose columns are written out is planned once: after that it costs no allocation, in the extended protocol, as any other.
func TestOrderIsCached(t *testing.T) {
	p := New(Options{})
	p.SetCatalogue(orderCatalogue(t, "email", "note"))
	for _, sql := range []string{"SELECT * FROM t WHERE id = $1", "INSERT INTO t VALUES ($1, $2)", "SELECT * FROM u WHERE id = $1"} {
		req := Request{SQL: []byte(sql), Extended: true}
		first, refusal := p.Plan(req)
		if refusal != nil {
			t.Fatal(refusal)
		}
		if n := testing.AllocsPerRun(100, func() {
			if again, _ := p.Plan(req); again != first {
				t.Fatalf("%s: planned twice", sql)
			}
		}); n > poolLosses {
			t.Errorf("%s: %v allocations", sql, n)
		}
	}
}
