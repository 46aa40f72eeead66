package kmstest_test

import (
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

// The transitions of the developer guide's page on key states.
func TestKeyStates(t *testing.T) {
	ctx := context.Background()
	var days atomic.Int64
	s := start(t, kmstest.Options{Now: func() time.Time { return time.Now().AddDate(0, 0, int(days.Load())) }})
	c := as(t, s, anybody())
	created := must[*kms.CreateKeyOutput](t)(c.CreateKey(ctx, &kms.CreateKeyInput{Description: aws.String("of the test")}))
	arn := created.KeyMetadata.Arn
	state := func(want types.KeyState) {
		t.Helper()
		got := must[*kms.DescribeKeyOutput](t)(c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: arn})).KeyMetadata
		if got.KeyState != want || got.Enabled != (want == types.KeyStateEnabled) {
			t.Fatalf("state %s (enabled %v), want %s", got.KeyState, got.Enabled, want)
		}
	}
	state(types.KeyStateEnabled)
	must[*kms.DisableKeyOutput](t)(c.DisableKey(ctx, &kms.DisableKeyInput{KeyId: arn}))
	state(types.KeyStateDisabled)
	must[*kms.EnableKeyOutput](t)(c.EnableKey(ctx, &kms.EnableKeyInput{KeyId: arn}))
	state(types.KeyStateEnabled)
	scheduled := must[*kms.ScheduleKeyDeletionOutput](t)(c.ScheduleKeyDeletion(ctx, &kms.ScheduleKeyDeletionInput{KeyId: arn, PendingWindowInDays: aws.Int32(7)}))
	if left := time.Until(*scheduled.DeletionDate); left < 6*24*time.Hour || left > 8*24*time.Hour {
		t.Errorf("deletion in %v", left)
	}
	state(types.KeyStatePendingDeletion)
	_, err := c.EnableKey(ctx, &kms.EnableKeyInput{KeyId: arn})
	wantCode(t, err, "KMSInvalidStateException")
	must[*kms.CancelKeyDeletionOutput](t)(c.CancelKeyDeletion(ctx, &kms.CancelKeyDeletionInput{KeyId: arn}))
	state(types.KeyStateDisabled) // and not Enabled
	must[*kms.EnableKeyOutput](t)(c.EnableKey(ctx, &kms.EnableKeyInput{KeyId: arn}))
	dataKey(t, c, *arn)

	must[*kms.ScheduleKeyDeletionOutput](t)(c.ScheduleKeyDeletion(ctx, &kms.ScheduleKeyDeletionInput{KeyId: arn, PendingWindowInDays: aws.Int32(7)}))
	days.Store(8)
	_, err = c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: arn})
	wantCode(t, err, "NotFoundException")
}

// What DescribeKey says of keys that are not plain ones, as the API reference has it. That ValidTo is still told once the material has expired is not
// confirmed.
func TestKindsOfKeys(t *testing.T) {
	ctx := context.Background()
	var days atomic.Int64
	s := start(t, kmstest.Options{Now: func() time.Time { return time.Now().AddDate(0, 0, int(days.Load())) }})
	c := as(t, s, anybody())
	describe := func(o kmstest.KeyOptions) *types.KeyMetadata {
		t.Helper()
		arn := s.CreateKey(o)
		return must[*kms.DescribeKeyOutput](t)(c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &arn})).KeyMetadata
	}
	if m := describe(kmstest.KeyOptions{}); m.KeySpec != types.KeySpecSymmetricDefault || *m.MultiRegion || m.Origin != types.OriginTypeAwsKms || m.ValidTo != nil {
		t.Errorf("a plain key: %+v", m)
	}
	if m := describe(kmstest.KeyOptions{Usage: "GENERATE_VERIFY_MAC"}); m.KeySpec != types.KeySpecHmac256 || m.CurrentKeyMaterialId != nil {
		t.Errorf("an HMAC key: %+v", m)
	}
	if m := describe(kmstest.KeyOptions{MultiRegion: true}); !*m.MultiRegion || !strings.HasPrefix(*m.KeyId, "mrk-") {
		t.Errorf("a multi-Region key: %+v", m)
	}
	if m := describe(kmstest.KeyOptions{External: true}); m.Origin != types.OriginTypeExternalKeyStore || m.CustomKeyStoreId == nil {
		t.Errorf("a key of an external key store: %+v", m)
	}
	if m := describe(kmstest.KeyOptions{CustomKeyStore: true}); m.Origin != types.OriginTypeAwsCloudhsm || m.CustomKeyStoreId == nil {
		t.Errorf("a key of a CloudHSM key store: %+v", m)
	}
	m := describe(kmstest.KeyOptions{ValidTo: time.Now().AddDate(0, 0, 10)})
	if m.Origin != types.OriginTypeExternal || m.ExpirationModel != types.ExpirationModelTypeKeyMaterialExpires || m.ValidTo == nil {
		t.Errorf("a key with imported material: %+v", m)
	}
	dataKey(t, c, *m.Arn)
	days.Store(11)
	m = must[*kms.DescribeKeyOutput](t)(c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: m.Arn})).KeyMetadata
	if m.KeyState != types.KeyStatePendingImport || m.ValidTo == nil {
		t.Errorf("after its material has expired: %+v", m)
	}
	wantCode(t, generate(c, *m.Arn, nil), "KMSInvalidStateException")
}

