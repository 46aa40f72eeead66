package awskms

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
)

var (
	// errIncomplete: KMS answers with success, but not with all that was asked for. It counts as no answer.
	errIncomplete = errors.New("awskms: the answer of KMS is incomplete")
	// errOtherKey: an answer, or a record, is about another key than the one that is configured.
	errOtherKey = errors.New("awskms: another key than the configured one")
)

// encryptionContext is what every wrapped key is bound to.
func encryptionContext(spec keysource.KeySpec) map[string]string {
	return map[string]string{
		"pgseal:tenant":  spec.TenantID.String(),
		"pgseal:key-id":  fmt.Sprintf("%08x", uint32(spec.KeyNumber)),
		"pgseal:purpose": "data-key",
	}
}

// generate returns a new data key wrapped and in plaintext; the caller clears the plaintext.
func (c *call) generate(ctx context.Context) (keysource.Wrapped, []byte, error) {
	arn, err := c.ownARN(ctx)
	if err != nil {
		return keysource.Wrapped{}, nil, err
	}
	out, err := c.client.kms.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{
		KeyId: &arn, KeySpec: types.DataKeySpecAes256, EncryptionContext: encryptionContext(c.spec),
	})
	if err != nil {
		return keysource.Wrapped{}, nil, err
	}
	if err := checkAnswer(arn, out.KeyId, len(out.CiphertextBlob) > 0, out.Plaintext); err != nil {
		return keysource.Wrapped{}, nil, err
	}
	return keysource.Wrapped{
		Ciphertext: out.CiphertextBlob, KeyARN: arn, MaterialID: aws.ToString(out.KeyMaterialId),
	}, out.Plaintext, nil
}

// decrypt returns the plaintext of a data key, which the caller clears, and the id of the key material.
func (c *call) decrypt(ctx context.Context, wrapped keysource.Wrapped) ([]byte, string, error) {
	arn, err := c.wrappingARN(ctx, wrapped)
	if err != nil {
		return nil, "", err
	}
	out, err := c.client.kms.Decrypt(ctx, &kms.DecryptInput{
		KeyId: &arn, CiphertextBlob: wrapped.Ciphertext, EncryptionContext: encryptionContext(c.spec),
	})
	if err != nil {
		return nil, "", err
	}
	if err := checkAnswer(arn, out.KeyId, true, out.Plaintext); err != nil {
		return nil, "", err
	}
	return out.Plaintext, aws.ToString(out.KeyMaterialId), nil
}

// checkAnswer clears the plaintext when the answer cannot be used.
func checkAnswer(want string, got *string, complete bool, plaintext []byte) error {
	var err error
	switch {
	case !complete || got == nil || len(plaintext) == 0:
		err = errIncomplete
	case *got != want || len(plaintext) != crypto.DataKeySize:
		err = errOtherKey
	}
	if err != nil {
		clear(plaintext)
	}
	return err
}

// encrypt wraps the plaintext of a data key. KMS does not tell under which key material.
func (c *call) encrypt(ctx context.Context, plaintext []byte) (keysource.Wrapped, error) {
	arn, err := c.ownARN(ctx)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	out, err := c.client.kms.Encrypt(ctx, &kms.EncryptInput{
		KeyId: &arn, Plaintext: plaintext, EncryptionContext: encryptionContext(c.spec),
	})
	if err != nil {
		return keysource.Wrapped{}, err
	}
	return rewrapped(arn, out.KeyId, out.CiphertextBlob, nil)
}

// reEncrypt wraps the data key of from under c's key.
func (c *call) reEncrypt(ctx context.Context, from keysource.KeySpec, wrapped keysource.Wrapped) (keysource.Wrapped, error) {
	source := &call{wrapper: c.wrapper, env: c.env, client: c.client, spec: from, op: c.op}
	var err error
	if source.key, err = ParseKeyARN(from.KeyARN); err != nil {
		return keysource.Wrapped{}, err
	}
	sourceARN, err := source.wrappingARN(ctx, wrapped)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	arn, err := c.ownARN(ctx)
	if err != nil {
		return keysource.Wrapped{}, err
	}
	out, err := c.client.kms.ReEncrypt(ctx, &kms.ReEncryptInput{
		CiphertextBlob: wrapped.Ciphertext, SourceKeyId: &sourceARN, SourceEncryptionContext: encryptionContext(from),
		DestinationKeyId: &arn, DestinationEncryptionContext: encryptionContext(c.spec),
	})
	if err != nil {
		return keysource.Wrapped{}, err
	}
	return rewrapped(arn, out.KeyId, out.CiphertextBlob, out.DestinationKeyMaterialId)
}

func rewrapped(want string, got *string, blob []byte, material *string) (keysource.Wrapped, error) {
	switch {
	case got == nil || len(blob) == 0:
		return keysource.Wrapped{}, errIncomplete
	case *got != want:
		return keysource.Wrapped{}, errOtherKey
	}
	return keysource.Wrapped{Ciphertext: blob, KeyARN: want, MaterialID: aws.ToString(material)}, nil
}
