package kmstest

type generateDataKeyInput struct {
	KeyID             string            `json:"KeyId"`
	KeySpec           string            `json:"KeySpec"`
	NumberOfBytes     int               `json:"NumberOfBytes"`
	EncryptionContext map[string]string `json:"EncryptionContext"`
	DryRun            bool              `json:"DryRun"`
}

// dataOutput is the answer of GenerateDataKey, Encrypt and Decrypt; each leaves out what it does not have.
type dataOutput struct {
	KeyID               string `json:"KeyId"`
	Plaintext           []byte `json:"Plaintext,omitempty"`
	CiphertextBlob      []byte `json:"CiphertextBlob,omitempty"`
	KeyMaterialID       string `json:"KeyMaterialId,omitempty"`
	EncryptionAlgorithm string `json:"EncryptionAlgorithm,omitempty"`
}

func generateDataKey(c *call, in generateDataKeyInput) (any, *apiError) {
	c.record.EncryptionContext, in.DryRun = in.EncryptionContext, c.dryRun(in.DryRun)
	k, e := c.key(in.KeyID)
	if e != nil {
		return nil, e
	}
	size := in.NumberOfBytes
	switch {
	case (in.KeySpec == "") == (size == 0):
		return nil, errInvalid("Please specify either number of bytes or key spec.")
	case in.KeySpec == "AES_256":
		size = 32
	case in.KeySpec == "AES_128":
		size = 16
	case in.KeySpec != "" || size < 1 || size > 1024:
		return nil, errInvalid("1 validation error detected: key spec or number of bytes out of range")
	}
	if e := c.use(k, "GenerateDataKey", in.EncryptionContext, in.DryRun); e != nil {
		return nil, e
	}
	plain := random(size)
	return dataOutput{
		KeyID: k.ARN, Plaintext: plain, KeyMaterialID: k.current().ID,
		CiphertextBlob: k.current().seal(plain, in.EncryptionContext),
	}, nil
}

type encryptInput struct {
	KeyID             string            `json:"KeyId"`
	Plaintext         []byte            `json:"Plaintext"`
	EncryptionContext map[string]string `json:"EncryptionContext"`
	DryRun            bool              `json:"DryRun"`
}

func encrypt(c *call, in encryptInput) (any, *apiError) {
	c.record.EncryptionContext, in.DryRun = in.EncryptionContext, c.dryRun(in.DryRun)
	k, e := c.key(in.KeyID)
	if e != nil {
		return nil, e
	}
	if len(in.Plaintext) == 0 || len(in.Plaintext) > maxPlainLen {
		return nil, errInvalid("1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length between 1 and 4096")
	}
	if e := c.use(k, "Encrypt", in.EncryptionContext, in.DryRun); e != nil {
		return nil, e
	}
	return dataOutput{
		KeyID: k.ARN, CiphertextBlob: k.current().seal(in.Plaintext, in.EncryptionContext),
		EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
	}, nil
}

type decryptInput struct {
	KeyID             string            `json:"KeyId"`
	CiphertextBlob    []byte            `json:"CiphertextBlob"`
	EncryptionContext map[string]string `json:"EncryptionContext"`
	DryRun            bool              `json:"DryRun"`
	DryRunModifiers   []string          `json:"DryRunModifiers"`
}

func decrypt(c *call, in decryptInput) (any, *apiError) {
	c.record.EncryptionContext, in.DryRun = in.EncryptionContext, c.dryRun(in.DryRun)
	if in.DryRun && len(in.DryRunModifiers) == 1 && in.DryRunModifiers[0] == "IGNORE_CIPHERTEXT" {
		k, e := c.key(in.KeyID)
		if e != nil {
			return nil, e
		}
		return nil, c.use(k, "Decrypt", in.EncryptionContext, true)
	}
	source := ciphertext{keyID: in.KeyID, blob: in.CiphertextBlob, pairs: in.EncryptionContext}
	k, m, plain, e := c.open(source, "Decrypt")
	if e != nil {
		return nil, e
	}
	if in.DryRun {
		return nil, errDryRun()
	}
	return dataOutput{
		KeyID: k.ARN, Plaintext: plain, KeyMaterialID: m.ID, EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
	}, nil
}

