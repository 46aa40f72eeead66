package plan

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/proxy/value"
)

// ColumnState is how far the protection of a column has come.
type ColumnState uint8

// The states of a listed column, from the least protected one on.
const (
	StatePlain     ColumnState = iota // not sealed (a plain column that requires the key, or a column not yet agreed upon)
	StateReadable                     // reads accept both forms, writes go as they are: not every live proxy knows the column yet
	StateUnsealing                    // the same on the way back, while sealed values are opened for good; none may get to another place
	StateSealing                      // every write is sealed, reads accept both forms
	StateSealed                       // plaintext is refused everywhere
)

// String returns the state's name as the documents write it.
func (s ColumnState) String() string {
	return [...]string{"plain", "readable", "unsealing", "sealing", "sealed"}[s]
}

// Column is one protected column of a relation: sealed, or plain with a required key.
// It is immutable and shared between sessions.
type Column struct {
	Schema, Table, Name string // the relation that holds it, as the catalogue spells it
	Relation            uint32 // pg_class.oid
	Attnum              int16

	Sealed        bool          // false: plain column that only requires the key
	Key           crypto.Column // frozen id and type family
	Mode          crypto.Mode   // of what is written
	Round         int           // in which that is sealed
	Anew          crypto.Mode   // what all values are being sealed anew as: there are some of two ways; 0: they are not
	Twofold       bool          // with Anew: both ways are deterministic, that of Round and that of Other
	Other         int           // round
	State         ColumnState
	Opening       bool       // with StateSealing: its values are about to be opened all at once
	Type          value.Type // logical type: what the application sees
	Armoured      bool       // physical type text with armour; else bytea
	Normalize     []string
	Pad           int // bytes; 0: none
	RequiresRead  bool
	RequiresWrite bool
}

// Relation is a relation that a statement may name and that holds, or leads to, protected columns.
type Relation struct {
	OID                         uint32
	Schema, Name                string
	Kind                        byte        // pg_class.relkind: r, p, v, m, f
	Columns                     []Attribute // in the application's order, dropped columns left out
	Moved                       bool        // they may lie in another order: lists of all columns are written out
	Own                         []Attribute // columns of the product's own, which applications do not see
	Unordered                   bool        // it is not known which
	Sealed                      bool        // at least one column is sealed
	RequiresRead, RequiresWrite bool        // requires_key of the whole table

	Key []string // columns of the primary key

	// Opaque is set where statements on the relation cannot be planned (a view that computes with sealed columns);
	// it says why, for the refusal's detail.
	Opaque string
	// ReadOnly is set where a view can be read, but rows are not written through it as the planner knows; it says why.
	ReadOnly string
	// Hidden are the columns of the table behind a view that the view does not show: the server fills them in rows that are
	// written through the view.
	Hidden []Attribute
}

// Attribute is one live column of a relation.
type Attribute struct {
	Name       string
	Attnum     int16
	TypeOID    uint32 // physical type
	Typmod     int32
	Protected  *Column // nil: native
	HasDefault bool    // the server would fill the column itself
	Generated  bool
	Identity   bool
}

// Catalogue is an immutable snapshot of everything that the planner must recognise. A new snapshot replaces it as a whole.
type Catalogue struct {
	Version   uint64      // rises with every snapshot of this process
	Epoch     string      // changes with the names that make a text protected: what was native in one epoch may not be so in another
	Relations []*Relation // protected relations, and their views and partitions
	byName    map[string][]*Relation
	byOID     map[uint32]*Relation

	// Homonyms are names of protected relations that unprotected relations in other schemas bear too:
	// name -> schemas of those. An unqualified use of such a name cannot be told apart and is refused.
	Homonyms map[string][]string
	// Functions whose source names a protected relation: a call is refused.
	Functions map[string]string // function name -> what it mentions
	// readers are the views over each relation, children its partitions and the tables that inherit from it: by name, whatever the schema.
	readers, children map[string][]string
	// SettingFunctions are the names of functions that may change a setting of the session's.
	SettingFunctions map[string]bool

	// Unknown are functions that the proxy has not looked into and that may not be called: name -> why. Nil where the policy allows
	// such calls.
	Unknown map[string]string
	// unknownOfRows are those of them that may be called as if they were a column of a row.
	unknownOfRows []string

	// Observed is what the catalogue would be if the columns in state observe were sealed; nil where there are none. Statements are
	// planned with it for a report alone.
	Observed *Catalogue

	// SeveralTenants: sessions of more than one tenant use the database, so that equal values may look different.
	SeveralTenants bool

	// Stale, when not empty, says why nothing protected may be planned with this snapshot
	// (another policy is in force, the guard is missing in production, ...).
	Stale string
	// Term is how long the snapshot may be planned with; behind its end it is as if it were Stale. Nil: without end.
	Term *Term
}

