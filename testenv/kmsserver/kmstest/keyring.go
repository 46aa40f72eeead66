package kmstest

import (
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	keyIDForm = regexp.MustCompile(`^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`)
	aliasForm = regexp.MustCompile(`^alias/[a-zA-Z0-9/_-]{1,250}$`)
)

// ErrNoSuchKey is returned by the methods that switch a key when the ARN names none.
var ErrNoSuchKey = errors.New("kmstest: no such key")

// KeyOptions describe a key to be made by CreateKey; the zero value is an enabled symmetric key of the server's
// region and account.
type KeyOptions struct {
	Region         string    `json:"region"`
	Account        string    `json:"account"`
	Alias          string    `json:"alias"` // "alias/name", or "" for none
	Usage          string    `json:"usage"` // default ENCRYPT_DECRYPT
	Spec           string    `json:"spec"`  // RSA_2048, HMAC_256, ...; default SYMMETRIC_DEFAULT, RSA_2048 for other usages
	MultiRegion    bool      `json:"multi_region"`
	CustomKeyStore bool      `json:"custom_key_store"` // of CloudHSM
	External       bool      `json:"external"`         // of an external key store (XKS)
	Imported       bool      `json:"imported"`         // its material was imported
	ValidTo        time.Time `json:"valid_to"`         // when imported material expires; zero is never
	Description    string    `json:"description"`
}

// CreateKey makes a key and returns its ARN.
func (s *Server) CreateKey(o KeyOptions) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.addKey(o)
	s.changed()
	return k.ARN
}

func (s *Server) addKey(o KeyOptions) *key {
	region, account := orElse(o.Region, s.region), orElse(o.Account, s.account)
	id := newUUID()
	if o.MultiRegion {
		id = "mrk-" + strings.ReplaceAll(id, "-", "")
	}
	k := &key{
		ARN: fmt.Sprintf("arn:%s:kms:%s:%s:key/%s", partitionOf(region), region, account, id),
		ID:  id, Region: region, Account: account, Usage: orElse(o.Usage, encryptDecrypt), Origin: "AWS_KMS",
		Spec: o.spec(), MultiRegion: o.MultiRegion, Description: o.Description, State: Enabled, Created: s.now(), Materials: []material{newMaterial()},
	}
	k.origin(o)
	s.keys[k.ARN] = k
	if o.Alias != "" {
		s.aliases[aliasARN(region, account, o.Alias)] = k.ARN
	}
	return k
}

// spec is the key spec that is meant.
func (o KeyOptions) spec() string {
	switch {
	case o.Spec != "":
		return o.Spec
	case o.Usage == "" || o.Usage == encryptDecrypt:
		return symmetric
	case o.Usage == "GENERATE_VERIFY_MAC":
		return "HMAC_256"
	}
	return "RSA_2048"
}

// origin says where the material of k lies.
func (k *key) origin(o KeyOptions) {
	switch {
	case o.External:
		k.Origin, k.CustomKeyStore = "EXTERNAL_KEY_STORE", newKeyStoreID()
	case o.CustomKeyStore:
		k.Origin, k.CustomKeyStore = "AWS_CLOUDHSM", newKeyStoreID()
	case o.Imported || !o.ValidTo.IsZero():
		k.Origin, k.ValidTo = "EXTERNAL", o.ValidTo
	}
}

func newKeyStoreID() string { return "cks-" + strings.ReplaceAll(newUUID(), "-", "")[:17] }

