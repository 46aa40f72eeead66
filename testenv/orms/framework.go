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
		{name: "Django", command: inPython("with_django.py")},
		{name: "SQLAlchemy", command: inPython("with_sqlalchemy.py")},
		{name: "SQLAlchemy with asyncpg", long: true, command: inPython("with_sqlalchemy.py", "asyncpg")},
		{name: "ActiveRecord", command: inRuby("with_activerecord.rb")},
		{name: "Sequelize", command: inNode("with_sequelize.js", "orms")},
		{name: "Knex", long: true, command: inNode("with_knex.js", "orms")},
		{name: "TypeORM", long: true, command: inNode("with_typeorm.js", "orms")},
		{name: "Prisma", long: true, command: inPrisma},
		{name: "GORM", long: true, command: inGo("withgorm")},
		{name: "ent", long: true, command: inGo("withent")},
		{name: "database/sql", long: true, command: inGo("withsql")},
		{name: "EclipseLink", long: true, command: inJava("EclipseLink (JPA)")},
	}
}
