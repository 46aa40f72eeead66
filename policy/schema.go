package policy

import (
	_ "embed" // for the schema
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the policy file, for editors. It describes what this version takes
// into use; Load checks more, such as keys that contradict one another. The bytes are the caller's.
func Schema() []byte { return slices.Clone(schema) }
