package crypto

import (
	"bytes"
	"errors"
	"sync"
	"testing"
)

func TestKeyConstructors(t *testing.T) {
	type destroyer interface{ Destroy() }
	for name, construct := range map[string]func([]byte) (destroyer, error){
		"data key":    func(b []byte) (destroyer, error) { return NewDataKey(b) },
		"control key": func(b []byte) (destroyer, error) { return NewControlKey(b) },
	} {
		for _, b := range [][]byte{nil, bytes.Repeat([]byte{1}, 31), bytes.Repeat([]byte{1}, 33), make([]byte, 32)} {
			if _, err := construct(b); !errors.Is(err, ErrMalformed) {
				t.Errorf("%s of %d bytes: %v", name, len(b), err)
			}
			equalBytes(t, name+": refused argument", b, make([]byte, len(b)))
		}
		b := unhex(t, goldenKeyHex)
		k, err := construct(b)
		if err != nil {
			t.Fatal(err)
		}
		equalBytes(t, name+": argument", b, make([]byte, 32))
		k.Destroy()
		k.Destroy()
	}
}

func TestGeneratedKeysDiffer(t *testing.T) {
	seen := map[[32]byte]bool{{}: true}
	for range 10 {
		d, err := GenerateDataKey()
		if err != nil {
			t.Fatal(err)
		}
		c, err := GenerateControlKey()
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range []func(func([]byte) error) error{d.use, c.Export} {
			if err := use(func(key []byte) error {
				if len(key) != 32 || seen[[32]byte(key)] {
					t.Errorf("key of %d bytes, or one seen before", len(key))
				}
				seen[[32]byte(key)] = true
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		d.Destroy()
		c.Destroy()
		if err := c.Export(func([]byte) error { return nil }); !errors.Is(err, ErrDestroyed) {
			t.Errorf("Export after Destroy: %v", err)
		}
	}
}

// TestDestroyWaits: memory is wiped after the last user, never under one.
func TestDestroyWaits(t *testing.T) {
	want := unhex(t, goldenKeyHex)
	for range 200 {
		k := goldenKey(t)
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				for {
					err := k.use(func(key []byte) error {
						for range 10 {
							if !bytes.Equal(key, want) {
								return errors.New("the key changed in use")
							}
						}
						return nil
					})
					if err != nil {
						if !errors.Is(err, ErrDestroyed) {
							t.Error(err)
						}
						return
					}
				}
			})
		}
		k.Destroy()
		wg.Wait()
	}
}

func TestControlKeyDestroyed(t *testing.T) {
	k, err := GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	mac := k.Sum([]byte("x"))
	k.Destroy()
	if k.Verify(mac[:], []byte("x")) {
		t.Error("verified with a destroyed key")
	}
	defer func() {
		if recover() == nil {
			t.Error("Sum with a destroyed key gave a MAC")
		}
	}()
	k.Sum([]byte("x"))
}

func TestControlKeyVerify(t *testing.T) {
	k, err := GenerateControlKey()
	if err != nil {
		t.Fatal(err)
	}
	defer k.Destroy()
	mac := k.Sum([]byte("ab"), []byte("c"))
	for _, parts := range [][][]byte{
		{[]byte("a"), []byte("bc")}, {[]byte("abc")}, {[]byte("ab"), []byte("c"), nil}, {[]byte("c"), []byte("ab")}, nil,
	} {
		if k.Verify(mac[:], parts...) {
			t.Errorf("%q verifies", parts)
		}
	}
	for _, wrong := range [][]byte{nil, mac[:31], append(mac[:], 0), make([]byte, 32)} {
		if k.Verify(wrong, []byte("ab"), []byte("c")) {
			t.Errorf("%x verifies", wrong)
		}
	}
	if !k.Verify(mac[:], []byte("ab"), []byte("c")) {
		t.Error("does not verify")
	}
}
