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
// connection pools. When the credentials fail, the next call reads them anew; connections and the sessions of roles stay, or one
// tenant whose KMS refuses us would have those of all others made anew.
type environment struct {
	config aws.Config
	own    *ownCredentials
	failed bool // own's provider is to be exchanged; guarded by the wrapper's mu
	kms    *http.Client
	sts    *http.Client

	mu      sync.Mutex
	clients map[clientID]*client // one for each way of asking that was ever used: a few KB for each tenant
}

// load reads environment variables and the shared files. It asks no network.
func load(ctx context.Context, o Options) (*environment, error) {
	cfg, err := loadConfig(ctx, o)
	if err != nil {
		return nil, err
	}
	own := &ownCredentials{}
	own.use(cfg.Credentials)
	cfg.Credentials = own
	return &environment{
		config: cfg, own: own, kms: o.Timeouts.client(cfg.HTTPClient), sts: o.Timeouts.client(cfg.HTTPClient),
		clients: map[clientID]*client{},
	}, nil
}

// renew reads the proxy's own credentials anew.
func (e *environment) renew(ctx context.Context, o Options) error {
	cfg, err := loadConfig(ctx, o)
	if err != nil {
		return err
	}
	e.own.use(cfg.Credentials)
	return nil
}

func loadConfig(ctx context.Context, o Options) (aws.Config, error) {
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
		return aws.Config{}, &ownError{err}
	}
	cfg.ClientLogMode = 0 // the SDK can log bodies, which hold data keys
	cfg.DisableClockSkewCorrection = true
	return cfg, nil
}

func (e *environment) close() {
	e.kms.CloseIdleConnections()
	e.sts.CloseIdleConnections()
}
