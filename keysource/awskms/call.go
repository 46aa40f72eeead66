package awskms

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/keysource"
)

// call is one operation on one key, within its time.
type call struct {
	wrapper *Wrapper
	env     *environment
	own     *aws.CredentialsProvider // the proxy's own credentials when the operation began
	client  *client
	spec    keysource.KeySpec
	key     KeyARN // spec.KeyARN
	op      string
	end     context.CancelFunc // to be called when the operation is over
}

// errTooSlow is the cause of a context that ended because Timeouts.Operation was over, not because of the caller.
var errTooSlow = errors.New("awskms: the operation took too long")

// begin starts an operation. Its errors are complete, and end need not be called after one.
func (w *Wrapper) begin(ctx context.Context, op string, spec keysource.KeySpec) (context.Context, *call, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, w.options.Timeouts.Operation, errTooSlow)
	c := &call{wrapper: w, spec: spec, op: op, end: cancel}
	err := c.prepare(ctx)
	if err != nil {
		err = c.fail(ctx, err)
		cancel()
		return nil, nil, err
	}
	return ctx, c, nil
}

func (c *call) prepare(ctx context.Context) (err error) {
	if c.key, err = ParseKeyARN(c.spec.KeyARN); err != nil {
		return err
	}
	if c.env, err = c.wrapper.environment(ctx); err != nil {
		return err
	}
	c.own = c.env.own.provider.Load()
	c.client, err = c.env.client(c.spec, c.key, c.wrapper.options)
	return err
}

// fail turns an error into the driver's: its kind, after asking about the key's state where the code alone does not
// tell, and its cause. nil stays nil.
func (c *call) fail(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	kind := kindOf(err)
	if kind == keysource.KeyInvalidState {
		kind, err = c.inquire(ctx, err)
	}
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, errTooSlow) && codeOf(err) == "" {
		kind, err = keysource.KMSUnreachable, fmt.Errorf("%w: %w", ctx.Err(), err) // the caller gave up; nobody said no
	}
	if kind == keysource.KMSCredentials {
		c.forgetCredentials(err)
	}
	out := &keysource.Error{
		Kind: kind, Tenant: c.spec.TenantName, Key: c.spec.KeyARN, Op: c.op, Cause: readable(err),
	}
	if kind == keysource.AccessDenied {
		out.Refused, out.Principal = c.refused(err)
	}
	var resp *awshttp.ResponseError
	if errors.As(err, &resp) {
		out.RequestID = resp.ServiceRequestID()
	}
	return out
}

// forgetCredentials makes the next operation get new ones: the session of the role if KMS refused that, else the
// proxy's own.
func (c *call) forgetCredentials(err error) {
	var own *ownError
	var role *roleError
	if c.client != nil && c.client.role != nil && !errors.As(err, &own) && !errors.As(err, &role) {
		c.client.role.cache.Invalidate()
		return
	}
	if c.env != nil {
		c.wrapper.renew(c.env, c.own)
	}
}

// refused names the permission whose absence err is, and who lacks it; empty when it is something else that was refused.
func (c *call) refused(err error) (permission, principal string) {
	var op *smithy.OperationError
	var role *roleError
	switch {
	case errors.As(err, &role):
		return "sts:AssumeRole", ""
	case !errors.As(err, &op):
		return "", ""
	case op.Operation() == "ReEncrypt":
		return "kms:ReEncryptFrom, kms:ReEncryptTo", c.spec.RoleARN
	}
	return "kms:" + op.Operation(), c.spec.RoleARN
}
