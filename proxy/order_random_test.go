package proxy_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// orderMaker makes random statements that leave columns to the server.
type orderMaker struct {
	*rand.Rand
	aliases int
}

func (g *orderMaker) oneOf(list ...string) string { return list[g.IntN(len(list))] }

func (g *orderMaker) alias() string {
	g.aliases++
	return fmt.Sprintf("%s%d", g.oneOf("a", "B"), g.aliases)
}

// item is an item of FROM, with the names that stars can be taken from.
func (g *orderMaker) item(depth int) (sql string, names []string) {
	if depth > 0 {
		switch g.IntN(6) {
		case 0, 1:
			return g.join(depth)
		case 2:
			name := g.alias()
			return "(" + g.query(depth-1) + ") AS " + name, []string{name}
		case 3:
			inner, _ := g.join(depth)
			name := g.alias()
			return "(" + inner + ") AS " + name, []string{name}
		}
	}
	table := g.oneOf("matters", "matters", "papers", "clients", "before", "ONLY matters", "ONLY (matters)", "public.matters *")
	name := g.alias()
	switch g.IntN(4) {
	case 0:
		name := strings.Trim(strings.TrimPrefix(table, "ONLY "), "()")
		if !strings.Contains(name, " ") {
			return table, []string{name}
		}
	case 1:
		if table != "clients" {
			return table + " AS " + name + g.oneOf(" (p)", " (p, q)", " (p, q, r, s)"), []string{name}
		}
	}
	return table + g.oneOf(" ", " AS ") + name, []string{name}
}

func (g *orderMaker) join(depth int) (string, []string) {
	left, l := g.item(depth - 1)
	right, r := g.item(depth - 1)
	kind := g.oneOf("JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN")
	return left + " " + kind + " " + right + g.oneOf(" ON true", " ON true", " USING (id)", " USING (email)", " USING (id, email)"), append(l, r...)
}

func (g *orderMaker) stars(names []string) string {
	if g.IntN(2) == 0 {
		return g.oneOf("*", "*", "*, 1 AS one", "1 AS one, *", "*, *")
	}
	var list []string
	for range 1 + g.IntN(2) {
		list = append(list, g.oneOf(names...)+".*")
	}
	return strings.Join(list, ", ")
}

func (g *orderMaker) query(depth int) string {
	if g.IntN(8) == 0 {
		return "TABLE " + g.oneOf("matters", "public.matters", "papers", "ONLY matters")
	}
	from, names := g.item(depth)
	if g.IntN(4) == 0 {
		next, more := g.item(depth)
		from, names = from+", "+next, append(names, more...)
	}
	q := "SELECT " + g.stars(names) + " FROM " + from
	switch g.IntN(8) {
	case 0:
		return q + " UNION ALL " + q
	case 1:
		return "WITH w AS (" + q + ") SELECT * FROM w"
	}
	return q
}

func (g *orderMaker) statement() (sql string, writes bool) {
	values := []string{fmt.Sprint(100 + g.IntN(9)), "'canary v'", "'e'", "5", "'n'"}
	returning := g.oneOf("", " RETURNING *", " RETURNING matters.*, 1 AS one")
	switch g.IntN(10) {
	case 0:
		return "INSERT INTO matters VALUES (" + strings.Join(values[:1+g.IntN(5)], ", ") + ")" + returning, true
	case 1:
		return "INSERT INTO matters " + g.oneOf("SELECT id + 100, title FROM ", "SELECT id + 100, title, email, amount, note FROM ") + "(SELECT * FROM matters) s" + returning, true
	case 2:
		return "UPDATE matters SET note = 'x' FROM " + g.oneOf("clients c WHERE c.email = matters.email", "papers p WHERE p.id = matters.id", "(SELECT * FROM matters) s WHERE s.id = matters.id AND s.id < 3") + returning, true
	case 3:
		return "DELETE FROM matters" + g.oneOf(" WHERE id = 1", " USING clients c WHERE c.email = matters.email") + returning, true
	}
	return g.query(1 + g.IntN(2)), false
}

// Random statements over tables with moved columns are answered as where nothing was ever moved, or refused.
func TestMovedColumnsAtRandom(t *testing.T) {
	for i, kind := range orderKinds {
		t.Run(kind.name, func(t *testing.T) {
			startOrder(t, kind).random(t, orderMaker{Rand: rand.New(rand.NewPCG(orderSeed, uint64(i)))})
		})
	}
}

func (s *orderTwins) random(t *testing.T, g orderMaker) {
	both := s.both(t)
	counts := map[string]int{}
	for _, conn := range both { // joins of joins of a few rows are many rows, and of more to the server's mind
		mustExec(t, conn, "SET jit = off")
		mustExec(t, conn, "DELETE FROM matters WHERE id > 2; DELETE FROM papers WHERE id > 1", pgx.QueryExecModeSimpleProtocol)
	}
	for range orderStatementsAtRandom {
		sql, writes := g.statement()
		ask := askSimple
		if g.IntN(2) == 0 {
			ask = askExtended
		}
		var got, state [2]orderAnswer
		for i, conn := range both {
			if writes {
				mustExec(t, conn, "BEGIN")
			}
			got[i] = ask(t, conn, sql)
			slices.SortFunc(got[i].Rows, slices.Compare[[]string])
			if writes && got[i].Code == "" {
				state[i] = askSimple(t, conn, orderState)
			}
			if writes {
				mustExec(t, conn, "ROLLBACK")
			}
		}
		switch {
		case strings.HasPrefix(got[1].Code, "KP"):
			counts["refused "+got[1].Code+" for "+got[0].Code]++
			continue
		case got[0].Code == "":
			counts["right"]++
		default:
			counts["failed"]++
		}
		if !reflect.DeepEqual(got[0], got[1]) { // takes less time than cmp
			t.Errorf("%s\n(-plain +moved)\n%s", sql, cmp.Diff(got[0], got[1]))
		}
		if diff := cmp.Diff(state[0], state[1]); diff != "" {
			t.Errorf("the tables behind %s\n(-plain +moved)\n%s", sql, diff)
		}
		if t.Failed() {
			return
		}
	}
	t.Log(counts)
	if counts["right"] < orderStatementsAtRandom/2 {
		t.Errorf("too little was tried: %v", counts)
	}
}

const (
	orderSeed               = 1
	orderStatementsAtRandom = 300
)