type reEncryptInput struct {
	CiphertextBlob               []byte            `json:"CiphertextBlob"`
	SourceKeyID                  string            `json:"SourceKeyId"`
	SourceEncryptionContext      map[string]string `json:"SourceEncryptionContext"`
	DestinationKeyID             string            `json:"DestinationKeyId"`
	DestinationEncryptionContext map[string]string `json:"DestinationEncryptionContext"`
	DryRun                       bool              `json:"DryRun"`
}

type reEncryptOutput struct {
	CiphertextBlob                 []byte `json:"CiphertextBlob"`
	KeyID                          string `json:"KeyId"`
	SourceKeyID                    string `json:"SourceKeyId"`
	SourceKeyMaterialID            string `json:"SourceKeyMaterialId"`
	DestinationKeyMaterialID       string `json:"DestinationKeyMaterialId"`
	SourceEncryptionAlgorithm      string `json:"SourceEncryptionAlgorithm"`
	DestinationEncryptionAlgorithm string `json:"DestinationEncryptionAlgorithm"`
}

// reEncrypt needs one caller who has kms:ReEncryptFrom on the source and kms:ReEncryptTo on the destination.
func reEncrypt(c *call, in reEncryptInput) (any, *apiError) {
	c.record.EncryptionContext, in.DryRun = in.SourceEncryptionContext, c.dryRun(in.DryRun)
	c.record.DestinationKeyID = in.DestinationKeyID
	if in.DestinationKeyID == "" {
		return nil, errMissing("destinationKeyId")
	}
	to, e := c.s.lookup(in.DestinationKeyID, c.region, c.who.Account)
	if e != nil {
		return nil, e
	}
	source := ciphertext{keyID: in.SourceKeyID, blob: in.CiphertextBlob, pairs: in.SourceEncryptionContext}
	from, m, plain, e := c.open(source, "ReEncryptFrom")
	if e != nil {
		return nil, e
	}
	if e := c.use(to, "ReEncryptTo", in.DestinationEncryptionContext, in.DryRun); e != nil {
		return nil, e
	}
	return reEncryptOutput{
		CiphertextBlob: to.current().seal(plain, in.DestinationEncryptionContext),
		KeyID:          to.ARN, DestinationKeyMaterialID: to.current().ID,
		SourceKeyID: from.ARN, SourceKeyMaterialID: m.ID,
		SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT", DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
	}, nil
}

// use checks permission and state for an operation that needs the key's current material. A dry run that would have
// worked ends here, with DryRunOperationException.
func (c *call) use(k *key, operation string, pairs map[string]string, dryRun bool) *apiError {
	if e := c.authorise(k, operation, pairs); e != nil {
		return e
	}
	if e := k.usable(operation); e != nil {
		return e
	}
	if dryRun {
		return errDryRun()
	}
	return nil
}

// ciphertext is something to be opened: under the key named, or without a name under the one that made it.
type ciphertext struct {
	keyID string
	blob  []byte
	pairs map[string]string
}

// open finds the key of src, checks that the caller may open it with operation, and decrypts it.
func (c *call) open(src ciphertext, operation string) (*key, material, []byte, *apiError) {
	if len(src.blob) == 0 {
		return nil, material{}, nil, errMissing("ciphertextBlob")
	}
	if len(src.blob) > maxBlobLen {
		return nil, material{}, nil, errInvalid("1 validation error detected: Value at 'ciphertextBlob' failed to satisfy constraint: Member must have length less than or equal to 6144")
	}
	k, e := c.sourceKey(src)
	if e != nil {
		return nil, material{}, nil, e
	}
	if e := c.authorise(k, operation, src.pairs); e != nil {
		return nil, material{}, nil, e
	}
	id, e := blobMaterial(src.blob)
	if e != nil {
		return nil, material{}, nil, e
	}
	m, ok := k.materialOf(id)
	if !ok && c.s.keyByMaterial(id) == nil {
		return nil, material{}, nil, errInvalidCiphertext()
	}
	if !ok {
		return nil, material{}, nil, errIncorrectKey()
	}
	if e := k.usable(operation); e != nil {
		return nil, material{}, nil, e
	}
	plain, e := m.open(src.blob, src.pairs)
	return k, m, plain, e
}

func (c *call) sourceKey(src ciphertext) (*key, *apiError) {
	if src.keyID != "" {
		return c.key(src.keyID)
	}
	id, e := blobMaterial(src.blob)
	if e != nil {
		return nil, e
	}
	if k := c.s.keyByMaterial(id); k != nil && k.Region == c.region {
		return k, nil
	}
	return nil, errInvalidCiphertext()
}
