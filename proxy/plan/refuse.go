package plan

import (
	"fmt"
	"strings"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/crypto"
)

// Hints: the way out that belongs to what was refused.
const (
	hintSort      = "Sort in the application, or by a column that is not sealed."
	hintFunction  = "Select the column itself and compute the expression in the application."
	hintEquality  = "Sealed columns can be searched by =, <>, IN, = ANY, IS [NOT] DISTINCT FROM and IS [NOT] NULL, with literals and parameters."
	hintMode      = "Only a column with mode: deterministic in the policy can be compared, grouped and joined: search by another column, or have the mode changed."
	hintUnsealing = "The operation works as soon as the column is plain throughout; pgseal column status shows how far it is."
	hintState     = "The operation works as soon as the column is sealed throughout; pgseal column status shows what keeps it from that."
	hintValue     = "Send the value as a literal or as a parameter."
	hintDirect    = "Names of protected tables have to stand in the statement itself, where the proxy can see them."
	hintOwner     = "Such changes belong to the database's owner: make them on a direct connection, then check with pgseal doctor and pgseal policy check."
	hintCompute   = "Leave the column out, and check its values in the application."
	hintColumns   = "Name the columns that are wanted instead of writing a star."
	hintQualify   = "Write the column with its table's name or alias in front."
	hintBranches  = "Put beside a sealed column only itself, NULL, literals and parameters."
	hintPlain     = "Try the statement on a direct connection; if it is right there, write it in a plainer form for the proxy."
	hintSimpler   = "Rewrite the statement in a simpler form, or split it up."
)

// refuseOn is a refusal that concerns one column.
func refuseOn(c *Column, code Code, message, detail, hint string) *Refusal {
	return &Refusal{Code: code, Message: message, Detail: detail, Hint: hint, Schema: c.Schema, Table: c.Table, Column: c.Name}
}

// refuseUse says that what is wanted cannot be done with a sealed column.
func refuseUse(c *Column, use, hint string) *Refusal {
	why, way := learn(use, hint)
	if hint != hintFunction && hint != hintEquality && hint != hintSort {
		way = hint // it is about this very place
	}
	return refuseOn(c, OperationNotSupported, fmt.Sprintf("%s is not possible on the sealed column %s", use, c), why, way)
}

// refuseCompare says that a sealed column cannot be compared, and why.
func refuseCompare(c *Column, use string) *Refusal {
	message := fmt.Sprintf("%s is not possible on the column %s", use, c)
	if c.State == StateUnsealing {
		return refuseOn(c, OperationNotSupported, message, "The column is being opened for good: values that are still sealed lie beside others that are not.", hintUnsealing)
	}
	if c.State != StateSealed && c.Mode == crypto.Deterministic {
		return refuseOn(c, OperationNotSupported, message, fmt.Sprintf("The column is %s: it may hold values that are not sealed yet beside others that are.", c.State), hintState)
	}
	if c.Anew != 0 {
		return refuseOn(c, OperationNotSupported, message,
			fmt.Sprintf("Its values are being sealed anew in mode %s: those that are lie beside others that are not yet, and equal ones are not sealed alike.", c.Anew), hintAnew(c))
	}
	return refuseOn(c, OperationNotSupported, message, "The column is in randomized mode: equal values are sealed differently each time.", hintMode)
}

// hintAnew says what can be done while a column is sealed anew.
func hintAnew(c *Column) string {
	wait := "Wait for pgseal column reseal to end: pgseal column status shows how far it is."
	if c.Twofold {
		return wait + " Until then the column can be searched by =, <>, IN, = ANY and <> ALL, written behind the column, with literals and parameters."
	}
	return wait
}

// waitHint says what ends a refusal that is owed to the column's state.
func (c *Column) waitHint() string {
	if c.State == StateUnsealing {
		return hintUnsealing
	}
	return hintState
}

