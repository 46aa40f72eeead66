package crypto

import (
	"bytes"
	"errors"
	"testing"
)

// FuzzSealOpen: open(seal(x)) = x in both modes, with and without armour, padded or not.
func FuzzSealOpen(f *testing.F) {
	for _, v := range readGolden(f).Values {
		f.Add([]byte(v.Plaintext), v.Block)
	}
	k := columnKey(f, newGeneration(f), goldenColumn)
	f.Fuzz(func(t *testing.T, plaintext []byte, block int) {
		padded := AppendPadded(nil, plaintext, block%4096)
		for _, m := range bothModes {
			sealed, err := k.Seal(nil, m, padded)
			if err != nil {
				t.Fatal(err)
			}
			if !CarriesTag(goldenTag, sealed) {
				t.Fatalf("%x does not carry the tag", sealed)
			}
			unarmoured, err := AppendUnarmour(nil, AppendArmour(nil, sealed))
			if err != nil || !bytes.Equal(unarmoured, sealed) {
				t.Fatalf("armour: %x, %v", unarmoured, err)
			}
			opened, err := k.Open(nil, unarmoured)
			if err != nil || !bytes.Equal(opened, padded) {
				t.Fatalf("opened %x, %v", opened, err)
			}
			if opened, err = Unpad(opened); err != nil || !bytes.Equal(opened, plaintext) {
				t.Fatalf("unpadded %x, %v", opened, err)
			}
		}
	})
}

// FuzzOpenChanged: a sealed value with anything changed is an error of the closed set.
func FuzzOpenChanged(f *testing.F) {
	golden := readGolden(f)
	for i, v := range golden.Values {
		f.Add([]byte(v.Plaintext), uint(i), byte(1<<(i%8)), i%2 == 0)
	}
	k := columnKey(f, golden.generation(f), goldenColumn)
	f.Fuzz(func(t *testing.T, plaintext []byte, place uint, mask byte, deterministic bool) {
		m := Randomized
		if deterministic {
			m = Deterministic
		}
		sealed, err := k.Seal(nil, m, plaintext)
		if err != nil {
			t.Fatal(err)
		}
		sealed[place%uint(len(sealed))] ^= mask
		opened, err := k.Open([]byte("dst"), sealed)
		if mask == 0 {
			if err != nil || string(opened) != "dst"+string(plaintext) {
				t.Fatalf("unchanged: %x, %v", opened, err)
			}
			return
		}
		if !closedSet(err) || string(opened) != "dst" {
			t.Fatalf("byte %d changed by %02x: opened %x, %v", place%uint(len(sealed)), mask, opened, err)
		}
	})
}

// FuzzHostile: whatever bytes come, nothing panics and nothing opens but what was sealed under this key.
func FuzzHostile(f *testing.F) {
	golden := readGolden(f)
	genuine := map[string]bool{}
	for _, v := range golden.Values {
		f.Add([]byte(v.Sealed))
		f.Add([]byte(v.Armour))
		f.Add([]byte(v.Sealed[:headerSize]))
		genuine[string(v.Sealed)] = true
	}
	for _, c := range golden.Columns {
		f.Add([]byte(c.ID))
	}
	f.Add([]byte(golden.Elder.Wrapped))
	f.Add([]byte("\xff\xff\xff\xff"))
	g := golden.generation(f)
	k := columnKey(f, g, goldenColumn)
	f.Fuzz(func(t *testing.T, hostile []byte) {
		if opened, err := k.Open(nil, hostile); err == nil {
			if !genuine[string(hostile)] {
				t.Fatalf("opened %x", opened)
			}
		} else if !closedSet(err) {
			t.Fatal(err)
		}
		if _, err := g.UnwrapElder(golden.Elder.Number, hostile); err == nil && !bytes.Equal(hostile, golden.Elder.Wrapped) {
			t.Fatalf("unwrapped %x", hostile)
		}
		if id, err := ParseColumnID(hostile); err == nil {
			if again, _ := id.MarshalBinary(); !bytes.Equal(again, hostile) {
				t.Fatalf("%s is %x, not %x", id, again, hostile)
			}
		}
		_ = CarriesTag(goldenTag, hostile)
		if plaintext, err := Unpad(hostile); err == nil && !bytes.HasPrefix(AppendPadded(nil, plaintext, len(hostile)), hostile) {
			t.Fatalf("unpadded %x to %x", hostile, plaintext)
		}
		_, _ = ParseTenantID(string(hostile))
	})
}

// FuzzUnarmour: exactly one text stands for each value, so whatever is taken comes back as it was.
func FuzzUnarmour(f *testing.F) {
	for _, v := range readGolden(f).Values {
		f.Add([]byte(v.Armour))
		f.Add([]byte(v.Armour + "\n"))
		f.Add([]byte(v.Armour + "="))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		sealed, err := AppendUnarmour(nil, text)
		if err != nil {
			if !errors.Is(err, ErrMalformed) || len(sealed) != 0 {
				t.Fatalf("%x, %v", sealed, err)
			}
			return
		}
		if again := AppendArmour(nil, sealed); !bytes.Equal(again, text) {
			t.Fatalf("%q and %q stand for one value", text, again)
		}
	})
}

func closedSet(err error) bool {
	for _, known := range []error{ErrMalformed, ErrWrongStore, ErrKeyNumber, ErrNotAuthentic} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
