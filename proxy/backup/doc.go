// Package backup looks into backups: which sealed columns hold plaintext there, by
// which data keys values are sealed, and which control records are in it.
//
//	dump, as text ── Script: statements, rows of COPY data, psql's own lines
//	                   │
//	                 Check: a value of a listed column is sealed, or it is plaintext; rows of the schema pgseal are kept
//	                   │
//	                 Result
//
// The text is what pg_dump, pg_dumpall and pg_restore -f - write. It is read once, as a
// stream; what is kept of it is bounded (a statement, a value, the control records).
// Whatever is not understood where it matters is a problem in the Result: a dump is
// good only where nothing was left out. What it says is never believed: records are
// for the store's driver to verify, and a value is sealed for certain only when it
// has opened.
//
// No value, nor any part of one, is in a Result.
package backup
