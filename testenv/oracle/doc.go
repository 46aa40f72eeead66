// Command oracle asks the same random statements of a plain database and, through pgseal, of one with sealed columns, and holds the two answers
// against each other.
//
//	go run ./testenv/oracle                          # a million statements
//	go run ./testenv/oracle -seed 17 -statements 1   # one round again
//
//	              round (seed) -- units of statements
//	                 |                    |
//	   server 1: plain tables      pgseal -- server 2: the same tables, sealed, guarded
//	                 |                    |
//	               answers  ==  answers, or a refusal
//
// Rows (in their order where the statement orders them), descriptions, counts, command tags, SQLSTATEs and the transaction's status must be the
// same. Or pgseal refuses the statement (KP001, KP002, KP004, KP005): then a statement that fails is put in its place on the plain database, so that
// both sessions go on from the same state. Between rounds the tables are compared whole; every sealed column of the second server must hold NULL or
// values of its store; and at the end the texts and values that only ever were in sealed columns may be neither in its files, its write-ahead log
// and a dump, nor in its log, which has every statement that reached it.
//
// With -sqlsmith N sqlsmith, which knows nothing of pgseal, makes N queries over the same schema behind that. No session may be out of step at the end.
//
// A round begins with empty tables and new sessions, and depends on its seed alone.
//
// What is refused is counted by form and by reason, since a generator whose statements are mostly refused proves nothing.
package main
