package kmstest

import (
	"encoding/base64"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Role is an IAM role that AssumeRole hands out sessions of.
type Role struct {
	ARN        string   `json:"arn"`
	ExternalID string   `json:"external_id"` // that the caller must present; "" for none
	Trusted    []string `json:"trusted"`     // who may assume it, written as in Denial; empty is everybody
}

// AddRole makes a role known, or changes it.
func (s *Server) AddRole(r Role) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.roles[r.ARN] = r
	s.changed()
}

// RemoveRole forgets a role. Sessions that were handed out stay valid.
func (s *Server) RemoveRole(arn string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.roles, arn)
	s.changed()
}

func (s *Server) stsAction(form url.Values) func(principal, string, *Call) (any, *apiError) {
	switch form.Get("Action") {
	case "AssumeRole":
	case "GetCallerIdentity":
		return func(who principal, _ string, _ *Call) (any, *apiError) { return callerIdentity(who), nil }
	default:
		return func(principal, string, *Call) (any, *apiError) {
			return nil, fail("InvalidAction", "Could not find operation %s for version %s", form.Get("Action"), form.Get("Version"))
		}
	}
	return func(who principal, _ string, record *Call) (any, *apiError) {
		record.KeyID, record.RoleSession = form.Get("RoleArn"), form.Get("RoleSessionName")
		return s.assumeRole(who, form)
	}
}

type callerIdentityResult struct {
	XMLName   xml.Name `xml:"https://sts.amazonaws.com/doc/2011-06-15/ GetCallerIdentityResponse"`
	ARN       string   `xml:"GetCallerIdentityResult>Arn"`
	UserID    string   `xml:"GetCallerIdentityResult>UserId"`
	Account   string   `xml:"GetCallerIdentityResult>Account"`
	RequestID string   `xml:"ResponseMetadata>RequestId"`
}

// callerIdentity answers whoever has valid credentials: the API reference says that no permission is needed, and that it cannot be denied.
func callerIdentity(who principal) callerIdentityResult {
	return callerIdentityResult{ARN: who.ARN, UserID: who.AccessKey, Account: who.Account, RequestID: newUUID()}
}

type assumeRoleResult struct {
	XMLName xml.Name `xml:"https://sts.amazonaws.com/doc/2011-06-15/ AssumeRoleResponse"`
	User    struct {
		ID  string `xml:"AssumedRoleId"`
		ARN string `xml:"Arn"`
	} `xml:"AssumeRoleResult>AssumedRoleUser"`
	Credentials struct {
		AccessKeyID     string `xml:"AccessKeyId"`
		SecretAccessKey string `xml:"SecretAccessKey"`
		SessionToken    string `xml:"SessionToken"`
		Expiration      string `xml:"Expiration"`
	} `xml:"AssumeRoleResult>Credentials"`
	RequestID string `xml:"ResponseMetadata>RequestId"`
}

func (s *Server) assumeRole(who principal, form url.Values) (any, *apiError) {
	arn, session := form.Get("RoleArn"), form.Get("RoleSessionName")
	seconds := 3600
	if text := form.Get("DurationSeconds"); text != "" {
		seconds, _ = strconv.Atoi(text)
	}
	if arn == "" || len(session) < 2 || len(session) > 64 || seconds < 900 || seconds > 43200 {
		return nil, fail("ValidationError", "1 validation error detected: RoleArn, RoleSessionName or DurationSeconds is missing or out of range")
	}
	role, ok := s.roles[arn]
	trusted := len(role.Trusted) == 0 || slices.ContainsFunc(role.Trusted, who.is)
	if !ok || !trusted || role.ExternalID != form.Get("ExternalId") || s.denied(who, arn, "AssumeRole") {
		return nil, &apiError{
			code: "AccessDenied", status: http.StatusForbidden,
			message: "User: " + who.ARN + " is not authorized to perform: sts:AssumeRole on resource: " + arn,
		}
	}
	return s.newSession(arn, session, time.Duration(seconds)*time.Second), nil
}

func (s *Server) newSession(role, session string, life time.Duration) assumeRoleResult {
	account := accountOf(role)
	name := role[strings.LastIndexByte(role, '/')+1:]
	id := &identity{
		Principal: principal{
			ARN:  "arn:aws:sts::" + account + ":assumed-role/" + name + "/" + session,
			Role: role, Account: account, AccessKey: "ASIA" + strings.ToUpper(newUUID()[:8]+newUUID()[:8]),
		},
		Secret:  base64.StdEncoding.EncodeToString(random(30)),
		Token:   base64.StdEncoding.EncodeToString(random(96)),
		Expires: s.now().Add(life),
	}
	s.identities[id.Principal.AccessKey] = id
	s.changed()
	var out assumeRoleResult
	out.User.ID, out.User.ARN = "AROA"+strings.ToUpper(newUUID()[:8])+":"+session, id.Principal.ARN
	out.Credentials.AccessKeyID, out.Credentials.SecretAccessKey = id.Principal.AccessKey, id.Secret
	out.Credentials.SessionToken = id.Token
	out.Credentials.Expiration = id.Expires.UTC().Format(time.RFC3339)
	out.RequestID = newUUID()
	return out
}

type queryError struct {
	XMLName   xml.Name `xml:"https://sts.amazonaws.com/doc/2011-06-15/ ErrorResponse"`
	Type      string   `xml:"Error>Type"`
	Code      string   `xml:"Error>Code"`
	Message   string   `xml:"Error>Message"`
	RequestID string   `xml:"RequestId"`
}

// queryAnswer encodes a result or an error as the query protocol does. Errors of authentication have other codes
// there than in the JSON protocol, and status 403.
func queryAnswer(out any, refusal *apiError) (int, []byte) {
	if refusal == nil {
		return http.StatusOK, encodeXML(out)
	}
	code, status := refusal.code, refusal.status
	switch code {
	case "UnrecognizedClientException":
		code, status = "InvalidClientTokenId", http.StatusForbidden
	case "ExpiredTokenException":
		code, status = "ExpiredToken", http.StatusForbidden
	case "InvalidSignatureException":
		code, status = "SignatureDoesNotMatch", http.StatusForbidden
	case "MissingAuthenticationTokenException":
		code, status = "MissingAuthenticationToken", http.StatusForbidden
	case "ThrottlingException":
		code = "Throttling"
	}
	fault := "Sender"
	if status >= 500 {
		fault = "Receiver"
	}
	return status, encodeXML(queryError{Type: fault, Code: code, Message: refusal.message, RequestID: newUUID()})
}

func encodeXML(v any) []byte {
	b, err := xml.Marshal(v)
	if err != nil {
		panic("kmstest: answer cannot be encoded: " + err.Error())
	}
	return b
}
