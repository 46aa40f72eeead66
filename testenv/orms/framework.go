package orms

// framework is an object-relational mapper or query builder.
type framework struct {
	name    string
	long    bool // left to make orms
	command command
	notes   []string // what its users have to know or to do otherwise, for the document
}

// frameworks are all of them, in the order of the document.
func frameworks() []framework {
	return []framework{
		{
			name: "Django", command: inPython("with_django.py"),
			notes: []string{
				"`migrate` makes the tables on a direct connection, before `pgseal init`.",
				"`e.__cause__.pgcode` of a `DatabaseError` is the SQLSTATE, `e.__cause__.diag` has the rest.",
			},
		},
		{
			name: "SQLAlchemy", command: inPython("with_sqlalchemy.py"),
			notes: []string{
				"1.4 in the style of version 2 (`future=True`), ORM and Core. What version 2 itself writes otherwise is under database/sql.",
				"`e.orig.pgcode` of a `DBAPIError` is the SQLSTATE.",
			},
		},
		{
			name: "SQLAlchemy with asyncpg", long: true, command: inPython("with_sqlalchemy.py", "asyncpg"),
			notes: []string{"The same steps in an `AsyncSession`: every parameter is cast (`$1::varchar`) and bound in binary. `e.orig.sqlstate` is the SQLSTATE."},
		},
		{
			name: "ActiveRecord", command: inRuby("with_activerecord.rb"),
			notes: []string{
				"ActiveRecord takes the types of attributes from the catalogue, where sealed columns other than text are bytea. The model has to say them: " +
					"`attribute :value, :decimal, precision: 14, scale: 2`, `attribute :opened, :date`, `attribute :confidential, :boolean`, `attribute :notes, :jsonb`. Without that, reading and writing them are errors.",
				"`e.cause.result.error_field(PG::PG_DIAG_SQLSTATE)` of a `StatementInvalid` is the SQLSTATE.",
			},
		},
		{
			name: "Sequelize", command: inNode("with_sequelize.js", "orms"),
			notes: []string{"`e.parent.code` of a `DatabaseError` is the SQLSTATE, `e.parent.hint` says what works."},
		},
		{
			name: "Knex", long: true, command: inNode("with_knex.js", "orms"),
			notes: []string{"`e.code` is the SQLSTATE."},
		},
		{
			name: "TypeORM", long: true, command: inNode("with_typeorm.js", "orms"),
			notes: []string{
				"Never `synchronize` a sealed database on a direct connection: TypeORM would drop the sealed columns, and the guard's checks, to make them of the entities' types again.",
				"`e.driverError.code` of a `QueryFailedError` is the SQLSTATE.",
			},
		},
		{
			name: "Prisma", long: true, command: inPrisma,
			notes: []string{
				"With the query compiler and `@prisma/adapter-pg`. `prisma migrate` was not tried: its engine does not come from npm.",
				"`e.meta.driverAdapterError.cause.originalCode` of a `PrismaClientKnownRequestError` is the SQLSTATE.",
			},
		},
		{
			name: "GORM", long: true, command: inGo("withgorm"),
			notes: []string{"`AutoMigrate` of protected tables belongs on a direct connection before `pgseal init`, not in the start of the application. `errors.As` gives the `*pgconn.PgError`."},
		},
		{name: "ent", long: true, command: inGo("withent"), notes: []string{"`errors.As` gives the `*pgconn.PgError`; `ent.IsConstraintError` knows a violated UNIQUE of a sealed column."}},
		{
			name: "database/sql", long: true, command: inGo("withsql"),
			notes: []string{
				"Statements written by hand, as sqlc generates them; and those that newer versions of other frameworks write, by their names.",
				"A parameter that is compared with NULL alone, as the first one of `($1::text IS NULL OR client_email = $1)`, is no value of a sealed column: " +
					"PostgreSQL gets it in the clear, and logs it if it logs parameters. Leave the condition out in the application.",
			},
		},
		{
			name: "EclipseLink", long: true, command: inJava("EclipseLink"),
			notes: []string{"JPA on the JDBC driver, with `stringtype=unspecified` for jsonb, which EclipseLink writes as a string. Hibernate 6 is not among Debian's packages; statements of it are under database/sql."},
		},
	}
}
