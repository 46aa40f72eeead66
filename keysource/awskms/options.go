package awskms

import (
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Options of a Wrapper; the zero value is ready for use.
type Options struct {
	// Endpoint takes the place of AWS's own for KMS and STS: an emulator, or a test server. A KeySpec's endpoint takes
	// precedence for KMS.
	Endpoint string
	// STSEndpoint takes precedence over Endpoint for STS.
	STSEndpoint string
	// PlainHTTP allows endpoints that begin with http:// on other machines. Not for production.
	PlainHTTP bool
	// InstanceMetadata lets the credential chain end at the metadata service of the machine (EC2).
	InstanceMetadata bool
	// Credentials are the proxy's own; nil takes the SDK's usual chain.
	Credentials aws.CredentialsProvider
	// Timeouts that are 0 have their defaults.
	Timeouts Timeouts
}

// Timeouts are all the limits on how long a KMS may take. Keys in far regions need larger ones; whoever raises them
// raises how late a denial or an outage is known.
type Timeouts struct {
	Operation time.Duration // all attempts of one operation, credentials included; default 2.5 s
	Attempt   time.Duration // one HTTP request, from dialling to the last byte; default 900 ms
	Dial      time.Duration // name look-up and TCP connection; default 500 ms
	TLS       time.Duration // TLS handshake; default 500 ms
	Header    time.Duration // from the request sent to the answer's header; default 800 ms
	Backoff   time.Duration // between two attempts; default 100 ms
	Inquiry   time.Duration // DescribeKey after KMSInvalidStateException; default 600 ms
	Attempts  int           // of one KMS request, STS has 1; default 2
}

// DefaultTimeouts are those that Options{} has. Measured with them on loopback: denial under 1 ms, refused connection
// 0.1 s, silent TLS or unanswered SYN 1.1 s, silent HTTP or STS 1.7 s, half a body 1.9 s.
func DefaultTimeouts() Timeouts {
	return Timeouts{
		Operation: 2500 * time.Millisecond,
		Attempt:   900 * time.Millisecond,
		Dial:      500 * time.Millisecond,
		TLS:       500 * time.Millisecond,
		Header:    800 * time.Millisecond,
		Backoff:   100 * time.Millisecond,
		Inquiry:   600 * time.Millisecond,
		Attempts:  2,
	}
}

// withDefaults fills in what is 0.
func (t Timeouts) withDefaults() (Timeouts, error) {
	d := DefaultTimeouts()
	for _, f := range []struct {
		name        string
		v, fallback *time.Duration
	}{
		{"Operation", &t.Operation, &d.Operation}, {"Attempt", &t.Attempt, &d.Attempt}, {"Dial", &t.Dial, &d.Dial},
		{"TLS", &t.TLS, &d.TLS}, {"Header", &t.Header, &d.Header}, {"Backoff", &t.Backoff, &d.Backoff},
		{"Inquiry", &t.Inquiry, &d.Inquiry},
	} {
		if *f.v < 0 {
			return t, fmt.Errorf("awskms: time-out %s is negative: %v", f.name, *f.v)
		}
		if *f.v == 0 {
			*f.v = *f.fallback
		}
	}
	if t.Attempts < 0 {
		return t, errors.New("awskms: number of attempts is negative")
	}
	if t.Attempts == 0 {
		t.Attempts = d.Attempts
	}
	return t, nil
}

// checked is o with its defaults, or an error.
func (o Options) checked() (Options, error) {
	for _, endpoint := range []string{o.Endpoint, o.STSEndpoint} {
		if endpoint == "" {
			continue
		}
		if err := CheckEndpoint(endpoint, o.PlainHTTP); err != nil {
			return o, err
		}
	}
	if o.STSEndpoint == "" {
		o.STSEndpoint = o.Endpoint
	}
	var err error
	o.Timeouts, err = o.Timeouts.withDefaults()
	return o, err
}
