package idp

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"strings"
	"time"
)

// signingKey signs ID tokens.
type signingKey struct {
	id  string
	rsa *rsa.PrivateKey
	ec  *ecdsa.PrivateKey
}

func newKey(id string, curve bool) (k signingKey, err error) {
	k.id = id
	if curve {
		k.ec, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		return k, err
	}
	k.rsa, err = rsa.GenerateKey(rand.Reader, 2048)
	return k, err
}

// ChangeKey has the issuer sign with a new key, and show that one alone.
func (i *Issuer) ChangeKey() error {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys++
	k, err := newKey(fmt.Sprint("key-", i.keys), i.options.EllipticCurve)
	i.key = k
	return err
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (i *Issuer) jwks(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	k := map[string]any{"kid": i.key.id, "use": "sig", "alg": i.key.alg()}
	if i.key.ec != nil {
		point, _ := i.key.ec.PublicKey.Bytes() // of P-256: 4, x, y
		k["kty"], k["crv"], k["x"], k["y"] = "EC", "P-256", b64(point[1:33]), b64(point[33:])
	} else {
		k["kty"], k["n"], k["e"] = "RSA", b64(i.key.rsa.N.Bytes()), b64(big.NewInt(int64(i.key.rsa.E)).Bytes())
	}
	answer(w, map[string]any{"keys": []any{k}})
}

func (k signingKey) alg() string {
	if k.ec != nil {
		return "ES256"
	}
	return "RS256"
}

func (k signingKey) sign(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	if k.ec == nil {
		sig, _ := rsa.SignPKCS1v15(rand.Reader, k.rsa, crypto.SHA256, sum[:])
		return sig
	}
	r, s, _ := ecdsa.Sign(rand.Reader, k.ec, sum[:])
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
}

// idToken is a token of whoever comes, with the fault in it. The caller holds the lock.
func (i *Issuer) idToken(nonce string) string {
	claims := map[string]any{"iss": i.URL(), "sub": "subject", "aud": i.options.ClientID, "nonce": nonce, "iat": time.Now().Unix(), "exp": time.Now().Add(24 * time.Hour).Unix()}
	maps.Copy(claims, i.claims)
	key, header := i.key, map[string]any{"typ": "JWT", "kid": i.key.id, "alg": i.key.alg()}
	switch i.fault {
	case WrongNonce:
		claims["nonce"] = "another"
	case NoNonce:
		delete(claims, "nonce")
	case WrongAudience:
		claims["aud"] = "another client"
	case WrongIssuer:
		claims["iss"] = "https://another.example"
	case Expired:
		claims["exp"] = time.Now().Add(-time.Hour).Unix()
	case AlgNone:
		header["alg"] = "none"
	case AlgHMAC:
		header["alg"] = "HS256"
	case ForeignKey:
		key, _ = newKey(i.key.id, i.key.ec != nil)
	}
	text := encode(header) + "." + encode(claims)
	switch i.fault {
	case AlgNone:
		return text + "."
	case AlgHMAC:
		mac := hmac.New(sha256.New, []byte(i.options.ClientSecret))
		mac.Write([]byte(text))
		return text + "." + b64(mac.Sum(nil))
	case Altered:
		claims["email"] = "root@example.org"
		before, _, _ := strings.Cut(text, ".")
		return before + "." + encode(claims) + "." + b64(key.sign(text))
	}
	return text + "." + b64(key.sign(text))
}

func encode(v map[string]any) string {
	text, _ := json.Marshal(v)
	return b64(text)
}
