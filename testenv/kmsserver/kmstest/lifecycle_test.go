package kmstest_test

import (
	"context"
	"path/filepath"
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
