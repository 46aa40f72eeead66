package awskms

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/keysource"
)

// Every error that the SDK has a type for, read from its source, is in the table, so that a new version of the SDK with new ones is noticed.
func TestTableKnowsEveryErrorOfTheSDK(t *testing.T) {
	for service, atLeast := range map[string]int{"kms": 45, "sts": 12} {
		found := codesOfSDK(t, service)
		for _, code := range found {
			if _, ok := codeKind(code); !ok {
				t.Errorf("%s: %s is not in the table", service, code)
			}
		}
		if len(found) < atLeast {
			t.Errorf("%s: only %d error types found: this test has gone blind", service, len(found))
		}
	}
	source := codesOfSDK(t, "kms")
	for _, entry := range kms.TypeRegistry.Entries { // the same by another way
		if e, ok := entry.New().(smithy.APIError); ok && !slices.Contains(source, e.ErrorCode()) {
			t.Errorf("%s was not found in the SDK's source", e.ErrorCode())
		}
	}
}

// codesOfSDK reads what the methods ErrorCode of a service's package of types return.
func codesOfSDK(t *testing.T, service string) (found []string) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/aws/aws-sdk-go-v2/service/"+service+"/types").Output()
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "errors.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Name.Name == "ErrorCode" {
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					found = append(found, strings.Trim(lit.Value, `"`))
				}
				return true
			})
		}
	}
	return found
}

// The errors that the API references of KMS and STS list for each operation that the driver asks for, with what they mean there.
func TestTableKnowsTheErrorsOfEachOperation(t *testing.T) {
	known := append(codesOfSDK(t, "kms"), codesOfSDK(t, "sts")...)
	const crypto = "DependencyTimeoutException=KU005 DisabledException=KU002 DryRunOperationException=KU006 InvalidGrantTokenException=KU006 " +
		"InvalidKeyUsageException=KU011 KeyUnavailableException=KU005 KMSInternalException=KU006 KMSInvalidStateException=KU003 NotFoundException=KU004"
	for operation, errors := range map[string]string{
		"GenerateDataKey": crypto,
		"Encrypt":         crypto,
		"Decrypt":         crypto + " IncorrectKeyException=KU011 InvalidCiphertextException=KU011",
		"ReEncrypt":       crypto + " IncorrectKeyException=KU011 InvalidCiphertextException=KU011",
		"DescribeKey":     "DependencyTimeoutException=KU005 InvalidArnException=KU004 KMSInternalException=KU006 NotFoundException=KU004",
		"ListKeyRotations": "InvalidArnException=KU004 InvalidMarkerException=KU006 KMSInternalException=KU006 KMSInvalidStateException=KU003 NotFoundException=KU004 " +
			"UnsupportedOperationException=KU011",
		"AssumeRole": "ExpiredTokenException=KU008 MalformedPolicyDocument=KU006 PackedPolicyTooLarge=KU006 RegionDisabledException=KU008",
	} {
		for pair := range strings.FieldsSeq(errors) {
			code, want, _ := strings.Cut(pair, "=")
			if !slices.Contains(known, code) {
				t.Errorf("%s: the SDK has no type for %s", operation, code)
			}
			if kind, ok := codeKind(code); !ok || kind.Code() != want {
				t.Errorf("%s: %s is %s, want %s", operation, code, kind, want)
			}
		}
	}
	for code := range strings.FieldsSeq("AccessDeniedException ExpiredTokenException IncompleteSignature InternalFailure MalformedHttpRequestException NotAuthorized " +
		"OptInRequired RequestAbortedException RequestEntityTooLargeException RequestExpired RequestTimeoutException ServiceUnavailable ThrottlingException " +
		"UnrecognizedClientException UnknownOperationException ValidationError ValidationException") { // "Common Errors" of every service
		if _, ok := codeKind(code); !ok {
			t.Errorf("the common error %s is not in the table", code)
		}
	}
}

// These codes of KMS have no type in the SDK, so that nothing but ErrorCode can tell them.
func TestCodesWithoutTypes(t *testing.T) {
	typed := codesOfSDK(t, "kms")
	for code := range strings.FieldsSeq("AccessDeniedException ThrottlingException ValidationException ExpiredTokenException UnrecognizedClientException") {
		if slices.Contains(typed, code) {
			t.Errorf("%s has a type now", code)
		}
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
