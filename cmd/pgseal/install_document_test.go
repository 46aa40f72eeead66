package main

import (
	"bytes"
	"os"
	"regexp"
	"testing"
)

// Every command of pgseal in docs/install.md is one that there is, with the flags that it has; files and make targets are there, too. What the commands do
// is tried by the tests of testenv/release and by TestRestart and TestReusePort.
func TestInstallDocument(t *testing.T) {
	text, err := os.ReadFile("../../docs/install.md")
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(&bytes.Buffer{}, &bytes.Buffer{})
	seen := 0
	for _, m := range regexp.MustCompile("(?m)(?:^    |`|PGSEAL_CONFIG )(pgseal [a-z-][^`\n]*)").FindAllStringSubmatch(string(text), -1) {
		seen++
		if problem := misspelt(app, m[1]); problem != "" {
			t.Errorf("%s: %s", m[1], problem)
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
