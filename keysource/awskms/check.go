package awskms

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/keysource"
)

// Finding is one thing that a key needs for pgseal to use it, and whether it is so.
type Finding struct {
	What   string // "kms:Decrypt", "symmetric key", ...
	For    string // what pgseal needs it for
	Err    error  // nil: it is so; else a *keysource.Error, or what is wrong with the key
	Needed bool   // pgseal cannot use the key without it
	Note   string // worth knowing
	Took   time.Duration
}

// Check asks for each permission that pgseal needs on the key of a tenant, one by one and by dry runs, and what kind of key it is. wrapped is the
// tenant's data key. Nothing is changed.
func (w *Wrapper) Check(ctx context.Context, spec keysource.KeySpec, wrapped keysource.Wrapped) []Finding {
	findings, arn := w.checkKind(ctx, spec)
	if arn == "" {
		arn = wrapped.KeyARN
	}
	pairs := encryptionContext(spec)
	for _, p := range []struct {
		Finding
		ask func(context.Context, *kms.Client) error
	}{
		{Finding{What: "kms:GenerateDataKey", For: "new data keys", Needed: true}, func(ctx context.Context, c *kms.Client) error {
			_, err := c.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{KeyId: &arn, KeySpec: types.DataKeySpecAes256, EncryptionContext: pairs, DryRun: aws.Bool(true)})
			return err
		}},
		{Finding{What: "kms:Decrypt", For: "opening the data key", Needed: true}, func(ctx context.Context, c *kms.Client) error {
			_, err := c.Decrypt(ctx, &kms.DecryptInput{KeyId: &arn, CiphertextBlob: wrapped.Ciphertext, EncryptionContext: pairs, DryRun: aws.Bool(true)})
			return err
		}},
		{Finding{What: "kms:ReEncryptFrom, kms:ReEncryptTo", For: "rotations in which the data key stays inside of KMS"}, func(ctx context.Context, c *kms.Client) error {
			_, err := c.ReEncrypt(ctx, &kms.ReEncryptInput{CiphertextBlob: wrapped.Ciphertext, SourceKeyId: &arn, SourceEncryptionContext: pairs,
				DestinationKeyId: &arn, DestinationEncryptionContext: pairs, DryRun: aws.Bool(true)})
			return err
		}},
		{Finding{What: "kms:Encrypt", For: "rotations between keys that no one principal may use both of"}, func(ctx context.Context, c *kms.Client) error {
			_, err := c.Encrypt(ctx, &kms.EncryptInput{KeyId: &arn, Plaintext: make([]byte, 1), EncryptionContext: pairs, DryRun: aws.Bool(true)})
			return err
		}},
	} {
		findings = append(findings, w.ask(ctx, spec, p.Finding, p.ask))
	}
	return findings
}

// ask makes one dry run, in the time of one operation.
func (w *Wrapper) ask(ctx context.Context, spec keysource.KeySpec, f Finding, dryRun func(context.Context, *kms.Client) error) Finding {
	began := time.Now()
	ctx, c, err := w.begin(ctx, keysource.OpProbe, spec)
	if err != nil {
		f.Err = err
		return f
	}
	defer c.end()
	if err = dryRun(ctx, c.client.kms); err != nil && !isDryRunSuccess(err) {
		f.Err = c.fail(ctx, err)
	}
	f.Took = time.Since(began)
	return f
}

// checkKind asks what the key is. arn is empty where KMS does not say.
func (w *Wrapper) checkKind(ctx context.Context, spec keysource.KeySpec) (findings []Finding, arn string) {
	var m *types.KeyMetadata
	describe := w.ask(ctx, spec, Finding{What: "kms:DescribeKey", For: "telling intent from trouble, and aliases"}, func(ctx context.Context, c *kms.Client) error {
		out, err := c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &spec.KeyARN})
		if err == nil {
			m = out.KeyMetadata
		}
		return err
	})
	findings = append(findings, describe)
	if m == nil {
		return findings, ""
	}
	kind := Finding{What: "a symmetric key for encryption, of one Region", For: "wrapping the data key", Needed: true, Note: noteOf(m)}
	switch {
	case m.KeyUsage != types.KeyUsageTypeEncryptDecrypt:
		kind.Err = fmt.Errorf("its usage is %s: a key for encryption (ENCRYPT_DECRYPT) is needed", m.KeyUsage)
	case m.KeySpec != "" && m.KeySpec != types.KeySpecSymmetricDefault:
		kind.Err = fmt.Errorf("it is a %s: a symmetric key (SYMMETRIC_DEFAULT) is needed", m.KeySpec)
	case aws.ToBool(m.MultiRegion):
		kind.Err = fmt.Errorf("it is a multi-Region key: its replicas would open the data key too, so that a withdrawal here would not be one")
	case m.KeyState != "" && m.KeyState != types.KeyStateEnabled:
		kind.Err = fmt.Errorf("its state is %s", m.KeyState)
	}
	return append(findings, kind), aws.ToString(m.Arn)
}

// noteOf says where a key's material lies, where that is not AWS's own store.
func noteOf(m *types.KeyMetadata) string {
	switch {
	case m.Origin == types.OriginTypeExternalKeyStore:
		return "its material lies in an external key store, whose answers and time-outs come through as KU005"
	case m.CustomKeyStoreId != nil:
		return "its material lies in a custom key store"
	case m.Origin == types.OriginTypeExternal:
		return "its material was imported; AWS does not rotate it by itself"
	}
	return ""
}
