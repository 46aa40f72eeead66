package proxy_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// Random statements over a table with sealed columns are answered as they are over a plain one, or refused by the proxy.
func TestSealedExpressionsAtRandom(t *testing.T) {
	for seed, mode := range []pgx.QueryExecMode{pgx.QueryExecModeSimpleProtocol, pgx.QueryExecModeDescribeExec} {
		t.Run(mode.String(), func(t *testing.T) {
			t.Parallel()
			s := startTwin(t)
			sealed, plain := s.connect(t), cluster.Conn(t, s.name, "")
			g := exprMaker{r: rand.New(rand.NewPCG(randomSeed, uint64(seed)))}
			counts := map[string]int{}
			for i := range randomStatements {
				if i%50 == 0 {
					refillTwins(t, sealed, plain)
				}
				sql := g.statement()
				got := twinAnswer(t, sealed, strings.NewReplacer("{t}", "sealed", "{m}", "mates").Replace(sql), []any{mode})
				if strings.HasPrefix(got.code, "KP") {
					counts["refused"]++
					continue
				}
				want := twinAnswer(t, plain, strings.NewReplacer("{t}", "twin", "{m}", "twinmates").Replace(sql), []any{mode})
				switch {
				case want.code != got.code && strings.HasPrefix(got.code, "22"):
					counts["early"]++ // every value is judged, also one that the server would not have come to
					refillTwins(t, sealed, plain)
					continue
				case want.code == "":
					counts["right"]++
				default:
					counts["failed"]++
				}
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(answer{})); diff != "" {
					t.Errorf("%s\n%s", sql, diff)
				}
				if !strings.HasPrefix(sql, "SELECT") {
					compareTwins(t, s, sealed, plain, sql)
				}
				if t.Failed() {
					return
				}
			}
			t.Log(counts)
			if counts["right"] < randomStatements/5 {
				t.Errorf("too little was tried: %v", counts)
			}
		})
	}
}

const (
	randomSeed       = 1
	randomStatements = 300
)

func refillTwins(t *testing.T, sealed, plain *pgx.Conn) {
	t.Helper()
	for conn, names := range map[*pgx.Conn][2]string{sealed: {"sealed", "mates"}, plain: {"twin", "twinmates"}} {
		for _, sql := range []string{
			"DELETE FROM {t}", "DELETE FROM {m}",
			`INSERT INTO {t} (id, title, email, note, age, active, value, closes, n) VALUES (1, 'canary', 'canary-a', 'canary', 71001, true, 71.5, '2071-01-01', 1), (2, 'canary-a', 'canary-b', '', 71002, false, 71, '2071-01-02', 2),
				(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (4, '', '', 'canary-a', 71001, true, 0, '2071-01-01', 1)`,
			`INSERT INTO {m} (email, m) VALUES ('canary-a', 1), ('', 2), (NULL, 3), ('canary-b', 4), ('canary-c', 5)`} {
			mustExec(t, conn, strings.NewReplacer("{t}", names[0], "{m}", names[1]).Replace(sql))
		}
		mustExec(t, plain, "SELECT setval('"+names[0]+"_id_seq', 10)")
	}
}

// exprMaker makes random statements.
type exprMaker struct{ r *rand.Rand }

func (g *exprMaker) pick(options ...string) string { return options[g.r.IntN(len(options))] }

// kinds are the types of the columns: their names, casts to them, and literals.
var kinds = map[string]struct{ columns, casts, literals []string }{
	"text":    {[]string{"title", "email", "email", "note"}, []string{"text", "varchar", "varchar(4)", "varchar(20)"}, []string{"'canary'", "'canary-a'", "''", "'canary longer than ten'", "'canary-b'::text"}},
	"int":     {[]string{"age"}, []string{"int", "integer"}, []string{"71001", "'71002'", "-5", "'71001'::int"}},
	"bool":    {[]string{"active"}, []string{"boolean"}, []string{"true", "false", "'t'", "'f'::boolean"}},
	"numeric": {[]string{"value"}, []string{"numeric(10, 2)", "numeric"}, []string{"71.5", "'71.505'", "0", "-1.5", "'71'::numeric(10,2)"}},
	"date":    {[]string{"closes"}, []string{"date"}, []string{"'2071-01-01'", "DATE '2071-01-02'", "'2071-01-03'::date"}},
	"native":  {[]string{"n"}, []string{"int", "bigint"}, []string{"1", "'2'", "5"}},
}

func (g *exprMaker) kind() string {
	return g.pick("text", "text", "text", "int", "bool", "numeric", "date", "native")
}

func (g *exprMaker) literal(kind string) string {
	if g.r.IntN(8) == 0 {
		return "NULL"
	}
	return g.pick(kinds[kind].literals...)
}

// cell makes a literal that is in quotes, or is not.
func (g *exprMaker) cell(kind, quote string) string {
	for range 20 {
		if l := g.literal(kind); l == "NULL" || strings.HasPrefix(l, "'") == (quote != "") {
			return l
		}
	}
	return g.literal(kind)
}

