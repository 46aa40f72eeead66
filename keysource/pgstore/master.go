package pgstore

import (
	"errors"

	"github.com/legatics/pgseal/keysource"
)

// MasterKey names a customer master key and how it is reached. It holds no secret.
type MasterKey struct {
	Provider   string
	KeyARN     string
	RoleARN    string
	ExternalID string
	Endpoint   string
}

// MasterKeyOf is the one that wraps the tenant's data key now.
func MasterKeyOf(spec keysource.KeySpec) MasterKey {
	return MasterKey{spec.Provider, spec.KeyARN, spec.RoleARN, spec.ExternalID, spec.Endpoint}
}

// ErrProvider: a data key is re-wrapped within one provider; another one gets a new data key.
var ErrProvider = errors.New("pgstore: a data key is not re-wrapped by another provider")

// Under is the spec with another master key. An alias is resolved anew.
func (m MasterKey) Under(spec keysource.KeySpec) keysource.KeySpec {
	spec.Provider, spec.KeyARN, spec.RoleARN, spec.ExternalID, spec.Endpoint = m.Provider, m.KeyARN, m.RoleARN, m.ExternalID, m.Endpoint
	spec.ResolvedARN = ""
	return spec
}
