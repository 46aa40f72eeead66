package plan

import (
	"github.com/legatics/pgseal/policy"
	"github.com/legatics/pgseal/proxy/value"
)

// catalogueBuilder makes the planner's snapshot out of what was read. It does no I/O.
type catalogueBuilder struct {
	db       *policy.Database
	pol      *policy.Policy
	forecast bool // listed columns count as sealed, and nothing that is in the way does
	frozen   map[policy.TableName]map[string]*FrozenColumn
	byName   map[policy.TableName]*policy.Relation
	opaque   map[policy.TableName]string // listed table -> why no statement on it can be planned
	seen     map[uint32]bool
	parsed   map[uint32]*parsedView                // by the view's OID
	listed   map[policy.TableName]policy.TableName // relation -> the listed table whose protection it has
	live     map[policy.Type]value.Type            // enums and citext as this database has them
	result   []*Relation
	problems []policy.Problem
}

// buildCatalogue joins live catalogue, policy and frozen states. The result shares no memory with its arguments that
// anybody writes to.
func buildCatalogue(db *policy.Database, pol *policy.Policy, frozen []FrozenColumn, version uint64) (*Catalogue, []policy.Problem) {
	b := newCatalogueBuilder(db, pol, frozen)
	b.problems = append(pol.Validate(db), b.frozenProblems(frozen)...)
	stale := b.blocked()
	c := b.build(frozen, version)
	c.Stale = stale
	return c, b.problems
}

func newCatalogueBuilder(db *policy.Database, pol *policy.Policy, frozen []FrozenColumn) *catalogueBuilder {
	b := &catalogueBuilder{db: db, pol: pol, frozen: make(map[policy.TableName]map[string]*FrozenColumn),
		byName: make(map[policy.TableName]*policy.Relation), opaque: make(map[policy.TableName]string), seen: make(map[uint32]bool),
		listed: make(map[policy.TableName]policy.TableName), parsed: make(map[uint32]*parsedView), live: make(map[policy.Type]value.Type)}
	for i := range frozen {
		f := &frozen[i]
		if b.frozen[f.table()] == nil {
			b.frozen[f.table()] = make(map[string]*FrozenColumn)
		}
		b.frozen[f.table()][f.Column] = f
	}
	for _, r := range db.Relations {
		b.byName[r.Name] = r
	}
	return b
}

// build makes the snapshot.
func (b *catalogueBuilder) build(frozen []FrozenColumn, version uint64) *Catalogue {
	for _, name := range loadNames(b.pol, frozen) {
		if root := b.byName[name]; root != nil {
			b.tree(name, root)
		}
	}
	b.dependents()
	b.problems = append(b.problems, b.viewProblems()...)
	b.result = append(b.result, b.views(b.result)...)
	c := NewCatalogue(version, b.result, b.db.Homonyms, b.functions())
	c.SeveralTenants = b.pol.SeveralTenants
	c.readers, c.children = b.readers(), b.children()
	c.SettingFunctions = b.settingFunctions()
	if b.pol.RefusesUnknown() {
		c = c.withUnknown(b.db.Unknown, b.db.UnknownOfRows)
	}
	return c
}

// blocked notes which tables have errors, and returns the one that concerns the whole database.
func (b *catalogueBuilder) blocked() (stale string) {
	for _, p := range b.problems {
		switch {
		case p.Severity != policy.SeverityError:
		case p.Table == (policy.TableName{}):
			stale = p.Sentence()
		case b.opaque[p.Table] == "":
			b.opaque[p.Table] = p.Sentence()
		}
	}
	return stale
}

// tree adds a listed table and all its descendants; what the policy says of the table's columns holds for the columns of
// the same name.
func (b *catalogueBuilder) tree(listed policy.TableName, r *policy.Relation) {
	if b.seen[r.OID] {
		return
	}
	b.seen[r.OID], b.listed[r.Name] = true, listed
	b.result = append(b.result, b.relation(listed, r))
	for _, child := range r.Children {
		if c := b.byName[child]; c != nil {
			b.tree(listed, c)
		}
	}
}

