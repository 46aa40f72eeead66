// Package proxy stands between PostgreSQL clients and one PostgreSQL server. It speaks the frontend/backend protocol, version 3, on both
// sides (https://www.postgresql.org/docs/current/protocol.html), seals the values of protected columns on the way in and opens them on the
// way out.
//
// # A session
//
// A client connection has a server connection of its own, for as long as it lives. Two goroutines, the pumps, move messages, one in each
// direction; each is the only writer of its socket. All that they share is a queue: one entry for each message to which the
// server owes an answer.
//
//	client socket
//	  | startup.go     the first packet: encryption is taken up (clienttls.go) or declined, a CancelRequest passed on (cancel.go), a session
//	  |                begun (server.go) with a connection to the server of its own (upstream.go); in front of it a balancer's
//	  |                header (balancer.go), behind it the protocol's version (negotiate.go)
//	  | auth.go        unless the server authenticates, the proxy does (auth_client.go), and logs in itself (auth_upstream.go); addresses
//	  |                that fail too often wait (attempts.go)
//	  | requests.go    the pump that reads the client; until the server has let it in, only its authentication passes
//	  |   query.go     Query: planned; literals sealed
//	  |   parse.go     Parse: planned; literals become parameters; the proxy asks for the statement's description behind it
//	  |   bind.go      Bind: parameters sealed (seal.go)
//	  |   copyin.go    CopyData, CopyDone: rows found in the stream (copyfmt), their values sealed (copyseal.go)
//	  |   execute.go   Describe, Execute, Close, FunctionCall; the key must be available for an Execute that opens
//	  |   fetch.go     what a FETCH reads, found by the cursor's name (cursor.go); prepare.go: PREPARE and EXECUTE
//	  |   patience.go  the wait for a key, which a cancel request ends
//	  |   poison.go    a refused message: one that the server itself fails goes in its place
//	queue.go           FIFO of expected answers, bounded; entries carry their work (work.go), with key handles that have their own deadline
//	  |   copying.go   which Sync is answered, when some are sent among COPY data
//	server socket
//	  | responses.go   the pump that reads the server: matches each message with the head of the queue; a session that rests for too long ends (idle.go)
//	  |   login.go     authentication (auth_passthrough.go) and settings, as the server says them
//	  |   describe.go  ParameterDescription, RowDescription: the application's types; what the server says is held against the plan
//	  |   rows.go      DataRow: values opened, column by column
//	  |   copyout.go   CopyData: the same, in the formats of COPY
//	  |   serverror.go ErrorResponse: a typed error in place of the one that was provoked; stored values taken out of the others
//	  |   abort.go     a statement that fails while its rows are under way
//	client socket
//
// A message that needs nothing done is forwarded as it lies in the read buffer, with an entry of the queue as its only trace.
//
// # Watching
//
// traffic.go counts what each session does; watch.go takes the time of a query's phases where somebody wants to know. console.go is the virtual database on which roles give the
// proxy orders, console_login.go who is let in there.
//
// # Names
//
// Prepared statements and portals are followed as they will be once the server has carried out what was sent (statement.go). A change is undone
// when the server turns out not to have made it (pending.go), and a message that depends on a change made in an earlier, unfinished segment
// (everything up to a Sync; a Query) waits for that segment's end. Cursors that SQL declares are followed too (cursor.go): a name stands for what was
// declared last, and the server itself says when it stands for nothing any more. How many of them a session may have, and how long the texts are that are kept,
// is bounded (room.go).
//
// # Terms and hosts
//
// What a statement was planned by holds for a term (plan.Term). It is looked at again when the message is sent: where the term has ended meanwhile, the others may
// use columns in another way by now, and the statement is refused. Of several servers a session goes to the first that fits, and what cancels it to that same one
// (hosts.go, cancel.go).
//
// # Tenants
//
// The log-in says whose a session is (tenant.go), or a setting that the session changes as it likes, which is followed: tenant_state.go is the server's stack of its values,
// tenant_followed.go carries out what the server has completed, tenant_follow.go tells the pump that reads the client what will be in force, and tenant_query.go what
// that means for a message. Values are sealed for the tenant of the Bind or Query, and opened for that of the Execute or Query. SHOW pgseal.key_state (key_state.go) tells
// the session about the key.
//
// # COPY
//
// Data of a COPY FROM STDIN mean something only once it is certain which COPY the server reads them for. So data that may be for a protected table wait
// until the server has asked for data (CopyInResponse), which hands over what they are for (copytarget.go). Where a value cannot be
// sealed, the proxy fails the COPY with a CopyFail of its own, whose error it replaces; what the client still sends for it is dropped, as the
// server would drop it. Rows go through one at a time, so that memory is bounded by the longest row; the key is looked at every 64 KiB, whether or not
// there are values.
//
// # Refusals
//
// Nothing is answered beside the server. In the place of a refused message goes one that must fail, and its error is replaced on the way
// back by the typed one (errors.go has the table). Order, skipping to Sync and the transaction's status are therefore a native
// error's, and a refused statement never costs the session.
//
// # Tests
//
// protocol_rows_test.go lists the points on which proxies differ from PostgreSQL, with the tests that show what this one does. One has none, since there are no
// commands to give: admin.listen only reports (row 80).
//
// # What this package does not know
//
// It parses no SQL (proxy/plan does), knows no types (proxy/value) and no key management: it declares the small interfaces Keys, Key and
// KeyError (keys.go) that it needs. The pumps work on wire.Reader and wire.Writer; of the sockets they know only the read deadline
// by which one wakes the other (leg.go).
package proxy