// NewCatalogue indexes the relations; it takes ownership of its arguments.
func NewCatalogue(version uint64, relations []*Relation, homonyms map[string][]string, functions map[string]string) *Catalogue {
	c := &Catalogue{Version: version, Relations: relations, Homonyms: homonyms, Functions: functions,
		byName: make(map[string][]*Relation, len(relations)), byOID: make(map[uint32]*Relation, len(relations))}
	for _, r := range relations {
		c.add(r)
	}
	c.Epoch = c.epoch()
	return c
}

func (c *Catalogue) add(r *Relation) {
	c.byName[r.Name] = append(c.byName[r.Name], r)
	c.byOID[r.OID] = r
}

// epoch is made of all names that the planner looks for.
func (c *Catalogue) epoch() string {
	h := sha256.New()
	for _, names := range [][]string{slices.Sorted(maps.Keys(c.byName)), slices.Sorted(maps.Keys(c.Homonyms)), slices.Sorted(maps.Keys(c.Functions)), slices.Sorted(maps.Keys(c.Unknown))} {
		fmt.Fprintf(h, "%d %q\n", len(names), names)
	}
	return string(h.Sum(nil))
}

// WithStale is the catalogue as it is, but for nothing protected to be planned with it any more.
func (c *Catalogue) WithStale(reason string) *Catalogue {
	next := *c
	next.Version++
	next.Stale = reason
	return &next
}

// ByOID returns the relation, or nil where the catalogue does not hold it.
func (c *Catalogue) ByOID(oid uint32) *Relation { return c.byOID[oid] }

// SealedAt returns the column at that place that may hold sealed values, or nil.
func (c *Catalogue) SealedAt(table uint32, attnum int16) *Column {
	rel := c.byOID[table]
	if rel == nil {
		return nil
	}
	if a := rel.Attribute(attnum); a != nil && a.Protected.opens() {
		return a.Protected
	}
	return nil
}

// Named returns the protected relations of that name, in any schema.
func (c *Catalogue) Named(name string) []*Relation { return c.byName[name] }

// Empty tells that nothing is protected or observed, so that no statement has to be looked at.
func (c *Catalogue) Empty() bool { return !c.Protects() && c.Observed == nil }

// Protects tells that some statements are not native: it is not only observed.
func (c *Catalogue) Protects() bool { return len(c.Relations) > 0 || c.Unknown != nil || c.Stale != "" }

// withUnknown is the catalogue, which nobody else has yet, with functions that may not be called.
func (c *Catalogue) withUnknown(functions map[string]string, ofRows []string) *Catalogue {
	c.Unknown, c.unknownOfRows = functions, ofRows
	c.Epoch = c.epoch()
	return c
}

// refusedFunction says why a function of that name may not be called; nil where it may.
func (c *Catalogue) refusedFunction(name string) *Refusal {
	if mentions, ok := c.Functions[name]; ok {
		return refuseFunction(name, mentions)
	}
	if why, ok := c.Unknown[name]; ok {
		return refuseUnknownFunction(name, why)
	}
	return nil
}

// Attribute returns the relation's attribute of that number, or nil.
func (r *Relation) Attribute(attnum int16) *Attribute {
	for i := range r.Columns {
		if r.Columns[i].Attnum == attnum {
			return &r.Columns[i]
		}
	}
	return nil
}

// attributeNamed returns the relation's attribute of that name, or nil.
func (r *Relation) attributeNamed(name string) *Attribute {
	for i := range r.Columns {
		if r.Columns[i].Name == name {
			return &r.Columns[i]
		}
	}
	return nil
}

// keyedReads tells whether there are values that are not sealed and may be read with the key only.
func (c *Catalogue) keyedReads() bool {
	return slices.ContainsFunc(c.Relations, func(r *Relation) bool {
		return r.RequiresRead || slices.ContainsFunc(r.Columns, func(a Attribute) bool { return a.Protected != nil && a.Protected.RequiresRead })
	})
}
