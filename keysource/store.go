package keysource

import (
	"context"
	"time"

	"github.com/legatics/pgseal/crypto"
)

// Bounds of a tenant's cache time. A cache time outside is an error; nothing is clamped.
const (
	MinCacheTime     = time.Minute
	MaxCacheTime     = 24 * time.Hour
	DefaultCacheTime = 5 * time.Minute
)

// Store is one database's key records as the keyring sees them. It is safe for concurrent use.
//
// Reads are of the primary and monotone: one that begins after another has ended never gives an older version.
type Store interface {
	// Tenant reads a tenant's record, authenticated. *Error of TenantUnknown when there is none, of KeyRecordInvalid when the
	// record does not verify; any other error means that the store could not be read.
	Tenant(ctx context.Context, name string) (TenantRecord, error)
	// Pin records want as the generation of a deterministic column or domain unless one is recorded already, and returns the one
	// that is. Errors as Tenant.
	Pin(ctx context.Context, tenant crypto.TenantID, col crypto.ColumnID, want crypto.KeyNumber) (crypto.KeyNumber, error)
	// Changed lists the version of every tenant's record. The versions need not be authenticated: they only say which records to
	// read again.
	Changed(ctx context.Context) ([]TenantVersion, error)
	// Refused registers that the KMS said no to whoever tried the record of that version, so that every proxy hears of it.
	Refused(ctx context.Context, name string, version int64, kind Kind) error
	// Hold registers that this process holds the tenant's key for that much longer, and until when by the store's clock; 0 that it
	// holds it no more. Nothing is sealed or opened for longer than what is registered.
	Hold(ctx context.Context, tenant crypto.TenantID, left time.Duration) error
	// Knows tells whether any tenant has a data key of that number. It decides between two errors and nothing else, so that the
	// answer need not be authenticated.
	Knows(ctx context.Context, n crypto.KeyNumber) (bool, error)
}

// TenantVersion is the version of one tenant's record, and how often its key was refused.
type TenantVersion struct {
	Name     string
	Version  int64
	Refusals int64
}

// Refusal is the KMS's last no about a tenant's key to any proxy.
type Refusal struct {
	Count   int64 // of such nos since the tenant was added; 0: never
	Kind    Kind
	Version int64 // of the record that was tried
	At      time.Time
}

// TenantRecord is everything that the store says about one tenant at one moment. Whoever gets one does not change it.
type TenantRecord struct {
	ID          crypto.TenantID
	Name        string
	Tag         crypto.StoreTag
	Spec        KeySpec // of the current data key
	CacheTime   time.Duration
	Version     int64 // rises with every change of anything here but Pins and Refusal
	Locked      bool
	LockedSince time.Time
	LockedBy    string
	Retired     bool
	Drill       *Drill    // the last that was ordered; nil before the first
	Probes      int64     // how often it was ordered that every proxy ask the KMS now
	ReadAt      time.Time // by the store's own clock; zero where it has none
	Current     WrappedGeneration
	Elders      []WrappedElder
	Pins        map[crypto.ColumnID]crypto.KeyNumber // generations of the deterministic columns
	Refusal     Refusal
}

// WrappedGeneration is the tenant's current data key, wrapped by the customer's master key.
type WrappedGeneration struct {
	Number  crypto.KeyNumber
	Wrapped Wrapped
}

// WrappedElder is an older data key, wrapped under the current one (crypto.Generation.WrapElder).
type WrappedElder struct {
	Number  crypto.KeyNumber
	Wrapped []byte
}
