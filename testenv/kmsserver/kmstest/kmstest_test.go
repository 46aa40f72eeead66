package kmstest_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"go.uber.org/goleak"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	region  = "eu-central-1"
	account = "111122223333"
)

// start runs a server for the length of the test.
func start(t *testing.T, o kmstest.Options) *kmstest.Server {
	t.Helper()
	s, err := kmstest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// httpClient has its own connections, which end with the test.
func httpClient(t *testing.T) *http.Client {
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 5 * time.Second}
}

// as is a KMS client of the real SDK that does not retry, signing with the access key of the principal.
func as(t *testing.T, s *kmstest.Server, cred aws.Credentials) *kms.Client {
	return kms.New(kms.Options{
		BaseEndpoint: aws.String(s.URL()), Region: region, HTTPClient: httpClient(t), Retryer: aws.NopRetryer{},
		Credentials: credentials.StaticCredentialsProvider{Value: cred}, DisableClockSkewCorrection: true,
	})
}

func anybody() aws.Credentials {
	return aws.Credentials{AccessKeyID: "AKIDANYBODY", SecretAccessKey: "whatever"}
}

func stsAs(t *testing.T, s *kmstest.Server, cred aws.Credentials) *sts.Client {
	return sts.New(sts.Options{
		BaseEndpoint: aws.String(s.URL()), Region: region, HTTPClient: httpClient(t), Retryer: aws.NopRetryer{},
		Credentials: credentials.StaticCredentialsProvider{Value: cred}, DisableClockSkewCorrection: true,
	})
}

// wantCode fails unless err is the API error with this code.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var api smithy.APIError
	if !errors.As(err, &api) {
		t.Fatalf("got %v, want %s", err, code)
	}
	if api.ErrorCode() != code {
		t.Fatalf("got %s (%s), want %s", api.ErrorCode(), api.ErrorMessage(), code)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// dataKey makes a data key with the context of the tests.
func dataKey(t *testing.T, c *kms.Client, arn string) *kms.GenerateDataKeyOutput {
	t.Helper()
	return must[*kms.GenerateDataKeyOutput](t)(c.GenerateDataKey(context.Background(), &kms.GenerateDataKeyInput{
		KeyId: &arn, KeySpec: "AES_256", EncryptionContext: pairs(),
	}))
}

func pairs() map[string]string { return map[string]string{"tenant": "acme", "purpose": "test"} }
