package keysource

import (
	"context"

	"github.com/legatics/pgseal/crypto"
)

// The drivers' names, as commands and records spell them.
const (
	ProviderAWS   = "aws-kms"
	ProviderLocal = "local"
)

// KeySpec is all that a driver needs to know about one data key and the master key that wraps it. It holds no secret.
type KeySpec struct {
	TenantID    crypto.TenantID // goes into the encryption context
	TenantName  string          // for messages only
	Provider    string          // ProviderAWS or ProviderLocal
	KeyARN      string          // as configured; may be an alias
	ResolvedARN string          // the key's own ARN, when KeyARN is an alias
	RoleARN     string          // role to assume, or empty
	ExternalID  string          // for RoleARN
	Endpoint    string          // in place of the region's own, or empty
	KeyNumber   crypto.KeyNumber
}

// Wrapped is a data key as the KMS wrapped it. It holds no secret.
type Wrapped struct {
	Ciphertext []byte
	KeyARN     string // the key's own ARN, as the KMS answered
	MaterialID string // which material of that key, where the KMS tells
}

// Wrapper is a driver: one kind of key management service. It is safe for concurrent use.
//
// Every error is an *Error of one of the kinds AccessDenied to KMSCredentials or KeyMismatch; a cancelled or expired ctx is
// KMSUnreachable with the context's error in its chain. A call comes back soon after ctx has ended. A driver neither caches
// data keys nor keeps those that it returned; the caller destroys them.
type Wrapper interface {
	// Generate makes a new data key and wraps it.
	Generate(ctx context.Context, spec KeySpec) (Wrapped, *crypto.DataKey, error)
	// Unwrap opens a wrapped data key. materialID is empty where the KMS does not tell. KeyMismatch when it does not belong to the
	// spec's key, tenant and number.
	Unwrap(ctx context.Context, spec KeySpec, wrapped Wrapped) (key *crypto.DataKey, materialID string, err error)
	// Rewrap wraps the data key anew under another spec, without showing it to this process where the KMS can do that.
	Rewrap(ctx context.Context, from, to KeySpec, wrapped Wrapped) (Wrapped, error)
	// Probe asks whether the key could be used now, without using it where the KMS can tell.
	Probe(ctx context.Context, spec KeySpec) error
}

// Watcher is what a driver offers besides when it can see a withdrawal at no cost. The keyring looks every second at the keys that
// are in use.
type Watcher interface {
	// Look returns nil while the master key is where it should be. An error is a Wrapper's, and counts as its answer.
	Look(ctx context.Context, spec KeySpec) error
}
