package value

import "testing"

// TestCut: an explicit cast to varchar(n) keeps the first n characters.
func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		oid  uint32
		n    int
		want string
	}{
		{"abcdef", 0, 3, "abc"}, {"abc", OIDText, 3, "abc"}, {"", OIDVarchar, 3, ""}, {"äöüß", OIDText, 2, "äö"}, {"a   b", 0, 3, "a  "},
		{"ab   ", OIDBpchar, 4, "ab"}, {"a  b  ", OIDBpchar, 2, "a "}, {"日本語", OIDUnknown, 1, "日"},
	} {
		got, err := Cut([]byte(c.in), c.oid, c.n)
		if err != nil || string(got) != c.want {
			t.Errorf("%q to %d: %q, %v", c.in, c.n, got, err)
		}
	}
	for _, in := range []struct {
		text string
		oid  uint32
	}{{"5", OIDInt4}, {"a\xff", 0}, {"abc\x00", OIDText}} {
		if got, err := Cut([]byte(in.text), in.oid, 1); err == nil {
			t.Errorf("%q became %q", in.text, got)
		}
	}
}
