package policy

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestLoadReadsEveryKey(t *testing.T) {
	data, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load("full.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	matters, users, odd := TableName{"public", "matters"}, TableName{"public", "users"}, TableName{"odd.schema", `Odd "Table"`}
	want := &Policy{UnknownFunctions: "allow", Tables: map[TableName]*Table{
		matters: {Name: matters, RequiresKey: Access{Read: true, Write: true}, AcknowledgeTriggers: []string{"audit", "touch_updated_at"},
			Columns: map[string]*Column{
				"title":        {Name: "title", Mode: Randomized},
				"client_email": {Name: "client_email", Mode: Deterministic, Normalize: []string{"trim", "lower"}, Domain: "email"},
				"value":        {Name: "value", Mode: Randomized, Type: "numeric(12,2)", Pad: 16},
				"opponent":     {Name: "opponent", Mode: Deterministic, State: Observe},
				"notes":        {Name: "notes", Mode: Randomized, Type: "text", Normalize: []string{"nfc"}, RequiresKey: Access{Write: true}},
			}},
		users: {Name: users, Columns: map[string]*Column{
			"email":       {Name: "email", Mode: Deterministic, Normalize: []string{"trim", "lower"}, Domain: "email"},
			"permissions": {Name: "permissions", Mode: Plain, RequiresKey: Access{Write: true}},
		}},
		odd: {Name: odd, RequiresKey: Access{Read: true}, Columns: map[string]*Column{}},
	}, Roles: map[string]*Role{
		"backup": {Name: "backup", Raw: true}, "app": {Name: "app"},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(Position{})); diff != "" {
		t.Errorf("policy (-want +got):\n%s", diff)
	}
	if at := got.Tables[users].Columns["permissions"].Where; at != (Position{"full.yaml", 22, 7}) {
		t.Errorf("place of permissions: %v", at)
	}
}

// inColumn puts keys into a column of a policy that is right otherwise; the mapping begins at 5:14.
func inColumn(keys string) string {
	return "version: 1\ntables:\n  public.t:\n    columns:\n      title: {" + keys + "}\n"
}

func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty file", "", "p.yaml: the file is empty: a policy begins with version: 1"},
		{"comments alone", "# nothing\n", "p.yaml: the file is empty: a policy begins with version: 1"},
		{"null document", "~\n", "p.yaml:1:1: a policy must be a mapping (key: value), this is empty"},
		{"scalar document", "version\n", `p.yaml:1:1: a policy must be a mapping (key: value), this is "version"`},
		{"list document", "- version\n", "p.yaml:1:1: a policy must be a mapping (key: value), this is a list"},
		{"no version", "tables: {}\n", "p.yaml:1:1: version is missing: write version: 1"},
		{"later version", "version: 2\n", "p.yaml:1:10: version 2 is not known to this program, which reads version 1"},
		{"version as text", "version: \"1\"\n", `p.yaml:1:10: version must be a whole number, this is "1"`},
		{"version in hex", "version: 0x1\n", "p.yaml:1:10: version must be a whole number, this is the number 0x1"},
		{"version as fraction", "version: 1.0\n", "p.yaml:1:10: version must be a whole number, this is the number 1.0"},
		{"unknown key", "version: 1\ntabels: {}\n", `p.yaml:2:1: a policy has no key "tabels"; did you mean tables?`},
		{"unknown key far from any", "version: 1\nzzzzzzzz: {}\n", `p.yaml:2:1: a policy has no key "zzzzzzzz"; it has version, unknown_functions, tables, roles`},
		{"key twice", "version: 1\ntables: {}\ntables: {}\n", `p.yaml:3:1: the key "tables" of a policy stands already in line 2`},
		{"tables a list", "version: 1\ntables: [a]\n", "p.yaml:2:9: tables must be a mapping (key: value), this is a list"},
		{"tables empty", "version: 1\ntables:\n", "p.yaml:2:9: tables must be a mapping (key: value), this is empty"},
		{"unknown_functions misspelt", "version: 1\nunknown_functions: alow\n", `p.yaml:2:20: unknown_functions cannot be "alow"; did you mean allow?`},
		{"roles raw", "version: 1\nroles:\n  backup: {raw: yes}\n", `p.yaml:3:17: raw must be true or false, this is "yes"`},
		{"role twice", "version: 1\nroles:\n  backup: {raw: true}\n  backup: {}\n", "p.yaml:4:3: the key \"backup\" of roles stands already in line 3"},
		{"role with a long name", "version: 1\nroles:\n  " + strings.Repeat("r", 64) + ": {}\n", "p.yaml:3:3: the name of a role has 1 to 63 bytes"},
		{"roles tenants empty", "version: 1\nroles:\n  app:\n    tenants: []\n", "p.yaml:4:14: tenants is an empty list: leave the key out"},
		{"roles tenants a word", "version: 1\nroles:\n  app:\n    tenants: acme\n", `p.yaml:4:14: tenants must be a list such as [acme], this is "acme"`},
		{"roles tenants twice", "version: 1\nroles:\n  app:\n    tenants: [acme, acme]\n", "p.yaml:4:21: tenants names acme twice"},
		{"roles tenants without a name", "version: 1\nroles:\n  app:\n    tenants: [\"\"]\n", "p.yaml:4:15: the name of a tenant is empty"},
		{"roles tenants of a raw role", "version: 1\nroles:\n  app: {raw: true, tenants: [acme]}\n", "p.yaml:3:3: tenants has no meaning for the raw role app, which uses no tenant's key"},
		{"roles unknown key", "version: 1\nroles:\n  app: {rawe: true}\n", `p.yaml:3:9: a role has no key "rawe"; did you mean raw?`},
		{"roles a list", "version: 1\nroles: [backup]\n", "p.yaml:2:8: roles must be a mapping (key: value), this is a list"},

		{"table without schema", "version: 1\ntables:\n  matters: {requires_key: [read]}\n",
			`p.yaml:3:3: "matters" has no schema: write schema.table, such as public.matters`},
		{"table with three parts", "version: 1\ntables:\n  db.public.matters: {requires_key: [read]}\n",
			`p.yaml:3:3: "db.public.matters" has more than two parts: write schema.table, and a part with a dot in double quotes`},
		{"table with an empty part", "version: 1\ntables:\n  public.: {requires_key: [read]}\n", "p.yaml:3:3: a name is empty"},
		{"table with a stray quote", "version: 1\ntables:\n  'public.ma\"ers': {requires_key: [read]}\n",
			`p.yaml:3:3: "ma\"ers" has a double quote in the middle: quote the whole part and write the quote twice`},
		{"table with an open quote", "version: 1\ntables:\n  '\"public.t': {requires_key: [read]}\n", `p.yaml:3:3: "\"public.t" has no closing double quote`},
		{"table with text behind the quote", "version: 1\ntables:\n  '\"public\"x.t': {requires_key: [read]}\n",
			`p.yaml:3:3: "\"public\"x.t" goes on after its closing double quote`},
		{"table name too long", "version: 1\ntables:\n  public." + strings.Repeat("x", 64) + ": {requires_key: [read]}\n",
			`p.yaml:3:3: the name "` + strings.Repeat("x", 64) + `" has 64 bytes, PostgreSQL keeps 63`},
		{"system schema", "version: 1\ntables:\n  pg_catalog.pg_class: {requires_key: [read]}\n",
			"p.yaml:3:3: pg_catalog is a schema of PostgreSQL itself and cannot be protected"},
		{"information schema", "version: 1\ntables:\n  information_schema.t: {requires_key: [read]}\n",
			"p.yaml:3:3: information_schema is a schema of PostgreSQL itself and cannot be protected"},
		{"own schema", "version: 1\ntables:\n  pgseal.tenant: {requires_key: [read]}\n",
			"p.yaml:3:3: the schema pgseal is the proxy's own and cannot be protected"},
		{"the same table in two spellings", "version: 1\ntables:\n  public.t: {requires_key: [read]}\n  '\"public\".t': {requires_key: [read]}\n",
			"p.yaml:4:3: the table public.t stands already in line 3"},
		{"table of nothing", "version: 1\ntables:\n  public.t: {}\n",
			"p.yaml:3:3: the table public.t is listed without columns and without requires_key, so nothing would be protected"},
		{"table empty", "version: 1\ntables:\n  public.t:\n", "p.yaml:3:13: a table must be a mapping (key: value), this is empty"},
		{"table key misspelt", "version: 1\ntables:\n  public.t: {require_key: [read]}\n", `p.yaml:3:14: a table has no key "require_key"; did you mean requires_key?`},
		{"tenant_column sealed", "version: 1\ntables:\n  public.t: {tenant_column: tenant, columns: {tenant: {mode: deterministic}}}\n",
			"p.yaml:3:47: the tenant_column tenant cannot be sealed: it says whose key opens the row"},
		{"tenant_column a list", "version: 1\ntables:\n  public.t: {tenant_column: [a], requires_key: [read]}\n", "p.yaml:3:29: tenant_column must be a string, this is a list"},
		{"requires_key a word", "version: 1\ntables:\n  public.t: {requires_key: read}\n",
			`p.yaml:3:28: requires_key must be a list such as [read, write], this is "read"`},
		{"requires_key empty", "version: 1\ntables:\n  public.t: {requires_key: []}\n", "p.yaml:3:28: requires_key is an empty list: leave the key out"},
		{"requires_key twice", "version: 1\ntables:\n  public.t: {requires_key: [read, read]}\n", "p.yaml:3:35: requires_key names read twice"},
		{"requires_key misspelt", "version: 1\ntables:\n  public.t: {requires_key: [reed]}\n", `p.yaml:3:29: requires_key cannot be "reed"; did you mean read?`},
		{"requires_key true", "version: 1\ntables:\n  public.t: {requires_key: [true]}\n", "p.yaml:3:29: requires_key must be a string, this is the truth value true"},
		{"triggers a number", "version: 1\ntables:\n  public.t: {requires_key: [read], acknowledge_triggers: [1]}\n",
			"p.yaml:3:59: a trigger must be a string, this is the number 1"},
		{"trigger without a name", "version: 1\ntables:\n  public.t: {requires_key: [read], acknowledge_triggers: [\"\"]}\n", "p.yaml:3:59: a name is empty"},

		{"column without mode", inColumn("type: text"), "p.yaml:5:7: the column title has no mode: write mode: randomized, deterministic or plain"},
		{"column a word", "version: 1\ntables:\n  public.t:\n    columns:\n      title: randomized\n",
			`p.yaml:5:14: a column must be a mapping (key: value), this is "randomized"`},
		{"column twice", "version: 1\ntables:\n  public.t:\n    columns:\n      a: {mode: randomized}\n      \"a\": {mode: randomized}\n",
			`p.yaml:6:7: the key "a" of columns stands already in line 5`},
		{"mode misspelt", inColumn("mode: randomised"), `p.yaml:5:21: mode cannot be "randomised"; did you mean randomized?`},
		{"mode far from any", inColumn("mode: secret"), `p.yaml:5:21: mode cannot be "secret"; it can be randomized, deterministic, plain`},
		{"mode empty", inColumn("mode: "), "p.yaml:5:20: mode must be a string, this is empty"},
		{"column key misspelt", inColumn("mode: randomized, nomalize: [trim]"), `p.yaml:5:33: a column has no key "nomalize"; did you mean normalize?`},
		{"state of a plain column", inColumn("mode: plain, requires_key: [read], state: observe"), "p.yaml:5:50: state has no meaning for a plain column, which is stored as it is"},
		{"state in other words", inColumn("mode: randomized, state: sealed"), "p.yaml:5:40: state cannot be \"sealed\"; it can be observe"},
		{"type unknown", inColumn("mode: randomized, type: txt"), "p.yaml:5:39: the type txt is not one that can be sealed; did you mean text?"},
		{"type refused", inColumn("mode: randomized, type: point"), "p.yaml:5:39: the type point is not one that can be sealed"},
		{"array of an enum", inColumn("mode: randomized, type: 'public.mood[]'"), "p.yaml:5:39: the type public.mood[] cannot be sealed: arrays of enums and of citext are not known to this version"},
		{"deterministic enum", inColumn("mode: deterministic, type: public.mood"), "p.yaml:5:42: the type public.mood cannot be deterministic: a label of an enum can be renamed, and its sealed values would no longer equal each other; use text"},
		{"deterministic char", inColumn("mode: deterministic, type: char(3)"), "p.yaml:5:42: the type char(3) cannot be deterministic: its trailing spaces do not count; use varchar(n)"},
		{"deterministic array", inColumn("mode: deterministic, type: 'text[]'"), "p.yaml:5:42: the type text[] cannot be deterministic: an array is sealed as one value, in which nothing can be searched"},
		{"type with a wrong modifier", inColumn("mode: randomized, type: varchar(0)"), "p.yaml:5:39: the modifier of varchar must be between 1 and 10485760"},
		{"type with a modifier too many", inColumn("mode: randomized, type: uuid(1)"), "p.yaml:5:39: the type uuid takes no modifier"},
		{"scale over precision", inColumn(`mode: randomized, type: "numeric(2,3)"`), "p.yaml:5:39: the scale of numeric must be between 0 and its precision 2"},
		{"deterministic numeric", inColumn("mode: deterministic, type: numeric"),
			"p.yaml:5:42: the type numeric cannot be deterministic: 1.0 and 1.00 are equal and print differently; declare a scale, such as numeric(12,2)"},
		{"deterministic jsonb", inColumn("mode: deterministic, type: jsonb"), "p.yaml:5:42: the type jsonb cannot be deterministic: equal values of it can print differently"},
		{"deterministic interval", inColumn("mode: deterministic, type: interval"),
			"p.yaml:5:42: the type interval cannot be deterministic: equal values of it can print differently, as 1 day and 24 hours do"},
		{"deterministic float", inColumn("mode: deterministic, type: float8"),
			"p.yaml:5:42: the type double precision cannot be deterministic: equal values of it can print differently, as 0 and -0 do; use numeric with a scale"},
		{"deterministic citext", inColumn("mode: deterministic, type: citext"),
			"p.yaml:5:42: the type citext cannot be deterministic: it compares without regard to case; use text with normalize: [lower]"},
		{"normalize of a number", inColumn("mode: randomized, type: integer, normalize: [trim]"),
			"p.yaml:5:48: normalize has no meaning for the type integer: it is for text and varchar"},
		{"normalize step", inColumn("mode: randomized, normalize: [trimm]"), `p.yaml:5:45: a step of normalize cannot be "trimm"; did you mean trim?`},
		{"pad too small", inColumn("mode: randomized, pad: 1"), "p.yaml:5:38: pad must be between 2 and 65536 bytes"},
		{"pad negative", inColumn("mode: randomized, pad: -16"), "p.yaml:5:38: pad must be between 2 and 65536 bytes"},
		{"pad huge", inColumn("mode: randomized, pad: 99999999999999999999"), `p.yaml:5:38: pad must be a whole number, this is "99999999999999999999"`},
		{"pad as text", inColumn("mode: randomized, pad: big"), `p.yaml:5:38: pad must be a whole number, this is "big"`},
		{"domain of randomized", inColumn("mode: randomized, domain: email"),
			"p.yaml:5:33: domain has no meaning for a randomized column, whose equal values look different; did you mean mode: deterministic?"},
		{"domain empty", inColumn(`mode: deterministic, domain: ""`), "p.yaml:5:44: a name is empty"},
		{"plain without requires_key", inColumn("mode: plain"),
			"p.yaml:5:7: the plain column title has no requires_key, so nothing would be protected: leave it out or write requires_key"},
		{"plain with pad", inColumn("mode: plain, requires_key: [read], pad: 8"), "p.yaml:5:50: pad has no meaning for a plain column, which is stored as it is"},
		{"domain with two paddings", "version: 1\ntables:\n  public.t:\n    columns:\n      a: {mode: deterministic, domain: d, pad: 16}\n      b: {mode: deterministic, domain: d}\n",
			"p.yaml:6:7: public.t.b and public.t.a share the domain d, so their pad must be the same"},
		{"domain with two types", "version: 1\ntables:\n  public.t:\n    columns:\n      a: {mode: deterministic, domain: d, type: text}\n      b: {mode: deterministic, domain: d, type: uuid}\n",
			"p.yaml:6:7: public.t.b and public.t.a share the domain d, so their type must be the same"},

		{"tab", "version: 1\ntables:\n\tpublic.t: {}\n", "p.yaml:3:1: not valid YAML: found character '\t' that cannot start any token"},
		{"open bracket", "version: 1\ntables: {\n", "p.yaml:2:9: not valid YAML: could not find flow mapping end token '}'"},
		{"two documents", "version: 1\n---\nversion: 1\n", "p.yaml:2:1: a policy is one document: remove what follows"},
		{"text after the end", "version: 1\n...\nversion: 1\n", "p.yaml:2:1: a policy is one document: remove what follows"},
		{"anchor", "version: &v 1\n", "p.yaml:1:10: anchors and aliases are not part of a policy: write the value out"},
		{"alias", "version: *v\n", "p.yaml:1:10: anchors and aliases are not part of a policy: write the value out"},
		{"merge", "version: 1\ntables:\n  <<: {}\n", "p.yaml:3:3: anchors and aliases are not part of a policy: write the value out"},
		{"tag", "version: !!int 1\n", "p.yaml:1:10: tags and directives are not part of a policy"},
		{"explicit key", "? version\n: 1\n", "p.yaml:1:1: a key written with ? is not part of a policy: write key: value"},
		{"a list as key", "version: 1\ntables:\n  [a]: 1\n", "p.yaml:3:6: not valid YAML: found an invalid key for this map"},
		{"not UTF-8", "version: 1 # \xff\n", "p.yaml: the file is not valid UTF-8"},
		{"NUL", "version: 1 # \x00\n", "p.yaml: the file holds a NUL byte"},
		{"too large", "version: 1\n" + strings.Repeat("#", maxFile), "p.yaml: the file has 1048587 bytes, a policy may have 1048576"},
		{"too many keys", "version: 1\n" + strings.Repeat("a: 1\n", maxEntries), "p.yaml:50001:2: the file has more than 50000 keys and list items"},
		{"deep brackets", "version: " + strings.Repeat("[", 500000), "p.yaml:1:26: brackets are nested too deeply"},
		{"deep lists", "version: 1\ntables: \n " + strings.Repeat("- ", 500000), "p.yaml:3:10: lists are nested too deeply"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Load("p.yaml", []byte(c.in))
			if err == nil {
				t.Fatalf("loaded as %+v", p)
			}
			if got := err.Error(); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
			var one *Error
			if !errors.As(err, &one) || one.File != "p.yaml" {
				t.Errorf("no *Error with the file's name in %v", err)
			}
		})
	}
}

