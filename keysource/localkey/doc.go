// Package localkey is the driver whose master key is a file on this machine: for development, demonstrations and tests. Whoever
// reads the file opens everything; taking the file away withdraws the key within a second.
//
// # The file
//
// One line of text, 32 random bytes as 64 hexadecimal digits of either case or as 43 characters of base64url without padding
// (RFC 4648, section 5), with or without a line feed at its end. It is a regular file that nobody but its owner may read or write
// (mode 0600 or less). Create makes one. The key is read anew for every call and kept nowhere in between.
//
// # A wrapped data key, 61 bytes
//
//	byte 0       0x01
//	bytes 1-12   nonce, random
//	bytes 13-44  AES-256-GCM ciphertext of the data key
//	bytes 45-60  tag
//
// The additional data is this list of parts, each preceded by its length as uint32 big endian:
//
//	"pgseal local key v1"
//	the tenant's id, 16 bytes
//	the key number, uint32 big endian
//
// The nonce is random: NIST SP 800-38D, section 8.3, allows 2^32 wrappings under one key, and one is made per data key.
//
// The material id is the first 8 bytes of SHA-256("pgseal local key id v1" and the master key), in hexadecimal: it tells that another
// file was put in the place of the one that wrapped, and nothing about 32 random bytes.
//
// # Errors
//
// keysource.KeyNotFound when there is no file; AccessDenied when this process may not read it; KeyInvalidState when it is no regular
// file, others may read it, or it does not hold a key; KeyStoreUnavailable when reading fails otherwise; KeyMismatch when the wrapped
// key does not open under the key in the file for that tenant and number; KMSUnreachable when the context has ended.
package localkey
