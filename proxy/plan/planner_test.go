package plan

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestNativeAllocatesNothing: a text that names nothing protected is told from one that does without an allocation.
func TestNativeAllocatesNothing(t *testing.T) {
	p := samplePlanner(t)
	for _, src := range []string{
		"SELECT abalance FROM pgbench_accounts WHERE aid = $1",
		"BEGIN", "COMMIT", "ROLLBACK", "SHOW client_encoding", "EXPLAIN SELECT 1",
		"SET application_name = 'x'", "SET search_path TO app, public", "SELECT set_config('app.tenant', 'x', true)", "DISCARD PLANS",
		`SELECT "t0"."id", 'a', E'\'', $$b$$ FROM "jobs" "t0" WHERE x = 5 -- title of matters`,
		"INSERT INTO other (a, b) VALUES (1, 'x'), (2, 'y') ON CONFLICT DO NOTHING",
		"COPY other FROM STDIN",
	} {
		req := Request{SQL: []byte(src), Extended: true, Handles: heldNames{"C_1": true}}
		if n := testing.AllocsPerRun(100, func() {
			if plan, refusal := p.Plan(req); plan != nil || refusal != nil {
				t.Fatalf("%s: %v %v", src, plan, refusal)
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations", src, n)
		}
	}
}

// TestCachedAllocatesLittle: the plan of a text whose shape is known takes a handful of allocations, however it is used.
func TestCachedAllocatesLittle(t *testing.T) {
	p := samplePlanner(t)
	for src, limit := range map[string]float64{
		"SELECT id, title FROM matters WHERE client_email = $1":                   2,
		"INSERT INTO matters (id, title) VALUES (1, 'x'), (2, 'y'), (3, NULL)":    5,
		"INSERT INTO matters (id, title) VALUES ($1, $2) RETURNING id, title":     2,
		"UPDATE matters SET title = 'x' WHERE client_email = 'a' AND status = ''": 5,
	} {
		req := Request{SQL: []byte(src), Extended: strings.Contains(src, "$1")}
		if n := testing.AllocsPerRun(100, func() {
			if _, refusal := p.Plan(req); refusal != nil {
				t.Fatal(refusal)
			}
		}); n > limit+poolLosses {
			t.Errorf("%s: %v allocations", src, n)
		}
	}
}

type heldNames map[string]bool

func (h heldNames) Protected(name string) bool { return h[name] }
func (h heldNames) Any() bool                  { return len(h) > 0 }
func (h heldNames) Prepared(string) *Plan      { return nil }

// TestHeldNames: SQL that leads to protected columns by a name which the session holds.
func TestHeldNames(t *testing.T) {
	p := samplePlanner(t)
	held := heldNames{"stmt": true, "C_1": true}
	for src, want := range map[string]Code{
		"EXECUTE stmt":                             OperationNotSupported,
		"EXECUTE STMT(1, 'x')":                     OperationNotSupported,
		`EXECUTE "stmt"`:                           OperationNotSupported,
		`EXECUTE "STMT"`:                           "",
		"EXECUTE other":                            "",
		`FETCH ALL FROM "C_1"`:                     "",
		"FETCH ALL FORM c_1":                       StatementNotUnderstood,
		"DECLARE stmt FOR SELECT 1":                StatementNotUnderstood,
		"EXPLAIN EXECUTE stmt":                     OperationNotSupported,
		"EXPLAIN ANALYZE EXECUTE stmt":             OperationNotSupported,
		"CREATE TABLE x AS EXECUTE stmt":           OperationNotSupported,
		"SELECT 1; EXECUTE stmt":                   OperationNotSupported,
		"CLOSE stmt":                               "",
		"DEALLOCATE stmt":                          "",
		`DEALLOCATE stmt; DEALLOCATE "C_1"`:        OperationNotSupported,
		"DEALLOCATE other; DEALLOCATE stmt":        "",
		"SELECT stmt FROM other":                   "",
		"SELECT 1 FROM other FETCH FIRST ROW ONLY": "",
	} {
		if _, code := outcome(t, p, Request{SQL: []byte(src), Handles: held}); code != want {
			t.Errorf("%s: %q, want %q", src, code, want)
		}
	}
	plan, _ := p.Plan(Request{SQL: []byte("DEALLOCATE other; DEALLOCATE stmt"), Handles: held})
	if plan == nil || !slices.Equal(plan.Effects.Deallocates(), []string{"other", "stmt"}) {
		t.Errorf("not all names are told: %+v", plan)
	}
	if _, refusal := p.Plan(Request{SQL: []byte(`EXECUTE x('\')`), Handles: held, NonStandardStrings: true}); refusal == nil {
		t.Error("EXECUTE in a text that cannot be read passes")
	}
}

// TestStates: what is sealed and opened while a column passes through its states.
func TestStates(t *testing.T) {
	for state, want := range map[ColumnState][4]string{ // select, insert, search, group by
		StatePlain:     {"read", "write", "read", "read"},
		StateReadable:  {"read key -> title", "write", "KP001", "KP001"},
		StateUnsealing: {"read key -> title", "write", "KP001", "KP001"},
		StateSealing:   {"read key -> title", "write key", "KP001", "KP001"},
		StateSealed:    {"read key -> title", "write key", "read key", "read key -> client_email"},
	} {
		c := sampleCatalogue()
		for i := range c.Relations[0].Columns {
			if col := c.Relations[0].Columns[i].Protected; col != nil {
				col.State = state
			}
		}
		p := New(Options{})
		p.SetCatalogue(c)
		for i, src := range []string{
			"SELECT title FROM matters", "INSERT INTO matters (title) VALUES ('hunter2')", "SELECT id FROM matters WHERE client_email = 'x'",
			"SELECT client_email FROM matters GROUP BY client_email",
		} {
			plan, refusal := p.Plan(Request{SQL: []byte(src)})
			got := ""
			if refusal != nil {
				got = string(refusal.Code)
			} else {
				got = describe(plan)
			}
			if got != want[i] {
				t.Errorf("%s, %s: %s, want %s", state, src, got, want[i])
			}
			if sealed := refusal == nil && strings.Contains(rewritten(t, plan, false), "<title:"); i == 1 && sealed != (state >= StateSealing) {
				t.Errorf("%s: sealed %v", state, sealed)
			}
		}
		_, refusal := p.Plan(Request{SQL: []byte("INSERT INTO matters (signed_on) VALUES ('2020-01-01')")})
		if (refusal != nil) != (state == StateReadable || state == StateUnsealing) {
			t.Errorf("%s: a column whose physical type is not its own: %v", state, refusal)
		}
	}
}

// TestUnsealing: while a column is opened for good no sealed value of it gets to another place, and what is refused is refused with what ends that.
func TestUnsealing(t *testing.T) {
	c := sampleCatalogue()
	for _, r := range c.Relations {
		for i := range r.Columns {
			if col := r.Columns[i].Protected; col != nil && col.Sealed {
				col.State = StateUnsealing
			}
		}
	}
	p := New(Options{})
	p.SetCatalogue(c)
	for src, want := range map[string]string{
		"UPDATE matters SET title = title": "",
		"UPDATE matters SET title = 'x'":   "",
		"INSERT INTO matters (id, title) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title": "",
		"SELECT id FROM matters WHERE client_email = 'x'":                                                       hintUnsealing,
		"SELECT client_email FROM matters GROUP BY client_email":                                                hintUnsealing,
		"INSERT INTO invitations (email) SELECT email FROM users":                                               hintUnsealing,
		"CREATE TABLE copy AS SELECT title FROM matters":                                                        "any",
	} {
		_, refusal := p.Plan(Request{SQL: []byte(src)})
		if (refusal != nil) != (want != "") || want != "" && want != "any" && refusal.Hint != want {
			t.Errorf("%s: %+v", src, refusal)
		}
	}
}

// TestStaleCatalogue: with a snapshot that must not be used, protected names are refused and others pass.
func TestStaleCatalogue(t *testing.T) {
	c := sampleCatalogue()
	c.Stale = "another policy is in force"
	p := New(Options{})
	p.SetCatalogue(c)
	_, refusal := p.Plan(Request{SQL: []byte("SELECT status FROM matters")})
	if refusal == nil || refusal.Code != StatementNotUnderstood || !strings.Contains(refusal.Detail, c.Stale) {
		t.Errorf("%+v", refusal)
	}
	if plan, refusal := p.Plan(Request{SQL: []byte("SELECT matters FROM other")}); plan != nil || refusal != nil {
		t.Errorf("%v %v", plan, refusal)
	}
}

// TestNothingProtected: without a policy no text is refused, whatever it says; effects are told.
func TestNothingProtected(t *testing.T) {
	p := New(Options{})
	for _, src := range append(fateTexts(t), "SELECT '", `DO E'\v'`, "SELECT * FROM pgseal.data_key", "SET search_path = pgseal") {
		plan, refusal := p.Plan(Request{SQL: []byte(src), NonStandardStrings: true, OtherEncoding: true})
		if refusal != nil || plan != nil && !plan.Native() {
			t.Errorf("%s: %v", src, refusal)
		}
	}
	if plan, _ := p.Plan(Request{SQL: []byte("DISCARD ALL")}); plan == nil || !plan.Effects.DeallocatesAll {
		t.Error("effects are not told")
	}
}

// TestNewCatalogueOldPlans: plans in the cache belong to one catalogue; a new one is in force at once, and plans already
// made stay as they are.
func TestNewCatalogueOldPlans(t *testing.T) {
	p := samplePlanner(t)
	req := Request{SQL: []byte("SELECT title, status FROM matters")}
	old, _ := p.Plan(req)
	c := sampleCatalogue()
	c.Version = 2
	c.Relations[0].Columns[1].Protected = nil // title
	p.SetCatalogue(c)
	now, _ := p.Plan(req)
	if describe(old) != "read key -> title,-" || describe(now) != "read" || now.Catalogue != c || old.Catalogue == c {
		t.Errorf("old %s, now %s", describe(old), describe(now))
	}
}

// TestPlansOwnTheirBytes: a plan does not change when the buffer that the text lay in is used again.
func TestPlansOwnTheirBytes(t *testing.T) {
	p := samplePlanner(t)
	buf := []byte("INSERT INTO matters (id, title) VALUES (1, 'first')")
	plan, _ := p.Plan(Request{SQL: buf})
	copy(buf, strings.Repeat("x", len(buf)))
	if got := rewritten(t, plan, false); got != "INSERT INTO matters (id, title) VALUES (1,  <title:first>::text )" {
		t.Error(got)
	}
}

// TestCacheIsBounded: however many shapes there are, the cache stays within its bytes, and keeps those in use.
func TestCacheIsBounded(t *testing.T) {
	const limit = 64 << 10
	p := New(Options{CacheBytes: limit})
	p.SetCatalogue(sampleCatalogue())
	hot := Request{SQL: []byte("SELECT title FROM matters WHERE id = 1")}
	for i := range 3000 {
		if _, r := p.Plan(Request{SQL: fmt.Appendf(nil, "SELECT title AS a%d FROM matters", i)}); r != nil {
			t.Fatal(r)
		}
		if _, r := p.Plan(hot); r != nil {
			t.Fatal(r)
		}
		if _, r := p.Plan(Request{SQL: fmt.Appendf(nil, "SELECT title AS b%d FROM matters", i), Extended: true}); r != nil {
			t.Fatal(r)
		}
		if size := p.state.Load().cache.size() + p.state.Load().exact.size(); size > limit {
			t.Fatalf("%d bytes after %d texts", size, i)
		}
	}
	if size := p.state.Load().cache.size(); size < limit/2 {
		t.Errorf("only %d bytes are used", size)
	}
	var n normaliser
	toks, _ := tokenise(hot.SQL, nil)
	n.normalise(hot.SQL, toks, true)
	_, key := n.appendKey(0, 0)
	if _, ok := p.state.Load().cache.get(key); !ok {
		t.Error("the text that is always used was thrown out")
	}
}

// TestHugeInserts: the rows of an INSERT are analysed once, whatever their number, and each value is sealed.
func TestHugeInserts(t *testing.T) {
	p := samplePlanner(t)
	const rows = 20000
	src := []byte("INSERT INTO matters (id, title, client_email) VALUES (0, 'first', NULL)")
	for i := 1; i < rows; i++ {
		src = fmt.Appendf(src, ",(%d,'t%d',%s)", i, i, []string{"NULL", "'x'", "$$y$$"}[i%3])
	}
	plan, refusal := p.Plan(Request{SQL: src})
	if refusal != nil {
		t.Fatal(refusal)
	}
	if len(plan.Slots) != 2*rows || len(plan.Literals) != 2*rows || string(plan.Literals[2*(rows-1)]) != fmt.Sprint("t", rows-1) || plan.Literals[1] != nil {
		t.Fatalf("%d slots, %d literals", len(plan.Slots), len(plan.Literals))
	}
	out, err := plan.AppendQuery(nil, func(dst []byte, s *Slot, text []byte) ([]byte, error) { return append(dst, text...), nil })
	last := fmt.Sprintf("(%d, '%s'::text , '%s'::text )", rows-1, crypto.AppendArmour(nil, fmt.Append(nil, "t", rows-1)), crypto.AppendArmour(nil, []byte("x")))
	if sealed := bytes.Count(out, []byte("'pgs1_")); err != nil || sealed != rows+rows-1-(rows-1)/3 || !bytes.HasSuffix(out, []byte(last)) {
		t.Errorf("%d sealed values, the text ends in %s, want %s", sealed, out[len(out)-100:], last)
	}
}

// TestHugeInsertsOfParameters: the same in the extended protocol.
func TestHugeInsertsOfParameters(t *testing.T) {
	p := samplePlanner(t)
	src := []byte("INSERT INTO matters (id, title) VALUES ($1,$2)")
	for i := 1; i < 30000; i++ {
		src = fmt.Appendf(src, ",($%d,$%d)", 2*i+1, 2*i+2)
	}
	plan, refusal := p.Plan(Request{SQL: src, Extended: true})
	if refusal != nil || len(plan.Params) != 60000 || plan.Params[59999] == nil || plan.Params[59998] != nil {
		t.Fatalf("%v", refusal)
	}
	if !bytes.Equal(plan.ParseText(nil), src) {
		t.Error("the text of plain parameters was changed")
	}
	if _, refusal = p.Plan(Request{SQL: append(src, ",($70000,'x')"...), Extended: true}); refusal == nil {
		t.Error("a parameter number that is not possible passes")
	}
	full := append(src, ",($65535,'x')"...)
	if _, refusal = p.Plan(Request{SQL: full, Extended: true}); refusal == nil || refusal.Code != StatementTooComplex {
		t.Errorf("more parameters than a statement can have: %v", refusal)
	}
}

// TestStatementBounds: a text that is too long is refused where it names something protected.
func TestStatementBounds(t *testing.T) {
	p := New(Options{MaxStatementBytes: 1000, MaxTokens: 100})
	p.SetCatalogue(sampleCatalogue())
	for src, want := range map[string]Code{
		"SELECT title FROM matters WHERE status = '" + strings.Repeat("x", 1000) + "'": StatementTooComplex,
		"SELECT title FROM other WHERE status = '" + strings.Repeat("x", 1000) + "'":   "",
		"SELECT title" + strings.Repeat(",id", 60) + " FROM matters":                   StatementTooComplex,
		"SELECT id FROM matters WHERE id IN (1" + strings.Repeat(",1", 200) + ")":      "",
		"SELECT title FROM matters": "",
	} {
		if _, code := outcome(t, p, Request{SQL: []byte(src)}); code != want {
			t.Errorf("%.60s: %q, want %q", src, code, want)
		}
	}
}

// TestConcurrentUse plans on many goroutines while the catalogue is exchanged.
func TestConcurrentUse(t *testing.T) {
	p := New(Options{CacheBytes: 128 << 10, Parsers: 2})
	p.SetCatalogue(sampleCatalogue())
	texts := fateTexts(t)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 400 {
				src := texts[(g*37+i)%len(texts)]
				plan, refusal := p.Plan(Request{SQL: []byte(src), Extended: strings.Contains(src, "$1")})
				if refusal == nil && plan != nil {
					_ = describe(plan)
				}
				if g == 0 && i%100 == 50 {
					p.SetCatalogue(sampleCatalogue())
				}
			}
		})
	}
	wg.Wait()
}

