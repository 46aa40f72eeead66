package awskms_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/smithy-go"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func inState(state kmstest.State) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) { st.state(t, state) }
}

// inStateUnknown: KMS refuses for the key's state and DescribeKey answers with the fault.
func inStateUnknown(f kmstest.Fault) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		st.state(t, kmstest.PendingDeletion)
		f.Operation = "DescribeKey"
		st.fault(t, f)
	}
}

// keyRows: the key is taken away.
func keyRows() section {
	const describes = "Decrypt 1, DescribeKey 1"
	return section{"The key is taken away", "KMS says no. Nothing more is opened from then on (KU003 of a custom key store excepted, see there).", []row{
		{name: "the key policy denies", from: recorded, asked: "Decrypt 1", kind: keysource.AccessDenied, cause: "kms:Decrypt",
			arrange: func(_ *testing.T, st *stage) {
				st.server.Deny(kmstest.Denial{Principal: proxyARN, Operations: []string{"Decrypt"}})
			}},
		{name: "the grant is revoked", from: recorded, asked: "Decrypt 1", kind: keysource.AccessDenied, cause: "AccessDeniedException", arrange: revokedGrant},
		{name: "denied, and the server's Date is an hour off", from: inSDK, asked: "Decrypt 1", kind: keysource.AccessDenied, cause: "AccessDeniedException", sdk: 2,
			arrange: func(t *testing.T, st *stage) {
				st.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: "AccessDeniedException", Message: "no"})
				st.server.SetClockSkew(time.Hour)
			}},
		{name: "denied, and the server's Date is 3 minutes off", from: inSDK, asked: "Decrypt 1", kind: keysource.AccessDenied, cause: "AccessDeniedException", sdk: 1,
			arrange: func(t *testing.T, st *stage) {
				st.fault(t, kmstest.Fault{Kind: kmstest.Answer, Operation: "Decrypt", Code: "AccessDeniedException", Message: "no"})
				st.server.SetClockSkew(3 * time.Minute)
			}},
		{name: "disabled", from: recorded, asked: "Decrypt 1", kind: keysource.KeyDisabled, cause: "is disabled.", sdk: 1, arrange: inState(kmstest.Disabled)},
		{name: "its deletion is scheduled", from: reported, asked: describes, kind: keysource.KeyInvalidState, cause: "PendingDeletion", sdk: 1,
			arrange: inState(kmstest.PendingDeletion)},
		{name: "its deletion was cancelled, which leaves it disabled", from: reference, asked: "Decrypt 1", kind: keysource.KeyDisabled, cause: "is disabled.",
			arrange: cancelledDeletion},
		{name: "its material is not imported, or was deleted", from: recorded, asked: describes, kind: keysource.KeyInvalidState, cause: "PendingImport",
			arrange: inState(kmstest.PendingImport)},
		{name: "invalid state, and DescribeKey is denied", from: reference, asked: describes, kind: keysource.KeyInvalidState, cause: "could not be found out",
			arrange: inStateUnknown(kmstest.Fault{Kind: kmstest.Answer, Code: "AccessDeniedException"})},
		{name: "invalid state, and DescribeKey is throttled", from: assumed, asked: describes, kind: keysource.KeyInvalidState, cause: "could not be found out",
			arrange: inStateUnknown(kmstest.Fault{Kind: kmstest.Throttle})},
		{name: "invalid state, and DescribeKey does not answer", from: assumed, asked: describes, kind: keysource.KeyInvalidState, cause: "could not be found out",
			arrange: inStateUnknown(kmstest.Fault{Kind: kmstest.Hang})},
		{name: "invalid state, and DescribeKey answers with nothing", from: assumed, asked: describes, kind: keysource.KeyInvalidState, cause: "incomplete",
			arrange: inStateUnknown(kmstest.Fault{Kind: kmstest.Empty})},
		{name: "invalid state, and gone when DescribeKey asks", from: assumed, asked: describes, kind: keysource.KeyNotFound, cause: "then:",
			arrange: inStateUnknown(kmstest.Fault{Kind: kmstest.Answer, Code: "NotFoundException"})},
		{name: "deleted, or never there", from: recorded, asked: "Decrypt 1", kind: keysource.KeyNotFound, cause: "does not exist", sdk: 1,
			arrange: func(t *testing.T, st *stage) { must(t, st.server.DeleteKey(st.arn)) }},
		{name: "the wrong encryption context: another tenant", from: recorded, asked: "Decrypt 1", kind: keysource.KeyMismatch, cause: "InvalidCiphertextException", sdk: 1,
			arrange: func(_ *testing.T, st *stage) { st.spec.TenantID = another() }},
		{name: "the wrong encryption context: another number", from: recorded, asked: "Decrypt 1", kind: keysource.KeyMismatch, cause: "InvalidCiphertextException",
			arrange: func(_ *testing.T, st *stage) { st.spec.KeyNumber++ }},
		{name: "a context shifted across the border of name and value", from: reference, asked: "Decrypt 1", kind: keysource.KeyMismatch, cause: "InvalidCiphertextException",
			arrange: shiftedContext(func(p map[string]string) {
				p["pgseal:key-i"] = "d" + p["pgseal:key-id"]
				delete(p, "pgseal:key-id")
			})},
		{name: "a context shifted across the border of two pairs", from: reference, asked: "Decrypt 1", kind: keysource.KeyMismatch, cause: "InvalidCiphertextException",
			arrange: shiftedContext(func(p map[string]string) {
				p["pgseal:key-id"] += "pgseal:purpose" + p["pgseal:purpose"]
				delete(p, "pgseal:purpose")
			})},
		{name: "a spoilt wrapped key", from: recorded, asked: "Decrypt 1", kind: keysource.KeyMismatch, cause: "InvalidCiphertextException", sdk: 1,
			arrange: func(_ *testing.T, st *stage) { st.wrapped.Ciphertext[40] ^= 1 }},
		{name: "another key than the one that wrapped", from: recorded, asked: "Decrypt 1", kind: keysource.KeyMismatch, cause: "IncorrectKeyException", sdk: 1,
			arrange: func(_ *testing.T, st *stage) {
				st.spec.KeyARN = st.server.CreateKey(kmstest.KeyOptions{Account: customer})
			}},
		{name: "a key of another usage", from: reference, asked: "GenerateDataKey 1", kind: keysource.KeyMismatch, cause: "InvalidKeyUsageException", ask: generated,
			arrange: func(_ *testing.T, st *stage) {
				st.spec.KeyARN = st.server.CreateKey(kmstest.KeyOptions{Usage: "SIGN_VERIFY"})
			}},
		{name: "a key of the China partition", from: reference, asked: "-", kind: keysource.KeyNotFound, cause: "aws-cn",
			arrange: func(_ *testing.T, st *stage) { st.spec.KeyARN = "arn:aws-cn:kms:cn-north-1:444455556666:key/1234abcd" }},
	}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// revokedGrant: the key was open to pgseal by a grant alone.
