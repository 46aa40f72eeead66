package plan

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

// sampleCatalogue is a legal-transactions database: public.matters and public.users are protected, public.offices needs
// the key to be read or written, without having sealed columns; users.permissions needs it to be written, users.phone to be read, public.matter_titles is a view over matters that cannot be used,
// sampleViews are views that can, and there is another table named
// events in the schema audit beside the protected public.events.
func sampleCatalogue() *Catalogue {
	b := &sampleBuilder{}
	b.table("public", "matters",
		plain("id", 23), sealedColumn("title", crypto.Randomized, text, false), sealedColumn("client_email", crypto.Deterministic, text, false),
		sealedColumn("value", crypto.Randomized, value.Type{OID: value.OIDNumeric, Typmod: (10<<16 | 2) + 4}, false), sealedColumn("signed_on", crypto.Deterministic, value.Type{OID: value.OIDDate, Typmod: -1}, false),
		plain("status", 25), plain("owner_id", 23))
	b.table("public", "users",
		plain("id", 23), domainColumn("email", crypto.Deterministic, text), sealedColumn("age", crypto.Deterministic, value.Type{OID: value.OIDInt4, Typmod: -1}, false),
		sealedColumn("active", crypto.Deterministic, value.Type{OID: value.OIDBool, Typmod: -1}, false), keyColumn("permissions", false, true), plain("name", 25), keyColumn("phone", true, false))
	b.table("public", "invitations", plain("id", 23), domainColumn("email", crypto.Deterministic, text), sealedColumn("note", crypto.Randomized, value.Type{OID: value.OIDVarchar, Typmod: 24}, true))
	b.table("public", "offices", plain("id", 23), plain("city", 25))
	b.relations[len(b.relations)-1].RequiresRead, b.relations[len(b.relations)-1].RequiresWrite = true, true
	b.table("public", "events", plain("id", 23), sealedColumn("body", crypto.Randomized, value.Type{OID: value.OIDJSONB, Typmod: -1}, false))
	b.table("archive", "matters_old", plain("id", 23), sealedColumn("title", crypto.Randomized, text, false))
	b.relations[len(b.relations)-1].Columns[1].Protected.State = StateSealing
	b.relations = append(b.relations, &Relation{OID: 900, Schema: "public", Name: "matter_titles", Kind: 'v', Opaque: "It is a view over the protected table public.matters."})
	for _, r := range b.relations {
		if r.attributeNamed("id") != nil {
			r.Key = []string{"id"}
		}
	}
	b.relations = addSampleViews(b.relations)
	return NewCatalogue(1, b.relations, map[string][]string{"events": {"audit"}}, map[string]string{"archive_matter": "public.matters"})
}

var text = value.Type{OID: value.OIDText, Typmod: -1}

type sampleBuilder struct{ relations []*Relation }

func (b *sampleBuilder) table(schema, name string, columns ...Attribute) {
	r := &Relation{OID: uint32(1000 + len(b.relations)), Schema: schema, Name: name, Kind: 'r', Columns: columns}
	for i := range r.Columns {
		r.Columns[i].Attnum = int16(i + 1)
		if c := r.Columns[i].Protected; c != nil {
			c.Schema, c.Table, c.Relation, c.Attnum = schema, name, r.OID, int16(i+1)
			if c.Key.ID.IsZero() {
				c.Key.ID = crypto.NewColumnID(schema, name, c.Name)
			}
			r.Sealed = r.Sealed || c.Sealed
		}
	}
	b.relations = append(b.relations, r)
}

func plain(name string, oid uint32) Attribute { return Attribute{Name: name, TypeOID: oid, Typmod: -1} }

func sealedColumn(name string, mode crypto.Mode, t value.Type, hasDefault bool) Attribute {
	c := &Column{Name: name, Sealed: true, Mode: mode, State: StateSealed, Type: t, Armoured: t.TextPhysical(), Key: crypto.Column{Family: t.Family()}}
	a := Attribute{Name: name, TypeOID: oidBytea, Typmod: -1, Protected: c, HasDefault: hasDefault}
	if c.Armoured {
		a.TypeOID = oidText
	}
	return a
}

func domainColumn(name string, mode crypto.Mode, t value.Type) Attribute {
	a := sealedColumn(name, mode, t, false)
	a.Protected.Key.ID = crypto.NewDomainID("email")
	return a
}