// TestRefusalsHoldNoLiteral: no refusal repeats what stands in a literal of the text.
func TestRefusalsHoldNoLiteral(t *testing.T) {
	p := samplePlanner(t)
	for _, src := range []string{
		"SELECT lower(title) FROM matters WHERE status = 'hunter2'", "SELECT FROM matters 'hunter2'", "INSERT INTO matters (title) VALUES (lower('hunter2'))",
		"INSERT INTO matters (title) VALUES ('hunter2' 'hunter2')", "SELECT title FROM matters WHERE value = 'hunter2", "COPY matters FROM 'hunter2'",
		"SELECT title FROM matters WHERE client_email = 'hunter2'::uuid", "EXPLAIN (hunter2 'hunter2') SELECT title FROM matters ORDER BY title", "CREATE TABLE x 'hunter2' matters",
		"DO 'hunter2 matters'", "SELECT query_to_xml('hunter2 matters')", "INSERT INTO matters (title) VALUES (E'hunter2\\v')",
	} {
		_, refusal := p.Plan(Request{SQL: []byte(src)})
		if refusal == nil {
			t.Errorf("%s: not refused", src)
			continue
		}
		if all := fmt.Sprintf("%+v", *refusal); strings.Contains(strings.ReplaceAll(all, "EXPLAIN (hunter2", ""), secret) {
			t.Errorf("%s: %s", src, all)
		}
	}
}

// TestComparableColumns: which columns may be compared with each other.
func TestComparableColumns(t *testing.T) {
	base := Column{Name: "a", Sealed: true, State: StateSealed, Mode: crypto.Deterministic, Key: crypto.Column{ID: crypto.NewDomainID("d"), Family: "numeric"},
		Type: value.Type{OID: value.OIDNumeric, Typmod: 655366}}
	for name, change := range map[string]func(*Column){
		"scale":     func(c *Column) { c.Type.Typmod++ },
		"key":       func(c *Column) { c.Key.ID = crypto.NewDomainID("e") },
		"family":    func(c *Column) { c.Key.Family = "integer" },
		"mode":      func(c *Column) { c.Mode = crypto.Randomized },
		"padding":   func(c *Column) { c.Pad = 16 },
		"normalize": func(c *Column) { c.Normalize = []string{"lower"} },
	} {
		other := base
		if !base.comparable(&other) {
			t.Fatal("a column cannot be compared with itself")
		}
		if change(&other); base.comparable(&other) {
			t.Errorf("columns of another %s can be compared", name)
		}
	}
}
