package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestConfigurationDocument: docs/configuration.md has every key of pgseal.yaml, none that there is not, and the defaults that are in force.
func TestConfigurationDocument(t *testing.T) {
	told := make(map[string]string) // key -> what the document says is its default
	for _, line := range regexp.MustCompile("(?m)^\\| (`[a-z][A-Za-z_.]+`(?:, `[a-z_.]+`)*) \\| ([^|]*) \\|").FindAllStringSubmatch(document(t, "configuration.md"), -1) {
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(line[1], -1) {
			told[m[1]] = line[2]
		}
	}
	for _, name := range clientModes {
		delete(told, name)
	}
	there := configKeys("", reflect.TypeFor[config]())
	for key := range there {
		if _, ok := told[key]; !ok {
			t.Errorf("docs/configuration.md does not have %s", key)
		}
	}
	for key, text := range told {
		if !there[key] {
			t.Errorf("docs/configuration.md has %s, which is no key", key)
			continue
		}
		if strings.HasPrefix(key, "databases.NAME.") {
			continue // whose defaults are in words
		}
		literal := regexp.MustCompile("^`([^`]+)`$").FindStringSubmatch(text)
		said := defaults()
		if literal == nil { // in words: the key is not set by default
			said = unset(key)
		} else if err := yaml.Unmarshal([]byte(nested(key, literal[1])), said); err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		if !reflect.DeepEqual(said, defaults()) {
			t.Errorf("the default of %s is not %s", key, text)
		}
	}
}

// clientModes stand in a table of their own, which has no defaults.
var clientModes = []string{"allow", "require", "disable", "passthrough", "terminate"}

// configKeys are the keys of a part of the configuration, as the document spells them: a list is one key, with its parts in words.
func configKeys(prefix string, part reflect.Type) map[string]bool {
	keys := make(map[string]bool)
	for i := range part.NumField() {
		name, _, _ := strings.Cut(part.Field(i).Tag.Get("yaml"), ",")
		if name == "" {
			continue
		}
		of, key := part.Field(i).Type, prefix+name
		if of.Kind() == reflect.Map {
			of, key = of.Elem(), key+".NAME"
		}
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			keys[key] = true
			continue
		}
		for inner := range configKeys(key+".", of) {
			keys[inner] = true
		}
	}
	return keys
}

// nested writes a key with its value as YAML.
func nested(key, value string) string {
	var b strings.Builder
	parts := strings.Split(key, ".")
	for i, part := range parts {
		fmt.Fprintf(&b, "%s%s:", strings.Repeat("  ", i), part)
		if i == len(parts)-1 {
			fmt.Fprintf(&b, " %s", value)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// unset are the defaults with one key taken away.
func unset(key string) *config {
	c := defaults()
	v := reflect.ValueOf(c).Elem()
	for _, part := range strings.Split(key, ".") {
		if v.Kind() == reflect.Pointer {
			return c // to a part that is not there
		}
		for i := range v.NumField() {
			if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ","); name == part {
				v = v.Field(i)
				break
			}
		}
	}
	v.SetZero()
	return c
}

// TestPoliciesDocument: docs/policies.md has every key and every word of the policy's schema, and no key that there is not.
func TestPoliciesDocument(t *testing.T) {
	raw, err := os.ReadFile("../../policy/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema any
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	keys, words := schemaWords(schema)
	if len(keys) < 15 || len(words) < 8 {
		t.Fatalf("the schema has %v and %v", keys, words)
	}
	text := document(t, "policies.md")
	for _, word := range append(keys, words...) {
		if !strings.Contains(text, "`"+word+"`") {
			t.Errorf("docs/policies.md does not have %s", word)
		}
	}
	_, text, _ = strings.Cut(text, "## Keys of the file")
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\|").FindAllStringSubmatch(text, -1) {
		if !slices.Contains(keys, m[1]) {
			t.Errorf("docs/policies.md has %s, which is no key", m[1])
		}
	}
}

// schemaWords are the names of properties of a JSON Schema, and the words that they may have for values.
func schemaWords(node any) (keys, words []string) {
	object, _ := node.(map[string]any)
	for name, inner := range object {
		if properties, ok := inner.(map[string]any); ok && name == "properties" {
			for key := range properties {
				keys = append(keys, key)
			}
		}
		if enum, ok := inner.([]any); ok && name == "enum" {
			for _, word := range enum {
				words = append(words, fmt.Sprint(word))
			}
		}
		k, w := schemaWords(inner)
		keys, words = append(keys, k...), append(words, w...)
	}
	return keys, words
}