func TestLoadCollectsFaults(t *testing.T) {
	_, err := Load("p.yaml", []byte("version: 3\ntables:\n  t: {}\n  public.u:\n    columns:\n      a: {mode: no, pad: 1}\n"))
	want := `p.yaml:1:10: version 3 is not known to this program, which reads version 1
p.yaml:3:3: "t" has no schema: write schema.table, such as public.t
p.yaml:6:17: mode cannot be "no"; it can be randomized, deterministic, plain
p.yaml:6:26: pad must be between 2 and 65536 bytes`
	if err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
	var b strings.Builder
	b.WriteString("version: 1\ntables:\n")
	for i := range 100 {
		b.WriteString("  t" + strings.Repeat("x", i) + ": {}\n")
	}
	_, err = Load("p.yaml", []byte(b.String()))
	var all Errors
	if !errors.As(err, &all) || len(all) != maxErrors {
		t.Errorf("%d faults reported, want %d", len(all), maxErrors)
	}
}

func TestLoadTakesOddForms(t *testing.T) {
	for name, in := range map[string]string{
		"byte order mark":    "\ufeffversion: 1\n",
		"leading document":   "---\nversion: 1\n",
		"ending document":    "version: 1\n...\n",
		"windows line ends":  "version: 1\r\ntables:\r\n  public.t:\r\n    requires_key: [read]\r\n",
		"flow all the way":   "{version: 1, tables: {public.t: {requires_key: [read]}}}",
		"json":               `{"version": 1, "tables": {"public.t": {"requires_key": ["read"]}}}`,
		"column named true":  "version: 1\ntables:\n  public.t:\n    columns:\n      true: {mode: randomized}\n      1: {mode: randomized}\n",
		"nothing is listed":  "version: 1\n",
		"no table is listed": "version: 1\ntables: {}\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Load("p.yaml", []byte(in)); err != nil {
				t.Error(err)
			}
		})
	}
}
