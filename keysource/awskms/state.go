package awskms

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/keysource"
)

// ownARN is the ARN of the key itself, never of an alias. DescribeKey is asked when the spec does not know it yet.
func (c *call) ownARN(ctx context.Context) (string, error) {
	if c.spec.ResolvedARN != "" {
		return c.spec.ResolvedARN, c.checkResolved(c.spec.ResolvedARN)
	}
	if !c.key.IsAlias() {
		return c.spec.KeyARN, nil
	}
	out, err := c.client.kms.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &c.spec.KeyARN})
	if err != nil {
		return "", err
	}
	if out.KeyMetadata == nil || out.KeyMetadata.Arn == nil {
		return "", errIncomplete
	}
	return *out.KeyMetadata.Arn, c.checkResolved(*out.KeyMetadata.Arn)
}

// wrappingARN is the ARN of the key that wrapped is to be opened with: the spec's. For an alias that the spec has not
// resolved it is the one that the alias led to when wrapped was made.
func (c *call) wrappingARN(ctx context.Context, wrapped keysource.Wrapped) (string, error) {
	if c.spec.ResolvedARN == "" && c.key.IsAlias() && wrapped.KeyARN != "" {
		return wrapped.KeyARN, c.checkResolved(wrapped.KeyARN)
	}
	return c.ownARN(ctx)
}

// checkResolved makes sure that what an alias was resolved to is a key of the alias's region and account, or is the
// configured key.
func (c *call) checkResolved(arn string) error {
	key, err := ParseKeyARN(arn)
	same := err == nil && key.Partition == c.key.Partition && key.Region == c.key.Region && key.Account == c.key.Account
	if !same || key.IsAlias() || (!c.key.IsAlias() && key != c.key) {
		return fmt.Errorf("%w: %q is recorded for %s", errOtherKey, arn, c.spec.KeyARN)
	}
	return nil
}

// inquire finds out what KMSInvalidStateException means. Somebody's intent: KeyInvalidState. A custom key store that
// does not work, or a state that passes by itself: KeyStoreUnavailable. When DescribeKey gives no answer, for want of
// permission or for any other reason, the first answer stands as it is: a no. The error has both in its chain.
func (c *call) inquire(ctx context.Context, first error) (keysource.Kind, error) {
	arn := c.spec.KeyARN
	if c.spec.ResolvedARN != "" {
		arn = c.spec.ResolvedARN
	}
	ctx, cancel := context.WithTimeout(ctx, c.wrapper.options.Timeouts.Inquiry)
	defer cancel()
	out, err := c.client.kms.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &arn}, func(o *kms.Options) {
		o.RetryMaxAttempts = 1
	})
	switch {
	case err != nil && kindOf(err) == keysource.KeyNotFound:
		return keysource.KeyNotFound, fmt.Errorf("%w; then: %w", first, err)
	case err != nil:
		return keysource.KeyInvalidState, fmt.Errorf("%w; its state could not be found out: %w", first, err)
	case out.KeyMetadata == nil:
		return keysource.KeyInvalidState, fmt.Errorf("%w; its state could not be found out: %w", first, errIncomplete)
	}
	return stateKind(out.KeyMetadata.KeyState), fmt.Errorf("%w (DescribeKey: %s)", first, out.KeyMetadata.KeyState)
}

// stateKind judges the state of a key that answered KMSInvalidStateException. A state that this version does not know
// is taken for a no.
func stateKind(state types.KeyState) keysource.Kind {
	switch state {
	case types.KeyStateUnavailable, types.KeyStateEnabled, types.KeyStateCreating, types.KeyStateUpdating:
		return keysource.KeyStoreUnavailable
	}
	return keysource.KeyInvalidState
}
