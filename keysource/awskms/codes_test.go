package awskms

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"
	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/keysource"
)

// Every error that the SDK has a type for is in the table, so that a new version of the SDK with new ones is noticed.
func TestTableKnowsEveryErrorOfTheSDK(t *testing.T) {
	known := []smithy.APIError{
		&ststypes.ExpiredTokenException{}, &ststypes.ExpiredTradeInTokenException{}, &ststypes.IDPCommunicationErrorException{},
		&ststypes.IDPRejectedClaimException{}, &ststypes.InvalidAuthorizationMessageException{},
		&ststypes.InvalidIdentityTokenException{}, &ststypes.MalformedPolicyDocumentException{},
		&ststypes.PackedPolicyTooLargeException{}, &ststypes.RegionDisabledException{},
		&ststypes.JWTPayloadSizeExceededException{}, &ststypes.OutboundWebIdentityFederationDisabledException{},
		&ststypes.SessionDurationEscalationException{},
	}
	for _, entry := range kms.TypeRegistry.Entries {
		if e, ok := entry.New().(smithy.APIError); ok {
			known = append(known, e)
		}
	}
	for _, e := range known {
		if _, ok := codeKind(e.ErrorCode()); !ok {
			t.Errorf("%s (%T) is not in the table", e.ErrorCode(), e)
		}
	}
	if n := len(known); n < 58 {
		t.Errorf("only %d error types found: this test has gone blind", n)
	}
}

// Every code that the SDK itself treats as throttling is KMSThrottled here, but for those of other services.
func TestTableKnowsTheThrottlingCodesOfTheSDK(t *testing.T) {
	others := map[string]bool{ // DynamoDB, S3, EC2
		"ProvisionedThroughputExceededException": true, "TransactionInProgressException": true,
		"PriorRequestNotComplete": true, "EC2ThrottledException": true,
	}
	for code := range retry.DefaultThrottleErrorCodes {
		if kind, _ := codeKind(code); kind != keysource.KMSThrottled && !others[code] {
			t.Errorf("%s is %v", code, kind)
		}
	}
}

// The kinds that decide between evicting and serving on, one line for each code where a mistake would be silent.
func TestTable(t *testing.T) {
	for kind, codes := range map[keysource.Kind]string{
		keysource.AccessDenied:        "AccessDeniedException AccessDenied NotAuthorized",
		keysource.KeyDisabled:         "DisabledException",
		keysource.KeyInvalidState:     "KMSInvalidStateException",
		keysource.KeyNotFound:         "NotFoundException InvalidArnException",
		keysource.KeyStoreUnavailable: "KeyUnavailableException DependencyTimeoutException XksProxyInvalidResponseException CloudHsmClusterNotActiveException",
		keysource.KMSUnreachable:      "KMSInternalException ServiceUnavailable InternalFailure DryRunOperationException SomethingNew",
		keysource.KMSThrottled:        "ThrottlingException Throttling LimitExceededException TooManyRequestsException",
		keysource.KMSCredentials:      "ExpiredTokenException ExpiredToken UnrecognizedClientException InvalidClientTokenId InvalidSignatureException SignatureDoesNotMatch IncompleteSignature MissingAuthenticationTokenException RequestExpired RequestTimeTooSkewed OptInRequired",
		keysource.KeyMismatch:         "IncorrectKeyException InvalidCiphertextException InvalidKeyUsageException ValidationException UnsupportedOperationException",
	} {
		for code := range strings.FieldsSeq(codes) {
			if got, _ := codeKind(code); got != kind {
				t.Errorf("%s is %v, want %v", code, got, kind)
			}
		}
	}
	if _, known := codeKind("SomethingNew"); known {
		t.Error("an unknown code counts as known")
	}
}

