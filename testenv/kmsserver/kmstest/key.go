package kmstest

import "time"

// State of a key, as in KeyMetadata.KeyState.
type State string

const (
	Enabled         State = "Enabled"
	Disabled        State = "Disabled"
	PendingDeletion State = "PendingDeletion"
	PendingImport   State = "PendingImport"
	Unavailable     State = "Unavailable" // its custom key store is disconnected
	Updating        State = "Updating"
)

// words is the state as KMS writes it in a message.
func (s State) words() string {
	switch s {
	case PendingDeletion:
		return "pending deletion"
	case PendingImport:
		return "pending import"
	case Unavailable:
		return "unavailable"
	case Updating:
		return "updating"
	case Disabled:
		return "disabled"
	}
	return string(s)
}

func (s State) known() bool {
	switch s {
	case Enabled, Disabled, PendingDeletion, PendingImport, Unavailable, Updating:
		return true
	}
	return false
}

const (
	encryptDecrypt = "ENCRYPT_DECRYPT"
	symmetric      = "SYMMETRIC_DEFAULT"
)

// key is one KMS key. Its fields are exported for the state file alone.
type key struct {
	ARN            string
	ID             string
	Region         string
	Account        string
	Usage          string // ENCRYPT_DECRYPT, SIGN_VERIFY, ...
	Spec           string // SYMMETRIC_DEFAULT, RSA_2048, ...
	MultiRegion    bool
	ValidTo        time.Time // when its imported material expires; zero is never
	Origin         string    // AWS_KMS, EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE
	Description    string
	CustomKeyStore string // id, or ""
	State          State
	Created        time.Time
	DeletionDate   time.Time // in state PendingDeletion
	Materials      []material
	Rotated        []time.Time // one for each material after the first
	Automatic      []string    // ids of the materials that came by automatic rotation
	Restricted     bool        // only Principals, and those that a grant names, may use it
	Principals     []string
	Grants         []*grant
	Trouble        string // code that a custom key store in trouble answers with, or ""
}

func (k *key) current() material { return k.Materials[len(k.Materials)-1] }

// materialOf finds the material by its id, ok is false when this key never had it.
func (k *key) materialOf(id string) (material, bool) {
	for _, m := range k.Materials {
		if m.ID == id {
			return m, true
		}
	}
	return material{}, false
}

func (k *key) rotate(now time.Time) material {
	k.Materials = append(k.Materials, newMaterial())
	k.Rotated = append(k.Rotated, now)
	return k.current()
}

// usable answers a cryptographic operation in the key's present state: nil, or the error that KMS gives.
func (k *key) usable(operation string) *apiError {
	switch {
	case k.Trouble != "":
		return troubleError(k)
	case k.State == Disabled:
		return errDisabled(k.ARN)
	case k.State != Enabled:
		return errInvalidState(k.ARN, k.State)
	case k.Usage != encryptDecrypt:
		return errKeyUsage(k.ARN, k.Usage, operation)
	case k.Spec != symmetric:
		return errKeySpec(k.ARN, k.Spec, operation)
	}
	return nil
}

// troubleError is the answer of a key in a custom key store that does not work. The messages are not confirmed; a
// caller is told by the API reference that KMSInvalidStateException of such a key may have many causes.
func troubleError(k *key) *apiError {
	if k.Trouble == "KMSInvalidStateException" {
		return errInvalidState(k.ARN, Unavailable)
	}
	return fail(k.Trouble, "The request failed because the custom key store of %s is not available.", k.ARN)
}

// metadata is KeyMetadata of the API reference.
type metadata struct {
	AWSAccountID         string   `json:"AWSAccountId"`
	Arn                  string   `json:"Arn"`
	KeyID                string   `json:"KeyId"`
	CreationDate         float64  `json:"CreationDate"`
	DeletionDate         float64  `json:"DeletionDate,omitempty"`
	CurrentKeyMaterialID string   `json:"CurrentKeyMaterialId,omitempty"`
	CustomKeyStoreID     string   `json:"CustomKeyStoreId,omitempty"`
	Description          string   `json:"Description"`
	Enabled              bool     `json:"Enabled"`
	EncryptionAlgorithms []string `json:"EncryptionAlgorithms,omitempty"`
	KeyManager           string   `json:"KeyManager"`
	KeySpec              string   `json:"KeySpec"`
	KeyState             State    `json:"KeyState"`
	KeyUsage             string   `json:"KeyUsage"`
	MultiRegion          bool     `json:"MultiRegion"`
	Origin               string   `json:"Origin"`
	ExpirationModel      string   `json:"ExpirationModel,omitempty"`
	ValidTo              float64  `json:"ValidTo,omitempty"`
}

func (k *key) metadata() metadata {
	m := metadata{
		AWSAccountID: k.Account, Arn: k.ARN, KeyID: k.ID, CreationDate: epoch(k.Created),
		CustomKeyStoreID: k.CustomKeyStore, Description: k.Description, Enabled: k.State == Enabled,
		KeyManager: "CUSTOMER", KeySpec: k.Spec, KeyState: k.State, KeyUsage: k.Usage, Origin: k.Origin, MultiRegion: k.MultiRegion,
	}
	if k.Spec == symmetric {
		m.EncryptionAlgorithms = []string{symmetric}
		m.CurrentKeyMaterialID = k.current().ID
	}
	if k.Origin == "EXTERNAL" {
		m.ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE"
		if !k.ValidTo.IsZero() {
			m.ExpirationModel, m.ValidTo = "KEY_MATERIAL_EXPIRES", epoch(k.ValidTo)
		}
	}
	if k.State == PendingDeletion {
		m.DeletionDate = epoch(k.DeletionDate)
	}
	return m
}

// epoch is a time as the JSON protocol writes it: seconds since 1970, with a fraction.
func epoch(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
