package policy

import "slices"

// Database is what Validate has to know of a live database: the listed relations with everything that hangs on them. It
// is a plain model; whoever can read a catalogue fills it and does not change it afterwards.
type Database struct {
	Encoding string // server_encoding
	// Relations are the listed relations that exist, and all their partitions and inheritance children.
	Relations []*Relation
	// Dependents are relations outside Relations whose rewrite rules lead to one: views over them, at any depth, and
	// over Functions, and tables with a rule that names one.
	Dependents []*Dependent
	// Views are those of Dependents that are views or materialized views. Validate leaves them to the planner, which reads their queries.
	Views []*View
	// ForeignKeys lead from or to one of Relations. Those that a partition has from its parent are left out.
	ForeignKeys []ForeignKey
	// Homonyms are relations of other schemas that are called like one of Relations or Dependents: name -> schemas.
	Homonyms map[string][]string
	// Functions are those whose source, signature or body names one of Relations or Dependents.
	Functions []Function
	// Unknown are the functions that may do what nobody can see from outside: name -> why. A name that several functions
	// bear is among them if one of those is.
	Unknown map[string]string
	// UnknownOfRows are those that may be called as if they were a column of a row.
	UnknownOfRows []string
	// SettingFunctions are those that may change a setting of the session's.
	SettingFunctions []Function
	// Types are those that a sealed column can have and that have another OID in each database.
	Types []LiveType
	// Names are the tables that there are, for the nearest name; filled only where a listed one does not exist.
	Names []TableName
}

// Relation is a listed relation or a descendant of one.
type Relation struct {
	OID  uint32
	Name TableName
	Kind byte // pg_class.relkind
	// Partition tells a partition from an inheritance child, where there are Parents.
	Partition bool
	Parents   []TableName
	Children  []TableName // direct ones
	Columns   []LiveColumn
	Indexes   []Index
	Mentions  []Mention
	Triggers  []Trigger
	Rules     []string // rewrite rules of its own
}

// LiveColumn is one column that has not been dropped, in the order of attnum.
type LiveColumn struct {
	Name    string
	Attnum  int16
	Type    string // as format_type writes it: "character varying(20)"
	TypeOID uint32
	Typmod  int32
	// Kind is pg_type.typtype: b base, d domain, e enum, c composite, r range ...
	Kind byte
	// Domain is what stands behind the type where that is a domain.
	Domain     *Domain
	HasDefault bool // the server fills the column itself; false for a generated one
	Generated  bool
	Identity   bool
	// LooseCollation: the column's collation is not deterministic, so that strings of different bytes may be equal.
	LooseCollation bool
}

// Domain is what a domain stands for, through all domains below it.
type Domain struct {
	Base   string   // as format_type writes it
	Checks []string // names of its constraints; NOT NULL is one
}

// LiveType is an enum, or citext.
type LiveType struct {
	Name   TableName
	OID    uint32
	Labels []string // of an enum
}

// Type returns the live type that a type of the policy means, or nil.
func (d *Database) Type(t Type) *LiveType {
	i := slices.IndexFunc(d.Types, func(l LiveType) bool {
		if l.Labels == nil {
			return t == Type{Name: citext}
		}
		return t == Type{Schema: l.Name.Schema, Name: l.Name.Name}
	})
	if i < 0 {
		return nil
	}
	return &d.Types[i]
}

// Index is one index of a relation. Those that a partition has from its parent are left out.
type Index struct {
	Name      string
	Method    string // btree, hash, gin ...
	Primary   bool
	Unique    bool
	Exclusion bool
	Keys      []string // columns that are searched by; included ones are left out
	// Expressions are the columns that its expressions or its predicate compute with (IS NULL tests apart).
	Expressions []string
	// LooseCollation are the key columns that it compares under a collation that is not deterministic.
	LooseCollation []string
}

// Mention is something that computes with columns of a relation and does not know that they are sealed: a check
// constraint, a row-level security policy, a generated column, a partition key, a publication's row filter.
type Mention struct {
	What    string // "the check constraint short of public.matters"
	Columns []string
	Drop    string // the statement that takes it away; may be empty
}

// Trigger is one user trigger of a relation. Those that a partition has from its parent are left out.
type Trigger struct {
	Name     string
	Function string // schema.name
	Own      bool   // it runs a function of the schema pgseal
}

// Dependent is a relation whose rewrite rule names another.
type Dependent struct {
	OID     uint32
	Name    TableName
	Kind    byte      // pg_class.relkind: v, m, or r for a table with a rule
	Rule    string    // the rule's name, _RETURN for a view's query
	On      TableName // what the rule names: a Relation, another Dependent, or one of the Functions
	Columns []LiveColumn
}

// View is a view or materialized view over one of the relations.
type View struct {
	OID  uint32
	Name TableName
	Kind byte // pg_class.relkind: v or m
	// Definition is its query with every name qualified, as pg_get_viewdef writes it; empty where it could not be read because
	// somebody has locked what it reads.
	Definition string
	Temporary  bool
	// Acts are the rules, _RETURN apart, and INSTEAD OF triggers of its own: "the trigger audit".
	Acts []string
}

// ForeignKey is one foreign key; From[i] refers to To[i].
type ForeignKey struct {
	Name        string
	From, To    TableName
	FromColumns []string
	ToColumns   []string
}

// Function is a function or procedure that names a relation.
type Function struct {
	Schema, Name string
	Names        string // what it names, for people
	// Trigger tells a trigger function: nobody can call it, but it does what it does behind the proxy.
	Trigger bool
}

// Column returns the live column of that name, or nil.
func (r *Relation) Column(name string) *LiveColumn {
	i := slices.IndexFunc(r.Columns, func(c LiveColumn) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &r.Columns[i]
}
