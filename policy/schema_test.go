package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// node is the part of JSON Schema that schema.json uses; a keyword that is not here fails the test.
type node struct {
	Schema               string           `json:"$schema"`
	Ref                  string           `json:"$ref"`
	Defs                 map[string]*node `json:"$defs"`
	Title                string           `json:"title"`
	Description          string           `json:"description"`
	Type                 string           `json:"type"`
	Const                any              `json:"const"`
	Enum                 []any            `json:"enum"`
	Default              any              `json:"default"`
	Examples             []string         `json:"examples"`
	Required             []string         `json:"required"`
	AnyOf                []*node          `json:"anyOf"`
	Properties           map[string]*node `json:"properties"`
	PropertyNames        *node            `json:"propertyNames"`
	AdditionalProperties json.RawMessage  `json:"additionalProperties"`
	Items                *node            `json:"items"`
	MinItems             int              `json:"minItems"`
	UniqueItems          bool             `json:"uniqueItems"`
	MinLength            int              `json:"minLength"`
	MaxLength            int              `json:"maxLength"`
	Minimum              *float64         `json:"minimum"`
	Maximum              *float64         `json:"maximum"`
}

func readSchema(t *testing.T) *node {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(string(Schema())))
	d.DisallowUnknownFields()
	var root node
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	return &root
}

// TestSchemaHasEveryKeyOfTheModel: the keys of schema and model are the same, mapping by mapping.
func TestSchemaHasEveryKeyOfTheModel(t *testing.T) {
	root := readSchema(t)
	for _, c := range []struct {
		schema *node
		model  any
		// here and elsewhere are fields that are no key in the file, and keys that are no field
		notKeys, notFields []string
	}{
		{root, Policy{}, []string{"several_tenants", "tenant_setting"}, []string{"version"}},
		{root.Defs["table"], Table{}, []string{"name", "where"}, nil},
		{root.Defs["column"], Column{}, []string{"name", "where"}, nil},
		{root.Defs["role"], Role{}, []string{"name", "where"}, nil},
	} {
		var want []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(c.model)) {
			if key := snake(f.Name); !slices.Contains(c.notKeys, key) {
				want = append(want, key)
			}
		}
		want = append(want, c.notFields...)
		slices.Sort(want)
		if got := slices.Sorted(maps.Keys(c.schema.Properties)); !slices.Equal(got, want) {
			t.Errorf("%T: schema has %v, model %v", c.model, got, want)
		}
		if string(c.schema.AdditionalProperties) != "false" {
			t.Errorf("%T: the schema takes unknown keys", c.model)
		}
		for key, p := range c.schema.Properties {
			if p.Description == "" {
				t.Errorf("%T: %s has no description", c.model, key)
			}
		}
	}
}

func snake(s string) string {
	return strings.ToLower(regexp.MustCompile(`(.)([A-Z])`).ReplaceAllString(s, "${1}_$2"))
}

// TestSchemaWordsLoad: every word that an enum of the schema offers is one that Load takes, and no other.
func TestSchemaWordsLoad(t *testing.T) {
	root := readSchema(t)
	column := root.Defs["column"].Properties
	for _, c := range []struct {
		words  []any
		file   func(word string) string
		others []string
	}{
		{root.Properties["unknown_functions"].Enum, func(w string) string { return "version: 1\nunknown_functions: " + w }, []string{"deny"}},
		{column["state"].Enum, func(w string) string { return inColumn("mode: randomized, state: " + w) }, []string{"sealing"}},
		{root.Defs["access"].Items.Enum, func(w string) string { return "version: 1\ntables: {a.b: {requires_key: [" + w + "]}}" }, []string{"delete"}},
		{column["mode"].Enum, func(w string) string { return inColumn("requires_key: [read], mode: " + w) }, []string{"sealed"}},
		{column["normalize"].Items.Enum, func(w string) string { return inColumn("mode: randomized, normalize: [" + w + "]") }, []string{"upper"}},
		{asAny(column["type"].Examples), func(w string) string { return inColumn(fmt.Sprintf("mode: randomized, type: %q", w)) }, []string{"point"}},
		{[]any{*column["pad"].Minimum, *column["pad"].Maximum}, func(w string) string { return inColumn("mode: randomized, pad: " + w) },
			[]string{fmt.Sprint(*column["pad"].Minimum - 1), fmt.Sprint(*column["pad"].Maximum + 1)}},
	} {
		if len(c.words) == 0 {
			t.Fatal("the schema offers nothing")
		}
		for _, w := range c.words {
			if _, err := Load("p.yaml", []byte(c.file(fmt.Sprint(w)))); err != nil {
				t.Errorf("the schema offers %v: %v", w, err)
			}
		}
		for _, w := range c.others {
			if _, err := Load("p.yaml", []byte(c.file(w))); err == nil {
				t.Errorf("the schema does not offer %s, but it loads", w)
			}
		}
	}
	if root.Properties["version"].Const != float64(Version) {
		t.Errorf("version %v", root.Properties["version"].Const)
	}
	var names []string
	for _, e := range column["type"].Examples {
		parsed, _ := ParseType(e)
		names = append(names, parsed.Name)
	}
	if !slices.Equal(names, TypeNames()) {
		t.Errorf("types of the schema %v, of the model %v", names, TypeNames())
	}
}

