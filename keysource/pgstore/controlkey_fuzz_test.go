package pgstore

import (
	"bytes"
	"testing"
)

// FuzzControlKeyFile: only what formatControlKey writes is taken.
func FuzzControlKeyFile(f *testing.F) {
	good := formatControlKey([]byte("0123456789abcdef0123456789abcdef"))
	for _, seed := range [][]byte{good, good[:20], append(bytes.Clone(good), '\n'), bytes.Replace(good, []byte("M"), []byte("\n"), 1), nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		key, err := parseControlKey(data)
		if err != nil {
			return
		}
		defer key.Destroy()
		if err := key.Export(func(k []byte) error {
			if !bytes.Equal(formatControlKey(k), data) {
				t.Errorf("%q was taken", data)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
