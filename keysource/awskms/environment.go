package awskms

import (
	"context"
	"net/http"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/endpointcreds"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/smithy-go/logging"
)

// environment is what all clients share: the SDK's configuration with the proxy's own credentials, and the two
// connection pools. It is dropped as a whole when the credentials fail, so that the next call reads them anew.
type environment struct {
	config aws.Config
	kms    *http.Client
	sts    *http.Client

	mu      sync.Mutex
	clients map[clientID]*client // one for each way of asking that was ever used: a few KB for each tenant
}

// load reads environment variables and the shared files. It asks no network.
func load(ctx context.Context, o Options) (*environment, error) {
	state := imds.ClientDisabled
	if o.InstanceMetadata {
		state = imds.ClientEnabled
	}
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(o.Timeouts.buildable()),
		config.WithRetryer(func() aws.Retryer { return o.Timeouts.retryer(1) }),
		config.WithEndpointCredentialOptions(func(e *endpointcreds.Options) {
			e.HTTPClient = o.Timeouts.buildable() // the only source that does not take the one above
		}),
		config.WithDefaultsMode(aws.DefaultsModeLegacy), // "auto" asks the instance metadata, others change time-outs
		config.WithEC2IMDSClientEnableState(state),
		config.WithAppID("pgseal"),
		config.WithLogger(logging.Nop{}), // else the SDK writes warnings to the standard error
	}
	if o.Credentials != nil {
		options = append(options, config.WithCredentialsProvider(o.Credentials))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, &ownError{err}
	}
	cfg.Credentials = ownCredentials{cfg.Credentials}
	cfg.ClientLogMode = 0 // the SDK can log bodies, which hold data keys
	cfg.DisableClockSkewCorrection = true
	return &environment{
		config: cfg, kms: o.Timeouts.client(cfg.HTTPClient), sts: o.Timeouts.client(cfg.HTTPClient),
		clients: map[clientID]*client{},
	}, nil
}

func (e *environment) close() {
	e.kms.CloseIdleConnections()
	e.sts.CloseIdleConnections()
}
