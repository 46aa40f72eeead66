// Package guard keeps plaintext out of sealed columns inside the database itself,
// and takes listed columns through their states in step with all proxies.
//
// # The guard
//
// One expression over the value tells a sealed value of this store from
// anything else: format byte and store tag (bytes 0-2; in armour exactly the
// four characters after pgs1_) and the mode's minimum length. It consists of
// immutable operators of pg_catalog and looks up no table, so that it holds in
// every snapshot. NULL passes. It stands in three places:
//
//	BEFORE ROW triggers, ENABLE ALWAYS    answer before the row is written: neither heap nor WAL sees a plaintext
//	AFTER constraint triggers, ALWAYS     for a BEFORE trigger that fires later and writes a plaintext
//	CHECK                                 once the column is sealed; convalidated is the proof that no plaintext is left
//
// INSERT and UPDATE have triggers of their own: a row that still holds plaintext
// may be updated in its other columns, but its plaintext may not be replaced by
// another. All are made on every partition and inheritance child too. The
// triggers raise SQLSTATE KP003 with the names of schema, table and column and
// without the value. The server adds a CONTEXT to an error in COPY which has the
// line that was being copied in it: whoever passes the error on strips it, and
// what the server's own log keeps is the server's setting.
//
// Names begin with two blanks, because triggers fire in the order of their
// names; Report.Earlier names those that come first nevertheless. The CHECK's
// name begins with "pgseal_sealed_".
//
// Not caught: a value with a forged header; whoever owns the table can take the
// guard away, which Verify then says, and the log of a proxy that serves.
//
// # States
//
//	plain     listed, nothing is sealed     --> readable  every live proxy holds this policy, and sealed values will fit
//	readable  both forms are read           --> sealing   every live proxy reads both; the column is made to fit
//	sealing   every write is sealed         --> triggers as soon as every live proxy seals
//	                                        --> sealed    no plaintext is left, the CHECK is valid
//	sealed    plaintext is refused
//
// On the way back, by an operator's order (Open) and until it is taken back (SealAnew):
//
//	sealed    --> sealing     every live proxy knows it as sealed
//	sealing   --> unsealing   every live proxy reads both forms; the guard goes in the same transaction
//	unsealing --> plain       every live proxy writes plaintext; no sealed value is left, nor a transaction that could still see one
//	plain     stays, while the policy lists the column
//
// The order may be taken back in any state; unsealing leads to sealing then.
//
// A step is taken in one transaction that reads all proxies' acknowledgements of
// that very state first. Neighbouring states are compatible, so that a proxy that starts in the
// middle of a step does no harm. A policy is in force when every live proxy holds
// it; until then a proxy with another one is stale and serves nothing protected
// (Status.Stale). A proxy that has not got through for as long as the others
// wait for it is dead to them and must know it (Coordinator.Silent). Its term is
// over by then (Status.Term): what was planned in it is not sent any more, also by
// a process that was frozen and notices nothing, and what is looked at behind the
// next heartbeat belongs to another. So it is where the database's clock, by which
// the others go, says that they have not waited.
//
// # Being sealed anew
//
// A sealed column may be moved to another data key or mode (OrderMove, EndMove): NextMode is what to, Round counts how often. In between lie two steps,
// each of which waits for every live proxy's acknowledgement and for the transactions that were under way before (Drains): all look for values of both
// ways; all write in the new one (Turned). Then its rows may be gone through.
//
// A column's record freezes what its values are sealed as: column id (or
// domain), type family, mode, normalisation, padding. Renames keep it, a restored
// dump brings it along.
//
// # Making a column fit
//
// The text family is sealed in place, in armour; varchar(n) becomes text, which
// touches no row. Other types live in bytea, char(n) in text: the column of an
// empty table is converted by itself.
//
// A column whose table has rows is held (Held) where its values do not lie as
// they are sealed, or where it is in a unique index or a foreign key, which would
// not hold while half of them are sealed; and with it all of its equality domain.
// It stays plain, and everything goes on as it was, until somebody has it
// converted at once: MakeReadable makes it so, the transaction that writes all its
// values sealed ends with Seal, which puts the guard on and proves it. A held
// column that is readable without anybody working on it becomes plain again.
package guard
