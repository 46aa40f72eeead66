package awskms

import (
	"bytes"
	"errors"
	"io"
	"net/http"
)

// maxAnswer is how long an answer may be. The longest that KMS or STS gives has a few kilobytes; the SDK reads whatever comes into memory.
// maxHeader bounds its header, maxRequest what is asked.
const (
	maxAnswer  = 1 << 20
	maxHeader  = 64 << 10
	maxRequest = 64 << 10
)

var (
	// errTooLong: something answers without end. It counts as no answer.
	errTooLong = errors.New("awskms: the answer is longer than any of KMS")
	errTooMuch = errors.New("awskms: the request is longer than any to KMS")
)

// wholeRequests sends each request in one piece and cuts answers off at maxAnswer.
//
// In one piece, because the SDK closes the body of a request as soon as the header of the answer is there, and what it then gives to net/http, which may
// still be looking for the end of that body, is an error: net/http closes the connection under the answer. Where an answer came in two pieces one in
// twenty was lost in that way, and its connection with it.
type wholeRequests struct{ *http.Transport }

// RoundTrip is that of the transport.
func (w wholeRequests) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
		err = errors.Join(err, r.Body.Close())
		if err == nil && len(body) > maxRequest {
			err = errTooMuch
		}
		if err != nil {
			return nil, err
		}
		whole := *r
		whole.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		whole.Body, _ = whole.GetBody()
		r = &whole
	}
	resp, err := w.Transport.RoundTrip(r)
	if err == nil {
		resp.Body = &boundedBody{body: resp.Body, left: maxAnswer}
	}
	return resp, err
}

// boundedBody is a body that ends with errTooLong.
type boundedBody struct {
	body io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.body.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func (b *boundedBody) Close() error { return b.body.Close() }
