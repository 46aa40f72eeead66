package awskms

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/legatics/pgseal/keysource"
)

// sessionLife is how long a role's session lasts: the shortest that STS grants. renewBefore is how long before its
// end a new one is asked for.
const (
	sessionLife = 15 * time.Minute
	renewBefore = time.Minute
)

// ownError marks a failure to get the proxy's own credentials, roleError one to assume the tenant's role: the same
// code of STS means KMSCredentials in the first case and AccessDenied in the second.
type (
	ownError  struct{ err error }
	roleError struct{ err error }
)

func (e *ownError) Error() string  { return "the proxy's own AWS credentials: " + e.err.Error() }
func (e *ownError) Unwrap() error  { return e.err }
func (e *roleError) Error() string { return "the role of the tenant: " + e.err.Error() }
func (e *roleError) Unwrap() error { return e.err }

// ownCredentials are the proxy's own: it marks their errors, and its provider can be exchanged under the clients that have it.
type ownCredentials struct {
	provider atomic.Pointer[aws.CredentialsProvider]
}

func (p *ownCredentials) use(provider aws.CredentialsProvider) { p.provider.Store(&provider) }

func (p *ownCredentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	c, err := (*p.provider.Load()).Retrieve(ctx)
	if err != nil {
		return c, &ownError{err}
	}
	return c, nil
}

// roleCredentials are sessions of a tenant's role, kept until shortly before they end.
type roleCredentials struct{ cache *aws.CredentialsCache }

// newRoleCredentials assumes the role of spec through client. The name of the session has the tenant's id, for the
// trail of whoever owns the role.
func newRoleCredentials(client *sts.Client, spec keysource.KeySpec) *roleCredentials {
	provider := stscreds.NewAssumeRoleProvider(client, spec.RoleARN, func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName = "pgseal-" + spec.TenantID.String()
		o.Duration = sessionLife
		if spec.ExternalID != "" {
			o.ExternalID = aws.String(spec.ExternalID)
		}
	})
	return &roleCredentials{aws.NewCredentialsCache(provider, func(o *aws.CredentialsCacheOptions) {
		o.ExpiryWindow = renewBefore
	})}
}

// Retrieve returns within ctx; the cache runs the request to STS without it, bounded by the client's own time-outs.
func (p *roleCredentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	c, err := p.cache.Retrieve(ctx)
	if err != nil {
		return c, &roleError{err}
	}
	return c, nil
}
