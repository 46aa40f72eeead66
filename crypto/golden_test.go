package crypto

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
)

// The golden file was made by an implementation of the package documentation in another language, over another library (pyca/
// cryptography). It never changes; what a later version adds goes beside it.
type goldenFile struct {
	DataKey    hexBytes           `json:"data_key"`
	StoreTag   hexBytes           `json:"store_tag"`
	Tenant     TenantID           `json:"tenant"`
	KeyNumber  KeyNumber          `json:"key_number"`
	Columns    []goldenColumnKeys `json:"columns"`
	Values     []goldenValue      `json:"values"`
	Elder      goldenElder        `json:"elder"`
	ControlKey hexBytes           `json:"control_key"`
	Control    []struct {
		Parts []hexBytes
		MAC   hexBytes
	} `json:"control"`
	Padding []struct {
		Plaintext hexBytes
		Block     int
		Padded    hexBytes
	} `json:"padding"`
}

type goldenColumnKeys struct {
	Schema, Table, Column, Domain, Family string
	ID, AAD                               hexBytes
	Seal                                  hexBytes `json:"seal-x"`
	DetEnc                                hexBytes `json:"det-enc"`
	DetMAC                                hexBytes `json:"det-mac"`
}

type goldenValue struct {
	Column    int
	Mode      string
	Plaintext hexBytes
	Block     int
	Nonce     hexBytes
	Sealed    hexBytes
	Armour    string
}

type goldenElder struct {
	Number  KeyNumber
	DataKey hexBytes `json:"data_key"`
	Nonce   hexBytes
	Wrap    hexBytes
	AAD     hexBytes
	Wrapped hexBytes
}

type hexBytes []byte

func (h *hexBytes) UnmarshalText(text []byte) (err error) {
	*h, err = hex.DecodeString(string(text))
	return err
}

// identity is the column as this package names it.
func (c goldenColumnKeys) identity() Column {
	id := NewColumnID(c.Schema, c.Table, c.Column)
	if c.Domain != "" {
		id = NewDomainID(c.Domain)
	}
	return Column{ID: id, Family: c.Family}
}

// sealing is what is sealed: the plaintext, padded where the column is.
func (v goldenValue) sealing() []byte {
	if v.Block > 0 {
		return AppendPadded(nil, v.Plaintext, v.Block)
	}
	return v.Plaintext
}

func (v goldenValue) mode() Mode {
	if v.Mode == "randomized" {
		return Randomized
	}
	return Deterministic
}

func readGolden(t testing.TB) *goldenFile {
	t.Helper()
	text, err := os.ReadFile("testdata/format_v1.json")
	if err != nil {
		t.Fatal(err)
	}
	g := new(goldenFile)
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(g); err != nil {
		t.Fatal(err)
	}
	if len(g.Values) == 0 || len(g.Columns) == 0 || len(g.Control) == 0 || len(g.Padding) == 0 {
		t.Fatal("the golden file is not complete")
	}
	return g
}

func (f *goldenFile) generation(t testing.TB) *Generation {
	t.Helper()
	key, err := NewDataKey(bytes.Clone(f.DataKey))
	if err != nil {
		t.Fatal(err)
	}
	g := NewGeneration(StoreTag(f.StoreTag), f.Tenant, f.KeyNumber, key)
	t.Cleanup(g.Destroy)
	return g
}

// feed lets g draw exactly the given bytes in place of random ones.
func feed(t testing.TB, g *Generation, random []byte) {
	g.random = func(b []byte) {
		if n := copy(b, random); n != len(b) {
			t.Errorf("drew %d bytes more than expected", len(b)-n)
		} else {
			random = random[n:]
		}
	}
}

