package awskms

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"
)

// probe makes dry runs of GenerateDataKey and Decrypt. A server that knows no dry runs carries the first one out; then
// its ciphertext is decrypted. One that knows them, but not without a ciphertext, gets one.
func (c *call) probe(ctx context.Context) error {
	arn, err := c.ownARN(ctx)
	if err != nil {
		return err
	}
	out, err := c.client.kms.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{
		KeyId: &arn, KeySpec: types.DataKeySpecAes256, EncryptionContext: encryptionContext(c.spec), DryRun: aws.Bool(true),
	})
	if err == nil {
		err = checkAnswer(arn, out.KeyId, len(out.CiphertextBlob) > 0, out.Plaintext)
		clear(out.Plaintext)
		if err != nil {
			return err
		}
		return c.probeDecrypt(ctx, arn, out.CiphertextBlob)
	}
	if !isDryRunSuccess(err) {
		return err
	}
	err = c.probeDecrypt(ctx, arn, nil)
	if codeOf(err) != "ValidationException" {
		return err
	}
	wrapped, plaintext, err := c.generate(ctx)
	clear(plaintext)
	if err != nil {
		return err
	}
	return c.probeDecrypt(ctx, arn, wrapped.Ciphertext)
}

// probeDecrypt makes a dry run of Decrypt, without a ciphertext when there is none.
func (c *call) probeDecrypt(ctx context.Context, arn string, ciphertext []byte) error {
	in := &kms.DecryptInput{
		KeyId: &arn, CiphertextBlob: ciphertext, EncryptionContext: encryptionContext(c.spec), DryRun: aws.Bool(true),
	}
	if ciphertext == nil {
		in.DryRunModifiers = []types.DryRunModifierType{types.DryRunModifierTypeIgnoreCiphertext}
	}
	out, err := c.client.kms.Decrypt(ctx, in)
	if err == nil {
		err = checkAnswer(arn, out.KeyId, true, out.Plaintext)
		clear(out.Plaintext)
		return err
	}
	if isDryRunSuccess(err) {
		return nil
	}
	return err
}

func isDryRunSuccess(err error) bool { return codeOf(err) == "DryRunOperationException" }
