package localkey_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/localkey"
)

// FuzzKeyFile: a text is a key only when it is that key's spelling, to the last bit.
func FuzzKeyFile(f *testing.F) {
	for _, text := range []string{"", "\n", fixedKey, fixedKey + "\n", "ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8\n", strings.Repeat("\n", 43)} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		key, err := localkey.ParseKey(bytes.Clone(text))
		if err != nil {
			if key != nil {
				t.Error("a key beside the error")
			}
			return
		}
		line := strings.TrimSuffix(string(text), "\n")
		if line != base64.RawURLEncoding.EncodeToString(key) && strings.ToLower(line) != hex.EncodeToString(key) {
			t.Errorf("%q was read as %x", text, key)
		}
	})
}

// FuzzUnwrap: no bytes but those that were wrapped open, and none are a danger.
func FuzzUnwrap(f *testing.F) {
	path := f.TempDir() + "/master.key"
	if err := localkey.Create(path); err != nil {
		f.Fatal(err)
	}
	d := localkey.New(path)
	w, key, err := d.Generate(f.Context(), spec())
	if err != nil {
		f.Fatal(err)
	}
	key.Destroy()
	f.Add(w.Ciphertext)
	f.Add([]byte{})
	f.Add(make([]byte, 61))
	f.Add(append(bytes.Clone(w.Ciphertext), 0))
	f.Fuzz(func(t *testing.T, c []byte) {
		key, _, err := d.Unwrap(t.Context(), spec(), keysource.Wrapped{Ciphertext: c})
		defer key.Destroy()
		if opened := err == nil; opened != bytes.Equal(c, w.Ciphertext) {
			t.Errorf("%x: %v", c, err)
		}
		if err != nil && keysource.KindOf(err) != keysource.KeyMismatch {
			t.Errorf("%x: %v", c, err)
		}
	})
}
