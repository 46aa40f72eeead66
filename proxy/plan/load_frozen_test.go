package plan

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
)

// TestFrozenColumns: a policy that would change how sealed values are read or found again is an error.
func TestFrozenColumns(t *testing.T) {
	const head = "version: 1\ntables:\n  public.t:\n    columns:\n      "
	column := func(name, typ string) policy.LiveColumn {
		return policy.LiveColumn{Name: name, Attnum: 1, Type: typ, TypeOID: value.OIDText, Typmod: -1, Kind: 'b'}
	}
	db := &policy.Database{Encoding: "UTF8", Relations: []*policy.Relation{
		{OID: 1, Name: policy.TableName{Schema: "public", Name: "t"}, Kind: 'r', Columns: []policy.LiveColumn{column("x", "text"), column("y", "text"), column("n", "bytea")}},
		{OID: 2, Name: policy.TableName{Schema: "public", Name: "u"}, Kind: 'r', Columns: []policy.LiveColumn{column("x", "text")}},
	}}
	random := func() FrozenColumn {
		return FrozenColumn{Schema: "public", Table: "t", Column: "x", Mode: crypto.Randomized, State: StateSealed, Type: value.Type{OID: value.OIDVarchar, Typmod: 24},
			Key: crypto.Column{ID: crypto.NewColumnID("public", "t", "x"), Family: "text"}}
	}
	det := func() FrozenColumn {
		f := random()
		f.Mode, f.Normalize, f.Key.ID = crypto.Deterministic, []string{"trim"}, crypto.NewDomainID("d")
		return f
	}
	with := func(f FrozenColumn, change func(*FrozenColumn)) FrozenColumn { change(&f); return f }
	const place = "p.yaml:5:7: error: public.t.x: the column has been sealed with "
	for _, c := range []struct {
		name, columns string
		frozen        FrozenColumn
		want          string
	}{
		{"as it was", "x: {mode: randomized}", random(), ""},
		{"deterministic as it was", "x: {mode: deterministic, domain: d, normalize: [trim]}", det(), ""},
		{"another type of the family", "x: {mode: randomized, type: text}", random(), ""},
		{"renamed since", "x: {mode: randomized}", with(random(), func(f *FrozenColumn) { f.Key.ID = crypto.NewColumnID("a", "b", "c") }), ""},
		{"normalize of a randomized column", "x: {mode: randomized, normalize: [trim]}", random(), ""},
		{"another block", "x: {mode: randomized, pad: 8}", with(random(), func(f *FrozenColumn) { f.Pad, f.Key.Family = 16, crypto.PaddedFamily("text") }), ""},
		{"mode", "x: {mode: deterministic}", random(), place + "mode randomized, the policy says deterministic: pgseal column reseal --mode deterministic comes first"},
		{"domain added", "x: {mode: deterministic, domain: e, normalize: [trim]}", det(), place + "the identity domain d, the policy says domain e"},
		{"domain gone", "x: {mode: deterministic, normalize: [trim]}", det(), place + "the identity domain d, the policy says no domain"},
		{"type family", "x: {mode: randomized}", with(random(), func(f *FrozenColumn) { f.Key.Family = "uuid" }), place + "the type family uuid, the policy makes it text"},
		{"pad added", "x: {mode: randomized, pad: 8}", random(), place + "pad 0, the policy says pad 8 (0: none)"},
		{"pad gone", "x: {mode: randomized}", with(random(), func(f *FrozenColumn) { f.Pad, f.Key.Family = 16, crypto.PaddedFamily("text") }), place + "pad 16, the policy says pad 0 (0: none)"},
		{"block of a deterministic column", "x: {mode: deterministic, domain: d, normalize: [trim], pad: 8}",
			with(det(), func(f *FrozenColumn) { f.Pad, f.Key.Family = 16, crypto.PaddedFamily("text") }), place + "pad 16, the policy says 8: equal values would no longer be found"},
		{"normalize of a deterministic column", "x: {mode: deterministic, domain: d}", det(), place + "normalize [trim], the policy says []: equal values would no longer be found"},
		{"column left out", "y: {mode: randomized}", random(),
			"p.yaml:3:3: error: public.t.x: the column is sealed and may hold sealed values, but the policy does not list it (list it as it was)"},
		{"column plain", "x: {mode: plain, requires_key: [read]}", random(),
			"p.yaml:5:7: error: public.t.x: the column is sealed and may hold sealed values, but the policy says mode: plain (list it as it was)"},
		{"table left out", "x: {mode: randomized}", with(random(), func(f *FrozenColumn) {
			f.Table, f.State = "u", StateReadable
			f.Key.ID = crypto.NewColumnID("public", "u", "x")
		}),
			"error: public.u.x: the column is readable and may hold sealed values, but the policy does not list its table (list it as it was)"},
		{"not yet sealed and left out", "y: {mode: randomized}", with(random(), func(f *FrozenColumn) { f.State = StatePlain }), ""},
		{"dropped and left out", "y: {mode: randomized}", with(random(), func(f *FrozenColumn) { f.Column = "gone" }), ""},
		{"not yet sealed and changed", "x: {mode: deterministic, pad: 4}", with(random(), func(f *FrozenColumn) { f.State = StatePlain }), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			catalogue, problems := buildCatalogue(db, mustPolicy(t, head+c.columns+"\n"), []FrozenColumn{c.frozen}, 1)
			var got []string
			for _, p := range problems {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			for _, r := range catalogue.Relations {
				if concerned := r.Name == c.frozen.Table; concerned && (r.Opaque != "") != (c.want != "") {
					t.Errorf("%s is opaque with %q", r.Name, r.Opaque)
				}
			}
		})
	}
}

