package plan

import (
	"fmt"

	pg_query "github.com/pganalyze/pg_query_go/v6"

	"github.com/legatics/pgseal/proxy/value"
)

// converting is a column whose values are about to be written anew as another type, by the server and all at once; nil where there is none.
func (r *Relation) converting() *Column {
	for i := range r.Columns {
		a := &r.Columns[i]
		if a.Protected == nil || !a.Protected.Sealed {
			continue
		}
		armoured := a.Protected.Armoured
		switch {
		case a.Protected.State == StateReadable && (armoured && a.TypeOID == value.OIDBpchar || !armoured && a.TypeOID != value.OIDBytea):
			return a.Protected
		case a.Protected.Opening && a.Protected.State == StateSealing && (armoured && a.Protected.Type.OID != value.OIDText || !armoured && a.Protected.Type.OID != value.OIDBytea):
			return a.Protected
		}
	}
	return nil
}

// whileConverting refuses what is neither a query nor a change of rows on a table that is about to be written anew. The server takes the snapshot of such a
// statement (COPY, DECLARE, EXECUTE ...) before it waits for the table, and to that snapshot the table is empty once it has been written anew.
func (a *analysis) whileConverting(n *node) {
	c := a.current.converting
	if _, prepares := n.GetNode().(*pg_query.Node_PrepareStmt); c == nil || prepares {
		return
	}
	a.refuse(refuseOn(c, OperationNotSupported, fmt.Sprintf("the table of the column %s cannot be used so in this moment", c),
		"The column is being converted, which a SELECT, INSERT, UPDATE or DELETE waits for; any other statement might see a state of before.", "Try again in a few seconds."))
}
