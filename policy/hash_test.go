package policy

import (
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
)

func hashOf(t *testing.T, file string) [32]byte {
	t.Helper()
	p, err := Load("p.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return p.Hash()
}

// TestHashGolden pins the bytes: proxies of different releases compare them.
func TestHashGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	without, _, _ := strings.Cut(string(data), "roles:") // as it was before there were roles
	for _, test := range []struct{ file, want string }{
		{string(data), "0ca95c988187e45b09982331899f4dcac9890a7ed5e4ffb6d943737b8b3c6833"},
		{without, "ec0f9ddd5b3aca306e90dcdf6abb22004b0186e8e7f7238423ec5abaa8c1b3fc"},
	} {
		h := hashOf(t, test.file)
		if got := hex.EncodeToString(h[:]); got != test.want {
			t.Errorf("hash %s, want %s", got, test.want)
		}
	}
}

func TestHashLooksAtMeaningAlone(t *testing.T) {
	const base = "version: 1\ntables:\n  a.b:\n    requires_key: [read, write]\n    acknowledge_triggers: [x, y]\n    columns:\n" +
		"      c: {mode: deterministic, type: varchar(20), normalize: [trim, lower], domain: d, pad: 16, requires_key: [read]}\n      e: {mode: randomized}\n"
	want := hashOf(t, base)
	same := "# other words\ntables: {'\"a\".b': {columns: {\"e\": {mode: randomized}, c: {pad: 16, requires_key: [read], domain: d,\n" +
		" normalize: [trim, lower], type: character varying(20), mode: deterministic}}, acknowledge_triggers: [y, x], requires_key: [write, read]}}\n" +
		"unknown_functions: allow\nversion: 1\n"
	if hashOf(t, same) != want {
		t.Error("the same policy in another form has another hash")
	}
	for name, change := range map[string][2]string{
		"schema":          {"a.b:", "z.b:"},
		"table":           {"a.b:", "a.z:"},
		"table access":    {"requires_key: [read, write]", "requires_key: [read]"},
		"triggers":        {"[x, y]", "[xy]"},
		"column":          {"e: {", "f: {"},
		"mode":            {"mode: randomized", "mode: deterministic"},
		"type":            {"varchar(20)", "varchar(21)"},
		"steps":           {"[trim, lower]", "[trim]"},
		"order of steps":  {"[trim, lower]", "[lower, trim]"},
		"domain":          {"domain: d", "domain: e"},
		"pad":             {"pad: 16", "pad: 17"},
		"column access":   {", requires_key: [read]}", ", requires_key: [write]}"},
		"column goes":     {"      e: {mode: randomized}\n", ""},
		"trigger is gone": {"    acknowledge_triggers: [x, y]\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			changed := replaceOnce(t, base, change[0], change[1])
			if hashOf(t, changed) == want {
				t.Error("the hash stays the same")
			}
		})
	}
}

func replaceOnce(t *testing.T, s, old, with string) string {
	t.Helper()
	if strings.Count(s, old) != 1 {
		t.Fatalf("%q is not once in the policy", old)
	}
	return strings.Replace(s, old, with, 1)
}

// TestHashOfTenants: whose rows a table holds, and whose keys a role may use, are part of the policy's meaning.
func TestHashOfTenants(t *testing.T) {
	const table, role = "version: 1\ntables: {a.b: {requires_key: [read]%s}}\n", "roles: {app: {%s}}\n"
	seen := make(map[[32]byte]string)
	for _, file := range []string{
		fmt.Sprintf(table, ""), fmt.Sprintf(table, ", tenant_column: c"), fmt.Sprintf(table, ", tenant_column: d"),
		fmt.Sprintf(table+role, "", "tenants: [x]"), fmt.Sprintf(table+role, "", "tenants: [x, y]"), fmt.Sprintf(table+role, "", "raw: true"),
	} {
		h := hashOf(t, file)
		if other, twice := seen[h]; twice {
			t.Errorf("one hash for\n%s\nand\n%s", file, other)
		}
		seen[h] = file
	}
	if hashOf(t, fmt.Sprintf(table+role, "", "tenants: [y, x]")) != hashOf(t, fmt.Sprintf(table+role, "", "tenants: [x, y]")) {
		t.Error("the order of a role's tenants counts")
	}
}
