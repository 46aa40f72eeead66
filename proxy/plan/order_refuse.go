package plan

import "fmt"

// refuseOrder says that columns cannot be given in the order in which the application knows them.
func refuseOrder(what, why, hint string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: "the columns of " + what + " cannot be put in the order that the application knows",
		Detail: why, Hint: hint}
}

// refuseMovedRow says that a row of a table whose columns lie in another order cannot be used as one value.
func refuseMovedRow(name string) *Refusal {
	return &Refusal{Code: OperationNotSupported, Message: fmt.Sprintf("the rows of %s cannot be used as one value", name),
		Detail: "One of its columns was given another place when it was sealed, and a row has its columns as they lie.", Hint: "Name the columns that are wanted."}
}

// refuseOwnColumn says that a column is not the application's to change.
func refuseOwnColumn(r *Relation) *Refusal {
	return &Refusal{Code: ProtectedDDL, Message: fmt.Sprintf("a definition concerns a column of pgseal's own in the table %s", quoteIdent(r.Name)),
		Detail: "Sealed values are gathered in it, until it takes the place of a column.", Hint: "pgseal column cancel ends the work and takes the column away.", Schema: r.Schema, Table: r.Name}
}

// hintList is the way out of a list of columns that the client left out.
const hintList = "Write the columns behind the table's name."

// whyMoved says what is the matter with a table.
const whyMoved = "One of its tables has a column that was given another place when it was sealed."

// hintResults is the way out where FROM gives names to columns.
const hintResults = "Give names to the columns in the list of results."

// whyUnordered says of a partition or child why its order is not known.
const whyUnordered = "It has them in another order than the table that it belongs to, where one was given another place when it was sealed."
