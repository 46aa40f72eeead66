package awskms

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

// clientID is all that makes one KMS client differ from another.
type clientID struct {
	tenant                             crypto.TenantID // in the name of the role's session; zero without a role
	region, endpoint, role, externalID string
}

func idOf(spec keysource.KeySpec, key KeyARN) clientID {
	id := clientID{region: key.Region, endpoint: spec.Endpoint}
	if spec.RoleARN != "" {
		id.tenant, id.role, id.externalID = spec.TenantID, spec.RoleARN, spec.ExternalID
	}
	return id
}

// sameClient says whether one client may ask for both keys: same region, endpoint and principal.
func sameClient(a, b keysource.KeySpec) bool {
	first, err := ParseKeyARN(a.KeyARN)
	if err != nil {
		return false
	}
	second, err := ParseKeyARN(b.KeyARN)
	return err == nil && idOf(a, first) == idOf(b, second)
}

// client asks KMS in one way: one region, endpoint and principal.
type client struct {
	kms  *kms.Client
	role *roleCredentials // nil when the proxy's own credentials are used
}

// client returns the client for spec, made at its first use. The settings of spec are checked here, because they may
// come from a database.
func (e *environment) client(spec keysource.KeySpec, key KeyARN, o Options) (*client, error) {
	if err := CheckSpec(spec, o.PlainHTTP); err != nil {
		return nil, err
	}
	id := idOf(spec, key)
	e.mu.Lock()
	defer e.mu.Unlock()
	if c := e.clients[id]; c != nil {
		return c, nil
	}
	c, err := e.newClient(spec, key.Region, o)
	if err != nil {
		return nil, err
	}
	e.clients[id] = c
	return c, nil
}

// CheckSpec says what is wrong with the settings of spec, as *InvalidError: key ARN, role, external id, endpoint.
func CheckSpec(spec keysource.KeySpec, plainHTTP bool) error {
	if _, err := ParseKeyARN(spec.KeyARN); err != nil {
		return err
	}
	if spec.RoleARN != "" {
		if err := CheckRoleARN(spec.RoleARN); err != nil {
			return err
		}
	}
	if spec.ExternalID != "" {
		if err := CheckExternalID(spec.ExternalID); err != nil {
			return err
		}
		if spec.RoleARN == "" {
			return &InvalidError{What: "external id", Value: spec.ExternalID, Why: "it is only used together with a role ARN"}
		}
	}
	if spec.Endpoint != "" {
		return CheckEndpoint(spec.Endpoint, plainHTTP)
	}
	return nil
}

func (e *environment) newClient(spec keysource.KeySpec, region string, o Options) (*client, error) {
	c := &client{}
	credentials := e.config.Credentials
	if spec.RoleARN != "" {
		client := e.newSTS(region, o)
		if err := checkBase(client.Options().BaseEndpoint, o); err != nil {
			return nil, err
		}
		c.role = newRoleCredentials(client, spec)
		credentials = c.role
	}
	endpoint := spec.Endpoint
	if endpoint == "" {
		endpoint = o.Endpoint
	}
	c.kms = kms.NewFromConfig(e.config, func(k *kms.Options) {
		k.Region = region
		k.Credentials = credentials
		k.HTTPClient = e.kms
		k.Retryer = o.Timeouts.retryer(o.Timeouts.Attempts)
		k.APIOptions = append(k.APIOptions, ignoreRetryAfter)
		if endpoint != "" {
			k.BaseEndpoint = aws.String(endpoint)
			k.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled // the SDK allows not both
			k.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateDisabled
		}
	})
	return c, checkBase(c.kms.Options().BaseEndpoint, o)
}

// checkBase holds an endpoint to the rules wherever it comes from: the SDK takes those of AWS_ENDPOINT_URL and of shared files as they are.
func checkBase(endpoint *string, o Options) error {
	if endpoint == nil {
		return nil
	}
	return CheckEndpoint(*endpoint, o.PlainHTTP)
}

// newSTS is the client for sessions of a role: one attempt, because KMS's own retry asks again.
func (e *environment) newSTS(region string, o Options) *sts.Client {
	return sts.NewFromConfig(e.config, func(s *sts.Options) {
		s.Region = region
		s.HTTPClient = e.sts
		s.Retryer = o.Timeouts.retryer(1)
		s.APIOptions = append(s.APIOptions, ignoreRetryAfter)
		if o.STSEndpoint != "" {
			s.BaseEndpoint = aws.String(o.STSEndpoint)
			s.EndpointOptions.UseFIPSEndpoint = aws.FIPSEndpointStateDisabled
			s.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateDisabled
		}
	})
}
