package kmstest_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func TestDataKeyRoundTrip(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{Alias: "alias/acme"})
	c := as(t, s, anybody())
	key := dataKey(t, c, arn)
	if len(key.Plaintext) != 32 || *key.KeyId != arn || len(*key.KeyMaterialId) != 64 {
		t.Fatalf("GenerateDataKey: %d bytes, key %s, material %s", len(key.Plaintext), *key.KeyId, *key.KeyMaterialId)
	}
	if bytes.Contains(key.CiphertextBlob, key.Plaintext) {
		t.Fatal("the blob holds the plaintext")
	}
	bare := arn[len("arn:aws:kms:"+region+":"+account+":key/"):]
	for _, id := range []*string{nil, &arn, &bare, aws.String("alias/acme"), aws.String("arn:aws:kms:" + region + ":" + account + ":alias/acme")} {
		out, err := c.Decrypt(ctx, &kms.DecryptInput{KeyId: id, CiphertextBlob: key.CiphertextBlob, EncryptionContext: pairs()})
		if err != nil {
			t.Fatalf("Decrypt under %q: %v", aws.ToString(id), err)
		}
		if !bytes.Equal(out.Plaintext, key.Plaintext) || *out.KeyId != arn || *out.KeyMaterialId != *key.KeyMaterialId {
			t.Errorf("Decrypt under %q: another answer than GenerateDataKey's", aws.ToString(id))
		}
	}
}

// A context is its pairs: shifting the border between a key and its value, or between two pairs, makes another one.
func TestContextBordersCount(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	out := must[*kms.EncryptOutput](t)(c.Encrypt(context.Background(), &kms.EncryptInput{
		KeyId: &arn, Plaintext: []byte("x"), EncryptionContext: map[string]string{"a": "bc", "d": "e"},
	}))
	for _, other := range []map[string]string{
		{"ab": "c", "d": "e"}, {"a": "bcd", "": "e"}, {"a": "bcde"}, {"a": "bc"}, {"a": "bc", "d": "e", "f": ""}, nil,
	} {
		_, err := c.Decrypt(context.Background(), &kms.DecryptInput{KeyId: &arn, CiphertextBlob: out.CiphertextBlob, EncryptionContext: other})
		wantCode(t, err, "InvalidCiphertextException")
	}
}

func TestEveryByteOfABlobIsProtected(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	blob := dataKey(t, c, arn).CiphertextBlob
	for i := range blob {
		spoilt := bytes.Clone(blob)
		spoilt[i] ^= 0x80
		_, err := c.Decrypt(context.Background(), &kms.DecryptInput{KeyId: &arn, CiphertextBlob: spoilt, EncryptionContext: pairs()})
		wantCode(t, err, "InvalidCiphertextException")
	}
}

func TestRotationKeepsOldCiphertext(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	first := dataKey(t, c, arn)
	if _, err := c.RotateKeyOnDemand(ctx, &kms.RotateKeyOnDemandInput{KeyId: &arn}); err != nil {
		t.Fatal(err)
	}
	second := dataKey(t, c, arn)
	described := must[*kms.DescribeKeyOutput](t)(c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &arn}))
	if got := *described.KeyMetadata.CurrentKeyMaterialId; got != *second.KeyMaterialId || got == *first.KeyMaterialId {
		t.Errorf("current material %s, first %s, second %s", got, *first.KeyMaterialId, *second.KeyMaterialId)
	}
	old := must[*kms.DecryptOutput](t)(c.Decrypt(ctx, &kms.DecryptInput{KeyId: &arn, CiphertextBlob: first.CiphertextBlob, EncryptionContext: pairs()}))
	if *old.KeyMaterialId != *first.KeyMaterialId || !bytes.Equal(old.Plaintext, first.Plaintext) {
		t.Error("ciphertext from before the rotation opens differently")
	}
	list := must[*kms.ListKeyRotationsOutput](t)(c.ListKeyRotations(ctx, &kms.ListKeyRotationsInput{KeyId: &arn, IncludeKeyMaterial: types.IncludeKeyMaterialAllKeyMaterial}))
	if len(list.Rotations) != 2 || list.Rotations[1].RotationType != types.RotationTypeOnDemand || *list.Rotations[0].KeyMaterialId != *first.KeyMaterialId {
		t.Errorf("rotations: %+v", list.Rotations)
	}
	if list = must[*kms.ListKeyRotationsOutput](t)(c.ListKeyRotations(ctx, &kms.ListKeyRotationsInput{KeyId: &arn})); len(list.Rotations) != 1 {
		t.Errorf("without the first material: %d rotations", len(list.Rotations))
	}
}