func TestAliases(t *testing.T) {
	ctx := context.Background()
	s := start(t, kmstest.Options{})
	c := as(t, s, anybody())
	first, second := s.CreateKey(kmstest.KeyOptions{}), s.CreateKey(kmstest.KeyOptions{})
	name := aws.String("alias/tenants/acme")
	must[*kms.CreateAliasOutput](t)(c.CreateAlias(ctx, &kms.CreateAliasInput{AliasName: name, TargetKeyId: &first}))
	_, err := c.CreateAlias(ctx, &kms.CreateAliasInput{AliasName: name, TargetKeyId: &second})
	wantCode(t, err, "AlreadyExistsException")
	_, err = c.CreateAlias(ctx, &kms.CreateAliasInput{AliasName: aws.String("acme"), TargetKeyId: &second})
	wantCode(t, err, "InvalidAliasNameException")
	target := func(want string) {
		t.Helper()
		out := must[*kms.DescribeKeyOutput](t)(c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: name}))
		if *out.KeyMetadata.Arn != want {
			t.Errorf("alias leads to %s, want %s", *out.KeyMetadata.Arn, want)
		}
	}
	target(first)
	must[*kms.UpdateAliasOutput](t)(c.UpdateAlias(ctx, &kms.UpdateAliasInput{AliasName: name, TargetKeyId: &second}))
	target(second)
	list := must[*kms.ListAliasesOutput](t)(c.ListAliases(ctx, &kms.ListAliasesInput{}))
	if len(list.Aliases) != 1 || *list.Aliases[0].AliasName != *name {
		t.Errorf("aliases: %+v", list.Aliases)
	}
	must[*kms.DeleteAliasOutput](t)(c.DeleteAlias(ctx, &kms.DeleteAliasInput{AliasName: name}))
	_, err = c.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: name})
	wantCode(t, err, "NotFoundException")
	keys := must[*kms.ListKeysOutput](t)(c.ListKeys(ctx, &kms.ListKeysInput{}))
	if len(keys.Keys) != 2 {
		t.Errorf("%d keys listed", len(keys.Keys))
	}
}

func TestStateFileSurvivesARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	first, err := kmstest.Start(kmstest.Options{StateFile: file})
	if err != nil {
		t.Fatal(err)
	}
	arn := first.CreateKey(kmstest.KeyOptions{Alias: "alias/acme"})
	blob := dataKey(t, as(t, first, anybody()), arn).CiphertextBlob
	first.Deny(kmstest.Denial{Operations: []string{"Encrypt"}})
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	c := as(t, start(t, kmstest.Options{StateFile: file}), anybody())
	must[*kms.DecryptOutput](t)(c.Decrypt(context.Background(), &kms.DecryptInput{
		KeyId: aws.String("alias/acme"), CiphertextBlob: blob, EncryptionContext: pairs(),
	}))
	_, err = c.Encrypt(context.Background(), &kms.EncryptInput{KeyId: &arn, Plaintext: []byte("x")})
	wantCode(t, err, "AccessDeniedException")
}

func TestStateFileThatCannotBeWrittenIsReported(t *testing.T) {
	s, err := kmstest.Start(kmstest.Options{StateFile: filepath.Join(t.TempDir(), "no", "such", "folder")})
	if err != nil {
		t.Fatal(err)
	}
	s.CreateKey(kmstest.KeyOptions{})
	if err := s.Close(); err == nil {
		t.Error("Close says nothing of it")
	}
}