func TestGoldenDerivation(t *testing.T) {
	f := readGolden(t)
	g := f.generation(t)
	for _, c := range f.Columns {
		id, _ := c.identity().ID.MarshalBinary()
		equalBytes(t, "column id", id, c.ID)
		equalBytes(t, "additional data", g.columnAAD(c.identity()), c.AAD)
		for purpose, want := range map[string][]byte{purposeSeal: c.Seal, purposeDetEnc: c.DetEnc, purposeDetMAC: c.DetMAC} {
			equalBytes(t, purpose, derived(t, g, purpose, string(id)), want)
		}
	}
	equalBytes(t, purposeWrap, derived(t, g, purposeWrap, ""), f.Elder.Wrap)
	equalBytes(t, "additional data of an elder", g.elderAAD(f.Elder.Number), f.Elder.AAD)
}

func TestGoldenValuesSeal(t *testing.T) {
	f := readGolden(t)
	for i, v := range f.Values {
		g := f.generation(t) // a fresh one, so that each value draws its own prefix
		feed(t, g, v.Nonce)
		k := columnKey(t, g, f.Columns[v.Column].identity())
		sealed, err := k.Seal(nil, v.mode(), v.sealing())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(sealed, v.Sealed) {
			t.Errorf("value %d: sealed %x, want %x", i, sealed, v.Sealed)
		}
		if text := AppendArmour(nil, sealed); string(text) != v.Armour {
			t.Errorf("value %d: armour %s, want %s", i, text, v.Armour)
		}
	}
}

func TestGoldenValuesOpen(t *testing.T) {
	f := readGolden(t)
	g := f.generation(t)
	for i, v := range f.Values {
		sealed, err := AppendUnarmour(nil, []byte(v.Armour))
		if err != nil {
			t.Fatal(err)
		}
		plaintext, err := columnKey(t, g, f.Columns[v.Column].identity()).Open(nil, sealed)
		if err != nil {
			t.Fatalf("value %d: %v", i, err)
		}
		if v.Block > 0 {
			if plaintext, err = Unpad(plaintext); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(plaintext, v.Plaintext) {
			t.Errorf("value %d: opened %q, want %q", i, plaintext, v.Plaintext)
		}
	}
}

func TestGoldenElder(t *testing.T) {
	f := readGolden(t)
	g := f.generation(t)
	feed(t, g, f.Elder.Nonce)
	key, err := NewDataKey(bytes.Clone(f.Elder.DataKey))
	if err != nil {
		t.Fatal(err)
	}
	elder := NewGeneration(g.tag, g.tenant, f.Elder.Number, key)
	defer elder.Destroy()
	wrapped, err := g.WrapElder(elder)
	if err != nil {
		t.Fatal(err)
	}
	equalBytes(t, "wrapped elder", wrapped, f.Elder.Wrapped)
	opened, err := g.UnwrapElder(f.Elder.Number, f.Elder.Wrapped)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Destroy()
	_ = opened.key.use(func(key []byte) error {
		equalBytes(t, "elder data key", key, f.Elder.DataKey)
		return nil
	})
}

func TestGoldenControl(t *testing.T) {
	f := readGolden(t)
	k, err := NewControlKey(bytes.Clone(f.ControlKey))
	if err != nil {
		t.Fatal(err)
	}
	defer k.Destroy()
	for _, c := range f.Control {
		parts := make([][]byte, len(c.Parts))
		for i, p := range c.Parts {
			parts[i] = p
		}
		sum := k.Sum(parts...)
		equalBytes(t, "control MAC", sum[:], c.MAC)
		if !k.Verify(c.MAC, parts...) {
			t.Errorf("the MAC of %q does not verify", parts)
		}
	}
}

func TestGoldenPadding(t *testing.T) {
	for _, p := range readGolden(t).Padding {
		equalBytes(t, "padded", AppendPadded(nil, p.Plaintext, p.Block), p.Padded)
		got, err := Unpad(p.Padded)
		if err != nil {
			t.Fatal(err)
		}
		equalBytes(t, "unpadded", got, p.Plaintext)
	}
}

func derived(t testing.TB, g *Generation, purpose, column string) (key []byte) {
	t.Helper()
	err := g.derive(purpose, column, func(k []byte) error {
		key = bytes.Clone(k)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func equalBytes(t testing.TB, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got %x, want %x", what, got, want)
	}
}
