package value

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestNormalize(t *testing.T) {
	for _, c := range []struct {
		in    string
		steps []string
		want  string
	}{
		{" \t\u00a0\u3000A b\u2028\n", []string{"trim"}, "A b"},
		{"   ", []string{"trim"}, ""},
		{"ÄÖÜ ß ẞ ΣΑΣ İI K", []string{"lower"}, "äöü ß ß σασ ii k"},
		{"e\u0301 ﬁ", []string{"nfc"}, "é ﬁ"},
		{"  E\u0301cole ", []string{"trim", "lower", "nfc"}, "école"},
		{" X ", nil, " X "},
		{" X ", []string{"lower"}, " x "},
		{"plain", []string{"nfc", "lower", "trim"}, "plain"},
	} {
		in := []byte(c.in)
		got, err := Normalize([]byte("dst:"), in, c.steps)
		if err != nil || string(got) != "dst:"+c.want {
			t.Errorf("%q %v: %q (%v), want %q", c.in, c.steps, got, err, c.want)
		}
		if string(in) != c.in {
			t.Errorf("%q was changed", c.in)
		}
	}
	if out, err := Normalize([]byte("x"), []byte("a"), []string{"upper"}); err == nil || string(out) != "x" {
		t.Errorf("an unknown step gave %q", out)
	}
	if out, err := Normalize([]byte("x"), []byte("\xff"), []string{"lower"}); err == nil || stateOf(t, err) != codeEncoding || string(out) != "x" {
		t.Errorf("bad UTF-8 gave %q", out)
	}
}

// Both sets of tables are of the edition that columns freeze.
func TestUnicodeVersion(t *testing.T) {
	if UnicodeVersion != norm.Version {
		t.Errorf("tables of unicode %s, of norm %s", UnicodeVersion, norm.Version)
	}
}

// Normalising twice changes nothing, character by character and in pairs with a combining mark.
func TestNormalizeIsStable(t *testing.T) {
	steps := []string{"trim", "lower", "nfc"}
	for r := rune(1); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		for _, text := range []string{string(r), string(r) + "\u0301"} {
			once, err := Normalize(nil, []byte(text), steps)
			if err != nil {
				t.Fatal(err)
			}
			if twice, _ := Normalize(nil, once, steps); string(twice) != string(once) {
				t.Errorf("%+q: %+q, then %+q", text, once, twice)
			}
		}
	}
}