// TestLogicalTypeOfFrozenColumn: what was agreed upon outlives the physical type; the policy's own word goes before it.
func TestLogicalTypeOfFrozenColumn(t *testing.T) {
	f := &FrozenColumn{Type: value.Type{OID: value.OIDVarchar, Typmod: 24}}
	for _, c := range []struct {
		column *policy.Column
		frozen *FrozenColumn
		want   string
	}{
		{&policy.Column{}, nil, "text"},
		{&policy.Column{}, f, "varchar(20)"},
		{&policy.Column{Type: "varchar(30)"}, f, "varchar(30)"},
	} {
		b := &catalogueBuilder{db: &policy.Database{}, live: map[policy.Type]value.Type{}}
		if got := b.logicalType(c.column, c.frozen, &policy.LiveColumn{Type: "text"}).Name(); got != c.want {
			t.Errorf("%+v, %+v: %s, want %s", c.column, c.frozen, got, c.want)
		}
	}
}

// TestTypesOfPolicyAndValues: the two packages know nothing of each other and must agree.
func TestTypesOfPolicyAndValues(t *testing.T) {
	for _, name := range append(policy.TypeNames(), "varchar(20)", "numeric(12,2)", "numeric(5,0)", "timestamp(3)", "timestamptz(0)", "time(3)", "interval(0)", "char(3)", "text[]", "numeric(9,2)[]", "varchar(3)[]") {
		p, err := policy.ParseType(name)
		if err != nil {
			t.Fatal(err)
		}
		v := ValueType(p)
		if name == "char" {
			name = "char(1)"
		}
		if !v.Supported() || v.Name() != name {
			t.Errorf("%s is %s for the codec, supported %v", name, v.Name(), v.Supported())
		}
		if v.Deterministic() != (p.Lossy() == "") || v.TextPhysical() != p.Textual() {
			t.Errorf("%s: deterministic %v, %q; text %v, %v", name, v.Deterministic(), p.Lossy(), v.TextPhysical(), p.Textual())
		}
		other, _ := policy.ParseType("text")
		if (v.Family() == "text") != p.Normal() || (v.Family() == ValueType(other).Family()) != p.Normal() {
			t.Errorf("%s: family %s", name, v.Family())
		}
	}
	// Every type that the codec can do has a name in the policy.
	for oid := uint32(1); oid < 5000; oid++ {
		if !value.Supported(oid) {
			continue
		}
		if _, err := policy.ParseType(value.Type{OID: oid, Typmod: -1}.Name()); err != nil {
			t.Errorf("%d: %v", oid, err)
		}
	}
}
