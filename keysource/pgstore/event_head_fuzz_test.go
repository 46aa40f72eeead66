package pgstore

import "testing"

// FuzzParseHead: a head that somebody has noted is read as what it says, or refused.
func FuzzParseHead(f *testing.F) {
	for _, seed := range []string{"00112233-4455-6677-8899-aabbccddeeff:7:0011223344556677", "00112233445566778899aabbccddeeff:7:#1.234e+14", "x:1:y", "::", "00112233-4455-6677-8899-aabbccddeeff:7:#NaN",
		"00112233-4455-6677-8899-aabbccddeeff:7:#281474976710656"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ParseHead(text)
		if err != nil {
			return
		}
		if n.Seq < 1 || len(n.Prefix) < 6 || len(n.Prefix) > len(n.Hash) || string(n.Hash[:len(n.Prefix)]) != string(n.Prefix) {
			t.Fatalf("%q: %+v", text, n)
		}
		again, err := ParseHead(n.String())
		if err != nil || again.Writer != n.Writer || again.Seq != n.Seq {
			t.Fatalf("%q became %q: %+v, %v", text, n.String(), again, err)
		}
	})
}
