// Package scram is SCRAM-SHA-256 and SCRAM-SHA-256-PLUS as PostgreSQL speaks them
// (RFC 5802, RFC 7677, RFC 5929; https://www.postgresql.org/docs/current/sasl-authentication.html), in the server's part and in the client's. It
// moves no bytes: its exchanges take messages and return messages.
//
// What makes it more than a library's: a server's exchange that succeeds yields the client's key,
//
//	ClientKey = ClientProof XOR HMAC(StoredKey, AuthMessage)
//
// with which the same role can log in elsewhere under the same verifier, though neither side ever saw the password. That key is a
// credential: it can't print itself, and whoever holds it wipes it.
//
//	client                      Server                            Client                    server
//	  | client-first  ---------> First    salt, iterations, nonce    | First  -------------->  |
//	  | client-final  ---------> Final    proof -> ClientKey  ....>  | Final  <-- server-first |
//	  | <---------- server-final          ServerSignature            | Verify <-- server-final |
//
// The package imports nothing of ours.
package scram
