// Package bulk seals what lies in a column since before it was protected: row by
// row, while applications read and write it, resumable at any moment.
//
// # What is done, and by whose order
//
// A listed column of the text family is sealed in place, once its state is
// sealing: every proxy seals what it writes then, and reads both forms. The work
// on a column is a job on River's queue in the schema pgseal; several proxies
// share the queue, and commands may work on it too. A job carries the id of the
// column's record and nothing else. What is to be done follows from that record,
// which carries a MAC, so that whoever can write the job table can at most have
// work done that was ordered already.
//
// A column that is to be plain by an operator's order is opened in the same way,
// once its state is unsealing: every proxy reads both forms then, and writes what
// it is given.
//
// # How
//
// The rows are gone through in the order of the table's primary key, or of their
// place where there is none, in short transactions. Each reads a batch, seals
// what is not sealed, opens it again to prove it, writes it, and notes in the
// same transaction how far it has come (pgstore.Bulk). Rows are matched by place
// and row version (ctid and xmin), never by their value: a row that somebody
// else changed meanwhile is left to the next pass. Passes are repeated until one
// finds nothing to do; then every value is read and opened once more. After that
// the guard proves by its CHECK that no plaintext is left, and the column is
// sealed.
//
// A value that carries this store's seal and does not open stops the work: it is
// spoilt, or another tenant's, and must not be sealed over.
//
// # Sealing anew
//
// Values of a sealed column of any type are opened and sealed in place: under the
// newest data key of their tenant, or in another mode. Of deterministic columns
// there are two ways side by side meanwhile, which the guard has every proxy agree
// on first (guard.OrderMove). The end is proved by a count of the stored values by
// their data key, in one snapshot.
//
// # All at once
//
// Columns that the guard holds (guard.Held) are converted by a Swap, all of an
// equality domain together, in one transaction: under a lock that keeps writes out
// and lets reads in, all values are read, sealed, opened again and put into a
// temporary table; then, with reads waiting too, the server itself puts them into
// the rows (UPDATE, or ALTER COLUMN TYPE where the type changes), makes foreign
// keys anew, and the guard is put on and proved. How long writes may wait is
// bounded; what takes longer is undone as a whole. Nothing is left of a process
// that dies in the middle. Behind it the ordinary work reads and opens all values
// once more.
//
// Columns that are sealed and cannot be opened, or sealed anew, row by row go the
// same way: by an order in their records, with every proxy reading both forms
// before, and a CHECK behind that keeps out what a proxy that does not know yet
// would write (guard.Unseal, guard.Renew).
//
// # By way of a second column
//
// A held column of a large table, which is in no foreign key and alone in its
// domain, may be filled Beside: a second column gathers the sealed values while the
// first stays plain and the one that counts; a trigger puts a mark there for a row
// whose value is new or changed. Filling is a job like the others. The end is one
// short transaction that changes the catalogue, and the few rows with a mark.
// Everything before it may be taken back, and everything is gone on with by whoever
// gives the command again.
//
// # What stops it
//
// Without the key the work waits, says so, and goes on by itself. A lock that is
// not to be had within a second is left alone. A process that dies leaves whole
// batches behind; the job goes to another one.
//
// # What the old values leave behind
//
// A Scrub makes the tables of a sealed column anew, and the statistics and
// catalogues in which its values lie. It is no job: it locks tables, so that
// somebody is there who was shown that and said yes. How far it has come is in a
// record of its own (pgstore.Scrub); the column is called scrubbed by its own
// record (pgstore.Column), until it is not sealed any more.
package bulk
