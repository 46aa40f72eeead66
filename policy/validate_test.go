package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const matters = `version: 1
tables:
  public.matters:
    columns:
      title: {mode: randomized}
      email: {mode: deterministic, domain: email}
      note:  {mode: plain, requires_key: [write]}
`

// liveMatters is a database that fits the policy above.
func liveMatters() *Database {
	text := func(name string, attnum int16) LiveColumn {
		return LiveColumn{Name: name, Attnum: attnum, Type: "text", TypeOID: 25, Typmod: -1, Kind: 'b'}
	}
	return &Database{Encoding: "UTF8", Relations: []*Relation{{
		OID: 1, Name: TableName{"public", "matters"}, Kind: 'r',
		Columns: []LiveColumn{text("title", 1), text("email", 2), text("note", 3), {Name: "id", Attnum: 4, Type: "bigint", TypeOID: 20, Typmod: -1, Kind: 'b', Identity: true}},
		Indexes: []Index{
			{Name: "matters_pkey", Method: "btree", Primary: true, Unique: true, Keys: []string{"id"}},
			{Name: "matters_email_key", Method: "btree", Unique: true, Keys: []string{"email"}},
		},
		Mentions: []Mention{{What: "the check constraint positive of public.matters", Columns: []string{"id", "note"}}},
		Triggers: []Trigger{{Name: "pgseal_guard_first", Function: "pgseal.guard", Own: true}},
	}}}
}

// child adds a relation below public.matters.
func child(db *Database, name string, partition bool) *Relation {
	parent := db.Relations[0]
	r := &Relation{OID: 2, Name: TableName{"public", name}, Kind: 'r', Partition: partition, Parents: []TableName{parent.Name}, Columns: append([]LiveColumn(nil), parent.Columns...)}
	parent.Children = append(parent.Children, r.Name)
	db.Relations = append(db.Relations, r)
	return r
}