func revokedGrant(t *testing.T, st *stage) {
	must(t, st.server.Restrict(st.arn))
	id, err := st.server.Grant(st.arn, proxyARN, "GenerateDataKey", "Decrypt")
	must(t, err)
	must(t, unwrap(st.driver(), st.spec, st.wrapped))
	must(t, st.server.Revoke(st.arn, id))
}

// cancelledDeletion: by the API, as the owner would.
func cancelledDeletion(t *testing.T, st *stage) {
	arn := st.server.CreateKey(kmstest.KeyOptions{}) // of the account of the client
	st.arn, st.spec.KeyARN = arn, arn
	st.wrap(t, arn, pairsOf(st.spec))
	_, err := st.raw.ScheduleKeyDeletion(t.Context(), &kms.ScheduleKeyDeletionInput{KeyId: &arn})
	must(t, err)
	_, err = st.raw.CancelKeyDeletion(t.Context(), &kms.CancelKeyDeletionInput{KeyId: &arn})
	must(t, err)
}

// shiftedContext: the data key was wrapped under a context which joined without lengths has the same bytes.
func shiftedContext(shift func(map[string]string)) func(*testing.T, *stage) {
	return func(t *testing.T, st *stage) {
		pairs := pairsOf(st.spec)
		shift(pairs)
		st.wrap(t, st.arn, pairs)
	}
}

func generated(ctx context.Context, w *awskms.Wrapper, st *stage) error {
	_, key, err := w.Generate(ctx, st.spec)
	if err == nil {
		key.Destroy()
	}
	return err
}

