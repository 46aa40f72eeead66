package policy

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// FuzzLoad: any bytes give a policy or an Errors with the file's name, in bounded time, and never a panic.
func FuzzLoad(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(seeds) == 0 {
		f.Fatal("no seeds in testdata")
	}
	for _, s := range seeds {
		data, err := os.ReadFile(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("version: 1\ntables: {public.t: {columns: {a: {mode: deterministic, domain: d, pad: 2}}}}"))
	f.Add([]byte("? a\n: &x [*x, !!str |\n  b]\n---\n..."))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Load("p.yaml", data)
		if err == nil {
			p.Hash()
			p.Validate(&Database{Encoding: "UTF8"})
			return
		}
		var all Errors
		if !errors.As(err, &all) || len(all) == 0 || all[0].File != "p.yaml" || p != nil {
			t.Fatalf("%+v, %v", p, err)
		}
	})
}

// FuzzTableName: what String writes, ParseTableName reads back.
func FuzzTableName(f *testing.F) {
	for _, s := range []string{"public.t", `"a.b"."c""d"`, "Ü.ß", `a."`, ".", `""."x"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseTableName(s)
		if err != nil {
			return
		}
		again, err := ParseTableName(n.String())
		if err != nil || again != n {
			t.Fatalf("%q is %#v, written %q, read %#v, %v", s, n, n.String(), again, err)
		}
	})
}
