package crypto

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"testing"
)

// TestControlKeyDerive: the derived key is what the documentation says, for each label another one, and none of a key that is gone.
func TestControlKeyDerive(t *testing.T) {
	secret := bytes.Repeat([]byte{7}, 32)
	key, err := NewControlKey(bytes.Clone(secret))
	if err != nil {
		t.Fatal(err)
	}
	derived, err := key.Derive("a use 1")
	if err != nil {
		t.Fatal(err)
	}
	defer derived.Destroy()
	mac := hmac.New(sha256.New, secret)
	for _, part := range []string{"pgseal derived control key 1", "a use 1"} {
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		mac.Write([]byte(part))
	}
	if err := derived.Export(func(got []byte) error {
		if !bytes.Equal(got, mac.Sum(nil)) {
			t.Error("another key than the documented one")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	other, err := key.Derive("a use 2")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Destroy()
	if derived.Sum([]byte("x")) == other.Sum([]byte("x")) || derived.Sum([]byte("x")) == key.Sum([]byte("x")) {
		t.Error("keys of two uses are one")
	}
	key.Destroy()
	if _, err := key.Derive("a use 1"); !errors.Is(err, ErrDestroyed) {
		t.Errorf("derived from a destroyed key: %v", err)
	}
}
