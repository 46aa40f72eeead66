package kmstest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// The answers of the server, byte for byte where AWS's are known. Origin of each line:
//
//	recorded   recordings of the real service, in integration tests of public SDKs and in the snapshots by which
//	           public emulators compare themselves with AWS
//	reported   quoted from the real service in a public bug report: hashicorp/terraform-provider-aws#17889
//	reference  API reference or developer guide of AWS KMS
//	unknown    the code is AWS's, the text is ours
func TestAnswers(t *testing.T) {
	s := start(t, kmstest.Options{})
	disabled := keyIn(t, s, kmstest.Disabled)
	deleting := keyIn(t, s, kmstest.PendingDeletion)
	importing := keyIn(t, s, kmstest.PendingImport)
	unavailable := keyIn(t, s, kmstest.Unavailable)
	open, other := keyIn(t, s, kmstest.Enabled), keyIn(t, s, kmstest.Enabled)
	signing := s.CreateKey(kmstest.KeyOptions{Usage: "SIGN_VERIFY"})
	hmac := s.CreateKey(kmstest.KeyOptions{Usage: "GENERATE_VERIFY_MAC"})
	asymmetric := s.CreateKey(kmstest.KeyOptions{Spec: "RSA_4096"})
	gone := "arn:aws:kms:" + region + ":" + account + ":key/00000000-0000-4000-8000-000000000000"
	elsewhere := s.CreateKey(kmstest.KeyOptions{Region: "us-east-1"})
	blob := dataKey(t, as(t, s, anybody()), open).CiphertextBlob
	spoilt := bytes.Clone(blob)
	spoilt[len(spoilt)-1] ^= 1

	generate := func(id string) map[string]any { return map[string]any{"KeyId": id, "KeySpec": "AES_256"} }
	decrypt := func(id string, blob []byte, context map[string]string) map[string]any {
		return map[string]any{"KeyId": id, "CiphertextBlob": blob, "EncryptionContext": context}
	}
	for _, tt := range []struct {
		name, origin, operation string
		input                   map[string]any
		status                  int
		code, message           string
	}{
		{"wrong context", "recorded", "Decrypt", decrypt(open, blob, map[string]string{"tenant": "evil"}), 400, "InvalidCiphertextException", ""},
		{"missing context", "recorded", "Decrypt", decrypt(open, blob, nil), 400, "InvalidCiphertextException", ""},
		{"spoilt blob", "recorded", "Decrypt", decrypt(open, spoilt, pairs()), 400, "InvalidCiphertextException", ""},
		{"garbage blob", "recorded", "Decrypt", decrypt(open, []byte("x"), pairs()), 400, "InvalidCiphertextException", ""},
		{"another key", "recorded", "Decrypt", decrypt(other, blob, pairs()), 400, "IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation."},
		{"disabled", "recorded", "GenerateDataKey", generate(disabled), 400, "DisabledException", disabled + " is disabled."},
		{"pending import", "recorded", "GenerateDataKey", generate(importing), 400, "KMSInvalidStateException", importing + " is pending import."},
		{"pending deletion", "reported", "GenerateDataKey", generate(deleting), 400, "KMSInvalidStateException", deleting + " is pending deletion."},
		{"store disconnected", "unknown", "GenerateDataKey", generate(unavailable), 400, "KMSInvalidStateException", unavailable + " is unavailable."},
		{"no such key", "recorded", "GenerateDataKey", generate(gone), 400, "NotFoundException", "Key '" + gone + "' does not exist"},
		{"malformed id", "recorded", "DescribeKey", map[string]any{"KeyId": "fantasy"}, 400, "NotFoundException", "Invalid keyId 'fantasy'"},
		{"other region", "recorded", "DescribeKey", map[string]any{"KeyId": elsewhere}, 400, "NotFoundException", "Invalid arn us-east-1"},
		{"no such alias", "recorded", "DescribeKey", map[string]any{"KeyId": "alias/none"}, 400, "NotFoundException", "Alias arn:aws:kms:" + region + ":" + account + ":alias/none is not found."},
		{"wrong usage", "reference", "GenerateDataKey", generate(signing), 400, "InvalidKeyUsageException", signing + " key usage is SIGN_VERIFY which is not valid for GenerateDataKey."},
		{"HMAC key", "reference", "GenerateDataKey", generate(hmac), 400, "InvalidKeyUsageException", hmac + " key usage is GENERATE_VERIFY_MAC which is not valid for GenerateDataKey."},
		{"asymmetric key", "unknown", "GenerateDataKey", generate(asymmetric), 400, "InvalidKeyUsageException", asymmetric + " key spec is RSA_4096 which is not valid for GenerateDataKey."},
		{"dry run", "recorded", "GenerateDataKey", map[string]any{"KeyId": open, "KeySpec": "AES_256", "DryRun": true}, 400, "DryRunOperationException", "The request would have succeeded, but the DryRun option is set."},
		{"no key id", "recorded", "GenerateDataKey", map[string]any{}, 400, "ValidationException", "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null"},
		{"no spec", "recorded", "GenerateDataKey", map[string]any{"KeyId": open}, 400, "ValidationException", "Please specify either number of bytes or key spec."},
		{"not to be cancelled", "unknown", "CancelKeyDeletion", map[string]any{"KeyId": open}, 400, "KMSInvalidStateException", open + " is not pending deletion."},
		{"unknown operation", "reference", "Frobnicate", map[string]any{}, 400, "UnknownOperationException", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, code, message := post(t, s, tt.operation, tt.input)
			if status != tt.status || code != tt.code || message != tt.message {
				t.Errorf("%s (%s)\n got %d %s %q\nwant %d %s %q", tt.operation, tt.origin, status, code, message, tt.status, tt.code, tt.message)
			}
		})
	}
}

// Statuses other than 400 are those of the API reference.
func TestStatusOfServerFaults(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{CustomKeyStore: true})
	for code, want := range map[string]int{
		"KMSInternalException": 500, "KeyUnavailableException": 500, "DependencyTimeoutException": 503,
		"CloudHsmClusterInvalidConfigurationException": 400, "KMSInvalidStateException": 400,
	} {
		if err := s.Trouble(arn, code); err != nil {
			t.Fatal(err)
		}
		if status, got, _ := post(t, s, "GenerateDataKey", map[string]any{"KeyId": arn, "KeySpec": "AES_256"}); status != want || got != code {
			t.Errorf("%s: got %d %s, want %d", code, status, got, want)
		}
	}
}

func keyIn(t *testing.T, s *kmstest.Server, state kmstest.State) string {
	t.Helper()
	arn := s.CreateKey(kmstest.KeyOptions{})
	if err := s.SetState(arn, state); err != nil {
		t.Fatal(err)
	}
	return arn
}

// post speaks the JSON protocol without the SDK, which would hide an empty message and a wrong __type.
func post(t *testing.T, s *kmstest.Server, operation string, input map[string]any) (status int, code, message string) {
	t.Helper()
	body, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, s.URL(), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "TrentService."+operation)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDANYBODY/20260101/"+region+"/kms/aws4_request, SignedHeaders=host, Signature=00")
	resp, err := httpClient(t).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var out struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	if out.Message == "" && strings.Contains(string(answer), "message") {
		t.Errorf("an empty message is left out, not sent empty: %s", answer)
	}
	if resp.Header.Get("X-Amzn-Requestid") == "" {
		t.Error("no request id")
	}
	return resp.StatusCode, out.Type, out.Message
}
