package kmstest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// exchange is one request of the SDK, its operation recognised but not yet carried out.
type exchange struct {
	id        string // of the request
	operation string // "Decrypt", "AssumeRole", ...
	query     bool   // query protocol and XML (STS) instead of JSON (KMS)
	run       func(who principal, region string, record *Call) (any, *apiError)
}

func (x exchange) contentType() string {
	if x.query {
		return "text/xml"
	}
	return "application/x-amz-json-1.1"
}

// exchange tells the operation of a request by X-Amz-Target (KMS) or by the form's Action (STS).
func (s *Server) exchange(r *http.Request, body []byte) exchange {
	if name, ok := strings.CutPrefix(r.Header.Get("X-Amz-Target"), "TrentService."); ok {
		return exchange{operation: name, run: s.kmsOperation(name, body)}
	}
	form, err := url.ParseQuery(string(body))
	if err == nil && form.Get("Action") != "" {
		return exchange{operation: form.Get("Action"), query: true, run: s.stsAction(form)}
	}
	return exchange{operation: "unknown", run: unknownOperation}
}

func unknownOperation(principal, string, *Call) (any, *apiError) {
	return nil, fail("UnknownOperationException", "")
}

func (s *Server) kmsOperation(name string, body []byte) func(principal, string, *Call) (any, *apiError) {
	op, ok := s.operations[name]
	if !ok {
		return unknownOperation
	}
	return func(who principal, region string, record *Call) (any, *apiError) {
		return op(&call{s: s, who: who, region: region, record: record}, body)
	}
}

// call is what an operation knows of its request besides the input. s.mu is held while it runs.
type call struct {
	s      *Server
	who    principal
	region string
	record *Call
}

// key finds the key that the request names.
func (c *call) key(id string) (*key, *apiError) {
	c.record.KeyID = id
	return c.s.lookup(id, c.region, c.who.Account)
}

// dryRun notes whether the request is a dry run and says whether it is to be treated as one.
func (c *call) dryRun(asked bool) bool {
	c.record.DryRun = asked
	return asked && !c.s.noDryRun
}

type operation func(*call, []byte) (any, *apiError)

// handle turns a function of a decoded input into an operation.
func handle[In any](f func(*call, In) (any, *apiError)) operation {
	return func(c *call, body []byte) (any, *apiError) {
		var in In
		if err := json.Unmarshal(body, &in); err != nil {
			return nil, fail("SerializationException", "")
		}
		return f(c, in)
	}
}

func operations() map[string]operation {
	return map[string]operation{
		"CreateKey":           handle(createKey),
		"DescribeKey":         handle(describeKey),
		"ListKeys":            handle(listKeys),
		"EnableKey":           handle(enableKey),
		"DisableKey":          handle(disableKey),
		"ScheduleKeyDeletion": handle(scheduleKeyDeletion),
		"CancelKeyDeletion":   handle(cancelKeyDeletion),
		"GenerateDataKey":     handle(generateDataKey),
		"Encrypt":             handle(encrypt),
		"Decrypt":             handle(decrypt),
		"ReEncrypt":           handle(reEncrypt),
		"RotateKeyOnDemand":   handle(rotateKeyOnDemand),
		"ListKeyRotations":    handle(listKeyRotations),
		"CreateGrant":         handle(createGrant),
		"RevokeGrant":         handle(revokeGrant),
		"ListGrants":          handle(listGrants),
		"CreateAlias":         handle(createAlias),
		"UpdateAlias":         handle(updateAlias),
		"DeleteAlias":         handle(deleteAlias),
		"ListAliases":         handle(listAliases),
	}
}

// jsonAnswer encodes a result or an error as AWS JSON 1.1 does. An operation without a result answers "{}".
func jsonAnswer(out any, refusal *apiError) (int, []byte) {
	if refusal == nil {
		return http.StatusOK, encode(out)
	}
	body := map[string]string{"__type": refusal.code}
	if refusal.message != "" {
		body["message"] = refusal.message
	}
	return refusal.status, encode(body)
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("kmstest: answer cannot be encoded: " + err.Error())
	}
	return b
}

// nothing is the result of an operation that returns none.
type nothing struct{}
