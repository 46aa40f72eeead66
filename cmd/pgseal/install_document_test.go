package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every command of pgseal in docs/install.md is one that there is, with the flags that it has; files and make targets are there, too. What the commands do
// is tried by the tests of testenv/release and by TestRestart and TestReusePort.
func TestInstallDocument(t *testing.T) {
	text, err := os.ReadFile("../../docs/install.md")
	if err != nil {
		t.Fatal(err)
	}
	all := refer(newApp(&bytes.Buffer{}, &bytes.Buffer{}))
	seen := 0
	for _, m := range regexp.MustCompile("(?m)(?:^    |`|PGSEAL_CONFIG )(pgseal [a-z-][^`\n]*)").FindAllStringSubmatch(string(text), -1) {
		seen++
		r := all
		for _, word := range strings.Fields(m[1])[1:] {
			name, isFlag := strings.CutPrefix(word, "--")
			switch next := below(r, word); {
			case next != nil:
				r = next
			case isFlag && !hasFlag(r, name):
				t.Errorf("%s: there is no %s", m[1], word)
			case !isFlag && len(r.commands) > 0:
				t.Errorf("%s: there is no command %s", m[1], word)
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d commands are found", seen)
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`make ([a-z-]+)`).FindAllStringSubmatch(string(text), -1) {
		if !bytes.Contains(makefile, []byte("\n"+m[1]+":")) {
			t.Errorf("there is no make %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(shipping|docker)/[a-zA-Z./-]+[a-zA-Z]`).FindAllString(string(text), -1) {
		if _, err := os.Stat("../../" + m); err != nil {
			t.Error(err)
		}
	}
}

func below(r *reference, word string) *reference {
	for _, c := range r.commands {
		if c.path[len(c.path)-1] == word {
			return c
		}
	}
	return nil
}

func hasFlag(r *reference, name string) bool {
	for _, f := range r.flags {
		if f.name == name {
			return true
		}
	}
	return false
}