// refuseCastValue says that a value is cast to a type that does not go with the sealed column.
func refuseCastValue(c *Column, t *pg_query.TypeName) *Refusal {
	_, name := lastText(t.Names)
	return refuseUse(c, "a value cast to "+name, "Leave the cast out, or cast to the column's own type "+c.Type.Name()+".")
}

// refuseTwoUses says that one value would have to be sealed and plain, or sealed twice.
func refuseTwoUses(c *Column) *Refusal {
	return refuseOn(c, OperationNotSupported, fmt.Sprintf("a value for the sealed column %s has another use in the statement", c),
		"It comes from one place of a subquery, and would have to be sealed for the one use only.", "Give the value twice, in columns of their own.")
}

// refuseFlow says that a sealed value would get to where it cannot be opened again.
func refuseFlow(from *Column, to string) *Refusal {
	if from.State == StateUnsealing {
		return refuseOn(from, OperationNotSupported, fmt.Sprintf("values of the column %s cannot be stored in %s", from, to),
			"The column is being opened for good, and values that are still sealed would be carried elsewhere.", hintUnsealing)
	}
	return refuseOn(from, OperationNotSupported, fmt.Sprintf("values of the sealed column %s cannot be stored in %s", from, to),
		"A sealed value can be opened only in the column that it was sealed for.", "Read the values through the proxy and write them as literals or parameters.")
}

// refuseStored says that a sealed column cannot take a value that the server makes.
func refuseStored(c *Column, what string) *Refusal {
	return refuseOn(c, OperationNotSupported, fmt.Sprintf("%s cannot be stored in the sealed column %s", what, c),
		"Only values that pass through the proxy can be sealed.", hintValue)
}

// refuseDefault says that the server would fill a sealed column by itself.
func refuseDefault(c *Column) *Refusal {
	return refuseOn(c, PlaintextRefused, fmt.Sprintf("the default of the sealed column %s would be stored as plaintext", c),
		"The column has a default, and the server would fill it in unsealed.", "Write a value for the column, or drop its default.")
}

// refuseWholeRow says that a row of a table with sealed columns cannot be used as one value.
func refuseWholeRow(c *Column, name string) *Refusal {
	return refuseOn(c, OperationNotSupported, fmt.Sprintf("the rows of %s cannot be used as one value", name),
		fmt.Sprintf("They contain the sealed column %s, which cannot be opened inside of a row.", c), "Name the columns that are wanted.")
}

// refuseUnclear says that a statement which names something protected could not be understood.
func refuseUnclear(detail, hint string) *Refusal {
	if hint == "" {
		hint = hintPlain
	}
	return &Refusal{Code: StatementNotUnderstood, Message: "a statement that names a protected table was not understood", Detail: detail, Hint: hint}
}

// refuseAmbiguous says that a name could be a sealed column, or a column of a table that the proxy does not know.
func refuseAmbiguous(c *Column, name string) *Refusal {
	return refuseOn(c, StatementNotUnderstood, fmt.Sprintf("the column name %s is not clear", quoteIdent(name)),
		fmt.Sprintf("It may be the protected column %s or a column of another table of the statement.", c), hintQualify)
}

// refuseUnknownColumn says that the catalogue has no such column.
func refuseUnknownColumn(name string) *Refusal {
	return refuseUnclear(fmt.Sprintf("The tables of the statement have no column %s.", quoteIdent(name)),
		"Check the name; a column that was made just now is known as soon as the proxy has read the catalogue again.")
}

// refuseHomonym says that a name without a schema may be one of several tables.
func refuseHomonym(name string, schemas []string) *Refusal {
	return &Refusal{Code: StatementNotUnderstood, Message: fmt.Sprintf("the table name %s is not clear", quoteIdent(name)),
		Detail: fmt.Sprintf("Tables of that name are in several schemas (%s), and at least one of them is protected.", strings.Join(schemas, ", ")),
		Hint:   "Write the table with its schema in front.", Table: name}
}

