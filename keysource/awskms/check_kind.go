package awskms

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/legatics/pgseal/keysource"
)

var (
	errMultiRegion = errors.New("it is a multi-Region key: its replicas would open the data key too, so that a withdrawal here would not be one. A key of a single Region is needed")
	errUsage       = errors.New("KMS does not wrap data keys with it: a symmetric key for encryption (SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT) is needed")
)

// kindOfKey judges what DescribeKey has told, or without it what else shows: its ARN, and what came of the dry run of GenerateDataKey.
func (w *Wrapper) kindOfKey(spec keysource.KeySpec, m *types.KeyMetadata, generate error) Finding {
	f := Finding{What: "a symmetric key for encryption, of one Region", For: "wrapping the data key", Needed: true}
	if m != nil {
		f.Err, f.Note = unfit(m), noteOf(m)
		return f
	}
	arn := spec.KeyARN
	if spec.ResolvedARN != "" {
		arn = spec.ResolvedARN
	}
	key, _ := ParseKeyARN(arn)
	switch {
	case strings.HasPrefix(key.Key, "mrk-"): // the prefix is AWS's own, and no other key has it
		f.Err = errMultiRegion
	case generate == nil:
		f.Note = "DescribeKey does not tell, but KMS would make data keys with it: it is symmetric, for encryption, and enabled"
	case wrongUsage(generate):
		f.Err = errUsage
	default:
		f.Needed, f.Err = false, ErrNotKnown
	}
	return f
}

// unfit says why a key cannot be used, and what its owner can do; nil if it can.
func unfit(m *types.KeyMetadata) error {
	const another = "another key has to be made: neither can be changed"
	switch {
	case m.KeyManager == types.KeyManagerTypeAws:
		return errors.New("AWS manages it: a key that the customer manages is needed")
	case m.KeyUsage == types.KeyUsageTypeGenerateVerifyMac:
		return fmt.Errorf("it is an HMAC key (%s): a symmetric key for encryption is needed; %s", m.KeySpec, another)
	case m.KeyUsage != types.KeyUsageTypeEncryptDecrypt:
		return fmt.Errorf("its usage is %s: a symmetric key for encryption (ENCRYPT_DECRYPT) is needed; %s", m.KeyUsage, another)
	case m.KeySpec != "" && m.KeySpec != types.KeySpecSymmetricDefault:
		return fmt.Errorf("it is an asymmetric key (%s): a symmetric one (SYMMETRIC_DEFAULT) is needed; %s", m.KeySpec, another)
	case aws.ToBool(m.MultiRegion):
		return errMultiRegion
	}
	return unusable(m)
}

// unusable says what a key's state asks of its owner.
func unusable(m *types.KeyMetadata) error {
	switch m.KeyState {
	case "", types.KeyStateEnabled:
		return nil
	case types.KeyStateDisabled:
		return errors.New("it is disabled: its owner can enable it again (kms:EnableKey)")
	case types.KeyStatePendingDeletion:
		return fmt.Errorf("its deletion is scheduled%s: until then its owner can cancel that (kms:CancelKeyDeletion), which leaves it disabled, and enable it again (kms:EnableKey)",
			onDay(" for ", m.DeletionDate))
	case types.KeyStatePendingImport:
		if m.ValidTo != nil {
			return fmt.Errorf("its imported material has expired: it was valid until%s. Its owner can import the same material again (kms:ImportKeyMaterial)", onDay(" ", m.ValidTo))
		}
		return errors.New("it has no key material: it was not imported, or was deleted, or has expired. Its owner can import the same material again (kms:ImportKeyMaterial)")
	case types.KeyStateUnavailable:
		return fmt.Errorf("its key store%s is disconnected: its owner can connect it again (kms:ConnectCustomKeyStore)", named(m.CustomKeyStoreId))
	case types.KeyStateCreating, types.KeyStateUpdating:
		return fmt.Errorf("it is being made or changed (%s): ask again in a moment", m.KeyState)
	}
	return fmt.Errorf("its state is %s", m.KeyState)
}

// noteOf says where a key's material lies, where that is not AWS's own store.
func noteOf(m *types.KeyMetadata) string {
	switch {
	case m.Origin == types.OriginTypeExternalKeyStore:
		return "its material lies in an external key store (XKS)" + named(m.CustomKeyStoreId) + ", whose errors and time-outs come through as KU005, or as KU006 when they take too long"
	case m.CustomKeyStoreId != nil:
		return "its material lies in a CloudHSM key store" + named(m.CustomKeyStoreId) + ", whose errors come through as KU005"
	case m.Origin == types.OriginTypeExternal && m.ValidTo != nil:
		return "its material was imported and expires" + onDay(" on ", m.ValidTo) + ", when the key becomes unusable until it is imported again; AWS does not rotate it by itself"
	case m.Origin == types.OriginTypeExternal:
		return "its material was imported; AWS does not rotate it by itself"
	}
	return ""
}

func named(id *string) string {
	if id == nil {
		return ""
	}
	return " " + *id
}

func onDay(before string, t *time.Time) string {
	if t == nil {
		return ""
	}
	return before + t.UTC().Format("2006-01-02 15:04 MST")
}
