package access

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
)

// What a new hash costs: 65 ms and 32 MiB, measured on the development machine (BenchmarkPassword).
const (
	argonTime    = 2
	argonMemory  = 32 << 10 // KiB
	argonThreads = 1
	saltSize     = 16
	hashSize     = 32
)

// What a hash in the file may cost. More would let log-ins exhaust the machine, less is no protection.
const (
	minMemory, maxMemory   = 8 << 10, 64 << 10 // KiB
	maxTime, maxThreads    = 10, 4
	minBcrypt, maxBcrypt   = 10, 13
	minPassword            = 12  // characters
	maxPassword            = 256 // bytes
	maxBcryptPassword      = 72  // bytes: bcrypt looks at no more
	minSalt, maxSaltOrHash = 8, 64
)

// Errors about passwords.
var (
	ErrPasswordShort = fmt.Errorf("a password has %d characters or more", minPassword)
	ErrPasswordLong  = fmt.Errorf("a password has %d bytes at most", maxPassword)
	errHashForm      = errors.New("is no password hash: argon2id in PHC form ($argon2id$v=19$m=..,t=..,p=..$..$..) or bcrypt ($2b$..)")
)

// HashPassword makes the hash that the users file keeps: argon2id in PHC form.
func HashPassword(password string) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return "", ErrPasswordShort
	case len(password) > maxPassword:
		return "", ErrPasswordLong
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails
	return hashed{memory: argonMemory, time: argonTime, threads: argonThreads, salt: salt}.text(password), nil
}

// hashed is a password's hash as the users file has it.
type hashed struct {
	memory, time uint32
	threads      uint8
	salt, sum    []byte
	bcrypt       []byte // instead of all that
}

func (h hashed) text(password string) string {
	sum := argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.threads, hashSize)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads, b64.EncodeToString(h.salt), b64.EncodeToString(sum))
}

// matches takes as long for a wrong password as for the right one.
func (h hashed) matches(password string) bool {
	limit := maxPassword
	if h.bcrypt != nil {
		limit = maxBcryptPassword
	}
	fits := len(password) <= limit
	if !fits {
		password = password[:limit]
	}
	if h.bcrypt != nil {
		return bcrypt.CompareHashAndPassword(h.bcrypt, []byte(password)) == nil && fits
	}
	sum := argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.threads, uint32(len(h.sum)))
	return subtle.ConstantTimeCompare(sum, h.sum) == 1 && fits
}

// parseHash reads a hash, and refuses one whose cost is out of bounds.
func parseHash(text string) (h hashed, err error) {
	if strings.HasPrefix(text, "$2") {
		cost, err := bcrypt.Cost([]byte(text))
		if err != nil || len(text) != 60 {
			return h, errHashForm
		}
		if cost < minBcrypt || cost > maxBcrypt {
			return h, fmt.Errorf("has bcrypt cost %d, which is outside %d..%d", cost, minBcrypt, maxBcrypt)
		}
		return hashed{bcrypt: []byte(text)}, nil
	}
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errHashForm
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.threads); err != nil || parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", h.memory, h.time, h.threads) {
		return h, errHashForm
	}
	if h.memory < minMemory || h.memory > maxMemory || h.time < 1 || h.time > maxTime || h.threads < 1 || h.threads > maxThreads {
		return h, fmt.Errorf("has argon2id parameters out of bounds: m=%d..%d, t=1..%d, p=1..%d", minMemory, maxMemory, maxTime, maxThreads)
	}
	salt, saltOK := decode(base64.RawStdEncoding, parts[4])
	sum, sumOK := decode(base64.RawStdEncoding, parts[5])
	if !saltOK || !sumOK || len(salt) < minSalt || len(salt) > maxSaltOrHash || len(sum) < saltSize || len(sum) > maxSaltOrHash {
		return h, errHashForm
	}
	h.salt, h.sum = salt, sum
	return h, nil
}
