package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// movingPlanner plans for columns that are sealed anew: matters.client_email and signed_on from one data key to another, matters.title to deterministic mode.
func movingPlanner() *Planner {
	c := sampleCatalogue()
	for _, r := range c.Relations {
		for i := range r.Columns {
			p := r.Columns[i].Protected
			if r.Name != "matters" || p == nil || !p.Sealed {
				continue
			}
			switch p.Name {
			case "client_email", "signed_on":
				p.seal(&FrozenColumn{Mode: crypto.Deterministic, NextMode: crypto.Deterministic, Round: 4, Turned: p.Name == "signed_on"})
			case "title":
				p.seal(&FrozenColumn{Mode: crypto.Randomized, NextMode: crypto.Deterministic, Turned: true})
			}
		}
	}
	p := New(Options{})
	p.SetCatalogue(c)
	return p
}

// roundSeal shows the value and the round that it is sealed in.
func roundSeal(dst []byte, slot *Slot, text []byte) ([]byte, error) {
	return fmt.Appendf(dst, "%s#%d", text, slot.Round()), nil
}

func TestSearchTwice(t *testing.T) {
	p := movingPlanner()
	armour := func(s string) string { return "'" + string(crypto.AppendArmour(nil, []byte(s))) + "'::text" }
	bytea := func(s string) string { return fmt.Sprintf(`'\x%x'::bytea`, s) }
	a4, a5, b4, b5 := armour("a#4"), armour("a#5"), armour("b#4"), armour("b#5")
	for _, c := range []struct{ sql, want string }{
		{"SELECT id FROM matters WHERE client_email = 'a'", "SELECT id FROM matters WHERE client_email = ANY (ARRAY[ " + a4 + " , " + a5 + " ])"},
		{"SELECT id FROM matters WHERE client_email='a'AND id=1", "SELECT id FROM matters WHERE client_email= ANY (ARRAY[ " + a4 + " , " + a5 + " ]) AND id=1"},
		{"DELETE FROM matters WHERE client_email <> 'a'", "DELETE FROM matters WHERE client_email <> ALL (ARRAY[ " + a4 + " , " + a5 + " ])"},
		{"SELECT id FROM matters WHERE client_email != 'a'::text", "SELECT id FROM matters WHERE client_email != ALL (ARRAY[ " + a4 + " , " + a5 + " ])"},
		{"SELECT id FROM matters WHERE client_email IN ('a', 'b')", "SELECT id FROM matters WHERE client_email IN ( " + a4 + " , " + a5 + " , " + b4 + " , " + b5 + " )"},
		{"SELECT id FROM matters WHERE client_email IN ('a', NULL)", "SELECT id FROM matters WHERE client_email IN ( " + a4 + " , " + a5 + " , NULL)"},
		{"SELECT id FROM matters WHERE client_email = ANY ('{a,b}')", "SELECT id FROM matters WHERE client_email = ANY ( ARRAY[ " + a4 + " , " + a5 + " , " + b4 + " , " + b5 + " ]::text[] )"},
		{"SELECT id FROM matters WHERE client_email = ANY (ARRAY['a','b'])", "SELECT id FROM matters WHERE client_email = ANY (ARRAY[ " + a4 + " , " + a5 + " , " + b4 + " , " + b5 + " ])"},
		{"UPDATE matters SET client_email = 'b' WHERE client_email = 'a'", "UPDATE matters SET client_email = " + b4 + " WHERE client_email = ANY (ARRAY[ " + a4 + " , " + a5 + " ])"},
		{"INSERT INTO matters (client_email) VALUES ('a')", "INSERT INTO matters (client_email) VALUES ( " + a4 + " )"},
		{"SELECT id FROM matters WHERE signed_on = '2020-01-01'", "SELECT id FROM matters WHERE signed_on = ANY (ARRAY[ " + bytea("2020-01-01#5") + " , " + bytea("2020-01-01#4") + " ])"},
		{"SELECT id FROM matters WHERE NOT (client_email = 'a' OR client_email IS NULL)", "SELECT id FROM matters WHERE NOT (client_email = ANY (ARRAY[ " + a4 + " , " + a5 + " ]) OR client_email IS NULL)"},
	} {
		planned, refusal := p.Plan(Request{SQL: []byte(c.sql)})
		if refusal != nil {
			t.Errorf("%s: %v", c.sql, refusal)
			continue
		}
		got, err := planned.AppendQuery(nil, roundSeal)
		if err != nil || squeeze(string(got)) != squeeze(c.want) {
			t.Errorf("%s:\n got %s\nwant %s (%v)", c.sql, got, c.want, err)
		}
	}
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestSearchTwiceParameters(t *testing.T) {
	p := movingPlanner()
	for _, c := range []struct {
		sql, want string
		params    string // of the client's, then the planner's own: the round, or "both"
	}{
		{"SELECT id FROM matters WHERE client_email = $1", "SELECT id FROM matters WHERE client_email = ANY (ARRAY[ $1 , $2 ])", "4 5"},
		{"SELECT id FROM matters WHERE client_email = $1::text AND id = $2", "SELECT id FROM matters WHERE client_email = ANY (ARRAY[ $1 , $3 ]) AND id = $2", "4 - 5"},
		{"SELECT id FROM matters WHERE client_email IN ($1, 'x')", "SELECT id FROM matters WHERE client_email IN ($1,$2,$3,$4)", "4 5 4 5"},
		{"SELECT id FROM matters WHERE client_email = ANY ($1)", "SELECT id FROM matters WHERE client_email = ANY ($1)", "both"},
		{"UPDATE matters SET client_email = $1 WHERE client_email = $1", "UPDATE matters SET client_email = $1 WHERE client_email = ANY (ARRAY[ $2 , $3 ])", "4 4 5"},
		{"SELECT id FROM matters WHERE client_email = $1 OR client_email = $1", "SELECT id FROM matters WHERE client_email = ANY (ARRAY[$1,$2]) OR client_email = ANY (ARRAY[$1,$2])", "4 5"},
	} {
		planned, refusal := p.Plan(Request{SQL: []byte(c.sql), Extended: true})
		if refusal != nil {
			t.Errorf("%s: %v", c.sql, refusal)
			continue
		}
		var params []string
		show := func(s *Slot) {
			switch {
			case s == nil:
				params = append(params, "-")
			case s.Both:
				params = append(params, "both")
			default:
				params = append(params, fmt.Sprint(s.Round()))
			}
		}
		for _, s := range planned.Params {
			show(s)
		}
		for _, e := range planned.Extra {
			show(e.Slot)
		}
		if got := string(planned.ParseText(nil)); squeeze(got) != squeeze(c.want) || strings.Join(params, " ") != c.params {
			t.Errorf("%s:\n got %s (%s)\nwant %s (%s)", c.sql, got, params, c.want, c.params)
		}
	}
}

// TestSearchTwiceRefused: what rests on equal values being sealed alike, and what cannot be looked for twice.
func TestSearchTwiceRefused(t *testing.T) {
	p := movingPlanner()
	for _, sql := range []string{
		"SELECT count(*) FROM matters GROUP BY client_email",
		"SELECT DISTINCT client_email FROM matters",
		"SELECT count(DISTINCT client_email) FROM matters",
		"SELECT 1 FROM matters a JOIN matters b USING (client_email)",
		"SELECT 1 FROM matters a JOIN matters b ON a.client_email = b.client_email",
		"SELECT client_email FROM matters UNION SELECT client_email FROM matters",
		"SELECT id FROM matters WHERE client_email IN (SELECT client_email FROM matters)",
		"SELECT id FROM matters WHERE 'a' = client_email",
		"SELECT id FROM matters WHERE client_email IS DISTINCT FROM 'a'",
		"SELECT id FROM matters WHERE (client_email, id) = ('a', 1)",
		"SELECT id FROM matters WHERE (client_email, id) IN (('a', 1))",
		"SELECT CASE client_email WHEN 'a' THEN 1 END FROM matters",
		"SELECT id FROM matters WHERE client_email = (VALUES ('a'))",
		"SELECT NULLIF(client_email, 'a') FROM matters",
		"CREATE UNIQUE INDEX ON matters (client_email)",
		"ALTER TABLE matters ADD UNIQUE (client_email)",
		"INSERT INTO matters (client_email) VALUES ('a') ON CONFLICT (client_email) DO NOTHING",
		"UPDATE matters SET client_email = client_email",
		"INSERT INTO matters (client_email) SELECT client_email FROM matters",
		"SELECT id FROM matters WHERE title = 'a'",
		"SELECT id FROM matters WHERE client_email = ('a')",
	} {
		if planned, refusal := p.Plan(Request{SQL: []byte(sql)}); refusal == nil {
			got, _ := planned.AppendQuery(nil, roundSeal)
			t.Errorf("%s: not refused: %s", sql, got)
		} else if strings.Contains(refusal.Error(), "could not be replaced") {
			t.Logf("%s: %v", sql, refusal)
		}
	}
}

// heldPlan is a prepared statement that SQL executes by its name.
type heldPlan struct{ plan *Plan }

func (heldPlan) Protected(string) bool   { return true }
func (heldPlan) Any() bool               { return true }
func (h heldPlan) Prepared(string) *Plan { return h.plan }

// TestSearchTwiceExecute: the argument of an EXECUTE is looked for in both ways too, or refused.
func TestSearchTwiceExecute(t *testing.T) {
	p := movingPlanner()
	prepared, refusal := p.Plan(Request{SQL: []byte("SELECT id FROM matters WHERE client_email = ANY ($1)"), Extended: true})
	if refusal != nil {
		t.Fatal(refusal)
	}
	executed, refusal := p.Plan(Request{SQL: []byte("EXECUTE s('{a}')"), Handles: heldPlan{prepared}})
	if refusal != nil {
		t.Fatal(refusal)
	}
	got, err := executed.AppendQuery(nil, roundSeal)
	want := fmt.Sprintf("EXECUTE s(ARRAY['%s'::text,'%s'::text]::text[])", crypto.AppendArmour(nil, []byte("a#4")), crypto.AppendArmour(nil, []byte("a#5")))
	if err != nil || squeeze(string(got)) != squeeze(want) {
		t.Errorf("%s, want %s (%v)", got, want, err)
	}
	prepared, refusal = p.Plan(Request{SQL: []byte("SELECT id FROM matters WHERE client_email = $1"), Extended: true})
	if refusal != nil {
		t.Fatal(refusal)
	}
	if _, refusal = p.Plan(Request{SQL: []byte("EXECUTE s('a')"), Handles: heldPlan{prepared}}); refusal == nil {
		t.Error("an EXECUTE that would look for one of the two passes")
	}
}
