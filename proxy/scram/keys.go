package scram

import (
	"fmt"
	"log/slog"
)

// Keys log a role in, and tell a real server, as the password would. They can't print themselves. The zero value is wiped.
type Keys struct {
	client [keySize]byte // ClientKey
	server [keySize]byte // ServerKey
	salt   []byte        // of the verifier that they were proved against; nil: of a password, which fits any
	cost   int
}

// Wipe makes the keys useless. It may be called twice, and on nil.
func (k *Keys) Wipe() {
	if k != nil {
		*k = Keys{}
	}
}

func (*Keys) String() string       { return redacted }
func (*Keys) GoString() string     { return redacted }
func (*Keys) LogValue() slog.Value { return slog.StringValue(redacted) }

// Format implements fmt.Formatter, for the verbs that pass the methods above by.
func (*Keys) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalText implements encoding.TextMarshaler.
func (*Keys) MarshalText() ([]byte, error) { return []byte(redacted), nil }
