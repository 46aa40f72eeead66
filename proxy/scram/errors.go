package scram

import "errors"

// What an exchange can fail of.
var (
	// ErrProof: the client does not know the password; or the server does not know the verifier.
	ErrProof = errors.New("scram: wrong proof")
	// ErrBinding: the two sides do not see the same TLS connection, or somebody has changed what is offered.
	ErrBinding = errors.New("scram: channel binding does not fit")
	// ErrUnsupported: an authorization identity, a mandatory extension, a kind of channel binding that PostgreSQL does not have.
	ErrUnsupported = errors.New("scram: not supported")
	// ErrChanged: the server has another verifier than the keys were proved against.
	ErrChanged = errors.New("scram: the server's verifier is another one")
	// ErrMalformed: a message is not of the protocol.
	ErrMalformed = errors.New("scram: malformed message")
)
