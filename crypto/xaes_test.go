package crypto

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha3"
	"encoding/hex"
	"math/big"
	"testing"
)

// Vectors of https://c2sp.org/XAES-256-GCM; the second one derives with the bit that reduces K1.
var xaesVectors = []struct {
	key            byte
	subkey         string
	additionalData string
	sealed         string
}{
	{0x01, "c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b", "",
		"ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271"},
	{0x03, "e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8", "c2sp.org/XAES-256-GCM",
		"986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"},
}

// productXAES and plainXAES are the two constructions that every vector runs through.
func productXAES(t testing.TB, key, nonce []byte) cipher.AEAD {
	t.Helper()
	x, err := newXAES(key)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := x.gcm([prefixSize]byte(nonce))
	if err != nil {
		t.Fatal(err)
	}
	return aead
}

// plainXAES follows NIST SP 800-38B and SP 800-108r1 literally, and has nothing in common with xaes.go but AES.
func plainXAES(t testing.TB, key, nonce []byte) cipher.AEAD {
	t.Helper()
	subkey := plainXAESSubkey(t, key, nonce)
	block, err := aes.NewCipher(subkey)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	return aead
}

func plainXAESSubkey(t testing.TB, key, nonce []byte) (subkey []byte) {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	for counter := byte(1); counter <= 2; counter++ {
		message := append([]byte{0, counter, 'X', 0}, nonce[:12]...)
		subkey = append(subkey, plainCMAC(block, message)...)
	}
	return subkey
}

// plainCMAC is SP 800-38B, section 6.2, for messages of any length.
func plainCMAC(block cipher.Block, message []byte) []byte {
	double := func(in []byte) []byte {
		n := new(big.Int).Lsh(new(big.Int).SetBytes(in), 1)
		if n.Bit(128) == 1 {
			n.SetBit(n, 128, 0)
			n.Xor(n, big.NewInt(0x87))
		}
		return n.FillBytes(make([]byte, 16))
	}
	l := make([]byte, 16)
	block.Encrypt(l, l)
	k1 := double(l)
	last := bytes.Clone(k1)
	if len(message) == 0 || len(message)%16 != 0 {
		message = append(bytes.Clone(message), 0x80)
		message = append(message, make([]byte, (16-len(message)%16)%16)...)
		last = double(k1)
	}
	mac := make([]byte, 16)
	for len(message) > 0 {
		for i := range 16 {
			mac[i] ^= message[i]
			if len(message) == 16 {
				mac[i] ^= last[i]
			}
		}
		block.Encrypt(mac, mac)
		message = message[16:]
	}
	return mac
}

func TestPlainCMAC(t *testing.T) {
	// The examples of AES-256 in SP 800-38B's example values.
	block, err := aes.NewCipher(unhex(t, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"))
	if err != nil {
		t.Fatal(err)
	}
	message := unhex(t, "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411")
	for n, want := range map[int]string{
		0:  "028962f61b7bf89efc6b551f4667d983",
		16: "28a7023f452e8f82bd4bf28d8c37c35c",
		40: "aaf3d8f1de5640c232f5b169b9c911e6",
	} {
		if got := hex.EncodeToString(plainCMAC(block, message[:n])); got != want {
			t.Errorf("CMAC of %d bytes: %s, want %s", n, got, want)
		}
	}
}

func TestXAESVectors(t *testing.T) {
	nonce, plaintext := []byte("ABCDEFGHIJKLMNOPQRSTUVWX"), []byte("XAES-256-GCM")
	for _, v := range xaesVectors {
		key := bytes.Repeat([]byte{v.key}, 32)
		if got := hex.EncodeToString(plainXAESSubkey(t, key, nonce)); got != v.subkey {
			t.Errorf("subkey %s, want %s", got, v.subkey)
		}
		for name, xaes := range map[string]func(testing.TB, []byte, []byte) cipher.AEAD{"product": productXAES, "plain": plainXAES} {
			aead := xaes(t, key, nonce)
			sealed := aead.Seal(nil, nonce[12:], plaintext, []byte(v.additionalData))
			if got := hex.EncodeToString(sealed); got != v.sealed {
				t.Errorf("%s: sealed %s, want %s", name, got, v.sealed)
			}
			opened, err := aead.Open(nil, nonce[12:], sealed, []byte(v.additionalData))
			if err != nil || !bytes.Equal(opened, plaintext) {
				t.Errorf("%s: opened %q, %v", name, opened, err)
			}
		}
	}
}

// TestXAESAccumulated is C2SP's long test: the SHAKE128 of 10,000 sealings of SHAKE128's own output.
func TestXAESAccumulated(t *testing.T) {
	const want = "e6b9edf2df6cec60c8cbd864e2211b597fb69a529160cd040d56c0c210081939"
	source, digest := sha3.NewSHAKE128(), sha3.NewSHAKE128()
	read := func(n int) []byte {
		b := make([]byte, n)
		source.Read(b)
		return b
	}
	for range 10_000 {
		key, nonce := read(32), read(24)
		plaintext := read(int(read(1)[0]))
		additionalData := read(int(read(1)[0]))
		aead := productXAES(t, key, nonce)
		sealed := aead.Seal(nil, nonce[12:], plaintext, additionalData)
		digest.Write(sealed)
		if opened, err := aead.Open(nil, nonce[12:], sealed, additionalData); err != nil || !bytes.Equal(opened, plaintext) {
			t.Fatalf("opened %x, %v", opened, err)
		}
	}
	sum := make([]byte, 32)
	digest.Read(sum)
	if got := hex.EncodeToString(sum); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestPlainXAESOpensOurs: a value sealed under a drawn prefix is an ordinary XAES-256-GCM message.
func TestPlainXAESOpensOurs(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	key := derived(t, g, purposeSeal, goldenColumn.ID.canonical)
	for n := range 300 {
		plaintext := bytes.Repeat([]byte{byte(n)}, n)
		sealed, err := k.Seal(nil, Randomized, plaintext)
		if err != nil {
			t.Fatal(err)
		}
		nonce, body := sealed[7:31], sealed[31:]
		opened, err := plainXAES(t, key, nonce).Open(nil, nonce[12:], body, g.columnAAD(goldenColumn))
		if err != nil || !bytes.Equal(opened, plaintext) {
			t.Fatalf("%d bytes: opened %x, %v", n, opened, err)
		}
	}
}
