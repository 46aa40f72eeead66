package proxy

import (
	"context"

	"github.com/legatics/pgseal/crypto"
)

// Keys gives out the key handles of tenants. It is the only thing that a session knows about key management.
type Keys interface {
	// Acquire returns the tenant's key handle, without I/O while it is cached. The caller releases it.
	// Every error is a KeyError.
	Acquire(ctx context.Context, tenant string) (Key, error)
}

// RefusedKeys are Keys that want to know which statements were refused for them.
type RefusedKeys interface {
	// Refused is told of each error of Acquire, Seal or Open that a client reads.
	Refused(KeyError)
}

// Key is a tenant's key handle. It carries its own deadline: nothing that holds one keeps the key alive beyond it.
// It is safe for concurrent use.
type Key interface {
	// SealIn appends the sealed value of plaintext to dst, in a round of the column's. Open appends the plaintext of a sealed value.
	// Both fail with a KeyError once the handle's deadline is over or the key was withdrawn.
	SealIn(dst []byte, c crypto.Column, m crypto.Mode, round int, plaintext []byte) ([]byte, error)
	Open(dst []byte, c crypto.Column, sealed []byte) ([]byte, error)
	// Check returns nil while the key may be used.
	Check() error
	// Tag is the tag of the store that the key belongs to.
	Tag() crypto.StoreTag
	Release()
}

// KeyError is a failure of key management as the client is to read it.
type KeyError interface {
	error
	SQLState() string   // KU001.., KD002
	Name() string       // symbolic name of the code
	Retryable() bool    // whether the same statement may succeed later
	TenantName() string // the tenant, for programs
	UserMessage() string
	UserDetail() string // what and since when; may be empty
	UserHint() string   // who can mend it and how; may be empty
}
