package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/legatics/pgseal/proxy"
)

// FuzzConsoleCommand: whatever is typed into the console is one of its commands, nothing, or an error that does not quote it; only LOCK has an argument, and a
// tenant's name that is written in quotes is locked as it is and no other.
func FuzzConsoleCommand(f *testing.F) {
	for _, seed := range []string{"SHOW SESSIONS", "show stats;", " RELOAD ; ", "LOCK acme", "LOCK 'ac''me';", `lock "ac""me"`, "LOCK 'a  b'", "LOCK", "SET x = 1", "-- a comment", "", "SHOW", "SHOW KEYS x",
		"LOCK 'a;'", "LOCK a; LOCK b", "DRAIN\x00", "\u00a0DRAIN", "SHOW\tHELP\r\n", "L\u017fOCK x", "'", "LOCK '"} {
		f.Add(seed)
	}
	names := map[string]bool{"": true}
	for _, c := range consoleCommands() {
		names[c.name] = true
	}
	f.Fuzz(func(t *testing.T, text string) {
		known, argument, err := parseCommand(text)
		var told *proxy.ConsoleError
		switch {
		case err != nil && (!errors.As(err, &told) || len(text) > 60 && strings.Contains(told.Message, text)):
			t.Fatalf("%q: %v", text, err)
		case err == nil && (!names[known.name] || known.run == nil || argument != "" && known.name != "LOCK"):
			t.Fatalf("%q is %q of %q", text, known.name, argument)
		}
		for _, quote := range []string{"'", `"`} {
			command := "LOCK " + quote + strings.ReplaceAll(text, quote, quote+quote) + quote + ";"
			if known, argument, err := parseCommand(command); text != "" && (err != nil || known.name != "LOCK" || argument != text) {
				t.Fatalf("%q is %q of %q, %v", command, known.name, argument, err)
			}
		}
	})
}
