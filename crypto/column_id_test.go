package crypto

import (
	"errors"
	"testing"
)

func TestColumnID(t *testing.T) {
	ids := map[ColumnID]string{
		NewColumnID("public", "matters", "title"):   `public.matters.title`,
		NewColumnID("public.matters", "title", "x"): `"public.matters".title.x`,
		NewColumnID("public", "matters.title", "x"): `public."matters.title".x`,
		NewColumnID("Public", `a"b`, "größe"):       `"Public"."a""b"."größe"`,
		NewColumnID("s", "t1", "_1"):                `s.t1._1`,
		NewColumnID("s", "1t", "c"):                 `s."1t".c`,
		NewDomainID("email"):                        `domain email`,
		NewDomainID("public.matters.title"):         `domain "public.matters.title"`,
	}
	if len(ids) != 8 {
		t.Errorf("two ids are one: %v", ids)
	}
	for id, want := range ids {
		if id.String() != want || id.IsZero() {
			t.Errorf("%s, want %s", id, want)
		}
		encoded, err := id.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ParseColumnID(encoded); err != nil || got != id {
			t.Errorf("%s: %v, %v", id, got, err)
		}
		for n := range encoded {
			got, err := ParseColumnID(encoded[:n])
			if err != nil && (!errors.Is(err, ErrMalformed) || !got.IsZero()) || err == nil && got == id {
				t.Errorf("%s cut to %d bytes: %v, %v", id, n, got, err)
			}
		}
		if _, err := ParseColumnID(append(encoded, 0)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s and a byte more: %v", id, err)
		}
	}
	if s := (ColumnID{}).String(); s != "no column" {
		t.Errorf("the zero id prints %q", s)
	}
}

func TestParseColumnIDRefuses(t *testing.T) {
	for _, parts := range [][]string{{}, {""}, {"a", "b"}, {"a", "b", "c", "d"}, {"a", "", "c"}, {string(make([]byte, maxIDPart+1))}} {
		if id, err := ParseColumnID(appendParts(nil, parts...)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v, %v", parts, id, err)
		}
	}
	for _, hostile := range []string{"\xff\xff\xff\xffa", "\x80\x00\x00\x01a", "\x00\x00\x00\x02a", "\x00\x00\x00"} {
		if id, err := ParseColumnID([]byte(hostile)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v, %v", hostile, id, err)
		}
	}
}
