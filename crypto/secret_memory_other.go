//go:build !linux

package crypto

// allocateSecret takes the bytes from the Go heap where there is nothing better: Go does not move heap objects, but the pages may
// be swapped or dumped.
func allocateSecret(n int) (b []byte, locked bool, err error) { return make([]byte, n), false, nil }

// wipeSecret zeroes the bytes.
func wipeSecret(b []byte) { clear(b) }
