package crypto

import (
	"bytes"
	"errors"
	"testing"
)

func TestOverhead(t *testing.T) {
	if OverheadRandomized != 47 || OverheadDeterministic != 35 {
		t.Errorf("overhead %d and %d, want 47 and 35", OverheadRandomized, OverheadDeterministic)
	}
}

func TestParseHeader(t *testing.T) {
	value := func(format byte, n int) []byte {
		return append([]byte{format, 0xa7, 0x3c, 0x9c, 0x41, 0xf0, 0x0d}, make([]byte, 100)...)[:n]
	}
	for _, c := range []struct {
		sealed []byte
		mode   Mode // 0: malformed
	}{
		{value(1, 47), Randomized},
		{value(1, 100), Randomized},
		{value(1, 46), 0},
		{value(2, 35), Deterministic},
		{value(2, 34), 0},
		{value(0, 100), 0},
		{value(3, 100), 0},
		{value(0x81, 100), 0},
		{value('p', 100), 0},
		{value(1, 7), 0},
		{value(1, 6), 0},
		{nil, 0},
	} {
		h, err := ParseHeader(c.sealed)
		if c.mode == 0 {
			if !errors.Is(err, ErrMalformed) || h != (Header{}) {
				t.Errorf("%x: %+v, %v", c.sealed, h, err)
			}
		} else if err != nil || h != (Header{c.mode, goldenTag, goldenNumber}) {
			t.Errorf("%x: %+v, %v", c.sealed, h, err)
		}
		if got := CarriesTag(goldenTag, c.sealed); got != (c.mode != 0) {
			t.Errorf("%x: carries the tag: %v", c.sealed, got)
		}
		if CarriesTag(StoreTag{0xa7, 0x3d}, c.sealed) || CarriesTag(StoreTag{0xa6, 0x3c}, c.sealed) {
			t.Errorf("%x carries another store's tag", c.sealed)
		}
	}
}

// TestParseHeaderLimit: what is longer than PostgreSQL can hold is no value. The memory is never touched.
func TestParseHeaderLimit(t *testing.T) {
	const limit = maxPlaintext + OverheadRandomized
	sealed := make([]byte, limit+1)
	sealed[0] = byte(Randomized)
	if _, err := ParseHeader(sealed[:limit]); err != nil {
		t.Errorf("the longest value: %v", err)
	}
	if _, err := ParseHeader(sealed); !errors.Is(err, ErrMalformed) {
		t.Errorf("one byte more: %v", err)
	}
	k := columnKey(t, newGeneration(t), goldenColumn)
	if _, err := k.Seal(nil, Randomized, sealed[:maxPlaintext+1]); !errors.Is(err, ErrMalformed) {
		t.Errorf("sealed one byte more: %v", err)
	}
}

func TestModeString(t *testing.T) {
	for m, want := range map[Mode]string{Randomized: "randomized", Deterministic: "deterministic", 3: "mode(0x03)"} {
		if m.String() != want {
			t.Errorf("%q, want %q", m, want)
		}
	}
}

// TestArmourShowsHeader: format byte and store tag are the four characters after the prefix, whatever follows.
func TestArmourShowsHeader(t *testing.T) {
	k := columnKey(t, newGeneration(t), goldenColumn)
	for range 50 {
		text := AppendArmour(nil, mustSeal(t, k, Randomized, "x"))
		if !bytes.HasPrefix(text, []byte("pgs1_Aac8")) {
			t.Fatalf("armour begins %s", text[:9])
		}
	}
}
