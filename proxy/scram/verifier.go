package scram

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// Names of the mechanisms.
const (
	SHA256     = "SCRAM-SHA-256"
	SHA256Plus = "SCRAM-SHA-256-PLUS"
)

const (
	keySize = sha256.Size

	// DefaultIterations is what PostgreSQL makes verifiers with unless told otherwise.
	DefaultIterations = 4096
	maxIterations     = 1_000_000 // bounds the work that the other side can ask for
	maxSalt           = 1024      // bytes
)

// Verifier is what PostgreSQL keeps of a password (pg_authid.rolpassword). It is no credential, but it lets its holder play the server, and
// guess the password; it can't print itself.
type Verifier struct {
	iterations int
	salt       []byte
	stored     [keySize]byte // StoredKey = H(ClientKey)
	server     [keySize]byte // ServerKey
}

// ErrVerifier says that a text is no verifier: an MD5 hash, say.
var ErrVerifier = errors.New("not a SCRAM-SHA-256 verifier")

// ParseVerifier reads SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>. Its error has nothing of the text.
func ParseVerifier(text string) (v Verifier, err error) {
	rest, ok := strings.CutPrefix(text, SHA256+"$")
	cost, keys, ok2 := strings.Cut(rest, "$")
	iterations, salt, ok3 := strings.Cut(cost, ":")
	stored, server, ok4 := strings.Cut(keys, ":")
	if !ok || !ok2 || !ok3 || !ok4 {
		return v, ErrVerifier
	}
	if v.iterations, err = parseIterations(iterations); err != nil {
		return v, ErrVerifier
	}
	if v.salt, err = decode(salt); err != nil || len(v.salt) == 0 || len(v.salt) > maxSalt {
		return v, ErrVerifier
	}
	if decodeKey(&v.stored, stored) != nil || decodeKey(&v.server, server) != nil {
		return v, ErrVerifier
	}
	return v, nil
}

// NewVerifier makes the verifier of a password, which must be printable ASCII.
func NewVerifier(password string, salt []byte, iterations int) (Verifier, error) {
	keys, err := derive(password, salt, iterations)
	if err != nil {
		return Verifier{}, err
	}
	defer keys.Wipe()
	return Verifier{iterations: iterations, salt: salt, stored: sha256.Sum256(keys.client[:]), server: keys.server}, nil
}

// Decoy is the verifier of a role that does not exist: no proof fits it, and nothing else tells it from a real one, if the same role gets the
// same salt every time.
func Decoy(salt []byte) Verifier {
	v := Verifier{iterations: DefaultIterations, salt: salt}
	_, _ = rand.Read(v.stored[:]) // never fails
	_, _ = rand.Read(v.server[:])
	return v
}

func parseIterations(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxIterations || strconv.Itoa(n) != text {
		return 0, fmt.Errorf("scram: %w", ErrMalformed)
	}
	return n, nil
}

func decodeKey(key *[keySize]byte, text string) error {
	b, err := decode(text)
	if err != nil || len(b) != keySize {
		return ErrMalformed
	}
	copy(key[:], b)
	return nil
}

// encoding refuses what has more than one form.
var encoding = base64.StdEncoding.Strict()

func decode(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") { // which encoding/base64 passes over
		return nil, ErrMalformed
	}
	return encoding.DecodeString(text)
}

// Text is the verifier as PostgreSQL keeps it: it leaves through this method alone.
func (v Verifier) Text() string {
	return fmt.Sprintf("%s$%d:%s$%s:%s", SHA256, v.iterations, encoding.EncodeToString(v.salt),
		encoding.EncodeToString(v.stored[:]), encoding.EncodeToString(v.server[:]))
}

const redacted = "[redacted]"

func (Verifier) String() string       { return redacted }
func (Verifier) GoString() string     { return redacted }
func (Verifier) LogValue() slog.Value { return slog.StringValue(redacted) }

// Format implements fmt.Formatter, for the verbs that pass the methods above by.
func (Verifier) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalText implements encoding.TextMarshaler.
func (Verifier) MarshalText() ([]byte, error) { return []byte(redacted), nil }

func mac(key []byte, text string) (sum [keySize]byte) {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	h.Sum(sum[:0])
	return sum
}

// derive makes the keys of a password.
func derive(password string, salt []byte, iterations int) (*Keys, error) {
	for i := range len(password) {
		if password[i] < ' ' || password[i] > '~' { // SASLprep changes nothing of these
			return nil, errors.New("scram: a password with characters other than printable ASCII")
		}
	}
	salted, err := pbkdf2.Key(sha256.New, password, salt, iterations, keySize)
	if err != nil {
		return nil, err
	}
	defer clear(salted)
	return &Keys{client: mac(salted, "Client Key"), server: mac(salted, "Server Key")}, nil
}