// What follows from where an error arose, not from its code alone.
func TestKindOfPlace(t *testing.T) {
	denied := &smithy.GenericAPIError{Code: "AccessDenied"}
	validation := &smithy.GenericAPIError{Code: "ValidationError"}
	for name, tt := range map[string]struct {
		err  error
		want keysource.Kind
	}{
		"role denied":                 {&roleError{denied}, keysource.AccessDenied},
		"role malformed":              {&roleError{validation}, keysource.AccessDenied},
		"own credentials denied":      {&ownError{denied}, keysource.KMSCredentials},
		"own credentials, for a role": {&roleError{fmt.Errorf("sign: %w", &ownError{denied})}, keysource.KMSCredentials},
		"network":                     {errors.New("connection refused"), keysource.KMSUnreachable},
		"no retry quota left":         {errors.Join(&smithy.GenericAPIError{Code: "ThrottlingException"}, errors.New("quota")), keysource.KMSThrottled},
		"answer about another key":    {errOtherKey, keysource.KeyMismatch},
		"incomplete answer":           {errIncomplete, keysource.KMSUnreachable},
		"key ARN that cannot be":      {&InvalidError{What: "key ARN"}, keysource.KeyNotFound},
		"role ARN that cannot be":     {&InvalidError{What: "role ARN"}, keysource.AccessDenied},
		"external id that cannot be":  {&InvalidError{What: "external id"}, keysource.AccessDenied},
		"endpoint that cannot be":     {&InvalidError{What: "endpoint"}, keysource.KMSUnreachable},
	} {
		if got := kindOf(tt.err); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// Every state that the SDK knows is judged, and one that it does not know is a no.
func TestStateKind(t *testing.T) {
	serveOn := map[types.KeyState]bool{
		types.KeyStateUnavailable: true, types.KeyStateEnabled: true, types.KeyStateCreating: true, types.KeyStateUpdating: true,
	}
	for _, state := range append(types.KeyState("").Values(), "Confiscated") {
		want := keysource.KeyInvalidState
		if serveOn[state] {
			want = keysource.KeyStoreUnavailable
		}
		if got := stateKind(state); got != want {
			t.Errorf("%s: %v, want %v", state, got, want)
		}
	}
}

// An answer that cannot be decoded is not quoted: it may hold a data key.
func TestUnreadableAnswerIsNotQuoted(t *testing.T) {
	const secret = "cGxhaW50ZXh0"
	err := readable(&smithy.DeserializationError{Err: errors.New("unexpected " + secret), Snapshot: []byte(secret)})
	if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, secret) {
		t.Errorf("quoted: %s", text)
	}
}

// An answer about another key, or without a data key in it, is not used, and its plaintext is cleared.
func TestCheckAnswer(t *testing.T) {
	const arn = "arn:aws:kms:eu-central-1:111122223333:key/1"
	other := arn + "2"
	for name, tt := range map[string]struct {
		keyID    *string
		complete bool
		size     int
		want     error
	}{
		"right":        {new(arn), true, 32, nil},
		"other key":    {&other, true, 32, errOtherKey},
		"no key":       {nil, true, 32, errIncomplete},
		"no plaintext": {new(arn), true, 0, errIncomplete},
		"no blob":      {new(arn), false, 32, errIncomplete},
		"short":        {new(arn), true, 16, errOtherKey},
	} {
		plaintext := bytes.Repeat([]byte{7}, tt.size)
		err := checkAnswer(arn, tt.keyID, tt.complete, plaintext)
		if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if err != nil && bytes.Contains(plaintext, []byte{7}) {
			t.Errorf("%s: the plaintext is left", name)
		}
	}
	for name, tt := range map[string]struct {
		keyID *string
		blob  string
		want  error
	}{"right": {new(arn), "x", nil}, "other key": {&other, "x", errOtherKey}, "no key": {nil, "x", errIncomplete}, "no blob": {new(arn), "", errIncomplete}} {
		if _, err := rewrapped(arn, tt.keyID, []byte(tt.blob), nil); !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
			t.Errorf("rewrapped, %s: %v, want %v", name, err, tt.want)
		}
	}
}
