package kmstest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

const (
	sigV4Scheme  = "AWS4-HMAC-SHA256"
	sigV4Time    = "20060102T150405Z"
	signatureAge = 5 * time.Minute // AWS refuses signatures further from its own clock
)

// identity is an access key that the server knows: a user's, or one handed out by AssumeRole.
type identity struct {
	Principal principal
	Secret    string
	Token     string    // session token, "" for a user
	Expires   time.Time // zero for a user
}

// signature is a parsed Authorization header.
type signature struct {
	accessKey, date, region, service string
	headers                          []string
	hex                              string
}

// parseSignature reads "AWS4-HMAC-SHA256 Credential=AK/date/region/service/aws4_request, SignedHeaders=.., Signature=..".
func parseSignature(header string) (signature, bool) {
	rest, ok := strings.CutPrefix(header, sigV4Scheme+" ")
	if !ok {
		return signature{}, false
	}
	var sig signature
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			scope := strings.Split(value, "/")
			if len(scope) != 5 || scope[4] != "aws4_request" {
				return signature{}, false
			}
			sig.accessKey, sig.date, sig.region, sig.service = scope[0], scope[1], scope[2], scope[3]
		case "SignedHeaders":
			sig.headers = strings.Split(value, ";")
		case "Signature":
			sig.hex = value
		}
	}
	return sig, sig.accessKey != "" && sig.hex != "" && slices.Contains(sig.headers, "host")
}

// AddUser makes an access key known. Requests signed with it have their signature verified against secret and count
// as coming from the user with this ARN.
func (s *Server) AddUser(arn, accessKey, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.identities[accessKey] = &identity{
		Principal: principal{ARN: arn, Account: accountOf(arn), AccessKey: accessKey},
		Secret:    secret,
	}
	s.changed()
}

// SetStrict says whether an unknown access key is refused (UnrecognizedClientException) or counts as a user of the
// server's account.
func (s *Server) SetStrict(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.strict = on
}

// ExpireSessions lets every session of AssumeRole expire now: its requests get ExpiredTokenException.
func (s *Server) ExpireSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range s.identities {
		if id.Token != "" {
			id.Expires = s.now()
		}
	}
}

// authenticate finds out who signed r, and for which region. The codes are those of KMS; authErrorForSTS turns them
// into those of the query protocol.
func (s *Server) authenticate(r *http.Request, body []byte) (principal, string, *apiError) {
	sig, ok := parseSignature(r.Header.Get("Authorization"))
	if !ok {
		return principal{}, "", fail("MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	id := s.identities[sig.accessKey]
	if id == nil {
		if s.strict || r.Header.Get("X-Amz-Security-Token") != "" {
			return principal{}, "", fail("UnrecognizedClientException", "The security token included in the request is invalid.")
		}
		arn := "arn:aws:iam::" + s.account + ":user/" + sig.accessKey
		return principal{ARN: arn, Account: s.account, AccessKey: sig.accessKey}, sig.region, nil
	}
	if id.Token != r.Header.Get("X-Amz-Security-Token") {
		return principal{}, "", fail("UnrecognizedClientException", "The security token included in the request is invalid.")
	}
	if id.Token != "" && !s.now().Before(id.Expires) {
		return principal{}, "", fail("ExpiredTokenException", "The security token included in the request is expired")
	}
	return id.Principal, sig.region, s.verify(r, body, sig, id.Secret)
}

// verify recomputes the signature of r.
func (s *Server) verify(r *http.Request, body []byte, sig signature, secret string) *apiError {
	signed, err := time.Parse(sigV4Time, r.Header.Get("X-Amz-Date"))
	if now := s.now().Add(s.skew); err != nil || now.Sub(signed).Abs() > signatureAge {
		return fail("InvalidSignatureException", "Signature expired: %s is now earlier than %s (%s - 5 min.)",
			r.Header.Get("X-Amz-Date"), now.Add(-signatureAge).UTC().Format(sigV4Time), now.UTC().Format(sigV4Time))
	}
	scope := sig.date + "/" + sig.region + "/" + sig.service + "/aws4_request"
	request := sha256.Sum256([]byte(canonicalRequest(r, body, sig.headers)))
	text := sigV4Scheme + "\n" + r.Header.Get("X-Amz-Date") + "\n" + scope + "\n" + hex.EncodeToString(request[:])
	k := []byte("AWS4" + secret)
	for _, part := range []string{sig.date, sig.region, sig.service, "aws4_request"} {
		k = mac(k, part)
	}
	if !hmac.Equal([]byte(hex.EncodeToString(mac(k, text))), []byte(sig.hex)) {
		return fail("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	}
	return nil
}

// canonicalRequest is step 1 of Signature Version 4, for the only kind of request that KMS and STS get: POST without
// a query string.
func canonicalRequest(r *http.Request, body []byte, signed []string) string {
	var b strings.Builder
	b.WriteString(r.Method + "\n" + r.URL.EscapedPath() + "\n" + r.URL.RawQuery + "\n")
	for _, name := range signed {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = r.Header.Get("Content-Length")
		}
		b.WriteString(name + ":" + strings.Join(strings.Fields(value), " ") + "\n")
	}
	sum := sha256.Sum256(body)
	b.WriteString("\n" + strings.Join(signed, ";") + "\n" + hex.EncodeToString(sum[:]))
	return b.String()
}

func mac(k []byte, text string) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte(text))
	return h.Sum(nil)
}
