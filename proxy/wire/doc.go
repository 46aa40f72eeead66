// Package wire frames the PostgreSQL frontend/backend protocol, version 3
// (https://www.postgresql.org/docs/current/protocol-message-formats.html).
//
// A message after start-up is one type byte, a length of four bytes (big endian, counting itself but not the type)
// and a body. Reader looks at the header alone: a message that need not change goes to the other side as it lies in
// the read buffer, or, when it is larger than the buffer, streams through it. Only a message that must change is
// brought into memory as a whole (Body), within a limit that the caller gives.
//
//	reader.Next()            header of the next message: type and size
//	  reader.Prefix(n)       its first bytes, for routing (names of statements and portals)
//	  reader.Body(limit)     the whole body, for rewriting
//	  reader.Each(f)         the body in pieces, in constant memory
//	  reader.Forward(w)      as it is, in constant memory
//	  reader.Discard()       thrown away, in constant memory
//
// Exactly one of Body, Each, Forward and Discard ends a message (Body alone leaves the bytes readable until the next Next).
// Bytes that Prefix and Body return belong to the reader and are valid until its next method call but Body after Prefix.
//
// Lengths are hostile: they are checked before anything is allocated. The package knows neither sockets nor sessions.
package wire