// TestSchemaAgreesWithLoad: what loads is valid under the schema; what the schema can see to be wrong does not load.
func TestSchemaAgreesWithLoad(t *testing.T) {
	root := readSchema(t)
	full, err := os.ReadFile("testdata/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file  string
		valid bool
	}{
		{string(full), true},
		{"version: 1", true},
		{"version: 2", false},
		{"tables: {}", false},
		{"version: 1\nroles: {}", true},
		{"version: 1\nroles: {backup: {raw: true}, app: {}}", true},
		{"version: 1\nroles: {backup: {raw: 1}}", false},
		{"version: 1\nroles: {app: {tenants: [acme]}}", true},
		{"version: 1\nroles: {app: {tenants: []}}", false},
		{"version: 1\ntables: {a.b: {}}", false},
		{"version: 1\ntables: {a.b: {requires_key: []}}", false},
		{"version: 1\ntables: {a.b: {requires_key: [read], tenant_column: c}}", true},
		{"version: 1\ntables: {a.b: {requires_key: [read, read]}}", false},
		{inColumn("type: text"), false},
		{inColumn("mode: randomized, pad: 1"), false},
		{inColumn("mode: randomized, state: observe"), true},
		{inColumn("mode: randomized, state: sealed"), false},
		{inColumn("mode: randomized, domain: " + strings.Repeat("d", 64)), false},
	} {
		var document any
		if err := yaml.Unmarshal([]byte(c.file), &document); err != nil {
			t.Fatal(err)
		}
		plain, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(plain, &document); err != nil {
			t.Fatal(err)
		}
		fault := root.check(root, "policy", document)
		_, loadErr := Load("p.yaml", []byte(c.file))
		if (fault == "") != c.valid || (loadErr == nil) != c.valid {
			t.Errorf("%s\nschema: %q, Load: %v, want valid %v", c.file, fault, loadErr, c.valid)
		}
	}
}

// check validates a JSON value and returns the first fault.
func (n *node) check(root *node, at string, v any) string {
	if n.Ref != "" {
		return root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")].check(root, at, v)
	}
	if n.Const != nil && n.Const != v || len(n.Enum) > 0 && !slices.Contains(n.Enum, v) {
		return at + ": not the right value"
	}
	if len(n.AnyOf) > 0 && !slices.ContainsFunc(n.AnyOf, func(o *node) bool { return o.check(root, at, v) == "" }) {
		return at + ": no alternative fits"
	}
	switch v := v.(type) {
	case map[string]any:
		return n.checkObject(root, at, v)
	case []any:
		if n.Type != "array" || len(v) < n.MinItems || n.UniqueItems && len(v) > 1 && v[0] == v[1] {
			return at + ": not the right list"
		}
		for _, item := range v {
			if fault := n.Items.check(root, at, item); fault != "" {
				return fault
			}
		}
	case string:
		if n.Type != "string" && n.Enum == nil || len(v) < n.MinLength || n.MaxLength > 0 && len(v) > n.MaxLength {
			return at + ": not the right string"
		}
	case float64:
		if n.Type != "integer" && n.Const == nil || n.Minimum != nil && (v < *n.Minimum || v > *n.Maximum) {
			return at + ": not the right number"
		}
	}
	return ""
}

func (n *node) checkObject(root *node, at string, v map[string]any) string {
	if n.Type != "object" && n.Required == nil {
		return at + ": an object"
	}
	for _, key := range n.Required {
		if _, ok := v[key]; !ok {
			return at + ": no " + key
		}
	}
	var rest *node
	closed := string(n.AdditionalProperties) == "false"
	if !closed && n.AdditionalProperties != nil {
		if err := json.Unmarshal(n.AdditionalProperties, &rest); err != nil {
			return err.Error()
		}
	}
	for key, value := range v {
		p := n.Properties[key]
		if p == nil && closed {
			return at + ": unknown key " + key
		}
		if p == nil {
			p = rest
		}
		if p == nil {
			continue
		}
		if fault := p.check(root, at+"."+key, value); fault != "" {
			return fault
		}
	}
	return ""
}

func asAny(in []string) []any {
	var out []any
	for _, s := range in {
		out = append(out, s)
	}
	return out
}