func (b *catalogueBuilder) relation(listed policy.TableName, live *policy.Relation) *Relation {
	r := &Relation{OID: live.OID, Schema: live.Name.Schema, Name: live.Name.Name, Kind: live.Kind, Opaque: b.opaque[listed],
		Columns: liveAttributes(live.Columns), Key: primaryKey(live)}
	t := b.pol.Table(listed)
	if t == nil {
		return r // not listed, but it holds sealed values: an error, so it is opaque
	}
	r.RequiresRead, r.RequiresWrite = t.RequiresKey.Read, t.RequiresKey.Write
	for i := range r.Columns {
		a := &r.Columns[i]
		if c := t.Columns[a.Name]; c != nil {
			a.Protected = b.column(listed, c, r, a, &live.Columns[i])
			r.Sealed = r.Sealed || a.Protected.Sealed
		}
	}
	b.order(listed, r)
	return r
}

// column describes one listed column in one relation of the tree.
func (b *catalogueBuilder) column(listed policy.TableName, c *policy.Column, r *Relation, a *Attribute, live *policy.LiveColumn) *Column {
	out := &Column{Schema: r.Schema, Table: r.Name, Name: a.Name, Relation: r.OID, Attnum: a.Attnum, State: StatePlain,
		RequiresRead: c.RequiresKey.Read, RequiresWrite: c.RequiresKey.Write}
	if !c.Mode.Sealed() {
		out.Type = value.Type{OID: a.TypeOID, Typmod: a.Typmod}
		return out
	}
	f := b.frozen[listed][c.Name]
	out.Sealed, out.Mode = true, sealMode(c.Mode)
	out.Type = b.logicalType(c, f, live)
	out.Key = policyKey(listed, c, out.Type)
	out.Armoured = out.Type.TextPhysical()
	out.Normalize, out.Pad = c.Normalize, c.Pad
	if f != nil && f.State != StatePlain {
		out.Key, out.State, out.Opening = f.Key, f.State, f.Opening
		out.seal(f)
	}
	if b.forecast {
		out.State = StateSealed
	}
	return out
}

func primaryKey(live *policy.Relation) []string {
	for i := range live.Indexes {
		if live.Indexes[i].Primary {
			return live.Indexes[i].Keys
		}
	}
	return nil
}

// liveAttributes are the columns as the planner sees them, nothing protected yet.
func liveAttributes(live []policy.LiveColumn) []Attribute {
	out := make([]Attribute, len(live))
	for i, c := range live {
		out[i] = Attribute{Name: c.Name, Attnum: c.Attnum, TypeOID: c.TypeOID, Typmod: c.Typmod,
			HasDefault: c.HasDefault, Generated: c.Generated, Identity: c.Identity}
	}
	return out
}

// dependents adds the tables whose rules lead to a protected one.
func (b *catalogueBuilder) dependents() {
	for _, d := range b.db.Dependents {
		if d.Kind == 'v' || d.Kind == 'm' || b.seen[d.OID] {
			continue
		}
		b.seen[d.OID] = true
		b.result = append(b.result, &Relation{OID: d.OID, Schema: d.Name.Schema, Name: d.Name.Name, Kind: d.Kind, Columns: liveAttributes(d.Columns),
			Opaque: "Its rule " + d.Rule + " names " + d.On.String() + "."})
	}
}

// functions are the names whose calls are refused.
func (b *catalogueBuilder) functions() map[string]string {
	all := make(map[string]string, len(b.db.Functions))
	for _, f := range b.db.Functions {
		switch known := all[f.Name]; {
		case f.Trigger:
		case known == "":
			all[f.Name] = f.Names
		case known != f.Names:
			all[f.Name] = known + ", " + f.Names
		}
	}
	return all
}