// wrappingRows: what works, and what KMS tells besides.
func wrappingRows() section {
	return section{"What works, and what it tells", "", []row{
		{name: "a data key is opened", from: recorded, asked: "Decrypt 1"},
		{name: "a data key is made", from: recorded, asked: "GenerateDataKey 1", ask: generated},
		{name: "Decrypt names the key material, also from another account", from: reference, asked: "Decrypt 1", ask: materialTold},
		{name: "ListKeyRotations is denied to another account than the key's", from: reference, asked: "ListKeyRotations 1", ask: rotationsDenied},
		{name: "after a rotation old wrappings open and new ones have the new material", from: reference, asked: "Decrypt 1, GenerateDataKey 1, ReEncrypt 1", ask: materialAfterRotation,
			arrange: func(t *testing.T, st *stage) { _, err := st.server.Rotate(st.arn); must(t, err) }},
		{name: "a dry run that would work (DryRunOperationException)", from: recorded, asked: "Decrypt 1, GenerateDataKey 1", ask: probed},
		{name: "a dry run that would not", from: recorded, asked: "GenerateDataKey 1", kind: keysource.KeyDisabled, ask: probed, arrange: inState(kmstest.Disabled)},
		{name: "a server that carries dry runs out", from: assumed, asked: "Decrypt 1, GenerateDataKey 1", ask: probed, arrange: func(t *testing.T, st *stage) {
			s, err := kmstest.Start(kmstest.Options{NoDryRun: true})
			must(t, err)
			t.Cleanup(func() { _ = s.Close() })
			st.server, st.options.Endpoint, st.spec.KeyARN = s, s.URL(), s.CreateKey(kmstest.KeyOptions{})
		}},
		{name: "a new wrapping, one principal for both keys", from: reference, asked: "ReEncrypt 1", ask: rewrapped,
			arrange: func(_ *testing.T, st *stage) {}},
		{name: "a new wrapping, ReEncrypt is denied but not the two steps", from: reference, asked: "Decrypt 1, Encrypt 1, ReEncrypt 1", ask: rewrapped,
			arrange: func(_ *testing.T, st *stage) { st.server.Deny(kmstest.Denial{Operations: []string{"ReEncrypt*"}}) }},
		{name: "a new wrapping, a principal for each key", from: reference, asked: "AssumeRole 1, Decrypt 1, Encrypt 1", ask: rewrappedByRole},
		{name: "DryRunOperationException to what was no dry run", from: assumed, asked: "Decrypt 1", kind: keysource.KMSUnreachable, cause: "DryRunOperationException",
			arrange: answering("DryRunOperationException", 0)},
	}}
}

func probed(ctx context.Context, w *awskms.Wrapper, st *stage) error { return w.Probe(ctx, st.spec) }

// materialTold: the client is of another account than the key, and DescribeKey tells it the same material.
func materialTold(ctx context.Context, w *awskms.Wrapper, st *stage) error {
	key, material, err := w.Unwrap(ctx, st.spec, st.wrapped)
	if err != nil {
		return err
	}
	key.Destroy()
	out, err := st.raw.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &st.arn})
	if err != nil {
		return err
	}
	st.server.ResetCounts()
	st.seen = func() string { return "Decrypt 1" }
	if material == "" || *out.KeyMetadata.CurrentKeyMaterialId != material || material != st.wrapped.MaterialID {
		return fmt.Errorf("material %q, DescribeKey says %q, GenerateDataKey said %q", material, *out.KeyMetadata.CurrentKeyMaterialId, st.wrapped.MaterialID)
	}
	return nil
}

func rotationsDenied(ctx context.Context, _ *awskms.Wrapper, st *stage) error {
	_, err := st.raw.ListKeyRotations(ctx, &kms.ListKeyRotationsInput{KeyId: &st.arn})
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() != "AccessDeniedException" {
		return fmt.Errorf("not denied: %w", err)
	}
	return nil
}

func materialAfterRotation(ctx context.Context, w *awskms.Wrapper, st *stage) error {
	key, old, err := w.Unwrap(ctx, st.spec, st.wrapped)
	if err != nil {
		return err
	}
	key.Destroy()
	made, key, err := w.Generate(ctx, st.spec)
	if err != nil {
		return err
	}
	key.Destroy()
	moved, err := w.Rewrap(ctx, st.spec, st.spec, st.wrapped)
	if err != nil {
		return err
	}
	if old != st.wrapped.MaterialID || made.MaterialID == old || moved.MaterialID != made.MaterialID {
		return errors.New("the materials are not told apart")
	}
	return nil
}

func rewrapped(ctx context.Context, w *awskms.Wrapper, st *stage) error {
	to := fresh(st.server.CreateKey(kmstest.KeyOptions{}))
	_, err := w.Rewrap(ctx, st.spec, to, st.wrapped)
	return err
}

func rewrappedByRole(ctx context.Context, w *awskms.Wrapper, st *stage) error {
	to := withRole(fresh(st.server.CreateKey(kmstest.KeyOptions{})))
	_, err := w.Rewrap(ctx, st.spec, to, st.wrapped)
	return err
}