func keyColumn(name string, read, write bool) Attribute {
	return Attribute{Name: name, TypeOID: 25, Typmod: -1, Protected: &Column{Name: name, RequiresRead: read, RequiresWrite: write, Type: text}}
}

func samplePlanner(t testing.TB) *Planner {
	t.Helper()
	p := New(Options{})
	p.SetCatalogue(sampleCatalogue())
	return p
}

// fakeSeal seals a value as the text "column:value", so that tests can read it.
func fakeSeal(dst []byte, slot *Slot, text []byte) ([]byte, error) {
	return fmt.Appendf(dst, "%s:%s", slot.Column.Name, text), nil
}

// readable writes the sealed values of fakeSeal as <column:value>.
func readable(sql string) string {
	for {
		i := strings.Index(sql, `'\x`)
		if i < 0 {
			break
		}
		j := strings.Index(sql[i+3:], "'") + i + 3
		b, err := hex.DecodeString(sql[i+3 : j])
		if err != nil {
			return sql
		}
		sql = sql[:i] + "<" + string(b) + ">" + sql[j+1:]
	}
	for {
		i := strings.Index(sql, `'pgs1_`)
		if i < 0 {
			return sql
		}
		j := strings.Index(sql[i+1:], "'") + i + 1
		b, err := crypto.AppendUnarmour(nil, []byte(sql[i+1:j]))
		if err != nil {
			return sql
		}
		sql = sql[:i] + "<" + string(b) + ">" + sql[j+1:]
	}
}

// rewritten is the text that would go to the server.
func rewritten(t testing.TB, p *Plan, extended bool) string {
	t.Helper()
	if extended {
		return string(p.ParseText(nil))
	}
	out, err := p.AppendQuery(nil, fakeSeal)
	if err != nil {
		t.Fatal(err)
	}
	return readable(string(out))
}

// describe writes a plan in one line.
func describe(p *Plan) string {
	var b strings.Builder
	for i, s := range p.Statements {
		if i > 0 {
			b.WriteString("; ")
		}
		switch {
		case s.Native:
			b.WriteString("native" + describeCursor(s.Cursor))
			continue
		case s.Writes:
			b.WriteString("write")
		default:
			b.WriteString("read")
		}
		if s.NeedsKey {
			b.WriteString(" key")
		}
		b.WriteString(describeOutputs(s.Outputs))
		b.WriteString(describeCursor(s.Cursor))
		if s.Prepare != nil {
			fmt.Fprintf(&b, ", prepares %q %v: %s", s.Prepare.Name, s.Prepare.OIDs, describe(s.Prepare.Plan))
		}
		b.WriteString(describeCopy(s.Copy))
	}
	for i, s := range p.Params {
		if s != nil {
			fmt.Fprintf(&b, " $%d=%s", i+1, slotName(s))
		}
	}
	for i, e := range p.Extra {
		from := "literal " + fmt.Sprint(e.Literal)
		if e.Param >= 0 {
			from = fmt.Sprintf("$%d", e.Param+1)
		}
		fmt.Fprintf(&b, " $%d=%s from %s", len(p.Params)+i+1, slotName(e.Slot), from)
	}
	return b.String()
}

func describeOutputs(outputs []*Column) string {
	if outputs == nil {
		return ""
	}
	names := make([]string, len(outputs))
	for i, c := range outputs {
		switch c {
		case nil:
			names[i] = "-"
		case Rest:
			names[i] = "*"
		default:
			names[i] = c.Name
		}
	}
	return " -> " + strings.Join(names, ",")
}

// describeCursor writes what is done with a cursor.
func describeCursor(u *CursorUse) string {
	if u == nil {
		return ""
	}
	out := fmt.Sprintf(", %s %q", [...]string{Declares: "declares", Fetches: "fetches", Moves: "moves", Closes: "closes"}[u.Act], u.Name)
	if u.Binary {
		out += " binary"
	}
	if u.Hold {
		out += " held"
	}
	if u.NeedsKey {
		out += " key"
	}
	return out + describeOutputs(u.Outputs)
}

func slotName(s *Slot) string {
	name := s.Column.Name
	if s.Search {
		name += "?"
	}
	if s.Array {
		name += "[]"
	}
	if s.Cast != 0 {
		name += fmt.Sprintf("::%d", s.Cast)
	}
	return name
}