func TestReEncrypt(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	from, to := s.CreateKey(kmstest.KeyOptions{}), s.CreateKey(kmstest.KeyOptions{Account: "444455556666"})
	c := as(t, s, anybody())
	key := dataKey(t, c, from)
	in := &kms.ReEncryptInput{
		CiphertextBlob: key.CiphertextBlob, SourceKeyId: &from, SourceEncryptionContext: pairs(),
		DestinationKeyId: &to, DestinationEncryptionContext: map[string]string{"tenant": "new"},
	}
	out := must[*kms.ReEncryptOutput](t)(c.ReEncrypt(ctx, in))
	if *out.KeyId != to || *out.SourceKeyId != from || *out.SourceKeyMaterialId != *key.KeyMaterialId || *out.DestinationKeyMaterialId == *key.KeyMaterialId {
		t.Errorf("ReEncrypt: %+v", out)
	}
	opened := must[*kms.DecryptOutput](t)(c.Decrypt(ctx, &kms.DecryptInput{KeyId: &to, CiphertextBlob: out.CiphertextBlob, EncryptionContext: map[string]string{"tenant": "new"}}))
	if !bytes.Equal(opened.Plaintext, key.Plaintext) {
		t.Error("another plaintext after ReEncrypt")
	}
	for _, denial := range []kmstest.Denial{
		{Resource: from, Operations: []string{"ReEncryptFrom"}}, {Resource: to, Operations: []string{"ReEncryptTo"}},
		{Operations: []string{"ReEncrypt*"}},
	} {
		s.Deny(denial)
		_, err := c.ReEncrypt(ctx, in)
		wantCode(t, err, "AccessDeniedException")
		s.Allow(denial)
	}
	in.DryRun = aws.Bool(true)
	_, err := c.ReEncrypt(ctx, in)
	wantCode(t, err, "DryRunOperationException")
}

func TestDryRunTellsTheTruth(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	blob := dataKey(t, c, arn).CiphertextBlob
	decrypt := &kms.DecryptInput{KeyId: &arn, CiphertextBlob: blob, EncryptionContext: pairs(), DryRun: aws.Bool(true)}
	blind := &kms.DecryptInput{KeyId: &arn, DryRun: aws.Bool(true), DryRunModifiers: []types.DryRunModifierType{types.DryRunModifierTypeIgnoreCiphertext}}
	try := func(want string) {
		t.Helper()
		_, err := c.Decrypt(ctx, decrypt)
		wantCode(t, err, want)
		_, err = c.Decrypt(ctx, blind)
		wantCode(t, err, want)
		_, err = c.Encrypt(ctx, &kms.EncryptInput{KeyId: &arn, Plaintext: []byte("x"), DryRun: aws.Bool(true)})
		wantCode(t, err, want)
	}
	try("DryRunOperationException")
	s.Deny(kmstest.Denial{Principal: "AKIDANYBODY", Resource: arn})
	try("AccessDeniedException")
	s.Allow(kmstest.Denial{})
	if err := s.SetState(arn, kmstest.Disabled); err != nil {
		t.Fatal(err)
	}
	try("DisabledException")
}
