package access

import "testing"

func BenchmarkPassword(b *testing.B) {
	text, err := HashPassword("correct horse battery")
	if err != nil {
		b.Fatal(err)
	}
	h, err := parseHash(text)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if !h.matches("correct horse battery") {
			b.Fatal("no match")
		}
	}
}
