package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestShort runs lib/pq's tests straight at a server and through pgseal with a policy.
func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of a minute of lib/pq's own tests: run without -short")
	}
	var out bytes.Buffer
	err := run(t.Context(), []string{"-suite", "pq", "-policy", withOther}, &out)
	t.Log(out.String())
	if err != nil {
		t.Error(err)
	}
}

// TestSeesLosses: a test that is lost, one that fails either way and one that is only skipped are told apart.
func TestSeesLosses(t *testing.T) {
	const lines = `{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"words\n"}
{"Action":"AAA","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"skip","Package":"p","Test":"TestC"}
{"Action":"pass","Package":"p","Test":"TestD/file=/tmp/TestDNNN/x"}
{"Action":"pass","Package":"p"}
`
	read := func(action, number string) outcomes {
		o, err := decode(strings.NewReader(strings.NewReplacer("AAA", action, "NNN", number).Replace(lines)))
		if err != nil || len(o) != 4 {
			t.Fatalf("%v, %v", o, err)
		}
		return o
	}
	for action, want := range map[string]int{"pass": 0, "fail": 1, "skip": 1, "cont": 1} {
		var out bytes.Buffer
		if lost := compare(&out, "s", withOther, read("pass", "1"), read(action, "22")); len(lost) != want {
			t.Errorf("%s: %v\n%s", action, lost, out.String())
		}
	}
}
