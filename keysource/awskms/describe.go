package awskms

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/keysource"
)

var _ keysource.Describer = (*Wrapper)(nil)

// Describe is keysource.Describer's: DescribeKey, of the alias where one is configured, and where the material is another than wrapped's
// ListKeyRotations, which KMS answers to the key's own account alone and only with a permission of its own: without it the date is not known.
func (w *Wrapper) Describe(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) (keysource.Material, error) {
	ctx, c, err := w.begin(ctx, keysource.OpDescribe, spec)
	if err != nil {
		return keysource.Material{}, err
	}
	defer c.end()
	out, err := c.client.kms.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &spec.KeyARN})
	if err == nil && (out.KeyMetadata == nil || out.KeyMetadata.Arn == nil) {
		err = errIncomplete
	}
	if err != nil {
		return keysource.Material{}, c.fail(ctx, err)
	}
	m := keysource.Material{KeyARN: *out.KeyMetadata.Arn, MaterialID: aws.ToString(out.KeyMetadata.CurrentKeyMaterialId)}
	if err := c.checkResolved(m.KeyARN); err != nil {
		return keysource.Material{}, c.fail(ctx, err)
	}
	switch {
	case m.KeyARN != wrapped.KeyARN:
		m.How = keysource.RotatedManually
	case m.MaterialID != "" && wrapped.MaterialID != "" && m.MaterialID != wrapped.MaterialID:
		c.dateRotation(ctx, &m)
	}
	return m, nil
}

// dateRotation fills in when and how the material came, if KMS tells.
func (c *call) dateRotation(ctx context.Context, m *keysource.Material) {
	out, err := c.client.kms.ListKeyRotations(ctx, &kms.ListKeyRotationsInput{KeyId: &m.KeyARN, Limit: aws.Int32(1000)})
	if err != nil {
		return
	}
	for _, r := range out.Rotations {
		if aws.ToString(r.KeyMaterialId) != m.MaterialID {
			continue
		}
		m.RotatedAt = aws.ToTime(r.RotationDate)
		switch r.RotationType {
		case types.RotationTypeAutomatic:
			m.How = keysource.RotatedAutomatically
		case types.RotationTypeOnDemand:
			m.How = keysource.RotatedOnDemand
		}
	}
}
