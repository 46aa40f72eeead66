package main

import (
	"slices"
	"testing"
)

func TestSplitName(t *testing.T) {
	for text, want := range map[string][]string{
		"a.b.c":                   {"a", "b", "c"},
		"b.c":                     {"b", "c"},
		`"a.b"."t"."c"`:           {"a.b", "t", "c"},
		`public."Matters"."x""y"`: {"public", "Matters", `x"y`},
		`"a".b."c.d.e"`:           {"a", "b", "c.d.e"},
		"Matters.Title":           {"Matters", "Title"},
		`a."b`:                    nil,
		`"a"b.c`:                  nil,
		"a..c":                    nil,
		"a.b.":                    nil,
		`""."b"`:                  nil,
		`a."b".`:                  nil,
		"":                        nil,
	} {
		got, ok := splitName(text)
		if ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Errorf("%s: %q %t, want %q", text, got, ok, want)
		}
	}
}
