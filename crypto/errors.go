package crypto

import "errors"

// The closed set of errors of this package. They are compared with errors.Is; none of them ever carries a plaintext, a key or a
// sealed value.
var (
	// ErrMalformed: the bytes are not of the form that they should have (length, format byte, alphabet, encoding), or an argument
	// is outside of what the format can hold.
	ErrMalformed = errors.New("crypto: malformed")
	// ErrWrongStore: a well-formed sealed value that carries another store's tag.
	ErrWrongStore = errors.New("crypto: sealed in another store")
	// ErrKeyNumber: a well-formed sealed value of this store that another data-key generation sealed, or a generation that can't
	// take part in the operation.
	ErrKeyNumber = errors.New("crypto: sealed under another data-key generation")
	// ErrNotAuthentic: the value was changed, or it belongs to another column, tenant, type family or key.
	ErrNotAuthentic = errors.New("crypto: not authentic")
	// ErrDestroyed: the key was destroyed; nothing is ever sealed or opened with it again.
	ErrDestroyed = errors.New("crypto: key is destroyed")
)