// lookup finds the key that id names for a caller of account in region. The four forms of the API reference are
// accepted: key id, key ARN, alias name, alias ARN.
func (s *Server) lookup(id, region, account string) (*key, *apiError) {
	switch {
	case id == "":
		return nil, errMissing("keyId")
	case keyIDForm.MatchString(id):
		return s.keyByARN(fmt.Sprintf("arn:%s:kms:%s:%s:key/%s", partitionOf(region), region, account, id))
	case aliasForm.MatchString(id):
		return s.keyByAlias(aliasARN(region, account, id))
	}
	parts := strings.SplitN(id, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "kms" {
		return nil, errBadKeyID(id)
	}
	if parts[3] != region {
		return nil, errOtherRegion(parts[3])
	}
	if aliasForm.MatchString(parts[5]) {
		return s.keyByAlias(id)
	}
	if bare, ok := strings.CutPrefix(parts[5], "key/"); !ok || !keyIDForm.MatchString(bare) {
		return nil, errBadKeyID(id)
	}
	return s.keyByARN(id)
}

func (s *Server) keyByARN(arn string) (*key, *apiError) {
	k := s.keys[arn]
	if k == nil || (k.State == PendingDeletion && !s.now().Before(k.DeletionDate)) {
		return nil, errNoKey(arn)
	}
	if k.State == Enabled && !k.ValidTo.IsZero() && !s.now().Before(k.ValidTo) {
		k.State = PendingImport // KMS deletes material that has expired
	}
	return k, nil
}

func (s *Server) keyByAlias(arn string) (*key, *apiError) {
	target, ok := s.aliases[arn]
	if !ok {
		return nil, errNoAlias(arn)
	}
	return s.keyByARN(target)
}

// keyByMaterial finds the key that once had the material. Used for a Decrypt that names no key.
func (s *Server) keyByMaterial(id string) *key {
	for _, k := range s.keys {
		if _, ok := k.materialOf(id); ok {
			return k
		}
	}
	return nil
}

// SetState puts a key into a state, whatever it was in before. PendingDeletion set in this way is over in 30 days.
func (s *Server) SetState(arn string, state State) error {
	if !state.known() {
		return fmt.Errorf("kmstest: no such key state: %q", string(state))
	}
	return s.change(arn, func(k *key) {
		k.State = state
		if state == PendingDeletion {
			k.DeletionDate = s.now().AddDate(0, 0, 30)
		}
	})
}

// Trouble makes a key answer every cryptographic operation with code, as one in a custom key store that does not
// work does: KMSInvalidStateException, KeyUnavailableException, DependencyTimeoutException, ... "" ends it.
// DescribeKey goes on answering with the key's own state.
func (s *Server) Trouble(arn, code string) error {
	return s.change(arn, func(k *key) { k.Trouble = code })
}

// Rotate gives the key new material and returns its id. Old ciphertext stays readable.
func (s *Server) Rotate(arn string) (materialID string, err error) {
	err = s.change(arn, func(k *key) { materialID = k.rotate(s.now()).ID })
	return materialID, err
}

// DeleteKey removes the key at once, as if its deletion window had passed.
func (s *Server) DeleteKey(arn string) error {
	return s.change(arn, func(k *key) { delete(s.keys, k.ARN) })
}

// Restrict closes the key to all but the principals named and those that a grant names; see Deny for how a
// principal is written. Open undoes it.
func (s *Server) Restrict(arn string, principals ...string) error {
	return s.change(arn, func(k *key) { k.Restricted, k.Principals = true, slices.Clone(principals) })
}

// Open lets everybody use the key again whom no denial names.
func (s *Server) Open(arn string) error {
	return s.change(arn, func(k *key) { k.Restricted, k.Principals = false, nil })
}

// Keys returns the ARNs of all keys, sorted.
func (s *Server) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	arns := make([]string, 0, len(s.keys))
	for arn := range s.keys {
		arns = append(arns, arn)
	}
	slices.Sort(arns)
	return arns
}

func (s *Server) change(arn string, f func(*key)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.keys[arn]
	if k == nil {
		return fmt.Errorf("%w: %s", ErrNoSuchKey, arn)
	}
	f(k)
	s.changed()
	return nil
}

func aliasARN(region, account, alias string) string {
	return fmt.Sprintf("arn:%s:kms:%s:%s:%s", partitionOf(region), region, account, alias)
}

// partitionOf is the AWS partition of a region.
func partitionOf(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func newUUID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // documented never to fail
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