// value makes an expression of a kind.
func (g *exprMaker) value(kind string, depth int) string {
	k := kinds[kind]
	if depth == 0 {
		if g.r.IntN(3) == 0 {
			return g.literal(kind)
		}
		return g.pick(k.columns...)
	}
	a, b := g.value(kind, depth-1), g.value(kind, depth-1)
	switch g.r.IntN(8) {
	case 0:
		return "coalesce(" + a + ", " + b + ")"
	case 1:
		return "CASE WHEN " + g.condition(depth-1) + " THEN " + a + " ELSE " + b + " END"
	case 2:
		return "(CASE n WHEN 1 THEN " + a + " WHEN 2 THEN " + b + " END)::" + g.pick(k.casts...)
	case 3:
		return "nullif(" + a + ", " + b + ")"
	case 4:
		return "(SELECT " + a + ")"
	case 5:
		return "CAST(" + a + " AS " + g.pick(k.casts...) + ")"
	}
	return a
}

func (g *exprMaker) condition(depth int) string {
	kind := g.kind()
	a, b := g.value(kind, max(depth, 0)), g.value(kind, max(depth, 0))
	array := "ARRAY[" + g.literal(kind) + ", " + g.literal(kind) + "]::" + g.pick(kinds[kind].casts...) + "[]"
	switch g.r.IntN(10) {
	case 0, 1:
		return a + " = " + b
	case 2:
		return a + g.pick(" <> ", " IS DISTINCT FROM ", " IS NOT DISTINCT FROM ") + b
	case 3:
		return a + g.pick(" IN (", " NOT IN (") + g.literal(kind) + ", " + g.literal(kind) + ")"
	case 4:
		return a + " IN (VALUES (" + g.literal(kind) + "), (" + g.literal(kind) + "))"
	case 5:
		return a + g.pick(" IN (SELECT unnest("+array+"))", " = ANY (SELECT unnest("+array+"))", " = ANY ("+array+")", " <> ALL ("+array+")")
	case 6:
		return a + g.pick(" IS NULL", " IS NOT NULL")
	case 7:
		return "(" + g.pick("", "NOT ") + "active" + g.pick("", " IS TRUE", " IS NOT FALSE") + ")"
	}
	if depth > 0 {
		return "(" + g.pick("", "NOT ") + "(" + g.condition(depth-1) + ")" + g.pick(" AND ", " OR ") + g.condition(depth-1) + ")"
	}
	return "n = 1"
}

// rows makes rows of VALUES, with two columns of these kinds, named a and b, and one of numbers, s.
func (g *exprMaker) rows(a, b string) string {
	var rows []string
	x, y := g.pick("", "'"), g.pick("", "'") // a number beside a string in quotes would decide how that is read
	for i := range 1 + g.r.IntN(3) {
		rows = append(rows, fmt.Sprintf("(%s, %s, %d)", g.cell(a, x), g.cell(b, y), i+1))
	}
	return "(VALUES " + strings.Join(rows, ", ") + ") AS v(a, b, s)"
}

func (g *exprMaker) statement() string {
	x, y := g.kind(), g.kind()
	c, d := g.pick(kinds[x].columns...), g.pick(kinds[y].columns...)
	switch g.r.IntN(9) {
	case 0:
		return "INSERT INTO {t} (" + c + ", value) SELECT " + g.pick("v.a", "a::"+g.pick(kinds[x].casts...)) + ", " + g.pick("NULL", "71") + " FROM " + g.rows(x, y) + g.pick(" ORDER BY s", " WHERE v.b IS NOT NULL", "") + " RETURNING " + c
	case 1:
		return "UPDATE {t} SET " + c + " = " + g.value(x, 2) + " WHERE " + g.condition(1)
	case 2:
		return "UPDATE {t} SET " + c + " = v.a" + g.pick("", "::"+g.pick(kinds[x].casts...)) + " FROM " + g.rows(x, y) + " WHERE " + g.pick("v.s = id", d+" = v.b AND v.s = 1") + " RETURNING id, " + c
	case 3:
		return "INSERT INTO {t} (title, " + g.pick("email", "age") + ") SELECT " + g.value("text", 1) + ", " + g.pick("NULL", g.value("int", 1), g.value("text", 1)) + " FROM {t} WHERE " + g.condition(1) + " ORDER BY {t}.id"
	case 4:
		return "SELECT " + g.value(x, 1) + " FROM {t} UNION " + g.pick("ALL ", "") + g.pick("SELECT "+g.literal(x), "VALUES ("+g.literal(x)+")", "SELECT "+g.value(x, 1)+" FROM {t}")
	case 5:
		join := g.pick("", "LEFT ", "RIGHT ", "FULL ") + "JOIN {m} USING (email)"
		if g.r.IntN(4) == 0 {
			join = "NATURAL JOIN {m}"
		}
		return "SELECT " + g.pick("email", "{t}.email", "m, email", "n", "*") + " FROM {t} " + join + " WHERE " + g.condition(1)
	case 6:
		return "SELECT e, count(*) FROM (SELECT " + g.value(x, 2) + " AS e FROM {t}) q GROUP BY e"
	}
	return "SELECT id, " + g.value(x, 2) + ", " + g.value(y, 2) + " FROM {t} WHERE " + g.condition(2) + " ORDER BY id"
}
