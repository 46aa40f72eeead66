package keysource

import "fmt"

// Kind is one of the closed set of ways in which a key can be unavailable. The zero Kind is no failure.
type Kind uint8

const (
	// AccessDenied: the KMS refuses the principal (AccessDeniedException, a role that can't be assumed, a revoked grant).
	AccessDenied Kind = iota + 1
	// KeyDisabled: the customer master key is disabled.
	KeyDisabled
	// KeyInvalidState: the key is pending deletion or import, or otherwise unusable by somebody's intent. A driver reports the
	// troubles of a custom key store, which AWS gives the same code, as KeyStoreUnavailable.
	KeyInvalidState
	// KeyNotFound: there is no such key; the local master key file is gone.
	KeyNotFound
	// KeyStoreUnavailable: the KMS answers, but what keeps the key (external key store, CloudHSM, a dependency) does not.
	KeyStoreUnavailable
	// KMSUnreachable: no usable answer: network, time-out, server errors after retries, codes that nobody knows; or the cache
	// time is over and no newer yes was got.
	KMSUnreachable
	// KMSThrottled: still throttled after retries.
	KMSThrottled
	// KMSCredentials: the proxy's own credentials are missing, expired or not accepted.
	KMSCredentials
	// KeyLocked: an operator of this deployment locked the tenant.
	KeyLocked
	// TenantUnknown: no tenant is named, or none of that name is in use.
	TenantUnknown
	// KeyMismatch: the wrapped data key does not open under the configured master key and context.
	KeyMismatch
	// KeyRecordInvalid: a control record does not verify, or is older than one that was seen before.
	KeyRecordInvalid
	// ValueKeyUnknown: a sealed value names a data-key generation that the store does not have.
	ValueKeyUnknown
)

// kindText is what is fixed about one kind. message completes "the key of tenant X is not available: "; hint says who can mend it
// and how.
type kindText struct {
	code, name    string
	retryable     bool
	message, hint string
}

// kinds is the table of all kinds, in their order. Codes and names are relied on by applications and never change.
var kinds = [...]kindText{
	AccessDenied: {"KU001", "key_access_denied", true, "access to it was denied",
		"The owner of the key can allow it again in the key's policy, grant or role."},
	KeyDisabled: {"KU002", "key_disabled", true, "it is disabled",
		"The owner of the key can enable it again."},
	KeyInvalidState: {"KU003", "key_invalid_state", true, "it is pending deletion or import, or otherwise unusable",
		"The owner of the key can cancel its deletion and enable it, or import its material."},
	KeyNotFound: {"KU004", "key_not_found", true, "it was not found",
		"The owner of the key can bring it back; the operator of pgseal can check which key is configured."},
	KeyStoreUnavailable: {"KU005", "key_store_unavailable", true, "the key store behind the key management service is unavailable",
		"Try again; if it lasts, the owner of the key can look at the external key store or hardware module."},
	KMSUnreachable: {"KU006", "kms_unreachable", true, "the key management service did not answer",
		"Try again; if it lasts, the operator of pgseal can look at the network and at the log."},
	KMSThrottled: {"KU007", "kms_throttled", true, "the key management service is throttling requests",
		"Try again in a while; if it lasts, the owner of the key can raise the request quota."},
	KMSCredentials: {"KU008", "kms_credentials", true, "pgseal's own credentials for the key management service are missing or expired",
		"The operator of pgseal can renew its credentials."},
	KeyLocked: {"KU009", "key_locked", true, "the tenant is locked",
		"An operator of pgseal locked it and can unlock it with: pgseal key unlock TENANT"},
	TenantUnknown: {"KU010", "tenant_unknown", false, "there is no such tenant",
		"The operator of pgseal can list the tenants with: pgseal tenant list"},
	KeyMismatch: {"KU011", "key_mismatch", false, "the stored data key does not open under the configured key",
		"The operator of pgseal can compare the configured key with the key history: pgseal tenant show TENANT"},
	KeyRecordInvalid: {"KU012", "key_record_invalid", false, "its record in the database does not verify, or is an old one",
		"The operator of pgseal must find out who changed the pgseal schema; after a restore of the database that is meant: pgseal init --accept-restore"},
	ValueKeyUnknown: {"KD002", "value_key_unknown", false, "a value was sealed under a data key that is not in the store",
		"The database administrator can check from where the value was restored; its data key may be in an exported copy."},
}

// Code is the SQLSTATE, "KU001" to "KU012" or "KD002".
func (k Kind) Code() string { return k.text().code }

// Name is the symbolic name, as "key_access_denied".
func (k Kind) Name() string { return k.text().name }

// Retryable tells whether the same statement may succeed later with nothing but the key's return.
func (k Kind) Retryable() bool { return k.text().retryable }

// String is name and code, for logs.
func (k Kind) String() string {
	if t := k.text(); t.code != "" {
		return t.name + " (" + t.code + ")"
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Kinds lists all kinds in the order of their codes.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kinds)-1)
	for k := AccessDenied; int(k) < len(kinds); k++ {
		all = append(all, k)
	}
	return all
}

func (k Kind) text() kindText {
	if int(k) >= len(kinds) {
		return kindText{}
	}
	return kinds[k]
}
