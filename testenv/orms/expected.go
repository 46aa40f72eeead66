package orms

import "slices"

// expectation is a kind of step that ends otherwise with sealed columns.
type expectation struct {
	what       string   // for the document
	steps      []string // by name, in whatever framework has them
	frameworks []string // nil: all
	code       string   // the refusal's SQLSTATE; "" where there is none, but another result
	why        string
	answer     string
}

// expectations are all that there are. A step that goes as without pgseal must not be among them: the test says which to take off.
func expectations() []expectation {
	return slices.Concat(impossible, notPlanned, physical)
}

// impossible is what nobody can do with values that look random: to order, search in and compute with them.
var impossible = []expectation{
	{
		what: "ORDER BY, MIN, MAX, <, > and BETWEEN on a sealed column", code: "KP001",
		steps:  []string{"order by sealed", "max sealed", "range sealed", "date part"},
		why:    "Sealed values have no order.",
		answer: "Sort in the application, or by a column that is not sealed; keep what is searched by range (a year, a size class) in a plain column of its own.",
	},
	{
		what: "LIKE, ILIKE, contains, starts with", code: "KP001",
		steps:  []string{"like sealed", "contains sealed"},
		why:    "Parts of a sealed value cannot be seen.",
		answer: "Narrow down by plain and deterministic columns and search the rest in the application.",
	},
	{
		what: "look-up without regard to case: lower(), iexact, ILIKE, citext", code: "KP001",
		steps:  []string{"case blind email", "lower sealed"},
		why:    "The server cannot compute with sealed values.",
		answer: "`normalize: [trim, lower]` in the policy, and an exact look-up: pgseal brings what is stored and what is searched for into one form.",
	},
	{
		what: "=, DISTINCT and GROUP BY on a randomized column", code: "KP001",
		steps:  []string{"equals randomized", "distinct randomized"},
		why:    "Equal values of a randomized column look different.",
		answer: "`mode: deterministic`, where it may be seen which rows are equal.",
	},
	{
		what: "a DISTINCT of every column, to have each parent of a join once", code: "KP001",
		steps: []string{"eager join"}, frameworks: []string{"EclipseLink"},
		why:    "It compares the randomized columns too.",
		answer: "A fetch without `distinct`, or a batch fetch; duplicates are taken out in the application.",
	},
	{
		what: "a DISTINCT of every column, on the way from a row to those it belongs to", code: "KP001",
		steps: []string{"relations create", "relations traverse"}, frameworks: []string{"ent"},
		why:    "It compares the randomized columns too.",
		answer: "A condition (`HasPartiesWith`) or eager loading (`WithMatter`) in place of a traversal (`QueryMatter`).",
	},
	{
		what: "SUM, AVG, arithmetic (`value + 1`, `F()`, `increment`)", code: "KP001",
		steps:  []string{"sum sealed", "update computed"},
		why:    "The server cannot compute with sealed values.",
		answer: "Read, compute and write in the application, in a transaction with SELECT FOR UPDATE or with optimistic locking.",
	},
	{
		what: "paths and containment in a sealed json document", code: "KP001",
		steps:  []string{"json path", "json contains"},
		why:    "The server cannot look into sealed values.",
		answer: "Keep what is searched for in a column of its own.",
	},
	{
		what: "rows of sealed columns gathered to JSON", code: "KP001",
		steps:  []string{"Prisma: join as JSON", "Drizzle: relation as JSON"},
		why:    "Sealed values would end up inside of a document, where they are no longer to be found.",
		answer: "Prisma: `relationLoadStrategy: \"query\"`. Drizzle: its query builder with joins in place of relational queries.",
	},
	{
		what: "an upsert that changes a row only if a randomized column differs", code: "KP001",
		steps:  []string{"upsert unless equal"},
		why:    "Equal values of a randomized column look different.",
		answer: "An upsert without that condition (TypeORM: `skipUpdateIfNoValuesChanged: false`).",
	},
	{
		what: "an INSERT inside of a function's text", code: "KP001",
		steps: []string{"find or create"}, frameworks: []string{"Sequelize"},
		why:    "Statements in the text of a function are not seen by pgseal, and would bring plaintext to the server.",
		answer: "`findCreateFind` in place of `findOrCreate`.",
	},
}

// notPlanned is what pgseal does not do, though it could be done.
var notPlanned = []expectation{
	{
		what: "a query of a protected table in the transaction that has just changed its definition", code: "KP002",
		steps: []string{"migrate plain column"}, frameworks: []string{"SQLAlchemy", "SQLAlchemy with asyncpg"},
		why:    "pgseal knows the definition as it is committed.",
		answer: "Commit between the two.",
	},
}

// physical is what the database's own catalogue says of sealed columns.
var physical = []expectation{
	{
		what:  "types of columns as the catalogue has them",
		steps: []string{"introspect types"}, frameworks: []string{"SQLAlchemy", "SQLAlchemy with asyncpg", "ActiveRecord", "Sequelize", "Knex", "TypeORM", "GORM"},
		why:    "Sealed columns are text or bytea there; results and parameters have the types of the policy.",
		answer: "Say the types in the model. Do not let a framework bring the tables into line with the model (TypeORM's `synchronize`, GORM's `AutoMigrate` of protected tables, `db:schema:dump`).",
	},
	{
		what: "a table brought into line with the model", code: "KP004",
		steps: []string{"migrate again"}, frameworks: []string{"GORM"},
		why:    "The catalogue's types are not the model's, so that the framework wants to change them.",
		answer: "Leave protected tables out of `AutoMigrate`, or run it on a direct connection before `pgseal init` alone.",
	},
	{
		what: "constraints as the catalogue has them", steps: []string{"introspect"}, frameworks: []string{"Django"},
		why:    "The guard's own triggers and checks are among them.",
		answer: "Nothing to do.",
	},
	{
		what: "models that take the types from the catalogue: reading", steps: []string{"types not said: read"}, code: "none",
		why:    "ActiveRecord takes the values for bytea.",
		answer: "`attribute :value, :decimal`, `attribute :opened, :date`, `attribute :confidential, :boolean`, `attribute :notes, :jsonb` in the model.",
	},
	{
		what: "models that take the types from the catalogue: writing", steps: []string{"types not said: write"}, code: "08P01",
		why: "As above.", answer: "As above.",
	},
	{
		what: "models that take the types from the catalogue: searching", steps: []string{"types not said: find"}, code: "22P03",
		why: "As above.", answer: "As above.",
	},
}

// expected is the expectation for a step, nil if it has to go as without pgseal.
func expected(framework, step string) *expectation {
	for _, e := range expectations() {
		if slices.Contains(e.steps, step) && (e.frameworks == nil || slices.Contains(e.frameworks, framework)) {
			return &e
		}
	}
	return nil
}
