package crypto

// controlDerivation is the first part of what a key is derived from a control key by: no record begins with it.
const controlDerivation = "pgseal derived control key 1"

// Derive makes a key for another use than records: HMAC-SHA256 under the control key over controlDerivation and the label, each preceded by
// its length. Whoever has the same control key derives the same. The label names the use and its format. ErrDestroyed.
func (k *ControlKey) Derive(label string) (*ControlKey, error) {
	sum, err := k.sum([][]byte{[]byte(controlDerivation), []byte(label)})
	if err != nil {
		return nil, err
	}
	return NewControlKey(sum[:])
}