// refuseOpaque says why nothing can be planned on a relation.
func refuseOpaque(r *Relation) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: fmt.Sprintf("%s.%s cannot be used through the proxy", r.Schema, r.Name),
		Detail: r.Opaque, Hint: "Use the protected table itself, or a view that shows the columns as they are.", Schema: r.Schema, Table: r.Name}
}

// refuseReadOnly says why rows cannot be written through a view.
func refuseReadOnly(r *Relation) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: fmt.Sprintf("%s.%s cannot be written through the proxy", r.Schema, r.Name),
		Detail: "Rows cannot be followed through the view: " + r.ReadOnly + ".", Hint: "Write to the protected table itself.", Schema: r.Schema, Table: r.Name}
}

// refuseStatement says that a kind of statement cannot be planned on protected tables.
func refuseStatement(what, hint string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: what + " is not possible on protected tables through the proxy", Detail: whyStatement(what), Hint: hint}
}

// refuseDDL refuses a definition that concerns a protected name.
func refuseDDL(name string) *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: fmt.Sprintf("a definition concerns the protected name %s", quoteIdent(name)),
		Detail: "Definitions that concern protected tables, or take their names, would change what is sealed.", Hint: hintOwner, Table: name}
}

// refuseDefinition refuses a clause of a definition that concerns a protected column.
func refuseDefinition(c *Column, clause, why, hint string) *Refusal {
	return refuseOn(c, ProtectedDDL, fmt.Sprintf("%s is not possible on the protected column %s", clause, c), why, hint)
}

// refuseRelation refuses a clause of a definition that concerns a protected table as a whole.
func refuseRelation(r *Relation, clause, why string) *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: fmt.Sprintf("%s the protected table %s.%s cannot be made through the proxy", clause, r.Schema, r.Name),
		Detail: why, Hint: hintOwner, Schema: r.Schema, Table: r.Name}
}

// refuseGuard refuses to touch the objects that keep plaintext out of sealed columns.
func refuseGuard(table string) *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: fmt.Sprintf("a definition concerns the guard of the protected table %s", quoteIdent(table)),
		Detail: "Its triggers and constraints keep plaintext out of the sealed columns.", Hint: "Leave them to pgseal; pgseal init puts them back.", Table: table}
}

// refuseTemporary refuses a temporary view: one session alone would know what its name means.
func refuseTemporary(name string) *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: fmt.Sprintf("the temporary view %s over a protected table cannot be made through the proxy", quoteIdent(name)),
		Detail: "The proxy would not see what its name means in this session alone.", Hint: "Use WITH, or a view that is not temporary.", Table: name}
}

// RefuseFresh says that a table or view is not known as it is now.
func RefuseFresh(name string) *Refusal {
	return refuseUnclear(quoteIdent(name)+", or what it reads, was made or changed in this transaction, and the proxy reads definitions when that has ended.",
		"Use it after COMMIT.")
}

// refuseFreshAny says that any view may be another than the proxy knows.
func refuseFreshAny() *Refusal {
	return refuseUnclear("CREATE OR REPLACE VIEW in this transaction may have changed what other views read, and the proxy reads definitions when that has ended.",
		"Use CREATE VIEW for a new view, or COMMIT first.")
}

// refuseCopy refuses SELECT INTO.
func refuseCopy(name string) *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: fmt.Sprintf("SELECT INTO %s names something protected", quoteIdent(name)),
		Detail: "A new table would hold sealed values that nothing can open, or take the name of a protected one.", Hint: hintOwner}
}

func refuseOwnSchema() *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: "the schema pgseal is not to be used by applications",
		Detail: "Of that schema only the view pgseal.tenant_state can be read.",
		Hint:   "Read pgseal.tenant_state for the state of keys; for the rest there are commands, such as pgseal key status and pgseal key history. pg_dump leaves the schema out with -N pgseal; a role with raw: true may dump it.", Schema: ownSchema}
}