func load(t *testing.T, file string) *Policy {
	t.Helper()
	p, err := Load("p.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestValidate(t *testing.T) {
	const (
		table = "p.yaml:3:3: error: public.matters: "
		title = "p.yaml:5:7: error: public.matters.title: "
		email = "p.yaml:6:7: error: public.matters.email: "
	)
	title0 := func(db *Database) *LiveColumn { return &db.Relations[0].Columns[0] }
	email0 := func(db *Database) *LiveColumn { return &db.Relations[0].Columns[1] }
	live := func(db *Database) {
		db.Types = []LiveType{{Name: TableName{"public", "mood"}, OID: 70001, Labels: []string{"sad", "ok"}}, {Name: TableName{"public", "other"}, OID: 70002, Labels: []string{"x"}},
			{Name: TableName{"public", "citext"}, OID: 70003}}
	}
	titleOf := func(typ string) func(string) string {
		return func(s string) string {
			return strings.Replace(s, "mode: randomized", "mode: randomized, type: "+typ, 1)
		}
	}
	for _, c := range []struct {
		name    string
		change  func(db *Database)
		policy  func(file string) string
		several bool // tenants
		columns bool // of tenants are needed
		want    []string
	}{
		{name: "everything fits"},
		{name: "encoding", change: func(db *Database) { db.Encoding = "LATIN1" },
			want: []string{"error: the database is encoded in LATIN1; sealing needs UTF8"}},
		{name: "unknown table", change: func(db *Database) {
			db.Relations, db.Names = nil, []TableName{{"public", "parties"}, {"public", "mattres"}}
		}, want: []string{table + "there is no such table; did you mean public.mattres?"}},
		{name: "a view", change: func(db *Database) { db.Relations[0].Kind = 'v' },
			want: []string{table + "it is a view, and only tables can be protected (list the tables that it reads)"}},
		{name: "a foreign table", change: func(db *Database) { db.Relations[0].Kind = 'f' },
			want: []string{table + "it is a foreign table, and only tables can be protected"}},
		{name: "a sequence", change: func(db *Database) { db.Relations[0].Kind = 'S' },
			want: []string{table + "it is a sequence, and only tables can be protected"}},
		{name: "unknown column", change: func(db *Database) { title0(db).Name = "titel" },
			want: []string{title + "public.matters has no such column; did you mean titel?"}},
		{name: "unknown plain column", change: func(db *Database) { db.Relations[0].Columns[2].Name = "zzzzzzzz" },
			want: []string{"p.yaml:7:7: error: public.matters.note: public.matters has no such column"}},
		{name: "generated", change: func(db *Database) { title0(db).Generated = true },
			want: []string{title + "the column is generated: the server itself computes it, in plaintext"}},
		{name: "identity", change: func(db *Database) { title0(db).Identity = true },
			want: []string{title + "the column is an identity: the server itself fills it, in plaintext (ALTER TABLE public.matters ALTER COLUMN title DROP IDENTITY)"}},
		{name: "default", change: func(db *Database) { title0(db).HasDefault = true },
			want: []string{title + "the column has a default: the server itself would fill it, in plaintext (ALTER TABLE public.matters ALTER COLUMN title DROP DEFAULT)"}},
		{name: "default of a partition alone", change: func(db *Database) { child(db, "m1", true).Columns[0].HasDefault = true },
			want: []string{title + "the column has a default: the server itself would fill it, in plaintext (ALTER TABLE public.m1 ALTER COLUMN title DROP DEFAULT)"}},
		{name: "default of the plain column", change: func(db *Database) { db.Relations[0].Columns[2].HasDefault = true }},

		{name: "varchar with a length", change: func(db *Database) { title0(db).Type = "character varying(20)" },
			want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed value is longer than varchar(20): the column becomes text when sealing begins, and the proxy keeps its length (ALTER TABLE public.matters ALTER COLUMN title TYPE text)"}},
		{name: "varchar without one", change: func(db *Database) { title0(db).Type = "character varying" }},
		{name: "char", change: func(db *Database) { title0(db).Type = "character(3)" },
			want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed char(3) lives in a text column: this one, which is character(3), has to become text before sealing can begin, and the proxy keeps its length (pgseal column encrypt does that; on an empty table pgseal init)"}},
		{name: "deterministic char", change: func(db *Database) { email0(db).Type = "character(3)" }, want: []string{
			"p.yaml:6:7: warning: public.matters.email: a sealed char(3) lives in a text column: this one, which is character(3), has to become text before sealing can begin, and the proxy keeps its length (pgseal column encrypt does that; on an empty table pgseal init)",
			email + "the type char(3) cannot be deterministic: its trailing spaces do not count; use varchar(n)"}},
		{name: "bytea", change: func(db *Database) { title0(db).Type = "bytea" }},
		{name: "integer", change: func(db *Database) { title0(db).Type = "integer" },
			want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed integer lives in a bytea column: this one, which is integer, has to become bytea before sealing can begin (pgseal column encrypt does that; on an empty table pgseal init)"}},
		{name: "type of an extension", change: func(db *Database) { title0(db).Type = "public.geometry" },
			want: []string{title + "the type public.geometry is neither one that can be sealed nor an enum of this database"}},
		{name: "citext that the policy does not name", change: func(db *Database) { title0(db).Type = "public.citext"; live(db) },
			want: []string{title + "the policy has to name the type citext, which the column loses when it is sealed (write type: citext)"}},
		{name: "citext", change: func(db *Database) { title0(db).Type = "public.citext"; live(db) }, policy: titleOf("citext"),
			want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed citext lives in a text column: the column becomes text when sealing begins, and the application goes on seeing citext"}},
		{name: "citext in text", change: live, policy: titleOf("citext")},
		{name: "citext in a database without it", policy: titleOf("citext"),
			want: []string{title + "the type citext is neither one that can be sealed nor an enum of this database"}},
		{name: "enum that the policy does not name", change: func(db *Database) { title0(db).Type, title0(db).Kind = "public.mood", 'e'; live(db) },
			want: []string{title + "the policy has to name the type public.mood, which the column loses when it is sealed (write type: public.mood)"}},
		{name: "enum", change: func(db *Database) { title0(db).Type, title0(db).Kind = "public.mood", 'e'; live(db) }, policy: titleOf("public.mood"),
			want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed public.mood lives in a bytea column: this one, which is public.mood, has to become bytea before sealing can begin (pgseal column encrypt does that; on an empty table pgseal init)"}},
		{name: "enum in bytea", change: func(db *Database) { title0(db).Type = "bytea"; live(db) }, policy: titleOf("public.mood")},
		{name: "another enum", change: func(db *Database) { title0(db).Type, title0(db).Kind = "public.other", 'e'; live(db) }, policy: titleOf("public.mood"),
			want: []string{title + "the policy says public.mood, but the column is public.other; it must be public.mood or bytea"}},
		{name: "enum that is gone", change: func(db *Database) { title0(db).Type = "bytea" }, policy: titleOf("public.mood"),
			want: []string{title + "the type public.mood is neither one that can be sealed nor an enum of this database"}},
		{name: "array", change: func(db *Database) { title0(db).Type = "text[]" },
			want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed text[] lives in a bytea column: this one, which is text[], has to become bytea before sealing can begin (pgseal column encrypt does that; on an empty table pgseal init)"}},
		{name: "array of bytea in bytea", change: func(db *Database) { title0(db).Type = "bytea" }, policy: func(s string) string {
			return strings.Replace(s, "mode: randomized", "mode: randomized, type: 'bytea[]'", 1)
		}},
		{name: "array in text", policy: func(s string) string {
			return strings.Replace(s, "mode: randomized", "mode: randomized, type: 'text[]'", 1)
		}, want: []string{title + "the policy says text[], but the column is text; it must be text[] or bytea"}},
		{name: "domain", change: func(db *Database) {
			title0(db).Type, title0(db).Kind, title0(db).Domain = "public.mail", 'd', &Domain{Base: "text"}
		}},
		{name: "domain over varchar", change: func(db *Database) {
			title0(db).Type, title0(db).Kind, title0(db).Domain = "public.mail", 'd', &Domain{Base: "character varying(20)"}
		}, want: []string{"p.yaml:5:7: warning: public.matters.title: a sealed value is longer than varchar(20): the column becomes text when sealing begins, and the proxy keeps its length (ALTER TABLE public.matters ALTER COLUMN title TYPE text)"}},
		{name: "domain with checks", change: func(db *Database) {
			title0(db).Type, title0(db).Kind, title0(db).Domain = "public.mail", 'd', &Domain{Base: "text", Checks: []string{"mail_check", "NOT NULL"}}
		}, want: []string{title + "its type is the domain public.mail, whose mail_check and NOT NULL the server could not hold sealed values to (give the column the type that the domain stands for, and check its values in the application)"}},
		{name: "domain over what cannot be sealed", change: func(db *Database) {
			title0(db).Type, title0(db).Kind, title0(db).Domain = "public.place", 'd', &Domain{Base: "point"}
		}, want: []string{title + "the type point is not one that can be sealed"}},
		{name: "type in bytea", change: func(db *Database) { title0(db).Type = "bytea" },
			policy: func(s string) string {
				return strings.Replace(s, "mode: randomized", "mode: randomized, type: numeric", 1)
			}},
		{name: "type in text", policy: func(s string) string {
			return strings.Replace(s, "mode: randomized", "mode: randomized, type: uuid", 1)
		}, want: []string{title + "the policy says uuid, but the column is text; it must be uuid or bytea"}},
		{name: "varchar in text", policy: func(s string) string {
			return strings.Replace(s, "mode: randomized", "mode: randomized, type: varchar(20)", 1)
		}},
		{name: "text in an integer", change: func(db *Database) { title0(db).Type = "integer" },
			policy: func(s string) string {
				return strings.Replace(s, "mode: randomized", "mode: randomized, type: text", 1)
			},
			want: []string{title + "the policy says text, which is sealed in a text, varchar or char column; this one is integer"}},
		{name: "normalize of bytes", change: func(db *Database) { title0(db).Type = "bytea" },
			policy: func(s string) string {
				return strings.Replace(s, "mode: randomized", "mode: randomized, normalize: [trim]", 1)
			},
			want: []string{title + "normalize has no meaning for the type bytea: it is for text and varchar"}},
		{name: "deterministic bytes", change: func(db *Database) { email0(db).Type = "bytea" }},
		{name: "loose collation", change: func(db *Database) { email0(db).LooseCollation, title0(db).LooseCollation = true, true },
			want: []string{email + `its collation is not deterministic: the server would take sealed values of different texts for equal (give the column the collation "C")`}},
		{name: "loose collation in an index", change: func(db *Database) { db.Relations[0].Indexes[1].LooseCollation = []string{"email"} },
			want: []string{email + `the unique index matters_email_key of public.matters compares under a collation that is not deterministic and would take sealed values of different texts for equal (give the index the collation "C")`}},

		{name: "no tenant column", columns: true,
			want: []string{table + "a setting names the tenant, so that the table needs a tenant_column: jobs could not tell whose key opens a row (write tenant_column: with the column that holds the tenant's name)"}},
		{name: "a tenant column", columns: true, policy: tenantColumn("id")},
		{name: "functions that change settings", columns: true, policy: tenantColumn("id"), change: func(db *Database) {
			db.SettingFunctions = []Function{{Schema: "public", Name: "enter"}, {Schema: "public", Name: "noted", Trigger: true}}
		}, want: []string{"warning: the function public.enter changes settings: after a call of it the tenant is not known (set app.tenant in a statement of the application's)",
			"warning: the trigger function public.noted changes settings: where it changes app.tenant, the proxy does not see it (set app.tenant in a statement of the application's)"}},
		{name: "functions that change settings, where none names the tenant", change: func(db *Database) {
			db.SettingFunctions = []Function{{Schema: "public", Name: "enter"}}
		}},
		{name: "a tenant column that is not there", policy: tenantColumn("ide"), want: []string{table + "there is no column ide, which tenant_column names; did you mean id?"}},
		{name: "unique over several tenants", several: true,
			want: []string{email + `the unique index matters_email_key of public.matters could not hold: equal values of two tenants look different (drop it, or give each tenant a database)`}},
		{name: "unique and randomized", change: func(db *Database) { db.Relations[0].Indexes[1].Keys = []string{"id", "title"} },
			want: []string{title + "the unique index matters_email_key of public.matters could not hold: equal values look different in a randomized column (drop it, or choose mode: deterministic)"}},
		{name: "primary key and randomized", change: func(db *Database) { db.Relations[0].Indexes[0].Keys = []string{"title"} },
			want: []string{title + "the primary key matters_pkey of public.matters could not hold: equal values look different in a randomized column (drop it, or choose mode: deterministic)"}},
		{name: "index and randomized", change: func(db *Database) {
			db.Relations[0].Indexes[1] = Index{Name: "i", Method: "btree", Keys: []string{"title"}}
		}, want: []string{title + "the index i of public.matters finds nothing: equal values look different in a randomized column (drop it, or choose mode: deterministic)"}},
		{name: "gin and deterministic", change: func(db *Database) {
			db.Relations[0].Indexes[1] = Index{Name: "i", Method: "gin", Keys: []string{"email"}}
		}, want: []string{email + "the index i of public.matters has the method gin, which looks into values and would find sealed ones (use btree or hash)"}},
		{name: "hash and deterministic", change: func(db *Database) { db.Relations[0].Indexes[1].Method = "hash" }},
		{name: "exclusion", change: func(db *Database) { db.Relations[0].Indexes[1].Exclusion = true },
			want: []string{email + "the exclusion constraint matters_email_key of public.matters compares sealed values (ALTER TABLE public.matters DROP CONSTRAINT matters_email_key;)"}},
		{name: "expression", change: func(db *Database) {
			db.Relations[0].Indexes[1] = Index{Name: "i", Method: "btree", Keys: []string{"id"}, Expressions: []string{"email"}}
		}, want: []string{email + "the index i of public.matters computes with the column, and would compute with sealed values (DROP INDEX public.i;)"}},
		{name: "index of a partition", change: func(db *Database) {
			child(db, "m1", true).Indexes = []Index{{Name: "m1_i", Method: "btree", Keys: []string{"title"}}}
		}, want: []string{title + "the index m1_i of public.m1 finds nothing: equal values look different in a randomized column (drop it, or choose mode: deterministic)"}},
		{name: "check", change: func(db *Database) {
			db.Relations[0].Mentions = []Mention{{What: "the check constraint short of public.matters", Columns: []string{"title", "id"}}}
		}, want: []string{title + "the check constraint short of public.matters computes with the column, and would compute with sealed values"}},

		{name: "foreign key to a plain column", change: func(db *Database) {
			db.ForeignKeys = []ForeignKey{{Name: "fk", From: TableName{"public", "other"}, FromColumns: []string{"e"}, To: TableName{"public", "matters"}, ToColumns: []string{"email"}}}
		}, want: []string{email + "the foreign key fk from public.other.e to public.matters.email could not hold: the column that refers is not sealed"}},
		{name: "foreign key from a sealed column", change: func(db *Database) {
			db.ForeignKeys = []ForeignKey{{Name: "fk", From: TableName{"public", "matters"}, FromColumns: []string{"email"}, To: TableName{"public", "other"}, ToColumns: []string{"e"}}}
		}, want: []string{email + "the foreign key fk from public.matters.email to public.other.e could not hold: the column that is referred to is not sealed"}},
		{name: "foreign key between modes", change: func(db *Database) {
			db.ForeignKeys = []ForeignKey{{Name: "fk", From: TableName{"public", "matters"}, FromColumns: []string{"title"}, To: TableName{"public", "matters"}, ToColumns: []string{"email"}}}
		}, want: []string{title + "the foreign key fk from public.matters.title to public.matters.email could not hold: equal values look different in a randomized column (make both deterministic and give both the same domain)"}},
		{name: "foreign key to the column itself", change: func(db *Database) {
			db.ForeignKeys = []ForeignKey{{Name: "fk", From: TableName{"public", "matters"}, FromColumns: []string{"email", "id"}, To: TableName{"public", "matters"}, ToColumns: []string{"email", "id"}}}
		}},
		{name: "foreign key to a randomized column of a partition", change: func(db *Database) {
			child(db, "m1", true)
			db.ForeignKeys = []ForeignKey{{Name: "fk", From: TableName{"public", "m1"}, FromColumns: []string{"title"}, To: TableName{"public", "m1"}, ToColumns: []string{"title"}}}
		}, want: []string{title + "the foreign key fk from public.m1.title to public.m1.title could not hold: equal values look different in a randomized column"}},

		{name: "trigger", change: func(db *Database) {
			db.Relations[0].Triggers = append(db.Relations[0].Triggers, Trigger{Name: "audit", Function: "public.audit"})
		}, want: []string{table + "the trigger audit of public.matters runs public.audit, which would see sealed values (if it can do with sealed values, write acknowledge_triggers: [audit])"}},
		{name: "trigger acknowledged", change: func(db *Database) { db.Relations[0].Triggers[0] = Trigger{Name: "audit", Function: "public.audit"} },
			policy: func(s string) string {
				return strings.Replace(s, "    columns", "    acknowledge_triggers: [audit]\n    columns", 1)
			}},
		{name: "trigger misspelt", change: func(db *Database) { db.Relations[0].Triggers[0] = Trigger{Name: "audit", Function: "public.audit"} },
			policy: func(s string) string {
				return strings.Replace(s, "    columns", "    acknowledge_triggers: [audti]\n    columns", 1)
			},
			want: []string{
				table + "the trigger audit of public.matters runs public.audit, which would see sealed values (if it can do with sealed values, write acknowledge_triggers: [audit])",
				"p.yaml:3:3: warning: public.matters: acknowledge_triggers names audti, which is no trigger of the table; did you mean audit?"}},
		{name: "trigger of a table without sealed columns", change: func(db *Database) { db.Relations[0].Triggers[0] = Trigger{Name: "audit", Function: "public.audit"} },
			policy: func(string) string { return "version: 1\ntables:\n  public.matters: {requires_key: [write]}\n" }},
		{name: "rule", change: func(db *Database) { db.Relations[0].Rules = []string{"copy"} },
			want: []string{table + "the rule copy of public.matters rewrites statements inside the server, behind the proxy (drop the rule; a trigger can do the same)"}},

		{name: "a partition is listed", change: func(db *Database) {
			db.Relations[0].Partition, db.Relations[0].Parents = true, []TableName{{"public", "all"}}
		}, want: []string{table + "it is a partition of public.all, through which its rows are read and written too (list public.all alone; what it says holds below it)"}},
		{name: "a child is listed", change: func(db *Database) { db.Relations[0].Parents = []TableName{{"public", "all"}} },
			want: []string{table + "it inherits from public.all, through which its rows are read and written too (list public.all alone; what it says holds below it)"}},
		{name: "a foreign partition", change: func(db *Database) { child(db, "m1", true).Kind = 'f' },
			want: []string{table + "the foreign table public.m1 is below it, whose rows lie on another server (DROP FOREIGN TABLE public.m1;)"}},
		{name: "a child of two", change: func(db *Database) {
			r := child(db, "m1", false)
			r.Parents = append(r.Parents, TableName{"public", "other"})
		}, want: []string{table + "public.m1, which is below it, inherits from public.other too, through which its rows can be read"}},

		{name: "views, which the planner reads", change: func(db *Database) {
			db.Dependents = []*Dependent{
				{Name: TableName{"public", "above"}, Kind: 'm', Rule: "_RETURN", On: TableName{"public", "v"}},
				{Name: TableName{"public", "v"}, Kind: 'v', Rule: "_RETURN", On: TableName{"public", "matters"}},
				{Name: TableName{"public", "w"}, Kind: 'v', Rule: "_RETURN", On: TableName{"public", "f"}},
				{Name: TableName{"public", "inbox"}, Kind: 'r', Rule: "forward", On: TableName{"public", "f"}}}
		}, want: []string{"warning: the rule forward of the table public.inbox leads to public.f: statements that name the table are refused"}},
		{name: "rule of another table", change: func(db *Database) {
			db.Dependents = []*Dependent{{Name: TableName{"public", "inbox"}, Kind: 'r', Rule: "forward", On: TableName{"public", "matters"}}}
		}, want: []string{table + "the rule forward of public.inbox names public.matters, behind the proxy (drop the rule; a trigger can do the same)"}},
		{name: "homonym", change: func(db *Database) { db.Homonyms = map[string][]string{"matters": {"archive"}, "other": {"archive"}} },
			want: []string{"p.yaml:3:3: warning: public.matters: the schema archive has a matters too: statements that name matters without a schema are refused (write public.matters in statements)"}},
		{name: "function", change: func(db *Database) {
			db.Functions = []Function{{"public", "new_matter", "matters", false}, {"public", "copy", "matters", true}}
		},
			want: []string{"warning: the function public.new_matter names matters, behind the proxy: statements that call it are refused",
				"warning: the trigger function public.copy names matters: what it does there is done behind the proxy, where only the guard in the database watches"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, db := matters, liveMatters()
			if c.policy != nil {
				if file = c.policy(file); file == matters {
					t.Fatal("the policy is as before")
				}
			}
			if c.change != nil {
				c.change(db)
			}
			var got []string
			pol := load(t, file)
			pol.SeveralTenants = c.several
			if c.columns {
				pol.TenantSetting = "app.tenant"
			}
			for _, p := range pol.Validate(db) {
				got = append(got, p.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// tenantColumn makes a column of public.matters the one that says whose row it is.
func tenantColumn(name string) func(file string) string {
	return func(file string) string {
		return strings.Replace(file, "  public.matters:\n", "  public.matters:\n    tenant_column: "+name+"\n", 1)
	}
}

// TestValidateDomains: columns of two tables in one equality domain.
func TestValidateDomains(t *testing.T) {
	const file = `version: 1
tables:
  public.a:
    columns:
      x: {mode: deterministic, domain: d}
  public.b:
    columns:
      x: {mode: deterministic, domain: d}
`
	column := func(typ string) []LiveColumn {
		return []LiveColumn{{Name: "x", Attnum: 1, Type: typ, Typmod: -1, Kind: 'b'}}
	}
	db := func(a, b string) *Database {
		return &Database{Encoding: "UTF8",
			Relations: []*Relation{
				{Name: TableName{"public", "a"}, Kind: 'r', Columns: column(a)},
				{Name: TableName{"public", "b"}, Kind: 'r', Columns: column(b)}},
			ForeignKeys: []ForeignKey{{Name: "fk", From: TableName{"public", "b"}, FromColumns: []string{"x"}, To: TableName{"public", "a"}, ToColumns: []string{"x"}}}}
	}
	if got := load(t, file).Validate(db("text", "character varying")); len(got) != 0 {
		t.Errorf("one domain: %v", got)
	}
	if got := load(t, file).Validate(db("bytea", "bytea")); len(got) != 0 {
		t.Errorf("bytes, or sealed values of another type: %v", got)
	}
	got := load(t, strings.Replace(file, "d}\n  public.b", "d, type: text}\n  public.b", 1)).Validate(db("text", "uuid"))
	for i, p := range got {
		if p.Severity == SeverityWarning {
			got = slices.Delete(got, i, i+1)
			break
		}
	}
	want := "p.yaml:8:7: error: public.b.x: it is uuid, and public.a.x of the same domain d is text: their equal values would have different sealed forms"
	if len(got) != 1 || got[0].String() != want {
		t.Errorf("two types: %v, want %s", got, want)
	}
	apart := strings.Replace(file, "domain: d", "domain: e", 1)
	got = load(t, apart).Validate(db("text", "text"))
	want = "p.yaml:8:7: error: public.b.x: the foreign key fk from public.b.x to public.a.x could not hold: the two are not one equality domain (make both deterministic and give both the same domain)"
	if len(got) != 1 || got[0].String() != want {
		t.Errorf("two domains: %v, want %s", got, want)
	}
	if !HasErrors(got) || HasErrors(got[1:]) {
		t.Error("HasErrors")
	}
}
