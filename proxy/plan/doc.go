// Package plan reads the SQL that clients send and says what has to be done to it: nothing, for a text that names nothing
// protected; sealing the literals and parameters that meet sealed columns and opening the result columns that come from
// them; or refusing, for everything that cannot be proved to be right.
//
//	text -> scan      each token once, no allocation: may it name something protected, does it change the session?
//	          | no: to the server as it lies in the buffer
//	        tokenise, normalise   the normal form: stand-ins for literals, equal rows and list elements once
//	          | known: the shape comes from the cache
//	        depth     bounded before the parser sees it: the parser's stack is C's
//	        parse     PostgreSQL's own grammar, of the normal form, so that no plan depends on a literal
//	        analyse   what each name means, where sealed values come from and go to; literals and parameters are claimed
//	        prove     the rewritten normal form is parsed again and compared with the tree that was meant
//	        assemble  claims -> slots, parameters, pieces of the client's text: the shape
//	     -> Plan      a shape with one text's own literals and places
//
// # What is held
//
// A text passes unplanned only if no word of it is the name of a protected relation, of a function whose source names one, or
// of the schema pgseal, or if its parse tree shows that such words mean something else. Names are compared as a server with a
// UTF8 database folds them. The text's tokens are those of PostgreSQL's scan.l with standard_conforming_strings on; where a
// session's settings make that doubtful, a text that holds a protected name anywhere is refused.
//
// In a text that names something protected every literal and parameter that meets a sealed column, as a value to store or
// to search for, is a Slot; every result column that carries a sealed column's value unchanged is in Outputs; and no sealed
// value gets anywhere else: not into an expression of the server, a native column, or a column with another key. A column of
// a table that the catalogue does not know is native, and a name that may be such a column or a protected one is refused.
// What the analysis does not know it refuses.
//
// The client's text is never written anew: pieces of it are replaced, so that comments, hints and the places in error
// messages stay what they were in front of the first piece. Literals of a Parse become parameters behind the client's own
// (Extra). A parameter that is used in several roles is sealed for each of them.
//
// Literals and parameters that reach a sealed column by way of other things are followed: through the rows of VALUES in FROM, WITH queries and
// subqueries, the arrays of unnest, the branches of CASE and COALESCE, NULLIF, casts and UNION. Each place of the text has one role, given by what
// becomes of its value; a value with two uses, one of them not the column's, is refused. Every way to use a value makes it native unless it is one
// that can seal it.
//
// Under unknown_functions: refuse, a call of a function that cannot be looked into (load_unknown.go) is refused in every text: the names
// of those functions are words that a text is looked into for. Columns in state observe are in a catalogue of their own
// (Catalogue.Observed), by which texts are planned a second time, for a report alone.
//
// # Order
//
// A column may lie elsewhere than it stands for the application (FrozenColumn.Before, Order). In statements on its table each star, and each list of
// columns that is left out, is written into the text, in the application's order, and proved like what is sealed; a table beside others whose columns
// are not known gives way to a subquery. What has to go by where columns lie, a row as one value first of all, is refused.
//
// # Effects
//
// Whatever it names, a text may change how later texts are read, or forget prepared statements: Effects tells. They are read
// from the tokens, without the parser, and rather too broadly than too narrowly.
//
// # Limits
//
// Deterministic columns can be compared by =, <>, IN, = ANY, <> ALL, IS [NOT] DISTINCT FROM, grouped and joined (USING, NATURAL) within one domain;
// randomized ones by IS [NOT] NULL alone. While a deterministic column is sealed anew, values are looked for twice (pairing.go), and nothing else rests on
// equality. Nothing sorts. COPY FROM STDIN and TO STDOUT are planned (Copy); with a file or program of the
// server they are refused. PREPARE (Prepare) and DECLARE (Cursor) have plans of their own; a literal that PREPARE would keep is refused. TRUNCATE, LOCK, VACUUM,
// ANALYZE, CLUSTER, REINDEX, GRANT, REVOKE and COMMENT pass. testdata/fates shows the fate of several hundred statements, docs/sql.md says it for people.
//
// A catalogue has a term (Term): a plan that was made with it may be sent until that ends, and not later, whoever has waited for what meanwhile.
//
// A view is a relation like others where its query, as the catalogue has it, passes sealed values on unchanged (analyse_view.go,
// load_view_build.go); else it is Opaque. A definition passes as it is where it changes neither what is sealed nor the guard
// (analyse_ddl.go). A view is known once the transaction that made or changed it has ended, and so are the places of a
// table's columns: until then it is the session's to say so (Request.Fresh).
//
// SQL that the server makes itself, in functions, triggers, or out of pieces of strings, cannot be seen here; the guard in the
// database stands behind that.
package plan
