package policy

import "testing"

const observing = `version: 1
tables:
  public.matters:
    columns:
      title: {mode: randomized}
      email: {mode: deterministic, state: observe}
  public.users:
    columns:
      name: {mode: randomized, state: observe}
  public.notes:
    requires_key: [read]
    columns:
      body: {mode: randomized, state: observe}
`

// TestEnforced: what is observed is not in force, and changes nothing that proxies have to agree about.
func TestEnforced(t *testing.T) {
	p, err := Load("p.yaml", []byte(observing))
	if err != nil {
		t.Fatal(err)
	}
	e := p.Enforced()
	if !p.Observes() || e.Observes() || e.Enforced() != e {
		t.Errorf("observes: %v, %v", p.Observes(), e.Observes())
	}
	if len(e.Tables) != 2 || len(e.Tables[TableName{"public", "matters"}].Columns) != 1 || !e.Tables[TableName{"public", "notes"}].RequiresKey.Read {
		t.Errorf("in force: %+v", e.Tables)
	}
	if len(p.Tables) != 3 || len(p.Tables[TableName{"public", "matters"}].Columns) != 2 {
		t.Error("the policy itself was changed")
	}
	same, err := Load("p.yaml", []byte("version: 1\ntables: {public.matters: {columns: {title: {mode: randomized}}}, public.notes: {requires_key: [read]}}"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Hash() != same.Hash() {
		t.Error("columns in state observe change the hash")
	}
}
