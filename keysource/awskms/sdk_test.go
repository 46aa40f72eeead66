package awskms_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// The SDK's own habits, which the driver's settings are there for. When a new version of the SDK has others, these tests tell.

// bareSDK is a client as the SDK makes one of its defaults, but without pauses between attempts.
func bareSDK(t *testing.T, st *stage, client aws.HTTPClient) *kms.Client {
	t.Helper()
	cfg, err := config.LoadDefaultConfig(t.Context(), config.WithRegion("eu-central-1"), config.WithHTTPClient(client),
		config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(accessKey, secretKey, "")),
		config.WithRetryer(func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) {
				o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
			})
		}))
	must(t, err)
	return kms.NewFromConfig(cfg, func(o *kms.Options) { o.BaseEndpoint = aws.String(st.server.URL()) })
}

func ownClient(t *testing.T, limit time.Duration) *http.Client {
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: limit}
}

func (st *stage) decryptBare(ctx context.Context, c *kms.Client) error {
	_, err := c.Decrypt(ctx, &kms.DecryptInput{KeyId: &st.spec.KeyARN, CiphertextBlob: st.wrapped.Ciphertext, EncryptionContext: pairsOf(st.spec)})
	return err
}

// askAsSDK is how many requests the SDK makes of one Decrypt in the present scene.
func askAsSDK(t *testing.T, st *stage) int {
	t.Helper()
	c := bareSDK(t, st, ownClient(t, 10*time.Second))
	st.server.ResetCounts()
	if err := st.decryptBare(t.Context(), c); err == nil {
		t.Error("the SDK by itself succeeds")
	}
	return st.server.Count("Decrypt")
}

// After 100 retries that failed the SDK repeats nothing more; what KMS answered stays in the chain.
func TestSDKRetryQuota(t *testing.T) {
	t.Parallel()
	st := newStage(t)
	st.fault(t, kmstest.Fault{Kind: kmstest.Throttle})
	c := bareSDK(t, st, ownClient(t, 10*time.Second))
	calls := 0
	for n := 3; n == 3; calls++ {
		if calls > 200 {
			t.Fatal("the SDK's quota is never used up")
		}
		st.server.ResetCounts()
		if err := st.decryptBare(t.Context(), c); err == nil {
			t.Fatal("succeeds")
		}
		n = st.server.Count("Decrypt")
	}
	if calls < 40 || calls > 110 {
		t.Errorf("used up after %d calls", calls)
	}
	var api smithy.APIError
	err := st.decryptBare(t.Context(), c)
	if !errors.As(err, &api) || api.ErrorCode() != "ThrottlingException" {
		t.Errorf("without quota: %v", err)
	}
}

// The time-out of an http.Client looks like the caller's deadline to errors.Is: only the context itself can tell.
func TestSDKClientTimeoutIsNotTheCallers(t *testing.T) {
	t.Parallel()
	st := newStage(t)
	st.fault(t, kmstest.Fault{Kind: kmstest.Hang})
	ctx := t.Context()
	err := st.decryptBare(ctx, bareSDK(t, st, ownClient(t, 50*time.Millisecond)))
	if !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
		t.Errorf("%v, context: %v", err, ctx.Err())
	}
}

// With AWS_CA_BUNDLE the SDK's configuration takes no HTTP client but its own kind.
func TestSDKRefusesOtherClientsWithCABundle(t *testing.T) {
	_, bundle := privateFront(t, newStage(t).server)
	t.Setenv("AWS_CA_BUNDLE", bundle)
	if _, err := config.LoadDefaultConfig(t.Context(), config.WithHTTPClient(&http.Client{})); err == nil {
		t.Error("it does now")
	}
}
