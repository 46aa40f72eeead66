package awskms

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// buildable is the HTTP client for looking up the proxy's own credentials. It must be of this type: with
// AWS_CA_BUNDLE set the SDK's configuration refuses any other. Its connections are not kept: it is used once an hour.
func (t Timeouts) buildable() *awshttp.BuildableClient {
	return awshttp.NewBuildableClient().
		WithTimeout(t.Attempt).
		WithDialerOptions(func(d *net.Dialer) { d.Timeout = t.Dial }).
		WithTransportOptions(func(tr *http.Transport) {
			t.limit(tr)
			tr.DisableKeepAlives = true
		})
}

// client is an HTTP client for KMS or STS. It takes proxy and certificate settings over from the one of the SDK's
// configuration. It is a plain one, so that no defaults mode of the environment changes its time-outs when a service
// client is made of it, and so that its connections can be closed.
func (t Timeouts) client(from aws.HTTPClient) *http.Client {
	tr := t.buildable().GetTransport()
	if b, ok := from.(*awshttp.BuildableClient); ok {
		tr = b.GetTransport()
	}
	t.limit(tr)
	tr.DisableKeepAlives = false
	tr.MaxResponseHeaderBytes = maxHeader
	return &http.Client{
		Transport:     wholeRequests{tr},
		Timeout:       t.Attempt,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// limit sets the time-outs of one transport. HTTP/1.1 alone: an HTTP/2 connection that has silently died is shared by
// all requests and outlives their time-outs, so that the outage would last longer than its cause.
func (t Timeouts) limit(tr *http.Transport) {
	tr.TLSHandshakeTimeout = t.TLS
	tr.ResponseHeaderTimeout = t.Header
	tr.ForceAttemptHTTP2 = false
	tr.Protocols = new(http.Protocols)
	tr.Protocols.SetHTTP1(true)
	if tr.TLSClientConfig != nil {
		tr.TLSClientConfig = tr.TLSClientConfig.Clone()
		tr.TLSClientConfig.NextProtos = nil // where an earlier Clone of the transport has put HTTP/2
	}
}

// retryer makes attempts requests, with the same back-off between any two. Without a rate limiter, whose costs depend
// on the environment: the keyring asks once per tenant at a time and waits between failures by itself.
func (t Timeouts) retryer(attempts int) aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = attempts
		o.MaxBackoff = t.Backoff
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return t.Backoff, nil })
		o.RateLimiter = ratelimit.None
		o.Retryables = append(o.Retryables, retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
			if errors.Is(err, io.ErrUnexpectedEOF) { // a body cut short, which the SDK takes for nonsense
				return aws.TrueTernary
			}
			return aws.UnknownTernary
		}))
	})
}

// ignoreRetryAfter removes the header by which a server may ask for a pause of up to 5 s before the second attempt.
// The SDK obeys it when an environment variable says so.
func ignoreRetryAfter(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("pgseal:ignoreRetryAfter",
		func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
			out, metadata, err := next.HandleDeserialize(ctx, in)
			if resp, ok := out.RawResponse.(*smithyhttp.Response); ok {
				resp.Header.Del("X-Amz-Retry-After")
			}
			return out, metadata, err
		}), middleware.After)
}