func refuseFunction(name, mentions string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: fmt.Sprintf("the function %s cannot be called through the proxy", quoteIdent(name)),
		Detail: fmt.Sprintf("Its source names %s, and what it does there cannot be seen from here.", mentions), Hint: "Write the statements of the function in the application."}
}

// refuseUnknownFunction says that nobody has looked into a function, under unknown_functions: refuse.
func refuseUnknownFunction(name, why string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: fmt.Sprintf("the function %s is not known to the proxy and cannot be called through it", quoteIdent(name)),
		Detail: "The policy refuses calls of functions that the proxy cannot look into: " + why + ".",
		Hint:   "Write the function in SQL or PL/pgSQL without EXECUTE, or set unknown_functions: allow in the policy."}
}

// refuseUnknownCode is refuseUnknownFunction for a DO block.
func refuseUnknownCode(why string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: "a DO block that the proxy cannot look into is refused",
		Detail: "The policy refuses code that the proxy cannot look into: " + why + ".",
		Hint:   "Write the block in PL/pgSQL without EXECUTE, send its statements one by one, or set unknown_functions: allow in the policy."}
}

func refuseHiddenSQL(where string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: "SQL inside of a string names something protected",
		Detail: fmt.Sprintf("It stands in %s, where values cannot be sealed or opened.", where), Hint: hintDirect}
}

func refuseDump(function string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: fmt.Sprintf("%s() may read protected tables that the statement does not name", function),
		Detail: "Which tables it reads is known to the server only.", Hint: hintDirect}
}

func refuseStatistics(name string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: name + " may hold values of columns that are read with the key only",
		Detail: "The server keeps the most common values of each column there.", Hint: "Read the server's statistics on a direct connection."}
}

// RefuseHandle says that a name leads to protected columns, so that SQL cannot use it.
func RefuseHandle(statement, name string) *Refusal {
	return refuseStatement(fmt.Sprintf("%s of %s", strings.ToUpper(statement), quoteIdent(name)),
		"The name leads to sealed columns: use the protocol's own messages for it (Bind, Execute), or EXECUTE in a simple Query, of a statement without literals that are sealed.")
}

// RefusePreparedBefore says that a statement was prepared with an older catalogue. The session plans such statements again.
var RefusePreparedBefore = &Refusal{Code: StatementNotUnderstood, Message: "the policy or a table has changed since the statement was prepared",
	Hint: "Prepare the statement again."}

// refuseCursorText says that what a text does with cursors could not be found out, while some of the session's lead to protected columns.
func refuseCursorText() *Refusal {
	return &Refusal{Code: StatementNotUnderstood, Message: "a statement that names a cursor or a prepared statement was not understood",
		Detail: "PostgreSQL's grammar does not accept the text, and names of the session lead to protected columns.", Hint: "Send the statement by itself."}
}

func refuseTwoDeallocations() *Refusal {
	return refuseStatement("DEALLOCATE of several prepared statements in one text", "Send one DEALLOCATE at a time.")
}

// refuseReading says that the text cannot be read for certain, because of a setting of the session.
func refuseReading(r *Request) *Refusal {
	reason := "standard_conforming_strings is, or may be, off"
	hint := "Set standard_conforming_strings to on, in a message of its own."
	if r.OtherEncoding {
		reason, hint = "client_encoding is, or may be, another than UTF8", "Set client_encoding to UTF8, in a message of its own."
	}
	return refuseUnclear("It cannot be read for certain while "+reason+".", hint)
}

func refuseStale(why string) *Refusal {
	return refuseUnclear("Protected tables cannot be used at the moment: "+why+".", "The operator finds out with pgseal doctor what is wrong and what mends it; then try again.")
}

func refuseComplex(detail string) *Refusal {
	return &Refusal{Code: StatementTooComplex, Message: "a statement that names a protected table is too complex", Detail: detail, Hint: hintSimpler}
}

// quoteIdent writes a name so that it can be told from the text around it.
func quoteIdent(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
