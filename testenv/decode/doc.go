// Package decode stands between a client and a server of the PostgreSQL
// protocol and reads along: every message the server sends is decoded by an
// independent implementation (the archived github.com/jackc/pgproto3/v2) and
// held against what the client has asked for.
//
//	client  <->  Relay  <->  server (PostgreSQL, or a proxy in front of it)
//	               |
//	               +-- frame.go     cuts the stream into messages
//	               +-- message.go   decodes them, and encodes them again
//	               +-- startup.go, sequence.go  is it the answer that was due?
//	               +-- status.go    is the transaction status possible?
//	               +-- texts.go     which statement has an error answered?
//	               +-- shape.go, value.go  has a row the shape that was declared?
//
// The bytes themselves pass unchanged. A Relay finds violations, it does not
// repair them: a client sees exactly what it would have seen without it.
//
// What counts as a violation: a message that does not decode or does not encode
// to the same bytes again; a message that answers nothing that was asked, or
// comes out of its turn; a ReadyForQuery that answers no Sync, Query or
// FunctionCall; a transaction status that cannot follow from the one before; a
// row whose number of values differs from its description; a description of a
// portal that contradicts that of its statement; a value that cannot be of the
// type and format declared for it; an error without severity, SQLSTATE or
// message; a connection that ends while answers are due.
//
// Only connections without TLS can be read; where TLS is agreed on, that is
// reported as a violation.
//
// The protocol: https://www.postgresql.org/docs/current/protocol-flow.html and
// https://www.postgresql.org/docs/current/protocol-message-formats.html
package decode
